"""A question is registered before later data are read, then answered; each act in the audit, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from civicgauge import pipeline
from civicgauge.effects.plan import FromDataset, Plan, read_plan
from civicgauge.effects.verdict import BENEFIT, HARM, INSUFFICIENT
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import effects, effectshown
from civicgauge.pipeline.reviewing.effectdata import newest_held
from civicgauge.pipeline.reviewing.effectrows import NO_STANCE
from civicgauge.pipeline.versions import ROWS
from tests.effects.simulated import write_csv, write_plan
from tests.homes import home_at
from tests.pipeline.conftest import Demo

DATASETS = 1  # service requests
AT = datetime(2025, 2, 1, 12, tzinfo=UTC)
BY = "data steward"
CITY = "id: demo-alder-falls\nname: Alder Falls\ncountry: US\ntime_zone: America/Chicago\nportals: [{kind: ckan, url: 'https://a.example'}]\n"


@pytest.fixture
def home(tmp_path: Path, warehouse_url: str) -> Iterator[Context]:
    """A home with one city, and beside it a CSV with a fall by thirty days and its plan."""
    with home_at(tmp_path / "home", warehouse_url) as context:
        (context.settings.cities / "demo-alder-falls.yml").write_text(CITY, encoding="utf-8")
        write_csv(tmp_path / "days.csv", -30)
        yield context


def plan(folder: Path, *changes: tuple[str, str]) -> Plan:
    return read_plan(write_plan(folder, *changes))


def stored(context: Context) -> dict[str, list[dict[str, Any]]]:
    with context.warehouse() as warehouse:
        names = ("effect_plan", "effect_look", "effect_result", "audit")
        return {name: warehouse.reviews.rows(name) for name in names}


def test_registered_looked_at_and_answered(home: Context, tmp_path: Path) -> None:
    told = effects.register(home, plan(tmp_path), tmp_path, AT)
    assert told.series_tried == 1
    assert told.notes == ("registered 762 days after the start",)
    assert len(told.read.treated.series.values) == 24
    with pytest.raises(ConfigurationError, match="registered already, on 2025-02-01, as it stands"):
        effects.register(home, plan(tmp_path), tmp_path, AT)
    with pytest.raises(ConfigurationError, match="a changed plan is another plan: give it another id"):
        effects.register(home, plan(tmp_path, ("high: 5", "high: 6")), tmp_path, AT)
    effects.look(home, plan(tmp_path), tmp_path, AT, BY)
    effects.look(home, plan(tmp_path, ("why: two", "why: 2")), tmp_path, AT, BY)
    found = effects.answer(home, "alder-potholes", tmp_path, AT, BY)
    assert (found.row["verdict"], found.row["number"], found.row["series_tried"]) == (BENEFIT, 1, 1)
    assert found.row["estimate_low"] < -30 < found.row["estimate_high"]
    assert (found.row["n_before"], found.row["n_after"]) == (24, 24)
    assert found.details["stance"] == NO_STANCE
    rows = stored(home)
    assert [row["action"] for row in rows["audit"]] == [
        "effect.registered",
        "effect.looked",
        "effect.looked",
        "effect.answered",
    ]
    assert len(rows["effect_look"]) == 2
    with home.warehouse() as warehouse:
        assert warehouse.reviews.broken_link() is None
        assert warehouse.rows("criterion_evidence", shown_only=False) == []
    kept = effectshown.kept(home, "alder-potholes")
    said = dict(effectshown.answered(kept))
    assert said["Verdict"] == BENEFIT
    assert said["Stance"] == NO_STANCE
    assert effectshown.picture(kept).fit is not None
    again = effects.answer(home, "alder-potholes", tmp_path, AT, BY)
    assert again.row["number"] == 2
    assert again.row["details"] == found.row["details"], "the same series, the same answer"


def test_values_after_the_start_reach_nothing_before_registration(home: Context, tmp_path: Path) -> None:
    honest = (tmp_path / "days.csv").read_text(encoding="utf-8").splitlines()
    shown = effectshown.looked(effects.look(home, plan(tmp_path), tmp_path, AT, BY))
    poisoned = honest[:25] + [line.partition(",")[0] + ",POISON" for line in honest[25:]] + ["2023-05,9e99"] * 9
    (tmp_path / "days.csv").write_text("\n".join(poisoned) + "\n", encoding="utf-8")
    assert effectshown.looked(effects.look(home, plan(tmp_path), tmp_path, AT, BY)) == shown
    looks = [{k: v for k, v in row.items() if k != "look_id"} for row in stored(home)["effect_look"]]
    noted = [(row["reason"], row["details"]) for row in stored(home)["audit"]]
    assert looks[0] == looks[1]
    assert noted[0] == noted[1], "what is kept of a look is the same too"
    effects.register(home, plan(tmp_path), tmp_path, AT)
    with home.warehouse() as warehouse:
        digest = json.loads(warehouse.reviews.rows("audit", action="effect.registered")[0]["details"])["before_digest"]
    read = effects.register(home, plan(tmp_path, ("id: alder-potholes", "id: again")), tmp_path, AT).read
    assert read.digest() == digest
    with pytest.raises(ConfigurationError, match=r"days\.csv: row 26: 'POISON' is no number"):
        effects.answer(home, "alder-potholes", tmp_path, AT, BY)
    assert stored(home)["effect_result"] == []


def test_series_that_were_tried_are_counted_and_widen_the_interval(home: Context, tmp_path: Path) -> None:
    first = plan(tmp_path)
    effects.register(home, first, tmp_path, AT)
    for place, band in enumerate((6, 7, 8)):
        effects.look(
            home, plan(tmp_path, ("high: 5", f"high: {band}"), ("alder-potholes", f"try-{place}")), tmp_path, AT, BY
        )
    effects.look(home, plan(tmp_path, ("Pothole patrol", "Another programme")), tmp_path, AT, BY)
    found = effects.answer(home, first.id, tmp_path, AT, BY)
    assert found.row["series_tried"] == 4
    assert found.details["level"] == pytest.approx(1 - 0.05 / 4)
    judged = found.details["judged"]
    assert judged["low"] < found.row["estimate_low"] < found.row["estimate_high"] < judged["high"]
    assert "98.75 % interval" in found.row["reason"]


def test_an_answer_hides_neither_earlier_ones_nor_what_was_tried_since(home: Context, tmp_path: Path) -> None:
    effects.register(home, plan(tmp_path), tmp_path, AT)
    effects.answer(home, "alder-potholes", tmp_path, AT, BY)
    effects.look(home, plan(tmp_path, ("high: 5", "high: 6")), tmp_path, AT, BY)
    said = dict(effectshown.answered(effectshown.kept(home, "alder-potholes")))
    assert said["Series tried"].startswith("1 of this programme; 2 by now: answer it again")
    assert "Earlier answers" not in said
    write_csv(tmp_path / "days.csv", 30)
    again = effects.answer(home, "alder-potholes", tmp_path, AT + timedelta(days=1), BY)
    for found in (again, effectshown.kept(home, "alder-potholes")):
        said = dict(effectshown.answered(found))
        assert (said["Verdict"], said["Earlier answers"]) == (HARM, f"{BENEFIT} (2025-02-01)")
        assert said["Series tried"] == "2 of this programme; the interval that is judged is of 97.50%"
    assert [(row["verdict"], row["n_answers"]) for row in effectshown.registered(home, None)] == [(HARM, 2)]


def test_another_name_in_letters_or_spaces_is_no_other_programme(home: Context, tmp_path: Path) -> None:
    effects.look(home, plan(tmp_path), tmp_path, AT, BY)
    other = ("Pothole patrol", '" pothole  Patrol "')
    assert effects.look(home, plan(tmp_path, other, ("high: 5", "high: 6")), tmp_path, AT, BY).series_tried == 2


def test_data_that_another_question_had_shown_are_no_unread_data(home: Context, tmp_path: Path) -> None:
    """A look with a late start shows what a plan with an early one must not have read: whatever either is called."""
    later = AT + timedelta(hours=1)
    peek = (
        ("start: 2023-01-01", "start: 2024-11-01"),
        ("Pothole patrol", "Quite another"),
        ("direction: lower", "direction: higher"),
    )
    effects.look(home, plan(tmp_path, *peek), tmp_path, AT, BY)
    told = effects.register(home, plan(tmp_path), tmp_path, later)
    said = (
        "its data after the start had been read up to 2024-10-31 for another question (look demo-alder-falls.1) "
        "before that"
    )
    assert told.notes[-1] == said
    assert effects.answer(home, "alder-potholes", tmp_path, later, BY).details["said"][-1] == said
    again = plan(tmp_path, ("id: alder-potholes", "id: again"), ("high: 5", "high: 6"))
    assert "up to 2024-12-31 for another question (answer alder-potholes)" in str(
        effects.register(home, again, tmp_path, later + timedelta(hours=1)).notes
    )
    assert effects.answer(home, "alder-potholes", tmp_path, later + timedelta(hours=2), BY).details["said"][-1] == said


def test_late_data_early_answers_and_unknown_plans(home: Context, tmp_path: Path) -> None:
    effects.register(home, plan(tmp_path), tmp_path, datetime(2022, 12, 1, tzinfo=UTC))
    with pytest.raises(
        ConfigurationError, match=r"days\.csv: read on 2024-12-31, and the window's last period, 2024-12"
    ):
        effects.answer(home, "alder-potholes", tmp_path, datetime(2025, 1, 1, 5, 59, tzinfo=UTC), BY)  # in Chicago
    with pytest.raises(ConfigurationError, match="no-such: no such plan is registered; there are alder-potholes"):
        effects.answer(home, "no-such", tmp_path, AT, BY)
    with pytest.raises(ConfigurationError, match=r"days\.csv: cannot be read: no such file .* --folder"):
        effects.answer(home, "alder-potholes", tmp_path / "home", AT, BY)
    with pytest.raises(ConfigurationError, match="not answered yet"):
        effectshown.kept(home, "alder-potholes")
    text = (tmp_path / "days.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "days.csv").write_text("\n".join([text[0], "2021-01,101.5", *text[2:]]) + "\n", encoding="utf-8")
    found = effects.answer(home, "alder-potholes", tmp_path, AT, BY)
    assert found.details["said"] == ["the values before the start were revised since it was registered"]
    with pytest.raises(ConfigurationError, match="without an address"):
        effects.answer(home, "alder-potholes", tmp_path, AT, "jo@city.example")


# ---------------------------------------------------------------- from landed rows

DAYS = (
    ("csv: {path: days.csv, date_column: month, value_column: days, aggregate: mean}",
     "dataset: {id: k7qw-3fzn, date_column: opened, aggregate: count}"),
    ("frequency: month", "frequency: day\ngaps: zero"),
    ("first: 2021-01-01, last: 2024-12-31", "first: 2026-06-13, last: 2026-06-28"),
    ("start: 2023-01-01", "start: 2026-06-21"),
)  # fmt: skip


def _poison(demo: Demo) -> None:
    """Every row after the start five times over, with a category that never was."""
    told = FromDataset(id="k7qw-3fzn", date_column="opened", aggregate="count")
    path = demo.home / "lake" / newest_held(demo.context, told, "demo-alder-falls").folder / ROWS
    with duckdb.connect() as link:
        link.execute(f"CREATE TABLE r AS SELECT * FROM read_parquet('{path}')")
        after = "opened >= TIMESTAMP '2026-06-21'"
        link.execute(f"UPDATE r SET category = 'POISON' WHERE {after}")
        for _ in range(2):
            link.execute(f"INSERT INTO r SELECT * FROM r WHERE {after}")
        link.execute(f"COPY r TO '{path}' (FORMAT parquet)")
    manifest = path.parent / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8"))
    told["files"][ROWS]["bytes"] = path.stat().st_size
    manifest.write_text(json.dumps(told), encoding="utf-8")


@pytest.mark.parametrize("warehouse_url", ["sqlite"], indirect=True)
def test_landed_rows(demo: Demo, tmp_path: Path) -> None:
    """SQLite alone: the rows lie in the lake, and what is written is written in the tests above."""
    at = datetime(2026, 7, 1, tzinfo=UTC)
    asked = plan(tmp_path, *DAYS)
    with pytest.raises(ConfigurationError, match="demo-alder-falls/main/k7qw-3fzn: the lake holds no rows of it"):
        effects.register(demo.context, asked, tmp_path, at)
    day = pipeline.plan("demo-alder-falls", as_of="2026-06-30", now=at)
    pipeline.pull(day, "main/k7qw-3fzn", pipeline.snapshot(day, "main"))
    shown = effectshown.looked(effects.look(demo.context, asked, tmp_path, at, BY))
    assert shown["periods"][0] == "2026-06-13"
    assert shown["periods"][-1] == "2026-06-20"
    assert shown["said"][-1].startswith("rows of the time after the start were in the lake from 2026-06-30 on")
    _poison(demo)
    assert effectshown.looked(effects.look(demo.context, asked, tmp_path, at, BY)) == shown
    assert effectshown.looked(effects.register(demo.context, asked, tmp_path, at)) == shown
    found = effects.answer(demo.context, asked.id, tmp_path, at, BY)
    values = found.details["series"][0]["values"]
    assert values[:8] == shown["series"][0]["values"]
    assert sum(values[8:]) > 3 * sum(values[:8]), "the poison is read now, after registration"
    assert found.row["verdict"] == INSUFFICIENT
    assert "16 points; the simulations" in found.row["reason"]
    assert "pulled for 2026-06-30" in found.details["series"][0]["origin"]
    with pytest.raises(ConfigurationError, match="'opend' is no column; there are request_id, opened"):
        effects.look(
            demo.context, plan(tmp_path, *DAYS, ("date_column: opened", "date_column: opend")), tmp_path, at, BY
        )
    late = plan(tmp_path, *DAYS, ("last: 2026-06-28", "last: 2026-06-30"), ("alder-potholes", "later"))
    effects.register(demo.context, late, tmp_path, at)
    with pytest.raises(ConfigurationError, match=r"does not reach the ends|ends on 2026-06-30"):
        effects.answer(demo.context, "later", tmp_path, at, BY)
    assert date(2026, 6, 21) == asked.start

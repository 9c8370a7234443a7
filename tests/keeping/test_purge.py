"""What a city withdraws is gone from every byte of the lake and every cell of the warehouse, and stays gone."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from civicgauge import pipeline
from civicgauge.cli import keeping
from civicgauge.cli.told import evidence
from civicgauge.errors import ConfigurationError
from civicgauge.lake import Lake
from civicgauge.pipeline import exporting, observing, publishing, purging, verifying, withdrawn
from civicgauge.pipeline.showing import STAFF, Asked, NotShown, Shown
from civicgauge.pipeline.withdrawn import Scope
from tests.homes import tables
from tests.keeping.lakes import holding, rows_holding, texts
from tests.pipeline.conftest import CITIES, Demo

CITY, PORTAL, DATASET, OTHER = CITIES[0], "alder-falls", "k7qw-3fzn", "p4mx-82ty"
MARKER, ELSEWHERE = "Zyxomma", "files.zyxomma.example"
DATASETS = 2
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
SCOPE = Scope(CITY, "main", DATASET)


class Killed(BaseException):
    """The process ends here."""


def mark(demo: Demo) -> None:
    """Let a word stand in everything that one dataset has: its words, its columns, its rows."""
    columns = f"""Request ID | Text | {MARKER} number; unique
Opened | Calendar date | When it was received
{MARKER} Category | Text | What was asked for | {MARKER} red; {MARKER} blue
"""
    words = {"title": f"{MARKER} Requests", "description": f"About {MARKER}.", "attribution": f"{MARKER} Office"}
    demo.portals.change(PORTAL, "edit", DATASET, columns=columns, tags=[MARKER], **words)


def observed(demo: Demo) -> None:
    """Two days, decided and told, published."""
    mark(demo)
    for day in ("2026-06-29", "2026-06-30"):
        demo.observe(CITY, as_of=day)
    pipeline.decide_and_tell(NOW)
    publishing.publish(demo.context, NOW)


def lake_of(demo: Demo) -> Path:
    return Path(demo.context.settings.lake)


def mortal(monkeypatch: pytest.MonkeyPatch, every: int) -> list[int]:
    """Let the process end before each so-manieth change of the lake."""
    calls, deaths = [0], list[int]()

    def dying(real: Any) -> Any:
        def act(self: Lake, *what: Any) -> Any:
            calls[0] += 1
            if calls[0] % every == 0:
                deaths.append(calls[0])
                raise Killed
            return real(self, *what)

        return act

    for name in ("_put", "_remove"):
        monkeypatch.setattr(Lake, name, dying(getattr(Lake, name)))
    return deaths


def indicators(demo: Demo) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k != "evidence"} for row in tables(demo.context)["indicator_value"]]


@pytest.mark.slow
def test_a_dataset_that_is_withdrawn_is_gone_and_stays_gone(
    demo: Demo,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    observed(demo)
    before, others = indicators(demo), [r for r in tables(demo.context)["landing"] if r["dataset_id"] == OTHER]
    held = holding(lake_of(demo), MARKER)
    assert {path.split("/")[0] for path in held} == {"raw", "rows", "stats", "pulls", "catalog", "results"}
    assert {"dataset", "check_result"} <= set(rows_holding(demo.context, MARKER))

    with pytest.raises(ConfigurationError, match="--dataset needs --portal: an entry is one portal's"):
        keeping.purge((CITY, None, DATASET, None), by="steward", reason="asked", yes=True)
    with pytest.raises(ConfigurationError, match="nothing is held of"):
        purging.purge(demo.context, replace(SCOPE, dataset_id="none-such"), "steward", "asked", NOW)
    surveyed, pages = purging.survey(demo.context, SCOPE, NOW), Shown(demo.context)
    assert MARKER in repr(pages.datasets(STAFF, CITY, Asked()))  # they have read it, and remember
    keeping.purge((CITY, "main", DATASET, None), by="steward", reason="asked", yes=False)
    assert "Nothing was removed. This is what would go" in capsys.readouterr().err
    assert holding(lake_of(demo), MARKER) == held  # looked at, not touched

    deaths = mortal(monkeypatch, every=12)
    while True:
        try:
            told = purging.purge(demo.context, SCOPE, "data steward", "asked by the city", NOW)
            break
        except Killed:
            continue
    monkeypatch.undo()
    assert len(deaths) > 2

    assert holding(lake_of(demo), MARKER) == []
    assert rows_holding(demo.context, MARKER) == []
    time.sleep(1.1)  # pages look once a second
    assert MARKER not in repr((pages.datasets(STAFF, CITY, Asked()), pages.city(STAFF, CITY)))
    with pytest.raises(NotShown):
        pages.dataset(STAFF, CITY, "main", DATASET)
    pages.close()
    gone = {"dataset", "dataset_day", "check_result", "landing", "pull", "incident", "incident_event", "message"}
    assert not gone & set(rows_holding(demo.context, DATASET))
    assert [r for r in tables(demo.context)["landing"] if r["dataset_id"] == OTHER] == others
    assert indicators(demo) == before
    assert told["rows"]["dataset_day"] == surveyed["dataset_day"] == 2
    assert (told["by"], told["reason"], len(told["sha256"]), told["files_count"] >= len(held)) == (
        "data steward", "asked by the city", 64, True)  # fmt: skip
    with demo.context.warehouse() as warehouse:
        notes = [run.notes for run in warehouse.runs(CITY, current_only=True)]
    assert [len([n for n in note if SCOPE.key in n]) for note in notes] == [1, 1]
    assert verifying.verify(demo.context, NOW.date()).missing == ()
    keeping.purge((CITY, "main", DATASET, None), by="another", reason="later", yes=True)
    said = capsys.readouterr()
    assert json.loads(said.out) == told  # the first word stays, and there was nothing left to find
    assert "Backups, exports, HOME/outbox and mail that was sent still hold it" in said.err

    published = demo.home / "published"
    assert holding(published, MARKER)
    publishing.publish(demo.context, NOW)
    assert holding(published, MARKER) == []

    caplog.clear()
    with caplog.at_level(logging.INFO, "civicgauge"):
        (replayed,) = observing.replay(demo.context, [CITY], date(2026, 6, 29), date(2026, 6, 29))
        today = demo.observe(CITY, as_of="2026-07-01")[CITY]
    assert (replayed.outcome, today.outcome, today.problems) == ("complete", "complete", {})
    assert f"{DATASET} was withdrawn on 2026-07-01 by data steward: asked by the city" in caplog.text
    assert holding(lake_of(demo), MARKER) == []
    assert rows_holding(demo.context, MARKER) == []
    assert not gone & set(rows_holding(demo.context, DATASET))
    pipeline.decide_and_tell(NOW + timedelta(days=1))
    exporting.export(demo.context, tmp_path / "out", None, "staff", history=True)
    assert holding(tmp_path / "out", MARKER) == []
    capsys.readouterr()
    evidence(CITY, "promises_kept_share", "2026-06-30", as_json=False)
    assert f"{SCOPE} was withdrawn on 2026-07-01" in " ".join(capsys.readouterr().out.split())


@pytest.mark.slow
@pytest.mark.parametrize("warehouse_url", ["sqlite"], indirect=True)
def test_a_resource_and_a_whole_city(demo: Demo) -> None:
    """One file of a package goes and the other stays; then everything of the city but its numbers."""
    city = CITIES[1]
    path = demo.context.settings.cities / f"{city}.yml"
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    dataset = demo.portals.dataset_id("birchport", "beach-water-quality")
    told["datasets"] = [{"id": dataset, "portal": "main"}]
    path.write_text(yaml.safe_dump(told, sort_keys=False), encoding="utf-8")
    demo.observe(city)
    landings = tables(demo.context)["landing"]
    one, other = sorted(landings, key=lambda row: "north" not in row["source_url"])
    assert "north-beach" in one["source_url"]

    purging.purge(demo.context, Scope(city, "main", dataset, one["resource_id"]), "steward", "asked", NOW)
    left = [path for path in holding(lake_of(demo), one["resource_id"]) if not path.startswith("withdrawn/")]
    assert left == []
    assert holding(lake_of(demo), "north-beach.csv") == []
    assert holding(lake_of(demo), "harbor-beach.csv")
    demo.observe(city, as_of="2026-07-01")
    assert {row["resource_id"] for row in tables(demo.context)["landing"]} == {other["resource_id"]}
    assert holding(lake_of(demo), "north-beach.csv") == []

    purging.purge(demo.context, Scope(city), "mayor's office", "left the programme", NOW)
    folders = {path.split("/")[0] for path, _ in texts(lake_of(demo)) if city in path}
    assert folders == {"catalog", "results", "withdrawn"}
    assert holding(lake_of(demo), "Beach") == rows_holding(demo.context, "Beach Water") == []
    assert tables(demo.context)["indicator_value"]
    result = demo.observe(city, as_of="2026-07-02")[city]
    assert (result.outcome, result.exit_code) == ("not_measured", 2)
    assert "take it out of the city file" in result.problems["main"]
    assert verifying.verify(demo.context, NOW.date()).missing == ()
    assert withdrawn.of_city(demo.context.lake, city)

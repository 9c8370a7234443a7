"""What is attested stands beside the numbers wherever these are shown; where the two differ, that is said."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from civicgauge.cli import attest, told
from civicgauge.demo.server import DemoPortals
from civicgauge.pages import create_app
from civicgauge.pipeline import exporting, observing
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing.asking import asked_about
from civicgauge.pipeline.reviewing.attestations import approve, propose
from civicgauge.pipeline.showing import STAFF, Shown
from civicgauge.pipeline.words import CONTRADICTED
from civicgauge.review.attesting import FIELDS
from tests.answers.html import Page
from tests.attestations.conftest import entry
from tests.homes import few_datasets, home_at
from tests.pipeline.conftest import quicken

CITY, DAY = "demo-birchport", "2026-06-30"
NOW = datetime(2026, 6, 30, 22, tzinfo=UTC)
IN_THE_FILE = """
attestations:
- {criterion: LC1, stance: differs, by: board, said_on: 2026-01-01, until: 2026-12-31, url: "https://b.example/x"}
- {criterion: LC2, stance: in_line, by: board, said_on: 2025-01-01, until: 2025-12-31}
"""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A demo city, measured after a second person approved what its numbers contradict."""
    names = dict(zip(FIELDS, FIELDS, strict=True))
    with DemoPortals(NOW) as portals, home_at(tmp_path_factory.mktemp("shown")) as made:
        portals.write_cities(made.settings.cities)
        few_datasets(made.settings.cities, 1)
        quicken(made.settings.cities)
        path = made.settings.cities / f"{CITY}.yml"
        path.write_text(path.read_text() + IN_THE_FILE)
        said = entry(
            city=CITY, criterion="DM8", said_on="2026-06-01", valid_until="2027-05-31", role="<b>data</b> desk"
        )
        key = propose(made, said, at=NOW, source="command", names=names).row["attestation_id"]
        approve(made, key, by="certification staff", at=NOW)
        (result,) = observing.observe(made, [CITY], DAY)
        assert result.outcome == "complete"
        yield made


def stored(context: Context) -> dict[str, dict[str, Any]]:
    with context.warehouse() as warehouse:
        rows = warehouse.rows("criterion_evidence", city_ids=[CITY])
    return {row["criterion"]: row for row in rows if row["standard"] == "what-works-cities-2022"}


def test_the_day_holds_both_and_neither_is_changed(context: Context) -> None:
    rows = stored(context)
    differing = {"stance": "differs", "attested_stance": "in_line", "is_contradicted": True}
    assert {name: rows["DM8"][name] for name in differing} == differing
    assert (rows["LC1"]["attested_stance"], rows["LC1"]["is_contradicted"]) == ("differs", False)
    expired = [str(rows["LC2"][name]) for name in ("attested_stance", "expires_at", "is_contradicted")]
    assert expired == ["None", "2025-12-31", "None"]
    assert (rows["LC3"]["expires_at"], rows["LC3"]["is_contradicted"]) == (None, None)


def test_the_citys_page(context: Context) -> None:
    app = create_app(Shown(context), lambda _: STAFF, contact="opendata-team@example.org")
    page = TestClient(app).get(f"/city/{CITY}/").text
    assert page.count(CONTRADICTED) == 1
    text = " ".join(Page(page).text.split())
    assert "in line by <b>data</b> desk, June 1, 2026, until May 31, 2027" in text
    assert "attested until December 31, 2025, expired" in text
    assert 'href="https://b.example/x"' in page


def test_the_command(context: Context, capsys: pytest.CaptureFixture[str]) -> None:
    told.criteria(CITY, "what-works-cities-2022", DAY, as_json=False)
    lines = capsys.readouterr().out
    assert "The numbers differ from" in lines
    assert "attested until" in lines
    assert "; 2 attested" in " ".join(lines.split())
    told.criteria(CITY, "what-works-cities-2022", DAY, as_json=True)
    rows = {row["criterion"]: row for row in json.loads(capsys.readouterr().out)}
    assert {code for code, row in rows.items() if row["is_contradicted"]} == {"DM8"}


def test_the_export(context: Context, tmp_path: Path) -> None:
    exporting.export(context, tmp_path / "out", None, "staff")
    with (tmp_path / "out" / "criterion_evidence.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["is_contradicted"] in ("true", "True", "1")]
    assert [row["criterion"] for row in rows] == ["DM8"]
    sheet = load_workbook(tmp_path / "out" / "civicgauge.xlsx")["criteria"]
    (_, header, *lines) = list(sheet.iter_rows(values_only=True))
    beside = {line[header.index("Criterion")]: line[header.index("Beside the numbers")] for line in lines}
    assert {code: words for code, words in beside.items() if words} == {
        "DM8": CONTRADICTED,
        "LC2": "attested until then, expired",
    }


def test_a_second_person_is_shown_the_numbers_beside(context: Context) -> None:
    with context.warehouse() as warehouse:
        (row,) = warehouse.reviews.rows("attestation")
    asked = asked_about(context, row)
    assert (asked["observed"], asked["observed_on"], asked["contradicts"]) == ("differs", DAY, True)
    assert asked["numbers"][0].startswith("Priority data broken down by place and people: 0.0 %")
    assert asked["holding"] == "in line, by <b>data</b> desk, until 2027-05-31"
    json.dumps(asked)


def test_the_commands_by_which_it_is_proposed_and_approved(
    context: Context, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever approves by command is told what the form would show. It comes last: it adds to what is attested."""
    monkeypatch.setattr("civicgauge.cli.attest.utc_now", lambda: NOW)
    told_to: dict[str, Any] = {"stance": "in_line", "statement": "By district.", "by": "city data office"}
    told_to |= {"said_on": DAY, "until": DAY, "digest": "cd" * 32}
    attest.propose(CITY, "DM8", **told_to)
    made = capsys.readouterr()
    attest.approve([made.out.strip()], by="certification staff")
    for said in (made.err, capsys.readouterr().err):
        assert f"{CONTRADICTED} On {DAY}: Priority data broken down by place and people: 0.0 %" in said
    attest.propose(CITY, "DM8", **told_to | {"stance": "differs"})
    assert CONTRADICTED not in capsys.readouterr().err

"""Criteria, evidence, changes and feedback, as certification staff and cities read them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from civicgauge.cli.told import console_of, table_of
from civicgauge.lake import Lake
from civicgauge.pipeline import parquet
from civicgauge.warehouse import Warehouse
from tests.cli.conftest import Ask

BIRCH, ALDER = "demo-birchport", "demo-alder-falls"
FORBIDDEN = re.compile(r"\b(certified|meets|fails|non-compliant|silver|gold|platinum)\b", re.IGNORECASE)


def test_criteria_say_what_was_observed_and_never_a_level(observed: Path, ask: Ask) -> None:
    told = ask(observed, "criteria", BIRCH)
    assert told.code == 0
    assert re.search(r"^ ?OD3 +Open data portal +(in line|differs|not observed here)", told.out, re.MULTILINE)
    assert re.search(r"\d of 11 observable criteria in line, \d differing, \d not observable here", told.out)
    assert "11 of 43 criteria have any signal on a portal" in told.out.replace("\n", " ")
    assert "LC1" not in told.out  # only people can attest it, and nobody has
    assert not FORBIDDEN.search(told.out)


def test_criteria_as_json_hold_the_numbers_behind_each(observed: Path, ask: Ask) -> None:
    rows = {row["criterion"]: row for row in json.loads(ask(observed, "criteria", BIRCH, "--json").out)}
    assert len(rows) == 43
    (columns,) = (each for each in json.loads(rows["OD2"]["evidence"]) if each["stance"] != "informs")
    assert (columns["indicator"], columns["version"]) == ("columns_described_share", 1)
    assert columns["rule"] == {"in_line": 0.8, "differs": 0.3}
    assert (rows["LC1"]["basis"], rows["LC1"]["evidence"]) == ("attested", "[]")


def test_an_unknown_standard_is_named(observed: Path, ask: Ask) -> None:
    told = ask(observed, "criteria", BIRCH, "--standard", "gold")
    assert told.code == 2
    assert "'gold' is none of what-works-cities-2018, what-works-cities-2022" in told.err


def test_an_attestation_stands_beside_and_one_that_speaks_of_nothing_is_named(observed: Path, ask: Ask) -> None:
    path = observed / "cities" / f"{BIRCH}.yml"
    before = path.read_text()
    said = "attestations:\n- {criterion: %s, stance: in_line, by: staff, said_on: 2026-01-01, until: 2026-12-31}\n"
    try:
        path.write_text(before + said % "DM1")
        told = ask(observed, "criteria", BIRCH)
        assert re.search(r"DM1 +Implementing data .* in line \(staff,", told.out)
        path.write_text(before + said % "DM77")
        told = ask(observed, "check")
        assert told.code == 2
        assert re.search(
            rf"{BIRCH}\.yml:{len(before.splitlines()) + 2}:\d+: .*DM77 is no criterion", told.out + told.err
        )
        path.write_text(before + (said % "DM1").replace("2026-12-31", "2025-12-31"))
        assert "the dates are crossed" in ask(observed, "check").out
    finally:
        path.write_text(before)


def test_evidence_names_every_dataset_behind_a_number(observed: Path, ask: Ask) -> None:
    parts = json.loads(ask(observed, "evidence", BIRCH, "licence_stated_share", "--json").out)
    values = json.loads(ask(observed, "indicators", BIRCH, "--json").out)
    (value,) = (row for row in values if row["indicator_id"] == "licence_stated_share")
    assert len(parts) == value["denominator"]
    assert sum(part["verdict"] == "passed" for part in parts) == value["numerator"]
    told = ask(observed, "evidence", BIRCH, "licence_stated_share")
    assert all(f"{part['portal_id']}/{part['dataset_id']}"[:20] in told.out for part in parts)
    assert "was not measured" in ask(observed, "evidence", BIRCH, "licence_state_share").err


def test_a_title_is_no_markup_and_moves_no_terminal(observed: Path, ask: Ask) -> None:
    with Warehouse(f"sqlite:///{observed}/warehouse.sqlite") as warehouse:
        table = warehouse._tables["dataset"]
        (first, *_) = warehouse.rows("dataset", city_ids=[BIRCH])
        here = sa.update(table).where(table.c.city_id == BIRCH, table.c.dataset_id == first["dataset_id"])
        with warehouse.engine.begin() as connection:
            connection.execute(here.values(title="Roads [/bold]\x1b[2J [red]x"))
        try:
            told = ask(observed, "evidence", BIRCH, "licence_stated_share")
            assert (told.code, told.err) == (0, "")
            assert "Roads [/bold][2J [red]x" in told.out
        finally:
            with warehouse.engine.begin() as connection:
                connection.execute(here.values(title=first["title"]))


def test_the_name_of_a_city_is_no_markup_either(capsys: pytest.CaptureFixture[str]) -> None:
    table = table_of("Saint [/x] [bold]", "A")
    table.add_row("a long enough row")
    console_of().print(table)
    assert "Saint [/x] [bold]" in capsys.readouterr().out


def test_feedback_tells_a_city_what_to_do_where_and_how_to_object(observed: Path, ask: Ask) -> None:
    told = ask(observed, "feedback", BIRCH)
    assert told.code == 0
    points = re.findall(r"^## \d\. (.+): (\d+) of (\d+) datasets$", told.out, re.MULTILINE)
    assert 1 <= len(points) <= 5
    assert told.out.count("How to mend it:") == told.out.count("Our check did not find it in order") == len(points)
    assert told.out.count("Reference: `") == len(points)
    assert "## If we are wrong" in told.out
    assert "not an assessment" in told.out
    assert not FORBIDDEN.search(told.out)


def test_feedback_puts_what_helps_most_for_least_first(observed: Path, ask: Ask) -> None:
    items = json.loads(ask(observed, "feedback", ALDER, "--json").out)["items"]
    order = [(-item["benefit"], item["effort"], -item["n_concerned"] / item["n_known"]) for item in items]
    assert order == sorted(order)
    assert all(set(item["steps"]) == {"socrata"} and item["steps"]["socrata"] for item in items)
    assert all(len(item["datasets"]) <= 10 for item in items)


def test_titles_of_a_portal_stay_text_in_the_report(observed: Path, ask: Ask) -> None:
    told = ask(observed, "feedback", ALDER)
    assert "](" not in told.out
    assert re.search(r"\*\*[^*]*=HYPERLINK\\\(", told.out) or "HYPERLINK" not in told.out


def test_changes_need_two_measured_days(observed: Path, ask: Ask) -> None:
    told = ask(observed, "changes", BIRCH, "--from", "2026-06-01", "--to", "2026-06-30")
    assert told.code == 2
    assert "was not measured on 2026-06-01" in told.err


def test_values_can_be_asked_as_they_stood_at_a_time(observed: Path, ask: Ask) -> None:
    now = json.loads(ask(observed, "indicators", BIRCH, "--json").out)
    later = json.loads(ask(observed, "indicators", BIRCH, "--known-at", "2099-01-01", "--json").out)
    assert len(later) == len(now) > 20
    assert [row["value"] for row in later] == [row["value"] for row in now]
    assert json.loads(ask(observed, "indicators", BIRCH, "--known-at", "2020-01-01", "--json").out) == []
    assert "--known-at: 'then' is no date" in ask(observed, "indicators", BIRCH, "--known-at", "then").err


def test_a_promise_may_be_corrected_only_to_a_pace_that_was_seen(
    observed: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "promise can be corrected" not in ask(observed, "feedback", ALDER).out  # one day shows no pace
    landed = parquet.read_rows

    def with_a_pace(lake: Lake, folder: str, name: str, manifest: dict[str, Any]) -> list[dict[str, Any]]:
        rows = landed(lake, folder, name, manifest)
        return [row | {"observed_period_days": 40.0} if "observed_period_days" in row else row for row in rows]

    monkeypatch.setattr(parquet, "read_rows", with_a_pace)
    told = ask(observed, "feedback", ALDER).out
    offers = re.findall(r"promised every (\d+) days, seen to change about every 40", told)
    assert offers
    assert all(int(days) < 40 for days in offers)  # a promise that is slower than the pace needs no correction
    assert "counts as a promise changed" in told
    items = json.loads(ask(observed, "feedback", ALDER, "--json").out)["items"]
    assert {item["indicator_id"] for item in items if item["promise"]} == {"promises_kept_share"}

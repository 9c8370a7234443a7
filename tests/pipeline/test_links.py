"""Links to other hosts over days: they break, persist and are mended; what is asked, how much of it, and when not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from civicgauge import pipeline
from civicgauge.model import Look
from civicgauge.pipeline import linkhistory, linking, observing, parquet
from civicgauge.pipeline.context import utc_now
from civicgauge.web import Web
from tests.homes import tables
from tests.pipeline.conftest import CITIES, Demo

CITY, PORTAL = CITIES[2], "cedar-junction-maps"
BIRCHPORT = CITIES[1]
FILE = "{elsewhere}/open/files/bike-racks.csv"


def link(url: str = FILE, name: str = "Bike racks") -> dict[str, Any]:
    return {"name": name, "format": "CSV", "hosted": "", "updated": None, "url": url}


def set_links(demo: Demo, *parts: dict[str, Any], portal: str = PORTAL, dataset: str = "bike-racks") -> None:
    demo.portals.change(portal, "edit", dataset, resources=list(parts))


def observed(demo: Demo, day: str, city: str = CITY) -> None:
    result = demo.observe(city, as_of=day)[city]
    assert (result.outcome, result.problems) == ("complete", {})


def landed(demo: Demo, day: str, title: str = "Bike Racks", city: str = CITY) -> dict[str, Any]:
    """The landed row of a dataset, and those of its resources."""
    with demo.context.warehouse() as warehouse:
        (run,) = [r for r in warehouse.runs(city, current_only=True) if r.day.isoformat() == day]
    assert run.catalog_attempt
    manifest = demo.context.lake.manifest(run.catalog_attempt) or {}
    (row,) = [r for r in rows(demo, run.catalog_attempt, "datasets", manifest) if r["title"] == title]
    parts = rows(demo, run.catalog_attempt, "resources", manifest)
    return row | {"resources": [p for p in parts if p["dataset_id"] == row["dataset_id"]]}


def rows(demo: Demo, folder: str, name: str, manifest: dict[str, Any]) -> list[dict[str, Any]]:
    return parquet.read_rows(demo.context.lake, folder, f"{name}.parquet", manifest)


def value(demo: Demo, day: str, indicator_id: str) -> tuple[float | None, float | None, float | None]:
    with demo.context.warehouse() as warehouse:
        found = [r for r in warehouse.rows("indicator_value", city_ids=[CITY]) if r["indicator_id"] == indicator_id]
    (row,) = [r for r in found if r["day"].isoformat() == day]
    return row["value"], row["value_low"], row["value_high"]


@pytest.mark.slow
def test_a_link_refuses_persists_and_is_mended(demo: Demo) -> None:
    set_links(demo, link())
    seen = {}
    for day in (24, 25, 26, 28, 30):
        if day == 25:
            demo.break_with(PORTAL, "403", path="/__elsewhere__/open")
        if day == 30:
            demo.portals.faults(PORTAL).clear()
        observed(demo, f"2026-06-{day}")
        row = landed(demo, f"2026-06-{day}")
        seen[day] = row["links_state"], row["resources"][0]["link_since"].day, row["resources"][0]["link_checks_count"]
        assert row["resources"][0]["link_last_ok"].day == (30 if day == 30 else 24)
    assert seen == {
        24: ("ok", 24, 1),
        25: ("unknown", 25, 2),
        26: ("unknown", 25, 3),
        28: ("broken", 25, 4),
        30: ("ok", 30, 5),
    }
    assert landed(demo, "2026-06-28")["links_evidence"] == "1 of 1 link broken since 2026-06-25: 403"
    assert value(demo, "2026-06-25", "links_working_share") == (None, 0.0, 1.0)
    assert value(demo, "2026-06-28", "links_working_share") == (0.0, 0.0, 0.0)
    assert value(demo, "2026-06-30", "links_working_share") == (1.0, 1.0, 1.0)
    # there on two days, broken on one, two of five not known: too many for a value
    assert value(demo, "2026-06-30", "links_available_share") == (None, 0.0, 1.0)


@pytest.mark.slow
def test_a_replay_asks_nobody_and_changes_nothing(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in ("2026-06-28", "2026-06-29", "2026-06-30"):
        observed(demo, day)
    before, facts = tables(demo.context), landed(demo, "2026-06-30")

    def nobody(*_: object, **__: object) -> Look:
        raise AssertionError("a replay asked for a link")

    monkeypatch.setattr(Web, "look", nobody)
    replayed = observing.replay(demo.context, [CITY], date(2026, 6, 28), date(2026, 6, 30))
    assert [(r.outcome, r.problems) for r in replayed] == [("complete", {})] * 3
    assert tables(demo.context) == before
    assert landed(demo, "2026-06-30") == facts


@pytest.mark.slow
def test_what_is_not_asked_for_stays_as_it_was(demo: Demo) -> None:
    observed(demo, "2026-06-29")
    path = demo.context.settings.cities / f"{CITY}.yml"
    path.write_text(path.read_text().replace("  concurrency:", "  links_per_day: 0\n  concurrency:"))
    observed(demo, "2026-06-30")
    before, after = (landed(demo, f"2026-06-{day}")["resources"][0] for day in (29, 30))
    assert {k: v for k, v in after.items() if k.startswith("link_")} == {
        k: v for k, v in before.items() if k.startswith("link_")
    }
    assert after["link_checked_on"].day == 29


@pytest.mark.slow
def test_a_link_removed_while_broken_stays_among_the_unknown_until_another_takes_its_place(demo: Demo) -> None:
    set_links(demo, link(), link("{elsewhere}/gone/racks.csv", "Racks by ward"))
    observed(demo, "2026-06-27")
    assert value(demo, "2026-06-27", "links_working_share") == (0.0, 0.0, 0.0)
    assert value(demo, "2026-06-27", "links_available_share") == (0.5, 0.5, 0.5)
    set_links(demo, link())
    observed(demo, "2026-06-28")
    row = landed(demo, "2026-06-28")
    assert (row["links_state"], row["links_reason"]) == ("unknown", "link_removed_while_broken")
    assert row["links_evidence"] == "1 of 2 links removed while broken, 2026-06-28"
    assert value(demo, "2026-06-28", "links_working_share") == (None, 0.0, 1.0)
    assert value(demo, "2026-06-28", "links_available_share")[1] == 0.5
    set_links(demo, link(), link("{elsewhere}/open/racks.csv", "Racks by ward"))
    observed(demo, "2026-06-29")
    assert landed(demo, "2026-06-29")["links_evidence"] == "2 links answered"


# ---------------------------------------------------------------- the stage by itself


def looks(demo: Demo, city: str = CITY, portal_id: str = "maps", day: str = "2026-06-30") -> dict[str, tuple[str, Any]]:
    """State and reason of each address that is asked for on a day."""
    plan = pipeline.plan(city, as_of=day, now=utc_now())
    folder = pipeline.links(plan, portal_id, pipeline.snapshot(plan, portal_id))
    found = linkhistory.looks_of(demo.context.lake, folder)
    return {look["address"].partition("/__elsewhere__")[2] or look["address"]: _said(look) for look in found}


def _said(look: dict[str, Any]) -> tuple[str, Any]:
    return look["state"], look["reason"]


def test_each_address_is_asked_for_once_a_day_however_often_it_stands_there(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = spied(monkeypatch, lambda url: Look(url, 200, "text/csv"))
    set_links(demo, link(), link(name="The same"), link(f"{FILE}#part", "A part of it"), link("ftp://files.org/a.csv"))
    assert looks(demo) == {"/open/files/bike-racks.csv": ("ok", None)}
    assert looks(demo) == {"/open/files/bike-racks.csv": ("ok", None)}
    assert len(asked) == 1


def spied(monkeypatch: pytest.MonkeyPatch, answer: Callable[[str], Look]) -> list[str]:
    """The addresses that are asked for from now on, which this answers."""
    asked: list[str] = []

    def look(_web: Web, url: str, **_: object) -> Look:
        asked.append(url)
        return answer(url)

    monkeypatch.setattr(Web, "look", look)
    return asked


def test_a_host_that_is_silent_three_times_is_left_alone_for_the_day(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = spied(monkeypatch, lambda url: Look(url, None, problem="connection_refused"))
    set_links(demo, *(link(f"https://files.town.org/{n}.csv", f"Part {n}") for n in range(9)))
    assert list(looks(demo).values()) == [("unknown", "connection_refused")] * 3
    assert len(asked) == 3


def test_where_no_host_answers_we_doubt_ourselves(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    spied(monkeypatch, lambda url: Look(url, None, problem="host_not_found"))
    hosts = ["a.org", "b.org", "c.org"]
    set_links(demo, *(link(f"https://{host}/a.csv", host) for host in hosts[:2]))
    assert set(looks(demo).values()) == {("broken", "host_not_found")}
    set_links(demo, *(link(f"https://{host}/b.csv", host) for host in hosts))
    assert set(looks(demo, day="2026-06-29").values()) == {("unknown", "no_host_answered")}


def test_nothing_is_asked_for_when_the_time_is_over(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "STAGE_SECONDS", 0.0)
    assert looks(demo) == {}


def test_a_portal_that_was_not_read_is_not_asked_for_links(demo: Demo) -> None:
    plan = pipeline.plan(CITY, as_of="2026-06-30", now=utc_now())
    assert pipeline.links(plan, "maps", None) is None


@pytest.mark.slow
def test_the_budget_goes_to_those_never_checked_and_then_to_those_checked_longest_ago(demo: Demo) -> None:
    path = demo.context.settings.cities / f"{BIRCHPORT}.yml"
    path.write_text(path.read_text().replace("  concurrency:", "  links_per_day: 2\n  concurrency:"))
    for day in ("2026-06-28", "2026-06-29", "2026-06-30"):
        observed(demo, day, BIRCHPORT)
    titles = ("Cemetery Plots", "Sidewalk Condition", "Tide Gauge Readings")
    first = [landed(demo, "2026-06-28", title, BIRCHPORT)["resources"][0] for title in titles]
    last = [landed(demo, "2026-06-30", title, BIRCHPORT)["resources"][0] for title in titles]
    assert [part["link_checks_count"] for part in first] == [1, None, 1]
    assert sum(part["link_checks_count"] for part in last) == 6
    assert [part["link_checked_on"].day for part in last] == [30, 29, 30]


def test_a_fault_of_our_own_is_told_and_the_day_is_landed_all_the_same(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Look:
        raise RuntimeError("ours")

    monkeypatch.setattr(Web, "look", broken)
    result = demo.observe(CITY)[CITY]
    assert (result.outcome, result.exit_code) == ("complete", 70)
    assert result.problems == {"links of maps": "RuntimeError: ours (civicgauge -v shows where)"}
    assert landed(demo, "2026-06-30")["links_reason"] == "link_not_checked_yet"


def test_a_citys_own_documents_are_tried_and_stand_beside_their_criteria(demo: Demo) -> None:
    base = demo.portals.urls["cedar-junction-records"].replace("127.0.0.1", "localhost")
    path = demo.context.settings.cities / f"{CITY}.yml"
    told = "".join(
        f"- {{criterion: {code}, title: {title}, url: '{base}/__elsewhere__/{where}'}}\n"
        for code, title, where in (
            ("OD1", "Open data policy", "open/policy"),
            ("DM9", "Service standard", "gone/standard"),
        )
    )
    path.write_text(f"{path.read_text()}documents:\n{told}")
    observed(demo, "2026-06-30")
    with demo.context.warehouse() as warehouse:
        found = {row["criterion"]: row for row in warehouse.rows("criterion_evidence", city_ids=[CITY])}
    looks = {code: json.loads(found[code]["evidence"])[0] for code in ("OD1", "DM9")}
    assert [looks[code]["state"] for code in looks] == ["ok", "broken"]
    assert looks["OD1"]["last_ok"] == looks["DM9"]["checked_on"] == "2026-06-30"
    assert {found[code]["stance"] for code in looks} == {"not_observed"}  # it says nothing of what they say
    assert found["OD2"]["stance"] in ("in_line", "differs", "not_observed")

"""One portal of one city misbehaves: the other cities are whole, and nothing is written for what was not measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from civicgauge.web import Limits
from tests.homes import tables
from tests.pipeline.conftest import CITIES, Demo

pytestmark = pytest.mark.slow

BROKEN, OTHERS = CITIES[0], CITIES[1:]
PORTAL = "alder-falls"


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries and time-outs in tenths of seconds; how they are counted is tested with the HTTP door."""
    limits = Limits(
        read_timeout_seconds=1, total_timeout_seconds=3, retry_total_seconds=3, retries=2, backoff_seconds=0.05
    )
    monkeypatch.setattr("civicgauge.pipeline.context.LIMITS", limits)


def measured(demo: Demo) -> set[str]:
    return {row["city_id"] for row in tables(demo.context)["indicator_value"]}


@pytest.mark.parametrize(
    ("kind", "how", "said"),
    [
        ("429", {}, "PortalBusy"),
        ("503", {}, "PortalBusy"),
        ("202", {}, "PortalBusy"),
        ("html200", {}, "AnswerUnreadable"),
        ("cut", {}, "PortalUnreachable"),
        ("cut", {"chunked": True}, "PortalUnreachable"),
        ("hang", {"seconds": 5}, "PortalUnreachable"),
        ("down", {}, "PortalUnreachable"),
        ("duplicates", {"where": "page"}, "CatalogueIncomplete"),
    ],
)
def test_a_portal_that_stays_broken_is_named_and_touches_no_other_city(
    demo: Demo, kind: str, how: dict, said: str
) -> None:
    demo.break_with(PORTAL, kind, path="/api/catalog", **how)
    results = demo.observe()
    assert [results[city].outcome for city in OTHERS] == ["complete", "complete"]
    assert (results[BROKEN].outcome, results[BROKEN].exit_code) == ("not_measured", 3)
    assert said in results[BROKEN].problems["main"]
    assert measured(demo) == set(OTHERS)
    with demo.context.warehouse() as warehouse:
        (run,) = warehouse.runs(BROKEN)
    assert (run.outcome, said in (run.problem or "")) == ("not_measured", True)


@pytest.mark.parametrize(
    ("kind", "how"),
    [("429", {"retry_after": 1}), ("429", {}), ("503", {}), ("202", {}), ("html200", {}), ("cut", {}), ("down", {})],
)
def test_a_portal_that_recovers_within_the_retries_is_read_whole(demo: Demo, kind: str, how: dict) -> None:
    demo.break_with(PORTAL, kind, path="/api/catalog", times=1, **how)
    results = demo.observe(BROKEN)
    expected = "not_measured" if kind == "html200" else "complete"  # HTML is no answer to ask again for at once
    assert results[BROKEN].outcome == expected


def test_what_could_not_be_read_is_kept_for_a_look(demo: Demo) -> None:
    demo.break_with(PORTAL, "html200", path="/api/catalog")
    problem = demo.observe(BROKEN)[BROKEN].problems["main"]
    kept = demo.home / "lake" / problem.split("is kept: ")[1].split(" in the lake")[0]
    assert Path(kept).read_text(encoding="utf-8").lstrip().startswith("<")
    assert demo.context.lake.last_committed(f"raw/{BROKEN}/main/2026-06-30") is None


@pytest.mark.parametrize(
    ("portal", "kind", "how"),
    [
        ("alder-falls", "short", {"entries": 3, "times": 1}),  # the rest is fetched by scroll
        ("birchport", "short", {"entries": 3, "times": 1}),
        ("birchport", "moving", {"times": 2}),
    ],
)
def test_a_catalogue_that_is_hard_to_page_is_read_whole(demo: Demo, portal: str, kind: str, how: dict) -> None:
    city = f"demo-{portal}"
    if kind == "moving":
        demo.break_with(portal, "cap", entries=5)
    demo.break_with(portal, kind, **how)
    assert demo.observe(city)[city].outcome == "complete"
    hard = {row["dataset_id"] for row in tables(demo.context)["dataset"]}
    demo.portals.faults(portal).clear()
    demo.observe(city)
    assert hard == {row["dataset_id"] for row in tables(demo.context)["dataset"]}


def test_a_catalogue_that_shrank_suspiciously_is_held_and_shown_nowhere(demo: Demo) -> None:
    assert demo.observe(BROKEN, as_of="2026-06-29")[BROKEN].outcome == "complete"
    demo.break_with(PORTAL, "shrunk", share=0.4)
    assert demo.observe(BROKEN)[BROKEN].outcome == "suspect"
    with demo.context.warehouse() as warehouse:
        assert {row["day"].isoformat() for row in warehouse.rows("indicator_value")} == {"2026-06-29"}
        assert not [row for row in warehouse.rows("dataset") if row["presence"] == "removed"]


def test_one_of_two_portals_down_makes_a_partial_day_whose_bounds_widen(demo: Demo) -> None:
    city = CITIES[2]
    demo.observe(city, as_of="2026-06-29")
    demo.break_with("cedar-junction-maps", "down")
    result = demo.observe(city)[city]
    assert (result.outcome, result.exit_code, list(result.problems)) == ("partial", 3, ["maps"])
    with demo.context.warehouse() as warehouse:
        whole, part = (
            {v.indicator_id: v for v in warehouse.indicator_values(city, run.day)}
            for run in warehouse.runs(city, current_only=True)
        )
    stated = ("licence_stated_share", "period_declared_share", "machine_readable_share", "promises_kept_share")
    for indicator in stated:
        assert part[indicator].n_unknown > whole[indicator].n_unknown
        assert part[indicator].value_low <= whole[indicator].value_low
        assert part[indicator].value_high >= whole[indicator].value_high
        assert part[indicator].denominator == whole[indicator].denominator or indicator == "promises_kept_share"


def test_a_portal_that_was_never_read_leaves_no_bounds(demo: Demo) -> None:
    demo.break_with("cedar-junction-maps", "down")
    result = demo.observe(CITIES[2])[CITIES[2]]
    assert result.outcome == "partial"
    with demo.context.warehouse() as warehouse:
        values = warehouse.rows("indicator_value", city_ids=[CITIES[2]])
    assert values
    assert all(
        row["value"] is None and row["value_low"] is None and row["reason"] == "portal_never_read" for row in values
    )


def test_a_second_attempt_that_knows_less_leaves_the_day_as_it_was(demo: Demo) -> None:
    city = CITIES[2]
    demo.observe(city)
    whole = tables(demo.context)
    demo.break_with("cedar-junction-maps", "down")
    assert demo.observe(city)[city].outcome == "partial"
    assert tables(demo.context) == whole
    with demo.context.warehouse() as warehouse:
        assert [(run.outcome) for run in warehouse.runs(city, current_only=True)] == ["complete"]
        assert len(warehouse.runs(city)) == 2


def test_single_entries_that_cannot_be_asked_for_do_not_cost_the_catalogue(demo: Demo) -> None:
    demo.observe(BROKEN, as_of="2026-06-29")
    hidden = demo.portals.dataset_id(PORTAL, all_titles(demo)[0])
    demo.portals.change(PORTAL, "private", hidden)
    demo.break_with(PORTAL, "503", path="/api/views")
    assert demo.observe(BROKEN)[BROKEN].outcome == "complete"
    with demo.context.warehouse() as warehouse:
        (row,) = [
            r
            for r in warehouse.rows("dataset_day", city_ids=[BROKEN])
            if r["freshness_reason"] == "missing_from_catalogue"
        ]
        assert row["dataset_id"] == hidden
        (removed,) = [
            v for v in warehouse.indicator_values(BROKEN, row["day"]) if v.indicator_id == "datasets_removed_count"
        ]
    assert removed.value == 0


def test_what_the_portal_itself_denies_is_removed_once(demo: Demo) -> None:
    demo.observe(BROKEN, as_of="2026-06-28")
    demo.portals.change(PORTAL, "private", demo.portals.dataset_id(PORTAL, all_titles(demo)[0]))
    counts = []
    for day in ("2026-06-29", "2026-06-30"):
        demo.observe(BROKEN, as_of=day)
        with demo.context.warehouse() as warehouse:
            rows = warehouse.rows("indicator_value", city_ids=[BROKEN])
        counts += [
            r["value"] for r in rows if r["indicator_id"] == "datasets_removed_count" and r["day"].isoformat() == day
        ]
    assert counts == [1.0, 0.0]


def all_titles(demo: Demo) -> list[str]:
    with demo.context.warehouse() as warehouse:
        return sorted(row["title"] for row in warehouse.rows("dataset", city_ids=[BROKEN]) if row["is_counted"])

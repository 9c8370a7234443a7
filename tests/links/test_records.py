"""What a series of checks comes to: states over time, and what persists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicgauge.linked import WINDOW_DAYS, Record, tally
from civicgauge.links import PERSISTS_CHECKS, PERSISTS_FOR, Verdict, after_check

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
GOOD, GONE, FORBIDDEN, BUSY = (
    Verdict("ok"),
    Verdict("broken", "404"),
    Verdict("unknown", "403"),
    Verdict("unknown", "503"),
)
PAGE = Verdict("unknown", "page_instead_of_data")
VERDICTS = st.sampled_from([GOOD, GONE, FORBIDDEN, BUSY, PAGE, Verdict("unknown", "redirects_to_http")])
CHECKS = st.lists(st.tuples(VERDICTS, st.integers(1, 40)), min_size=1, max_size=25)


def folded(checks: Sequence[tuple[Verdict, float]], record: Record | None = None, at: datetime = START) -> Record:
    """The record after checks, each so many hours after the one before it."""
    for verdict, hours in checks:
        at += timedelta(hours=hours)
        record = after_check(record, verdict, at, at.date())
    assert record is not None
    return record


def test_an_absent_file_is_broken_at_once_and_ok_as_soon_as_it_is_back() -> None:
    record = folded([(GOOD, 24), (GONE, 24)])
    assert (record.state, record.reason, record.since) == ("broken", "404", START + timedelta(hours=48))
    assert (record.last_ok, record.first_failure) == (START + timedelta(hours=24), START + timedelta(hours=48))
    record = folded([(GOOD, 24)], record, START + timedelta(hours=48))
    assert (record.state, record.reason, record.first_failure, record.was_broken) == ("ok", None, None, False)


@pytest.mark.parametrize("verdict", [FORBIDDEN, BUSY, PAGE])
def test_a_refusal_is_broken_when_the_same_was_seen_three_times_over_three_days(verdict: Verdict) -> None:
    states = [folded([(verdict, 24)] * days).state for days in (1, 2, 3, 4, 5)]
    assert states == ["unknown", "unknown", "unknown", "broken", "broken"]
    record = folded([(GOOD, 24), *[(verdict, 24)] * 5])
    assert (record.state, record.since, record.reason) == ("broken", START + timedelta(hours=48), verdict.reason)


def test_many_checks_within_three_days_are_not_enough_and_neither_are_two_far_apart() -> None:
    assert folded([(BUSY, 1)] * 60).state == "unknown"
    assert folded([(BUSY, 24), (BUSY, 200)]).state == "unknown"


def test_troubles_that_alternate_never_persist() -> None:
    assert folded([(FORBIDDEN, 24), (BUSY, 24)] * 10).state == "unknown"


def test_an_address_that_leads_from_https_to_http_is_refused_by_us_and_never_broken() -> None:
    assert folded([(Verdict("unknown", "redirects_to_http"), 24)] * 30).state == "unknown"


def test_a_broken_link_that_then_refuses_is_unknown_and_remembered_as_broken() -> None:
    record = folded([(GOOD, 24), (GONE, 24), (FORBIDDEN, 24)])
    assert (record.state, record.was_broken) == ("unknown", True)
    assert record.first_failure == START + timedelta(hours=48)


def test_the_last_check_of_a_day_counts_for_it_and_the_window_is_thirty_days() -> None:
    record = folded([(GONE, 1), (GOOD, 1)])
    assert tally(record, START.date()) == {"ok": 1, "broken": 0, "unknown": 0}
    record = folded([(GONE, 24), *[(GOOD, 24)] * 29])
    last = max(record.days)
    assert tally(record, last) == {"ok": 29, "broken": 1, "unknown": 0}
    assert tally(record, last + timedelta(days=1)) == {"ok": 29, "broken": 0, "unknown": 0}
    assert tally(record, last, until=last) == {"ok": 28, "broken": 1, "unknown": 0}


@given(CHECKS)
@settings(max_examples=200, deadline=None)
def test_what_holds_after_any_checks(checks: list[tuple[Verdict, int]]) -> None:
    record = folded(checks)
    last = checks[-1][0]
    assert record.checks_count == len(checks)
    assert record.since <= record.checked_at
    assert (record.state == "ok") == (last.state == "ok") == (record.last_ok == record.checked_at)
    assert (record.first_failure is None) == (record.state == "ok")
    assert record.reason == last.reason
    if record.state == "broken" and last.state == "unknown":
        assert record.series_count >= PERSISTS_CHECKS
        assert record.checked_at - record.series_first >= PERSISTS_FOR
    if last.state == "broken":
        assert record.state == "broken"
    counts = tally(record, record.checked_at.date())
    assert sum(counts.values()) == len(record.days) <= WINDOW_DAYS
    assert record.days[max(record.days)] == record.state


@given(CHECKS, st.integers(0, 24))
@settings(max_examples=100, deadline=None)
def test_carrying_it_through_a_file_on_any_day_changes_nothing(checks: list[tuple[Verdict, int]], cut: int) -> None:
    cut = min(cut, len(checks) - 1)
    whole = folded(checks)
    begun = folded(checks[:cut]) if cut else None
    carried = Record.from_dict(begun.as_dict()) if begun else None
    assert folded(checks[cut:], carried, begun.checked_at if begun else START) == whole


@given(CHECKS, VERDICTS, st.integers(0, 900))
@settings(max_examples=100, deadline=None)
def test_a_check_that_is_not_later_changes_nothing(
    checks: list[tuple[Verdict, int]], verdict: Verdict, hours: int
) -> None:
    record = folded(checks)
    earlier = record.checked_at - timedelta(hours=hours)
    assert after_check(record, verdict, earlier, date(2026, 1, 1)) is record

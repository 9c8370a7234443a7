"""The pure rules: working days, who may sign, and digests that any change of any cell changes."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.errors import ConfigurationError
from civicgauge.landing.freshness import holiday_dates
from civicgauge.review import digests, editions
from civicgauge.warehouse.review_tables import EDITION_CITY, EDITION_VALUE
from civicgauge.warehouse.values import kind_of, plain_row

AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


# ---------------------------------------------------------------- working days


@given(first=DAYS, holidays=st.frozensets(DAYS, max_size=8), near=st.frozensets(st.integers(0, 25), max_size=8))
def test_ten_working_days_and_not_one_less(first: date, holidays: frozenset[date], near: frozenset[int]) -> None:
    off = holidays | {first + timedelta(days=n) for n in near}
    end = editions.preview_end(first, off)
    between = [first + timedelta(days=n) for n in range(1, (end - first).days + 1)]
    working = [day for day in between if day.weekday() < 5 and day not in off]
    assert (len(working), working[-1]) == (10, end)


@given(first=DAYS, near=st.lists(st.frozensets(st.integers(0, 25), max_size=8), max_size=4))
def test_one_end_for_all_and_none_has_less_than_ten(first: date, near: list[frozenset[int]]) -> None:
    calendars = [frozenset(first + timedelta(days=n) for n in some) for some in near]
    end = editions.common_end(first, calendars)
    ends = [editions.preview_end(first, each) for each in calendars or [frozenset()]]
    assert end in ends
    assert all(each <= end for each in ends)


def test_a_city_s_own_calendar_counts() -> None:
    first = date(2026, 6, 30)
    assert editions.preview_end(first, frozenset()) == date(2026, 7, 14)
    assert editions.preview_end(first, holiday_dates("us", (2026, 2027))) == date(2026, 7, 15)
    everything = frozenset(first + timedelta(days=n) for n in range(500))
    with pytest.raises(ConfigurationError, match=r"a year from 2026-06-30 holds no 10 working days"):
        editions.preview_end(first, everything)


def test_appeals_end_years_later_also_from_a_leap_day() -> None:
    assert editions.appeals_until(date(2026, 7, 18), 4) == date(2030, 7, 18)
    assert editions.appeals_until(date(2028, 2, 29), 5) == date(2033, 2, 28)


# ---------------------------------------------------------------- who signs


def edition(**other: Any) -> dict[str, Any]:
    known = {"edition_id": "e1", "state": "preview", "content_digest": "a" * 64, "opened_at": AT, "frozen_at": None}
    return {**known, "preview_until": date(2026, 7, 15), **other}


def signature(name: str, content: str = "a" * 64, number: int = 1) -> dict[str, Any]:
    return {"name": name, "content_digest": content, "number": number, "signed_at": AT}


@pytest.mark.parametrize("name", ["Ada Example", "ADA  EXAMPLE", " ada\texample ", "Ａｄａ Example"])
def test_one_person_signs_once_however_the_name_is_written(name: str) -> None:
    with pytest.raises(ConfigurationError, match="signed by this person already; the second signature is another"):
        editions.may_sign(edition(), [signature("Ada Example")], editions.person(name))
    lapsed = [signature("Ada Example", "b" * 64)]
    editions.may_sign(edition(), lapsed, editions.person(name))


def test_a_third_signature_is_refused() -> None:
    two = [signature("Ada Example"), signature("Ben Example")]
    with pytest.raises(ConfigurationError, match="e1 would be signed twice over: two people have signed"):
        editions.may_sign(edition(), two, "Cy Example")


@pytest.mark.parametrize(
    ("names", "content", "told"),
    [
        ([], "a", "it is signed by 0 of 2 people"),
        (["Ada Example"], "a", "it is signed by 1 of 2 people"),
        (
            ["Ada Example", "Ben Example"],
            "b",
            "it is signed by 0 of 2 people; 2 of its signatures are under other content",
        ),
        (["Ada Example", "ada example"], "a", "both signatures are of one person"),
        (["Ada Example", "Ben Example", "Cy Example"], "a", "it is signed twice over: 3 signatures under one content"),
    ],
)
def test_what_is_not_signed_by_two_is_not_frozen(names: list[str], content: str, told: str) -> None:
    found = [signature(name, content * 64) for name in names]
    with pytest.raises(ConfigurationError, match="e1 cannot be frozen:") as error:
        editions.may_freeze(edition(), found, [], date(2026, 7, 16))
    assert error.value.problems == (f"{told} (civicgauge edition sign)",)


def test_everything_that_keeps_it_from_being_frozen_is_said_at_once() -> None:
    disputes = [{"dispute_id": "e1-d1", "state": "open"}, {"dispute_id": "e1-d2", "state": "rejected"}]
    with pytest.raises(ConfigurationError) as error:
        editions.may_freeze(edition(), [], disputes, date(2026, 7, 15))
    assert error.value.problems == (
        "its cities may look through it to the end of 2026-07-15; it is 2026-07-15",
        "not decided yet: e1-d1 (civicgauge edition decide)",
        "it is signed by 0 of 2 people (civicgauge edition sign)",
    )
    two = [signature("Ada Example"), signature("Ben Example")]
    editions.may_freeze(edition(), two, disputes[1:], date(2026, 7, 16))


@pytest.mark.parametrize("text", ["", "  ", "A", "ada@example.org", "x" * 121, "42"])
def test_a_name_is_a_person_s(text: str) -> None:
    with pytest.raises(ConfigurationError, match="--name: the name of the person who signs"):
        editions.person(text)


def test_states_allow_what_comes_next_and_say_what_else() -> None:
    told = {
        ("draft", "signed"): "e1 is a draft and cannot be signed: its preview comes first",
        ("frozen", "taken anew"): "e1 is frozen and cannot be taken anew: what it holds stays",
        ("preview", "corrected"): "e1 is in preview and cannot be corrected: its cities are looking through it",
        ("abandoned", "frozen"): "e1 is abandoned and cannot be frozen: open another under another id",
    }
    for (state, what), words in told.items():
        with pytest.raises(ConfigurationError, match=words):
            editions.may_be(edition(state=state), what)


# ---------------------------------------------------------------- digests

_CELLS = {
    "text": st.text(max_size=12),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "date": DAYS,
    "time": st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
}  # fmt: skip


def rows_of(table: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Rows as the warehouse holds them."""
    cells = {c.name: _CELLS[kind_of(c)] if not c.nullable else st.none() | _CELLS[kind_of(c)] for c in table.columns}
    return st.fixed_dictionaries(cells).map(lambda row: plain_row(table, row))


HEAD = {"edition_id": "e1", "title": "One", "as_of": date(2026, 6, 30), "method_version": "1", "state": "draft"}
CITIES, VALUES = st.lists(rows_of(EDITION_CITY), max_size=3), st.lists(rows_of(EDITION_VALUE), max_size=3)


@given(cities=CITIES, values=VALUES, seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_state_do_not_matter(
    cities: list[dict[str, Any]], values: list[dict[str, Any]], seed: random.Random
) -> None:
    digest = digests.content_digest(HEAD, cities, values)
    mixed = [seed.sample(rows, len(rows)) for rows in (cities, values)]
    turned = [[dict(sorted(row.items(), reverse=True)) for row in rows] for rows in mixed]
    assert digests.content_digest({**HEAD, "state": "frozen"}, turned[0], turned[1]) == digest


@given(row=rows_of(EDITION_VALUE), other=rows_of(EDITION_VALUE), data=st.data())
def test_any_change_of_any_cell_changes_it(row: dict[str, Any], other: dict[str, Any], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([c.name for c in EDITION_VALUE.columns if c.name != "row_digest"]))
    changed = {**row, name: other[name]}
    is_same = row[name] == other[name]
    assert (digests.row_digest(row) == digests.row_digest(changed)) == is_same
    before, after = (digests.content_digest(HEAD, [], [each]) for each in (row, changed))
    assert (before == after) == is_same


@pytest.mark.parametrize("name", ["edition_id", "title", "as_of", "method_version"])
def test_the_cover_is_signed_too(name: str) -> None:
    other = date(2026, 7, 1) if name == "as_of" else "other"
    assert digests.content_digest(HEAD, [], []) != digests.content_digest({**HEAD, name: other}, [], [])


def test_what_one_database_writes_otherwise_than_the_other_is_one_thing() -> None:
    far = timezone(timedelta(hours=-6))
    for one, same in ((0.0, -0.0), (1.0, 1), (AT, AT.astimezone(far)), (0.1 + 0.2, 0.30000000000000004)):
        assert digests.row_digest({"x": one}) == digests.row_digest({"x": same})
    for one, other in ((1, "1"), (None, ""), (None, 0), (0.1, 0.1000000001), (date(2026, 1, 1), "2026-01-01")):
        assert digests.row_digest({"x": one}) != digests.row_digest({"x": other})
    with pytest.raises(TypeError, match="bytes has no spelling"):
        digests.row_digest({"x": b""})

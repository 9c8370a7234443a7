"""Rows become whole periods, or a refusal that names the row or the periods; later rows have no part in it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.effects.periods import first_day, index_of, label, labels, last_day
from civicgauge.effects.series import Span, periods_of, ranges_of, read_csv, series_of
from civicgauge.errors import ConfigurationError

FREQUENCIES = st.sampled_from(["day", "week", "month", "quarter", "year"])
DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))
SPAN = Span(date(2024, 1, 1), date(2024, 12, 31), date(2024, 7, 1), date(2024, 12, 31), "month")


def csv(*rows: str) -> bytes:
    return "\n".join(("day,n", *rows)).encode()


def read(body: bytes, span: Span = SPAN, aggregate: str = "sum") -> dict[int, float]:
    return read_csv(body, ("day", "n"), aggregate, span, "n.csv")


@given(DAYS, FREQUENCIES)
def test_a_day_lies_in_its_period_and_periods_touch(day: date, frequency: str) -> None:
    index = index_of(day, frequency)
    assert first_day(index, frequency) <= day <= last_day(index, frequency)
    assert first_day(index + 1, frequency) - last_day(index, frequency) == timedelta(days=1)
    assert label(index, frequency) != label(index + 1, frequency)


@given(DAYS, st.integers(1, 900), st.integers(0, 900), st.integers(0, 900), FREQUENCIES)
def test_only_whole_periods_of_readable_days(first: date, length: int, start: int, until: int, frequency: str) -> None:
    last = first + timedelta(days=length)
    span = Span(first, last, first + timedelta(days=min(start, length)), first + timedelta(days=until), frequency)
    whole, after, _ = periods_of(span)
    for index in whole:
        assert first <= first_day(index, frequency)
        assert last_day(index, frequency) <= min(last, span.until)
        assert (index >= after) == (first_day(index, frequency) >= span.start)
        assert index >= after or last_day(index, frequency) < span.start, "no period is both before and after"
    days = sum((b - a).days + 1 for a, b in ranges_of(span))
    assert days == sum((last_day(i, frequency) - first_day(i, frequency)).days + 1 for i in whole)


def test_partial_periods_are_left_out_and_said() -> None:
    span = Span(date(2024, 1, 10), date(2024, 12, 20), date(2024, 7, 15), date(2024, 12, 31), "month")
    found = series_of(read(csv(*(f"2024-{m:02}-20,{m}" for m in range(1, 13))), span), span, "n.csv")
    assert found.labels == [
        "2024-02",
        "2024-03",
        "2024-04",
        "2024-05",
        "2024-06",
        "2024-08",
        "2024-09",
        "2024-10",
        "2024-11",
    ]
    assert found.n_before == 5
    assert found.notes == (
        "2024-01 is not whole in the window and is left out",
        "2024-07 holds the start, 2024-07-15, and is neither before nor after: left out",
        "2024-12 is not whole in the window and is left out",
    )


def test_gaps_are_refused_by_name_or_are_zero_where_that_was_registered() -> None:
    rows = csv(*(f"2024-{m:02}-20,{m}" for m in (1, 2, 5, 6, 7, 9, 10, 11, 12)))
    with pytest.raises(ConfigurationError, match=r"n.csv: no value in 2024-03 to 2024-04, 2024-08; .*gaps: zero"):
        series_of(read(rows), SPAN, "n.csv")
    found = series_of(read(rows), SPAN, "n.csv", zero=True)
    assert found.values[2:4] == (0.0, 0.0)
    assert found.notes == ("no row in 2024-03 to 2024-04, 2024-08: counted as 0, as registered",)
    cut = Span(SPAN.first, SPAN.last, SPAN.start, date(2024, 4, 30), "month")
    assert series_of(read(rows, cut), cut, "n.csv", zero=True).values == (1, 2, 0, 0), (
        "the day before the start is no end"
    )
    with pytest.raises(ConfigurationError, match="no value in 2024-03 to 2024-04"):
        series_of(read(rows, cut), cut, "n.csv")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [f"2024-{m:02}-20,{m}" for m in range(1, 11)],
            "does not reach the ends of the window: nothing in 2024-11 to 2024-12",
        ),
        ([f"2024-{m:02}-20,7" for m in range(1, 13)], "all 12 values are 7; nothing can be told"),
        (["2023-01-01,4"], "no whole month of 2024-01-01 to 2024-12-31 has a value"),
        (["2024-01-01,4", "2024-02-01,many", "2024-03-01,", "2024-04-01,nan"], "n.csv: row 3: 'many' is no number"),
        (["2024-01-01,4", "01/02/2024,4"], "n.csv: row 3: '01/02/2024' is no day; write it as 2026-01-31"),
        (["2024-01-01,4", "2024-02-01,1e200"], "n.csv: row 3: '1e200' is no number that can be used"),
        (["2024-01-01,4", "2024,4"], "n.csv: row 3: 2024 is a year, and the series is by month"),
        (["2024-01-01,4", "2024-02-01garbage,4"], "n.csv: row 3: '2024-02-01garbage' is no day"),
        ([f"2024-{m:02}-20,{m}e-12" for m in range(1, 13)], "all 12 values lie within 1e-09 of each other"),
        (["2024-02-30,4"], "n.csv: row 2: '2024-02-30' is no day"),
        (['2024-01-01,"4'], "n.csv:2: no CSV that can be read"),
    ],
)
def test_bad_series_are_named(rows: list[str], said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        series_of(read(csv(*rows)), SPAN, "n.csv")
    assert said in str(caught.value)


def test_numbers_too_large_to_square_are_refused_wherever_they_come_from() -> None:
    """Sums of landed rows can be larger than any cell, and infinite."""
    months = range(index_of(SPAN.first, "month"), index_of(SPAN.last, "month") + 1)
    for large in (1e200, float("inf")):
        with pytest.raises(ConfigurationError, match="too large to reckon with"):
            series_of({each: large if each == months[3] else each * 1.0 for each in months}, SPAN, "n.csv")


def test_one_point_and_unknown_columns() -> None:
    span = Span(date(2024, 1, 1), date(2024, 2, 20), date(2024, 2, 1), date(2024, 2, 20), "month")
    with pytest.raises(ConfigurationError, match="one point alone, 2024-01"):
        series_of(read(csv("2024-01-05,3"), span), span, "n.csv")
    with pytest.raises(ConfigurationError, match="'m' is no column; there are day, n"):
        read_csv(csv(), ("day", "m"), "sum", SPAN, "n.csv")
    with pytest.raises(ConfigurationError, match="'n' stands there twice"):
        read_csv(b"day,n,n\n", ("day", "n"), "sum", SPAN, "n.csv")
    with pytest.raises(ConfigurationError, match="is not UTF-8"):
        read_csv(b"day,\xff\n", ("day", "n"), "sum", SPAN, "n.csv")


@given(st.lists(st.tuples(st.integers(1, 12), st.floats(-1e6, 1e6)), min_size=1, max_size=60), st.text(max_size=12))
def test_later_rows_have_no_part_in_what_is_read(rows: list[tuple[int, float]], poison: str) -> None:
    until = Span(SPAN.first, SPAN.last, SPAN.start, date(2024, 6, 30), "month")
    honest = [f"2024-{m:02}-11,{value!r}" for m, value in rows]
    quoted = poison.replace('"', '""').replace("\x00", "")
    poisoned = [line if m <= 6 else f'2024-{m:02}-11,"{quoted}"' for (m, _), line in zip(rows, honest, strict=True)]
    assert read(csv(*honest), until) == read(csv(*poisoned), until)
    assert set(read(csv(*honest), until)) == {index_of(date(2024, m, 1), "month") for m, _ in rows if m <= 6}


@pytest.mark.parametrize(("aggregate", "value"), [("count", 3), ("sum", 12), ("mean", 4), ("median", 3)])
def test_rows_of_a_period_come_together(aggregate: str, value: float) -> None:
    found = read(csv("2024-01-01,2", "2024-01-15,3", "2024-01-31,7"), SPAN, aggregate)
    assert found == {index_of(date(2024, 1, 1), "month"): value}


def test_periods_in_words() -> None:
    assert labels([24288, 24290, 24291, 24292], "month") == "2024-01, 2024-03 to 2024-05"
    assert label(index_of(date(2024, 12, 31), "week"), "week") == "2025-W01"
    assert label(index_of(date(2024, 5, 1), "quarter"), "quarter") == "2024-Q2"

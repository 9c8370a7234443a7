"""From dated values to a series of whole periods, or a refusal that names the row or the periods."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median

from civicgauge import clean
from civicgauge.effects.periods import Frequency, first_day, index_of, label, labels, last_day
from civicgauge.errors import ConfigurationError

_NAMED = 5  # rows that a message names
_LARGEST = 1e100  # the squares of larger numbers are none
_CLOSEST = 1e-9  # below it rounding is as large as what is told
_COARSE = {4: "year", 7: "month"}  # a date's letters, and the period that it names
_FINER = {"year": ("day", "week", "month", "quarter"), "month": ("day", "week")}
_AGGREGATES: dict[str, Callable[[list[float]], float]] = {
    "count": len,
    "sum": math.fsum,
    "mean": fmean,
    "median": median,
}


@dataclass(frozen=True)
class Span:
    """Which days are asked for: a window, the start within it, and the last day that may be read."""

    first: date
    last: date
    start: date
    until: date
    frequency: Frequency

    @property
    def readable(self) -> tuple[date, date]:
        """The first and the last day whose rows may be read at all."""
        return self.first, min(self.last, self.until)


@dataclass(frozen=True)
class Series:
    """Values of whole periods, by period number; `notes` say what was left out or filled, in words."""

    frequency: Frequency
    indexes: tuple[int, ...]
    values: tuple[float, ...]
    start: int
    notes: tuple[str, ...] = ()

    @property
    def n_before(self) -> int:
        """Points before the programme's start."""
        return sum(index < self.start for index in self.indexes)

    @property
    def labels(self) -> list[str]:
        """The periods as people write them."""
        return [label(index, self.frequency) for index in self.indexes]

    def digest(self) -> str:
        """The digest of periods and values."""
        told = [self.frequency, list(self.indexes), [repr(value) for value in self.values]]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def before(self) -> Series:
        """The part before the start."""
        n = self.n_before
        return Series(self.frequency, self.indexes[:n], self.values[:n], self.start, self.notes)


def periods_of(span: Span) -> tuple[list[int], int, list[str]]:
    """The whole periods that may be read, the first of those after the start, and notes on what is left out."""
    f = span.frequency
    low, high = span.readable
    inside = range(index_of(span.first, f), index_of(high, f) + 1) if high >= low else range(0)
    at = index_of(span.start, f)
    is_mixed = first_day(at, f) != span.start
    whole, notes = [], []
    for index in inside:
        if first_day(index, f) < span.first or last_day(index, f) > span.last:
            notes.append(f"{label(index, f)} is not whole in the window and is left out")
        elif is_mixed and index == at:
            if last_day(index, f) <= high:
                notes.append(
                    f"{label(index, f)} holds the start, {span.start}, and is neither before nor after: left out"
                )
        elif last_day(index, f) <= high:
            whole.append(index)
    return whole, at + is_mixed, notes


def ranges_of(span: Span) -> list[tuple[date, date]]:
    """The days of the whole periods that may be read, as ranges with both ends."""
    found: list[tuple[date, date]] = []
    for index in periods_of(span)[0]:
        first, last = first_day(index, span.frequency), last_day(index, span.frequency)
        if found and (first - found[-1][1]).days == 1:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def series_of(
    found: Mapping[int, float], span: Span, name: str, *, zero: bool = False, notes: Sequence[str] = ()
) -> Series:
    """The series of a source called `name`; `found` are its values by period number.

    ConfigurationError, with the periods, where some have no value and `zero` was not registered, where nothing lies at
    an end of the window (rows that a portal publishes late would else be counts of none), where there is one point, or
    where all are equal.
    """
    f = span.frequency
    whole, start, left_out = periods_of(span)
    missing = [index for index in whole if index not in found]
    if not whole or len(missing) == len(whole):
        raise ConfigurationError(f"{name}: no whole {f} of {span.readable[0]} to {span.readable[1]} has a value")
    if whole[0] in missing or (whole[-1] in missing and span.until >= span.last):
        seen = found.keys() & set(whole)
        ends = [index for index in missing if index < min(seen) or index > max(seen)]
        raise ConfigurationError(
            f"{name}: the series does not reach the ends of the window: nothing in {labels(ends, f)}; "
            "wait for the data, or register the window that they cover"
        )
    if missing and not zero:
        raise ConfigurationError(
            f"{name}: no value in {labels(missing, f)}; mend the series, or register `gaps: zero` "
            "where no row means none"
        )
    told = [*notes, *left_out]
    if missing:
        told.append(f"no row in {labels(missing, f)}: counted as 0, as registered")
    values = tuple(float(found.get(index, 0.0)) for index in whole)
    _refuse_shapeless(values, name, label(whole[0], f))
    return Series(f, tuple(whole), values, start, tuple(told))


def _refuse_shapeless(values: Sequence[float], name: str, first: str) -> None:
    if len(values) == 1:
        raise ConfigurationError(f"{name}: one point alone, {first}; a series needs many")
    if (largest := max(abs(value) for value in values)) > _LARGEST:
        raise ConfigurationError(f"{name}: {largest:g} is too large to reckon with; give the series in a larger unit")
    if len(set(values)) == 1:
        raise ConfigurationError(f"{name}: all {len(values)} values are {values[0]:g}; nothing can be told from them")
    if max(values) - min(values) < _CLOSEST:
        raise ConfigurationError(
            f"{name}: all {len(values)} values lie within {_CLOSEST:g} of each other; give the series in a smaller unit"
        )


# ---------------------------------------------------------------- a CSV file


def read_csv(body: bytes, columns: tuple[str, str], aggregate: str, span: Span, name: str) -> dict[int, float]:
    """Values by period number of a CSV file; `columns` are those of dates and of values.

    A row of no whole readable period is left before its value is looked at. ConfigurationError for an unknown column,
    a date or a number that cannot be read, with its row (the header is row 1).
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{name}: is not UTF-8 text ({error.reason} at byte {error.start})") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [clean.line(cell, 200) for cell in next(reader, [])]
        date_at, value_at = (_column(header, column, name) for column in columns)
        return _aggregated(_dated(reader, (date_at, value_at), span, name), aggregate)
    except csv.Error as error:
        raise ConfigurationError(f"{name}:{reader.line_num}: no CSV that can be read: {error}") from None


def _column(header: Sequence[str], column: str, name: str) -> int:
    if header.count(column) != 1:
        is_there = "stands there twice" if column in header else "is no column"
        raise ConfigurationError(f"{name}: {column!r} {is_there}; there are {', '.join(header[:30]) or 'none'}")
    return header.index(column)


def _dated(reader: Iterable[list[str]], places: tuple[int, int], span: Span, name: str) -> Iterable[tuple[int, float]]:
    whole, _, _ = periods_of(span)
    wanted = frozenset(whole)
    wrong: list[str] = []
    for number, row in enumerate(reader, 2):
        if not row:
            continue
        cells = [row[place].strip() if place < len(row) else "" for place in places]
        day = _day(cells[0])
        if day is None:
            wrong.append(f"{name}: row {number}: {clean.line(cells[0], 40)!r} is no day; write it as 2026-01-31")
        elif span.frequency in _FINER.get(coarse := _COARSE.get(len(cells[0]), ""), ()):
            wrong.append(f"{name}: row {number}: {cells[0]} is a {coarse}, and the series is by {span.frequency}")
        elif index_of(day, span.frequency) in wanted:  # of any other row the value is not so much as looked at
            value = _number(cells[1])
            if value is None:
                wrong.append(f"{name}: row {number}: {clean.line(cells[1], 40)!r} is no number that can be used")
            else:
                yield index_of(day, span.frequency), value
    if wrong:
        more = (f"{name}: and {len(wrong) - _NAMED} more rows",) if len(wrong) > _NAMED else ()
        raise ConfigurationError("A series that cannot be read:", (*wrong[:_NAMED], *more))


def _day(text: str) -> date | None:
    """2026-01-31, a month as 2026-01, or a year."""
    day = text[:10] if text[10:11] in ("", "T", " ") else ""  # a time of day may follow, nothing else
    padded = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), day)
    try:
        return date.fromisoformat(padded) if len(padded) == 10 else None
    except ValueError:
        return None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) <= _LARGEST and "_" not in text else None


def _aggregated(rows: Iterable[tuple[int, float]], aggregate: str) -> dict[int, float]:
    by_period: dict[int, list[float]] = defaultdict(list)
    for index, value in rows:
        by_period[index].append(value)
    return {index: float(_AGGREGATES[aggregate](values)) for index, values in by_period.items()}

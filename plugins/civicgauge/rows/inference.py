"""Which type each column holds and how its values are spelt, judged from a sample of the table.

A platform's own word decides the type where there is one; else a type holds when nearly all values are of it. What is
written so as not to be counted with stays text: codes with leading zeros, postcodes, telephone numbers, identifiers too
long for a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import duckdb

from civicgauge.landed import ColumnType
from civicgauge.rows.evidence import Asked, Evidence, evidence
from civicgauge.rows.forms import NUMERIC, TEMPORAL, Form
from civicgauge.rows.headers import Named
from civicgauge.rows.names import plain
from civicgauge.rows.sources import SAMPLE
from civicgauge.rows.sqltext import literal
from civicgauge.rows.stamps import FIRST_FORMATS
from civicgauge.rows.typewords import is_socrata, type_of

# Headers, in their compared form, of what is written in digits and not counted with.
_CODES = re.compile(
    r"\bzip( ?codes?)?( ?[45])?$|\bzip ?code|\bpost(al)? ?code|phone|telefon"
    r"|\b(plz|cep|tel|fax|mobile|fips?|geoid|naics|ein|ssn|iban|isbn|cnpj|cpf)\b"
)
_DAYS = re.compile(r"date|\bday|datum|\bdata\b|fecha|\btag\b")
_LEAST_COMMAS = 0.2  # of the values must have decimals after a comma: districts "7,2" are two
_MOST_CODES = 0.005  # of the values may be written like codes in a column of numbers


@dataclass(frozen=True, slots=True)
class _Habits:
    """How the table as a whole writes what can be read in two ways."""

    day_first: bool
    decimal_comma: bool

    @classmethod
    def of(cls, evidence: Iterable[Evidence]) -> _Habits:
        seen = list(evidence)
        days = sum(e.only_day_first - e.only_month_first for e in seen)
        commas = sum(e.only_comma - e.only_point for e in seen if e.holds(e.comma_numbers) or e.holds(e.numbers))
        return cls(days > 0, commas > 0)


def forms_of(link: duckdb.DuckDBPyConnection, columns: Sequence[Named]) -> dict[int, tuple[Form, bool]]:
    """For each column's index its form, and whether the platform's word decided the type.

    Reads the sample that `take_sample` made.
    """
    of_socrata = is_socrata(column.promised.datatype for column in columns if column.promised)
    told = {c.index: type_of(c.promised.datatype, of_socrata=of_socrata) if c.promised else None for c in columns}
    asked = [
        Asked(c.index, is_told=told[c.index] is not None, is_dated=_DAYS.search(plain(c.header)) is not None)
        for c in columns
        if told[c.index] is None or told[c.index] in TEMPORAL
    ]
    seen = evidence(link, asked)
    habits = _Habits.of(seen.values())
    found = {}
    for column in columns:
        kind = told[column.index]
        form = (
            _inferred(column, seen[column.index], habits) if kind is None else Form(kind, has_labels=kind in TEMPORAL)
        )
        if form.type in TEMPORAL:
            form = _spelt(link, column, form, seen[column.index], habits)
        found[column.index] = (form, kind is not None)
    return found


# ---------------------------------------------------------------- the type


def _inferred(column: Named, seen: Evidence, habits: _Habits) -> Form:
    if seen.holds(seen.points):
        return Form("point")
    if seen.holds(seen.geometries):
        return Form("geometry")
    if seen.holds(max(seen.month_first, seen.day_first)):
        return Form(_temporal(seen))
    if seen.holds(seen.trues + seen.falses):
        # N alone may be a street's direction, F alone half of the people
        is_pair = seen.trues > 0 and seen.falses > 0
        return Form("boolean") if is_pair or not seen.letters else Form("text")
    return _number(column, seen, habits)


def _temporal(seen: Evidence) -> ColumnType:
    if seen.zoned * 2 > seen.filled:
        return "instant"
    return "date_time" if seen.timed else "date"


def _number(column: Named, seen: Evidence, habits: _Habits) -> Form:
    is_split = seen.only_comma > max(seen.only_point, _LEAST_COMMAS * seen.filled)
    comma = is_split or (seen.only_comma == seen.only_point and habits.decimal_comma)
    count = seen.comma_numbers if comma else seen.numbers
    is_code = seen.codes > _MOST_CODES * seen.filled or _CODES.search(plain(column.header))
    if is_code or not seen.holds(count + seen.percents):
        return Form("text")
    kind: ColumnType = "number"
    if seen.percents:
        kind = "percent" if seen.percents * 2 > seen.filled else "text"
    elif seen.currencies * 2 > seen.filled:
        kind = "money"
    return Form(kind, decimal_comma=comma and kind in NUMERIC)


# ---------------------------------------------------------------- the spelling of dates


def _spelt(link: duckdb.DuckDBPyConnection, column: Named, form: Form, seen: Evidence, habits: _Habits) -> Form:
    balance = seen.only_day_first - seen.only_month_first
    form = replace(form, day_first=balance > 0 or (balance == 0 and habits.day_first))
    formats = [each for each in FIRST_FORMATS if _fits(each, form)]
    counts = ", ".join(f"count(*) FILTER (year(try_strptime(t, {literal(each)})) >= 1000)" for each in formats)
    first = f"(SELECT c{column.index} AS t FROM {SAMPLE} WHERE c{column.index} IS NOT NULL LIMIT 2000)"  # noqa: S608
    filled, *found = link.execute(f"SELECT count(*), {counts} FROM {first}").fetchone() or (0,)  # noqa: S608 - formats
    best, spelling = max(zip(found, formats, strict=True))
    return replace(form, first=spelling if best * 2 > filled else "")


def _fits(spelling: str, form: Form) -> bool:
    """Whether fast reading gives what wide reading would: the same order, and the clock's own time for local times."""
    if spelling.startswith(("%m/", "%m-")) and form.day_first:
        return False
    if spelling.startswith(("%d/%m", "%d-%m")) and not form.day_first:
        return False
    return form.type == "instant" or "%z" not in spelling

"""What the values of a column look like: how many of a sample are numbers, days, places, truths, and how written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import duckdb

from civicgauge.rows.forms import CURRENCY, GEOMETRY
from civicgauge.rows.sources import SAMPLE
from civicgauge.rows.sqltext import literal

HOLDS = 0.95  # of the values must be of a type for the column to be of it
_FEW = 400

# Texts that stand for nothing, whatever the column's type, and are not counted as values.
_NOTHINGS = (
    "|n/a|na|n.a.|#n/a|null|(null)|none|nan|nil|-|--|---|.|?|unknown|tbd|missing|not available|not applicable|(blank)"
)
_NOTHING = ", ".join(literal(text) for text in _NOTHINGS.split("|"))
_BOOLEAN = literal("(?i)true|false|yes|no|t|f|y|n")
_EXPONENT = literal(r"\d+[eE]\d+")  # 12E3 is a code rather than twelve thousand
_NUMBER = (
    f"(coalesce(plain_number({{0}}), written_number({{0}})) IS NOT NULL AND NOT regexp_full_match({{0}}, {_EXPONENT}))"
)
_PLACE = literal(r"(?i)^(SRID|POINT|\{)|[.]\d{3}.*[.]\d{3}")  # not (11.1, 14.8), an interval
# What only a promise, or for the second a header, makes a day: section 1.2.10, the number 20260630.
_NO_DAY, _COMPACT_DAY = literal(r"\d{1,2}[-.]\d{1,2}[-.]\d{2}"), literal(r"\d{8}")

# What is counted, by what must be read for it. The names are fields of Evidence.
_COUNTS = {
    "places": {"points": "is_point", "geometries": "is_geometry"},
    "numbers": {
        "numbers": "is_number",
        "comma_numbers": "is_comma",
        "only_comma": "is_comma AND NOT is_number",
        "only_point": "is_number AND NOT is_comma",
        "currencies": f"is_number AND regexp_matches(t, {literal(CURRENCY)})",
        "percents": "ends_with(t, '%') AND written_number(rtrim(t, '% ')) IS NOT NULL",
        "codes": r"regexp_full_match(t, '0\d+|\d{16,}')",
    },
    "truths": {"trues": "truth", "falses": "NOT truth", "letters": "truth IS NOT NULL AND length(t) = 1"},
    "days": {
        "month_first": "m IS NOT NULL",
        "day_first": "d IS NOT NULL",
        "only_month_first": "d IS NULL AND m IS NOT NULL",
        "only_day_first": "m IS NULL AND d IS NOT NULL",
        "timed": "coalesce(m, d) IS NOT NULL AND has_time(t)",
        "zoned": "coalesce(m, d) IS NOT NULL AND has_zone(t)",
    },
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A column to look into. `is_told`: it was promised to hold dates; `is_dated`: its header speaks of days."""

    index: int
    is_told: bool
    is_dated: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many values of a column's sample are what; `_COUNTS` says how each is counted."""

    filled: int = 0
    points: int = 0
    geometries: int = 0
    numbers: int = 0
    comma_numbers: int = 0  # with a comma before the decimals
    only_comma: int = 0
    only_point: int = 0
    currencies: int = 0
    percents: int = 0
    codes: int = 0  # leading zeros, or more digits than a number keeps
    trues: int = 0
    falses: int = 0
    letters: int = 0  # Y and N rather than yes and no
    month_first: int = 0
    day_first: int = 0
    only_month_first: int = 0
    only_day_first: int = 0
    timed: int = 0
    zoned: int = 0

    def holds(self, count: int) -> bool:
        """Whether nearly all values are so."""
        return count > 0 and count >= HOLDS * self.filled

    def likely(self) -> list[str]:
        """What a column may hold of which these are a few values: the groups of `_COUNTS`."""
        if self.filled < _FEW // 10:
            return list(_COUNTS)
        most = {
            "places": max(self.points, self.geometries),
            "numbers": max(self.numbers, self.comma_numbers) + self.percents,
            "truths": self.trues + self.falses,
            "days": max(self.month_first, self.day_first),
        }
        return [group for group, count in most.items() if count >= 0.5 * self.filled]


def evidence(link: duckdb.DuckDBPyConnection, asked: Sequence[Asked]) -> dict[int, Evidence]:
    """The evidence of columns, by index, in the sample that `take_sample` made.

    A few rows first: they show most columns to be plain text, of which no more is asked.
    """
    rows = (link.execute(f"SELECT count(*) FROM {SAMPLE}").fetchone() or (0,))[0]  # noqa: S608 - a name of ours
    untold = [column for column in asked if not column.is_told]
    found = {column.index: Evidence() for column in asked}
    groups = {column.index: ["days"] if column.is_told else list(_COUNTS) for column in asked}
    if rows > 2 * _FEW:
        _count(link, untold, list(_COUNTS), found, step=rows // _FEW)
        groups |= {column.index: found[column.index].likely() for column in untold}
    for group in _COUNTS:
        _count(link, [column for column in asked if group in groups[column.index]], [group], found)
    return found


def _count(
    link: duckdb.DuckDBPyConnection,
    columns: Sequence[Asked],
    groups: Sequence[str],
    found: dict[int, Evidence],
    *,
    step: int = 1,
) -> None:
    """Count in one query for all the columns (planning it costs more than running it) and add to what was found."""
    if not columns:
        return
    counts = {name: f"sum(n) FILTER ({test})" for group in groups for name, test in _COUNTS[group].items()}
    rows = link.execute(
        f"SELECT c, sum(n), {', '.join(counts.values())} FROM ({_looked_at(columns, step)}) GROUP BY c"  # noqa: S608
    ).fetchall()
    for name, filled, *values in rows:
        index = int(name[1:])
        found[index] = replace(found[index], filled=filled, **{n: v or 0 for n, v in zip(counts, values, strict=True)})


def _looked_at(columns: Sequence[Asked], step: int) -> str:
    """The query of a column's (`c`) distinct texts `t`, how often each stands there, and what each is.

    Of its columns DuckDB computes only those that are asked for.
    """
    names = ", ".join(f"c{column.index}" for column in columns)
    told, dated = _either(c for c in columns if c.is_told), _either(c for c in columns if c.is_dated)
    is_day = f"{told} OR NOT regexp_full_match(t, {_NO_DAY}) AND ({dated} OR NOT regexp_full_match(t, {_COMPACT_DAY}))"
    return f"""
        SELECT *, day_of(day, false) AS m, day_of(day, true) AS d FROM (
          SELECT c, t, n, CASE WHEN {is_day} THEN day_text(t, {told}) END AS day,
                 {_NUMBER.format("t")} AS is_number, {_NUMBER.format("translate(t, '.,', ',.')")} AS is_comma,
                 regexp_matches(t, {literal(GEOMETRY)}) AS is_geometry,
                 CASE WHEN regexp_full_match(t, {_BOOLEAN}) THEN as_boolean(t) END AS truth,
                 CASE WHEN regexp_matches(t, {_PLACE}) THEN coalesce(is_on_earth(as_point(t)), false)
                 ELSE false END AS is_point
          FROM (SELECT c, tidy(t) AS t, count(*) AS n
                FROM (UNPIVOT (SELECT {names} FROM {SAMPLE} WHERE rowid % {step} = 0) ON {names} INTO NAME c VALUE t)
                GROUP BY ALL)
          WHERE lower(t) NOT IN ({_NOTHING}))
        """  # noqa: S608 - patterns and names of ours


def _either(columns: Iterable[Asked]) -> str:
    """Whether a row of the query is of one of these columns, as SQL."""
    names = ", ".join(f"'c{column.index}'" for column in columns)
    return f"c IN ({names})" if names else "false"

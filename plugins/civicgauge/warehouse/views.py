"""The views for those who query by SQL: the newest values, a row per city, what changed, a scorecard.

Each is one SELECT, made for a database and for the days that may be seen: `viewschema` makes the database's views of
them over all days, an export asks the same SELECT for its audience and its date. Days in doubt are not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from civicgauge.errors import CivicgaugeError
from civicgauge.warehouse import decidedview
from civicgauge.warehouse.cityday import SHOWN
from civicgauge.warehouse.viewform import IndicatorText, Out, View

WIDE = "v_indicator_wide"
NAMES = ("v_indicator_latest", WIDE, "v_indicator_change", "v_city_scorecard", "v_indicator_decided")
"""The views in the order in which they are made and exported."""

EARLIER_DAYS = 28
"""`v_indicator_change` compares with the newest shown day that is at least so many days older."""

_STATUSES = ("ok", "insufficient", "not_measured", "not_applicable", "error")
_STANCES = ("in_line", "differs", "not_observed")
_LONGEST_NAME = 63  # bytes that PostgreSQL keeps of a name

Narrow = Callable[[sa.Table], sa.ColumnElement[bool]]
Settled = Callable[[sa.Table], Iterable[sa.ColumnElement[bool]]]


class _Sources:
    """What the views stand on: the tables, and the shown days of the cities that may be seen."""

    def __init__(self, tables: Mapping[str, sa.Table], dialect: str, narrow: Narrow | None) -> None:
        self.value, self.dialect = tables["indicator_value"], dialect
        self.evidence = tables.get("criterion_evidence")
        run = tables["run"]
        is_shown = [run.c.is_current, run.c.outcome.in_(SHOWN), *([narrow(run)] if narrow is not None else [])]
        shown = sa.select(run.c.city_id, run.c.day, run.c.outcome).where(*is_shown)
        self.shown = shown.subquery("shown")
        newest = shown.subquery("any_shown")
        self.latest = (
            sa.select(newest.c.city_id, sa.func.max(newest.c.day).label("day")).group_by(newest.c.city_id)
        ).subquery("latest")

    def day_before(self, name: str, days: int) -> sa.Subquery:
        """By city, the newest shown day that is at least `days` older than its latest one."""
        latest, shown = self.latest.alias(f"latest_{name}"), self.shown.alias(f"shown_{name}")
        limit: sa.ColumnElement[Any] = latest.c.day - days
        if self.dialect == "sqlite":  # days are text there
            limit = sa.func.date(latest.c.day, sa.literal_column(f"'-{days} days'"))
        of_city = sa.and_(shown.c.city_id == latest.c.city_id, shown.c.day <= limit)
        found = sa.select(latest.c.city_id, sa.func.max(shown.c.day).label("day"))
        return found.join_from(latest, shown, of_city).group_by(latest.c.city_id).subquery(name)

    def latest_values(self, value: sa.FromClause) -> tuple[sa.FromClause, sa.ColumnElement[bool]]:
        """Each city's values of its latest day, and the condition that leaves the highest version of each."""
        other = self.value.alias("other_version")
        same = (other.c[name] == value.c[name] for name in ("day", "city_id", "indicator_id"))
        highest = sa.select(sa.func.max(other.c.indicator_version)).where(*same).scalar_subquery()
        of_day = sa.and_(value.c.city_id == self.latest.c.city_id, value.c.day == self.latest.c.day)
        return sa.join(self.latest, value, of_day), value.c.indicator_version == highest


def views_in(
    tables: Mapping[str, sa.Table],
    dialect: str,
    indicators: Sequence[IndicatorText],
    narrow: Narrow | None = None,
    settled: Settled | None = None,
) -> tuple[View, ...]:
    """Every view for a dialect; `indicators` are those that get columns in `v_indicator_wide`.

    `narrow` gives the condition on `run` that leaves only the city-days that may be seen, `settled` those on what
    people decided; None: all.
    """
    sources = _Sources(tables, dialect, narrow)
    beside = decidedview.decided(sources.value, tables["decided_value"], sources.shown, settled)
    return (_latest(sources), _wide(sources, indicators), _change(sources), _scorecard(sources), beside)


def _view(name: str, comment: str, outs: Sequence[Out], statement: sa.Select[Any]) -> View:
    chosen = statement.with_only_columns(*(out.expression.label(out.name) for out in outs), maintain_column_froms=True)
    return View(name, comment, tuple(out.info for out in outs), chosen)


def _told(column: sa.ColumnElement[Any], name: str, of: sa.Table, *, is_key: bool = False) -> Out:
    """A table's own column with its own comment."""
    return Out(name, column, of.c[name].comment or "", is_key)


def _latest(sources: _Sources) -> View:
    value = sources.value
    origin, highest = sources.latest_values(value)
    outs = [_told(c, c.name, value, is_key=c.name in ("city_id", "indicator_id")) for c in value.columns]
    statement = sa.select(value).select_from(origin).where(highest)
    comment = (
        "One row per city and indicator: the newest shown day's value, by the highest version of the indicator. "
        "Days in doubt are not shown."
    )
    return _view(NAMES[0], comment, outs, statement)


def _wide(sources: _Sources, indicators: Sequence[IndicatorText]) -> View:
    value = sources.value
    origin, highest = sources.latest_values(value)
    outs = [_told(value.c.city_id, "city_id", value, is_key=True), _told(value.c.day, "day", value)]
    for indicator in indicators:
        outs += _pair(value, indicator)
    statement = sa.select(value).select_from(origin).where(highest).group_by(value.c.city_id, value.c.day)
    comment = "One row per city: the newest shown day's value and status of every indicator."
    return _view(NAMES[1], comment, outs, statement)


def _pair(value: sa.Table, indicator: IndicatorText) -> Iterator[Out]:
    is_it = value.c.indicator_id == indicator.id
    for suffix, column, told in (
        ("", value.c.value, f"{indicator.title}: {indicator.question} Null where the status is not ok."),
        ("__status", value.c.status, f"{indicator.title}: {value.c.status.comment}"),
    ):
        name = f"{indicator.id}{suffix}"
        if len(name.encode()) > _LONGEST_NAME:
            raise CivicgaugeError(
                f"{name}: longer than {_LONGEST_NAME} bytes, which is all that PostgreSQL keeps of a column's name; "
                "give the indicator a shorter id"
            )
        yield Out(name, sa.func.max(sa.case((is_it, column)), type_=column.type), told)


def _change(sources: _Sources) -> View:
    value = sources.value
    origin, highest = sources.latest_values(value)
    kept = ("indicator_version", "day", "unit", "direction", "status", "value", "value_low", "value_high", "n_unknown")
    outs = [_told(value.c[name], name, value, is_key=True) for name in ("city_id", "indicator_id")]
    outs += [_told(value.c[name], name, value) for name in kept]
    for name, days, said in (
        ("previous", 1, "the shown day before"),
        ("earlier", EARLIER_DAYS, f"the newest shown day at least {EARLIER_DAYS} days before"),
    ):
        origin, more = _compared(sources, origin, name, days, said)
        outs += more
    comment = (
        "One row per city and indicator: the newest shown day against the shown day before, and against the newest "
        f"shown day at least {EARLIER_DAYS} days before. Only equal versions are compared: a changed rule is no change."
    )
    return _view(NAMES[2], comment, outs, sa.select(value).select_from(origin).where(highest))


def _compared(
    sources: _Sources, origin: sa.FromClause, name: str, days: int, said: str
) -> tuple[sa.FromClause, list[Out]]:
    """`origin` joined with the values of an earlier day, and the columns that say what became of them."""
    value, then = sources.value, sources.value.alias(f"{name}_value")
    day, other = sources.day_before(f"{name}_day", days), sources.value.alias(f"{name}_other_version")
    same = [then.c[key] == value.c[key] for key in ("city_id", "indicator_id", "indicator_version")]
    origin = sa.outerjoin(origin, day, day.c.city_id == value.c.city_id)
    origin = sa.outerjoin(origin, then, sa.and_(then.c.day == day.c.day, *same))
    with_other = [other.c[key] == value.c[key] for key in ("city_id", "indicator_id")]
    has_other = sa.exists().where(other.c.day == day.c.day, *with_other)
    note = sa.case(
        (day.c.day.is_(None), "no_earlier_day"),
        (sa.and_(then.c.day.is_(None), has_other), "version_changed"),
        (then.c.day.is_(None), "not_computed_then"),
        (value.c.value.is_(None), "no_value_now"),
        (then.c.value.is_(None), "no_value_then"),
    )
    day_type = value.c.day.type
    return origin, [
        Out(f"{name}_day", sa.type_coerce(day.c.day, day_type), f"{said}; null where there is none"),
        Out(f"{name}_status", then.c.status, f"the status on {said}"),
        Out(f"{name}_value", then.c.value, f"the value on {said}"),
        Out(f"{name}_delta", value.c.value - then.c.value, f"the value less the value on {said}"),
        Out(
            f"{name}_note",
            sa.type_coerce(note, value.c.status.type),
            "why there is no difference: no_earlier_day, version_changed, not_computed_then, no_value_now or "
            "no_value_then; null where there is one",
        ),
    ]


def _scorecard(sources: _Sources) -> View:
    latest, value, shown = sources.latest, sources.value, sources.shown
    inner, highest = sources.latest_values(value)
    by_status = [_count(value.c.status, word, f"indicators_{word}") for word in _STATUSES]
    counted = (
        sa.select(value.c.city_id, *by_status).select_from(inner).where(highest).group_by(value.c.city_id)
    ).subquery("counted")
    of_day = sa.and_(shown.c.city_id == latest.c.city_id, shown.c.day == latest.c.day)
    origin: sa.FromClause = sa.join(latest, shown, of_day)
    origin = sa.outerjoin(origin, counted, counted.c.city_id == latest.c.city_id)
    outs = [
        Out("city_id", sa.type_coerce(latest.c.city_id, value.c.city_id.type), "the city", is_key=True),
        Out("day", sa.type_coerce(latest.c.day, value.c.day.type), "its newest shown day"),
        Out("outcome", shown.c.outcome, "complete, or partial where one of its portals was not read"),
    ]
    for word in _STATUSES:
        number = sa.func.coalesce(counted.c[f"indicators_{word}"], 0, type_=sa.BigInteger())
        outs.append(Out(f"indicators_{word}", number, f"indicators whose status is {word}"))
    comment = "One row per city: its newest shown day, and how many indicators have which status. No score, no level."
    if sources.evidence is not None:
        origin, more = _stances(sources, sources.evidence, origin)
        outs[1:1], comment = more[:2], comment.replace("per city", "per city and standard (version)")
        outs += more[2:]
    return _view(NAMES[3], comment, outs, sa.select(latest).select_from(origin))


def _stances(sources: _Sources, evidence: sa.Table, origin: sa.FromClause) -> tuple[sa.FromClause, list[Out]]:
    """`origin` joined with the counts of stances by standard; a city without an assessment keeps one row."""
    latest = sources.latest
    key = (evidence.c.city_id, evidence.c.standard, evidence.c.standard_version)
    of_day = sa.and_(evidence.c.city_id == latest.c.city_id, evidence.c.day == latest.c.day)
    counts = [_count(evidence.c.stance, word, f"criteria_{word}") for word in _STANCES]
    lined = sa.select(*key, *counts).select_from(sa.join(latest, evidence, of_day)).group_by(*key).subquery("lined")
    outs = [
        Out(
            name,
            sa.func.coalesce(lined.c[name], "", type_=evidence.c[name].type),
            f"{said}; '' where none",
            is_key=True,
        )
        for name, said in (("standard", "the standard"), ("standard_version", "its version"))
    ]
    for word in _STANCES:
        number = sa.type_coerce(lined.c[f"criteria_{word}"], sa.BigInteger())
        outs.append(Out(f"criteria_{word}", number, f"criteria whose observed stance is {word}; null: not assessed"))
    return sa.outerjoin(origin, lined, lined.c.city_id == latest.c.city_id), outs


def _count(column: sa.ColumnElement[Any], word: str, name: str) -> sa.Label[int]:
    return sa.func.count(sa.case((column == word, 1))).label(name)

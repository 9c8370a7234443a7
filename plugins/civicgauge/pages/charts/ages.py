"""Three ages of a dataset on one time line, with the promised period shaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from math import log10

from markupsafe import Markup

from civicgauge.pages.charts.numbers import finite
from civicgauge.pages.charts.svg import Axis, at, said, wide

_TOP, _ROW, _FOOT = 4.0, 30.0, 22.0
_STEPS = ((0, "that day"), (7, "week"), (31, "month"), (366, "year"), (3660, "10 years"), (36600, "100 years"))
_NAMES = ("Description edited", "Data updated", "Newest event in the rows")
_STROKE = 'stroke="currentColor" fill="none"'
Moment = date | datetime | None


def ages(
    touched_at: Moment, data_updated_at: Moment, newest_event_at: Moment, as_of: date, period_days: float | None
) -> Markup:
    """How old each is on the day `as_of`, which is at the right; the further left, the older (by powers of ten).

    A date after `as_of` stands at the right end and says so. Whichever is not known has a row without a mark.
    """
    today, period = _day(as_of) or date.min, finite(period_days)
    moments = (touched_at, data_updated_at, newest_event_at)
    found = [(name, _age(_day(each), today)) for name, each in zip(_NAMES, moments, strict=True)]
    oldest = max([31.0, *(age for _, age in found if age is not None), period or 0.0])
    along = Axis(0.0, log10(1 + oldest * 1.15), 98.0, 2.0)
    height = _TOP + _ROW * len(found)
    parts = [*_promise(period, along, height), *_steps(along, height, oldest)]
    for row, (name, age) in enumerate(found):
        parts += _row(name, age, _TOP + _ROW * row, along)
    title = "; ".join(f"{name}: {_said(age)}" for name, age in found)
    promise = f"Promised at least every {period:g} days." if period and period > 0 else "No period is promised."
    return wide(
        "ages", height + _FOOT, (title, f"Ages on {today}, the older the further to the left. {promise}"), parts
    )


def _day(moment: Moment) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _age(day: date | None, today: date) -> int | None:
    return None if day is None else (today - day).days


def _said(age: int | None) -> str:
    if age is None:
        return "not known"
    if age < 0:
        return f"{-age:,} days ahead"
    return "the same day" if age == 0 else "1 day ago" if age == 1 else f"{age:,} days ago"


def _place(age: float, along: Axis) -> float:
    return along.place(log10(1 + max(age, 0.0)))


def _promise(period: float | None, along: Axis, height: float) -> Iterator[str]:
    if period is not None and period > 0:
        start = _place(period, along)
        box = f'x="{at(start)}%" y="0" width="{at(98 - start)}%" height="{at(height)}"'
        yield f'<rect class="chart-promise" {box} opacity=".15"/>'


def _steps(along: Axis, height: float, oldest: float) -> Iterator[str]:
    yield f'<line class="chart-line" x1="2%" x2="98%" y1="{at(height)}" y2="{at(height)}" {_STROKE} opacity=".35"/>'
    for age, name in _STEPS:
        if age <= oldest:
            x, anchor = at(_place(age, along)), "middle" if age else "end"
            yield f'<line class="chart-tick" x1="{x}%" x2="{x}%" y1="{at(height)}" y2="{at(height + 5)}" {_STROKE}/>'
            text = f'x="{x}%" y="{at(height + 17)}" text-anchor="{anchor}" font-size="11"'
            yield f'<text class="chart-label" {text}>{said(name)}</text>'


def _row(name: str, age: int | None, top: float, along: Axis) -> Iterator[str]:
    middle = at(top + 21)
    words = f"{name}: {_said(age)}"
    yield f'<text class="chart-label" x="2%" y="{at(top + 12)}" font-size="12">{said(words)}</text>'
    if age is not None:
        x = at(_place(age, along))
        yield f'<line class="chart-path" x1="{x}%" x2="98%" y1="{middle}" y2="{middle}" {_STROKE} stroke-width="1.5"/>'
        yield f'<circle class="chart-value" cx="{x}%" cy="{middle}" r="4.5"/>'

"""How the cells of a demo column are made: a few words in the demo's data, such as `after opened, 2 to 200 hours`.

    id SR-{:06}                   a text with the row's number, which it keeps from version to version
    event                         when the row came to be
    after opened, 2 to 90 days    so long after the date in another column (`before`: before it); not past the data's
                                  own date, unless it `may lie ahead`
    100 to 90000                  a number, with as many decimals as the two are written with
    street                        a house's number and a street
    year -1                       the year of the data's date, or so many years before or after
    ended by closed               the last of the choices where the other column is filled, else one of the others

After a comma: `day` cuts the time off a date, `empty 30%` leaves so many cells empty. A column without a recipe draws
from its choices, or is filled by its type, and one cell in twenty stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

_NUMBER = r"(-?\d+(?:\.\d+)?)"
_SPAN = re.compile(rf"{_NUMBER} to {_NUMBER}(?: (minutes|hours|days))?")
_RELATED = re.compile(r"(after|before|ended by) (\w+)")
_YEAR = re.compile(r"year ?([+-]\d+)?")
_EMPTY = re.compile(r"empty (\d+)%")
_MINUTES = {"minutes": 1, "hours": 60, "days": 1440}


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe in its parts. `kind`: choice, id, event, after, before, ended by, span, street or year."""

    kind: str = "choice"
    text: str = ""
    field: str = ""
    low: float = 0
    high: float = 0
    unit_minutes: int = 0
    decimals: int = 0
    is_day: bool = False
    may_lie_ahead: bool = False
    empty: float = 0


@cache
def parse(how: str) -> Recipe:
    """The recipe of these words; ValueError says which of them nobody knows."""
    found = Recipe()
    for part in (p.strip() for p in how.split(",")):
        found = _with(found, part)
    if found.kind in ("after", "before") and not found.unit_minutes:
        raise ValueError(f"{how!r}: say how long, such as `2 to 200 hours`")
    return found


def _with(found: Recipe, part: str) -> Recipe:
    if part in ("event", "street"):
        return replace(found, kind=part)
    if part == "day":
        return replace(found, is_day=True)
    if part == "may lie ahead":
        return replace(found, may_lie_ahead=True)
    if part.startswith("id "):
        return replace(found, kind="id", text=part.removeprefix("id ").strip())
    if match := _EMPTY.fullmatch(part):
        return replace(found, empty=int(match[1]) / 100)
    if match := _YEAR.fullmatch(part):
        return replace(found, kind="year", low=int(match[1] or 0))
    if match := _RELATED.fullmatch(part):
        return replace(found, kind=match[1], field=match[2])
    if match := _SPAN.fullmatch(part):
        kind = found.kind if match[3] else "span"
        decimals = max(len(text.partition(".")[2]) for text in (match[1], match[2]))
        low, high, unit = float(match[1]), float(match[2]), _MINUTES.get(match[3] or "", 0)
        return replace(found, kind=kind, low=low, high=high, unit_minutes=unit, decimals=decimals)
    raise ValueError(f"{part!r} is no part of a recipe; see civicgauge.demo.recipes")

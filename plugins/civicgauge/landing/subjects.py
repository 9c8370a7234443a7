"""What a dataset is about and by what it can be broken down, by two vocabularies of patterns. Pure.

Words can only find: a dataset that is not recognised may be about a subject all the same, and counts as not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from civicgauge.errors import ConfigurationError
from civicgauge.landing.series import series_key
from civicgauge.landing.vocabulary import read_vocabulary, words
from civicgauge.model import Column

Breakdown = Literal["place", "people"]
_MUCH = 300  # characters of a title or a name that are read
_YEAR = re.compile(r"\b(?:19[5-9]\d|20\d\d)\b")


@dataclass(frozen=True, slots=True)
class _Words:
    wanted: re.Pattern[str]
    never: re.Pattern[str] | None
    types: frozenset[str] = frozenset()

    def find(self, text: str) -> bool:
        return bool(self.wanted.search(text)) and not (self.never and self.never.search(text))


def _pattern(place: str, patterns: Iterable[str], edge: str = r"\b(?:{})\b") -> re.Pattern[str]:
    try:
        return re.compile(edge.format("|".join(patterns)))
    except (re.error, TypeError) as error:
        raise ConfigurationError(f"{place}: a pattern cannot be used: {error}") from error


@cache
def _subjects() -> dict[str, _Words]:
    return _read("subjects", "titles", r"\b(?:{})\b")


@cache
def _breakdowns() -> dict[str, _Words]:
    # the whole name, or its beginning or end: `Ward` and `Police District 2`, but not `Rewards` or `Average`
    return _read("breakdowns", "names", r"^(?:{0})\b|\b(?:{0})$")


def _read(name: str, key: str, edge: str) -> dict[str, _Words]:
    found: dict[str, _Words] = {}
    groups: dict[str, dict[str, Any]] = read_vocabulary(name)[name]
    for group, told in groups.items():
        place, never = f"{name}.yml: {group}", told.get("never") or ()
        found[group] = _Words(
            _pattern(place, told[key], edge),
            _pattern(place, never) if never else None,
            frozenset(told.get("types") or ()),
        )
    return found


def subjects_of(title: str | None) -> tuple[str, ...]:
    """The subjects of a title, in the vocabulary's order.

    >>> subjects_of("Contract Awards")
    ('procurement_award', 'procurement_contract')
    """
    text = words((title or "")[:_MUCH])
    return tuple(subject for subject, patterns in _subjects().items() if text and patterns.find(text))


def newest_year(title: str | None, last: int) -> int | None:
    """The newest year that a title names, not after `last`; of a fiscal year the one in which it ends.

    >>> newest_year("FY 2021-2022 Line Item Budget", 2026)
    2022
    """
    label = series_key(title or "")
    years = [label.label_end.year] if label else [int(year) for year in _YEAR.findall((title or "")[:_MUCH])]
    return max((year for year in years if year <= last), default=None)


def columns_by(breakdown: Breakdown, columns: Iterable[Column]) -> int:
    """How many of these columns break a table down by place or by people."""
    return sum(breaks_down(breakdown, column.name, column.datatype) for column in columns)


def breaks_down(breakdown: Breakdown, name: str, datatype: str) -> bool:
    """Whether one column does, by its name (as people read it) or its type."""
    patterns = _breakdowns()[breakdown]
    return datatype.casefold() in patterns.types or patterns.find(words(name[:_MUCH]))

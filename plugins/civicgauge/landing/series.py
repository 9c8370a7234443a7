"""Series: titles that differ only by a year or period, judged once (DESIGN rule 3): is the edition now due published?

Limits, on purpose: a title with a range of several years, with two periods, with half years, or whose year says what
the thing is about (a plan's target, census geography, the day it was deprecated) has no label. A fiscal year may end
in any month of the year that it is named after; its last possible day is taken.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from civicgauge.landing.vocabulary import fold

Spacing = Literal["year", "fiscal_year", "quarter", "month"]
Role = Literal["current", "superseded"]
_PLACE: dict[Spacing, str] = {"year": "{}", "fiscal_year": "{+}", "quarter": "{/}", "month": "{-}"}


class SeriesLabel(NamedTuple):
    """The title without its label, and the label's period."""

    key: str
    label_start: date
    label_end: date
    spacing: Spacing


@dataclass(frozen=True, slots=True)
class SeriesRole:
    """An edition's place in its series, and the end of the period that its title names."""

    key: str
    role: Role
    label_end: date
    spacing: Spacing


# January to December by their first letters, in English, Portuguese, Spanish, French, Italian and German.
# Without the Portuguese `set` and `out`, which are English words (data set 2020).
_MONTHS = (
    "jan(?:uary|eiro|uar|vier)?|enero",
    "feb(?:ruary|rero|ruar)?|fev(?:ereiro)?|fevrier",
    "mar(?:ch|co|zo|s)?|marz",
    "apr(?:il)?|abr(?:il)?|avril",
    "may|mai|maio|mayo",
    "june?|junho|junio|juin|juni",
    "july?|julho|julio|juillet|juli",
    "aug(?:ust)?|ago(?:sto)?|aout",
    "sept?(?:ember)?|setembro|septiembre|septembre",
    "oct(?:ober|ubre|obre)?|outubro|okt(?:ober)?",
    "nov(?:ember|embro|iembre|embre)?",
    "dec(?:ember|embre)?|dez(?:embro|ember)?|dic(?:iembre)?",
)
_MONTH = "(?:" + "|".join(_MONTHS) + ")"
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_LEFT, _RIGHT = r"(?<![\w.,/$#-])", r"(?![\w/%$-]|[.,]\d)"
_FISCAL = r"(?:fy|fiscal year|fiscal|sy|school year)"
_ORDINAL = r"(?:[1-4](?:st|nd|rd|th|o|º|°|\.)?)"

# A range of more than a year, half years, or geography that is named after a census.
_NO_LABEL = re.compile(
    rf"{_YEAR}\s?(?:-|to|through|thru|until|a|ate|al|bis|e|and|&|und|y)\s?"
    rf"(?:{_YEAR}|present|current|today|now|date|atual|presente|\)|$|{_MONTH}\b)"
    rf"|{_YEAR} (?:blocks?|plan|vision|agenda|goals?|street|st|ave|avenue|boundaries|geography)\b"
    r"|\b(?:census|censo|zensus|acs|american community survey|semestre|semester|half)\b"
)
_ANOTHER = re.compile(rf"{_YEAR}|\b{_FISCAL} ?\d")
# What stands before a label that says when something ended or began, or what a plan aims at.
_NOT_AFTER = re.compile(
    r"\b(?:since|until|through|thru|as of|before|after|from|desde|ate|deprecated|retired|archived|"
    r"updated)\b[^()\[\]]{0,12}$|"
    # "Adopted budget 2025" names an edition, "(adopted 2025)" an event
    r"\b(?:vision|plan|agenda|goals?|target|horizon|lei|law|decreto|resolution|effective|adopted)\W{0,2}$"
)


def series_key(title: str) -> SeriesLabel | None:
    """The series that a title belongs to by its words, and its label; None where it has no label, or more than one.

    Knows 2019, FY19, FY 2019-20, SY1920, 2019-2020, 2019/20, Q1 2020, "1st quarter 2020", "January 2020", 2020-01 and
    months in Portuguese, Spanish, French and German. A label alone makes no series: see `group_series`.
    """
    text = fold(title[:500]).replace("_", " ")
    for pattern, read in _LABELS:
        matches = list(pattern.finditer(text))
        if not matches:
            continue
        period = read(matches[0]) if len(matches) == 1 else None
        rest = text[: matches[0].start()] + " " + text[matches[0].end() :]
        whole = text if pattern is _YEAR_LABEL else rest
        if (
            period is None
            or re.search(_YEAR, rest)
            or _NO_LABEL.search(whole)
            or _NOT_AFTER.search(text[: matches[0].start()])
        ):
            return None
        start, end, spacing = period
        key = f"{text[: matches[0].start()]}{_PLACE[spacing]}{text[matches[0].end() :]}"
        return SeriesLabel(re.sub(r"\s+", " ", key).strip(), start, end, spacing)
    return None


Period = tuple[date, date, Spacing]


def _fiscal(first: int, last: int) -> Period | None:
    """A fiscal or school year by the years that it is named after: from 1 July before, to the last day it can have."""
    if not 1950 <= first <= last <= 2099 or last - first > 1:
        return None
    return date(first if last > first else first - 1, 7, 1), date(last, 12, 31), "fiscal_year"


def _read_named_fiscal(match: re.Match[str]) -> Period | None:
    first, second = match["first"], match["second"]
    if second is None and len(first) == 4 and int(first[2:]) == int(first[:2]) + 1 and match["kind"][0] == "s":
        first, second = first[:2], first[2:]  # SY1920, SY2021
    start = _full(first)
    return _fiscal(start, start if second is None else _full(second))


def _read_two_years(match: re.Match[str]) -> Period | None:
    first, second = match["first"], match["second"]
    last = int(second) if len(second) == 4 else int(first[:2] + second)
    if last != int(first) + 1:
        return None
    if len(second) == 2 and match["sign"] == "-" and int(second) <= 12:
        return None  # 2011-12 is a school year or December 2011
    return _fiscal(int(first), last)


def _read_month_or_years(match: re.Match[str]) -> Period | None:
    """2019-20 and 2019/2020 are years; 2020-01 is a month; 2010-2016 is a range and no label."""
    years = _read_two_years(match)
    second = match["second"]
    if years is not None or len(second) == 4 or match["sign"] != "-" or not 1 <= int(second) <= 12:
        return years
    year, month = int(match["first"]), int(second)
    if month == (year + 1) % 100:
        return None
    return date(year, month, 1), _month_end(year, month), "month"


def _read_quarter(match: re.Match[str]) -> Period:
    groups = match.groupdict()
    quarter = int(next(v for k, v in groups.items() if k.startswith("q") and v)[0])
    year = int(next(v for k, v in groups.items() if k.startswith("y") and v))
    return date(year, quarter * 3 - 2, 1), _month_end(year, quarter * 3), "quarter"


def _read_month(match: re.Match[str]) -> Period | None:
    groups = match.groupdict()
    year = int(next(v for k, v in groups.items() if k.startswith("y") and v))
    word = next((v for k, v in groups.items() if k.startswith("w") and v), None)
    month = (
        int(groups["number"]) if word is None else next(n for n, m in enumerate(_MONTHS, 1) if re.fullmatch(m, word))
    )
    if word is None and month == (year + 1) % 100:
        return None
    return date(year, month, 1), _month_end(year, month), "month"


def _read_year(match: re.Match[str]) -> Period:
    year = int(match[0])
    return date(year, 1, 1), date(year, 12, 31), "year"


def _full(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


_YEAR_LABEL = re.compile(rf"{_LEFT}{_YEAR}{_RIGHT}")
# The most particular first.
_LABELS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = (
    (
        re.compile(
            rf"(?<!\w)(?P<kind>{_FISCAL})[ -]?(?P<first>\d{{4}}|\d\d)"
            rf"(?:\s?[-/]\s?(?P<second>{_YEAR}|\d\d))?(?![\d/-])(?!\s?(?:-|to)\s)"
        ),
        _read_named_fiscal,
    ),
    (
        re.compile(rf"{_LEFT}(?P<first>{_YEAR})\s?(?P<sign>[-/])\s?(?P<second>{_YEAR}|\d\d){_RIGHT}(?!\s?(?:-|to)\s)"),
        _read_month_or_years,
    ),
    (
        re.compile(
            rf"(?<!\w)(?:q(?P<q1>[1-4])[ /-]?(?P<y1>{_YEAR})|(?P<y2>{_YEAR})[ /-]?q(?P<q2>[1-4])|"
            rf"(?P<q3>{_ORDINAL}) (?:quarter|trimestre|quartal)(?: (?:of|de|del|do))?[ /]?(?P<y3>{_YEAR})){_RIGHT}"
        ),
        _read_quarter,
    ),
    (
        re.compile(
            rf"(?<!\w)(?:(?P<w1>{_MONTH})\.?,?(?: (?:de|of|del))?[ /_-]?(?P<y1>{_YEAR})|"
            rf"(?P<y2>{_YEAR})[ /_-](?P<w2>{_MONTH})|"
            rf"(?P<y3>{_YEAR})-(?P<number>0[1-9]|1[0-2])){_RIGHT}"
        ),
        _read_month,
    ),
    (_YEAR_LABEL, _read_year),
)


def group_series(titles: Mapping[str, str]) -> dict[str, SeriesRole]:
    """The role of every entry (id to title) that belongs to a series of at least two distinct periods.

    Entries of the latest period are current, those of earlier ones superseded. A title that is nothing but a period
    belongs to none.
    """
    groups: dict[str, dict[str, SeriesLabel]] = defaultdict(dict)
    for entry in sorted(titles):
        label = series_key(titles[entry])
        if label is not None and any(c.isalpha() for c in label.key):
            groups[label.key][entry] = label
    roles: dict[str, SeriesRole] = {}
    for key, members in groups.items():
        ends = sorted({label.label_end for label in members.values()})
        if len(ends) > 1:
            for entry, label in members.items():
                role: Role = "current" if label.label_end == ends[-1] else "superseded"
                roles[entry] = SeriesRole(key, role, label.label_end, label.spacing)
    return roles

"""Public cities that do well on one number, by the worse end of their bounds, and a dataset in which it is seen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from civicgauge import clean
from civicgauge.comparison import MOST_DAYS_APART
from civicgauge.errors import LakeDamaged
from civicgauge.indicators import Indicator
from civicgauge.pipeline import parquet
from civicgauge.pipeline.bandplaces import band_place
from civicgauge.pipeline.judging import PARTS_FILE, manifest_of
from civicgauge.pipeline.showing import texts
from civicgauge.pipeline.showing.across import Numbers
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import Viewer
from civicgauge.pipeline.showing.lines import Key, key_of, line_of
from civicgauge.pipeline.showing.packforms import Example
from civicgauge.pipeline.words import day_words

Row = Mapping[str, Any]
_MOST_LOOKED_AT = 50
_WORD = 60


def example_of(
    base: Base, viewer: Viewer, indicator: Indicator, day: date | None, as_of: str | None, without: Collection[str]
) -> Example | None:
    """The city that does best among those that everybody may see; None where none does well.

    It was measured near `day` (None: on any day). Those `without` are never the example. Of cities that do equally
    well, it is the first by its id.
    """
    everyone, public = base.seeing.visible(viewer), base.seeing.public()
    known = {city_id: each for city_id, each in everyone.items() if city_id in public and city_id not in without}
    numbers = Numbers.read(base, indicator.id, as_of, known)
    good = [
        row for row in numbers.rows if does_well(indicator, row) and abs(row["day"] - (day or row["day"])) <= _APART
    ]
    if not good:
        return None
    best = min(good, key=lambda row: (-(texts.worse_bound(row) or 0.0), row["city_id"]))
    run = numbers.runs[best["city_id"]]
    return _example(base, indicator, best, run, numbers)


_APART = timedelta(days=MOST_DAYS_APART)


def does_well(indicator: Indicator, row: Row) -> bool:
    """Whether the whole interval speaks for the city: in line with what it decides, in its best band, or none amiss."""
    is_current = (row["indicator_id"], row["indicator_version"]) == (indicator.id, indicator.version)
    worse = texts.worse_bound(row)
    if not is_current or indicator.direction == "neutral" or row["status"] != "ok" or worse is None:
        return False
    sign = -1 if indicator.direction == "lower_is_better" else 1
    limits = [sign * each.rule.in_line for each in indicator.bearings if each.rule]
    if limits:
        return all(worse >= limit for limit in limits)
    if indicator.bands:
        return band_place(indicator.id, row["band"] or "") == (0, len(indicator.bands.names))
    return indicator.is_count and worse == 0 and not row["n_unknown"]


def _example(base: Base, indicator: Indicator, row: Row, run: Row, numbers: Numbers) -> Example:
    found = next(iter(_datasets(base, indicator, run)), None)
    return Example(
        city=numbers.known[row["city_id"]].line(run),
        value=row["value"],
        low=row["value_low"],
        high=row["value_high"],
        unit=indicator.unit,
        dataset=line_of(found) if found else None,
        seen=_seen(indicator.id, found) if found else "",
    )


def _datasets(base: Base, indicator: Indicator, run: Row) -> list[Row]:
    """The day's rows of some datasets that bring the number what is good in it, the one that says most of it first."""
    if not run["results_attempt"]:
        return []
    key = ("shows", run["results_attempt"], indicator.id)
    try:
        keys = base.kept.small.get(key, lambda: _keys(base, indicator, run["results_attempt"]))
    except LakeDamaged:
        return []
    rows = base.datasets.days(run["city_id"], run["day"], keys) if keys else []
    return sorted(rows, key=lambda each: (not _telling(indicator.id, each), keys.index(key_of(each))))


def _keys(base: Base, indicator: Indicator, results: str) -> list[Key]:
    manifest = manifest_of(base.context, results)
    if PARTS_FILE not in manifest["files"]:
        return []
    good = (
        "failed" if indicator.direction == "lower_is_better" and indicator.unit in ("share", "datasets") else "passed"
    )
    where = {"indicator_id": indicator.id, "indicator_version": indicator.version, "verdict": good}
    names = ("portal_id", "dataset_id", "value")
    rows = parquet.read_some(base.context.lake, results, PARTS_FILE, manifest, where, names)
    rows.sort(key=lambda each: (_first(indicator, each["value"]), *key_of(each)))
    return [key_of(row) for row in rows[:_MOST_LOOKED_AT]]


def _first(indicator: Indicator, value: float | None) -> float:
    """Better values first; those without one last."""
    if value is None:
        return float("inf")
    return value if indicator.direction == "lower_is_better" else -value


_DOES = {
    "machine": "can be read by programs as it stands",
    "links": "has links that answered",
    "contact": "names an office to write to",
    "metadata": "is described by those who publish it",
    "dictionary": "comes with its columns and codes explained",
    "priority": "can be broken down by place and by group of people",
    "budget": "stands on the portal as data",
    "expenditure": "stands on the portal as data",
    "procurement": "stands on the portal as data",
    "inventory": "stands on the portal as data",
    "rows": "has rows in which our checks found nothing amiss",
}
"""What a dataset does that the number counts as good, by the first word of the number's id."""


def _seen(indicator_id: str, row: Row) -> str:
    """What the dataset does, in words."""
    told = _telling(indicator_id, row) or _DOES.get(indicator_id.partition("_")[0])
    return told or "was found in order by our check"


def _telling(indicator_id: str, row: Row) -> str:
    """The fact of its day that the number rests on, where the day's row holds it; '' otherwise."""
    kind = indicator_id.partition("_")[0]
    return "; ".join(_facts(kind if kind != "rows" else indicator_id, row))


def _facts(kind: str, row: Row) -> Iterator[str]:
    if kind in ("promises", "period", "series", "touched", "cycles"):
        if row["declared_frequency"]:
            yield f"says that it is renewed “{clean.line(row['declared_frequency'], _WORD)}”"
        if row["data_updated_at"]:
            yield f"its data were renewed on {day_words(row['data_updated_at'])}"
    elif kind == "columns" and row["columns_count"] and row["columns_described"]:
        yield f"{row['columns_described']} of its {row['columns_count']} columns are explained"
    elif kind == "licence" and row["licence_text"]:
        yield f"bears the licence “{clean.line(row['licence_text'], _WORD)}”"
    elif kind in ("rows_recent_share", "performance", "usage", "automated") and row["newest_event_at"]:
        yield f"its newest record is of {day_words(row['newest_event_at'])}"
    elif kind in ("performance", "usage", "automated") and row["data_updated_at"]:
        yield f"its data were renewed on {day_words(row['data_updated_at'])}"

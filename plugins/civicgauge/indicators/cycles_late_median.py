"""How many of its own periods the middle dataset is late, for each class of period (DESIGN section 3 and rule 4)."""

from __future__ import annotations

from collections.abc import Callable

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Results, Row
from civicgauge.indicators._bands import CYCLES
from civicgauge.indicators._median import Member, median
from civicgauge.indicators._sources import PROMISE

_CLASSES = {
    "daily": "daily",
    "weekly": "weekly",
    "monthly": "monthly",
    "quarterly": "quarterly",
    "yearly": "yearly",
    "longer": "less often than yearly",
}


def _member_of(period_class: str) -> Callable[[Row, Results], Member | None]:
    """The part of a dataset in the median of one class.

    Historical datasets and replaced editions are out. A dataset whose class is not known (no frequency, as needed,
    unmapped) may belong to this class, with any lateness; so may one of this class that is also labelled historical,
    as either may be true. One of this class without a date, or not read today, belongs to it, with any lateness. Of a
    range of periods the slow end decides the class.
    """

    def member(row: Row, _results: Results) -> Member | None:
        if row["period_source"] == "not_periodic" or row["series_role"] == "superseded":
            return None
        if row["period_class"] is None:
            return Member(value=None, is_certain=False)
        if row["period_class"] != period_class:
            return None
        contradicted = bool(row["says_historical"])
        value = row["cycles_late"] if row["is_observed"] and not contradicted else None
        return Member(value, is_certain=row["is_counted"] is True and not contradicted)

    return member


def _indicator(period_class: str, words: str) -> Indicator:
    return Indicator(
        id=f"cycles_late_median_{period_class}",
        version=1,
        title=f"Cycles late, datasets promised {words}",
        question=f"Of the datasets promised {words}, how many updates behind is the one in the middle?",
        unit="cycles",
        direction="lower_is_better",
        formula=f"The median of cycles late over the datasets whose declared period is {words}. Cycles late is how "
        "far the age of the data is past its period, counted in periods; 0 is on time. A value is shown only where "
        "at least 70 % of the datasets that belong or may belong are known. A dataset of this class without a date "
        "may be late by any amount. A dataset whose period is not known may belong here or not, and be late by any "
        "amount. The upper bound is empty where these leave it without limit.",
        sources=PROMISE,
        checks=(),
        bearings=informs("OD3"),
        gaming="Clearing the frequency of a late dataset, or calling it as needed, takes it out of the known ones "
        "and adds it to the unknown of every class: the bounds can only become wider. A promise "
        "loosened while late keeps its old period for twelve months; after that the dataset would move to another "
        "class, and be on time there.",
        gain="People do not wait for data that were promised long ago.",
        benefit=2,
        effort=2,
        advice="Look at the datasets furthest behind first. Where many are behind by about the same number of "
        "cycles, one broken transfer is often the cause.",
        arithmetic=median(_member_of(period_class)),
        bands=CYCLES,
    )


INDICATORS = tuple(_indicator(period_class, words) for period_class, words in _CLASSES.items())

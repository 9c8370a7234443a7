"""One number about one city, each with its bounds: the types, the discovery, and the measuring of all.

A file of this folder (without a leading underscore) that defines `INDICATORS` adds indicators; nothing else is touched.
Everything here is arithmetic over what was landed and checked: no clock, no file, no network. The same evidence gives
the same values. The arithmetic itself, with its formulas, is in `_arithmetic.py` and `_median.py`.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from civicgauge.errors import CivicgaugeError
from civicgauge.model import CheckResult, IndicatorValue, Status

Row = Mapping[str, Any]
Results = Mapping[str, CheckResult]
Unit = Literal["share", "datasets", "cycles"]
Direction = Literal["higher_is_better", "lower_is_better", "neutral"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CatalogueEvents:
    """What changed in a city's catalogues since the last accepted day (DESIGN rule 8); None is not known.

    `added`: created or published since then, by the portal's own date. `found`: older, but seen first now.
    `removed`: gone by the portal's own answer. `since` is None on the first accepted day.
    """

    added: int | None
    found: int | None
    removed: int | None
    since: date | None


@dataclass(frozen=True)
class Evidence:
    """All that the indicators of one city-day may read.

    `datasets` are rows of the landed `datasets` table as plain Python values (None for null, no NaN). `results` go by
    (portal_id, dataset_id), then by check id.
    `portals_unread` names the portals that were never read: how many datasets they hold is not known. A portal that was
    read before but not today appears as rows whose `is_observed` is false.
    """

    city_id: str
    day: date
    as_of: datetime
    datasets: tuple[Row, ...]
    results: Mapping[tuple[str, str], Results]
    events: CatalogueEvents
    portals_unread: tuple[str, ...] = ()

    def countable(self) -> Iterator[tuple[Row, Results]]:
        """The datasets that count or may count (ownership undecided), each with its check results by check id."""
        for row in self.datasets:
            if row["is_counted"] is not False:
                yield row, self.results.get((row["portal_id"], row["dataset_id"]), {})


@dataclass(frozen=True)
class Figure:
    """What an indicator's arithmetic found, before it is given its name; the fields are those of `IndicatorValue`."""

    value: float | None
    status: Status
    numerator: float | None = None
    denominator: float | None = None
    n_unknown: int = 0
    low: float | None = None
    high: float | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Indicator:
    """One number about one city, with everything that a person reads about it.

    `sources` says for each kind of platform where each field comes from (DESIGN rule 10). `checks` are the ids of the
    checks it relies on; `criteria` the codes of the What Works Cities 2022 criteria whose evidence it is modelled on.
    `gaming` says how the number could be bettered without bettering the data, and what stops that. `advice` is for
    those who maintain the data. A changed formula needs a new `version`: only equal versions are compared.
    """

    id: str
    version: int
    title: str
    question: str
    unit: Unit
    direction: Direction
    formula: str
    sources: Mapping[str, str]
    checks: tuple[str, ...]
    criteria: tuple[str, ...]
    gaming: str
    advice: str
    arithmetic: Callable[[Evidence], Figure]

    def measure(self, evidence: Evidence) -> IndicatorValue:
        """The value of this indicator for the city-day; raises what its arithmetic raises (`measure` catches that)."""
        figure = self.arithmetic(evidence)
        return self._named(_population_unknown(figure, self.unit) if evidence.portals_unread else figure)

    def failed(self, error: Exception) -> IndicatorValue:
        """The value to store when the arithmetic raised: no number, status `error`, the kind of error as the reason."""
        return self._named(Figure(None, Status.ERROR, reason=type(error).__name__))

    def _named(self, figure: Figure) -> IndicatorValue:
        return IndicatorValue(
            indicator_id=self.id,
            indicator_version=self.version,
            value=figure.value,
            unit=self.unit,
            status=figure.status,
            numerator=figure.numerator,
            denominator=figure.denominator,
            n_unknown=figure.n_unknown,
            value_low=figure.low,
            value_high=figure.high,
            direction=self.direction,
            reason=figure.reason,
        )


def _population_unknown(figure: Figure, unit: Unit) -> Figure:
    """A portal was never read: any number of datasets may be missing, so nothing bounds the value.

    `n_unknown` keeps the unknown ones among those that were seen; there may be more.
    """
    status = Status.NOT_MEASURED if unit == "datasets" else Status.INSUFFICIENT
    return replace(
        figure,
        value=None,
        status=status,
        numerator=None,
        denominator=None,
        low=None,
        high=None,
        reason="portal_never_read",
    )


def discover() -> tuple[Indicator, ...]:
    """Every indicator of this package's folders, sorted by file name, then in the order of the file's `INDICATORS`.

    Raises CivicgaugeError when a file defines no `INDICATORS` tuple, or when two indicators share an id.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    found = tuple(indicator for name in names for indicator in _of_module(name))
    repeated = sorted(key for key, times in Counter(indicator.id for indicator in found).items() if times > 1)
    if repeated:
        raise CivicgaugeError(f"indicators: ids used more than once: {', '.join(repeated)}; rename all but one of each")
    return found


def _of_module(name: str) -> tuple[Indicator, ...]:
    indicators = getattr(importlib.import_module(f"{__name__}.{name}"), "INDICATORS", None)
    if isinstance(indicators, tuple) and indicators and all(isinstance(each, Indicator) for each in indicators):
        return indicators
    raise CivicgaugeError(
        f"indicators/{name}.py: INDICATORS must be a tuple of one or more Indicator; "
        "a helper that defines none needs a name with a leading underscore"
    )


def measure(evidence: Evidence, indicators: Sequence[Indicator] | None = None) -> list[IndicatorValue]:
    """The values of all indicators (or of those given), in their order.

    One that raises gives status `error` and no number; its exception is logged and the others go on.
    """
    return [_measured(indicator, evidence) for indicator in (discover() if indicators is None else indicators)]


def _measured(indicator: Indicator, evidence: Evidence) -> IndicatorValue:
    try:
        return indicator.measure(evidence)
    except Exception as error:  # one faulty indicator must not cost the city its other numbers
        _log.exception("indicator %s could not be measured for %s on %s", indicator.id, evidence.city_id, evidence.day)
        return indicator.failed(error)

"""What an indicator is: what it may read, what its arithmetic finds, and everything that a person reads about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from civicgauge.bearings import Bearing
from civicgauge.indicators._bands import Bands
from civicgauge.model import CheckResult, IndicatorValue, Status

Row = Mapping[str, Any]
Results = Mapping[str, CheckResult]
Unit = Literal["share", "datasets", "cycles", "days", "years", "stages", "signals"]
Direction = Literal["higher_is_better", "lower_is_better", "neutral"]
Rung = Literal[1, 2, 3]
Verdict = Literal["passed", "partly", "failed", "unknown", "undecided"]


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


@dataclass(frozen=True, slots=True)
class Part:
    """What one dataset brought to a number: the evidence behind it, dataset by dataset.

    `verdict`: passed, partly or failed for a share; unknown; undecided where it is not settled whose the dataset is.
    `value` is the dataset's own share or number, None where it is not known; `weight` how many parts it has of a share.
    """

    portal_id: str
    dataset_id: str
    verdict: Verdict
    value: float | None
    weight: float = 1.0


@dataclass(frozen=True)
class Figure:
    """What an indicator's arithmetic found, before it is given its name; the fields are those of `IndicatorValue`.

    `parts` are the datasets behind the number, in no particular order; `named` those few that decide it by themselves,
    as `<portal id>/<dataset id>`.
    """

    value: float | None
    status: Status
    numerator: float | None = None
    denominator: float | None = None
    n_unknown: int = 0
    low: float | None = None
    high: float | None = None
    reason: str | None = None
    parts: tuple[Part, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """A value and the datasets behind it."""

    value: IndicatorValue
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Leader:
    """The same for whoever leads a city: what to `ask` for, `why` it matters to residents now, and `who` does it."""

    ask: str
    why: str
    who: str


@dataclass(frozen=True)
class Indicator:
    """One number about one city, with everything that a person reads about it.

    `sources` says for each kind of platform where each field comes from (DESIGN rule 10). `checks` are the ids of the
    checks it relies on. `bearings` say on which criteria of the What Works Cities 2022 standard the number bears, and
    from where on it speaks for or against a city. `bands` name stretches of it, where one end is better.
    `gaming` says how the number could be bettered without bettering the data, and what stops that. `gain` is what
    the data's users have of it when it is mended, `benefit` and `effort` how much (3: most); `advice` is for those who
    maintain the data, `steps` for one kind of platform where no check says them, `leader` for whoever leads the city
    (of numbers that can be among the things to do first). `is_about_showing`: the number asks
    whether a fact is shown, so that clearing the fact is a plain no; of all others clearing it is unknown.
    A changed formula needs a new `version`, for only equal versions are compared, and `version_notes` say of each
    version after the first what it changed.
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
    bearings: tuple[Bearing, ...]
    gaming: str
    gain: str
    benefit: Rung
    effort: Rung
    advice: str
    arithmetic: Callable[[Evidence], Figure]
    bands: Bands | None = None
    steps: Mapping[str, str] = field(default_factory=dict)
    leader: Leader | None = None
    is_about_showing: bool = False
    version_notes: Mapping[int, str] = field(default_factory=dict)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The codes of the criteria that the number bears on."""
        return tuple(bearing.criterion for bearing in self.bearings)

    @property
    def is_count(self) -> bool:
        """Whether the number is a count of what was seen, which has no bounds."""
        return self.unit == "datasets"

    def measure(self, evidence: Evidence) -> IndicatorValue:
        """The value of this indicator for the city-day; raises what its arithmetic raises (`measure` catches that)."""
        return self.measured(evidence).value

    def measured(self, evidence: Evidence) -> Measured:
        """The value and the datasets behind it; raises what the arithmetic raises."""
        figure = self.arithmetic(evidence)
        if evidence.portals_unread:
            figure = _population_unknown(figure, self.is_count)
        return Measured(self._named(figure), figure.parts)

    def failed(self, error: Exception) -> IndicatorValue:
        """The value to store when the arithmetic raised: no number, status `error`, the kind of error as the reason."""
        return self._named(Figure(None, Status.ERROR, reason=type(error).__name__))

    def problems(self) -> Iterator[str]:
        """What this indicator says against itself, in words."""
        more = self.direction == "higher_is_better"
        if self.direction == "neutral":
            if self.bands:
                yield "bands: a neutral number has no better end, hence no bands"
            if any(bearing.decides for bearing in self.bearings):
                yield "bearings: a neutral number decides nothing; use informs()"
        elif self.bands:
            yield from self.bands.problems(more_is_better=more)
        for bearing in self.bearings:
            rule = bearing.rule
            if rule and (rule.in_line < rule.differs if more else rule.in_line > rule.differs):
                yield f"bearings: {bearing.criterion}: what is in line must lie beyond what differs"
        if set(self.version_notes) != set(range(2, self.version + 1)):
            yield f"version_notes: say of each version from 2 to {self.version} what it changed, and of no other"
        if len(set(self.criteria)) != len(self.bearings):
            yield "bearings: a criterion is given twice"

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
            band=self._band(figure),
            evidence=", ".join(figure.named) or None,
        )

    def _band(self, figure: Figure) -> str | None:
        """The band that holds the whole interval, where the value may be read at all."""
        if self.bands is None or figure.status is not Status.OK or figure.low is None:
            return None
        return self.bands.of(figure.low, figure.high, more_is_better=self.direction == "higher_is_better")


def _population_unknown(figure: Figure, is_count: bool) -> Figure:  # noqa: FBT001 - a fact, not a mode
    """A portal was never read: any number of datasets may be missing, so nothing bounds the value.

    `n_unknown` keeps the unknown ones among those that were seen; there may be more.
    """
    return replace(
        figure,
        value=None,
        status=Status.NOT_MEASURED if is_count else Status.INSUFFICIENT,
        numerator=None,
        denominator=None,
        low=None,
        high=None,
        reason="portal_never_read",
        named=(),
    )

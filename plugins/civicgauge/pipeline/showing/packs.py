"""A pack for a cohort's workshop: which practices most of its cities lack, and a sheet for each. For staff alone."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from civicgauge.comparison import LEAST_FOR_QUANTILES, LEAST_FOR_STRIP, LEAST_UNNAMED, Cohort, spread
from civicgauge.criteria import Criterion, standards
from civicgauge.indicators import Indicator
from civicgauge.pipeline.cohorts import load_cohorts
from civicgauge.pipeline.showing import texts
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.brief import reach
from civicgauge.pipeline.showing.examples import example_of
from civicgauge.pipeline.showing.forms import NotShown, Viewer
from civicgauge.pipeline.showing.packforms import Distribution, Lacking, Nameless, PackPage, PacksPage, PracticeSheet
from civicgauge.pipeline.showing.packwords import HOW_LONG, exercise, leader_of, steps_for
from civicgauge.pipeline.showing.seeing import Known

Row = Mapping[str, Any]
MOST_SHEETS = 8
_FEW = (
    f"Fewer than {LEAST_FOR_STRIP} cities of this workshop are public and fewer than {LEAST_UNNAMED} others are in it, "
    "so that no city could stay unknown in a count. No count and no distribution is given, and the practices stand in "
    "the order of the standard."
)
_NONE_MEASURED = "None of these cities was measured yet."
_FEW_VALUES = f"Fewer than {LEAST_FOR_STRIP} of these cities have a number that can be read: no distribution is shown."
_LEFT_OUT = "Cities that are not public are counted only where there are ten of them at least."


def packs(base: Base, viewer: Viewer) -> PacksPage:
    """See `Shown.packs`."""
    if viewer.audience != "staff":
        raise NotShown("pack")
    found = [each for each in load_cohorts(base.context.settings).values() if _may(viewer, each)]
    return PacksPage(tuple((each.id, each.title, len(each.cities)) for each in found))


def pack(base: Base, viewer: Viewer, cohort_id: str, as_of: str | None, *, for_cities: bool) -> PackPage:
    """See `Shown.pack`."""
    base.check(as_of)
    if viewer.audience != "staff":
        raise NotShown(cohort_id)
    cohort = load_cohorts(base.context.settings).get(cohort_id)
    if cohort is None or not _may(viewer, cohort):
        raise NotShown(cohort_id)
    runs = {city_id: run for city_id, run in base.newest_runs(as_of).items() if city_id in cohort.cities}
    work = _Work(base, viewer, cohort, as_of, runs, for_cities)
    practices = work.practices
    chosen = work.chosen(practices)
    days = [run["day"] for run in runs.values()]
    is_told = work.is_told or not for_cities
    return PackPage(
        cohort_id=cohort.id,
        title=cohort.title,
        for_cities=for_cities,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        n_cities=len(cohort.cities) if is_told else None,
        n_measured=len(runs) if is_told else None,
        n_counted=len(work.counted) if is_told else None,
        practices=practices,
        sheets=tuple(work.sheet(each) for each in chosen[:MOST_SHEETS]),
        n_more=max(len(chosen) - MOST_SHEETS, 0),
        limits=tuple(work.limits()),
        reach=reach(),
        countries=tuple(sorted({known.told("country") for known in work.known.values()})),
        cover=None if for_cities else tuple(known.line(runs.get(city_id)) for city_id, known in work.known.items()),
        note=None if for_cities else cohort.note,
    )


def _decides(indicator: Indicator, code: str) -> bool:
    return any(each.rule and each.criterion == code for each in indicator.bearings)


def _may(viewer: Viewer, cohort: Cohort) -> bool:
    return viewer.only_cities is None or set(cohort.cities) <= viewer.only_cities


@dataclass(frozen=True)
class _Work:
    """A cohort at a date; `runs` are those of its measured cities."""

    base: Base
    viewer: Viewer
    cohort: Cohort
    as_of: str | None
    runs: Mapping[str, Row]
    for_cities: bool

    @cached_property
    def known(self) -> dict[str, Known]:
        """The cohort's cities, by name."""
        everyone = self.base.seeing.everyone()
        found = [everyone[city_id] for city_id in self.cohort.cities if city_id in everyone]
        return {each.city_id: each for each in sorted(found, key=lambda each: (each.told("name"), each.city_id))}

    @cached_property
    def counted(self) -> frozenset[str]:
        """The measured cities that stand in counts and distributions.

        For staff all; for cities those that are public, and the others where they are ten: the rule of comparisons.
        """
        measured = frozenset(self.runs)
        if not self.for_cities:
            return measured
        public = measured & self.base.seeing.public()
        return measured if len(measured - public) >= LEAST_UNNAMED else public

    @property
    def is_told(self) -> bool:
        """Whether counts may be given."""
        return not self.for_cities or len(self.counted) >= LEAST_FOR_STRIP

    def limits(self) -> Iterator[str]:
        """What is left out, and why."""
        if not self.runs:
            yield _NONE_MEASURED
        elif not self.is_told:
            yield _FEW
        elif self.for_cities and len(self.counted) < len(self.runs):
            yield _LEFT_OUT

    # ------------------------------------------------------------ practices

    @cached_property
    def practices(self) -> tuple[Lacking, ...]:
        """Every criterion that a number decides, those that most cities lack first; else in the standard's order."""
        standard = standards()[texts.OWN_STANDARD]
        listed = [(practice.name, each) for practice in standard.practices for each in practice.criteria]
        found = [made for name, each in listed if (made := self._lacking(name, each)) is not None]
        if not self.is_told:
            return tuple(found)
        return tuple(sorted(found, key=lambda each: (-(each.n_differs or 0), -(each.n_not_observed or 0))))

    def _lacking(self, practice: str, criterion: Criterion) -> Lacking | None:
        deciding = [each for each in texts.indicators().values() if _decides(each, criterion.code)]
        if not deciding:
            return None
        rows = [row for row in self._evidence.get(criterion.code, ()) if row["city_id"] in self.counted]
        stances = Counter(row["stance"] for row in rows)
        told = {name: stances[name] if self.is_told else None for name in ("in_line", "differs", "not_observed")}
        return Lacking(
            code=criterion.code,
            practice=practice,
            name=criterion.name,
            asks=criterion.asks,
            indicator_id=self._leading(deciding, rows if self.is_told else ()).id,
            n_in_line=told["in_line"],
            n_differs=told["differs"],
            n_not_observed=told["not_observed"],
        )

    @cached_property
    def _evidence(self) -> Mapping[str, Sequence[Row]]:
        days = {(run["day"], city_id) for city_id, run in self.runs.items()}
        by: dict[str, list[Row]] = defaultdict(list)
        version = standards()[texts.OWN_STANDARD].version
        for row in self.base.rows.evidence(days):
            if (row["standard"], row["standard_version"]) == (texts.OWN_STANDARD, version):
                by[row["criterion"]].append(row)
        return by

    @staticmethod
    def _leading(deciding: Sequence[Indicator], rows: Sequence[Row]) -> Indicator:
        """The number that differs in most cities, else is not observed in most; the first in reading order."""
        stances: Counter[tuple[str, str]] = Counter()
        for row in rows:
            numbers = [each for each in json.loads(row["evidence"]) if "indicator" in each]
            stances.update((each["indicator"], each.get("stance") or "") for each in numbers)
        return max(deciding, key=lambda each: (stances[each.id, "differs"], stances[each.id, "not_observed"]))

    def chosen(self, practices: Sequence[Lacking]) -> list[Lacking]:
        """Those that at least half of the counted cities lack: the evidence differs, or is not observed."""
        if not self.is_told:
            return list(practices)
        half = len(self.counted) / 2
        lacking = [(each, (each.n_differs or 0) + (each.n_not_observed or 0)) for each in practices]
        return [each for each, count in lacking if count and count >= half]

    # ------------------------------------------------------------ sheets

    def sheet(self, lacking: Lacking) -> PracticeSheet:
        """One practice's sheet."""
        indicator = texts.indicators()[lacking.indicator_id]
        leader = leader_of(indicator)
        newest = max((run["day"] for run in self.runs.values()), default=None)
        return PracticeSheet(
            lacking=lacking,
            title=indicator.title,
            question=indicator.question,
            ask=leader.ask,
            gain=indicator.gain,
            how_long=HOW_LONG[indicator.effort],
            who=leader.who,
            distribution=self._distribution(indicator),
            example=example_of(self.base, self.viewer, indicator, newest, self.as_of, self.cohort.cities),
            steps=steps_for(indicator, texts.checks(self.base.context.settings.expectations)),
            exercise=exercise(indicator),
        )

    def _distribution(self, indicator: Indicator) -> Distribution:
        """As comparisons show it: dots from five cities on that may be seen, quantiles from ten values on."""
        days = {(self.runs[city_id]["day"], city_id) for city_id in self.counted}
        rows = [row for row in self.base.rows.values(days, [indicator.id]) if row["value"] is not None]
        mine = [row for row in rows if row["indicator_version"] == indicator.version and row["status"] == "ok"]
        public = self.base.seeing.public()
        seen = [row for row in mine if not self.for_cities or row["city_id"] in public]
        unseen = [row for row in mine if row not in seen]
        readable = mine if not unseen or len(unseen) >= LEAST_UNNAMED else seen
        has_dots, has_quantiles = len(seen) >= LEAST_FOR_STRIP, len(readable) >= LEAST_FOR_QUANTILES
        dots = [Nameless(row["value"], row["value_low"], row["value_high"]) for row in seen] if has_dots else []
        is_shown = self.is_told and (has_dots or has_quantiles)
        return Distribution(
            group=f"cities of {self.cohort.title}",
            unit=indicator.unit,
            direction=indicator.direction,
            dots=tuple(sorted(dots, key=lambda each: (each.value or 0.0, each.low or 0.0))) if is_shown else (),
            quantiles=asdict(spread([row["value"] for row in readable])) if is_shown and has_quantiles else None,
            n_readable=len(readable) if is_shown else 0,
            none_because=None if is_shown else _FEW_VALUES,
        )

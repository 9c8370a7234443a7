"""The assess stage: what a city's numbers say of the criteria of each standard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from civicgauge.criteria import standards
from civicgauge.criteria.assess import CriterionEvidence, Observation, assess
from civicgauge.indicators import discover
from civicgauge.model import City, IndicatorValue


def evidence_of(city: City, values: Iterable[IndicatorValue], day: date) -> dict[str, list[CriterionEvidence]]:
    """By standard (the name of its file): every listed criterion, with the numbers behind it."""
    measured = {(value.indicator_id, value.indicator_version): value for value in values}
    observed: dict[str, list[Observation]] = defaultdict(list)
    for indicator in discover():
        value = measured.get((indicator.id, indicator.version))
        for bearing in indicator.bearings if value is not None else ():
            observed[bearing.criterion].append(Observation(value, bearing))  # type: ignore[arg-type]
    return {name: assess(name, standard, observed, city.attestations, day) for name, standard in standards().items()}


def rows(city: City, values: Iterable[IndicatorValue], day: date) -> list[dict[str, object]]:
    """The same as rows of `criterion_evidence`."""
    return [each.row() for found in evidence_of(city, values, day).values() for each in found]

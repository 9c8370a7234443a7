"""What the numbers say of each criterion: in line, differs, or not observed. Never a level, never a verdict on a city.

Each number that decides a criterion speaks by the rule of its own indicator, on the whole of its bounds:

    in line       the worse end of the bounds is as good as the rule's `in_line`, or better
    differs       the better end is worse than the rule's `differs`
    not observed  anything else: too much is unknown, or the truth lies between

A criterion is in line where every deciding number is, differs where one does, and is not observed otherwise. What
people attest stands beside and changes none of it. The rules are civicgauge's own; the standards' are not public.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from civicgauge.bearings import Bearing, StanceRule
from civicgauge.criteria.form import Criterion, Standard
from civicgauge.model import Attestation, IndicatorValue, Status

Stance = Literal["in_line", "differs", "not_observed"]
Basis = Literal["automatic", "partial", "attested"]


@dataclass(frozen=True, slots=True)
class Observation:
    """A number, and how it bears on a criterion."""

    value: IndicatorValue
    bearing: Bearing

    @property
    def stance(self) -> Stance | None:
        """What it says of the criterion; None where it only informs."""
        return stance_of(self.value, self.bearing.rule) if self.bearing.rule else None


@dataclass(frozen=True, slots=True)
class DocumentLook:
    """Whether a public document's address answers. It says nothing of what the document says."""

    criterion: str
    title: str
    url: str
    state: Literal["ok", "broken", "unknown"] | None  # None: never tried
    since: date | None
    last_ok: date | None
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class CriterionEvidence:
    """One criterion of one standard on one day, with the numbers behind its stance and what is attested beside.

    `lapsed`: where nothing is attested now, the last day of what was; it counts for nothing.
    """

    standard: str
    standard_version: str
    criterion: Criterion
    stance: Stance
    basis: Basis
    observations: tuple[Observation, ...]
    attestation: Attestation | None
    documents: tuple[DocumentLook, ...] = ()
    lapsed: date | None = None

    def row(self) -> dict[str, object]:
        """The columns of `criterion_evidence` but those that come from the run."""
        attested = self.attestation
        return {
            "standard": self.standard,
            "standard_version": self.standard_version,
            "criterion": self.criterion.code,
            "stance": self.stance,
            "basis": self.basis,
            "evidence": json.dumps(
                [*(_told(each) for each in self.observations), *(asdict(each) for each in self.documents)],
                sort_keys=True,
                default=str,
            ),
            "expires_at": attested.until if attested else self.lapsed,
            "attested_stance": attested.stance if attested else None,
            "attested_by": attested.by if attested else None,
            "attested_on": attested.said_on if attested else None,
            "attested_url": str(attested.url) if attested and attested.url else None,
        }


def stance_of(value: IndicatorValue, rule: StanceRule) -> Stance:
    """What a number says by a rule; not observed where it has no bounds to speak by."""
    if value.status in (Status.ERROR, Status.NOT_APPLICABLE) or value.direction == "neutral":
        return "not_observed"
    more_is_better = value.direction == "higher_is_better"
    low = -math.inf if value.value_low is None else value.value_low
    high = math.inf if value.value_high is None else value.value_high
    if low >= rule.in_line if more_is_better else high <= rule.in_line:
        return "in_line"
    return "differs" if (high < rule.differs if more_is_better else low > rule.differs) else "not_observed"


def assess(
    name: str,
    standard: Standard,
    observed: Mapping[str, Sequence[Observation]],
    held: Mapping[str, Attestation],
    documents: Iterable[DocumentLook] = (),
    lapsed: Mapping[str, date] | None = None,
) -> list[CriterionEvidence]:
    """Every listed criterion of a standard, in its order.

    `name` is the standard's file name, `observed` goes by the code of the What Works Cities 2022 criterion that an
    indicator names; a criterion of another standard takes up those of the one it is like. `held` and `lapsed`: by code,
    what is attested on the day, and until when what no longer is was. `documents` stand beside and decide nothing.
    """
    looks = tuple(documents)
    found = []
    for criterion in standard.criteria:
        code = criterion.like if standard.like_standard else criterion.code
        observations = tuple(observed.get(code or "", ())) if criterion.observable != "none" else ()
        found.append(
            CriterionEvidence(
                name,
                standard.version,
                criterion,
                _stance(observations),
                "attested" if criterion.observable == "none" else criterion.observable,
                observations,
                held.get(criterion.code),
                tuple(look for look in looks if look.criterion == code),
                (lapsed or {}).get(criterion.code),
            )
        )
    return found


def summary(standard: Standard, evidence: Sequence[CriterionEvidence]) -> str:
    """How many of the criteria that a portal can show anything of are in line, differ, or are not observed here."""
    observable = [each for each in evidence if each.basis != "attested"]
    by = {stance: sum(each.stance == stance for each in observable) for stance in ("in_line", "differs")}
    rest = len(observable) - sum(by.values())
    attested = sum(each.attestation is not None for each in evidence)
    told = (
        f"{by['in_line']} of {len(observable)} observable criteria in line, {by['differs']} differing, "
        f"{rest} not observable here; {standard.criteria_count - len(observable)} of {standard.criteria_count} "
        "criteria have no signal on a portal"
    )
    return f"{told}; {attested} attested" if attested else told


def _stance(observations: Sequence[Observation]) -> Stance:
    said = [each.stance for each in observations if each.stance is not None]
    if "differs" in said:
        return "differs"
    return "in_line" if said and set(said) == {"in_line"} else "not_observed"


def _told(observation: Observation) -> dict[str, object]:
    value, rule = observation.value, observation.bearing.rule
    return {
        "indicator": value.indicator_id,
        "version": value.indicator_version,
        "value": value.value,
        "low": value.value_low,
        "high": value.value_high,
        "unit": value.unit,
        "status": str(value.status),
        "n_unknown": value.n_unknown,
        "stance": observation.stance or "informs",
        "rule": {"in_line": rule.in_line, "differs": rule.differs} if rule else None,
    }

"""What a second person is shown of an attestation: all that is attested, and what the city's numbers say beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from civicgauge.criteria import standards
from civicgauge.criteria.assess import Observation
from civicgauge.indicators import discover
from civicgauge.pipeline.assessing import evidence_of
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing.attestations import holding
from civicgauge.pipeline.words import number
from civicgauge.review.attesting import contradicts

_ATTESTED = (
    *("attestation_id", "city_id", "standard", "criterion", "stance", "statement", "by", "said_on", "valid_until"),
    *("evidence_url", "evidence_digest", "evidence_bytes", "source"),
)


def asked_about(context: Context, row: Mapping[str, Any]) -> dict[str, Any]:
    """The attestation, its criterion's name and what that asks; of the city's newest measured day what the numbers say.

    `observed_on` is None where the city was never measured; `holding` is what is attested already, in words, or None.
    Only small plain values, so that a task can pass them on.
    """
    city, standard = context.city(row["city_id"]), standards()[row["standard"]]
    criterion = next(each for each in standard.criteria if each.code == row["criterion"])
    told = {name: row[name] for name in _ATTESTED}
    told |= {name: told[name].isoformat() for name in ("said_on", "valid_until")}
    told |= {"city": city.name, "name": criterion.name, "asks": criterion.asks, "proof": criterion.attest}
    told |= {"standard_name": f"{standard.standard} {standard.version}"}
    unmeasured: dict[str, Any] = {"observed_on": None, "observed": "not_observed", "numbers": []}
    unmeasured |= {"contradicts": False, "holding": None}
    with context.warehouse() as warehouse:
        if (run := warehouse.last_current_run(city.id, date.max)) is None:
            return told | unmeasured
        attested, values = holding(warehouse, city, run.day), warehouse.indicator_values(city.id, run.day)
    found = {each.criterion.code: each for each in evidence_of(attested, values)[row["standard"]]}
    evidence = found[row["criterion"]]
    held = evidence.attestation
    titles = {indicator.id: indicator.title for indicator in discover()}
    return told | {
        "observed_on": run.day.isoformat(),
        "observed": evidence.stance,
        "numbers": [_in_words(each, titles) for each in sorted(evidence.observations, key=_only_informs)],
        "contradicts": contradicts(evidence.stance, row["stance"]),
        "holding": f"{held.stance.replace('_', ' ')}, by {held.by}, until {held.until}" if held else None,
    }


def _only_informs(observation: Observation) -> bool:
    """Numbers that decide come before those that only inform."""
    return observation.stance is None


def _in_words(observation: Observation, titles: Mapping[str, str]) -> str:
    value = observation.value
    shown = number(value.value, value.unit) or "no value"
    low, high = number(value.value_low, value.unit), number(value.value_high, value.unit)
    between = f", between {low or 'no limit'} and {high or 'no limit'}" if low != high else ""
    stance = (observation.stance or "only informs").replace("_", " ")
    return f"{titles[value.indicator_id]}: {shown}{between}; {stance}"

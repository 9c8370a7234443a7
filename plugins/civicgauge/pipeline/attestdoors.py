"""The wiring of attestations for the DAG `attest`, beside that of `civicgauge.pipeline`: small values, light imports.

What a person got wrong is a result here, in words, and no error: nothing of ours failed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def attest_choices() -> dict[str, Any]:
    """What the form offers: ids of cities by their files' names, standards and criteria with their names."""
    from civicgauge import registry
    from civicgauge.criteria import standards
    from civicgauge.settings import Settings

    known = standards()
    criteria: dict[str, list[str]] = {}
    for name in sorted(known, reverse=True):
        for each in known[name].criteria:
            criteria.setdefault(each.code, []).append(each.name)
    return {
        "cities": registry.city_ids(Settings.from_environment().cities),
        "standards": {name: f"{known[name].standard} {known[name].version}" for name in sorted(known, reverse=True)},
        "criteria": {code: f"{code}: {' / '.join(dict.fromkeys(names))}" for code, names in criteria.items()},
    }


def propose_attestation(told: Mapping[str, Any], names: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """Enter what a form says; {"problems": [...]}, or what a second person is asked, as `asked_about` gives it.

    The same words as of one that is still proposed ask about that one again.
    """
    from civicgauge.pipeline.context import Context
    from civicgauge.pipeline.reviewing import asking, attestations
    from civicgauge.review.attesting import NotTaken

    context = Context.from_environment()
    try:
        entered = attestations.propose(context, told, at=now, source="form", names=names)
    except NotTaken as error:
        return {"problems": list(error.problems or (error.message,))}
    row = entered.row
    if row["state"] != "proposed":
        return {"problems": [f"{row['attestation_id']} says the same and is {row['state']} already"]}
    return {"problems": [], **asking.asked_about(context, row)}


def settle_attestation(attestation_id: str, now: datetime, by: str, *, approve: bool, reason: str) -> dict[str, Any]:
    """Do what the second person (a role, no name) chose; {"done": whether it was, "words": in words}."""
    from civicgauge import clean
    from civicgauge.pipeline.context import Context
    from civicgauge.pipeline.reviewing import attestations
    from civicgauge.review.attesting import NotTaken
    from civicgauge.review.said import LONGEST_REASON

    context, why = Context.from_environment(), clean.line(reason, LONGEST_REASON)
    try:
        if approve:
            row = attestations.approve(context, attestation_id, by=by, at=now, reason=why or None)
        else:
            why = why or "no reason was given"
            row = attestations.refuse(context, attestation_id, by=by, reason=why, at=now)
    except NotTaken as error:
        return {"done": False, "words": error.message}
    return {"done": True, "words": f"{attestation_id} is {row['state']} by {row['second_by']}"}

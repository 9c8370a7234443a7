"""A promise that was loosened or removed while late (DESIGN rule 3): staff accept the change, and it is in force."""

from __future__ import annotations

from civicgauge.review.fields import Facts, Field

NOT_DECLARED = "none"


def _measured(facts: Facts) -> str | None:
    """The older promise, which is kept in force."""
    days = facts.row["expected_period_days"]
    return None if days is None else f"{days:g} days"


def _problem(decided: str, facts: Facts) -> str | None:
    if not facts.row["promise_changed"]:
        return "cannot be decided: no older promise is kept in force, so that there is no change to accept"
    stated = facts.row["declared_frequency"] or NOT_DECLARED
    return None if decided == stated else f"is not what the portal states now; that is {stated!r}"


FIELD = Field(
    id="promise_accepted",
    title="a changed promise, accepted",
    allowed="the frequency as the portal states it now, or none where it states none any more",
    touches="the period that the entry is held to: freshness, and promises kept; a later change is another one",
    measured=_measured,
    problem=_problem,
)

"""Which column of pulled rows says when things happened (DESIGN rule 2)."""

from __future__ import annotations

from civicgauge.review.fields import Facts, Field


def _problem(decided: str, facts: Facts) -> str | None:
    if facts.event_columns is None:
        return "cannot be decided: the entry's rows are not pulled (its city file chooses it under `datasets`)"
    if decided in facts.event_columns:
        return None
    known = ", ".join(facts.event_columns[:12]) or "there is none"
    return f"is no column of dates in the rows that can say when things happened; those are: {known}"


FIELD = Field(
    id="event_column",
    title="the column that says when things happened",
    allowed="the name of a column of dates in the landed rows",
    touches="the newest event, which can worsen freshness and never improve it",
    measured=lambda facts: facts.event_column,
    problem=_problem,
)

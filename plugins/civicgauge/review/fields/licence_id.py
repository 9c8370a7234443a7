"""Which licence an entry's own text is (DESIGN rule 5), where a person has read it."""

from __future__ import annotations

from difflib import get_close_matches

from civicgauge.review.fields import Facts, Field


def _problem(decided: str, facts: Facts) -> str | None:
    if facts.licences.get(decided) not in (None, "none"):
        return None
    near = get_close_matches(decided, facts.licences, n=1, cutoff=0.6)
    guess = f"; did you mean {near[0]}?" if near else ", such as CC-BY-4.0"
    return f"is no id of the alias file of licences{guess}"


FIELD = Field(
    id="licence_id",
    title="the licence, as its text was read",
    allowed="an id of the alias file of licences, such as CC-BY-4.0",
    touches="licences stated, recognised and open; the source of the licence is then `decision`",
    measured=lambda facts: facts.row["licence_id"],
    problem=_problem,
)

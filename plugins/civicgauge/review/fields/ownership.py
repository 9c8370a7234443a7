"""Whose an entry is (DESIGN rule 1): what no list of publishers can tell."""

from __future__ import annotations

from civicgauge.review.fields import Field, one_of

FIELD = Field(
    id="ownership",
    title="whose the entry is",
    allowed="own, not_own",
    touches="whether the entry counts, and so every share of datasets; an undecided entry leaves the unknown",
    measured=lambda facts: facts.row["ownership"],
    problem=one_of("own", "not_own"),
)

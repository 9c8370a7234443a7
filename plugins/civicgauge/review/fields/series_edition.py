"""An entry's place in a series of editions (DESIGN rule 3), where titles mislead."""

from __future__ import annotations

from civicgauge.review.fields import Field, one_of

FIELD = Field(
    id="series_edition",
    title="its place in a series of editions",
    allowed="current, superseded, none",
    touches="which edition is held to the promise: freshness, and promises kept",
    measured=lambda facts: facts.row["series_role"] or "none",
    problem=one_of("current", "superseded", "none"),
)

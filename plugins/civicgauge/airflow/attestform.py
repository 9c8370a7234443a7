"""The form of the DAG `attest`: what is asked of who attests, as Airflow's page shows it."""

from __future__ import annotations

from typing import Any

from airflow.sdk import Param

from civicgauge.pipeline.attestdoors import attest_choices

#: What each field of an attestation is called in the form.
TITLES = {
    "city": "City",
    "standard": "Standard",
    "criterion": "Criterion",
    "stance": "What is attested",
    "statement": "Statement",
    "role": "Your role",
    "said_on": "Said on",
    "valid_until": "Holds until",
    "evidence": "Proof: its address",
    "digest": "Proof: its SHA-256 digest",
}
NEWEST_STANDARD = "what-works-cities-2022"


def form() -> dict[str, Param]:
    """The fields, in the order in which they are asked. None of them is kept from one run to the next."""
    choices = attest_choices()
    return {
        "city": _field("city", "The city that it is about.", **_one_of({each: each for each in choices["cities"]})),
        "standard": _field("standard", "Which standard's criterion.", NEWEST_STANDARD, **_one_of(choices["standards"])),
        "criterion": _field("criterion", "Its code and name.", **_one_of(choices["criteria"])),
        "stance": _field(
            "stance",
            "Whether the city's practice is in line with what the criterion asks, or differs from it.",
            **_one_of({"in_line": "in line", "differs": "differs"}),
        ),
        "statement": _field(
            "statement",
            "What is so, in a sentence or two; public for a public city.",
            format="multiline",
            maxLength=500,
        ),
        "role": _field(
            "role", "Such as 'data steward' or 'city data office'; never a person's name or address.", maxLength=40
        ),
        "said_on": _field("said_on", "The day on which it was said or written.", format="date"),
        "valid_until": _field("valid_until", "The last day on which it holds: three years at most.", format="date"),
        "evidence": _field(
            "evidence",
            "A public web address that shows it. It is asked once, for its digest; nothing of it is kept.",
            type=["null", "string"],
            maxLength=500,
        ),
        "digest": _field(
            "digest",
            "Only where the address cannot be asked: 64 letters, from `sha256sum FILE`.",
            type=["null", "string"],
            maxLength=64,
        ),
    }


def _field(name: str, description: str, default: str | None = None, **schema: Any) -> Param:
    return Param(default, title=TITLES[name], description=description, **{"type": "string", **schema})


def _one_of(words: dict[str, str]) -> dict[str, Any]:
    """A list to choose from; any text where there is nothing to choose."""
    return {"enum": list(words), "values_display": words} if words else {}

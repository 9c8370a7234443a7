"""What the words of enumerated columns mean in the tables of what people judge, by `table.column`."""

from __future__ import annotations

from collections.abc import Mapping

_STANCE = {
    "in_line": "what people show is in line with what the criterion asks",
    "differs": "what people show differs from what the criterion asks",
}
_DIRECTION = {"higher_is_better": "more is better", "lower_is_better": "less is better"}

JUDGED: Mapping[str, Mapping[str, str]] = {
    "edition.state": {
        "draft": "taken, and seen by staff alone",
        "preview": "each city looks at its own numbers",
        "frozen": "signed by two people; it changes no more",
        "abandoned": "given up",
    },
    "dispute.phase": {"preview": "before the edition was frozen", "appeal": "after it was frozen"},
    "dispute.state": {
        "open": "waits for an answer",
        "upheld": "the city was right",
        "rejected": "not followed, with a reason",
        "withdrawn": "taken back by the city",
    },
    "decision.field": {
        "ownership": "whose the entry is",
        "licence_id": "which licence its text means",
        "series_edition": "that it is an edition of a series",
        "event_column": "which column holds the dates of events",
        "promise_accepted": "that a changed promise is accepted",
    },
    "decision.state": {
        "proposed": "waits for a second person",
        "in_force": "two people agreed; it holds from its first day to its last",
        "refused": "the second person did not agree",
        "reopened": "an appeal opened it again",
        "ended": "it holds no more",
    },
    "attestation.stance": _STANCE,
    "attestation.source": {"file": "from a file", "command": "by the command line", "form": "by the form in Airflow"},
    "attestation.state": {
        "proposed": "waits for a second person",
        "approved": "a second person agreed",
        "refused": "the second person did not agree",
        "withdrawn": "taken back",
    },
    "effect_plan.frequency": dict.fromkeys(("day", "week", "month", "quarter", "year"), ""),
    "effect_plan.direction": _DIRECTION,
    "effect_result.verdict": {
        "evidence of benefit": "the whole interval lies on the better side of what is of practical size",
        "evidence of harm": "the whole interval lies on the worse side",
        "no effect of practical size": "the whole interval lies inside the band that was registered",
        "insufficient data": "none of these can be said",
    },
}

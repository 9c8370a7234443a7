"""What the words of enumerated columns mean, by `table.column`: for the dictionary and the data package.

A column is listed where its words are all that our code writes; where they stand as a type in the code, they are taken
from there. A table that repeats a column of another (a view) has the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from civicgauge.alerts.forms import Kind
from civicgauge.indicators import Direction, Unit
from civicgauge.model import Outcome, Status
from civicgauge.pipeline.exporting.judgedwords import JUDGED
from civicgauge.pipeline.words import STATUSES

Words = Mapping[str, str]

_FRESHNESS = {
    "fresh": "within its period",
    "due": "past its period, within the grace of the ladder",
    "overdue": "late",
    "delinquent": "very late",
    "unknown": "no date, or no period that can be tested",
    "not_applicable": "marked as historical, or replaced by a newer edition",
}
_LICENCE = {
    "open": "open by the Open Definition",
    "not_open": "not open by the Open Definition",
    "terms_unread": "terms of the portal's own that nobody has read yet",
    "doubtful": "a mark that does not fit, such as a federal one on a city's data",
    "unrecognised": "a text that the alias file does not know",
    "none": "no licence is stated",
}
_KIND = {
    "table": "rows with columns",
    "geo": "a map layer",
    "file": "files for download",
    "link": "a link to somewhere else",
    "derived_view": "a filter, chart or map of another dataset; not counted",
    "not_data": "a story, a form or a page; not counted",
}
_PERIOD_SOURCE = {
    "declared": "the portal states it",
    "unmapped": "the portal states something that the vocabulary does not know",
    "undeclared": "the portal states none",
    "untestable": "stated, such as 'as needed', and no test for it",
    "not_periodic": "historical or never, and no change since",
}
_DIRECTION = {
    "higher_is_better": "more is better: the low bound is the worse end",
    "lower_is_better": "less is better: the high bound is the worse end",
    "neutral": "neither end is better",
}
_OUTCOME = {
    "passed": "as expected",
    "failed": "our check did not find what it expects",
    "unknown": "it applies, and the evidence is missing",
    "not_applicable": "it does not apply",
    "errored": "our own fault; nothing is said of the dataset",
}
_STANCE = {
    "in_line": "what was observed is in line with what the criterion asks",
    "differs": "what was observed differs from what the criterion asks",
    "not_observed": "a portal shows nothing, or not enough, of it",
}
_BASIS = {
    "automatic": "from observations alone",
    "partial": "observations show a part; people confirm the rest",
    "attested": "people attest it",
}
_NOTES = {
    "no_earlier_day": "there is no earlier shown day",
    "version_changed": "the earlier value is of another version of the indicator",
    "not_computed_then": "the indicator was not computed on the earlier day",
    "no_value_now": "there is no value now",
    "no_value_then": "there was no value then",
}
_SEVERITY = {
    "critical": "data gone, wrong or private",
    "error": "late or unusable now",
    "warning": "worth mending",
    "info": "",
}
_ALERTS: Mapping[str, Words] = {
    "incident.state": {
        "pending": "found, and not yet often enough to be told",
        "open": "to be mended",
        "acknowledged": "the city knows: no reminders until a day",
        "snoozed": "not spoken of until a day",
        "disputed": "the city says that we are wrong",
        "fix_claimed": "the city says that it is mended: to be looked at again",
        "resolved": "over",
    },
    "incident.severity": _SEVERITY,
    "incident.audience": {"city": "its city is told", "ops": "operators are told"},
    "notification.state": {
        "queued": "to be sent",
        "claimed": "a sender has it",
        "sending": "a sender is handing it over",
        "sent": "accepted by the server, or written",
        "doubtful": "the sender ended in between: it may or may not have gone out",
        "failed": "given up",
        "dropped": "not sent: the recipient left, or an operator said so",
    },
    "notification.kind": {
        "digest": "what is new, mended and still open",
        "critical": "told at once",
        "baseline": "what was there at first sight",
        "answer": "to a city that said that something is mended",
        "privacy": "what may concern personal data, after a person's release",
        "edition": "an edition's preview, what was decided of it, its freezing and errata",
        "ops": "to operators",
    },
    "incident_event.kind": dict.fromkeys(map(str, Kind), ""),
}

_MEANINGS: Mapping[str, Words] = {
    **_ALERTS,
    **JUDGED,
    "city.publication": {
        "private": "for staff alone",
        "shared_with_city": "for staff and the city",
        "public": "for everyone",
    },
    "dataset.kind": _KIND,
    "dataset.period_source": _PERIOD_SOURCE,
    "dataset.freshness_status": _FRESHNESS,
    "dataset.licence_class": _LICENCE,
    "dataset.presence": {
        "present": "in the catalogue",
        "missing": "not in the catalogue, and not confirmed as gone",
        "removed": "gone, by the portal's own answer",
    },
    "dataset_day.kind": _KIND,
    "dataset_day.ownership": {
        "own": "the city's own",
        "not_own": "another body's",
        "unknown": "not decided; it widens the bounds",
    },
    "dataset_day.period_source": _PERIOD_SOURCE,
    "dataset_day.freshness_status": _FRESHNESS,
    "dataset_day.licence_class": _LICENCE,
    "dataset_day.contact_state": {
        "well_formed": "an address that can be written to",
        "malformed": "something that is no address",
        "absent": "none is stated",
    },
    "check_result.outcome": {word: _OUTCOME.get(word, "") for word in map(str, Outcome)},
    "check_result.severity": {
        "info": "good to know",
        "warning": "worth mending",
        "critical": "mend this first",
    },
    "pull.outcome": {
        "changed": "other rows than before",
        "unchanged": "the same rows, and the portal says so",
        "touched_unchanged": "the same rows, though the portal says that they changed",
        "failed": "no rows were received",
    },
    "indicator_value.status": {word: STATUSES.get(word, "") for word in map(str, Status)},
    "indicator_value.direction": {word: _DIRECTION.get(word, "") for word in get_args(Direction)},
    "indicator_value.unit": dict.fromkeys(get_args(Unit), ""),
    "run.outcome": {
        "complete": "every portal was read",
        "partial": "a portal was not read; its datasets are unknown",
        "suspect": "the crawl is in doubt and held; its values are not shown",
        "not_measured": "no portal was read; nothing was written",
        "failed": "our own fault; nothing was written",
    },
    "criterion_evidence.stance": _STANCE,
    "criterion_evidence.basis": _BASIS,
    "v_indicator_change.previous_note": _NOTES,
    "v_indicator_change.earlier_note": _NOTES,
    "v_city_scorecard.outcome": {"complete": "every portal was read", "partial": "a portal was not read"},
    "criterion.observable": {
        "automatic": "a portal shows it nearly whole",
        "partial": "a portal shows a part, people confirm",
        "none": "only people can attest it",
    },
}
_ALIKE = dict.fromkeys(
    ("v_indicator_latest", "v_indicator_change", "edition_value", "decided_value", "v_indicator_decided"),
    "indicator_value",
)
_OF_A_STATUS = ("decided_status", "measured_status", "old_status", "new_status")


def meanings(table: str, column: str) -> Words:
    """The words of a column, each with its meaning ('' where the word says it all); empty where any text may stand."""
    own = _MEANINGS.get(f"{table}.{column}")
    if own is not None:
        return own
    if table == "edition_city" and column in ("publication", "outcome"):
        table = "city" if column == "publication" else "v_city_scorecard"
    elif column in _OF_A_STATUS:
        return _MEANINGS["indicator_value.status"]
    elif column.endswith("_status") and table == "v_indicator_change":
        column = "status"
    elif column.endswith("__status") and table == "v_indicator_wide":
        return _MEANINGS["indicator_value.status"]
    return _MEANINGS.get(f"{_ALIKE.get(table, table)}.{column}", {})


def told(table: str, column: str) -> str:
    """The same as one text."""
    words = meanings(table, column)
    return "; ".join(f"{word}: {meaning}" if meaning else word for word, meaning in words.items())

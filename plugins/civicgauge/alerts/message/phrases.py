"""The fixed words of messages: severities, notices, states, roles, platforms, reasons, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from civicgauge.alerts.forms import Notice, Severity, State
from civicgauge.alerts.letters import Entry, StillOpen
from civicgauge.alerts.message.words import Words, mark

NOTICE = mark(
    "Automated observations of public portals; not an assessment. Not affiliated with or endorsed by Bloomberg "
    "Philanthropies or Results for America."
)
TOMORROW = mark("tomorrow morning")

_SEVERITIES = {
    Severity.CRITICAL: mark("critical"),
    Severity.ERROR: mark("error"),
    Severity.WARNING: mark("warning"),
    Severity.INFO: mark("information"),
}
_MEANINGS = {
    Severity.CRITICAL: mark("data is gone, wrong, or may be private"),
    Severity.ERROR: mark("data is late or cannot be used now"),
    Severity.WARNING: mark("worth mending"),
    Severity.INFO: mark("for your information"),
}
_NOTICES = {
    Notice.OPENED: mark("new"),
    Notice.REOPENED: mark("back after it was mended"),
    Notice.WORSENED: mark("worse than before"),
    Notice.FLAPPING: mark("comes and goes"),
    Notice.REMINDER: mark("reminder"),
    Notice.RESOLVED: mark("mended"),
    Notice.CLOSED: mark("closed"),
    Notice.CONFIRMED: mark("confirmed: mended"),
    Notice.STILL_FAILING: mark("looked at again: not mended yet"),
}
_PERSONAL = {
    "ssn": mark("social security numbers"),
    "card": mark("numbers of payment cards"),
    "date_of_birth": mark("dates of birth"),
    "email": mark("e-mail addresses"),
    "phone": mark("telephone numbers"),
    "name": mark("names of people"),
}
_KIND = re.compile(r"\(([a-z_]+)\)")
_ROLES = {
    "open_data": mark("open data"),
    "open_data_lead": mark("open data lead"),
    "data_owner": mark("owner of the data"),
    "publisher": mark("publisher of the data"),
    "mayor": mark("mayor's office"),
    "mayors_office": mark("mayor's office"),
    "privacy": mark("privacy officer"),
    "it": mark("information technology"),
    "staff": mark("staff"),
    "operator": mark("operator"),
}
_PLATFORMS = {"socrata": "Socrata", "ckan": "CKAN", "arcgis": "ArcGIS Hub", "arcgis_hub": "ArcGIS Hub"}


def severity(words: Words, which: Severity) -> str:
    """One word."""
    return words.say(_SEVERITIES[which])


def meaning(words: Words, which: Severity) -> str:
    """What the severity says, in a few words."""
    return words.say(_MEANINGS[which])


def badge(words: Words, entry: Entry) -> str:
    """What stands above an entry: its severity and why it is told; of what has ended, only that it has."""
    told = words.say(_NOTICES[entry.notice])
    return told if has_ended(entry.notice) else f"{severity(words, entry.severity)} · {told}"


def has_ended(notice: Notice) -> bool:
    """Nothing is asked any more."""
    return notice in (Notice.RESOLVED, Notice.CLOSED, Notice.CONFIRMED)


def state(words: Words, point: StillOpen) -> str:
    """Where an open point stands, with the day until which it does."""
    until = words.date(point.until) if point.until else ""
    match point.state:
        case State.ACKNOWLEDGED:
            said = words.say("acknowledged until %(day)s", day=until) if until else words.say("acknowledged")
        case State.SNOOZED:
            said = words.say("waits until %(day)s", day=until) if until else words.say("waits")
        case State.DISPUTED:
            said = words.say("you say that we are wrong; staff look at it")
        case State.FIX_CLAIMED:
            said = words.say("you say that it is mended; we look again")
        case _:
            said = words.say("open")
    return said


def ended(words: Words, reason: str | None) -> str:
    """Why a point was closed without being mended; a reason that has no words here stands as it is written."""
    match reason:
        case "dataset_gone":
            return words.say("The portal itself says that the dataset is no longer there.")
        case "no_longer_applies":
            return words.say("The rule no longer applies to this dataset.")
        case "rule_changed":
            return words.say("We changed the rule, and the new version finds nothing here.")
        case "dispute_accepted":
            return words.say("You told us that the rule does not fit here, and staff agree. Thank you.")
        case None | "":
            return words.say("It can no longer be looked at.")
        case _:
            return words.say("Reason: %(reason)s.", reason=reason.replace("_", " "))


def cadence(words: Words, which: str) -> str:
    """How often the digest comes."""
    match which:
        case "daily":
            return words.say("A digest comes at most once a day; critical points are told at once.")
        case "weekly":
            return words.say("A digest comes at most once a week; critical points are told at once.")
        case "monthly":
            return words.say("A digest comes at most once a month; critical points are told at once.")
        case _:
            return words.say("A digest comes when there is news; critical points are told at once.")


def role(words: Words, which: str) -> str:
    """A role as people say it; one that is not known here, as the city wrote it."""
    key = which.lower().replace("-", "_").replace(" ", "_")
    return words.say(_ROLES[key]) if key in _ROLES else which.replace("_", " ")


def personal(words: Words, observed: str) -> str:
    """What columns may hold, by the words of ours in the evidence: never the evidence itself.

    The check says `1 of 9 columns may contain personal data: home (phone)`; a bare kind is taken too.
    """
    found = _KIND.findall(observed) or [observed.rpartition(":")[2].strip()]
    if kinds := [words.say(told) for kind, told in _PERSONAL.items() if kind in found]:
        return words.say("may contain personal data (%(kind)s)", kind=words.joined(kinds))
    return words.say("may contain personal data")


def platform(kind: str) -> str:
    """A platform's own name."""
    return _PLATFORMS.get(kind, kind)


def counts(words: Words, told: Iterable[tuple[Notice, int]], n_still_open: int) -> tuple[str, ...]:
    """How many of each: "2 new", "1 still open", "3 mended"; only what there is."""
    sums = dict.fromkeys(Notice, 0)
    for notice, n in told:
        sums[notice] += n
    mended = sums[Notice.RESOLVED] + sums[Notice.CONFIRMED]
    parts = (
        (sums[Notice.OPENED], words.plural("%(n)s new", "%(n)s new", sums[Notice.OPENED])),
        (sums[Notice.REOPENED], words.plural("%(n)s back", "%(n)s back", sums[Notice.REOPENED])),
        (sums[Notice.WORSENED], words.plural("%(n)s worse", "%(n)s worse", sums[Notice.WORSENED])),
        (sums[Notice.FLAPPING], words.plural("%(n)s unsteady", "%(n)s unsteady", sums[Notice.FLAPPING])),
        (
            sums[Notice.STILL_FAILING],
            words.plural("%(n)s not mended yet", "%(n)s not mended yet", sums[Notice.STILL_FAILING]),
        ),
        (sums[Notice.REMINDER], words.plural("%(n)s reminder", "%(n)s reminders", sums[Notice.REMINDER])),
        (n_still_open, words.plural("%(n)s still open", "%(n)s still open", n_still_open)),
        (mended, words.plural("%(n)s mended", "%(n)s mended", mended)),
        (sums[Notice.CLOSED], words.plural("%(n)s closed", "%(n)s closed", sums[Notice.CLOSED])),
    )
    return tuple(text for n, text in parts if n > 0)

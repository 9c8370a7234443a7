"""The warehouse's tables of alerts: incidents and what happened to them, the outbox, contacts and what they answered.

`contact`, `message` and `answer` hold addresses or words of people: they are in no export, and no reading role sees
them.
"""

from __future__ import annotations

import sqlalchemy as sa

from civicgauge.warehouse.kinds import DAY, FLAG, KEY_TEXT, TEXT, TIME, WHOLE, key, may, must, table

INCIDENT = table(
    "incident",
    "One row per thing that is wrong or was, on a stable key, with where it stands now.",
    key("incident_key", KEY_TEXT, "made from city, portal, dataset, rule and field; never from a value or a date"),
    must("city_id", KEY_TEXT, "the city"),
    must("portal_id", KEY_TEXT, "the portal's id in the city file; '' where it is the city's"),
    must("dataset_id", KEY_TEXT, "the portal's own id of the entry; '' where it is the portal's"),
    must("rule_id", KEY_TEXT, "the check, or the matter of operation"),
    must("field", KEY_TEXT, "the part of the entry; '' for the whole"),
    must("subject", TEXT, "portal, dataset and field in one, for people"),
    must("rule_version", WHOLE, "the rule's version"),
    must("audience", TEXT, "city or ops: who is told"),
    must("state", TEXT, "pending, open, acknowledged, snoozed, disputed, fix_claimed or resolved"),
    must("severity", TEXT, "critical, error or warning"),
    must("since", DAY, "the day from which on it is so, as far as is known"),
    may("opened_at", TIME, "when it was last opened"),
    must("last_seen_at", TIME, "when it was last found failing"),
    may("resolved_at", TIME, "when it was last resolved"),
    must("occurrences", WHOLE, "how often it was opened"),
    must("is_private", FLAG, "may speak of personal data: for the privacy contact alone, after a release"),
    must("is_baseline", FLAG, "was there at first sight: in the feedback report, without an alert"),
    must("is_flapping", FLAG, "comes and goes"),
    must("is_silent", FLAG, "opened by a day that came late"),
    may("opened_on", DAY, "the day that opened it"),
    must("last_seen_on", DAY, "the last day on which it failed"),
    may("last_ok_on", DAY, "the last day on which it passed"),
    may("resolved_on", DAY, "the day that resolved it"),
    may("resolved_reason", TEXT, "mended, or why it ended without"),
    must("failed_days", WHOLE, "days on end that it failed"),
    must("passed_days", WHOLE, "days on end that it passed"),
    may("observed", TEXT, "what was found on the last failing day"),
    may("expected", TEXT, "what the rule asks for"),
    may("told_notice", TEXT, "what its city was last told of this opening; null: nothing"),
    may("told_severity", TEXT, "the severity that was told"),
    may("told_on", DAY, "the day of the first telling"),
    must("reopened_on", TEXT, "days of the last openings: a JSON list"),
    may("until", DAY, "the end of an acknowledgement or a snooze"),
    may("dispute", TEXT, "why the city says that we are wrong"),
    may("claimed_on", DAY, "when the city said that it is mended"),
    may("claimed_at", TIME, "the time of that"),
    may("claim_answer", TEXT, "what we saw after that: confirmed or still_failing"),
    may("target_on", DAY, "the day by which the city means to mend it"),
    may("released_at", TIME, "when a person let a finding about personal data go out"),
    sa.Index(None, "city_id", "state"),
)

INCIDENT_EVENT = table(
    "incident_event",
    "One row per thing that happened to an incident. Only ever added to.",
    key("incident_key", KEY_TEXT, "the incident"),
    key("number", WHOLE, "1, 2, 3 within the incident"),
    must("city_id", KEY_TEXT, "the city"),
    must("episode", WHOLE, "which opening it belongs to; 0 before the first"),
    must("kind", TEXT, "pending, baseline, opened, reopened, worsened, resolved, closed, acknowledged, told, ..."),
    must("day", DAY, "the day that it speaks of"),
    must("at", TIME, "when it was decided"),
    must("by", TEXT, "civicgauge, operator, or a contact's role"),
    may("reason", TEXT, "why, in words"),
    must("details", TEXT, "what else is known: a JSON object"),
    sa.Index(None, "city_id", "day"),
    sa.Index(None, "at"),
)

SILENCE = table(
    "silence",
    "One row per silence: what is decided and not told, until when, and why.",
    key("silence_id", KEY_TEXT, "its id"),
    may("city_id", KEY_TEXT, "the city; null: any"),
    may("portal_id", KEY_TEXT, "the portal; null: any"),
    may("dataset_id", KEY_TEXT, "the entry; null: any"),
    may("rule_id", KEY_TEXT, "the rule; null: any"),
    must("starts_at", TIME, "from when on"),
    must("ends_at", TIME, "until when"),
    must("reason", TEXT, "why"),
    must("author", TEXT, "the role of who made it"),
)

CONTACT = table(
    "contact",
    "One row per recipient of a city. Addresses: not exported, not for reading roles.",
    key("contact_id", KEY_TEXT, "made from city, channel and address"),
    must("city_id", KEY_TEXT, "the city; '' for operators"),
    must("channel", TEXT, "mail, slack, teams, webhook, ..."),
    must("address", TEXT, "the address, or the connection's name"),
    must("role", TEXT, "open_data, privacy, escalation, or another"),
    must("language", TEXT, "language of the messages"),
    must("cadence", TEXT, "daily, weekly or monthly, as the city file says"),
    may("chosen_cadence", TEXT, "as the recipient chose; wins"),
    must("weekday", WHOLE, "day of the weekly and monthly digest: 0 is Monday"),
    must("hour", WHOLE, "local hour of the digest"),
    must("time_zone", TEXT, "IANA name"),
    must("consent_on", DAY, "when the recipient agreed"),
    must("created_at", TIME, "when it was first known here; what was open before counts as told"),
    must("is_in_file", FLAG, "whether the city file names it now"),
    may("unsubscribed_at", TIME, "when the recipient left"),
    may("bounced_at", TIME, "when its server refused it for good"),
    may("bounce_reason", TEXT, "in the server's words"),
    may("digest_slot", DAY, "the local day of the last digest that was decided"),
    may("immediate_at", TIME, "when it was last told something at once"),
    sa.Index(None, "city_id"),
)

NOTIFICATION = table(
    "notification",
    "One row per message to one recipient: the outbox.",
    key("notification_id", KEY_TEXT, "made from contact, kind and slot: the same message is queued once"),
    must("city_id", KEY_TEXT, "the city; '' for operators"),
    must("contact_id", KEY_TEXT, "the recipient, without its address"),
    must("channel", TEXT, "how it goes out"),
    must("kind", TEXT, "digest, critical, baseline, answer, privacy, edition or ops"),
    must("state", TEXT, "queued, claimed, sending, sent, doubtful, failed or dropped"),
    must("day", DAY, "the newest day that it speaks of"),
    must("created_at", TIME, "when it was decided"),
    must("due_at", TIME, "not sent before"),
    may("sent_at", TIME, "when it was accepted"),
    must("message_id", TEXT, "its Message-ID, the same however often it is tried"),
    must("attempts", WHOLE, "how often it was tried"),
    may("lease_owner", TEXT, "the process that is sending it"),
    may("lease_until", TIME, "until when that process may"),
    may("problem", TEXT, "why it failed, or is in doubt"),
    sa.Index(None, "state", "due_at"),
    sa.Index(None, "contact_id"),
)

NOTIFICATION_ITEM = table(
    "notification_item",
    "One row per incident that a message speaks of.",
    key("notification_id", KEY_TEXT, "the message"),
    key("incident_key", KEY_TEXT, "the incident"),
    key("notice", KEY_TEXT, "opened, reopened, worsened, flapping, reminder, resolved, closed, confirmed, ..."),
    must("city_id", KEY_TEXT, "the city"),
    must("episode", WHOLE, "which opening it belongs to"),
    must("severity", TEXT, "the severity that was told"),
    sa.Index(None, "incident_key"),
)

MESSAGE = table(
    "message",
    "What a message says, as it was decided. Not exported, not for reading roles.",
    key("notification_id", KEY_TEXT, "the message"),
    must("content", TEXT, "subject, text, HTML and headers: a JSON object"),
)

HOLD = table(
    "hold",
    "One row per time that everything to cities was held for an operator's word.",
    key("hold_id", KEY_TEXT, "its id"),
    must("opened_at", TIME, "since when"),
    must("state", TEXT, "open, released or dropped"),
    must("reason", TEXT, "what was unusual, in words"),
    must("cities_count", WHOLE, "cities that would have been told"),
    must("openings_count", WHOLE, "incidents that would have been told"),
    must("days", TEXT, "the days that were unusual: a JSON list"),
    must("about", TEXT, "news, ends, or news,ends: what was unusual on them"),
    may("decided_at", TIME, "when an operator decided"),
    may("decided_by", TEXT, "the operator's role"),
    may("decided_reason", TEXT, "why"),
)

ALERT_CURSOR = table(
    "alert_cursor",
    "Up to which day a city's incidents are decided. Not exported.",
    key("city_id", KEY_TEXT, "the city"),
    must("first_day", DAY, "the day of its baseline"),
    must("day", DAY, "the last day that was decided"),
    must("run_id", TEXT, "the run of that day"),
    must("decided_at", TIME, "when"),
    must("judged", sa.LargeBinary(), "which keys were ever judged, by version: packed digests"),
)

ANSWER = table(
    "answer",
    "One row per signed link that was used. Not exported, not for reading roles.",
    key("answer_id", KEY_TEXT, "digest of the link's token and the act"),
    must("contact_id", KEY_TEXT, "the recipient"),
    may("incident_key", KEY_TEXT, "the incident"),
    must("action", TEXT, "acknowledge, snooze, dispute, fixed, target, cadence or unsubscribe"),
    must("at", TIME, "when"),
)

_MADE = (
    INCIDENT,
    INCIDENT_EVENT,
    SILENCE,
    CONTACT,
    NOTIFICATION,
    NOTIFICATION_ITEM,
    MESSAGE,
    HOLD,
    ALERT_CURSOR,
    ANSWER,
)
MADE_TOGETHER = tuple(each.name for each in _MADE)
"""All of them, in the order above."""

WITHHELD = ("contact", "message", "answer")
"""Tables that no reading role sees."""

EXPORTED = ("incident", "incident_event", "notification")
"""The tables that are exported; the last two to staff alone."""

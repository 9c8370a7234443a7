"""Alerts: incidents and their events, the outbox, contacts, silences, holds, and what recipients answered.

This file is history: it stays as it is, whatever becomes of `civicgauge.warehouse.alert_tables`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TEXT, _WHOLE, _DAY, _FLAG, _BLOB = sa.Text(), sa.BigInteger(), sa.Date(), sa.Boolean(), sa.LargeBinary()
_TIME = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

_Kind = sa.types.TypeEngine[Any]


def upgrade() -> None:
    """Make the tables of alerts."""
    schema = "civicgauge" if op.get_bind().dialect.name == "postgresql" else None
    for make in (
        _incident,
        _incident_event,
        _silence,
        _hold,
        _alert_cursor,
        _notification,
        _notification_item,
        _message,
        _contact,
        _answer,
    ):
        make(schema)


def _key(name: str, kind: _Kind, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, comment=comment, primary_key=True, autoincrement=False)


def _must(name: str, kind: _Kind, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, comment=comment)


def _may(name: str, kind: _Kind, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True, comment=comment)


def _table(schema: str | None, name: str, comment: str, *columns: sa.Column[Any]) -> None:
    keys = [column.name for column in columns if column.primary_key]
    for column in columns:
        column.primary_key = False
    op.create_table(
        name,
        *columns,
        sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"),
        schema=schema,
        comment=comment,
        sqlite_with_rowid=False,
    )


def _incident(schema: str | None) -> None:
    _table(
        schema,
        "incident",
        "One row per thing that is wrong or was, on a stable key, with where it stands now.",
        _key("incident_key", _KEY, "made from city, portal, dataset, rule and field; never from a value or a date"),
        _must("city_id", _KEY, "the city"),
        _must("portal_id", _KEY, "the portal's id in the city file; '' where it is the city's"),
        _must("dataset_id", _KEY, "the portal's own id of the entry; '' where it is the portal's"),
        _must("rule_id", _KEY, "the check, or the matter of operation"),
        _must("field", _KEY, "the part of the entry; '' for the whole"),
        _must("subject", _TEXT, "portal, dataset and field in one, for people"),
        _must("rule_version", _WHOLE, "the rule's version"),
        _must("audience", _TEXT, "city or ops: who is told"),
        _must("state", _TEXT, "pending, open, acknowledged, snoozed, disputed, fix_claimed or resolved"),
        _must("severity", _TEXT, "critical, error or warning"),
        _must("since", _DAY, "the day from which on it is so, as far as is known"),
        _may("opened_at", _TIME, "when it was last opened"),
        _must("last_seen_at", _TIME, "when it was last found failing"),
        _may("resolved_at", _TIME, "when it was last resolved"),
        _must("occurrences", _WHOLE, "how often it was opened"),
        _must("is_private", _FLAG, "may speak of personal data: for the privacy contact alone, after a release"),
        _must("is_baseline", _FLAG, "was there at first sight: in the feedback report, without an alert"),
        _must("is_flapping", _FLAG, "comes and goes"),
        _must("is_silent", _FLAG, "opened by a day that came late"),
        _may("opened_on", _DAY, "the day that opened it"),
        _must("last_seen_on", _DAY, "the last day on which it failed"),
        _may("last_ok_on", _DAY, "the last day on which it passed"),
        _may("resolved_on", _DAY, "the day that resolved it"),
        _may("resolved_reason", _TEXT, "mended, or why it ended without"),
        _must("failed_days", _WHOLE, "days on end that it failed"),
        _must("passed_days", _WHOLE, "days on end that it passed"),
        _may("observed", _TEXT, "what was found on the last failing day"),
        _may("expected", _TEXT, "what the rule asks for"),
        _may("told_notice", _TEXT, "what its city was last told of this opening; null: nothing"),
        _may("told_severity", _TEXT, "the severity that was told"),
        _may("told_on", _DAY, "the day of the first telling"),
        _must("reopened_on", _TEXT, "days of the last openings: a JSON list"),
        _may("until", _DAY, "the end of an acknowledgement or a snooze"),
        _may("dispute", _TEXT, "why the city says that we are wrong"),
        _may("claimed_on", _DAY, "when the city said that it is mended"),
        _may("claimed_at", _TIME, "the time of that"),
        _may("claim_answer", _TEXT, "what we saw after that: confirmed or still_failing"),
        _may("target_on", _DAY, "the day by which the city means to mend it"),
        _may("released_at", _TIME, "when a person let a finding about personal data go out"),
    )
    op.create_index("ix_incident_city_id_state", "incident", ["city_id", "state"], schema=schema)


def _incident_event(schema: str | None) -> None:
    _table(
        schema,
        "incident_event",
        "One row per thing that happened to an incident. Only ever added to.",
        _key("incident_key", _KEY, "the incident"),
        _key("number", _WHOLE, "1, 2, 3 within the incident"),
        _must("city_id", _KEY, "the city"),
        _must("episode", _WHOLE, "which opening it belongs to; 0 before the first"),
        _must(
            "kind", _TEXT, "pending, baseline, opened, reopened, worsened, resolved, closed, acknowledged, told, ..."
        ),
        _must("day", _DAY, "the day that it speaks of"),
        _must("at", _TIME, "when it was decided"),
        _must("by", _TEXT, "civicgauge, operator, or a contact's role"),
        _may("reason", _TEXT, "why, in words"),
        _must("details", _TEXT, "what else is known: a JSON object"),
    )
    op.create_index("ix_incident_event_city_id_day", "incident_event", ["city_id", "day"], schema=schema)


def _silence(schema: str | None) -> None:
    _table(
        schema,
        "silence",
        "One row per silence: what is decided and not told, until when, and why.",
        _key("silence_id", _KEY, "its id"),
        _may("city_id", _KEY, "the city; null: any"),
        _may("portal_id", _KEY, "the portal; null: any"),
        _may("dataset_id", _KEY, "the entry; null: any"),
        _may("rule_id", _KEY, "the rule; null: any"),
        _must("starts_at", _TIME, "from when on"),
        _must("ends_at", _TIME, "until when"),
        _must("reason", _TEXT, "why"),
        _must("author", _TEXT, "the role of who made it"),
    )


def _hold(schema: str | None) -> None:
    _table(
        schema,
        "hold",
        "One row per time that everything to cities was held for an operator's word.",
        _key("hold_id", _KEY, "its id"),
        _must("opened_at", _TIME, "since when"),
        _must("state", _TEXT, "open, released or dropped"),
        _must("reason", _TEXT, "what was unusual, in words"),
        _must("cities_count", _WHOLE, "cities that would have been told"),
        _must("openings_count", _WHOLE, "incidents that would have been told"),
        _must("days", _TEXT, "the days that were unusual: a JSON list"),
        _must("about", _TEXT, "news, ends, or news,ends: what was unusual on them"),
        _may("decided_at", _TIME, "when an operator decided"),
        _may("decided_by", _TEXT, "the operator's role"),
        _may("decided_reason", _TEXT, "why"),
    )


def _alert_cursor(schema: str | None) -> None:
    _table(
        schema,
        "alert_cursor",
        "Up to which day a city's incidents are decided. Not exported.",
        _key("city_id", _KEY, "the city"),
        _must("first_day", _DAY, "the day of its baseline"),
        _must("day", _DAY, "the last day that was decided"),
        _must("run_id", _TEXT, "the run of that day"),
        _must("decided_at", _TIME, "when"),
        _must("judged", _BLOB, "which keys were ever judged, by version: packed digests"),
    )


def _notification(schema: str | None) -> None:
    _table(
        schema,
        "notification",
        "One row per message to one recipient: the outbox.",
        _key("notification_id", _KEY, "made from contact, kind and slot: the same message is queued once"),
        _must("city_id", _KEY, "the city; '' for operators"),
        _must("contact_id", _KEY, "the recipient, without its address"),
        _must("channel", _TEXT, "how it goes out"),
        _must("kind", _TEXT, "digest, critical, baseline, answer, privacy or ops"),
        _must("state", _TEXT, "queued, claimed, sending, sent, doubtful, failed or dropped"),
        _must("day", _DAY, "the newest day that it speaks of"),
        _must("created_at", _TIME, "when it was decided"),
        _must("due_at", _TIME, "not sent before"),
        _may("sent_at", _TIME, "when it was accepted"),
        _must("message_id", _TEXT, "its Message-ID, the same however often it is tried"),
        _must("attempts", _WHOLE, "how often it was tried"),
        _may("lease_owner", _TEXT, "the process that is sending it"),
        _may("lease_until", _TIME, "until when that process may"),
        _may("problem", _TEXT, "why it failed, or is in doubt"),
    )
    op.create_index("ix_notification_state_due_at", "notification", ["state", "due_at"], schema=schema)
    op.create_index("ix_notification_contact_id", "notification", ["contact_id"], schema=schema)


def _notification_item(schema: str | None) -> None:
    _table(
        schema,
        "notification_item",
        "One row per incident that a message speaks of.",
        _key("notification_id", _KEY, "the message"),
        _key("incident_key", _KEY, "the incident"),
        _key("notice", _KEY, "opened, reopened, worsened, flapping, reminder, resolved, closed, confirmed, ..."),
        _must("city_id", _KEY, "the city"),
        _must("episode", _WHOLE, "which opening it belongs to"),
        _must("severity", _TEXT, "the severity that was told"),
    )
    op.create_index("ix_notification_item_incident_key", "notification_item", ["incident_key"], schema=schema)


def _message(schema: str | None) -> None:
    _table(
        schema,
        "message",
        "What a message says, as it was decided. Not exported, not for reading roles.",
        _key("notification_id", _KEY, "the message"),
        _must("content", _TEXT, "subject, text, HTML and headers: a JSON object"),
    )


def _contact(schema: str | None) -> None:
    _table(
        schema,
        "contact",
        "One row per recipient of a city. Addresses: not exported, not for reading roles.",
        _key("contact_id", _KEY, "made from city, channel and address"),
        _must("city_id", _KEY, "the city; '' for operators"),
        _must("channel", _TEXT, "mail, slack, teams, webhook, ..."),
        _must("address", _TEXT, "the address, or the connection's name"),
        _must("role", _TEXT, "open_data, privacy, escalation, or another"),
        _must("language", _TEXT, "language of the messages"),
        _must("cadence", _TEXT, "daily, weekly or monthly, as the city file says"),
        _may("chosen_cadence", _TEXT, "as the recipient chose; wins"),
        _must("weekday", _WHOLE, "day of the weekly and monthly digest: 0 is Monday"),
        _must("hour", _WHOLE, "local hour of the digest"),
        _must("time_zone", _TEXT, "IANA name"),
        _must("consent_on", _DAY, "when the recipient agreed"),
        _must("created_at", _TIME, "when it was first known here; what was open before counts as told"),
        _must("is_in_file", _FLAG, "whether the city file names it now"),
        _may("unsubscribed_at", _TIME, "when the recipient left"),
        _may("bounced_at", _TIME, "when its server refused it for good"),
        _may("bounce_reason", _TEXT, "in the server's words"),
        _may("digest_slot", _DAY, "the local day of the last digest that was decided"),
        _may("immediate_at", _TIME, "when it was last told something at once"),
    )
    op.create_index("ix_contact_city_id", "contact", ["city_id"], schema=schema)


def _answer(schema: str | None) -> None:
    _table(
        schema,
        "answer",
        "One row per signed link that was used. Not exported, not for reading roles.",
        _key("answer_id", _KEY, "digest of the link's token and the act"),
        _must("contact_id", _KEY, "the recipient"),
        _may("incident_key", _KEY, "the incident"),
        _must("action", _TEXT, "acknowledge, snooze, dispute, fixed, target, cadence or unsubscribe"),
        _must("at", _TIME, "when"),
    )

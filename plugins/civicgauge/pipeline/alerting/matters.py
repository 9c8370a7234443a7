"""What is the operators' own: portals that were not read, days that are missing, messages that did not go out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from civicgauge.model import City, RunRecord
from civicgauge.pipeline.alerting import contacts, holding
from civicgauge.pipeline.alerting.outages import Matter, newest, of_portals
from civicgauge.pipeline.alerting.source import Source
from civicgauge.settings import Settings
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.cityday import SHOWN
from civicgauge.warehouse.incidents import Alerts

RECENT_DAYS = 7
_TOLD_LITTLE = ("privacy", "escalation")  # who hears of a part alone


@dataclass(frozen=True, slots=True)
class Advice:
    """What a matter is called, and what an operator does about it."""

    title: str
    advice: str


ADVICE = {
    "portal_not_read": Advice(
        "A portal could not be read",
        "Open the portal in a browser. On the same day, clear its snapshot task with what comes after it.",
    ),
    "host_not_read": Advice(
        "A portal that several cities share could not be read",
        "Open it in a browser. On the same day, clear the snapshot tasks of its cities with what comes after them.",
    ),
    "platform_not_read": Advice(
        "Portals of one platform could not be read",
        "Look at the platform's status page first: single portals of this platform are not listed meanwhile.",
    ),
    "catalogue_held": Advice(
        "A catalogue is held: its size differs much from before",
        "Look at the portal. Where the new size is right: civicgauge accept, then replay that day.",
    ),
    "run_failed": Advice("A run of ours failed", "Read the log of its last task in Airflow, repair, clear the task."),
    "city_unmeasured": Advice(
        "Not measured by its hour",
        "Look at its DAG in Airflow: is it paused, late, or red? A paused city stays in this list until it is resumed.",
    ),
    "outbox_held": Advice(
        "Messages to cities are held",
        "Answer in Airflow, DAG alert_release; or civicgauge alerts release ID, with --drop where it is our fault.",
    ),
    "message_in_doubt": Advice(
        "A message may or may not have been sent",
        "Look for its Message-ID in the mail server's log. Not there: civicgauge alerts release ID sends it again.",
    ),
    "message_failed": Advice(
        "A message could not be sent",
        "Mend what it says. The next digest says what a failed one could not; others: civicgauge alerts release ID.",
    ),
    "contact_bounced": Advice(
        "A recipient's server refused it for good",
        "Ask the city for another role address and put it into the city file.",
    ),
    "nobody_reachable": Advice(
        "None of a city's contacts can be reached", "Ask the city for a role address, with its consent."
    ),
    "dispute_waits": Advice(
        "A city says that we are wrong",
        "Look at civicgauge alerts show KEY, then: civicgauge alerts settle KEY --agree or --disagree, with a reason.",
    ),
    "nobody_for_privacy": Advice(
        "A released finding about personal data has nobody to go to",
        "Ask the city for a role address for privacy, and put it into its file with role privacy.",
    ),
    "release_waits": Advice(
        "A finding that may concern personal data waits for a person",
        "Look at it yourself: civicgauge alerts show KEY. To tell the privacy contact: civicgauge alerts release KEY.",
    ),
}


def advice_of(rule_id: str) -> Advice:
    """What is said of a matter; plain words for one that an older version knew."""
    return ADVICE.get(rule_id) or Advice(rule_id.replace("_", " "), "This version knows it no more.")


def matters(source: Source, warehouse: Warehouse, settings: Settings, at: datetime) -> list[Matter]:
    """Everything that is so at `at`, in order."""
    found: list[Matter] = []
    cities, by_city = source.cities, defaultdict[str, list[RunRecord]](list)
    for run in source.attempts(warehouse, (at - timedelta(days=RECENT_DAYS)).date()):
        if run.ended_at <= at and run.city_id in cities:
            by_city[run.city_id].append(run)
    found += of_portals(cities, by_city)
    for city_id, city in cities.items():
        found += _of_runs(city, by_city[city_id])
        found += _unmeasured(city, by_city[city_id], warehouse, settings.measured_by_hour, at)
    found += _of_outbox(warehouse, at)
    return sorted(set(found))


def _of_runs(city: City, runs: Sequence[RunRecord]) -> Iterator[Matter]:
    last = newest(runs)
    if last is not None and last.outcome == "suspect":
        yield Matter(city.id, "catalogue_held", "", last.problem or "its size differs much from before", last.day)
    if last is not None and last.outcome == "failed":
        yield Matter(city.id, "run_failed", "", last.problem or "ended before its commit", last.day)


def _unmeasured(
    city: City, runs: Sequence[RunRecord], warehouse: Warehouse, by_hour: int, at: datetime
) -> Iterator[Matter]:
    """A city whose last day that should be there by now is not; midnight mends nothing."""
    local = at.astimezone(city.zone)
    due_day = local.date() - timedelta(days=local.hour < by_hour)
    if any(run.day >= due_day for run in runs):
        return
    last = max((run.day for run in runs if run.outcome in SHOWN), default=None) or warehouse.latest_day(city.id)
    told = f"last measured on {last}" if last else "never measured"
    yield Matter(city.id, "city_unmeasured", "", told, last + timedelta(days=1) if last else due_day)


def _of_outbox(warehouse: Warehouse, at: datetime) -> Iterator[Matter]:
    alerts = warehouse.alerts
    for hold in alerts.holds(holding.OPEN):
        yield Matter("", "outbox_held", hold["hold_id"], hold["reason"], hold["opened_at"].date())
    for row in alerts.notifications(states=("doubtful", "failed")):
        rule = "message_in_doubt" if row["state"] == "doubtful" else "message_failed"
        told = f"{row['kind']} {row['notification_id']}: {row['problem']}"
        # all of one operators' contact are one matter: each would be told by a message that fails too, and so on
        field = row["contact_id"] if row["kind"] == "ops" else row["notification_id"]
        yield Matter(row["city_id"], rule, field, told, row["created_at"].date())
    yield from _of_contacts(alerts.contacts(), at)
    for row in alerts.incidents(states=("disputed",)):
        where = "" if row["is_private"] else f" {row['subject']}, {row['rule_id']}:"
        told = f"{row['incident_key']}:{where} {row['dispute']}"
        yield Matter(row["city_id"], "dispute_waits", row["incident_key"], told, row["opened_on"])
    yield from _of_private(alerts, at)


def _of_private(alerts: Alerts, at: datetime) -> Iterator[Matter]:
    """Findings about personal data that wait for a person, or for somebody to be told.

    Operators' messages go to rooms and into logs: the key leads who may look to where it is, and nobody else.
    """
    heard = {row["city_id"] for row in alerts.contacts() if row["role"] == "privacy" and contacts.is_told(row, at)}
    for row in alerts.private_open():
        key = row["incident_key"]
        if row["released_at"] is None:
            yield Matter(row["city_id"], "release_waits", key, key, row["opened_on"])
        elif row["city_id"] not in heard:
            yield Matter(row["city_id"], "nobody_for_privacy", key, key, row["released_at"].date())


def _of_contacts(rows: Iterable[dict[str, object]], at: datetime) -> Iterator[Matter]:
    by_city: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        if row["is_in_file"]:
            by_city[str(row["city_id"])].append(row)
    for city_id, found in by_city.items():
        for row in found:
            if isinstance(when := row["bounced_at"], datetime):
                yield Matter(
                    city_id,
                    "contact_bounced",
                    str(row["contact_id"]),
                    f"{row['role']}: {row['bounce_reason']}",
                    when.date(),
                )
        if not any(contacts.is_told(row, at) and row["role"] not in _TOLD_LITTLE for row in found):
            yield Matter(city_id, "nobody_reachable", "", f"{len(found)} named in its file", at.date())

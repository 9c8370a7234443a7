"""What must hold of all messages together: caps, hours, whole texts, and the operators' own matters."""

from __future__ import annotations

import email
import email.policy
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.landing.freshness import holiday_dates
from civicgauge.pipeline.alerting.matters import ADVICE

from .judging import Verdicts
from .running import Year
from .world import title_of

_MOST_SHOWN = 5


def check_all(year: Year, verdicts: Verdicts) -> None:
    """Every check of this file."""
    messages = [m for city_id, found in year.by_city.items() if city_id for m in found]
    _delivered(year, verdicts, messages)
    _caps(year, verdicts, messages)
    _hours(year, verdicts, messages)
    _texts(year, verdicts, messages)
    _bug(year, verdicts)
    Operators(year, verdicts).check()


def _delivered(year: Year, verdicts: Verdicts, messages: list[dict[str, Any]]) -> None:
    end = year.turns[-1]
    for message in messages:
        verdicts.figures[f"messages: {message['kind']}"] += 1
        is_there = message["notification_id"] in year.mails
        if message["due_at"] <= end and not (is_there and message["state"] == "sent"):
            verdicts.fail("message not delivered", f"{message['notification_id']} {message['state']}")
    queued = {m["notification_id"] for m in messages} | {m["notification_id"] for m in year.by_city.get("", ())}
    for stray in set(year.mails) - queued:
        verdicts.fail("mail that nobody queued", stray)
    verdicts.figures["messages to cities"] = len(messages)


def _caps(year: Year, verdicts: Verdicts, messages: list[dict[str, Any]]) -> None:
    by_contact: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for message in messages:
        by_contact[message["contact_id"]].append(message)
    for contact_id, found in by_contact.items():
        zone = ZoneInfo(year.contacts[contact_id]["time_zone"])
        digests = Counter(m["created_at"].astimezone(zone).date() for m in found if m["kind"] == "digest")
        if max(digests.values(), default=0) > 1:
            verdicts.fail("two digests on a day", contact_id)
        if sum(m["kind"] == "baseline" for m in found) > 1:
            verdicts.fail("two feedback reports", contact_id)
        criticals = [m["created_at"] for m in found if m["kind"] == "critical"]
        if any(b - a < timedelta(hours=24) for a, b in pairwise(criticals)):
            verdicts.fail("two criticals within 24 hours", contact_id)
        least = {"daily": 1, "weekly": 3, "monthly": 21}[year.contacts[contact_id]["cadence"]]
        days = sorted(digests)
        if any((b - a).days < least for a, b in pairwise(days)):
            verdicts.fail("digests too close together", contact_id)
    _asks(verdicts, messages)
    verdicts.figures["most messages to one recipient"] = max((len(found) for found in by_contact.values()), default=0)
    verdicts.figures["recipients"] = len(by_contact)


def _asks(verdicts: Verdicts, messages: list[dict[str, Any]]) -> None:
    asks = ("opened", "reopened", "worsened", "flapping")
    for message in messages:
        entries = {(i["notice"], i["rule_id"]) for i in message["items"] if i["notice"] in asks}
        verdicts.figures["most asks in a digest"] = max(verdicts.figures["most asks in a digest"], len(entries))
        verdicts.figures["digests with five asks, others left for the next"] += len(entries) == _MOST_SHOWN
        if len(entries) > _MOST_SHOWN:
            verdicts.fail("more than five asks", message["notification_id"])


def _hours(year: Year, verdicts: Verdicts, messages: list[dict[str, Any]]) -> None:
    """A digest and a feedback report come on a working day, not before the recipient's hour, and not at night."""
    for message in messages:
        if message["kind"] not in ("digest", "baseline") or message["sent_at"] is None:
            continue
        row = year.contacts[message["contact_id"]]
        local = message["sent_at"].astimezone(ZoneInfo(row["time_zone"]))
        free = holiday_dates(year.cities[message["city_id"]].holidays, (local.year,))
        if local.weekday() >= 5 or local.date() in free or not row["hour"] <= local.hour < 20:
            verdicts.fail("sent at an hour off", f"{message['notification_id']} {local}")


def _texts(year: Year, verdicts: Verdicts, messages: list[dict[str, Any]]) -> None:
    """Every mail names what it speaks of, once it is read back from its file, and says what it is and is not."""
    for message in messages:
        path = year.mails.get(message["notification_id"])
        if path is None:
            continue
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        part = mail.get_body(("plain",))
        text = " ".join(part.get_content().split()) if part else ""
        by_entry: dict[tuple[str, str], list[str]] = defaultdict(list)
        for item in message["items"]:
            by_entry[item["notice"], item["rule_id"]].append(title_of(message["city_id"], item["dataset_id"]))
        for titles in by_entry.values():
            named = sum(title in text for title in titles)
            if named < min(len(titles), _MOST_SHOWN):
                verdicts.fail("mail without its dataset", f"{path.name}: {titles}")
        if mail["To"] != year.contacts[message["contact_id"]]["address"]:
            verdicts.fail("mail to another", path.name)
        if "Bloomberg Philanthropies" not in text:
            verdicts.fail("mail without its notice", path.name)


def _bug(year: Year, verdicts: Verdicts) -> None:
    """Our own bug was held and dropped; the judge has found what was told of it under `told and not due`."""
    stopped = [hold for hold in year.holds if hold.is_dropped]
    verdicts.figures["bug of our own: held"] = len(stopped)
    verdicts.figures["holds that were none of our fault"] = len(year.holds) - len(stopped)
    if len(stopped) != 1:
        verdicts.fail("bug not held once", f"{len(stopped)} holds")


class Operators:
    """What the operators were told, from their own mails."""

    def __init__(self, year: Year, verdicts: Verdicts) -> None:
        self.year, self.verdicts = year, verdicts
        self.began: Counter[tuple[str, str]] = Counter()
        self.over: Counter[tuple[str, str]] = Counter()
        self.by_day: dict[tuple[str, date], set[str]] = defaultdict(set)
        for message in year.by_city.get("", ()):
            self._read(message)
        verdicts.figures["messages to operators"] = len(year.by_city.get("", ()))

    def _read(self, message: dict[str, Any]) -> None:
        path = self.year.mails[message["notification_id"]]
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        part = mail.get_body(("plain",))
        rules = {advice.title: rule for rule, advice in ADVICE.items()}
        rule = ""
        for line in (part.get_content() if part else "").splitlines():
            title = line.rpartition(" (")[0]
            if title in rules:
                rule = rules[title]
            elif line.startswith("  - "):
                place, _, rest = line[4:].partition(", since ")
                self.began[rule, place] += 1
                self.by_day[rule, date.fromisoformat(rest[:10])].add(place)
            elif line.startswith("Over: "):
                title, _, rest = line[6:].partition(" – ")
                self.over[rules[title], rest.partition(",")[0]] += 1

    def check(self) -> None:
        ledger, verdicts = self.year.ledger, self.verdicts
        for city_id, days in ledger.down.items():
            if len(self._of_city("portal_not_read", city_id)) != 1:
                verdicts.fail("portal down not told once", f"{city_id} {min(days)}")
        verdicts.figures["portals down: told to operators once"] = len(ledger.down)
        verdicts.figures["platform outages: told to operators"] = self.began["platform_not_read", "all cities"]
        outages = {(kind, day) for kind, day in ledger.outages.items()}
        if self.began["platform_not_read", "all cities"] != len(outages):
            verdicts.fail("platform outage not told once", str(dict(self.began)))
        if self.over["platform_not_read", "all cities"] != len(outages):
            verdicts.fail("end of outage not told once", str(dict(self.over)))
        for _, day in outages:
            for city_id in self.by_day["portal_not_read", day] - set(ledger.down):
                verdicts.fail("single portal told in an outage", f"{city_id} {day}")
        self._held_and_missing()

    def _of_city(self, rule: str, city_id: str) -> list[date]:
        return [day for (found, day), places in self.by_day.items() if found == rule and city_id in places]

    def _held_and_missing(self) -> None:
        ledger, verdicts = self.year.ledger, self.verdicts
        end = datetime.combine(ledger.last, datetime.min.time(), tzinfo=UTC).date()
        for city_id, day in sorted(ledger.held):
            if day < end and day not in self._of_city("catalogue_held", city_id):
                verdicts.fail("held catalogue not told", f"{city_id} {day}")
        verdicts.figures["catalogues held: told to operators"] = len(ledger.held)
        for rule in ("city_unmeasured", "catalogue_held", "portal_not_read"):
            for (found, place), count in self.began.items():
                if found == rule and not count - 1 <= self.over[rule, place] <= count:
                    verdicts.fail("begun and not over", f"{rule} {place}")
        verdicts.figures["days without a run: told to operators"] = sum(
            count for (rule, _), count in self.began.items() if rule == "city_unmeasured"
        )

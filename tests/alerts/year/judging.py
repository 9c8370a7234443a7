"""Turn by turn, recipient by recipient: what lies in the outbox against what had to be told, no more and no less."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.alerts.forms import Severity, incident_key
from civicgauge.city import City
from civicgauge.city import Contact as Named
from civicgauge.landing.freshness import holiday_dates
from civicgauge.warehouse.incidents import contact_id

from .expecting import Episode, Place, Seen, marks
from .running import Hold, Year

_DAY = timedelta(days=1)
_ASKS = frozenset({"opened", "reopened", "flapping"})
_RANKS = list(Severity)


@dataclass
class Reader:
    """A recipient, and what it has been told by the oracle's book."""

    contact: Named
    contact_id: str
    slots: list[datetime]
    known_at: datetime
    critical_at: datetime | None = None
    told: dict[tuple[str, int], list[tuple[str, date, Severity]]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Verdicts:
    """Figures, and every mismatch in words."""

    figures: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def fail(self, what: str, text: str) -> None:
        self.figures[what] += 1
        self.wrong.append(f"{what}: {text}")


class CityJudge:
    """One city's year."""

    def __init__(self, year: Year, city: City, verdicts: Verdicts) -> None:
        self.year, self.city, self.verdicts = year, city, verdicts
        faults = [fault for fault in year.ledger.faults if fault.city_id == city.id]
        self.places = {incident_key(city.id, "main", f.dataset, f.rule_id): Place(f, year.ledger) for f in faults}
        self.seen = _seen(year, city)
        self.messages = _by_turn(year, city.id)
        first = next(iter(self.seen))
        self.readers = [
            Reader(c, contact_id(city.id, "mail", c.address), _slots(city, c, year, first), first)
            for c in city.contacts
        ]
        self.cursor: date | None = None

    def judge(self) -> None:
        done = set[str]()
        for at in self.year.turns:
            for hold in self.year.holds:
                if hold.is_dropped and hold.ended_at and hold.ended_at <= at and hold.hold_id not in done:
                    done.add(hold.hold_id)
                    for place in self.places.values():
                        place.drop(min(hold.days))
            for seen in self.seen.get(at, ()):
                self.cursor = seen.day
                for place in self.places.values():
                    place.look(seen)
            if self.cursor is not None:
                self._turn(at)
        self._sum_up()

    def _turn(self, at: datetime) -> None:
        is_held = any(hold.opened_at <= at and not (hold.ended_at and hold.ended_at <= at) for hold in self.year.holds)
        # those of higher rank are told after the others, as their reminders follow from what others were told
        for reader in self.readers:
            found = self.messages.pop((at, reader.contact_id), [])
            if is_held:
                for message in found:
                    self.verdicts.fail("told while held", f"{self.city.id} {at} {message['kind']}")
                continue
            self._compare(at, reader, found)

    def _compare(self, at: datetime, reader: Reader, found: list[dict[str, Any]]) -> None:
        has_slot = bool(reader.slots) and reader.slots[0] <= at
        while reader.slots and reader.slots[0] <= at:
            reader.slots.pop(0)
        actual: dict[tuple[str, str], str] = {}
        for message in found:
            for item in message["items"]:
                actual[item["incident_key"], _class(item["notice"])] = message["kind"]
        is_full = any(len(_entries(m)) >= 5 for m in found if m["kind"] == "digest")
        can_now = reader.critical_at is None or at - reader.critical_at >= timedelta(hours=24)
        for key, place in self.places.items():
            for what, in_words in self._due(reader, key, place):
                is_urgent = what == "ask" and can_now and self._is_urgent(place, reader)
                if not (has_slot or is_urgent):
                    continue
                kind = actual.pop((key, what), None)
                if kind is not None:
                    self._told(reader, key, place, what, kind, at)
                elif not (what in ("ask", "worsened") and is_full):
                    self.verdicts.fail("not told", f"{at} {self.city.id} {reader.contact.role} {in_words}")
        for (key, what), kind in actual.items():
            self._unexpected(at, reader, key, what, kind)
        if any(m["kind"] == "critical" for m in found):
            reader.critical_at = at

    def _is_urgent(self, place: Place, reader: Reader) -> bool:
        live = place.live
        return (
            live is not None
            and live.severity is Severity.CRITICAL
            and not live.is_flapping
            and reader.contact.role != "escalation"
        )

    def _due(self, reader: Reader, key: str, place: Place) -> Iterator[tuple[str, str]]:
        """What the reader must be told of a place, if its digest comes now."""
        for number, episode in enumerate(place.episodes):
            told = reader.told[key, number]
            is_last = number == len(place.episodes) - 1
            words = f"{place.fault.kind} {place.fault.dataset} {place.fault.rule_id} opened {episode.day}"
            if reader.contact.role == "escalation":
                yield from self._due_above(place, episode, told, words, is_last=is_last)
                continue
            asked = [each for each in told if each[0] in ("ask", "worsened")]
            if episode.ended_on is not None:
                # while it may come back, nobody is told that it has gone
                is_over = is_last and place.is_over
                known = bool(asked) or (episode.is_baseline and episode.is_mended)
                if is_over and known and not any(each[0] == "ended" for each in told):
                    yield "ended", f"{words} ended {episode.ended_on}"
            elif not episode.is_silent and not episode.is_baseline:
                if not asked:
                    yield "ask", words
                elif _RANKS.index(episode.severity) < min(_RANKS.index(each[2]) for each in asked):
                    yield "worsened", words
                elif self._reminder_due(told, min(each[1] for each in asked)):
                    yield "reminder", words

    def _due_above(
        self, place: Place, episode: Episode, told: list[Any], words: str, *, is_last: bool
    ) -> Iterator[tuple[str, str]]:
        if episode.ended_on is not None:
            if told and is_last and place.is_over and not any(each[0] == "ended" for each in told):
                yield "ended", words
        elif not told and not episode.is_baseline and episode.severity is not Severity.WARNING and episode.told_on:
            assert self.cursor is not None
            if (self.cursor - episode.told_on).days >= 30:
                yield "reminder", words

    def _reminder_due(self, told: list[tuple[str, date, Severity]], begins: date) -> bool:
        assert self.cursor is not None
        passed = marks(begins, self.cursor)
        return bool(passed) and not any(what == "reminder" and day >= passed[-1] for what, day, _ in told)

    def _told(self, reader: Reader, key: str, place: Place, what: str, kind: str, at: datetime) -> None:
        number, episode = len(place.episodes) - 1, place.episodes[-1]
        assert self.cursor is not None
        reader.told[key, number].append((what, self.cursor, episode.severity))
        figures = self.verdicts.figures
        if what in ("ask", "worsened"):
            episode.told_on = episode.told_on or self.cursor
        name = {"ask": "openings told", "ended": "endings told", "reminder": "reminders told"}.get(what, "worse told")
        figures[name] += 1
        if what == "ended" and episode.is_baseline:
            figures["baseline faults thanked for"] += 1
        if kind == "critical":
            figures["told at once"] += 1
        if what == "ask":
            figures["days from opening to telling"] += (at.date() - episode.day).days

    def _unexpected(self, at: datetime, reader: Reader, key: str, what: str, kind: str) -> None:
        place = self.places.get(key)
        if place is None:
            self.verdicts.fail("told and not planted", f"{at} {self.city.id} {reader.contact.role} {key} {what}")
        else:
            fault = place.fault
            text = f"{at} {self.city.id} {reader.contact.role} {what} in {kind}: {fault.kind} {fault.place}"
            self.verdicts.fail("told and not due", text)

    def _sum_up(self) -> None:
        for leftover in self.messages.values():
            for message in leftover:
                self.verdicts.fail("message of no turn", str(message["notification_id"]))
        figures = self.verdicts.figures
        for place in self.places.values():
            figures["planted faults"] += 1
            figures[f"kind: {place.fault.kind}"] += 1
            figures["episodes that opened"] += sum(not each.is_baseline for each in place.episodes)
            figures["episodes at first sight"] += sum(each.is_baseline for each in place.episodes)
            never = [e for n, e in enumerate(place.episodes) if not e.is_baseline and e.told_on is None]
            figures["episodes over before their digest, told to nobody"] += sum(e.ended_on is not None for e in never)


def judge(year: Year) -> Verdicts:
    """Every city, and what concerns all."""
    verdicts = Verdicts()
    for city in year.cities.values():
        CityJudge(year, city, verdicts).judge()
    return verdicts


def _class(notice: str) -> str:
    return "ask" if notice in _ASKS else "ended" if notice in ("resolved", "closed", "confirmed") else notice


def _entries(message: dict[str, Any]) -> set[tuple[str, str]]:
    return {(i["notice"], i["rule_id"]) for i in message["items"] if _class(i["notice"]) in ("ask", "worsened")}


def _by_turn(year: Year, city_id: str) -> dict[tuple[datetime, str], list[dict[str, Any]]]:
    """Messages that lie in the outbox, with what they speak of, by turn and recipient."""
    found: dict[tuple[datetime, str], list[dict[str, Any]]] = defaultdict(list)
    for message in year.by_city.get(city_id, ()):
        if message["notification_id"] in year.mails:
            found[message["created_at"], message["contact_id"]].append(message)
    return found


def _seen(year: Year, city: City) -> dict[datetime, list[Seen]]:
    """Which days were decided in which turn: those that had ended, in order, none before one that was decided."""
    runs = sorted((r for r in year.days.all_runs[city.id] if r.outcome == "complete"), key=lambda r: r.ended_at)
    ended: dict[date, datetime] = {}
    found: dict[datetime, list[Seen]] = {}
    waiting: set[date] = set()
    last: date | None = None
    at_run = 0
    for at in year.turns:
        before = at_run
        while at_run < len(runs) and runs[at_run].ended_at <= at:
            ended.setdefault(runs[at_run].day, runs[at_run].ended_at)
            waiting.add(runs[at_run].day)
            at_run += 1
        if at_run == before:
            continue
        new = sorted(day for day in waiting if last is None or day > last)
        for day in new[-1:] if last is None else new:
            last = day
            is_timely = ended[day].astimezone(city.zone).date() <= day + _DAY
            found.setdefault(at, []).append(Seen(day, at, is_timely))
        waiting.clear()
    return found


def _slots(city: City, contact: Named, year: Year, first: datetime) -> list[datetime]:
    """The hours of all digests: of each day, week or month the wanted day, moved to the next working day."""
    zone = ZoneInfo(contact.time_zone or city.time_zone)
    free = holiday_dates(city.holidays, (2025, 2026, 2027, 2028))
    weekday = ("monday", "tuesday", "wednesday", "thursday", "friday").index(contact.weekday)
    found = set()
    day = year.ledger.first - 7 * _DAY
    while day <= year.ledger.last + _DAY:
        is_wanted = contact.cadence == "daily" or day.weekday() == weekday
        if is_wanted and (contact.cadence != "monthly" or day.day <= 7):
            moved = day
            while moved.weekday() >= 5 or moved in free:
                moved += _DAY
            if contact.cadence != "daily" or moved == day:
                found.add(moved)
        day += _DAY
    hours = [datetime(d.year, d.month, d.day, contact.hour, tzinfo=zone) for d in sorted(found)]
    return [hour for hour in hours if hour > first]


__all__ = ["CityJudge", "Hold", "Verdicts", "judge"]

"""The ledger: every fault and every odd day that is planted, and by it alone what each day truly held."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from random import Random

from civicgauge.alerts.forms import Severity, Verdict
from civicgauge.city import City

from .world import BEGINS, DATASETS, RULES

FAULTS_A_YEAR = 14
RULE_THAT_CHANGES = "links_work"
RULE_OF_THE_BUG = "update_on_time"
_DAY = timedelta(days=1)
_KINDS = {
    "late": 5,
    "broken links": 3,
    "empty table": 1,
    "worsened": 1,
    "mended quickly": 3,
    "one day only": 1,
    "flapping": 0.5,
    "never mended": 0.7,
    "unknown in the middle": 1,
    "other": 3,
}
_RULE = {
    "late": "update_on_time",
    "worsened": "update_on_time",
    "never mended": "update_on_time",
    "broken links": "links_work",
    "flapping": "links_work",
    "unknown in the middle": "links_work",
    "empty table": "rows_present",
}
_ANY = ("licence_stated", "description_present", "machine_readable", "publisher_named", "has_distribution")
_FLAPS = "FFFPPFFPPFF"  # F fails, P passes: three openings within two weeks

Place = tuple[str, str, str]


@dataclass
class Fault:
    """One planted fault: fails on its days, and on no other. `end` is the first day on which it is in order."""

    kind: str
    city_id: str
    dataset: str
    rule_id: str
    start: date
    end: date | None
    unknown: frozenset[date] = frozenset()
    passes: frozenset[date] = frozenset()  # of a flapping one
    worse_from: date | None = None
    since: date | None = None  # what the evidence says, where it says it
    is_baseline: bool = False
    seen_until: date | None = None  # a fault that a rule's old version alone finds

    @property
    def place(self) -> Place:
        return self.city_id, self.dataset, self.rule_id

    def verdict(self, day: date) -> Verdict:
        """What the check says of it on that day."""
        if day in self.unknown:
            return "unknown"
        is_on = self.start <= day and (self.end is None or day < self.end) and day not in self.passes
        return "failed" if is_on else "passed"

    def severity(self, day: date) -> Severity:
        """How much it matters on that day, where it fails."""
        if self.rule_id == "rows_present":
            return Severity.CRITICAL
        if self.rule_id == "update_on_time":
            is_worse = self.worse_from is not None and self.worse_from <= day and (self.end is None or day < self.end)
            return Severity.ERROR if is_worse else Severity.WARNING
        return Severity.WARNING


@dataclass
class Ledger:
    """Everything that was planted."""

    first: date
    last: date
    faults: list[Fault] = field(default_factory=list)
    late_datasets: dict[tuple[str, str], date] = field(default_factory=dict)  # first seen then
    skipped: set[tuple[str, date]] = field(default_factory=set)  # no run at all
    doubled: set[tuple[str, date]] = field(default_factory=set)
    held: set[tuple[str, date]] = field(default_factory=set)  # suspect crawls
    backfilled: dict[tuple[str, date], date] = field(default_factory=dict)  # completed on that later day
    down: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))  # a city's portal
    outages: dict[str, date] = field(default_factory=dict)  # by kind of platform
    bug: tuple[date, ...] = ()
    new_version_on: date | None = None
    by_place: dict[Place, list[Fault]] = field(default_factory=lambda: defaultdict(list))

    def add(self, fault: Fault) -> None:
        self.faults.append(fault)
        self.by_place[fault.place].append(fault)

    def version(self, rule_id: str, day: date) -> int:
        """The version of a rule on that day, counted from 1."""
        changed = self.new_version_on is not None and day >= self.new_version_on
        return 2 if rule_id == RULE_THAT_CHANGES and changed else 1


def plant(cities: dict[str, City], days: int, seed: int) -> Ledger:
    """Faults over so many days. The odd days of all cities fall into the middle of the time."""
    random = Random(f"faults {seed}")
    ledger = Ledger(BEGINS, BEGINS + timedelta(days=days - 1))
    middle = BEGINS + timedelta(days=days // 2)
    ledger.new_version_on = middle - timedelta(days=max(days // 10, 8))
    ledger.bug = tuple(middle + timedelta(days=n) for n in range(3))
    ledger.outages["ckan"] = middle + timedelta(days=max(days // 8, 9))
    for city_id in cities:
        _of_city(ledger, city_id, days, random)
    ids = sorted(cities)
    for n in range(max(1, len(ids) // 50)):  # three days without an answer
        begins = BEGINS + timedelta(days=random.randrange(8, days - 8))
        ledger.down[ids[(7 * n + 2) % len(ids)]] |= {begins + timedelta(days=k) for k in range(3)}
    _odd_days(ledger, ids, days, random)
    return ledger


def _of_city(ledger: Ledger, city_id: str, days: int, random: Random) -> None:
    places = [place for place in product(DATASETS[:10], RULES) if place[1] != "rows_present" or place[0] < "d05"]
    random.shuffle(places)

    def take(rules: tuple[str, ...]) -> tuple[str, str]:
        return places.pop(next(n for n, place in enumerate(places) if place[1] in rules))

    for _ in range(4):
        _baseline(ledger, city_id, take(RULES), days, random)
    kinds = random.choices(list(_KINDS), list(_KINDS.values()), k=_poisson(FAULTS_A_YEAR * days / 365, random))
    for kind in kinds:
        wanted = (_RULE[kind],) if kind in _RULE else _ANY
        if sum(place[1] in wanted for place in places) < 3:  # two are kept for the rule's new version
            continue
        dataset, rule_id = take(wanted)
        start = BEGINS + timedelta(days=random.randrange(3, days))
        ledger.add(_fault(kind, city_id, dataset, rule_id, start, random))
    _late_dataset(ledger, city_id, days, random)
    _of_new_version(ledger, city_id, take, random)


def _fault(kind: str, city_id: str, dataset: str, rule_id: str, start: date, random: Random) -> Fault:
    lasts = {
        "mended quickly": random.randrange(2, 9),
        "one day only": 1,
        "worsened": random.randrange(50, 90),
        "flapping": len(_FLAPS),
        "unknown in the middle": random.randrange(12, 60),
    }.get(kind, random.randrange(4, 80))
    end = None if kind == "never mended" else start + timedelta(days=lasts)
    fault = Fault(kind, city_id, dataset, rule_id, start, end)
    if rule_id == "update_on_time":
        fault.since = start
    if kind in ("worsened", "never mended"):
        fault.worse_from = start + timedelta(days=random.randrange(15, 40))
    if kind == "flapping":
        fault.passes = frozenset(start + timedelta(days=n) for n, sign in enumerate(_FLAPS) if sign == "P")
    if kind == "unknown in the middle":
        begins = random.randrange(2, lasts - 4)
        fault.unknown = frozenset(start + timedelta(days=begins + n) for n in range(random.randrange(3, 6)))
    return fault


def _baseline(ledger: Ledger, city_id: str, place: tuple[str, str], days: int, random: Random) -> None:
    """There when we first look; mended some day, or not."""
    end = BEGINS + timedelta(days=random.randrange(5, max(days, 10))) if random.random() < 0.5 else None
    since = BEGINS - timedelta(days=60) if place[1] == "update_on_time" else None
    ledger.add(Fault("baseline", city_id, *place, BEGINS, end, since=since, is_baseline=True))


def _late_dataset(ledger: Ledger, city_id: str, days: int, random: Random) -> None:
    """A dataset that is first seen late, with faults that are older."""
    if random.random() > 0.2:
        return
    seen = BEGINS + timedelta(days=random.randrange(days // 2, days))
    ledger.late_datasets[city_id, "d11"] = seen
    end = seen + timedelta(days=random.randrange(10, 60)) if random.random() < 0.5 else None
    for rule_id, since in (("update_on_time", seen - timedelta(days=90)), ("licence_stated", None)):
        ledger.add(Fault("old, seen late", city_id, "d11", rule_id, seen, end, since=since, is_baseline=True))


def _of_new_version(ledger: Ledger, city_id: str, take: object, random: Random) -> None:
    """Found by the new version alone (baseline), or by the old one alone (closes without praise)."""
    changed = ledger.new_version_on
    if changed is None or random.random() > 0.15 or not callable(take):
        return
    found_now, found_before = take((RULE_THAT_CHANGES,)), take((RULE_THAT_CHANGES,))
    end = changed + timedelta(days=random.randrange(6, 40)) if random.random() < 0.5 else None
    ledger.add(Fault("of the new version", city_id, *found_now, changed, end, is_baseline=True))
    start = changed - timedelta(days=random.randrange(2, 40))
    if start > ledger.first + _DAY:
        ledger.add(Fault("of the old version", city_id, *found_before, start, changed, seen_until=changed))


def _odd_days(ledger: Ledger, ids: list[str], days: int, random: Random) -> None:
    """Runs that are missing, doubled, held or late; none at the very beginning."""
    special = {*ledger.bug, *(ledger.bug[-1] + n * _DAY for n in range(1, 4)), *ledger.outages.values()}
    for city_id in ids:
        number = 2
        while number < days - 5:
            day = BEGINS + timedelta(days=number)
            drawn = random.random()
            number += 1
            if day in special or day in ledger.down.get(city_id, set()):
                continue
            if drawn < 0.006:
                ledger.skipped.add((city_id, day))
            elif drawn < 0.02:
                ledger.doubled.add((city_id, day))
            elif drawn < 0.023:
                ledger.held.add((city_id, day))
            elif drawn < 0.026:
                done = day + timedelta(days=3)
                for back in range(3):
                    ledger.backfilled[city_id, day + timedelta(days=back)] = done
                number += 4
            elif drawn < 0.0275:  # completed when the next day is decided already: too late to count
                ledger.backfilled[city_id, day] = day + timedelta(days=2)
                number += 2


def _poisson(mean: float, random: Random) -> int:
    """A whole number that is `mean` on average."""
    count, left = 0, random.expovariate(1)
    while left < mean:
        count += 1
        left += random.expovariate(1)
    return count

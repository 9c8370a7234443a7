"""The simulation's stored days, as alerts read them: runs that ended by now, and what each of them found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from random import Random

from civicgauge.alerts.forms import DayFacts, Finding, Severity, Verdict
from civicgauge.model import City, RunRecord
from civicgauge.pipeline.alerting.source import About, is_timely
from civicgauge.quality.form import Check
from civicgauge.warehouse import Warehouse

from .planting import RULE_OF_THE_BUG, RULE_THAT_CHANGES, Ledger
from .world import BEGINS, DATASETS, RULES, checks, title_of

_BY_HOUR = 5


class Days:
    """A Source whose present is `now`."""

    def __init__(self, cities: dict[str, City], ledger: Ledger, seed: int) -> None:
        self._cities, self.ledger, self.now = cities, ledger, datetime.min.replace(tzinfo=UTC)
        self._random = Random(f"days {seed}")
        self.all_runs: dict[str, list[RunRecord]] = defaultdict(list)
        for city in cities.values():
            self.all_runs[city.id] = sorted(self._runs_of(city), key=lambda run: run.ended_at)
        self._known: dict[str, dict[date, RunRecord]] = defaultdict(dict)
        self._attempts: list[RunRecord] = []
        self._waiting = sorted((run for runs in self.all_runs.values() for run in runs), key=lambda r: r.ended_at)
        self._at = 0
        self._usual: dict[str, dict[tuple[str, str], Finding]] = {}

    def go_to(self, now: datetime) -> None:
        """Let time go on: what ended by then is stored."""
        self.now = now
        while self._at < len(self._waiting) and self._waiting[self._at].ended_at <= now:
            run = self._waiting[self._at]
            self._at += 1
            self._attempts.append(run)
            current = self._known[run.city_id].get(run.day)
            measured = run.outcome in ("complete", "suspect")
            if measured and (current is None or run.outcome == "complete"):
                self._known[run.city_id][run.day] = run
        recent = (now - timedelta(days=12)).date()
        self._attempts = [run for run in self._attempts if run.day >= recent]

    # ------------------------------------------------------------ the Source

    @property
    def cities(self) -> Mapping[str, City]:
        return self._cities

    @property
    def checks(self) -> Mapping[str, Check]:
        changed = self.ledger.version(RULE_THAT_CHANGES, self._rule_day) - 1
        return self._later if changed else checks()

    @cached_property
    def _later(self) -> dict[str, Check]:
        told = checks()[RULE_THAT_CHANGES]
        return {**checks(), RULE_THAT_CHANGES: told.model_copy(update={"version": told.version + 1})}

    @property
    def _rule_day(self) -> date:
        """Check files change at night, between the last turn of a day and the first run of the next."""
        return self.now.date()

    def runs(self, _warehouse: Warehouse, city_id: str, since: date | None = None) -> Sequence[RunRecord]:
        known = self._known[city_id]
        if since is not None:
            span = (self.now.date() - since).days + 2
            return [run for n in range(span) if (run := known.get(since + timedelta(days=n)))]
        return [known[day] for day in sorted(known)]

    def attempts(self, _warehouse: Warehouse, since: date) -> Sequence[RunRecord]:
        return [run for run in self._attempts if run.day >= since]

    def facts(self, city: City, run: RunRecord) -> DayFacts:
        found = dict(self._usual_of(city.id))
        for dataset, first_seen in self._hidden(city.id):
            if run.day < first_seen:
                found = {place: each for place, each in found.items() if place[0] != dataset}
        is_bug = run.day in self.ledger.bug
        seen = dict(self._hidden(city.id))
        for (dataset, rule_id), each in list(found.items()):
            for fault in self.ledger.by_place.get((city.id, dataset, rule_id), ()):
                verdict = fault.verdict(run.day)
                if verdict != "passed":
                    found[dataset, rule_id] = _finding(
                        dataset, rule_id, verdict, fault.severity(run.day), fault.since, seen
                    )
            if is_bug and rule_id == RULE_OF_THE_BUG and found[dataset, rule_id] is each:
                first = self.ledger.bug[0]
                found[dataset, rule_id] = _finding(dataset, rule_id, "failed", Severity.WARNING, first, seen)
        told = self._under_present_rules(run.day, found)
        return DayFacts(city.id, run.day, is_timely(city, run), tuple(told), frozenset(), run.started_at)

    def _under_present_rules(self, day: date, found: dict[tuple[str, str], Finding]) -> Iterator[Finding]:
        """Results of another version than the rule's present one say nothing, as with stored days."""
        ledger = self.ledger
        old = ledger.version(RULE_THAT_CHANGES, day) != ledger.version(RULE_THAT_CHANGES, self._rule_day)
        return (each for each in found.values() if not (old and each.rule_id == RULE_THAT_CHANGES))

    def titles(self, _warehouse: Warehouse, city_id: str) -> Mapping[tuple[str, str], About]:
        base = self._cities[city_id].portals[0].base_url
        return {("main", d): About(title_of(city_id, d), f"{base}/d/{d}") for d in DATASETS}

    def points(self, city_id: str, day: date) -> Sequence[tuple[str, int, int]]:
        faults = [f for f in self.ledger.faults if f.city_id == city_id and f.verdict(day) == "failed"]
        return [("Updated on time", sum(f.rule_id == RULE_OF_THE_BUG for f in faults), len(DATASETS))]

    # ------------------------------------------------------------ what is behind it

    def _hidden(self, city_id: str) -> list[tuple[str, date]]:
        return [(dataset, seen) for (city, dataset), seen in self.ledger.late_datasets.items() if city == city_id]

    def _usual_of(self, city_id: str) -> dict[tuple[str, str], Finding]:
        """What a day finds where nothing is wrong: the last dataset is there only where it was planted."""
        if city_id not in self._usual:
            datasets = [d for d in DATASETS if d != "d11" or (city_id, d) in self.ledger.late_datasets]
            self._usual[city_id] = {
                (d, rule): _finding(d, rule, "passed")
                for d in datasets
                for rule in RULES
                if rule != "rows_present" or d < "d05"
            }
        return self._usual[city_id]

    def _runs_of(self, city: City) -> Iterator[RunRecord]:
        ledger, day = self.ledger, self.ledger.first
        while day <= ledger.last:
            if (city.id, day) not in ledger.skipped:
                yield from self._runs_on(city, day)
            day += timedelta(days=1)

    def _runs_on(self, city: City, day: date) -> Iterator[RunRecord]:
        ledger = self.ledger
        done_on = ledger.backfilled.get((city.id, day), day)
        minutes = 60 * (_BY_HOUR - (done_on > day)) + self._random.randrange(1, 40)
        start = datetime(done_on.year, done_on.month, done_on.day, tzinfo=city.zone) + timedelta(minutes=minutes)
        unread = day in ledger.down.get(city.id, ()) or any(
            ledger.outages.get(portal.kind) == day for portal in city.portals
        )
        outcome = "not_measured" if unread else "suspect" if (city.id, day) in ledger.held else "complete"
        yield _run(city.id, day, start, outcome, "1")
        if (city.id, day) in ledger.doubled:
            yield _run(city.id, day, start + timedelta(hours=4), outcome, "2")


def _run(city_id: str, day: date, start: datetime, outcome: str, mark: str) -> RunRecord:
    start = start.astimezone(UTC)
    problems = {"not_measured": "main: no answer within 120 seconds", "suspect": "main: half of the catalogue is gone"}
    return RunRecord(
        run_id=f"{city_id}.{day}.{mark}",
        city_id=city_id,
        day=day,
        as_of=start + timedelta(minutes=5),
        started_at=start,
        ended_at=start + timedelta(minutes=20),
        outcome=outcome,
        method_version="1",
        config_digest="0",
        problem=problems.get(outcome),
    )


def _finding(
    dataset: str,
    rule_id: str,
    verdict: Verdict,
    severity: Severity = Severity.WARNING,
    since: date | None = None,
    first_seen: Mapping[str, date] | None = None,
) -> Finding:
    if verdict != "failed":
        return Finding("main", dataset, rule_id, verdict)
    return Finding(
        portal_id="main",
        dataset_id=dataset,
        rule_id=rule_id,
        verdict=verdict,
        severity=severity,
        observed="not as it should be",
        expected="as the rule asks",
        since=since,
        first_seen=(first_seen or {}).get(dataset, BEGINS),
    )

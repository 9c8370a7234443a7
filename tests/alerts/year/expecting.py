"""What each day of one place must come to, worked out from the ledger alone: the oracle of the simulation.

It knows the rules in words (two days that fail open, one or two that pass mend, ...) and nothing of the machine's code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from civicgauge.alerts.forms import Severity, Verdict

from .planting import RULE_OF_THE_BUG, Fault, Ledger

OPENS = {"rows_present": 1}
RESOLVES = {"update_on_time": 1}
_FLAP_WINDOW, _FLAP_OPENINGS, _FLAP_QUIET = 14, 3, 7


@dataclass(frozen=True)
class Seen:
    """A day that was decided: in which turn, and whether it had come in time."""

    day: date
    at: datetime
    is_timely: bool


@dataclass
class Episode:
    """One opening of a fault."""

    day: date
    is_baseline: bool
    is_silent: bool
    is_flapping: bool
    severity: Severity
    told_on: date | None = None
    ended_on: date | None = None
    is_mended: bool = False


@dataclass
class Place:
    """A fault's place, day after day."""

    fault: Fault
    ledger: Ledger
    failed: int = 0
    passed: int = 0
    version: int = 0  # that judged it last
    was_dropped: bool = False  # and nothing was seen of it since
    openings: list[date] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)

    @property
    def live(self) -> Episode | None:
        """The episode that is open."""
        return self.episodes[-1] if self.episodes and self.episodes[-1].ended_on is None else None

    def look(self, seen: Seen) -> None:
        """A decided day."""
        verdict = self._verdict(seen)
        if verdict == "unknown":
            return
        self.was_dropped = False
        version = self.ledger.version(self.fault.rule_id, seen.day)
        is_first, self_version = version != self.version, self.version
        self.version = version
        if verdict == "failed":
            self._fails(seen, is_first=is_first)
        else:
            self._is_fine(seen, is_other_version=is_first and self_version > 0)

    def _verdict(self, seen: Seen) -> Verdict:
        place = (self.fault.city_id, self.fault.dataset)
        if seen.day < self.ledger.late_datasets.get(place, seen.day):
            return "unknown"  # not there yet
        changed = self.ledger.version(self.fault.rule_id, seen.at.date()) != self.ledger.version(
            self.fault.rule_id, seen.day
        )
        if changed:
            return "unknown"  # a day of the old version, decided under the new one
        if self.fault.rule_id == RULE_OF_THE_BUG and seen.day in self.ledger.bug:
            return "failed"
        return self.fault.verdict(seen.day)

    def _fails(self, seen: Seen, *, is_first: bool) -> None:
        self.failed, self.passed = (1 if is_first and self.live is None else self.failed + 1), 0
        severity = self.fault.severity(seen.day)
        if live := self.live:
            live.severity = severity
            live.is_silent = live.is_silent and not seen.is_timely
            live.is_flapping = live.is_flapping and self.failed < _FLAP_WINDOW
        elif is_first:
            self._open(seen, severity, is_baseline=True)
        elif self.failed >= OPENS.get(self.fault.rule_id, 2):
            self._open(seen, severity, is_baseline=False)

    def _open(self, seen: Seen, severity: Severity, *, is_baseline: bool) -> None:
        self.openings = [day for day in self.openings if (seen.day - day).days < _FLAP_WINDOW] + [seen.day]
        flaps = len(self.openings) >= _FLAP_OPENINGS
        self.episodes.append(Episode(seen.day, is_baseline, not seen.is_timely, flaps, severity))

    def _is_fine(self, seen: Seen, *, is_other_version: bool) -> None:
        self.failed = 0
        if not (live := self.live):
            return
        self.passed += 1
        needed = _FLAP_QUIET if live.is_flapping else RESOLVES.get(self.fault.rule_id, 2)
        if is_other_version or self.passed >= needed:
            live.ended_on, live.is_mended = seen.day, not is_other_version
            self.passed = 0

    def drop(self, since: date) -> None:
        """An operator drops what nobody was told of and opened since that day."""
        live = self.live
        if live and not live.is_baseline and live.told_on is None and live.day >= since:
            self.episodes.pop()
            self.openings.pop()
            self.failed, self.was_dropped = 0, True

    @property
    def is_over(self) -> bool:
        """Nothing is open, and nothing looks as if it comes back."""
        return self.live is None and self.failed == 0 and not self.was_dropped


def marks(begins: date, today: date) -> list[date]:
    """The days after which a reminder is due, as far as they have come."""
    return [day for n in (30, 60, 90) if (day := begins + timedelta(days=n)) <= today]

"""One whole turn: decide the stored days and queue what is due. Never earlier than the last turn."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any

from civicgauge.alerts.forms import Incident
from civicgauge.errors import ConfigurationError
from civicgauge.model import City
from civicgauge.pipeline.alerting import contacts, deciding, holding, operations
from civicgauge.pipeline.alerting.editionreading import Editions, InEdition
from civicgauge.pipeline.alerting.editiontelling import tell_of_editions
from civicgauge.pipeline.alerting.editionwriting import EditionWriter
from civicgauge.pipeline.alerting.source import Source, Stored
from civicgauge.pipeline.alerting.telling import Queued, free_days, tell
from civicgauge.pipeline.alerting.writing import Writer
from civicgauge.pipeline.context import Context
from civicgauge.settings import Settings
from civicgauge.warehouse import Warehouse

log = logging.getLogger("civicgauge.alerts")
CURSOR = "alerts"


class TooEarly(ConfigurationError):
    """A turn at a time before the last one's: nothing was done."""


@dataclass
class Turn:
    """What a turn came to."""

    at: datetime
    decided: int = 0
    queued: list[Queued] = field(default_factory=list)
    hold: dict[str, Any] | None = None
    ops: tuple[str, ...] = ()


def turn(context: Context, at: datetime) -> Turn:
    """Decide and queue what is due at `at`; nothing is sent here.

    TooEarly for a time before the last turn's: what was told then cannot be untold. A city whose day cannot be decided,
    or whose news cannot be written, is raised at the end, when all others have been served.
    """
    with context.warehouse() as warehouse:
        return turn_with(Stored(context), warehouse, context.settings, at)


def turn_with(source: Source, warehouse: Warehouse, settings: Settings, at: datetime) -> Turn:
    """The same from any source of days."""
    last = warehouse.cursor(CURSOR)
    if last is not None and at < datetime.fromisoformat(last):
        raise TooEarly(
            f"--as-of: {at.isoformat()} lies before the last turn, {last}; what was told since cannot be untold"
        )
    warehouse.set_cursor(CURSOR, at.isoformat(), at=at)  # first: a turn that breaks off may have told some
    result = Turn(at)
    try:
        result.decided = len(deciding.decide(source, warehouse, at))
    finally:  # one city whose day cannot be read keeps no other from being told
        is_muted = _muted(warehouse, at)
        result.hold = holding.hold_where_unusual(warehouse, len(warehouse.alerts.decided()), at, is_muted)
        result.ops = operations.look(source, warehouse, settings, at)  # after the hold, which is theirs to know
        if result.hold is None:
            result.queued = _tell_all(source, warehouse, settings, at, is_muted)
        else:
            _meet_all(source, warehouse, at)
    return result


def _muted(warehouse: Warehouse, at: datetime) -> Callable[[Incident], bool]:
    silences = warehouse.alerts.silences(at)
    return lambda incident: is_silenced(incident, silences)


def _meet_all(source: Source, warehouse: Warehouse, at: datetime) -> None:
    """Who is named in a city's file during a hold is known from now on: what opens then is news to it."""
    decided = warehouse.alerts.decided()
    for city_id, city in sorted(source.cities.items()):
        if city_id in decided:
            with warehouse.alerts.desk(city_id) as desk:
                contacts.sync(desk, city, at, free_days(city, at))


def _tell_all(
    source: Source, warehouse: Warehouse, settings: Settings, at: datetime, is_muted: Callable[[Incident], bool]
) -> list[Queued]:
    decided, editions = warehouse.alerts.decided(), Editions.read(warehouse, at)
    found: list[Queued] = []
    wrong: Exception | None = None
    for city_id, city in sorted(source.cities.items()):
        of_edition = partial(_edition_writer, source, warehouse, settings, city, at)
        try:
            if city_id in decided:
                found += tell(warehouse, city, _writer_of(source, warehouse, settings, city), at, is_muted)
            found += tell_of_editions(warehouse, city, editions, of_edition, at)
        except Exception as error:  # the others are told; the run is red
            log.exception("%s: what is due could not be queued", city_id)
            wrong = error
    if wrong is not None:
        raise wrong
    return found


def _writer_of(source: Source, warehouse: Warehouse, settings: Settings, city: City) -> Callable[[], Writer]:
    @cache
    def writer() -> Writer:
        cursor = warehouse.alerts.decided()[city.id]
        runs = [run for run in source.runs(warehouse, city.id, cursor.day) if run.day == cursor.day]
        return Writer(source, warehouse, settings, city, runs[-1])

    return writer


def _edition_writer(
    source: Source, warehouse: Warehouse, settings: Settings, city: City, at: datetime, about: InEdition
) -> EditionWriter:
    return EditionWriter(source, warehouse, settings, city, about, at)


def is_silenced(incident: Incident, silences: list[dict[str, Any]]) -> bool:
    """Whether a silence that holds now matches: each part that it names must be the incident's own."""
    names = ("city_id", "portal_id", "dataset_id", "rule_id")
    return any(all(silence[name] in (None, getattr(incident, name)) for name in names) for silence in silences)

"""What a change of a city's file moved: the day's own snapshots landed as the file was before, and held against it.

What the portal changed since is in both, so that what differs is the file's doing alone. One row of the audit says
which keys of the file changed and which numbers moved by it; where none moved, there is no row.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from civicgauge.model import City, IndicatorValue, RunRecord
from civicgauge.pipeline import judging
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import relanding
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.audit import Act
from civicgauge.warehouse.cityday import SHOWN

log = logging.getLogger("civicgauge.commit")
ACTION, NOBODY = "configuration.changed", "civicgauge"
_MOVED = "the city's file was changed; the numbers named moved by that alone"
_NOT_APART = (
    "the city's file was changed; as it was before was not kept, so that what it moved cannot be told apart from what "
    "the portal changed since"
)
_OUR_FAULT = "the city's file was changed; which numbers moved by it could not be computed, by a fault of our own"
_NUMBERS = ("value", "status", "n_unknown", "value_low", "value_high")


def acts(context: Context, run: RunRecord, values: Sequence[IndicatorValue]) -> list[Act]:
    """What the audit is to say of a day that is about to be committed: one act where the file moved a number, or none.

    A fault of our own in telling it makes no day red: it is logged, and the act says that it could not be told.
    """
    try:
        found = _act(context, run, values)
    except Exception:  # the numbers themselves are measured and right
        log.exception("%s %s: what the changed file of the city moved could not be told", run.city_id, run.day)
        found = _made(run, _OUR_FAULT, {})
    return [found] if found else []


def _act(context: Context, run: RunRecord, values: Sequence[IndicatorValue]) -> Act | None:
    with context.warehouse() as warehouse:
        before = _last(warehouse, run)
        if before is None or before.config_digest == run.config_digest or before.catalog_attempt is None:
            return None
        replaced = warehouse.indicator_values(run.city_id, run.day) if before.day == run.day else []
    catalog = str(run.catalog_attempt)
    old, new = (_file_of(context, folder) for folder in (before.catalog_attempt, catalog))
    if old is None or new is None:
        moved = _moved(replaced, values)
        return _made(run, _NOT_APART, {"moved": moved}) if moved else None
    keys = list(_keys(_plain(old), _plain(new)))
    if not keys:
        return None  # contacts alone, which move nothing
    moved = _moved(_as_before(context, catalog, old), values)
    return _made(run, _MOVED, {"keys": keys, "moved": moved}) if moved else None


def _last(warehouse: Warehouse, run: RunRecord) -> RunRecord | None:
    """The run that stands: of the day itself, where it is computed once more, else of the last shown day before."""
    same = warehouse.current_run(run.city_id, run.day)
    if same is not None and same.outcome in SHOWN:
        return same
    return warehouse.last_current_run(run.city_id, run.day)


def _file_of(context: Context, catalog: str) -> City | None:
    manifest = context.lake.manifest(catalog)
    return relanding.kept_city(context.lake, catalog, manifest) if manifest else None


def _as_before(context: Context, catalog: str, old: City) -> list[IndicatorValue]:
    """The day's numbers as the file was before; nothing of their making is left in the lake."""
    folder = relanding.compute(context, catalog, old, {}, {"reconfigured_of": catalog})
    values = judging.read_values(context, folder)
    manifest = judging.manifest_of(context, folder)
    for each in (folder, manifest["checks"], manifest["catalog"]):
        context.lake.remove(each)
    return values


def _moved(before: Iterable[IndicatorValue], now: Iterable[IndicatorValue]) -> dict[str, Any]:
    """The numbers that differ, from what to what, by indicator; only equal versions are compared."""
    new = {(value.indicator_id, value.indicator_version): value for value in now}
    pairs = ((old, new.get((old.indicator_id, old.indicator_version))) for old in before)
    told = ((old.indicator_id, _told(old), _told(value)) for old, value in pairs if value is not None)
    return {indicator_id: {"from": old, "to": value} for indicator_id, old, value in told if old != value}


def _told(value: IndicatorValue) -> dict[str, Any]:
    return {name: str(told) if name == "status" else told for name in _NUMBERS for told in [getattr(value, name)]}


def _plain(city: City) -> dict[str, Any]:
    return city.model_dump(mode="json", exclude={"contacts"})


def _keys(old: Mapping[str, Any], new: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The names of the keys whose values differ, as `own.publishers`; of a list its name alone, and no value."""
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from _keys(before, after, f"{above}{name}.")
        elif before != after:
            yield f"{above}{name}"


def _made(run: RunRecord, reason: str, details: Mapping[str, Any]) -> Act:
    day: date = run.day
    about = {"day": day.isoformat(), "config_digest": run.config_digest, **details}
    return Act(run.ended_at, NOBODY, ACTION, day.isoformat(), run.city_id, reason, about)

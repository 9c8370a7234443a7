"""Retention: what the lake and the warehouse hold for so long, and what stays for ever.

Every step removes only what no other day needs, can be killed at any point, and goes on at the next call. What a
publication cites is marked (`keep_day`), and nothing of that city's day goes.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache, partial

from civicgauge.errors import LakeDamaged
from civicgauge.lake import Lake, part_of
from civicgauge.model import RunRecord
from civicgauge.pipeline import asking
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import citing, marks
from civicgauge.pipeline.sweeping import KEEP_ORPHANS_DAYS, LOOK_BACK_DAYS, below, prune_rows, sweep
from civicgauge.settings import KEEP_AT_LEAST
from civicgauge.warehouse import Warehouse

log = logging.getLogger("civicgauge.publish")

KEEP_ATTEMPTS_DAYS = 30
"""So long a replaced attempt stays: a warehouse restored from a backup that is not older finds its files."""
TIDIED = "tidied"
"""The cursor that holds the day of the last whole round."""
RESULTS_FROM = "results_from"
"""The cursor that says from which day on the warehouse holds the results of single datasets."""


# ---------------------------------------------------------------- what is cited


def keep_day(lake: Lake, city_id: str, day: str, cited_by: str, at: datetime, *, is_of_an_edition: bool = False) -> str:
    """Mark a city's day as cited by a publication (its id): nothing that proves its numbers goes by age.

    Returns the folder of the mark. An edition's own words lie in it, beside its manifest; a mark without one is half
    removed.
    """
    folder = mark_of(city_id, day, cited_by)
    about = {"files": {}, "is_of_an_edition": is_of_an_edition, "cited_by": cited_by, "at": at.isoformat()}
    lake.rewrite(folder, about, {})
    return folder


def mark_of(city_id: str, day: str, cited_by: str) -> str:
    """The folder of a mark."""
    return f"kept/{city_id}/{day}/{part_of(cited_by)}"


def kept_days(lake: Lake, city_id: str) -> frozenset[str]:
    """The marked days of a city."""
    return frozenset(lake.folders(f"kept/{city_id}"))


def kept_rows(lake: Lake) -> frozenset[str]:
    """The versions of rows that held on marked days."""
    found = set()
    for city in below(lake, "kept", 1):
        city_id = city.partition("/")[2]
        for portal in below(lake, f"pulls/{city_id}", 1):
            pulls = (each for day in lake.folders(city) for each in below(lake, f"{portal}/{day}", 1))
            told = (each for pull in pulls for each in lake.committed(pull))  # not the last alone: any may be cited
            found |= {part["rows"] for _, manifest in told for part in manifest["resources"] if part["rows"]}
    return frozenset(found)


# ---------------------------------------------------------------- what portals said


def prune_snapshots(lake: Lake, now: datetime, keep_days: int) -> int:
    """Remove what portals said before so many days; returns how many days of portals lost theirs.

    Of each portal stay the last stored day of every month, marked days, and the days that a crawl of today would be
    held against. A day's links and pulls go with its catalogue, which goes last: it is the sign that something is left.
    """
    limit, removed = (now.date() - timedelta(days=keep_days)).isoformat(), 0
    for portal in below(lake, "raw", 2):
        days = lake.folders(portal)
        for day in _past(lake, portal, days, limit):
            where = f"{portal.removeprefix('raw/')}/{day}"
            lake.remove_all(f"links/{where}")
            for dataset in lake.folders(f"pulls/{where}"):
                lake.remove_all(f"pulls/{where}/{dataset}")
            lake.remove_all(f"pulls/{where}")
            lake.remove_all(f"raw/{where}")
            removed += 1
    return removed


def _past(lake: Lake, portal: str, days: list[str], limit: str) -> list[str]:
    """The days of a portal that may go."""
    months: Mapping[str, list[str]] = defaultdict(list)
    for day in days:
        months[day[:7]].append(day)
    found = [day for some in months.values() for day in _of_month(lake, portal, some, limit)]
    if not found:
        return []
    _, city_id, portal_id = portal.split("/")
    needed = kept_days(lake, city_id) | set(asking.past_crawls(lake, city_id, portal_id, "9999").days)
    return [day for day in found if day not in needed]


def _of_month(lake: Lake, portal: str, days: list[str], limit: str) -> list[str]:
    """The days of one month before the limit, but for the last one that holds a whole snapshot."""
    if days[0] >= limit or len(days) == 1:
        return []
    ends = (day for day in reversed(days) if lake.last_committed(f"{portal}/{day}") is not None)
    end = next(ends, days[-1])
    return [day for day in days if day < limit and day != end]


# ---------------------------------------------------------------- attempts


def prune_attempts(context: Context, warehouse: Warehouse, now: datetime) -> int:
    """Remove landed catalogues and results of attempts that are no day's current ones; returns how many folders.

    Replaced attempts after thirty days, and after seven those that no run ever named.
    """
    lake, removed = context.lake, 0
    for run in warehouse.replaced_runs(now - timedelta(days=KEEP_ATTEMPTS_DAYS)):
        if run.day.isoformat() in kept_days(lake, run.city_id):
            continue
        current = warehouse.current_run(run.city_id, run.day)
        gone = set(_folders_of(lake, run)) - set(_folders_of(lake, current))
        removed += sum(lake.remove(folder) for folder in sorted(gone))  # catalog/ first: results/ name the others
        warehouse.forget_attempts(run.run_id)
    return removed + _prune_unnamed(lake, warehouse, now)


def _folders_of(lake: Lake, run: RunRecord | None) -> Iterator[str]:
    """The folders of an attempt: its landed catalogue, its check results and its values, as measured and as decided."""
    if run is None:
        return
    yield from filter(None, (run.catalog_attempt, run.results_attempt))
    if run.results_attempt and (manifest := lake.manifest(run.results_attempt)) is not None:
        yield from (str(manifest[name]) for name in ("checks", "catalog") if manifest.get(name))
        yield from citing.folders_of(lake, manifest.get("decided"))


def _prune_unnamed(lake: Lake, warehouse: Warehouse, now: datetime) -> int:
    """Of the last month's days, and of older ones that were replayed in it."""
    since = now - timedelta(days=LOOK_BACK_DAYS)
    replayed: dict[str, set[str]] = defaultdict(set)
    for run in warehouse.runs(ended_since=since):
        replayed[run.city_id].add(run.day.isoformat())
    removed = 0
    for city in below(lake, "catalog", 1):
        city_id, month = city.partition("/")[2], since.date().isoformat()
        first = min(replayed[city_id] | {month})
        named: dict[str, list[RunRecord]] = defaultdict(list)
        for run in warehouse.runs(city_id, since=date.fromisoformat(first)):
            named[run.day.isoformat()].append(run)
        kept = kept_days(lake, city_id)  # what an edition took may be no run's any more
        for day in lake.folders(city):
            if day not in kept and (day >= month or day in replayed[city_id]):
                removed += _prune_day(lake, (city_id, day), named[day], now)
    return removed


def _is_clear(lake: Lake, warehouse: Warehouse, now: datetime, city_id: str, day: str) -> bool:
    """Remove of a day what no run names; whether nothing of it is left, being too young."""
    runs = [run for run in warehouse.runs(city_id, since=date.fromisoformat(day)) if run.day.isoformat() == day]
    _prune_day(lake, (city_id, day), runs, now)
    return not _unnamed(lake, (city_id, day), runs)


def _prune_day(lake: Lake, city_day: tuple[str, str], runs: list[RunRecord], now: datetime) -> int:
    limit = f"{now - timedelta(days=KEEP_ORPHANS_DAYS):%Y%m%dT%H%M%S}"
    old = [folder for folder in _unnamed(lake, city_day, runs) if folder.rpartition("/")[2] < limit]
    return sum(lake.remove(folder) for folder in old)


def _unnamed(lake: Lake, city_day: tuple[str, str], runs: list[RunRecord]) -> list[str]:
    """Folders of a day that none of its runs names."""
    where = ("/".join((stage, *city_day)) for stage in ("catalog", "results"))
    found = [f"{parent}/{name}" for parent in where for name in lake.folders(parent)]
    if len(found) <= 3:  # a day that was run once has three, and is not looked at
        return []
    cited = {folder for run in runs for folder in _folders_of(lake, run)}
    return [folder for folder in found if folder not in cited]


# ---------------------------------------------------------------- the warehouse


def prune_results(context: Context, warehouse: Warehouse, now: datetime) -> int:
    """Remove rows of single datasets that are older than KEEP_RESULT_DAYS; returns how many city-days lost theirs.

    Never the newest shown day of a city, nor the 28 days before it, however long ago it was observed.
    """
    general = now.date() - timedelta(days=context.settings.keep_result_days)
    kept = cache(lambda city_id: kept_days(context.lake, city_id))

    @cache
    def limit(city_id: str) -> date:
        newest = warehouse.latest_day(city_id)
        return general if newest is None else min(general, newest - timedelta(days=KEEP_AT_LEAST))

    first = warehouse.first_day("dataset_day")
    if first is not None and first < general and warehouse.cursor(RESULTS_FROM) != general.isoformat():
        warehouse.set_cursor(RESULTS_FROM, general.isoformat(), at=now)  # said before it is so: it may die in between
    return warehouse.prune(limit, lambda city_id, day: day.isoformat() in kept(city_id))


def tidy(context: Context, now: datetime) -> None:
    """Every step of retention, once a day (UTC), each told in the log where it removed anything.

    At 1,000 cities a round lists some 60,000 folders. One that was cut off is done again at the next call.
    A file of the lake that is damaged ends its step, and is told in the log: it keeps nothing from being published.
    """
    lake, settings, today = context.lake, context.settings, now.date().isoformat()
    with context.warehouse() as warehouse:
        if warehouse.cursor(TIDIED) == today:
            return
        is_clear = partial(_is_clear, lake, warehouse, now)
        steps: tuple[tuple[Callable[[], int], str], ...] = (
            (lambda: marks.release(lake, warehouse, now, is_clear), "marks of editions whose time is over removed"),
            (
                lambda: prune_rows(lake, settings.keep_row_versions, kept_rows(lake)),
                "older versions lost their rows; their statistics stay",
            ),
            (lambda: sweep(lake, now), "orphaned folders of killed attempts swept from the lake"),
            (lambda: prune_snapshots(lake, now, settings.keep_snapshot_days), "days of portals removed from raw/"),
            (lambda: prune_attempts(context, warehouse, now), "folders of replaced attempts removed from the lake"),
            (
                lambda: prune_results(context, warehouse, now),
                "city-days left the warehouse; the lake keeps their results",
            ),
        )
        for step, told in steps:
            try:
                if removed := step():
                    log.info("%d %s", removed, told)
            except LakeDamaged as error:
                log.error(  # noqa: TRY400 - the message says where
                    "what is past its time stays, for the lake is damaged: %s; `civicgauge db check --lake` looks "
                    "through all of it",
                    error,
                )
        warehouse.set_cursor(TIDIED, today, at=now)

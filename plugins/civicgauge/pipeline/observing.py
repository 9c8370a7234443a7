"""The same stages without Airflow: one city after another, in this process."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from civicgauge import pipeline
from civicgauge.errors import (
    CivicgaugeError,
    ConfigurationError,
    GiveUpError,
    NoSnapshot,
    NothingRead,
    RetryableError,
    worst,
)
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.days import Plan, moment_of

log = logging.getLogger("civicgauge.observe")


@dataclass
class CityDayResult:
    """How one city's day went: `outcome` as in the run table, or `no_snapshot`; `problems` by portal (or stage)."""

    city_id: str
    day: str
    outcome: str
    problems: dict[str, str] = field(default_factory=dict)
    exit_code: int = 0


def cities_of(context: Context, city_ids: list[str]) -> list[str]:
    """The cities named, or all of the registry; ConfigurationError for one that has no file."""
    from civicgauge import registry

    known = registry.city_ids(context.settings.cities)
    if unknown := [city_id for city_id in city_ids if city_id not in known]:
        from difflib import get_close_matches

        near = get_close_matches(unknown[0], known, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigurationError(f"no city file {unknown[0]}.yml in {context.settings.cities}{hint}")
    if not known:
        raise ConfigurationError(f"no city files in {context.settings.cities}; set CIVICGAUGE_CITIES or add one")
    return city_ids or known


def observe(
    context: Context, city_ids: list[str], as_of: str | None, progress: Callable[[CityDayResult], None] | None = None
) -> list[CityDayResult]:
    """Observe cities now (or as of a time); one city's trouble touches no other."""
    if as_of:
        moment_of(as_of, ZoneInfo("UTC"))  # one that cannot be read is said once, not for each city
    _ready(context)
    results = []
    for city_id in cities_of(context, city_ids):
        result = _one(city_id, lambda city_id=city_id: pipeline.plan(city_id, as_of=as_of, now=utc_now()))  # type: ignore[misc]
        results.append(result)
        if progress:
            progress(result)
    return results


def replay(
    context: Context,
    city_ids: list[str],
    first: date,
    last: date,
    progress: Callable[[CityDayResult], None] | None = None,
) -> list[CityDayResult]:
    """Compute days again from stored snapshots, in order; days without one are left as they are."""
    if last < first:
        raise ConfigurationError(f"--from {first} is after --to {last}")
    _ready(context)
    results = []
    for city_id in cities_of(context, city_ids):
        for day in _days(first, last):
            result = _one(city_id, lambda city_id=city_id, day=day: _stored(city_id, day))  # type: ignore[misc]
            if result.outcome != "no_snapshot":
                results.append(result)
                if progress:
                    progress(result)
    return results


def _ready(context: Context) -> None:
    """An unusable warehouse or lake is said once, before any portal is asked."""
    with context.warehouse():
        context.lake  # noqa: B018 - opened here


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _stored(city_id: str, day: date) -> Plan:
    from civicgauge.lake import new_id

    now = utc_now()
    return Plan(
        city_id=city_id,
        day=day.isoformat(),
        as_of=None,
        ask=False,
        run_id=f"{city_id}.{day}.{new_id(now)}",
        started_at=now.isoformat(),
        airflow_dag_id=None,
        airflow_run_id=None,
    )


def _one(city_id: str, make_plan: Callable[[], Plan]) -> CityDayResult:
    try:
        plan = make_plan()
    except CivicgaugeError as error:
        return CityDayResult(city_id, "", "failed", {"plan": str(error)}, error.exit_code)
    taken, problems, codes, skipped = _snapshots(plan)
    if skipped and not taken and not problems:
        return CityDayResult(city_id, plan["day"], "no_snapshot")
    outcome = None
    try:
        pulls, failed = _pulls(plan, taken, codes)
        links, ours = _links(plan, taken, codes)
        catalog = pipeline.land(plan, taken, problems | skipped, pulls, failed, links)
        problems |= failed | ours
        outcome = str(pipeline.commit(plan, pipeline.measure(plan, pipeline.validate(plan, catalog)))["outcome"])
    except NothingRead as error:
        codes.append(error.exit_code)
    except CivicgaugeError as error:
        problems["pipeline"] = str(error)
        codes.append(error.exit_code)
    except Exception as error:  # a fault of ours in one city: the others are observed, this one's run says so
        log.info("%s %s", plan["city_id"], plan["day"], exc_info=True)
        problems["pipeline"] = f"a fault of our own: {type(error).__name__}: {error} (civicgauge -v shows where)"
        codes.append(CivicgaugeError.exit_code)
    try:
        outcome = pipeline.verdict(plan, problems, outcome)
    except GiveUpError as error:
        outcome = outcome or _recorded(error)
        codes.append(error.exit_code)
    return CityDayResult(city_id, plan["day"], outcome, problems, worst(codes))


def _recorded(error: GiveUpError) -> str:
    return "not_measured" if "not_measured" in str(error) else "failed"


def _links(plan: Plan, taken: dict[str, str], codes: list[int]) -> tuple[dict[str, str], dict[str, str]]:
    """The folders of links by portal, and faults of our own, which leave what was known of links as it was."""
    folders: dict[str, str] = {}
    problems: dict[str, str] = {}
    for portal_id in pipeline.linked_portal_ids(plan["city_id"]):
        try:
            folder = pipeline.links(plan, portal_id, taken.get(portal_id))
        except Exception as error:  # what others' hosts do is a result: only a fault of ours comes here
            log.info("%s links of %s", plan["city_id"], portal_id, exc_info=True)
            problems[f"links of {portal_id}"] = f"{type(error).__name__}: {error} (civicgauge -v shows where)"
            codes.append(getattr(error, "exit_code", CivicgaugeError.exit_code))
            continue
        if folder is not None:
            folders[portal_id] = folder
    return folders, problems


def _pulls(plan: Plan, taken: dict[str, str], codes: list[int]) -> tuple[dict[str, str], dict[str, str]]:
    """Pulls and problems by dataset key; exit codes are added to `codes`. One dataset's trouble touches no other."""
    pulls: dict[str, str] = {}
    problems: dict[str, str] = {}
    for key in pipeline.dataset_keys(plan["city_id"]):
        try:
            pulls[key] = pipeline.pull(plan, key, taken.get(key.partition("/")[0]))
        except NoSnapshot as error:
            log.info("%s %s: %s", plan["city_id"], key, error)
        except (RetryableError, GiveUpError) as error:
            log.warning("%s %s: %s", plan["city_id"], key, error)
            problems[key] = f"{type(error).__name__}: {error}"
            codes.append(error.exit_code)
        except Exception as error:  # a fault of ours on one dataset's rows: the others are pulled, the run says so
            log.info("%s %s", plan["city_id"], key, exc_info=True)
            problems[key] = f"a fault of our own: {type(error).__name__}: {error} (civicgauge -v shows where)"
            codes.append(CivicgaugeError.exit_code)
    return pulls, problems


def _snapshots(plan: Plan) -> tuple[dict[str, str], dict[str, str], list[int], dict[str, str]]:
    """Snapshots by portal, problems by portal, exit codes, and portals skipped for want of a stored snapshot."""
    taken: dict[str, str] = {}
    problems: dict[str, str] = {}
    skipped: dict[str, str] = {}
    codes: list[int] = []
    for portal_id in pipeline.portal_ids(plan["city_id"]):
        try:
            taken[portal_id] = pipeline.snapshot(plan, portal_id)
        except NoSnapshot as error:
            skipped[portal_id] = str(error)
        except (RetryableError, GiveUpError) as error:
            log.warning("%s/%s: %s", plan["city_id"], portal_id, error)
            problems[portal_id] = f"{type(error).__name__}: {error}"
            codes.append(error.exit_code)
        except Exception as error:  # a fault of ours on one portal's answer: the others are read, the run says so
            log.info("%s/%s", plan["city_id"], portal_id, exc_info=True)
            problems[portal_id] = f"a fault of our own: {type(error).__name__}: {error} (civicgauge -v shows where)"
            codes.append(CivicgaugeError.exit_code)
    return taken, problems, codes, skipped

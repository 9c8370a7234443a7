"""Which day a run is about, and whether a portal may be asked for it (DESIGN rule 12)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NoReturn, TypedDict
from zoneinfo import ZoneInfo

from civicgauge.errors import ConfigurationError


class Plan(TypedDict):
    """A city's day, as tasks pass it on. `as_of` is the time that was given; null means the day's last snapshot's."""

    city_id: str
    day: str
    as_of: str | None
    ask: bool
    run_id: str
    started_at: str
    airflow_dag_id: str | None
    airflow_run_id: str | None


def plan(  # noqa: PLR0913 - the three clocks are what this is about
    city_id: str,
    *,
    as_of: str | None = None,
    logical_date: datetime | None = None,
    run_after: datetime | None = None,
    now: datetime,
    airflow_dag_id: str | None = None,
    airflow_run_id: str | None = None,
) -> Plan:
    """The plan of one attempt: the day is local to the city, from `as_of`, else the logical date, else `run_after`.

    A portal is asked where `as_of` names the time, or for the current local day; any other day loads what is stored.
    """
    from civicgauge.lake import new_id
    from civicgauge.pipeline.context import Context

    zone = Context.from_environment().city(city_id).zone
    given = moment_of(as_of, zone) if as_of else None
    if given and given > now + timedelta(days=1):
        raise ConfigurationError(f"--as-of: {as_of} lies in the future; a day can be observed when it has come")
    about = given or logical_date or run_after or now
    day = about.astimezone(zone).date()
    return Plan(
        city_id=city_id,
        day=day.isoformat(),
        as_of=given.isoformat() if given else None,
        ask=bool(given) or day == now.astimezone(zone).date(),
        run_id=f"{city_id}.{day.isoformat()}.{new_id(now)}",
        started_at=now.isoformat(),
        airflow_dag_id=airflow_dag_id,
        airflow_run_id=airflow_run_id,
    )


_YEARS = range(1900, 9000)  # further out a zone's hours, or the days around a date, leave the calendar
_A_TIME = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:.*)?")


def moment_of(text: str, zone: ZoneInfo, option: str = "--as-of") -> datetime:
    """A time as a person gives it: a bare date is the end of that local day, a time without zone is local.

    Raises ConfigurationError, naming the option, for anything else.
    """
    text = text.strip()
    try:
        if not _A_TIME.fullmatch(text) or int(text[:4]) not in _YEARS:
            return _no_time(text, option)
        if len(text) == len("2026-06-30"):
            midnight = datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), tzinfo=zone)
            moment = midnight.astimezone(ZoneInfo("UTC")) - timedelta(microseconds=1)
        else:
            moment = datetime.fromisoformat(text)
        moment = (moment.replace(tzinfo=zone) if moment.tzinfo is None else moment).astimezone(ZoneInfo("UTC"))
        # at the ends of the calendar another zone's day, or the month before, cannot be counted
        return moment if 1 < moment.year < 9999 else _no_time(text, option)
    except (ValueError, OverflowError):
        return _no_time(text, option)


def _no_time(text: str, option: str) -> NoReturn:
    raise ConfigurationError(f"{option}: {text!r} is no date; write 2026-06-30 or 2026-06-30T18:00:00-05:00") from None


def day_of(text: str, name: str) -> date:
    """A bare date as a person gives it; ConfigurationError naming the option otherwise."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ConfigurationError(f"{name}: {text!r} is no date; write 2026-06-30") from None


def day_after(day: date) -> date:
    """The next day; the last possible one stays."""
    return day if day == date.max else day + timedelta(days=1)

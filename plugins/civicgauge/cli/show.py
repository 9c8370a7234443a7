"""What is printed: tables for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import day_after, moment_of
from civicgauge.pipeline.words import NOTICE, named, number, reading_place, why


class Severity(StrEnum):
    """From which severity on findings make the exit code 1."""

    NEVER = "never"
    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class Audience(StrEnum):
    """Who a table is for."""

    PUBLIC = "public"
    CITY = "city"
    STAFF = "staff"


_RANK = {"info": 1, "warning": 2, "critical": 3}


def print_json(value: Any) -> None:
    """Any value as JSON on stdout; dates as ISO 8601."""
    typer.echo(
        json.dumps(value, default=lambda v: v.isoformat() if isinstance(v, date | datetime) else str(v), indent=1)
    )


def indicators(city: str | None, as_of: str | None, fail_on: Severity, known_at: str | None, *, as_json: bool) -> int:
    """Print the newest shown day of each city at a date; 1 where findings reach --fail-on.

    `known_at`: the values as they stood then, where they were computed again since.
    """
    context = Context.from_environment()
    from civicgauge.pipeline.observing import cities_of

    days = newest_days(context, cities_of(context, [city] if city else []), as_of)
    return values(context, days, fail_on, known_at, as_json=as_json)


def newest_days(context: Context, city_ids: Sequence[str], as_of: str | None) -> dict[str, date]:
    """The newest measured day of each city, not after `as_of`; cities without one are left out."""
    found: dict[str, date] = {}
    with context.warehouse() as warehouse:
        for city_id in city_ids:
            zone = context.city(city_id).zone
            limit = day_after(moment_of(as_of, zone).astimezone(zone).date()) if as_of else date.max
            if (run := warehouse.last_current_run(city_id, limit)) is not None:
                found[city_id] = run.day
    return found


def values(
    context: Context, days: dict[str, date], fail_on: Severity, known_at: str | None = None, *, as_json: bool
) -> int:
    """Print the indicator values of those city-days, as they stand or as they stood at a time."""
    from civicgauge.indicators import discover
    from civicgauge.warehouse import newest_versions

    titles = {indicator.id: indicator.title for indicator in discover()}
    with context.warehouse() as warehouse:
        rows = {
            city_id: newest_versions(
                warehouse.values_as_known(city_id, day, moment_of(known_at, context.city(city_id).zone, "--known-at"))
                if known_at
                else warehouse.iter_rows("indicator_value", city_ids=[city_id], day=day)
            )
            for city_id, day in days.items()
        }
        found = _worst(warehouse, days) if fail_on is not Severity.NEVER else 0
    if as_json:
        print_json([row for city_rows in rows.values() for row in city_rows])
    else:
        _print_tables(context, rows, titles)
    if not days:
        typer.echo("no measured day in the warehouse; run `civicgauge observe` or `civicgauge run` first", err=True)
    return 1 if fail_on is not Severity.NEVER and found >= _RANK[fail_on] else 0


def _worst(warehouse: Any, days: dict[str, date]) -> int:
    found = 0
    for city_id, day in days.items():
        for row in warehouse.rows("check_result", city_ids=[city_id], day=day):
            if row["outcome"] == "failed":
                found = max(found, _RANK.get(row["severity"], 0))
    return found


def _print_tables(context: Context, rows: dict[str, list[dict[str, Any]]], titles: dict[str, str]) -> None:
    console = Console()
    if not console.is_terminal:  # a file or a pipe has no width of its own
        console = Console(width=_WIDTH)
    order = {indicator_id: (reading_place(indicator_id), place) for place, indicator_id in enumerate(titles)}
    for city_id, city_rows in rows.items():
        day = city_rows[0]["day"] if city_rows else ""
        heading = f"{context.city(city_id).name} ({city_id}), {day}"
        table = Table(title=heading, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column("Indicator", overflow="fold", min_width=24)
        for name, width in (("Value", 7), ("Between", 16), ("Of what is known", 24)):
            table.add_column(name, justify="right", no_wrap=True, min_width=width)
        table.add_column("Note", overflow="fold")
        for row in sorted(city_rows, key=lambda row: order.get(row["indicator_id"], (len(order), 0))):
            table.add_row(titles.get(row["indicator_id"], row["indicator_id"]), *cells(row))
        console.print(table)
    if rows:
        console.print(NOTICE, style="dim")


_WIDTH = 128
_SHORT = 24


def cells(row: dict[str, Any]) -> tuple[str, str, str, str]:
    """Value, interval, what is known and how much is not, a note: as text for a person."""
    unit = row["unit"]
    low, high = number(row["value_low"], unit), number(row["value_high"], unit)
    between = "" if low is None and high is None else f"{low or '?'} to {high or 'no limit'}"
    if low == high and row["n_unknown"] == 0:
        between = ""
    parts = []
    known = None if row["denominator"] is None else row["denominator"] - row["n_unknown"]
    if known and row["numerator"] is not None:
        parts.append(f"{row['numerator']:.4g} of {known:g}")
    parts += [f"{row['n_unknown']} unknown"] if row["n_unknown"] else []
    parts += [row["evidence"]] if row.get("evidence") and len(row["evidence"]) < _SHORT else []
    note = why(row["status"], row["reason"])
    value = number(row["value"], unit)
    return (f"{value} {named(row['value'], unit)}".strip() if value else "–"), between, ", ".join(parts), note

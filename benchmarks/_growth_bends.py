"""How much machine growth wants, and where it bends: the parts of docs/growth.md that are computed."""

# ruff: noqa: E501 - sentences of a page
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks import _growth_sums as sums
from benchmarks._growth_words import BENDS
from benchmarks._runs import table

Known = Mapping[str, Any]
PORTALS, CHOSEN, DATASETS = 1, 5, 500
"""Of the city that the sizing is of."""
COUNTS = (10, 100, 300, 1000)


def in_bytes(count: float) -> str:
    """A number of bytes for people."""
    for unit, step in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= step:
            return f"{count / step:.0f} {unit}" if count >= 20 * step else f"{count / step:.1f} {unit}"
    return f"{count:.0f} B"


def found_of(known: Known, name: str) -> Sequence[Mapping[str, Any]]:
    """What was measured of a part."""
    found: Sequence[Mapping[str, Any]] = known[name]["found"]
    return found


def share_of(known: Known) -> float:
    """Airflow's CPU seconds of a task, by the largest run of those that were measured."""
    return sums.airflow_cpu(max(found_of(known, "airflow"), key=lambda each: each["tasks"]))


def sizing(known: Known) -> str:
    """Cores, workers, memory and disk by number of cities."""
    city, share = sums.nearest(found_of(known, "cities"), DATASETS), share_of(known)
    of_day, peak = sums.day_cpu(city, PORTALS, CHOSEN, share), sums.stage_peak(city, "validate")
    rows = []
    for count in COUNTS:
        wanted = sums.cores(count, of_day)
        slots = max(4, round(2 * wanted))
        kept = sums.kept(city, count)
        rows.append(
            [
                f"{count:,}",
                f"{count * sums.tasks(PORTALS, CHOSEN):,}",
                f"{wanted:.1f}",
                f"{-(-slots // 4)} × 4",
                f"{(slots * peak / 1024 + 3):.0f} GiB",
                in_bytes(kept.lake),
                in_bytes(kept.warehouse),
            ]
        )
    head = [
        "cities",
        "tasks a day",
        "cores in the window",
        "workers × slots",
        "memory",
        "lake, a year",
        "warehouse, a year",
    ]
    told = (
        f"Computed from the figures below, for cities with one portal of {city['datasets']:,} datasets of which {CHOSEN} are "
        f"pulled: a city-day is {of_day:.0f} s of CPU, {share * sums.tasks(PORTALS, CHOSEN):.0f} s of them Airflow's own. All "
        f"cities are taken to lie in one time zone, so that their runs fall between 03:00 and 06:00, with cores "
        f"{sums.HEADROOM:.0%} busy. A slot holds one task; two slots for each core, for tasks also wait for portals. Memory: "
        f"each slot as much as the largest task ({peak:.0f} MiB), and 3 GiB for Airflow's services and PostgreSQL. Outside "
        "of the window nearly all of it is idle: with a wider window (`observe_schedule`) or cities in four time zones, "
        "divide the cores."
    )
    return f"{told}\n\n{table(head, rows)}"


def bends(known: Known) -> str:
    """What bends first, its figure, and what to do then."""
    numbers: dict[str, str] = {}
    if "cities" in known:
        city = sums.nearest(found_of(known, "cities"), DATASETS)
        numbers["rows_100"] = f"{sums.results_rows(city, 100) / 1e6:,.0f} million"
        size = city["tables"]["check_result"] * sums.KEEP_RESULT_DAYS
        numbers["rows_1000"] = (
            f"{numbers['rows_100']} rows, {in_bytes(100 * size)} at 100 cities of {city['datasets']:,} datasets; "
            f"{sums.results_rows(city, 1000) / 1e6:,.0f} million, {in_bytes(1000 * size)} at 1,000"
        )
    if "parse" in known:
        last = max(found_of(known, "parse"), key=lambda each: each["cities"])
        numbers["parse"] = f"{sums.parse_share(last['folder_cpu'], 30):.0%} of a core at {last['cities']:,} cities"
    if "airflow" in known:
        share = share_of(known)
        per = sums.tasks(PORTALS, CHOSEN) * 1000 / sums.WINDOW
        numbers["tasks"] = (
            f"{per:.1f} tasks a second at 1,000 cities; Airflow's own share of that is {per * share:.1f} cores"
        )
    if "clock" in known:
        last = max(found_of(known, "clock"), key=lambda each: each["cities"])
        numbers["turn"] = f"{last['turn']['cpu']:.0f} s of CPU every 15 minutes at {last['cities']:,} cities"
        wrote = max((each for each in found_of(known, "clock") if "export" in each), key=lambda each: each["cities"])
        minutes, size = wrote["export"]["cpu"] / 60, in_bytes(wrote["export"]["bytes"])
        numbers["export"] = f"{minutes:.1f} minutes of CPU and {size} at {wrote['cities']:,} cities"
        if wrote["cities"] < 1000:
            more = 1000 / wrote["cities"]
            numbers["export"] += (
                f"; computed for 1,000: {minutes * more:.0f} minutes, {in_bytes(wrote['export']['bytes'] * more)}"
            )
    numbers["site"] = (
        f"{1000 * DATASETS:,} pages at 1,000 cities; computed at 0.03 s of CPU each (see pages): "
        f"{1000 * DATASETS * 0.03 / 3600:.0f} hours; more than the hour between two publications from "
        f"{3600 / DATASETS / 0.03:.0f} cities on"
    )
    rows = [[what, numbers.get(key, "not measured"), then] for what, key, then in BENDS]
    return table(["what bends, in this order", "figure", "what to do then"], rows)

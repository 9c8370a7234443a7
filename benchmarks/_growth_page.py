"""docs/growth.md, from the measured figures and what follows from them (`_growth_sums`)."""

# ruff: noqa: E501 - sentences of a page
from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import Any

from benchmarks import _growth_sums as sums
from benchmarks._growth_bends import (
    CHOSEN,
    COUNTS,
    DATASETS,
    PORTALS,
    Known,
    bends,
    found_of,
    in_bytes,
    sizing,
)
from benchmarks._growth_words import ADVICE, HEAD, LIMITS
from benchmarks._runs import table


def page(known: Known) -> str:
    """The whole page; a part that was not measured says so."""
    parts = [HEAD.format(measured=_when(known))]
    for title, name, write in (
        ("What a city-day costs", "cities", _city_day),
        ("Airflow's share", "airflow", _airflow),
        ("Reading the DAG files", "parse", _parse),
        ("What runs by the clock over all cities", "clock", _clock),
        ("Pages", "pages", _pages),
        ("What is kept", "cities", _kept),
    ):
        told = write(known) if name in known else "*Not measured yet: `python -m benchmarks.growth` does.*"
        parts.append(f"## {title}\n\n{told}")
    if "cities" in known and "airflow" in known:
        parts.insert(1, f"## How much machine\n\n{sizing(known)}")
    parts += [f"## Where it bends, and what to do then\n\n{bends(known)}", ADVICE, LIMITS]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _when(known: Known) -> str:
    rows = [
        [name, part["on"], " to ".join(f"{each:.0f}" for each in part["load"]), part.get("how", "")]
        for name, part in known.items()
    ]
    return table(["part", "measured on", "processes that wanted a core", "how"], rows)


def _city_day(known: Known) -> str:
    found = found_of(known, "cities")
    names = ["plan", "snapshot", "pull", "links", "land", "validate", "measure", "commit", "verdict"]
    rows = [
        [name, *(f"{sums.stage_cpu(each, name):.1f} s, {sums.stage_peak(each, name):.0f} MiB" for each in found)]
        for name in names
    ]
    inside = [
        [name, *(f"{each['cpu'].get(name, 0.0):.2f} s" if each["cpu"] else "–" for each in found)] for name in names
    ]
    head = ["stage", *(f"{each['datasets']:,} datasets" for each in found)]
    return "\n\n".join(
        [
            (
                "One task of each stage in a process of its own, with its imports: seconds of CPU (median of the days) and "
                "the most memory it held."
            ),
            table(head, rows),
            "The work alone, day after day in one process, without imports (medians of CPU seconds):",
            table(head, inside),
            (
                f"A run of a city has {sums.tasks(PORTALS, CHOSEN)} tasks with one portal and {CHOSEN} chosen datasets, "
                f"{sums.tasks(2, CHOSEN)} with two portals: six, two more for each portal, one for each chosen dataset."
            ),
        ]
    )


def _airflow(known: Known) -> str:
    rows = [
        [
            f"{each['cities']:,}",
            f"{each['seconds']:.0f}",
            f"{each['tasks']:,}",
            f"{each['tasks'] / each['seconds']:.2f}",
            f"{sums.airflow_cpu(each):.2f}",
            f"{each['cpu']['dag-processor'] / each['seconds']:.2f}",
            f"{median(each['critical']):.0f}" if each["critical"] else "–",
            f"{each['transactions'] / each['tasks']:.0f}",
            f"{each['serialized_bytes'] / 1000:.1f}",
        ]
        for each in found_of(known, "airflow")
        if each["tasks"]
    ]
    head = ["cities due at once", "s", "tasks ended", "tasks a second", "CPU s a task", "DAG processor, cores"]
    head += ["critical section ms", "transactions a task", "serialized DAG kB"]
    return "\n\n".join([table(head, rows), _metadata(known)])


def metadata_bytes(run: Mapping[str, Any], tasks: int) -> float:
    """Bytes of Airflow's own tables that a run of so many tasks leaves: rows that are there from the start by run, the
    others by ended task."""
    of_run = (run["bytes_of"]["dag_run"] + run["bytes_of"]["task_instance"]) / run["rows"]["dag_run"]
    of_task = sum(run["bytes_of"][name] for name in ("log", "xcom", "rendered_task_instance_fields")) / run["tasks"]
    return float(of_run + of_task * tasks)


def _metadata(known: Known) -> str:
    run = max(found_of(known, "airflow"), key=lambda each: each["tasks"])
    count = sums.tasks(PORTALS, CHOSEN)
    size = metadata_bytes(run, count)
    log = run["rows"]["log"] / run["tasks"]
    return (
        f"Of a run with {count} tasks Airflow's own database keeps {count} task instances, about {log * count:.0f} rows of "
        f"its audit log, as many XComs and rendered fields as tasks, and one asset event: about {in_bytes(size)}. Computed: "
        f"at 100 cities {100 * count:,} task instances and {in_bytes(100 * size)} a day, {in_bytes(36_500 * size)} a year; at "
        f"1,000 cities {1000 * count:,} a day, {in_bytes(1000 * size)} a day and {in_bytes(365_000 * size)} a year, if nobody "
        "cleans it."
    )


def _parse(known: Known) -> str:
    rows = [
        [f"{each['cities']:,}", f"{each['folder_cpu']:.2f}", f"{each['task_cpu']:.3f}", f"{each['peak_mib']:.0f}"]
        + [f"{sums.parse_share(each['folder_cpu'], interval):.0%}" for interval in (30, 300)]
        for each in found_of(known, "parse")
    ]
    head = ["cities", "the folder, CPU s", "one task's DAG, CPU s", "MiB", "of a core, every 30 s", "every 300 s"]
    return table(head, rows)


def _clock(known: Known) -> str:
    names = {
        "registry": "reading all city files",
        "export": "the public tables in every format (what `publish` writes when something is new)",
        "baseline": "alerts: every city's first day",
        "turn": "alerts: a turn that finds nothing new (96 a day)",
    }
    found = found_of(known, "clock")
    rows = []
    for name, told in names.items():
        rows.append([told, *(_spent(each[name]) if name in each else "–" for each in found)])
    head = ["CPU seconds with imports, and peak memory", *(f"{each['cities']:,} cities" for each in found)]
    return table(head, rows)


def _spent(told: Mapping[str, Any]) -> str:
    peak = f", {told['peak_mib']:.0f} MiB" if "peak_mib" in told else ""
    return f"{told['cpu']:.1f} s{peak}"


def _pages(known: Known) -> str:
    return "\n\n".join(f"On {each['database']}:\n\n{each['table']}" for each in found_of(known, "pages"))


def _kept(known: Known) -> str:
    found = found_of(known, "cities")
    head = ["bytes a day", *(f"{each['datasets']:,} datasets" for each in found)]
    folders = [
        [f"lake `{name}/`", *(in_bytes(each["lake"].get(name, 0)) for each in found)] for name in found[0]["lake"]
    ]
    grown = sorted(found[0]["tables"], key=lambda name: -found[-1]["tables"][name])
    rows = [
        [f"`{name}`", *(f"{in_bytes(each['tables'][name])}, {each['rows'][name]:.0f} rows" for each in found)]
        for name in grown
        if any(each["rows"][name] >= 0.5 for each in found)
    ]
    city = sums.nearest(found, DATASETS)
    years = [
        [f"{count:,}", *_kept_cells(city, count)]
        for count in COUNTS
    ]  # fmt: skip
    told = (
        f"Computed for cities of {city['datasets']:,} datasets, with `KEEP_SNAPSHOT_DAYS=400` and `KEEP_RESULT_DAYS=92`: "
        "`check_result` and `dataset_day` are full after a quarter and grow no more; what portals said, after 400 days, by "
        "month ends alone; landed catalogues and results stay for ever."
    )
    after = ["cities", "lake after a year", "after three", "warehouse after a quarter", "a year", "three years"]
    after.append("rows of check_result")
    return "\n\n".join([table(head, folders + rows), told, table(after, years)])


def _kept_cells(city: sums.City, count: int) -> list[str]:
    one, three = sums.kept(city, count), sums.kept(city, count, 3)
    quarter = sums.kept(city, count, sums.KEEP_RESULT_DAYS / sums.YEAR)
    sizes = (one.lake, three.lake, quarter.warehouse, one.warehouse, three.warehouse)
    return [*map(in_bytes, sizes), f"{sums.results_rows(city, count) / 1e6:,.0f} million"]

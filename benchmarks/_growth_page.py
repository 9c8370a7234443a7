"""docs/growth.md, from the measured figures and what follows from them (`_growth_sums`)."""

# ruff: noqa: E501 - sentences of a page
from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks import _growth_sums as sums
from benchmarks._growth_words import ADVICE, BENDS, HEAD, LIMITS
from benchmarks._runs import table

Known = Mapping[str, Any]
PORTALS, CHOSEN, DATASETS = 1, 5, 500
"""Of the city that the sizing is of."""
COUNTS = (10, 100, 300, 1000)


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
        parts.insert(1, f"## How much machine\n\n{_sizing(known)}")
    parts += [f"## Where it bends, and what to do then\n\n{_bends(known)}", ADVICE, LIMITS]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _when(known: Known) -> str:
    rows = [
        [name, part["on"], " to ".join(f"{each:.0f}" for each in part["load"]), part.get("how", "")]
        for name, part in known.items()
    ]
    return table(["part", "measured on", "processes that wanted a core", "how"], rows)


def _size(count: float) -> str:
    for unit, step in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= step:
            return f"{count / step:.0f} {unit}" if count >= 20 * step else f"{count / step:.1f} {unit}"
    return f"{count:.0f} B"


def _found(known: Known, name: str) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = known[name]["found"]
    return found


def _share(known: Known) -> float:
    """Airflow's CPU seconds of a task, by the largest run of those that were measured."""
    return sums.airflow_cpu(max(_found(known, "airflow"), key=lambda each: each["tasks"]))


def _city_day(known: Known) -> str:
    found = _found(known, "cities")
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
        for each in _found(known, "airflow")
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
    run = max(_found(known, "airflow"), key=lambda each: each["tasks"])
    count = sums.tasks(PORTALS, CHOSEN)
    size = metadata_bytes(run, count)
    log = run["rows"]["log"] / run["tasks"]
    return (
        f"Of a run with {count} tasks Airflow's own database keeps {count} task instances, about {log * count:.0f} rows of "
        f"its audit log, as many XComs and rendered fields as tasks, and one asset event: about {_size(size)}. Computed: "
        f"at 100 cities {100 * count:,} task instances and {_size(100 * size)} a day, {_size(36_500 * size)} a year; at "
        f"1,000 cities {1000 * count:,} a day, {_size(1000 * size)} a day and {_size(365_000 * size)} a year, if nobody "
        "cleans it."
    )


def _parse(known: Known) -> str:
    rows = [
        [f"{each['cities']:,}", f"{each['folder_cpu']:.2f}", f"{each['task_cpu']:.3f}", f"{each['peak_mib']:.0f}"]
        + [f"{sums.parse_share(each['folder_cpu'], interval):.0%}" for interval in (30, 300)]
        for each in _found(known, "parse")
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
    found = _found(known, "clock")
    rows = []
    for name, told in names.items():
        rows.append([told, *(_spent(each[name]) if name in each else "–" for each in found)])
    head = ["CPU seconds with imports, and peak memory", *(f"{each['cities']:,} cities" for each in found)]
    return table(head, rows)


def _spent(told: Mapping[str, Any]) -> str:
    peak = f", {told['peak_mib']:.0f} MiB" if "peak_mib" in told else ""
    return f"{told['cpu']:.1f} s{peak}"


def _pages(known: Known) -> str:
    return "\n\n".join(f"On {each['database']}:\n\n{each['table']}" for each in _found(known, "pages"))


def _kept(known: Known) -> str:
    found = _found(known, "cities")
    head = ["bytes a day", *(f"{each['datasets']:,} datasets" for each in found)]
    folders = [[f"lake `{name}/`", *(_size(each["lake"].get(name, 0)) for each in found)] for name in found[0]["lake"]]
    grown = sorted(found[0]["tables"], key=lambda name: -found[-1]["tables"][name])
    rows = [
        [f"`{name}`", *(f"{_size(each['tables'][name])}, {each['rows'][name]:.0f} rows" for each in found)]
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
    return [*map(_size, sizes), f"{sums.results_rows(city, count) / 1e6:,.0f} million"]


def _sizing(known: Known) -> str:
    city, share = sums.nearest(_found(known, "cities"), DATASETS), _share(known)
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
                _size(kept.lake),
                _size(kept.warehouse),
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


def _bends(known: Known) -> str:
    numbers: dict[str, str] = {}
    if "cities" in known:
        city = sums.nearest(_found(known, "cities"), DATASETS)
        numbers["rows_100"] = f"{sums.results_rows(city, 100) / 1e6:,.0f} million"
        size = city["tables"]["check_result"] * sums.KEEP_RESULT_DAYS
        numbers["rows_1000"] = (
            f"{numbers['rows_100']} rows, {_size(100 * size)} at 100 cities of {city['datasets']:,} datasets; "
            f"{sums.results_rows(city, 1000) / 1e6:,.0f} million, {_size(1000 * size)} at 1,000"
        )
    if "parse" in known:
        last = max(_found(known, "parse"), key=lambda each: each["cities"])
        numbers["parse"] = f"{sums.parse_share(last['folder_cpu'], 30):.0%} of a core at {last['cities']:,} cities"
    if "airflow" in known:
        share = _share(known)
        per = sums.tasks(PORTALS, CHOSEN) * 1000 / sums.WINDOW
        numbers["tasks"] = (
            f"{per:.1f} tasks a second at 1,000 cities; Airflow's own share of that is {per * share:.1f} cores"
        )
    if "clock" in known:
        last = max(_found(known, "clock"), key=lambda each: each["cities"])
        numbers["turn"] = f"{last['turn']['cpu']:.0f} s of CPU every 15 minutes at {last['cities']:,} cities"
        wrote = max((each for each in _found(known, "clock") if "export" in each), key=lambda each: each["cities"])
        minutes, size = wrote["export"]["cpu"] / 60, _size(wrote["export"]["bytes"])
        numbers["export"] = f"{minutes:.1f} minutes of CPU and {size} at {wrote['cities']:,} cities"
        if wrote["cities"] < 1000:
            more = 1000 / wrote["cities"]
            numbers["export"] += (
                f"; computed for 1,000: {minutes * more:.0f} minutes, {_size(wrote['export']['bytes'] * more)}"
            )
    numbers["site"] = (
        f"{1000 * DATASETS:,} pages at 1,000 cities; computed at 0.03 s of CPU each (see pages): "
        f"{1000 * DATASETS * 0.03 / 3600:.0f} hours; more than the hour between two publications from "
        f"{3600 / DATASETS / 0.03:.0f} cities on"
    )
    rows = [[what, numbers.get(key, "not measured"), then] for what, key, then in BENDS]
    return table(["what bends, in this order", "figure", "what to do then"], rows)

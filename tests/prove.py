"""`make prove`: every "shown by" figure at full size, into docs/proof.md; `make prove ONLY="walk topology"`: some.

Recordings of real portals stand as recording A to F, incomplete crawls of their dates: proof that the code reads them,
and no claim about any city.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from civicgauge.cli.show import cells
from civicgauge.indicators import discover
from civicgauge.pipeline import observing
from civicgauge.pipeline.context import Context
from tests.homes import history, home_at
from tests.pipeline.test_unstable_crawls import days_of, observe_all
from tests.recordings import FOLDER, NAMES, replayed, write_city

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "proof.md"
LETTERS = dict(zip(NAMES, "ABCDEF", strict=True))
AS_OF = "2024-09-27"
FULL = {"CIVICGAUGE_KILLS": "10", "CIVICGAUGE_PROVE": "1"}

# what is shown, by which tests
SHOWN = {
    "the demo's indicators equal the answers worked out by hand": "tests/demo/test_demo_expected.py",
    "`run` (through Airflow) and `observe` give equal tables on six recordings": "tests/pipeline/test_recordings.py",
    "a day run twice, replayed, and killed (SIGKILL) at ten random moments and run again leaves the same rows, "
    "on SQLite and on PostgreSQL": "tests/pipeline/test_repeats.py",
    "each injected fault in one city of three: the others are whole, nothing is written for what was not measured, "
    "on SQLite and on PostgreSQL": "tests/pipeline/test_faults.py",
    "18 catalogues of an unstable crawl, two portals: no deletion, no growth that never was, replay gives the same "
    "history": "tests/pipeline/test_unstable_crawls.py",
    "hiding, relabelling and clearing raises no lower bound": "tests/pipeline/test_hiding.py "
    "tests/indicators/test_indicator_properties.py",
    "every indicator's worked cases; every game that its text names, played; any fact of any dataset hidden "
    "or cleared raises no lower bound, lowers no upper one": "tests/indicators",
    "criteria by the whole of the bounds, attestations beside; values computed anew leave revisions": (
        "tests/criteria tests/warehouse/test_revisions.py"
    ),
    "attestations: two people, proofs by digest, a file whole or not at all, on SQLite and on PostgreSQL; through the "
    "form in Airflow by two accounts": "tests/attestations tests/airflow/test_attest.py",
    "what changed: data, coverage, method (a new version by replay, the old numbers kept)": (
        "tests/pipeline/test_changes.py"
    ),
    "comparison with peers: quantiles from ten, names from five, private cities only in blocks of ten": (
        "tests/comparison"
    ),
    "exports: both databases alike, the workbook read, the data package valid row by row, no text becomes a formula": (
        "tests/cli/test_export.py tests/cli/test_export_formats.py tests/pipeline/test_export_alike.py"
    ),
    "links over days: broken, persisting, mended; replay asks none": "tests/pipeline/test_links.py tests/links",
    "published counts of recording A, and the same 13 datasets judged by three others": "tests/pages",
    "rows of chosen datasets: an unchanged run asks one small request a dataset, one dataset's trouble is one "
    "dataset's, a day run again leaves the same rows, on SQLite and on PostgreSQL": "tests/pipeline/test_rows.py",
    "every planted defect of the demo cities' rows is found, and no other": "tests/demo/test_demo_rows.py",
    "174 recorded exports land with the rows and columns that a plain CSV reader counts": (
        "tests/rows/test_landing_recordings.py"
    ),
    "174 recorded exports through the whole pipeline: those that stopped growing are named, and no others": (
        "tests/pipeline/test_row_recordings.py"
    ),
    "memory while rows land, at 1 and at 3 million rows and at 258 columns, stays below 360 MiB": (
        "tests/rows/test_landing_memory.py"
    ),
    "tables published at once, 20 to 1,305 rows a year, are called late on under 2 % of days": (
        "tests/rows/test_events.py"
    ),
    "answers by signed links: each once, by GET nothing, forged and foreign links refused alike, on SQLite and on "
    "PostgreSQL": "tests/answers",
    "every page in Chromium, alone and inside Airflow, both lights and widths, with hostile texts of portals: "
    "no request elsewhere, nothing that axe finds (WCAG 2.2 A, AA), nothing runs, nobody gets in unsigned; an outage "
    "seen and mended in Airflow's pages alone": "tests/walk",
    "pages: who sees what, by every reader, publication and method, on SQLite and on PostgreSQL; no hostile byte, no "
    "dead link; each stands alone, inside Airflow and as files": (
        "tests/pipeline/showing tests/webpages tests/airflow/test_guard.py"
    ),
    "what is watched: a real run heard by OpenTelemetry and OpenLineage (StatsD: by the scheduler's test)": (
        "tests/airflow/test_watched.py"
    ),
    "retention, backup and restore, purge and upgrades from every older version, killed and gone on, on SQLite and on "
    "PostgreSQL": "tests/keeping tests/upgrades/test_upgrades.py",
    "an edition of the demo cities from draft to frozen: contested once, corrected once, verified from the lake, on "
    "SQLite and on PostgreSQL; a byte changed in any kind of file behind it, a changed cell, an altered signature: "
    "each is found and named": "tests/editions",
    "alerts: a simulated year of 200 cities; every planted fault that outlasts its digest is told once to each "
    "recipient, its end once, nothing else; a bug of our own reaches nobody (figures in docs/alerts-year.md)": (
        "tests/alerts/test_year.py"
    ),
    "effects of programmes: the 95 % interval holds the truth in 93 % or more of 1,000 series in each of nine cells; "
    "what comes after the start reaches nothing before registration (figures in docs/effects.md)": (
        "tests/effects tests/rows/test_outcomes.py tests/pipeline/test_effects.py tests/cli/test_effect.py"
    ),
    "the machine of incidents under any days and answers: replayed, split over processes and repeated it is the same; "
    "no end without a beginning, nothing told twice": (
        "tests/alerts/test_machine_properties.py tests/alerts/test_incidents.py tests/alerts/test_planning.py "
        "tests/alerts/test_planning_slots.py tests/alerts/test_breaker.py tests/alerts/test_turns.py"
    ),
    "a headless scheduler with LocalExecutor: schedule, mapped failure, retry, backfill, cleared run, hourly publish": (
        "tests/airflow/test_scheduler.py"
    ),
    "production's services as processes (docker-compose.yml): 20 cities by schedule, a worker and the scheduler killed "
    "in mid-run; every city-day committed once and as observed plainly, no task lost, the lake whole": (
        "tests/topology tests/lake"
    ),
}


def main(only: Sequence[str] = ()) -> int:
    """Run everything, or what names one of `only`, and write the page; 0 when all that ran came out as it should.

    Where only some of it runs, the other lines and sections stay as they were, each line with the day of its run.
    """
    os.environ.update(FULL)
    rows, sections = _before() if only else ({}, {})
    failed = False
    for what, files in SHOWN.items():
        if only and not any(word in f"{what} {files}" for word in only):
            rows.setdefault(what, f"| {what} | | | not run yet | |")
            continue
        rows[what], ok, said = _tests(what, files.split())
        print(rows[what], flush=True)
        sections |= {f"Told by {name}": f"```\n{text}\n```" for name, text in said.items()}
        failed |= not ok
    if not only:
        sections |= dict(_whole_sections())
    parts = [*_head(), *(rows[what] for what in SHOWN)]
    parts += [f"\n## {title}\n\n{text}" for title, text in sections.items()]
    PAGE.write_text("\n".join(parts) + "\n", encoding="utf-8")
    return int(failed)


def _before() -> tuple[dict[str, str], dict[str, str]]:
    """The lines of the table by what they show, and the sections by their title, as the page has them."""
    head, *told = PAGE.read_text(encoding="utf-8").split("\n## ")
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in head.splitlines() if line.startswith("| ")}
    parts = (each.partition("\n") for each in told)
    return rows, {title: text.strip() for title, _, text in parts}


def _whole_sections() -> Iterator[tuple[str, str]]:
    """What recordings and benchmarks say, section by section."""
    lines: list[str] = []
    if FOLDER.exists():
        lines += _recordings()
        lines += [row for name in ("kansas-city", "chicago") for row in _crawl(name)]
    lines += _benchmark("benchmarks/parse_dags.py")
    lines += _benchmark("-m benchmarks.export")
    for each in "\n".join(lines).split("\n## ")[1:]:
        title, _, text = each.partition("\n")
        yield title, text.strip()


def _head() -> Iterator[str]:
    yield "# What was shown to work\n"
    yield (
        f"Written by `make prove`, Python {platform.python_version()}, {os.cpu_count()} cores. Recordings are "
        "incomplete crawls of their dates, used to try the code; nothing here is a claim about a city.\n"
    )
    yield "| what | tests | seconds | | on |\n|---|---:|---:|---|---|"


def _tests(what: str, files: list[str]) -> tuple[str, bool, dict[str, str]]:
    """A line of the table, whether all went well, and what tests told of themselves (their property `told`)."""
    with tempfile.TemporaryDirectory() as folder:
        report, began = Path(folder) / "report.xml", time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", "--timeout", "1500", f"--junitxml={report}", *files]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | FULL, check=False, capture_output=True, text=True)
        if done.returncode:
            print(done.stdout[-20_000:], file=sys.stderr)
        suite = next(ET.parse(report).getroot().iter("testsuite"))
    said = {
        str(case.get("classname")): str(item.get("value"))
        for case in suite.iter("testcase")
        for item in case.iter("property")
        if item.get("name") == "told"
    }
    counts = {key: int(suite.attrib[key]) for key in ("tests", "failures", "errors", "skipped")}
    ok = counts["tests"] > 0 and not (counts["failures"] or counts["errors"] or counts["skipped"])
    verdict = "passed" if ok else f"**{counts}**"
    return (
        f"| {what} | {counts['tests']} | {time.monotonic() - began:.0f} | {verdict} | {datetime.now(UTC):%Y-%m-%d} |",
        ok,
        said,
    )


def _recordings() -> list[str]:
    """The indicators of each recording, and how long a city-day took."""
    with tempfile.TemporaryDirectory() as folder, home_at(Path(folder)) as context, replayed() as urls:
        for name, url in urls.items():
            write_city(context.settings.cities, name, url)
        took = {}
        for name in NAMES:
            began = time.monotonic()
            observing.observe(context, [name], AS_OF)
            took[name] = time.monotonic() - began
        return list(_table(context, took))


def _table(context: Context, took: dict[str, float]) -> Iterator[str]:
    yield f"\n## Indicators of six recordings, as of {AS_OF}\n"
    yield "Value, or the bounds in brackets where too much is unknown. No ownership lists were given.\n"
    yield "| indicator | " + " | ".join(f"recording {LETTERS[name]}" for name in NAMES) + " |"
    yield "|---|" + "---|" * len(NAMES)
    with context.warehouse() as warehouse:
        rows = {n: {r["indicator_id"]: r for r in warehouse.rows("indicator_value", city_ids=[n])} for n in NAMES}
        entries = {n: len(warehouse.rows("dataset_day", city_ids=[n])) for n in NAMES}
    for indicator in discover():
        yield f"| {indicator.title} | " + " | ".join(_figure(rows[name][indicator.id]) for name in NAMES) + " |"
    yield "| entries seen | " + " | ".join(str(entries[name]) for name in NAMES) + " |"
    yield "| seconds for the city-day | " + " | ".join(f"{took[name]:.1f}" for name in NAMES) + " |"


def _figure(row: dict[str, object]) -> str:
    value, between, known, note = cells(row)
    if row["value"] is None:
        return f"[{between}]" if between else note
    return f"{value} ({known})" if known else value


def _crawl(name: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, home_at(Path(folder)) as context:
        outcomes = observe_all(context, name)
        series = {
            key: history(context, name, f"datasets_{key}_count") for key in ("counted", "added", "found", "removed")
        }
        with context.warehouse() as warehouse:
            reasons = {run.day.isoformat(): run.problem or "" for run in warehouse.runs(name)}
    yield f"\n## Recording {LETTERS[name]}: {len(days_of(name))} days of an unstable crawl\n"
    yield "| day | outcome | counted | added | found | removed | held because |\n|---|---|---|---|---|---|---|"
    for day, outcome in outcomes.items():
        figures = " | ".join(_whole(series[key].get(day)) for key in series)
        yield f"| {day} | {outcome} | {figures} | {reasons[day].removeprefix('main: ')} |"


def _whole(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def _benchmark(script: str) -> Iterator[str]:
    done = subprocess.run([sys.executable, *script.split()], cwd=ROOT, capture_output=True, text=True, check=False)
    yield f"\n## `{script.removeprefix('-m ')}`\n\n```\n{done.stdout.strip()}\n```"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

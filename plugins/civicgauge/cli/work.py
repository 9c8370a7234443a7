"""What the commands do; each returns its exit code."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import typer

from civicgauge.cli import show
from civicgauge.errors import ConfigurationError, worst
from civicgauge.pipeline import observing
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.days import day_of
from civicgauge.pipeline.observing import CityDayResult

DEMO_AS_OF = "2026-06-30"  # a fixed day, so that the demo's numbers are those that docs/demo.md works out by hand


def observe(cities: list[str], as_of: str | None, fail_on: show.Severity, *, as_json: bool) -> int:
    """Observe, then show; the worst exit code of any city."""
    context = Context.from_environment()
    results = observing.observe(context, cities, as_of, _progress)
    return worst((_codes(results), _show(context, results, fail_on, as_json=as_json)))


def replay(cities: list[str], first: str, last: str, *, as_json: bool) -> int:
    """Recompute stored days, then show the last one of each city."""
    context = Context.from_environment()
    results = observing.replay(context, cities, day_of(first, "--from"), day_of(last, "--to"), _progress)
    if not results:
        typer.echo("no stored snapshots between those days", err=True)
    return worst((_codes(results), _show(context, results, show.Severity.NEVER, as_json=as_json)))


def run(cities: list[str], as_of: str | None, fail_on: show.Severity, *, as_json: bool) -> int:
    """The city DAGs by Airflow, then show."""
    from civicgauge.airflow.run import run_cities

    context = Context.from_environment()
    with context.warehouse():
        pass  # an unusable warehouse is said before Airflow is started
    verbose = logging.getLogger("civicgauge").isEnabledFor(logging.INFO)
    ran = run_cities(observing.cities_of(context, cities), as_of, verbose=verbose)
    results = [
        CityDayResult(r["city_id"], r["day"] or "", r["outcome"], r["failed_tasks"], r["exit_code"]) for r in ran
    ]
    for result in results:
        _progress(result)
    return worst((_codes(results), _show(context, results, fail_on, as_json=as_json)))


def _show(context: Context, results: list[CityDayResult], fail_on: show.Severity, *, as_json: bool) -> int:
    from datetime import date

    with context.warehouse() as warehouse:
        days = {r.city_id: date.fromisoformat(r.day) for r in results if r.outcome in {"complete", "partial"}}
        shown = {c: d for c, d in days.items() if warehouse.current_run(c, d) is not None}
        shown = {c: d for c, d in shown.items() if warehouse.current_run(c, d).outcome in {"complete", "partial"}}  # type: ignore[union-attr]
    if shown or not as_json:
        return show.values(context, shown, fail_on, as_json=as_json) if shown else 0
    show.print_json([])  # a program that reads stdout gets JSON in any case
    return 0


def _progress(result: CityDayResult) -> None:
    typer.echo(f"{result.city_id} {result.day}".rstrip() + f": {result.outcome}", err=True)
    for part, problem in result.problems.items():
        typer.echo(f"  {part}: {problem}", err=True)


def _codes(results: list[CityDayResult]) -> int:
    return worst(result.exit_code for result in results)


def export(folder: Path, as_of: str | None, audience: show.Audience, *, history: bool) -> int:
    """Write every table in every format; says where."""
    from civicgauge.pipeline import exporting

    context = Context.from_environment()
    written = exporting.export(context, folder, as_of, str(audience), history=history)
    for name, count in written.items():
        kinds = ".parquet" if name.endswith(exporting.HISTORY) else ".csv, .parquet"
        typer.echo(f"{folder / name}{kinds}: {count} rows", err=True)
    typer.echo(
        f"{folder / exporting.WORKBOOK}, {exporting.SQLITE}, {exporting.DESCRIPTOR}: the same together", err=True
    )
    return 0


def site(folder: Path, as_of: str | None, audience: show.Audience, cities: list[str], datasets: Any) -> int:
    """Write the pages as files; says how many."""
    from civicgauge.pages.site import Wanted, write_site
    from civicgauge.pipeline.showing import PUBLIC, STAFF, Viewer

    if (audience is show.Audience.CITY) != bool(cities):
        raise ConfigurationError("--city goes with --audience city, once for each city whose own view is written")
    viewers = {show.Audience.PUBLIC: PUBLIC, show.Audience.STAFF: STAFF}
    viewer = viewers.get(audience) or Viewer("city", frozenset(cities))
    context = Context.from_environment()
    for city_id in cities:
        context.city(city_id)  # says which is unknown
    written = write_site(Wanted(context.settings, viewer, as_of, datasets), folder)
    typer.echo(f"{folder / 'index.html'}: {written['pages']} pages of {written['cities']} cities", err=True)
    return 0


def check() -> int:
    """Load every configuration file and every definition; print all problems."""
    from civicgauge.pipeline import checking, cohorts

    context = Context.from_environment()
    if warning := cohorts.misplaced(context.settings):
        typer.echo(f"warning: {warning}", err=True)
    problems, counts = checking.check(context)
    for problem in problems:
        typer.echo(problem)
    typer.echo(
        "; ".join(f"{count} {name}" for name, count in counts.items()) + (": all fit" if not problems else ""), err=True
    )
    return 2 if problems else 0


def probe(url: str, *, as_json: bool) -> int:
    """Ask an address by each kind's own API, and print what answered."""
    from civicgauge.pipeline import probing

    found = probing.probe(Context.from_environment(), url)
    if as_json:
        show.print_json({name: getattr(found, name) for name in found.__slots__})
    else:
        typer.echo(probing.city_file(found))
    return 0


def accept(city: str, portal: str, day: str, *, by: str, reason: str) -> int:
    """Write an operator's word beside a held crawl."""
    from civicgauge.pipeline import snapshots

    context, which = Context.from_environment(), day_of(day, "--day").isoformat()
    folder = snapshots.accept(context, city, portal, which, {"by": by, "reason": reason}, utc_now())
    typer.echo(f"accepted: {folder}; now run: civicgauge replay {city} --from {day} --to {day}", err=True)
    return 0


def db_upgrade() -> int:
    """Make or upgrade the schema."""
    from civicgauge.pipeline.exporting.reading import indicator_texts
    from civicgauge.warehouse import Warehouse

    with Warehouse(Context.from_environment().settings.warehouse) as warehouse:
        warehouse.upgrade(indicator_texts())
        typer.echo(f"warehouse at version {warehouse.current_version()}", err=True)
    return 0


def db_reader(name: str) -> int:
    """Let a PostgreSQL role read the warehouse; say what it sees."""
    with Context.from_environment().warehouse() as warehouse:
        made = " (made, without a right to log in)" if warehouse.grant_reader(name) else ""
        typer.echo(f"{name}{made} may read every table and view of {warehouse.place}, private cities too", err=True)
    return 0


def demo(*, airflow: bool) -> int:
    """Demo portals on loopback, the whole pipeline on them, the table, and where to look next."""
    from zoneinfo import ZoneInfo

    from civicgauge.demo.server import DemoPortals
    from civicgauge.pipeline.days import moment_of

    home = Context.from_environment().settings.home / "demo"
    os.environ |= {
        "CIVICGAUGE_HOME": str(home),
        "CIVICGAUGE_CITIES": str(home / "cities"),
        "CIVICGAUGE_ALLOW_PRIVATE_HOSTS": "1",
        "CIVICGAUGE_WAREHOUSE": f"sqlite:///{home / 'warehouse.sqlite'}",
        "CIVICGAUGE_LAKE": str(home / "lake"),
        "CIVICGAUGE_SMTP_CONNECTION": "",  # mail lies in a folder, whatever mail server the environment names
        "CIVICGAUGE_OPS_CONTACTS": "",
    }
    (home / "cities").mkdir(parents=True, exist_ok=True)
    if code := db_upgrade():
        return code
    with DemoPortals(moment_of(DEMO_AS_OF, ZoneInfo("America/Chicago"))) as portals:
        portals.write_cities(home / "cities")
        act: Any = run if airflow else observe
        code = act([], DEMO_AS_OF, show.Severity.NEVER, as_json=False)
    _tell_at_once()
    typer.echo(_NEXT.format(home=os.path.relpath(home)), err=True)
    return int(code)


def _tell_at_once() -> None:
    """Tell the demo's cities now: a folder has no office hours."""
    from civicgauge import pipeline
    from civicgauge.pipeline.context import utc_now
    from civicgauge.pipeline.sending import connection_from_environment

    now = utc_now()
    pipeline.decide_and_tell(now)
    with Context.from_environment().warehouse() as warehouse:
        due = [row["due_at"] for row in warehouse.alerts.notifications(states=("queued",))]
    pipeline.deliver(max([now, *due]), f"demo:{os.getpid()}:{now.isoformat()}", connection_from_environment)


_NEXT = """
Where to look next:
  {home}/warehouse.sqlite   every table (dataset_day, check_result, indicator_value, run, ...)
  {home}/lake               what the portals said, and what was made of it
  {home}/outbox             what cities and operators would be mailed: an .eml each, and an .html to open
  docs/demo.md              each planted defect, and the numbers above worked out by hand
  CIVICGAUGE_HOME={home} civicgauge export out --audience staff   the tables to take away
  make ui                   the same in Airflow's own pages"""

"""The command `civicgauge`: data on stdout, progress and logs on stderr.

Exit codes: 0 ok, 1 findings at or above --fail-on, 2 usage or configuration, 3 a portal could not be reached or read,
70 our own fault.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from civicgauge import __version__
from civicgauge.cli import alerts_app, attest, audit, decisions, edition, effect, keeping, show, told, work
from civicgauge.cli import compare as beside
from civicgauge.cli import datasets as chosen
from civicgauge.cli import packs as papers
from civicgauge.cli import serve as answers
from civicgauge.cli import whatif as arithmetic
from civicgauge.errors import CivicgaugeError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Measures how well cities keep their open-data promises, every day, from the outside.",
)
db = typer.Typer(no_args_is_help=True, help="The warehouse's schema.")
app.add_typer(db, name="db")
app.add_typer(alerts_app.app, name="alerts")
app.add_typer(edition.app, name="edition")
app.add_typer(decisions.app, name="decisions")
app.add_typer(audit.app, name="audit")
app.add_typer(attest.app, name="attest")
app.add_typer(effect.app, name="effect")

Cities = Annotated[
    list[str] | None, typer.Argument(metavar="CITY", help="City ids; all of the registry if none is named.")
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="T", help="A date (the end of that local day) or a time.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Paper = Annotated[
    Literal["a4", "letter"] | None, typer.Option(help="Of a PDF; by default what the city's country uses.")
]
FailOn = Annotated[
    show.Severity, typer.Option("--fail-on", help="Exit 1 when a check of at least this severity found something.")
]


@app.callback(invoke_without_command=True)
def _options(
    *,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say on stderr what is asked, received and kept.")
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_is_told)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("civicgauge").setLevel(logging.INFO if verbose else logging.ERROR)
    if version:
        typer.echo(__version__)
        raise typer.Exit


def _is_told(record: logging.LogRecord) -> bool:
    """Libraries speak from a warning on, whatever level they give themselves."""
    return record.name.startswith("civicgauge") or record.levelno >= logging.WARNING


@app.command()
def run(
    cities: Cities = None, as_of: AsOf = None, fail_on: FailOn = show.Severity.NEVER, *, as_json: Json = False
) -> None:
    """Run the city DAGs and then publish, by Airflow, in this process, in a throw-away Airflow home."""
    raise typer.Exit(work.run(cities or [], as_of, fail_on, as_json=as_json))


@app.command()
def observe(
    cities: Cities = None, as_of: AsOf = None, fail_on: FailOn = show.Severity.NEVER, *, as_json: Json = False
) -> None:
    """The same stages without Airflow."""
    raise typer.Exit(work.observe(cities or [], as_of, fail_on, as_json=as_json))


@app.command()
def replay(
    cities: Cities = None,
    *,
    first: Annotated[str, typer.Option("--from", metavar="D", help="First day.")],
    last: Annotated[str, typer.Option("--to", metavar="D", help="Last day.")],
    as_json: Json = False,
) -> None:
    """Compute days again from stored snapshots; no portal is asked."""
    raise typer.Exit(work.replay(cities or [], first, last, as_json=as_json))


@app.command()
def indicators(
    city: Annotated[str | None, typer.Argument(help="A city id; all cities if none is named.")] = None,
    as_of: AsOf = None,
    fail_on: FailOn = show.Severity.NEVER,
    *,
    known_at: Annotated[
        str | None, typer.Option(metavar="T", help="As they stood at that time, before they were computed again.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The newest indicator values at a date, with their bounds."""
    raise typer.Exit(show.indicators(city, as_of, fail_on, known_at, as_json=as_json))


@app.command()
def compare(
    city: str,
    as_of: AsOf = None,
    cohort: Annotated[
        str | None, typer.Option("--cohort", metavar="ID", help="Staff's own group instead of the city's peer group.")
    ] = None,
    audience: Annotated[
        show.Audience, typer.Option(help="Who will read it; only staff see private cities by name.")
    ] = show.Audience.PUBLIC,
    *,
    as_json: Json = False,
) -> None:
    """A city beside comparable ones: bands and the middle half, no ranks."""
    raise typer.Exit(beside.compare(city, as_of, cohort, audience, as_json=as_json))


@app.command()
def criteria(
    city: str,
    as_of: AsOf = None,
    *,
    standard: Annotated[str, typer.Option(metavar="NAME", help="A standard's file name.")] = "what-works-cities-2022",
    as_json: Json = False,
) -> None:
    """What a city's numbers say of each criterion of a standard; never a level."""
    raise typer.Exit(told.criteria(city, standard, as_of, as_json=as_json))


@app.command()
def evidence(city: str, indicator: str, as_of: AsOf = None, *, as_json: Json = False) -> None:
    """The datasets behind one number, and what each brought to it."""
    raise typer.Exit(told.evidence(city, indicator, as_of, as_json=as_json))


@app.command()
def changes(
    city: str,
    *,
    first: Annotated[str, typer.Option("--from", metavar="D", help="The day before.")],
    last: Annotated[str, typer.Option("--to", metavar="D", help="The day after.")],
    as_json: Json = False,
) -> None:
    """What changed between two days: the data, what could be seen of them, or the method."""
    raise typer.Exit(told.changes(city, first, last, as_json=as_json))


@app.command()
def feedback(city: str, as_of: AsOf = None, *, as_json: Json = False) -> None:
    """A report to a city: the few things that would help the data's users most, as Markdown."""
    raise typer.Exit(told.feedback(city, as_of, as_json=as_json))


@app.command()
def brief(
    city: str,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write; its name ends in .pdf or .html.")],
    as_of: AsOf = None,
    audience: Annotated[
        show.Audience, typer.Option(help="Whose view; only staff see a private city's.")
    ] = show.Audience.PUBLIC,
    *,
    paper: Paper = None,
) -> None:
    """One sheet for a mayor: what residents gain, three things to do, what peers do, how sure we are."""
    raise typer.Exit(papers.brief(city, file, as_of, audience, paper))


@app.command()
def pack(
    cohort: str,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write; its name ends in .pdf or .html.")],
    as_of: AsOf = None,
    *,
    for_cities: Annotated[
        bool, typer.Option("--for-cities", help="Without the cover that names the cities, counted as others may see.")
    ] = False,
    paper: Paper = None,
) -> None:
    """A workshop's pack: which practices most cities of a cohort lack, public examples, steps, exercises. For staff."""
    raise typer.Exit(papers.pack(cohort, file, as_of, paper, for_cities=for_cities))


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write; made if missing.")],
    as_of: AsOf = None,
    audience: Annotated[
        show.Audience, typer.Option(help="Private cities are in staff's exports alone.")
    ] = show.Audience.PUBLIC,
    *,
    history: Annotated[
        bool, typer.Option("--history", help="Past check results and states of datasets too, as Parquet.")
    ] = False,
) -> None:
    """Every table as CSV, Parquet, one workbook, one SQLite file, and a data package."""
    raise typer.Exit(work.export(folder, as_of, audience, history=history))


@app.command()
def site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write; made if missing.")],
    as_of: AsOf = None,
    audience: Annotated[
        show.Audience, typer.Option(help="Private cities are in staff's pages alone.")
    ] = show.Audience.PUBLIC,
    city: Annotated[
        list[str] | None, typer.Option(help="With --audience city: whose own view; may be given several times.")
    ] = None,
    datasets: Annotated[
        Literal["all", "to_mend", "none"], typer.Option(help="Which datasets get a page of their own.")
    ] = "all",
) -> None:
    """The pages as static files, for any web server or none."""
    raise typer.Exit(work.site(folder, as_of, audience, city or [], datasets))


@app.command()
def datasets(
    city: str,
    *,
    propose: Annotated[
        bool, typer.Option("--propose", help="What might be named besides, and why; nothing is pulled unasked.")
    ] = False,
    as_json: Json = False,
) -> None:
    """The datasets of a city whose rows are pulled, and what their last pulls came to."""
    raise typer.Exit(chosen.datasets(city, propose=propose, as_json=as_json))


@app.command()
def check() -> None:
    """Every configuration file, all errors at once, as file:line:column."""
    raise typer.Exit(work.check())


@app.command()
def probe(url: Annotated[str, typer.Argument(metavar="URL")], *, as_json: Json = False) -> None:
    """Which kind of portal this is, what it offers, and a city file to start from."""
    raise typer.Exit(work.probe(url, as_json=as_json))


@app.command()
def accept(
    city: str,
    day: Annotated[str, typer.Option("--day", metavar="D", help="The local day whose crawl was held.")],
    by: Annotated[str, typer.Option("--by", help="Who says so (a role).")],
    reason: Annotated[str, typer.Option("--reason", help="Why the crawl is right.")],
    portal: Annotated[str, typer.Option("--portal", help="The portal's id.")] = "main",
) -> None:
    """An operator's word that a held crawl is right: it becomes the new base. Then `replay` that day."""
    raise typer.Exit(work.accept(city, portal, day, by=by, reason=reason))


@app.command()
def purge(  # noqa: PLR0913 - each is an option of the command
    city: str,
    by: Annotated[str, typer.Option("--by", help="Who asks for it (a role).")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    portal: Annotated[str | None, typer.Option("--portal", metavar="P", help="One portal of it.")] = None,
    dataset: Annotated[str | None, typer.Option("--dataset", metavar="D", help="One entry of the portal.")] = None,
    resource: Annotated[str | None, typer.Option("--resource", metavar="R", help="One resource of the entry.")] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, only what would go is said.")] = False,
) -> None:
    """Remove what a city withdraws from the lake and the warehouse, all days of it, for good."""
    raise typer.Exit(keeping.purge((city, portal, dataset, resource), by=by, reason=reason, yes=yes))


@app.command()
def serve(
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8090,
    proxies: Annotated[
        str | None, typer.Option(metavar="ADDRESSES", help="Proxies whose X-Forwarded-For is believed.")
    ] = None,
    audience: Annotated[Literal["public", "staff"], typer.Option(help="Whom the pages are for.")] = "public",
    behind_sign_in: Annotated[
        bool, typer.Option("--behind-sign-in", help="A web server before it signs staff in; else loopback alone.")
    ] = False,
) -> None:
    """Serve the pages, and what is behind the signed links in messages: cities answer there."""
    raise typer.Exit(answers.serve(host, port, proxies, audience, is_behind_sign_in=behind_sign_in))


@app.command()
def demo(
    *,
    airflow: Annotated[
        bool, typer.Option(help="Through Airflow; --no-airflow runs the same stages without it.")
    ] = True,
) -> None:
    """Three demo cities on demo portals of our own, no internet: what `make demo` runs."""
    raise typer.Exit(work.demo(airflow=airflow))


@app.command()
def whatif(
    *,
    standard: Annotated[str, typer.Option(metavar="NAME", help="A standard's file name.")] = "what-works-cities-2022",
    points: Annotated[int | None, typer.Option(metavar="N", help="Points, as entered by staff.")] = None,
    criteria: Annotated[str | None, typer.Option(metavar="CODES", help="Codes, with commas; each is a point.")] = None,
    as_json: Json = False,
) -> None:
    """Level arithmetic on points that staff enter; of no city, and stored nowhere."""
    raise typer.Exit(arithmetic.whatif(standard, points, criteria, as_json=as_json))


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the warehouse's schema to this version; makes it where there is none."""
    raise typer.Exit(work.db_upgrade())


@db.command("check")
def db_check(
    *,
    lake: Annotated[
        bool, typer.Option("--lake", help="Read what the current runs cite in the lake, too, and compare digests.")
    ] = False,
    first: Annotated[str | None, typer.Option("--from", metavar="D", help="With --lake: from this day on.")] = None,
    as_json: Json = False,
) -> None:
    """Whether the warehouse's schema is this version's; with --lake, whether the lake holds what it rests on."""
    raise typer.Exit(keeping.db_check(first, with_lake=lake, as_json=as_json))


@db.command("reader")
def db_reader(name: Annotated[str, typer.Argument(metavar="NAME", help="A role on PostgreSQL.")]) -> None:
    """Let a role read every table and view and change nothing; makes it, without login, where there is none."""
    raise typer.Exit(work.db_reader(name))


def main() -> None:
    """Entry point: our errors become one message on stderr and their exit code."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    try:
        app(prog_name="civicgauge")
    except CivicgaugeError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:  # whatever else is a fault of ours, said as one line; --verbose shows where
        if logging.getLogger("civicgauge").isEnabledFor(logging.INFO):
            logging.getLogger("civicgauge").exception("unexpected")
        typer.echo(
            f"civicgauge: a fault of our own: {type(error).__name__}: {error} (civicgauge -v shows where)", err=True
        )
        sys.exit(70)


__all__ = ["app", "main"]

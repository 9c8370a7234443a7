"""The verbs of `civicgauge edition`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from civicgauge.cli import editions, editions_shown
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import utc_now
from civicgauge.pipeline.days import day_of, moment_of
from civicgauge.review.editions import Answer

app = typer.Typer(
    no_args_is_help=True, help="Numbers of many cities that people looked through, signed and froze; for staff."
)

Id = Annotated[str, typer.Argument(metavar="EDITION", help="The edition's id, such as 2026-h2.")]
By = Annotated[str, typer.Option("--by", help="Who does it (a role).")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept and shown.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
At = Annotated[str | None, typer.Option("--at", metavar="T", help="When it is done, if not now: a date or a time.")]


_A_DAY = timedelta(days=1)  # a bare date of today is its end


def _moment(text: str | None) -> datetime:
    """When an act is done; ConfigurationError for a day that is still to come."""
    now, at = utc_now(), _looked_at(text)
    if at >= now + _A_DAY:
        raise ConfigurationError(f"--at: {at:%Y-%m-%d} is still to come; an act is dated when it is done")
    return at


def _looked_at(text: str | None) -> datetime:
    return moment_of(text, ZoneInfo("UTC"), "--at") if text else utc_now()


@app.command("open")
def _open(
    edition_id: Id,
    cities: Annotated[list[str] | None, typer.Argument(metavar="CITY", help="All of the registry if none.")] = None,
    *,
    title: Annotated[str, typer.Option("--title", help="What stands on its cover.")],
    as_of: Annotated[str, typer.Option("--as-of", metavar="D", help="Of each city the newest shown day up to it.")],
    by: By,
    at: At = None,
) -> None:
    """Open a draft: copy each city's numbers. The same again takes the draft anew."""
    from civicgauge.pipeline.reviewing.editions import Opening

    asked = Opening(edition_id, title, day_of(as_of, "--as-of"), by, tuple(cities or ()))
    raise typer.Exit(editions.opened(asked, _moment(at)))


@app.command()
def preview(edition_id: Id, *, by: By, at: At = None) -> None:
    """Let the cities look through it, each for ten working days or more; from now on its content has a digest."""
    raise typer.Exit(editions.previewed(edition_id, by, _moment(at)))


@app.command()
def dispute(  # noqa: PLR0913 - each is an option of the command
    edition_id: Id,
    city: str,
    *,
    claim: Annotated[str, typer.Option("--claim", help="What the city says.")],
    by: By,
    indicator: Annotated[str | None, typer.Option("--indicator", metavar="I", help="The number that is meant.")] = None,
    portal: Annotated[str, typer.Option("--portal", metavar="P", help="The portal that is meant.")] = "",
    dataset: Annotated[str, typer.Option("--dataset", metavar="D", help="The entry that is meant.")] = "",
    evidence: Annotated[str | None, typer.Option("--evidence", metavar="URL", help="Where the proof lies.")] = None,
    digest: Annotated[str | None, typer.Option("--digest", help="SHA-256 of the proof as it was read.")] = None,
    at: At = None,
) -> None:
    """A city contests the preview; after freezing it is an appeal."""
    from civicgauge.pipeline.reviewing.disputes import Claim

    asked = Claim(edition_id, city, claim, by, indicator, portal, dataset, evidence, digest)
    raise typer.Exit(editions.disputed(asked, _moment(at)))


@app.command()
def decide(
    dispute_id: Annotated[str, typer.Argument(metavar="DISPUTE", help="A dispute's id, such as 2026-h2-d1.")],
    answer: Annotated[Answer, typer.Argument(help="What becomes of it.")],
    *,
    by: By,
    reason: Reason,
    decision: Annotated[
        str | None, typer.Option("--decision", metavar="ID", help="The decision that it led to, or reopened.")
    ] = None,
    at: At = None,
) -> None:
    """Decide a dispute. Upheld in the preview, the city's numbers are taken anew with the decisions on it."""
    from civicgauge.pipeline.reviewing.disputes import Deciding

    raise typer.Exit(editions.decided(Deciding(dispute_id, answer, by, reason, decision), _moment(at)))


@app.command()
def sign(
    edition_id: Id,
    *,
    name: Annotated[str, typer.Option("--name", help="The person's name; for staff alone.")],
    role: Annotated[str, typer.Option("--role", help="The person's role.")],
    content: Annotated[
        str | None, typer.Option("--content", metavar="DIGEST", help="What was looked through: refused if it changed.")
    ] = None,
    at: At = None,
) -> None:
    """Sign what the edition holds. Two people sign; what changes afterwards has to be signed again."""
    from civicgauge.pipeline.reviewing.editions import Signing

    raise typer.Exit(editions.signed(Signing(edition_id, name, role, content), _moment(at)))


@app.command()
def freeze(edition_id: Id, *, by: By, at: At = None) -> None:
    """Freeze it: the preview is over, nothing is contested, two people have signed."""
    raise typer.Exit(editions.frozen(edition_id, by, _moment(at)))


@app.command()
def abandon(edition_id: Id, *, by: By, reason: Reason, at: At = None) -> None:
    """Give up a draft or a preview."""
    raise typer.Exit(editions.abandoned(edition_id, by, reason, _moment(at)))


@app.command()
def verify(edition_id: Id, *, at: At = None, as_json: Json = False) -> None:
    """Compute every digest again, from the lake and the warehouse; exit 1 where anything is not as it was."""
    raise typer.Exit(editions_shown.verified(edition_id, _looked_at(at), as_json=as_json))


@app.command()
def erratum(  # noqa: PLR0913 - each is an option of the command
    edition_id: Id,
    city: str,
    indicator: str,
    *,
    reason: Reason,
    by: By,
    second_by: Annotated[str, typer.Option("--second-by", help="The second person who agrees (a role).")],
    dispute_id: Annotated[
        str | None, typer.Option("--dispute", metavar="ID", help="The appeal that led to it.")
    ] = None,
    value: Annotated[float | None, typer.Option("--value", help="The number, where no newer attempt has it.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="Its status; ok where a value is given.")] = None,
    low: Annotated[float | None, typer.Option("--low", help="Its low bound.")] = None,
    high: Annotated[float | None, typer.Option("--high", help="Its high bound.")] = None,
    digest: Annotated[str | None, typer.Option("--digest", help="SHA-256 of the evidence of a given number.")] = None,
    at: At = None,
) -> None:
    """Correct a number of a frozen edition: from the day's newest attempt (replay it first), or as given."""
    from civicgauge.pipeline.reviewing.errata import Correcting

    given = editions.given(value, status, low, high, digest)
    asked = Correcting(edition_id, city, indicator, reason, by, second_by, given, dispute_id)
    raise typer.Exit(editions.corrected(asked, _moment(at)))


@app.command("list")
def _list(*, as_json: Json = False) -> None:
    """Every edition, and where it stands."""
    raise typer.Exit(editions_shown.listed(as_json=as_json))


@app.command()
def show(
    edition_id: Id,
    city: Annotated[str | None, typer.Argument(help="A city's numbers instead of the list of cities.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """An edition: its cities, disputes, signatures and errata; or one city's numbers in it."""
    raise typer.Exit(editions_shown.shown(edition_id, city, as_json=as_json))

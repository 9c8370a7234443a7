"""The verbs of `civicgauge attest`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from civicgauge import clean
from civicgauge.cli import show
from civicgauge.cli.told import console_of, table_of
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.words import CONTRADICTED

if TYPE_CHECKING:
    from civicgauge.pipeline.reviewing.attestations import Listed

app = typer.Typer(
    no_args_is_help=True, help="What people attest of criteria, with a proof and a second person; beside the numbers."
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="Attestations, from `attest list`.")]
By = Annotated[str, typer.Option("--by", help="Who says so: a role, never a person's name.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept and shown.")]

#: What each field of an attestation is called here.
_NAMES = {
    "city": "CITY",
    "standard": "--standard",
    "criterion": "CRITERION",
    "stance": "--stance",
    "statement": "--statement",
    "role": "--by",
    "said_on": "--said-on",
    "valid_until": "--until",
    "evidence": "--address",
    "digest": "--digest",
}


@app.command()
def propose(  # noqa: PLR0913 - what an attestation holds
    city: Annotated[str, typer.Argument(help="A city id.")],
    criterion: Annotated[str, typer.Argument(help="A criterion's code, such as DM1.")],
    *,
    stance: Annotated[str, typer.Option("--stance", help="in_line or differs.")],
    statement: Annotated[str, typer.Option("--statement", help="What is attested, in a sentence.")],
    by: By,
    said_on: Annotated[str, typer.Option("--said-on", metavar="D", help="The day on which it was said.")],
    until: Annotated[str, typer.Option("--until", metavar="D", help="The last day on which it holds.")],
    address: Annotated[
        str, typer.Option("--address", metavar="URL", help="Where the proof lies; asked once for its digest.")
    ] = "",
    digest: Annotated[str, typer.Option("--digest", help="The proof's SHA-256 digest; then nothing is asked.")] = "",
    evidence: Annotated[
        Path | None, typer.Option("--evidence", metavar="FILE", help="The proof as a file here: its digest is taken.")
    ] = None,
    standard: Annotated[str, typer.Option(metavar="NAME", help="A standard's file name.")] = "what-works-cities-2022",
) -> None:
    """Enter an attestation; it counts once a second person approves it."""
    from civicgauge.pipeline.reviewing import attestations, proofs

    if evidence and digest:
        raise ConfigurationError("--digest: give it or --evidence, not both")
    told = {"city": city, "standard": standard, "criterion": criterion, "stance": stance, "statement": statement}
    told |= {"role": by, "said_on": said_on, "valid_until": until, "evidence": address, "digest": digest}
    proof = proofs.of_file(evidence, "--evidence") if evidence else None
    context, at = Context.from_environment(), utc_now()
    entered = attestations.propose(context, told, at=at, source="command", names=_NAMES, proof=proof)
    row = entered.row
    if not entered.is_new:
        raise ConfigurationError(f"{row['attestation_id']} says the same and is {row['state']} already")
    typer.echo(row["attestation_id"])
    length = f", {row['evidence_bytes']:,} bytes" if row["evidence_bytes"] is not None else ""
    typer.echo(f"Proposed. Proof: SHA-256 {row['evidence_digest']}{length}", err=True)
    typer.echo(
        f"It counts once a second person says: civicgauge attest approve {row['attestation_id']} --by ROLE", err=True
    )
    _say_contradiction(context, row)


@app.command()
def approve(ids: Ids, *, by: By) -> None:
    """A second person agrees: it counts from the city's next measured day on."""
    from civicgauge.pipeline.reviewing import attestations

    context, at = Context.from_environment(), utc_now()
    for attestation_id in ids:
        row = attestations.approve(context, attestation_id, by=by, at=at)
        typer.echo(f"{attestation_id}: approved by {row['second_by']}; it holds until {row['valid_until']}", err=True)
        _say_contradiction(context, row)


@app.command()
def refuse(ids: Ids, *, by: By, reason: Reason) -> None:
    """A second person does not agree, and says why."""
    from civicgauge.pipeline.reviewing import attestations

    context, at = Context.from_environment(), utc_now()
    for attestation_id in ids:
        row = attestations.refuse(context, attestation_id, by=by, reason=reason, at=at)
        typer.echo(f"{attestation_id}: refused by {row['second_by']}: {row['answer']}", err=True)


@app.command()
def withdraw(ids: Ids, *, by: By, reason: Reason) -> None:
    """Take back what was proposed or approved, and say why."""
    from civicgauge.pipeline.reviewing import attestations

    context, at = Context.from_environment(), utc_now()
    for attestation_id in ids:
        attestations.withdraw(context, attestation_id, by=by, reason=reason, at=at)
        typer.echo(f"{attestation_id}: withdrawn; it counts no more from the city's next measured day on", err=True)


@app.command("list")
def list_(
    cities: Annotated[list[str] | None, typer.Argument(metavar="CITY")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Expired, refused and withdrawn ones, too.")] = False,
    expiring: Annotated[bool, typer.Option("--expiring", help="Only those that end within 60 days.")] = False,
    as_json: Json = False,
) -> None:
    """What is attested, by city files and by this command, and what waits for a second person."""
    from civicgauge.pipeline.reviewing import attestations

    context = Context.from_environment()
    found = attestations.listed(context, utc_now(), cities or [], every=every, expiring=expiring)
    if as_json:
        show.print_json([asdict(each) for each in found])
        return
    _print(found)
    waiting = sum(each.state == "proposed" for each in found)
    what = "attestation" if len(found) == 1 else "attestations"
    told = " that hold and end within 60 days" if expiring else f"; {waiting} waiting for a second person"
    typer.echo(f"{len(found)} {what}{told}", err=True)


@app.command()
def load(path: Annotated[Path, typer.Argument(metavar="FILE", help="A .csv or .yml file of attestations.")]) -> None:
    """Enter all attestations of a file, or, where one is wrong, none; loading it again changes nothing."""
    from civicgauge.pipeline.reviewing import attestfile

    loaded = attestfile.load(Context.from_environment(), path, utc_now())
    for attestation_id in loaded.new:
        typer.echo(attestation_id)
    states = sorted(set(loaded.known.values()))
    known = ", ".join(f"{sum(each == state for each in loaded.known.values())} {state}" for state in states)
    new = f"{len(loaded.new)} proposed; a second person has to approve each" if loaded.new else "Nothing new"
    typer.echo(f"{new}{f'; there already: {known}' if known else ''}", err=True)


def _say_contradiction(context: Context, row: Mapping[str, Any]) -> None:
    """Say where the city's newest numbers and what is attested differ, as the form does."""
    from civicgauge.pipeline.reviewing.asking import asked_about

    told = asked_about(context, row)
    if told["contradicts"]:
        numbers = clean.line("; ".join(told["numbers"]), 400)
        typer.echo(f"{CONTRADICTED} On {told['observed_on']}: {numbers}", err=True)


def _print(found: Iterable[Listed]) -> None:
    table = table_of("Attestations", "Id", "City", "Criterion", "Attested", "Until", "State", "Proof")
    for each in found:
        attested = f"{each.stance.replace('_', ' ')} ({each.by}, {each.said_on})"
        if each.statement:
            attested = f"{attested}\n{clean.line(each.statement, 160)}"
        state = "expired" if each.state == "approved" and each.has_expired else each.state
        second = f"\n{clean.line(each.second_by, 80)}" if each.second_by else ""
        answer = f"\n{clean.line(each.answer, 160)}" if each.answer else ""
        proof = each.evidence_url or (f"SHA-256 {each.evidence_digest[:12]}…" if each.evidence_digest else "")
        cells = [each.attestation_id or "(city file)", each.city_id, each.criterion, attested, str(each.valid_until)]
        table.add_row(*(Text(cell) for cell in [*cells, f"{state}{second}{answer}", proof]))
    console_of().print(table)

"""The verbs of `civicgauge decisions`: what staff decide of what no rule can know."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from civicgauge.cli.listing import table
from civicgauge.cli.show import print_json
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.days import day_of
from civicgauge.pipeline.words import number
from civicgauge.warehouse import Warehouse

app = typer.Typer(
    no_args_is_help=True, help="What staff decide of what no rule can know, beside what is measured, never in it."
)
Row = dict[str, Any]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Key = Annotated[str, typer.Argument(metavar="ID", help="A decision's id, from `decisions list`.")]
By = Annotated[str, typer.Option("--by", help="Who says so: a role, never a name.")]
Why = Annotated[str, typer.Option("--reason", help="Why, in a sentence; it is kept and shown.")]


@app.command()
def propose(  # noqa: PLR0913 - each is a part of a decision
    city: str,
    *,
    portal: Annotated[str, typer.Option("--portal", help="The portal's id in its city file.")] = "main",
    dataset: Annotated[str, typer.Option("--dataset", help="The entry's id.")],
    field: Annotated[str, typer.Option("--field", help="What is decided: `decisions fields` lists them.")],
    decided: Annotated[str, typer.Option("--decided", help="What it is.")],
    reason: Why,
    evidence_url: Annotated[str, typer.Option("--evidence-url", help="Where the evidence lies.")] = "",
    digest: Annotated[str, typer.Option("--digest", help="SHA-256 of the evidence as it was read.")] = "",
    evidence: Annotated[Path | None, typer.Option("--evidence", help="Its file instead: the digest is taken.")] = None,
    by: By,
    first: Annotated[str, typer.Option("--from", metavar="D", help="The first day on which it holds.")],
    last: Annotated[str, typer.Option("--until", metavar="D", help="The last; without, until it is ended.")] = "",
) -> None:
    """Propose a decision; it holds when a second person agrees (`decisions second`)."""
    from civicgauge.pipeline.reviewing import deciding
    from civicgauge.pipeline.reviewing.decisionfile import digest_of
    from civicgauge.review.decisions import Asked

    if evidence is not None and digest:
        raise ConfigurationError("--digest: --evidence takes it of the file; give one of them")
    proof = digest_of(evidence) if evidence is not None else digest
    asked = Asked(city, portal, dataset, field, decided, reason, evidence_url, proof, by, first, last)
    row = deciding.propose(Context.from_environment(), asked, utc_now())
    typer.echo(f"{row['decision_id']}: proposed; measured: {row['measured'] or 'nothing'}, decided: {row['decided']}")
    typer.echo(f"A second person: civicgauge decisions second {row['decision_id']} --by ROLE", err=True)


@app.command()
def load(file: Annotated[Path, typer.Argument(help="A CSV file; docs/decisions.md names its columns.")]) -> None:
    """Propose what a file holds; all that is wrong with it is said, and nothing is loaded then."""
    from civicgauge.pipeline.reviewing import decisionfile

    for row in decisionfile.load(Context.from_environment(), file, utc_now()):
        typer.echo(f"{row['decision_id']}: proposed; {_subject(row)} {row['field']}: {row['decided']}")


@app.command()
def second(key: Key, *, by: By, reason: Annotated[str, typer.Option("--reason", help="A word to it.")] = "") -> None:
    """A second person agrees, and it is in force; an older one on the same ends."""
    from civicgauge.pipeline.reviewing import deciding

    row = deciding.second(Context.from_environment(), key, deciding.Word(by, utc_now(), reason or None))
    typer.echo(f"{key}: in force from {row['valid_from']}{_until(row)}" + _replaced(row))


@app.command()
def refuse(key: Key, *, by: By, reason: Why) -> None:
    """A proposal is refused."""
    from civicgauge.pipeline.reviewing import deciding

    deciding.refuse(Context.from_environment(), key, deciding.Word(by, utc_now(), reason))
    typer.echo(f"{key}: refused")


@app.command()
def end(
    key: Key,
    *,
    on: Annotated[str, typer.Option("--on", metavar="D", help="The last day on which it holds.")],
    by: By,
    reason: Why,
) -> None:
    """It holds up to a day and no further."""
    from civicgauge.pipeline.reviewing import deciding

    word = deciding.Word(by, utc_now(), reason)
    row = deciding.end(Context.from_environment(), key, word, day_of(on, "--on"))
    typer.echo(f"{key}: ended; it holds from {row['valid_from']} to {row['valid_until']}")


@app.command()
def reopen(
    key: Key,
    *,
    dispute: Annotated[str | None, typer.Option("--dispute", metavar="ID", help="The dispute that led to it.")] = None,
    by: By,
    reason: Why,
) -> None:
    """An appeal: it holds no more from today on, until it is decided anew; its row stays."""
    from civicgauge.pipeline.reviewing import deciding

    word = deciding.Word(by, utc_now(), reason)
    row = deciding.reopen(Context.from_environment(), key, word, dispute)
    typer.echo(f"{key}: reopened; its last day is {row['valid_until']}")


@app.command("list")
def list_(
    city: Annotated[str | None, typer.Argument(help="A city id; all cities if none is named.")] = None,
    *,
    state: Annotated[str | None, typer.Option("--state", help="Those in one state, such as proposed.")] = None,
    as_json: Json = False,
) -> None:
    """Decisions, in every state."""
    where = {name: value for name, value in (("city_id", city), ("state", state)) if value}
    with Context.from_environment().warehouse() as warehouse:
        rows = warehouse.reviews.rows("decision", **where)
    rows.sort(key=lambda row: (row["city_id"], row["made_at"], row["decision_id"]))
    if as_json:
        print_json(rows)
        return
    columns = ("Id", "City", "Entry", "Field", "Measured", "Decided", "State", "From", "Until")
    shown = [
        [r["decision_id"], r["city_id"], f"{r['portal_id']}/{r['dataset_id']}", r["field"], r["measured"], r["decided"],
         r["state"], r["valid_from"], r["valid_until"]]
        for r in rows
    ]  # fmt: skip
    table("Decisions", columns, shown, none="no decision")


@app.command()
def show(key: Key, *, as_json: Json = False) -> None:
    """One decision whole, with what happened to it."""
    with Context.from_environment().warehouse() as warehouse:
        row = warehouse.reviews.one("decision", decision_id=key)
        acts = warehouse.reviews.rows("audit", subject=key)
        day, numbers = _moved(warehouse, row) if row else (None, [])
        none = _none_moved(warehouse, row, day) if row and day else ""
    if row is None:
        raise ConfigurationError(f"there is no decision {key!r}; see civicgauge decisions list")
    if as_json:
        print_json({"decision": row, "audit": acts, "day": day, "numbers": numbers})
        return
    table(key, ("", ""), [(name, told) for name, told in row.items() if told is not None], none="")
    shown = [(f"{a['at']:%Y-%m-%d %H:%M}", a["by"], a["action"], a["reason"]) for a in acts]
    table("What happened", ("When (UTC)", "By", "Act", "Why"), shown, none="nothing is known of it")
    columns = ("Indicator", "Measured", "Between", "Decided", "Between")
    lines = [(n["indicator_id"], *(_number(n, k) for k in ("measured", "decided"))) for n in numbers]
    told = [(name, *measured, *decided) for name, measured, decided in lines]
    if row["state"] == "in_force":
        table(f"Numbers of {day}, by all decisions of that day", columns, told, none=none)


@app.command()
def fields(*, as_json: Json = False) -> None:
    """What can be decided, and which numbers it moves."""
    from civicgauge.review.fields import discover

    found = [{"field": f.id, "title": f.title, "allowed": f.allowed, "touches": f.touches} for f in discover().values()]
    if as_json:
        print_json(found)
        return
    table("Fields", ("Field", "What", "Decided is", "Moves"), [list(f.values()) for f in found], none="no field")


def _moved(warehouse: Warehouse, row: Row) -> tuple[date | None, list[Row]]:
    """The newest shown day of the city, and its numbers that decisions move, where this is one of them."""
    city_id, day = row["city_id"], warehouse.latest_day(row["city_id"])
    if day is None:
        return None, []
    values = {value.indicator_id: value for value in warehouse.indicator_values(city_id, day)}
    found = warehouse.rows("decided_value", city_ids=[city_id], day=day)
    names = ("value", "n_unknown", "value_low", "value_high")
    return day, [
        {"indicator_id": each["indicator_id"], "unit": each["unit"]}
        | {f"measured_{name}": getattr(values[each["indicator_id"]], name) for name in names}
        | {f"decided_{name}": each[name] for name in names}
        for each in found
        if each["indicator_id"] in values and row["decision_id"] in json.loads(each["decisions"])
    ]


def _none_moved(warehouse: Warehouse, row: Row, day: date) -> str:
    """Why the day has no number that moves by the decision."""
    run, since = warehouse.current_run(row["city_id"], day), row["seconded_at"] or row["made_at"]
    if run is None or run.ended_at > since:
        return f"no number of {day} moves by it"
    again = f"civicgauge replay {row['city_id']} --from {day} --to {day}"
    return f"{day} was measured before it was in force: the next measured day holds its numbers, or {again}"


def _number(row: Row, kind: str) -> tuple[str, str]:
    value, low, high = (number(row[f"{kind}_{name}"], row["unit"]) for name in ("value", "value_low", "value_high"))
    return value or "–", f"{low} to {high or 'no limit'}" if low is not None else ""


def _subject(row: Row) -> str:
    return f"{row['city_id']} {row['portal_id']}/{row['dataset_id']}"


def _until(row: Row) -> str:
    return f" to {row['valid_until']}" if row["valid_until"] else ""


def _replaced(row: Row) -> str:
    return f"; {row['replaces']} ended" if row["replaces"] else ""

"""The verbs of `civicgauge audit`: who did what, when and why."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any

import typer

from civicgauge.cli.listing import table
from civicgauge.cli.show import print_json
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import day_of

app = typer.Typer(no_args_is_help=True, help="Who did what, when and why; only ever added to.")
Row = dict[str, Any]


@app.command("list")
def list_(
    *,
    city: Annotated[str | None, typer.Option("--city", help="Acts on one city.")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="D", help="First day (UTC).")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="D", help="Last day (UTC).")] = None,
    action: Annotated[str | None, typer.Option("--action", help="One act, or a kind of acts such as decision.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Acts in the order in which they happened."""
    begins, ends = (day_of(text, name) if text else None for text, name in ((first, "--from"), (last, "--to")))
    if begins and ends and ends < begins:
        raise ConfigurationError(f"--to: {ends} lies before --from, {begins}; the dates are crossed")
    with Context.from_environment().warehouse() as warehouse:
        rows = warehouse.reviews.rows("audit", **({"city_id": city} if city else {}))
    chosen = [row for row in rows if _is_between(row["at"], begins, ends) and _is_of(row["action"], action)]
    if as_json:
        print_json([{**row, "details": json.loads(row["details"] or "null")} for row in chosen])
        return
    columns = ("No", "When (UTC)", "By", "Act", "City", "On", "Why", "Details")
    shown = [
        [r["number"], f"{r['at']:%Y-%m-%d %H:%M}", r["by"], r["action"], r["city_id"], r["subject"], r["reason"],
         _details(r)]
        for r in chosen
    ]  # fmt: skip
    table("Audit", columns, shown, none="no act")


def _is_between(at: datetime, first: date | None, last: date | None) -> bool:
    return (first is None or at.date() >= first) and (last is None or at.date() <= last)


def _is_of(action: str, asked: str | None) -> bool:
    return asked is None or action == asked or action.startswith(f"{asked}.")


def _details(row: Row) -> str:
    """The details in a few words; all of them are in the JSON."""
    told = json.loads(row["details"] or "{}")
    if row["reason"] is None and row["details"] is None:
        return ""
    named = ((name, value) for name, value in told.items() if value not in (None, "") and not name.endswith("_digest"))
    return "; ".join(f"{n}: {', '.join(v) if isinstance(v, dict | list) else v}" for n, v in named)


@app.command()
def verify() -> None:
    """Whether every row still fits the one before it; exit code 1 naming the first that does not."""
    with Context.from_environment().warehouse() as warehouse:
        broken, count = warehouse.reviews.broken_link(), len(warehouse.reviews.rows("audit"))
    if broken is not None:
        typer.echo(f"row {broken} does not fit the one before: it was changed, or one is missing", err=True)
        raise typer.Exit(1)
    typer.echo(f"{count} rows: each fits the one before it")

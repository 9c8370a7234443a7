"""What `civicgauge datasets` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from civicgauge.cli.show import print_json
from civicgauge.pipeline.context import Context

_WIDTH = 128


def datasets(city: str, *, propose: bool, as_json: bool) -> int:
    """The chosen datasets with what their last pulls came to; with `propose` what might be named besides."""
    from civicgauge.pipeline import choosing

    context = Context.from_environment()
    if not propose:
        rows = choosing.chosen(context, city)
        print_json(rows) if as_json else _print_chosen(city, rows)
        return 0
    proposals = choosing.proposed(context, city)
    if as_json:
        print_json([asdict(proposal) for proposal in proposals])
        return 0
    if not proposals:
        typer.echo("nothing to propose: no well-known kind of table, and the portal counts no views", err=True)
        return 0
    typer.echo(choosing.as_file_lines(proposals))
    for proposal in proposals:
        typer.echo(f"{proposal.dataset_id}: {proposal.reason}", err=True)
    typer.echo("\nNothing is pulled unasked: put the lines that you want into the city file.", err=True)
    return 0


def _print_chosen(city: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        typer.echo(f"{city} names no datasets; see `civicgauge datasets {city} --propose`", err=True)
        return
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDTH)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, right in (("Dataset", False), ("Title", False), ("Rows", True), ("Columns", True)):
        table.add_column(name, justify="right" if right else "left", no_wrap=right, overflow="fold")
    for name in ("Received", "Pull", "Note"):
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(escape(text) for text in _cells(row)))
    console.print(table)


def _cells(row: dict[str, Any]) -> list[str]:
    own = row["resource_id"] in ("", row["dataset_id"])
    name = f"{row['portal_id']}/{row['dataset_id']}" + ("" if own else f"\n  {row['resource_id']}")
    title = (row["title"] or "") + (f" ({row['family']})" if row["family"] else "")
    counts = ["" if row[key] is None else f"{row[key]:,}" for key in ("rows_count", "columns_count")]
    received = "" if row["fetched_at"] is None else f"{row['fetched_at']:%Y-%m-%d %H:%M} UTC"
    pull = "" if row["outcome"] is None else f"{row['outcome'].replace('_', ', ')} ({row['day']})"
    return [name, title, *counts, received, pull, row["problem"] or ""]

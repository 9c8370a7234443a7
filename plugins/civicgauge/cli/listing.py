"""A table for people: cells on one line each, folded where they are long, the same width where nobody looks."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from civicgauge import clean

_WIDTH = 150
_LONGEST = 2_000  # characters of a cell, none of which moves the terminal
_WHOLE = frozenset(("Id", "No", "When (UTC)", "From", "Until", "Field", "State"))


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, none: str) -> None:
    """Print rows on stdout; `none` on stderr where there are none."""
    if not rows:
        typer.echo(none, err=True)
        return
    console = Console()
    console = console if console.is_terminal else Console(width=_WIDTH)
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold", no_wrap=column in _WHOLE)
    for row in rows:
        made.add_row(*("" if cell is None else escape(clean.line(str(cell), _LONGEST)) for cell in row))
    console.print(made)

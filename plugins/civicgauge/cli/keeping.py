"""Commands about what is kept: whether the warehouse and the lake are whole, and what a city withdraws."""

from __future__ import annotations

from dataclasses import asdict

import typer

from civicgauge.cli import show
from civicgauge.errors import LakeDamaged
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.days import day_of


def db_check(first: str | None, *, with_lake: bool, as_json: bool) -> int:
    """Raise WarehouseOutOfDate, or say that it fits; with the lake, name what is missing (then our own fault: 70)."""
    from civicgauge.pipeline import verifying

    context = Context.from_environment()
    with context.warehouse() as warehouse:
        typer.echo(f"warehouse at version {warehouse.current_version()}: fits", err=True)
    if not with_lake:
        return 0
    found = verifying.verify(context, utc_now().date(), day_of(first, "--from") if first else None)
    if as_json:
        show.print_json(asdict(found))
    else:
        for each in found.missing:
            typer.echo(each)
    whole = f"{len(found.missing)} missing or damaged" if found.missing else "all there"
    typer.echo(
        f"{found.runs} current runs, {found.folders} folders of the lake: {whole}; {found.let_go} let go by age; "
        f"{found.orphans} attempts that no run names",
        err=True,
    )
    return LakeDamaged.exit_code if found.missing else 0

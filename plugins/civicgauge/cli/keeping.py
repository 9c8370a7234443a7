"""Commands about what is kept: whether the warehouse and the lake are whole, and what a city withdraws."""

from __future__ import annotations

from dataclasses import asdict

import typer

from civicgauge.cli import show
from civicgauge.errors import ConfigurationError, LakeDamaged
from civicgauge.lake import part_of
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.days import day_of
from civicgauge.pipeline.withdrawn import Scope


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


def purge(named: tuple[str, str | None, str | None, str | None], *, by: str, reason: str, yes: bool) -> int:
    """Say what would go, or let it go; the tombstone's words on stdout."""
    from civicgauge.pipeline import purging

    scope, context, now = _scope(*named), Context.from_environment(), utc_now()
    if not yes:
        for name, count in purging.survey(context, scope, now).items():
            typer.echo(f"{name}: {count}")
        typer.echo(f"Nothing was removed. This is what would go of {scope}, for good: add --yes", err=True)
        return 0
    show.print_json(dict(purging.purge(context, scope, by, reason, now)))
    typer.echo(
        f"{scope} is withdrawn; what it was is not asked for, kept or shown any more. Backups, exports, HOME/outbox "
        "and mail that was sent still hold it (docs/backup.md)",
        err=True,
    )
    return 0


def _scope(city: str, portal: str | None, dataset: str | None, resource: str | None) -> Scope:
    if dataset and not portal:
        raise ConfigurationError("--dataset needs --portal: an entry is one portal's")
    if resource and not dataset:
        raise ConfigurationError("--resource needs --dataset")
    for name in filter(None, (city, portal)):
        if part_of(name) != name or "/" in name:
            raise ConfigurationError(f"{name!r} is no id of a city file")
    return Scope(city, portal or None, dataset or None, resource or None)

"""The verbs of `civicgauge alerts`."""

from __future__ import annotations

from typing import Annotated

import typer

from civicgauge.alerts.answering import Action
from civicgauge.cli import alerts

app = typer.Typer(no_args_is_help=True, help="What cities and operators are told, and what they answer.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="An incident's key, from `alerts list`.")]
By = Annotated[str, typer.Option("--by", help="Who says so (a role).")]
City = Annotated[str | None, typer.Argument(help="A city id; all cities if none is named.")]


@app.command("list")
def _list(
    city: City = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Those that are over, and those not yet open, too.")] = False,
    ops: Annotated[bool, typer.Option("--ops", help="The operators' own matters.")] = False,
    messages: Annotated[
        bool, typer.Option("--messages", help="The outbox instead: every message and its state.")
    ] = False,
    silences: Annotated[bool, typer.Option("--silences", help="Silences instead.")] = False,
    as_json: Json = False,
) -> None:
    """Open incidents, the outbox, or silences."""
    if messages:
        raise typer.Exit(alerts.messages(city, as_json=as_json))
    if silences:
        raise typer.Exit(alerts.silences(as_json=as_json))
    raise typer.Exit(alerts.incidents(city, every=every, ops=ops, as_json=as_json))


@app.command()
def show(
    key: Annotated[str, typer.Argument(metavar="ID", help="An incident's key, a message's or a hold's id.")],
    *,
    as_json: Json = False,
) -> None:
    """Everything about an incident, a message or a hold."""
    raise typer.Exit(alerts.show(key, as_json=as_json))


@app.command()
def preview(
    cities: Annotated[list[str] | None, typer.Argument(metavar="CITY")] = None,
    *,
    first: Annotated[str, typer.Option("--from", metavar="D", help="First day; its findings are the baseline.")],
    last: Annotated[str, typer.Option("--to", metavar="D", help="Last day.")],
    as_json: Json = False,
) -> None:
    """What stored days would have told; writes nothing."""
    raise typer.Exit(alerts.preview(cities or [], first, last, as_json=as_json))


@app.command()
def send(
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="T", help="A date (its end, UTC) or a time; never before the last.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Decide the stored days, queue what is due, deliver it."""
    raise typer.Exit(alerts.send(as_of, as_json=as_json))


@app.command()
def ack(key: Key, *, by: By = "operator") -> None:
    """A city knows of it: no reminders for thirty days, unless it gets worse."""
    raise typer.Exit(alerts.answer(key, Action.ACKNOWLEDGE, by=by))


@app.command()
def snooze(
    key: Key,
    *,
    until: Annotated[str, typer.Option("--until", metavar="D", help="The last quiet day, within 90 days.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it has to wait.")],
    by: By = "operator",
) -> None:
    """No word of it until a day."""
    raise typer.Exit(alerts.answer(key, Action.SNOOZE, by=by, reason=reason, until=until))


@app.command()
def settle(
    key: Key,
    *,
    agree: Annotated[bool, typer.Option("--agree/--disagree", help="Whether the city is right.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; the city reads it.")],
    by: By = "staff",
) -> None:
    """Staff's word on what a city disputes: agreed, it is closed and not told for a year; else it is open again."""
    raise typer.Exit(alerts.settle(key, agree=agree, reason=reason, by=by))


@app.command()
def silence(  # noqa: PLR0913 - the matchers
    *,
    city: Annotated[str | None, typer.Option("--city", help="A city id.")] = None,
    portal: Annotated[str | None, typer.Option("--portal", help="A portal's id in its city file.")] = None,
    dataset: Annotated[str | None, typer.Option("--dataset", help="A dataset's id.")] = None,
    rule: Annotated[str | None, typer.Option("--rule", help="A check's id.")] = None,
    until: Annotated[str, typer.Option("--until", metavar="T", help="When it ends.")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    by: By = "operator",
) -> None:
    """Decide as before, and tell nothing of what matches until a time."""
    matchers = {"city_id": city, "portal_id": portal, "dataset_id": dataset, "rule_id": rule}
    raise typer.Exit(alerts.silence(matchers, until=until, reason=reason, by=by))


@app.command()
def release(
    key: Annotated[str, typer.Argument(metavar="ID", help="A hold, a message, or a finding about personal data.")],
    *,
    drop: Annotated[bool, typer.Option("--drop", help="It is our fault: tell nothing of it.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="Why.")] = None,
    by: By = "operator",
) -> None:
    """Let go what is held: a hold, a finding about personal data, a message in doubt."""
    raise typer.Exit(alerts.release(key, drop=drop, by=by, reason=reason))

"""What `civicgauge alerts ...` prints and does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from civicgauge import clean
from civicgauge.alerts.answering import Action
from civicgauge.alerts.forms import State
from civicgauge.cli.show import print_json
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.days import day_of, moment_of
from civicgauge.warehouse import Warehouse

_WIDTH = 150
_OPERATOR = "operator"
_SHORT = 8
_LONGEST = 2_000  # characters of a cell, none of which moves the terminal
_WHOLE = frozenset(
    ["Key", "Id", "Since", "Told", "Severity", "Day", "Decided", "Sent", "day", "kind", "notice", "notification_id"]
)
_TOLD_ABOVE = ("incident_key", "city_id")
Row = dict[str, Any]


def moment(text: str | None) -> datetime:
    """`--as-of` as a person gives it (a bare date is its end in UTC); now where it is not given."""
    return moment_of(text, ZoneInfo("UTC")) if text else utc_now()


def _print(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, none: str) -> None:
    if not rows:
        typer.echo(none, err=True)
        return
    console = Console()
    console = console if console.is_terminal else Console(width=_WIDTH)
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in _WHOLE)
    for row in rows:
        table.add_row(*("" if cell is None else escape(clean.line(str(cell), _LONGEST)) for cell in row))
    console.print(table)


def incidents(city: str | None, *, every: bool, ops: bool, as_json: bool) -> int:
    """Print incidents: of a city or of all, those that are live unless every one is asked for."""
    live = [str(state) for state in State if state.is_live]
    with Context.from_environment().warehouse() as warehouse:
        found = warehouse.alerts.incidents(city, states=None if every else live)
        titles = _titles(warehouse, {row["city_id"] for row in found} - {""})
    audience = "ops" if ops else "city"
    rows = [row | {"title": titles.get(_place(row), "")} for row in found if row["audience"] == audience]
    if as_json:
        print_json(rows)
        return 0
    rows.sort(key=lambda row: (row["city_id"], row["is_baseline"], row["since"], row["incident_key"]))
    _print(
        "Incidents" if every else "Open incidents",
        ("Key", "City", "Severity", "State", "Rule", "Dataset", "Since", "Observed", "Told"),
        [_line(row) for row in rows],
        none="no incident" if every else "nothing is open; --all shows what was",
    )
    return 0


def _line(row: Row) -> list[object]:
    state = row["state"] if row["until"] is None else f"{row['state']} until {row['until']}"
    told = "at first sight" if row["is_baseline"] else row["told_on"] or ("held" if row["is_private"] else "not yet")
    name = row["title"] or row["subject"]
    return [
        row["incident_key"],
        row["city_id"],
        row["severity"],
        state,
        row["rule_id"],
        name,
        row["since"],
        row["observed"],
        told,
    ]


def _place(row: Row) -> tuple[str, str, str]:
    return row["city_id"], row["portal_id"], row["dataset_id"]


def _titles(warehouse: Warehouse, city_ids: set[str]) -> dict[tuple[str, str, str], str]:
    return {_place(row): row["title"] or "" for row in warehouse.rows("dataset", city_ids=city_ids)}


def messages(city: str | None, *, as_json: bool) -> int:
    """Print the outbox, newest first."""
    with Context.from_environment().warehouse() as warehouse:
        rows = warehouse.alerts.notifications(city_id=city, limit=200)
    if as_json:
        print_json(rows)
        return 0
    shown = [
        [r["notification_id"], r["city_id"], r["kind"], r["channel"], r["state"], f"{r['created_at']:%Y-%m-%d %H:%M}",
         f"{r['sent_at']:%Y-%m-%d %H:%M}" if r["sent_at"] else None, r["problem"]]
        for r in rows
    ]  # fmt: skip
    _print(
        "Messages", ("Id", "City", "Kind", "Channel", "State", "Decided", "Sent", "Problem"), shown, none="no message"
    )
    return 0


def silences(*, as_json: bool) -> int:
    """Print silences, and whether they hold."""
    with Context.from_environment().warehouse() as warehouse:
        rows = warehouse.alerts.all_silences()
    if as_json:
        print_json(rows)
        return 0
    now = utc_now()
    shown = [
        [r["silence_id"], _matches(r), f"{r['ends_at']:%Y-%m-%d %H:%M}",
         "holds" if r["starts_at"] <= now < r["ends_at"] else "over", r["author"], r["reason"]]
        for r in rows
    ]  # fmt: skip
    _print("Silences", ("Id", "Matches", "Until", "", "By", "Why"), shown, none="no silence")
    return 0


def _matches(row: Row) -> str:
    names = ("city", "portal", "dataset", "rule")
    return " ".join(f"{name}={row[f'{name}_id']}" for name in names if row[f"{name}_id"])


def show(key: str, *, as_json: bool) -> int:
    """Print an incident with everything that happened to it, or a message as it was decided, or a hold."""
    with Context.from_environment().warehouse() as warehouse:
        alerts = warehouse.alerts
        if found := alerts.incidents(key=key):
            about: Any = {"incident": found[0], "events": alerts.events(key=key), "messages": alerts.items(key=key)}
        elif content := alerts.content(key):
            (note,) = [n for n in alerts.notifications() if n["notification_id"] == key]
            about = {"message": note, "says": content["rendered"]["text"], "items": alerts.items(notification_id=key)}
        elif holds := [hold for hold in alerts.holds() if hold["hold_id"] == key]:
            about = {"hold": holds[0]}
        else:
            raise ConfigurationError(f"{key!r} is no incident, message or hold; see civicgauge alerts list")
    if as_json:
        print_json(about)
        return 0
    for name, told in about.items():
        if isinstance(told, list):
            columns = [column for column in (told[0] if told else {}) if column not in _TOLD_ABOVE or name == "items"]
            _print(name.capitalize(), columns, [[row[c] for c in columns] for row in told], none=f"no {name}")
        elif isinstance(told, str):
            typer.echo(told)
        else:
            _print(name.capitalize(), ("", ""), [(n, v) for n, v in told.items() if v not in (None, "")], none="")
    return 0


def preview(cities: list[str], first: str, last: str, *, as_json: bool) -> int:
    """Print what stored days would have told, from the feedback report of the first on; write nothing."""
    from civicgauge.pipeline.alerting.previewing import preview as foresee
    from civicgauge.pipeline.alerting.source import Stored
    from civicgauge.pipeline.observing import cities_of

    context = Context.from_environment()
    begins, ends = day_of(first, "--from"), day_of(last, "--to")
    if ends < begins:
        raise ConfigurationError(f"--to: {ends} lies before --from, {begins}")
    with context.warehouse() as warehouse:
        source = Stored(context)
        found = [
            each
            for city_id in cities_of(context, cities)
            for each in foresee(source, warehouse, source.cities[city_id], begins, ends)
        ]
    rows = [
        {"city_id": f.city_id, "day": f.day, "notice": str(f.notice), "n_points": f.n_points, "title": f.title}
        | {
            name: getattr(f.incident, name, None)
            for name in ("incident_key", "rule_id", "severity", "since", "observed")
        }
        for f in found
    ]
    if as_json:
        print_json(rows)
        return 0
    shown = [
        [r["city_id"], r["day"], r["notice"], r["severity"],
         r["rule_id"] or f"{r['n_points']} points for the feedback report", r["title"], r["since"], r["observed"]]
        for r in rows
    ]  # fmt: skip
    _print("What would be told", ("City", "Day", "", "Severity", "Rule", "Dataset", "Since", "Observed"), shown,
           none="no shown day between these")  # fmt: skip
    return 0


def send(as_of: str | None, *, as_json: bool) -> int:
    """Decide the stored days, queue what is due, and deliver it; what is due, also where one city's day is broken."""
    from civicgauge.pipeline.alerting import running
    from civicgauge.pipeline.sending import connection_from_environment, send_due

    context, at = Context.from_environment(), moment(as_of)
    if at > utc_now():
        told = "no turn is taken before it comes, by Airflow either; leave --as-of out for now"
        raise ConfigurationError(f"--as-of: {at.isoformat()} lies in the future: {told}")
    owner = f"command-{uuid4().hex[:_SHORT]}"
    try:
        turn = running.turn(context, at)
    except running.TooEarly:
        raise
    except Exception:
        send_due(context, at, owner=owner, connection=connection_from_environment)
        raise
    report = send_due(context, at, owner=owner, connection=connection_from_environment)
    if as_json:
        print_json({"at": at, "decided": turn.decided, "queued": [vars_of(q) for q in turn.queued], "hold": turn.hold,
                    "delivered": vars_of(report)})  # fmt: skip
        return 0
    typer.echo(f"{turn.decided} days decided, {len(turn.queued)} messages queued; {report}")
    if turn.hold:
        typer.echo(f"Held: {turn.hold['reason']}. civicgauge alerts release {turn.hold['hold_id']} [--drop]", err=True)
    with context.warehouse() as warehouse:
        waiting = [row["due_at"] for row in warehouse.alerts.notifications(states=("queued",)) if row["due_at"] > at]
    if waiting:
        first = min(waiting).astimezone(UTC)
        typer.echo(
            f"{len(waiting)} wait for their recipients' hours: send again from {first:%Y-%m-%d %H:%M} UTC on", err=True
        )
    if not context.settings.smtp_connection:
        typer.echo(f"No mail server is set: mail is written to {context.settings.home / 'outbox'}", err=True)
    return 0


def vars_of(value: Any) -> dict[str, Any]:
    """A dataclass as a dictionary, with or without slots."""
    from dataclasses import asdict

    return asdict(value)


def answer(key: str, action: Action, *, by: str, reason: str | None = None, until: str | None = None) -> int:
    """An operator's answer in a city's name, such as one that came by telephone."""
    from civicgauge.pipeline.alerting.answering import answer as take

    day: date | None = day_of(until, "--until") if until else None
    incident = take(Context.from_environment(), key, action, at=utc_now(), by=by, reason=reason, until=day)
    typer.echo(f"{key}: {incident.state}{f' until {incident.until}' if incident.until else ''}")
    return 0


def settle(key: str, *, agree: bool, reason: str, by: str) -> int:
    """Staff's word on a dispute."""
    from civicgauge.pipeline.alerting.answering import settle as decide

    incident = decide(Context.from_environment(), key, agree=agree, reason=reason, at=utc_now(), by=by)
    typer.echo(f"{key}: {incident.state}")
    return 0


def silence(matchers: dict[str, str | None], *, until: str, reason: str, by: str) -> int:
    """Decide as before and tell nothing of what matches, until a time."""
    from civicgauge.pipeline.alerting.answering import silence_act, without_addresses

    if not (matchers["city_id"] or matchers["rule_id"]):
        raise ConfigurationError("a silence needs --city or --rule: one that matches everything would hide our faults")
    now, ends_at = utc_now(), moment_of(until, ZoneInfo("UTC"), "--until")
    if ends_at <= now:
        raise ConfigurationError(f"--until: {until} is over")
    made = {"silence_id": f"silence-{uuid4().hex[:_SHORT]}", "starts_at": now, "ends_at": ends_at}
    row = {**matchers, **made, "reason": without_addresses(reason) or "not said", "author": by}
    with Context.from_environment().warehouse() as warehouse:
        warehouse.alerts.save_silence(row, silence_act(row, now))
    typer.echo(f"{row['silence_id']}: until {ends_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
    return 0


def release(key: str, *, drop: bool, by: str, reason: str | None) -> int:
    """Let go: a hold, a finding about personal data, or once more a message that is in doubt or failed."""
    from civicgauge.pipeline.alerting import answering, holding

    context, now = Context.from_environment(), utc_now()
    with context.warehouse() as warehouse:
        if key.startswith("hold-"):
            end = holding.drop if drop else holding.release
            hold = end(warehouse, key, at=now, by=by, reason=reason)
            typer.echo(f"{key}: {hold['state']}")
            return 0
        is_message = warehouse.alerts.content(key) is not None
        if is_message:
            (note,) = [n for n in warehouse.alerts.notifications() if n["notification_id"] == key]
            if not drop and (note["state"], note["kind"]) == ("failed", "digest"):
                raise ConfigurationError(f"{key}: the recipient's next digest says what this one could not")
            outbox, why = warehouse.outbox, f"left by {by}" + (f": {reason}" if reason else "")
            if not (outbox.leave(key, why) if drop else outbox.resend(key)):
                raise ConfigurationError(f"{key} is neither in doubt nor failed; see civicgauge alerts list --messages")
            typer.echo(f"{key}: {'left' if drop else 'queued again'}")
            return 0
    if drop:
        raise ConfigurationError("--drop is for holds and messages; to leave a finding unsaid, do not release it")
    answering.release(context, key, at=now, by=by)
    typer.echo(f"{key}: released to the privacy contact")
    return 0

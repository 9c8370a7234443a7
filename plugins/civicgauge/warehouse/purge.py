"""What a city withdraws leaves the warehouse: its rows of all days, its incidents, and what was written about it.

Indicators stay as they were computed: they are numbers about the city. Each step is one transaction and may be
repeated.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from civicgauge import clean
from civicgauge.warehouse import audit, purgejudged
from civicgauge.warehouse.audit import WITHDRAWN, Act
from civicgauge.warehouse.commit import lock
from civicgauge.warehouse.engine import creating, reading, writing

Tables = Mapping[str, sa.Table]
Key = tuple[str, str | None, str | None, str | None]
"""City, portal, entry, resource; None is any."""

_OF_A_DAY = ("dataset_day", "check_result", "pull")
_OF_ALL_DAYS = ("dataset", "landing", "incident", "silence", "decision", "dispute")
_WITH_A_RESOURCE = ("pull", "landing")
_OF_THE_ENTRY = ("dataset", "dataset_day", "decision", "dispute")
"""Which stay where one of its resources alone is withdrawn."""
_TITLE, _TELLING = 38, 12  # so many letters of a title are looked for; fewer stand in messages by chance
_TEXT = ("subject", "text", "summary")
_SUBJECTS = {"decision": "decision_id", "dispute": "dispute_id", "incident": "incident_key", "silence": "silence_id"}
"""What acts are on, that goes with an entry."""


def _narrows(table: sa.Table, key: Key) -> sa.ColumnElement[bool]:
    """The condition on a table's rows that are withdrawn.

    What was found on the rows of one resource cannot be told from what was found on another of the entry: both go.
    """
    city_id, portal_id, dataset_id, resource_id = key
    parts = [table.c.city_id == city_id]
    if portal_id is not None:
        parts.append(table.c.portal_id == portal_id)
    if dataset_id is not None:
        parts.append(table.c.dataset_id == dataset_id)
    if resource_id is not None and table.name in _WITH_A_RESOURCE:
        parts.append(table.c.resource_id == resource_id)
    if resource_id is not None and table.name in _OF_THE_ENTRY:
        parts.append(sa.false())
    return sa.and_(*parts)


def counts(engine: Engine, tables: Tables, key: Key) -> dict[str, int]:
    """How many rows of each table are withdrawn, and how many messages speak of them."""
    with reading(engine) as connection:
        found = {
            name: connection.execute(sa.select(sa.func.count()).where(_narrows(tables[name], key))).scalar_one()
            for name in (*_OF_A_DAY, *_OF_ALL_DAYS)
        }
        for table, here in purgejudged.conditions(connection, tables, key):
            found[table.name] = connection.execute(sa.select(sa.func.count()).where(here)).scalar_one()
        return found | {
            "message": len(_messages(connection, tables, key)),
            "audit": len(_told(connection, tables, key, with_words=True)),
            "words": sum(1 for _ in purgejudged.words_of(connection, tables, key[0], _names(connection, tables, key))),
        }


def purge(engine: Engine, tables: Tables, key: Key, notice: str, act: Act) -> None:
    """Remove the rows; `notice` takes the place of messages and remarks that spoke of them.

    The audit keeps its rows and loses the words that speak of them; `act` is noted there.
    """
    city_id = key[0]
    for day in _days(engine, tables, city_id):
        with writing(engine) as connection:
            lock(connection, city_id, day)
            for name in _OF_A_DAY:
                table = tables[name]
                connection.execute(sa.delete(table).where(table.c.day == day, _narrows(table, key)))
    with writing(engine) as connection:
        audit.lock(connection)  # before any row: who acts takes it first, too
        wordless = _told(connection, tables, key)
        audit.take_out(connection, tables["audit"], wordless)
        purgejudged.take_words_out(connection, tables, key, _names(connection, tables, key), notice)
        _silence_messages(connection, tables, _messages(connection, tables, key), notice)
        keys = sa.select(tables["incident"].c.incident_key).where(_narrows(tables["incident"], key))
        for name in ("incident_event", "notification_item"):
            connection.execute(sa.delete(tables[name]).where(tables[name].c.incident_key.in_(keys)))
        for name in _OF_ALL_DAYS:
            connection.execute(sa.delete(tables[name]).where(_narrows(tables[name], key)))
        for table, here in list(purgejudged.conditions(connection, tables, key)):
            connection.execute(sa.delete(table).where(here))
        named = {**(act.details or {}), audit.ROWS_WITHOUT_WORDS: sorted(wordless)}
        audit.note(connection, tables["audit"], replace(act, details=named))


def remark(engine: Engine, run: sa.Table, city_id: str, days: Collection[date], notice: str) -> None:
    """Say on the current runs of these days that evidence was withdrawn; once, however often it is called."""
    for day in sorted(days):
        with writing(engine) as connection:
            lock(connection, city_id, day)
            here = (run.c.city_id == city_id, run.c.day == day, run.c.is_current)
            for run_id, notes in connection.execute(sa.select(run.c.run_id, run.c.notes).where(*here)).all():
                known = json.loads(notes or "[]")
                if notice not in known:
                    changed = json.dumps([*known, notice], ensure_ascii=False)
                    connection.execute(sa.update(run).where(run.c.run_id == run_id).values(notes=changed))


def blank_problems(engine: Engine, run: sa.Table, key: Key, notice: str) -> None:
    """Let no run's problem or remark speak of a withdrawn entry."""
    city_id, _, dataset_id, _ = key
    if dataset_id is None:
        return
    with writing(engine) as connection:
        told = sa.and_(run.c.city_id == city_id, run.c.problem.contains(dataset_id, autoescape=True))
        connection.execute(sa.update(run).where(told, run.c.problem != notice).values(problem=notice))


def scrub(engine: Engine) -> None:
    """Let nothing of what was removed stay in a SQLite file, which only marks its place as free; safe to repeat.

    PostgreSQL writes over it in its own time.
    """
    if engine.dialect.name != "sqlite":
        return
    with creating(engine) as connection:
        file: Any = connection.connection.driver_connection
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):  # neither can be within a transaction
            file.execute(statement).fetchall()


def _days(engine: Engine, tables: Tables, city_id: str) -> list[date]:
    run = tables["run"]
    with reading(engine) as connection:
        found = connection.execute(sa.select(run.c.day).where(run.c.city_id == city_id).distinct().order_by(run.c.day))
        return list(found.scalars())


def _messages(connection: Connection, tables: Tables, key: Key) -> list[str]:
    """The messages that tell of a withdrawn incident, or name a withdrawn entry by its id, its address or its title."""
    incident, item = tables["incident"], tables["notification_item"]
    notification, message = tables["notification"], tables["message"]
    keys = sa.select(incident.c.incident_key).where(_narrows(incident, key))
    told: sa.ColumnElement[bool] = notification.c.notification_id.in_(
        sa.select(item.c.notification_id).where(item.c.incident_key.in_(keys))
    )
    dispute = tables["dispute"]
    for dispute_id in connection.execute(sa.select(dispute.c.dispute_id).where(_narrows(dispute, key))).scalars():
        of_it = message.c.content.contains(json.dumps(dispute_id), autoescape=True)  # as the message's facts name it
        told = sa.or_(told, sa.and_(notification.c.city_id == key[0], of_it))
    if key[2] is not None:
        words = _words(connection, tables["dataset"], key)
        named = sa.or_(*(message.c.content.contains(word, autoescape=True) for word in words))
        # a message to operators is of no city, and names the city's DAG
        of_operators = sa.and_(notification.c.city_id == "", message.c.content.contains(key[0], autoescape=True))
        told = sa.or_(told, sa.and_(sa.or_(notification.c.city_id == key[0], of_operators), named))
    elif key[1] is None:
        told = sa.or_(told, notification.c.city_id == key[0])
    joined = sa.join(notification, message, notification.c.notification_id == message.c.notification_id)
    return list(connection.execute(sa.select(message.c.notification_id).select_from(joined).where(told)).scalars())


def _told(connection: Connection, tables: Tables, key: Key, *, with_words: bool = False) -> list[int]:
    """The rows of the audit whose words speak of what is withdrawn: by the subject's id, or by a name within them.

    `with_words`: those alone that still have words.
    """
    table, city_id = tables["audit"], key[0]
    subjects = {
        subject
        for name, column in _SUBJECTS.items()
        for subject in connection.execute(
            sa.select(tables[name].c[column]).where(_narrows(tables[name], key))
        ).scalars()
    }
    plans = purgejudged.plans_of(connection, tables, key)
    subjects |= plans
    words = _words(connection, tables["dataset"], key) if key[2] is not None else []
    said = table.c.action != WITHDRAWN  # what was said of a withdrawal names nothing of it
    of_plans = sa.and_(table.c.subject.in_(sorted(plans)), table.c.action.startswith("effect."))  # of another city, too
    has_words = sa.or_(
        sa.false() if with_words else sa.true(), table.c.reason.is_not(None), table.c.details.is_not(None)
    )
    here = (sa.or_(table.c.city_id == city_id, of_plans), said, has_words)
    chosen = sa.select(table.c.number, table.c.subject, table.c.reason, table.c.details).where(*here)
    return [
        number
        for number, subject, reason, details in connection.execute(chosen).tuples()
        if subject in subjects or _speaks(reason or "", details or "{}", key, words)
    ]


def _speaks(reason: str, details: str, key: Key, words: Collection[str]) -> bool:
    """Whether the words of an act name what is withdrawn; of a whole city, every word about it does."""
    _, portal_id, dataset_id, _ = key
    if portal_id is None:
        return True
    if dataset_id is None:
        return bool(json.loads(details).get("portal_id") == portal_id)
    written = json.dumps(reason, ensure_ascii=False), json.dumps(json.loads(details), ensure_ascii=False)
    return any(word in text for word in words for text in written)


def _words(connection: Connection, dataset: sa.Table, key: Key) -> list[str]:
    """By what a message names an entry, written as in JSON: a list of what is still open holds no id."""
    return [json.dumps(word, ensure_ascii=False)[1:-1] for word in _named(connection, dataset, key)]


def _names(connection: Connection, tables: Tables, key: Key) -> list[str]:
    """By what people name an entry of which all is withdrawn; nothing where a portal or a city is."""
    return _named(connection, tables["dataset"], key) if key[2] is not None and key[3] is None else []


def _named(connection: Connection, dataset: sa.Table, key: Key) -> list[str]:
    city_id, portal_id, dataset_id, _ = key
    here = (dataset.c.city_id == city_id, dataset.c.portal_id == portal_id, dataset.c.dataset_id == dataset_id)
    row = connection.execute(sa.select(dataset.c.permalink, dataset.c.title).where(*here)).first()
    address, title = row or ("", "")
    begin = clean.line(title or "", 4 * _TITLE)[:_TITLE].rstrip("…")  # messages cut long titles
    named = {dataset_id, address, begin if len(begin) >= _TELLING else ""}
    return sorted(filter(None, named))


def _silence_messages(connection: Connection, tables: Tables, ids: list[str], notice: str) -> None:
    """Leave of messages who they were for, and of those about editions what they told of: it is not told once more.

    Those that wait are not sent.
    """
    notification, message = tables["notification"], tables["message"]
    for notification_id in ids:
        here = message.c.notification_id == notification_id
        content = json.loads(connection.execute(sa.select(message.c.content).where(here)).scalar_one())
        blank: dict[str, Any] = {"html": "", "headers": {}, "references": [], "blocks": []}
        blank |= {**dict.fromkeys(_TEXT, notice), "facts": _kept_facts(content["rendered"].get("facts") or {})}
        text = json.dumps({**content, "rendered": blank}, ensure_ascii=False)
        connection.execute(sa.update(message).where(here).values(content=text))
    waits = (notification.c.notification_id.in_(ids), notification.c.state.in_(("queued", "doubtful", "failed")))
    dropped = {"state": "dropped", "problem": notice, "lease_owner": None, "lease_until": None}
    connection.execute(sa.update(notification).where(*waits).values(dropped))


def _kept_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Of which dispute, erratum or edition a message told, by ids."""
    about = facts.get("edition")
    return {"edition": {name: about[name] for name in ("news", "ids")}} if about else {}

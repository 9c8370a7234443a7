"""The audit: who did what, when and why. A chain of rows, each with the digest of the one before; only added to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from civicgauge.warehouse.values import plain_row

WITHDRAWN = "evidence.withdrawn"
"""The act of a withdrawal itself: it comes after the rows whose words it took out, and names them."""
ROWS_WITHOUT_WORDS = "rows_without_words"
"""Where its details name them: a list of numbers."""
_LOCK = 0x63675F726576  # "cg_rev": one act at a time on a PostgreSQL server


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did: by which role, what, on what, why. `city_id` is '' where no city is meant."""

    at: datetime
    by: str
    action: str
    subject: str
    city_id: str = ""
    reason: str | None = None
    details: Mapping[str, Any] | None = None


def lock(connection: Connection) -> None:
    """Let nobody else act until the transaction ends; may be taken twice."""
    # on SQLite the transaction began with BEGIN IMMEDIATE, which is the lock
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def note(connection: Connection, table: sa.Table, act: Act) -> None:
    """Add a row to the audit, within the transaction of what it speaks of. No word of it holds an address."""
    lock(connection)
    newest = sa.select(table.c.number, table.c.digest).order_by(table.c.number.desc()).limit(1)
    last = connection.execute(newest).first()
    details = None if act.details is None else json.dumps(act.details, sort_keys=True, default=str)
    row = {
        "number": last[0] + 1 if last else 1,
        "at": act.at.astimezone(UTC),
        "by": act.by,
        "action": act.action,
        "city_id": act.city_id,
        "subject": act.subject,
        "reason": act.reason,
        "details": details,
        "words_digest": _words_digest(act.reason, details),
        "previous_digest": last[1] if last else "",
    }
    row = plain_row(table, {**row, "digest": ""})
    connection.execute(sa.insert(table), {**row, "digest": _digest(row)})


def broken_link(rows: Iterable[Mapping[str, Any]]) -> int | None:
    """The number of the first row that does not fit the one before it; None where the chain holds.

    So too of one whose words were taken out, where no withdrawal afterwards names it.
    """
    previous = ""
    wordless: set[int] = set()
    for place, row in enumerate(rows, 1):
        words = _words_digest(row["reason"], row["details"])
        is_taken_out = row["reason"] is None and row["details"] is None and words != row["words_digest"]
        fits = row["number"] == place and row["previous_digest"] == previous and row["digest"] == _digest(row)
        if not fits or not (is_taken_out or words == row["words_digest"]):
            return min([int(row["number"]), *wordless])
        if is_taken_out:
            wordless.add(int(row["number"]))
        elif row["action"] == WITHDRAWN:
            wordless -= set(json.loads(row["details"] or "{}").get(ROWS_WITHOUT_WORDS, ()))
        previous = row["digest"]
    return min(wordless, default=None)


def take_out(connection: Connection, table: sa.Table, numbers: Sequence[int]) -> None:
    """Remove the words of rows, whose digests stay: what a city withdraws is not told here either."""
    if numbers:
        here = table.c.number.in_(numbers)
        connection.execute(sa.update(table).where(here).values(reason=None, details=None))


def _words_digest(reason: str | None, details: str | None) -> str:
    return hashlib.sha256(json.dumps([reason, details]).encode()).hexdigest()


def _digest(row: Mapping[str, Any]) -> str:
    names = ("number", "by", "action", "city_id", "subject", "words_digest", "previous_digest")
    told = [row["at"].astimezone(UTC).isoformat(timespec="microseconds"), *(row[name] for name in names)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()

"""What staff do with decisions: propose, second, refuse, end, reopen. Each is one transaction, with its audit row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from civicgauge import clean
from civicgauge.errors import ConfigurationError
from civicgauge.lake import canonical_json
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing.subjects import Subjects
from civicgauge.review import decisions, said
from civicgauge.review.decisions import Asked, Problem
from civicgauge.review.fields import Facts, Field
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.reviews import Act, ReviewDesk, Reviews

Row = dict[str, Any]
_OPTIONS = {"digest": "--digest", "from": "--from", "until": "--until", "evidence_url": "--evidence-url"}
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Word:
    """A person's word on a decision: by which role, when, and why where it takes a reason."""

    by: str
    at: datetime
    reason: str | None = None


def propose(context: Context, asked: Asked, at: datetime) -> Row:
    """Write down a proposal, which waits for a second person; ConfigurationError with everything that is wrong."""
    with context.warehouse() as warehouse:
        found = list(wrong(Subjects(context, warehouse), warehouse.reviews, asked))
        if found:
            raise ConfigurationError("\n".join(f"{_OPTIONS.get(n, f'--{n}')}: {told}" for n, told in found))
        return add(context, warehouse, [asked], at)[0]


def wrong(subjects: Subjects, reviews: Reviews, asked: Asked) -> Iterator[Problem]:
    """Everything that is wrong with a proposal, by part."""
    yield from decisions.problems(asked)
    field, facts = decisions.field_of(asked), subjects.facts(asked)
    if not isinstance(field, Field):
        yield field
    if not isinstance(facts, Facts):
        yield facts
    if isinstance(field, Field) and isinstance(facts, Facts):
        if (told := decisions.decided_problem(asked, field, facts)) is not None:
            yield told
        if waiting := reviews.rows("decision", **_where(asked), state="proposed"):
            yield "field", f"{waiting[0]['decision_id']} is proposed on the same already; second or refuse it first"


def _where(asked: Asked) -> dict[str, str]:
    return dict(zip(("city_id", "portal_id", "dataset_id", "field"), asked.subject, strict=True))


def add(context: Context, warehouse: Warehouse, every: Sequence[Asked], at: datetime) -> list[Row]:
    """Write down proposals that were looked through, all of them or none."""
    subjects = Subjects(context, warehouse)
    rows = [_row(subjects, asked, at) for asked in every]
    with warehouse.reviews.desk() as desk:
        for asked, row in zip(every, rows, strict=True):
            if waiting := desk.rows("decision", **_where(asked), state="proposed"):
                raise ConfigurationError(f"{waiting[0]['decision_id']} was proposed on the same a moment ago")
            desk.add("decision", row)
            _note(desk, row, "proposed", Word(row["by"], at, row["reason"]))
    return rows


def _row(subjects: Subjects, asked: Asked, at: datetime) -> Row:
    field, facts = decisions.field_of(asked), subjects.facts(asked)
    if not isinstance(field, Field) or not isinstance(facts, Facts):
        raise ConfigurationError(f"{'/'.join(asked.subject)} was there a moment ago, and is not any more")
    measured = field.measured(facts)
    digest = hashlib.sha256(canonical_json([asdict(asked), at.astimezone(UTC)])).hexdigest()
    return {
        "decision_id": f"d-{digest[:12]}",
        **_where(asked),
        "measured": None if measured is None else clean.line(measured, decisions.LONGEST),
        "decided": asked.decided,
        "reason": said.reason(asked.reason),
        "evidence_url": clean.address(asked.evidence_url) or None,
        "evidence_digest": said.evidence_digest(asked.evidence_digest),
        "by": said.role(asked.by),
        "second_by": None,
        "valid_from": said.a_day(asked.valid_from, "--from"),
        "valid_until": said.a_day(asked.valid_until, "--until") if asked.valid_until else None,
        "state": "proposed",
        "made_at": at.astimezone(UTC),
        "seconded_at": None,
        "replaces": None,
    }


def second(context: Context, decision_id: str, word: Word) -> Row:
    """A second person agrees: it is in force, and takes the place of what was in force on the same."""
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        row = _standing(desk, decision_id, "in_force")
        said_so = Word(said.two_people(row["by"], word.by), word.at, said.reason(word.reason) if word.reason else None)
        older = desk.rows("decision", **_same(row), state="in_force")
        for old in older:
            ended = _change(desk, old, state="ended", valid_until=_earlier(old, row["valid_from"] - _A_DAY))
            _note(desk, ended, "ended", Word(said_so.by, word.at, f"replaced by {decision_id}"))
        replaces = older[-1]["decision_id"] if older else None
        changes = {"second_by": said_so.by, "seconded_at": word.at.astimezone(UTC), "replaces": replaces}
        changed = _change(desk, row, state="in_force", **changes)
        _note(desk, changed, "seconded", said_so)
    return changed


def refuse(context: Context, decision_id: str, word: Word) -> Row:
    """A proposal is refused, and holds on no day."""
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        row, said_so = _standing(desk, decision_id, "refused"), _with_reason(word)
        changes = {"second_by": said_so.by, "seconded_at": word.at.astimezone(UTC)}
        changed = _change(desk, row, state="refused", **changes)
        _note(desk, changed, "refused", said_so)
    return changed


def end(context: Context, decision_id: str, word: Word, last: date) -> Row:
    """It holds up to a day and no further; the days before keep it."""
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        row, said_so = _standing(desk, decision_id, "ended"), _with_reason(word)
        changed = _change(desk, row, state="ended", valid_until=decisions.end_on(row, last))
        _note(desk, changed, "ended", said_so)
    return changed


def reopen(context: Context, decision_id: str, word: Word, dispute_id: str | None = None) -> Row:
    """An appeal: from the city's local day on it holds no more, and its row stays. `dispute_id`: what led to it."""
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        row, said_so = _standing(desk, decision_id, "reopened"), _with_reason(word)
        if dispute_id:
            _led_to(desk, row, dispute_id)
        yesterday = word.at.astimezone(context.city(row["city_id"]).zone).date() - _A_DAY
        changed = _change(desk, row, state="reopened", valid_until=_earlier(row, yesterday))
        _note(desk, changed, "reopened", said_so, dispute_id)
    return changed


def _led_to(desk: ReviewDesk, row: Row, dispute_id: str) -> None:
    dispute = desk.one("dispute", dispute_id=dispute_id)
    if dispute is None or dispute["city_id"] != row["city_id"]:
        raise ConfigurationError(f"--dispute: {row['city_id']} has no dispute {clean.line(dispute_id, 80)!r}")
    desk.change("dispute", {"decision_id": row["decision_id"]}, dispute_id=dispute_id)


def _earlier(row: Row, last: date) -> date:
    """The decision's last day, where it is not to hold after `last`."""
    return last if row["valid_until"] is None else min(last, row["valid_until"])


def _with_reason(word: Word) -> Word:
    return Word(said.role(word.by), word.at, said.reason(word.reason or ""))


# ---------------------------------------------------------------- one transaction


def _standing(desk: ReviewDesk, decision_id: str, state: str) -> Row:
    """The decision, which can become that; ConfigurationError otherwise."""
    row = desk.one("decision", decision_id=decision_id)
    if row is None:
        raise ConfigurationError(f"there is no decision {clean.line(decision_id, 80)!r}; see civicgauge decisions list")
    decisions.may_become(row, state)
    return row


def _same(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("city_id", "portal_id", "dataset_id", "field")}


def _change(desk: ReviewDesk, row: Row, **changes: Any) -> Row:
    desk.change("decision", changes, decision_id=row["decision_id"])
    return {**row, **changes}


def _note(desk: ReviewDesk, row: Row, what: str, word: Word, dispute_id: str | None = None) -> None:
    names = ("portal_id", "dataset_id", "field", "measured", "decided", "evidence_digest", "valid_from", "valid_until")
    details = {name: row[name] for name in names} | ({"dispute_id": dispute_id} if dispute_id else {})
    desk.note(Act(word.at, word.by, f"decision.{what}", row["decision_id"], row["city_id"], word.reason, details))

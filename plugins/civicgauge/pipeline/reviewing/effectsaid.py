"""What is said of a question beside its answer: when it was registered, what had been read by then, what was tried."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from civicgauge.effects.plan import Plan, question
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing.effectdata import landed_since
from civicgauge.warehouse.cityday import Row


class Desk(Protocol):
    """What rows are read from: the reviews, or the desk on which they are written."""

    def rows(self, table: str, **where: Any) -> list[Row]:
        """Rows in key order."""
        ...


def tried(desk: Desk, city_id: str, programme: str, this: str) -> int:
    """Different questions that were registered or looked at for a programme, with this one.

    A programme's name in other letters, or with other spaces, is the same programme.
    """
    name = _folded(programme)
    plans = [row for row in desk.rows("effect_plan", city_id=city_id) if _folded(row["programme"]) == name]
    looks = [row for row in desk.rows("effect_look", city_id=city_id) if _folded(row["programme"]) == name]
    return len({question(json.loads(row["spec"])) for row in plans} | {row["series_digest"] for row in looks} | {this})


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def sources_of(spec: Mapping[str, Any]) -> list[str]:
    """The datasets and files of a plan, whatever is counted of them."""
    found = set()
    for source in (spec["source"], *spec["comparison"]):
        told, kind = (source["dataset"], "dataset") if source["dataset"] else (source["csv"], "csv")
        place = [told["portal"], told["id"]] if kind == "dataset" else [told["path"]]
        found.add(" ".join([kind, told["city"] or spec["city"], *place]))
    return sorted(found)


def what_was_read(plan: Plan) -> dict[str, Any]:
    """What the audit keeps of a look: which sources, up to which day."""
    return {"sources": sources_of(plan.spec()), "read_until": (plan.start - timedelta(days=1)).isoformat()}


def notes_of(context: Context, desk: Desk, plan: Plan, at: datetime) -> tuple[str, ...]:
    """When it was registered (`at`), and what of the time after the start had been read by then, in words."""
    notes, today = [], at.astimezone(context.city(plan.city).zone).date()
    if (late := (today - plan.start).days) > 0:
        notes.append(f"registered {late:,} days after the start" if late > 1 else "registered 1 day after the start")
    landed = landed_since(context, plan)
    if landed is not None and landed <= today:
        notes.append(f"rows of the time after the start were in the lake from {landed} on, before it was registered")
    wanted = set(sources_of(plan.spec()))
    seen = [(until, what) for until, what, sources in _readings(desk, at) if wanted & sources and until >= plan.start]
    if seen:
        until, what = max(seen)
        notes.append(f"its data after the start had been read up to {until} for another question ({what}) before that")
    return tuple(notes)


def _readings(desk: Desk, at: datetime) -> Iterator[tuple[date, str, set[str]]]:
    """(last day, what for, sources) of everything that was read by these commands before a moment."""
    specs = {}
    for row in desk.rows("effect_plan"):
        specs[row["plan_id"]] = spec = json.loads(row["spec"])
        if row["registered_at"] < at:
            yield row["starts_on"] - timedelta(days=1), f"plan {row['plan_id']}", set(sources_of(spec))
    for row in desk.rows("effect_result"):
        if row["answered_at"] < at and (spec := specs.get(row["plan_id"])):
            yield date.fromisoformat(spec["window"]["last"]), f"answer {row['plan_id']}", set(sources_of(spec))
    for row in desk.rows("audit", action="effect.looked"):
        told = json.loads(row["details"] or "{}")
        if row["at"] < at and "read_until" in told:
            yield date.fromisoformat(told["read_until"]), f"look {row['subject']}", set(told["sources"])

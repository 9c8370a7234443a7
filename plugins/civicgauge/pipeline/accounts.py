"""What a stage asked, received and kept, in lines for a person: a task's log says it, whatever else it says.

Everything is read from what the stage committed to the lake, so that a stored day is accounted for as a fresh one is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from civicgauge import clean
from civicgauge._tally import in_words
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import Plan

_LONGEST_NAME = 120


def of_snapshot(context: Context, plan: Plan, folder: str) -> list[str]:
    """The lines on a portal's catalogue."""
    told = context.lake.manifest(folder) or {}
    verdict = told.get("verdict", {})
    lines = list(_exchange(told, plan))
    if "entries_count" in told:
        entries = f"{told['entries_count']:,} entries of {told['stated_count']} stated"
        lines.append(f"kept: {entries}, in {folder}; the crawl is {verdict.get('state')}: {verdict.get('reason')}")
    return lines


def of_pull(context: Context, plan: Plan, folder: str) -> list[str]:
    """The lines on a chosen dataset's rows."""
    told = context.lake.manifest(folder) or {}
    return [*_exchange(told, plan), *(_table(context, part) for part in told.get("resources", []))]


def of_links(context: Context, plan: Plan, folder: str) -> list[str]:
    """The lines on a portal's links to other hosts."""
    told = context.lake.manifest(folder) or {}
    counts = f"{told.get('asked_count')} of {told.get('due_count')} due, of {told.get('links_count')} in all"
    return [*_exchange(told, plan), f"kept: what was seen of {counts}, in {folder}"]


def facts_of_snapshot(context: Context, folder: str) -> dict[str, Any]:
    """A stored catalogue in a few small values, for an asset's event."""
    told = context.lake.manifest(folder) or {}
    exchange = told.get("door") or {}
    requests = told.get("requests", [])
    return {
        "day": told.get("day"),
        "entries": told.get("entries_count"),
        "requests": exchange.get("requests", len(requests)),
        "bytes": exchange.get("bytes", sum(request["bytes"] for request in requests)),
        "verdict": told.get("verdict", {}).get("state"),
        "digest": told.get("content_sha256"),
        "snapshot": folder,
    }


def _exchange(told: Mapping[str, Any], plan: Plan) -> Iterator[str]:
    """What was asked and received; of what an earlier run stored, that nobody was asked, and how old it is."""
    door = told.get("door")
    taken, ended = told.get("started_at", ""), told.get("ended_at", "")
    if not plan["ask"] or ended < plan["started_at"]:
        age = (date.fromisoformat(plan["started_at"][:10]) - date.fromisoformat(taken[:10])).days if taken else None
        days = {None: "", 0: ", the same day", 1: ", a day before this run"}.get(age, f", {age} days before this run")
        yield f"asked: nobody; what was stored at {taken[:16]} is loaded{days}"
    elif door:
        yield from in_words(door)


def _table(context: Context, part: Mapping[str, Any]) -> str:
    name = clean.line(str(part.get("title") or part.get("resource_id")), _LONGEST_NAME)
    if part.get("version") is None:
        return f"kept: nothing of {name!r}: {part.get('problem')}"
    manifest = context.lake.manifest(part["rows"]) or {}
    rows = (manifest.get("table") or {}).get("rows_count")
    count = "no table" if rows is None else f"{rows:,} rows"
    how = "received today" if part.get("asked") == "received" else "unchanged since it was received"
    problem = f"; {part['problem']}" if part.get("problem") else ""
    return f"kept: {count} of {name!r}, {how}, in {part['rows']}{problem}"

"""The figures as a table."""

from __future__ import annotations

import platform
from collections.abc import Iterator

from .judging import Verdicts
from .running import Year

_PLANTED = "kind: "


def rows(year: Year, verdicts: Verdicts) -> Iterator[tuple[str, str]]:
    """What is shown, line by line."""
    figures = verdicts.figures
    yield "cities", str(len(year.cities))
    yield "days", str((year.ledger.last - year.ledger.first).days + 1)
    yield "city-days decided", f"{year.decided:,}"
    yield "turns", f"{len(year.turns):,}"
    yield "incidents kept, events", f"{year.incidents:,}, {year.events:,}"
    kinds = {name.removeprefix(_PLANTED): n for name, n in figures.items() if name.startswith(_PLANTED)}
    yield "planted faults", f"{figures['planted faults']:,}"
    for kind, count in sorted(kinds.items(), key=lambda pair: -pair[1]):
        yield f"– {kind}", f"{count:,}"
    ledger = year.ledger
    yield (
        "days skipped, doubled, held, completed late",
        (f"{len(ledger.skipped)}, {len(ledger.doubled)}, {len(ledger.held)}, {len(ledger.backfilled)}"),
    )
    for name in (
        "episodes that opened",
        "episodes at first sight",
        "episodes over before their digest, told to nobody",
        "recipients",
        "messages to cities",
        *sorted(name for name in figures if name.startswith("messages: ")),
        "openings told",
        "worse told",
        "endings told",
        "baseline faults thanked for",
        "reminders told",
        "told at once",
        "most messages to one recipient",
        "most asks in a digest",
        "digests with five asks, others left for the next",
        "bug of our own: held",
        "holds that were none of our fault",
        "portals down: told to operators once",
        "platform outages: told to operators",
        "catalogues held: told to operators",
        "days without a run: told to operators",
        "messages to operators",
    ):
        yield name, f"{figures[name]:,}"
    yield "**mismatches**", f"**{len(verdicts.wrong)}**"


def markdown(year: Year, verdicts: Verdicts, seed: int) -> str:
    """The page."""
    took = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in sorted(year.took.items()))
    about = (
        f"Written by `make prove-alerts` (seed {seed}, Python {platform.python_version()}; {took}). Cities, portals "
        "and faults are made up. Each day goes through the real machine, planning, rendering, outbox and sender, which "
        "delivers to files; what is told is read from these files. A ledger of what was planted says turn by turn and "
        "recipient by recipient what must be told; a mismatch is a message too many, too few, too early or too late."
    )
    return "\n".join(
        [
            "# A simulated year of alerts",
            "",
            about,
            "",
            "| figure | |",
            "|---|---:|",
            *(f"| {name} | {value} |" for name, value in rows(year, verdicts)),
            "",
        ]
    )

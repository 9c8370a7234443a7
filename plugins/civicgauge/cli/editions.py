"""What `civicgauge edition ...` does, and says that it did."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import typer

from civicgauge.cli import editions_shown
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.words import day_words
from civicgauge.review import editions as rules

if TYPE_CHECKING:
    from civicgauge.pipeline.reviewing.disputes import Claim, Deciding
    from civicgauge.pipeline.reviewing.editions import Opening, Signing
    from civicgauge.pipeline.reviewing.errata import Correcting, Given


def opened(asked: Opening, at: datetime) -> int:
    """Open a draft, or take it anew, and print its cities."""
    from civicgauge.pipeline.reviewing import editions

    context = Context.from_environment()
    edition = editions.opened(context, asked, at)
    with context.warehouse() as warehouse:
        editions_shown.print_cities(warehouse, edition)
    typer.echo(f"{edition['edition_id']} is a draft. Nobody but staff sees it.")
    typer.echo(f"Next: civicgauge edition preview {edition['edition_id']} --by ...", err=True)
    return 0


def previewed(edition_id: str, by: str, at: datetime) -> int:
    """Begin the preview and say until when it goes."""
    from civicgauge.pipeline.reviewing import editions

    edition = editions.previewed(Context.from_environment(), edition_id, by, at)
    typer.echo(
        f"{edition_id} is in its preview. Each city has ten working days or more: to the end of "
        f"{day_words(edition['preview_until'])}.\nContent: {edition['content_digest']}"
    )
    return 0


def disputed(asked: Claim, at: datetime) -> int:
    """Enter a dispute and say its id."""
    from civicgauge.pipeline.reviewing import disputes

    made = disputes.disputed(Context.from_environment(), asked, at)
    what = "contests the preview of" if made["phase"] == rules.Phase.PREVIEW else "appeals against"
    typer.echo(f"{made['dispute_id']}: {made['city_id']} {what} {made['edition_id']}. It is open until it is decided.")
    return 0


def decided(asked: Deciding, at: datetime) -> int:
    """Decide a dispute and say what became of the edition."""
    from civicgauge.pipeline.reviewing import disputes, editions

    context = Context.from_environment()
    with context.warehouse() as warehouse:
        dispute = disputes.dispute_of(warehouse, asked.dispute_id)
        before = editions.edition_of(warehouse.reviews, dispute["edition_id"])
    disputes.decided(context, asked, at)
    with context.warehouse() as warehouse:
        after = editions.edition_of(warehouse.reviews, dispute["edition_id"])
        lapsed = editions.lapsed(warehouse, dispute["edition_id"])
    typer.echo(f"{asked.dispute_id} is {asked.answer.value}.")
    if after["content_digest"] != before["content_digest"]:
        typer.echo(f"{dispute['city_id']} was taken anew. Content: {after['content_digest']}")
        typer.echo(f"Signatures that no longer count: {lapsed}" if lapsed else "Nobody had signed it before.")
    elif asked.answer is rules.Answer.UPHELD and dispute["phase"] == rules.Phase.PREVIEW:
        typer.echo(
            f"{dispute['city_id']} was taken anew and its numbers are the same. Replay the day with the corrected "
            "file, or let a decision be in force; then enter the dispute again."
        )
    elif asked.answer is rules.Answer.UPHELD:
        typer.echo(
            "The edition's rows stay. A number that is wrong is corrected by civicgauge edition erratum.", err=True
        )
    return 0


def signed(asked: Signing, at: datetime) -> int:
    """Sign, and say what was signed."""
    from civicgauge.pipeline.reviewing import editions

    made = editions.signed(Context.from_environment(), asked, at)
    typer.echo(f"{made['name']} ({made['role']}) signed {made['edition_id']}, content {made['content_digest']}")
    return 0


def frozen(edition_id: str, by: str, at: datetime) -> int:
    """Freeze, and say until when cities may appeal."""
    from civicgauge.pipeline.reviewing import editions

    edition = editions.frozen(Context.from_environment(), edition_id, by, at)
    typer.echo(
        f"{edition_id} is frozen. Until {day_words(edition['keep_until'])} cities may appeal, and its evidence is kept."
    )
    return 0


def abandoned(edition_id: str, by: str, reason: str, at: datetime) -> int:
    """Give an edition up."""
    from civicgauge.pipeline.reviewing import editions

    editions.abandoned(Context.from_environment(), edition_id, by, reason, at)
    typer.echo(f"{edition_id} is abandoned. Its rows stay for the record; nobody else is shown them.")
    return 0


def given(
    value: float | None, status: str | None, low: float | None, high: float | None, digest: str | None
) -> Given | None:
    """A number that is given by options; None where none is. ConfigurationError where only a part of it is."""
    from civicgauge.pipeline.reviewing.errata import Given

    if value is None and status is None:
        if (low, high, digest) != (None, None, None):
            raise ConfigurationError("--low, --high and --digest belong to --value or --status; give one of these")
        return None
    if digest is None:
        raise ConfigurationError("--digest: a number that is given needs the SHA-256 digest of its evidence")
    return Given(value, status or "ok", low, high, digest)


def corrected(asked: Correcting, at: datetime) -> int:
    """Write an erratum and print the old number and the new."""
    from civicgauge.pipeline.reviewing import errata

    context = Context.from_environment()
    made = errata.corrected(context, asked, at)
    with context.warehouse() as warehouse:
        (value, *_) = warehouse.reviews.rows(
            "edition_value", **{n: made[n] for n in ("edition_id", "city_id", "indicator_id", "indicator_version")}
        )
    old, new = (
        editions_shown.told({n: made[f"{side}_{n}"] for n in ("value", "status", "low", "high")}, value["unit"])
        for side in ("old", "new")
    )
    title = editions_shown.titles().get(made["indicator_id"], made["indicator_id"])
    typer.echo(f"{made['erratum_id']}: {made['city_id']}, {title}")
    typer.echo(f"  was {old}; corrected: {new}")
    return 0

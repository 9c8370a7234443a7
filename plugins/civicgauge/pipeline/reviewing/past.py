"""What happened to an edition so far, by the audit: no act on it is dated before those that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from civicgauge.pipeline.context import utc_now
from civicgauge.warehouse.reviews import ReviewDesk, Reviews

Row = dict[str, Any]
_AT_ONCE = timedelta(minutes=5)


def entered(at: datetime) -> Row:
    """For an act's details in the audit: when it was entered, where it is dated otherwise than by the clock."""
    now = utc_now()
    return {} if abs(now - at) <= _AT_ONCE else {"entered_at": now.isoformat(timespec="seconds")}


def of_edition(reviews: Reviews | ReviewDesk, edition_id: str, actions: Iterable[str] = ()) -> list[datetime]:
    """When each act on the edition itself was done; only these actions, where any are named."""
    where = {"action": tuple(actions)} if actions else {}
    return [row["at"] for row in reviews.rows("audit", subject=edition_id, **where)]


def of_all(reviews: Reviews | ReviewDesk, edition_id: str) -> list[datetime]:
    """The same of every act, those on its disputes too."""
    acts = reviews.rows("audit", action=("dispute.made", "dispute.decided"))
    return of_edition(reviews, edition_id) + [row["at"] for row in acts if is_dispute_of(row["subject"], edition_id)]


def is_dispute_of(subject: str, edition_id: str) -> bool:
    """Whether an id is that of a dispute of the edition, and not of one whose id begins with the same letters."""
    return re.fullmatch(rf"{re.escape(edition_id)}-d[0-9]+", subject) is not None

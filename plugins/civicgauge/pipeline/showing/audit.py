"""The audit as staff see it: who did what, when and why, and whether its chain holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.pipeline.days import day_of, moment_of
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import Asked, NotShown, Range, Viewer
from civicgauge.pipeline.showing.judged import ActLine, AuditPage
from civicgauge.pipeline.showing.lists import MOST_ON_A_PAGE
from civicgauge.warehouse.shownreviews import Acts

Row = Mapping[str, Any]
_UTC = ZoneInfo("UTC")
_NO_WORDS = hashlib.sha256(json.dumps([None, None]).encode()).hexdigest()
"""What `words_digest` says of an act that was noted without reason and details: nothing was taken out of it."""


def audit(base: Base, viewer: Viewer, asked: Asked, as_of: str | None) -> AuditPage:
    """See `Shown.audit`. Who may see some cities alone sees the acts on these, and none that is of no city."""
    base.check(as_of)
    if viewer.audience != "staff":
        raise NotShown("audit")
    told = asked.filters or {}
    limited = viewer.only_cities
    if "city" in told:
        limited = frozenset({told["city"]}) & (limited if limited is not None else frozenset({told["city"]}))
    wanted = Acts(limited, told.get("action"), _begin(told.get("from")), _end(told.get("to"), as_of))
    size = min(max(asked.size, 1), MOST_ON_A_PAGE)
    rows, count = base.reviews.acts(wanted, ((max(asked.page, 1) - 1) * size, size))
    cities, actions = base.reviews.acts_seen(viewer.only_cities)
    everyone = base.seeing.everyone()
    names = {i: everyone[i].told("name") if i in everyone else i for i in cities}
    return AuditPage(
        rows=tuple(_line(row, names) for row in rows),
        range=Range(count, max(asked.page, 1), size),
        asked=asked,
        filters={"city": tuple(cities), "action": tuple(actions)},
        names=names,
        broken_at=_broken_at(base),
        as_of=as_of,
    )


def _broken_at(base: Base) -> int | None:
    """Looked at once for each state of the warehouse, and again after a minute: the whole audit is read for it."""
    key = ("audit", base.seeing.version(), int(base.seeing.clock() // 60))
    return base.kept.lists.get(key, base.warehouse.reviews.broken_link)


def _begin(text: str | None) -> datetime | None:
    """Days are those of UTC, as no one city's clock holds for all acts."""
    return datetime.combine(day_of(text, "from"), time(), UTC) if text else None


def _end(last: str | None, as_of: str | None) -> datetime | None:
    """The first instant that is left out."""
    told = ((str(day_of(last, "to")) if last else None, "to"), (as_of, "as_of"))
    ends = (moment_of(text, _UTC, name) for text, name in told if text)
    return min((end + timedelta(microseconds=1) for end in ends), default=None)


def _line(row: Row, names: Mapping[str, str]) -> ActLine:
    kept = ("number", "at", "by", "action", "city_id", "subject", "reason", "details", "digest")
    return ActLine(
        city_name=names.get(row["city_id"]),
        is_withdrawn=row["reason"] is None and row["details"] is None and row["words_digest"] != _NO_WORDS,
        **{name: row[name] for name in kept},
    )

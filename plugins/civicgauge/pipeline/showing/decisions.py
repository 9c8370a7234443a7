"""Decisions of staff as pages show them: in lists, one by one, and beside the numbers and entries that they change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from civicgauge.pipeline.showing import texts
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import Asked, Decided, DecisionLine, NotShown, Viewer
from civicgauge.pipeline.showing.judged import DecisionPage, DecisionsPage
from civicgauge.pipeline.showing.lists import Fields, choices, chosen, holds_words, part
from civicgauge.pipeline.showing.seeing import first_left_out
from civicgauge.warehouse.shownreviews import SETTLED
from civicgauge.warehouse.shownrows import CityDays

Row = Mapping[str, Any]
Number = tuple[date, str, str, int]
"""A day, a city, an indicator and its version."""

_FIELDS: Fields = {
    "city": lambda line: [line.city_id],
    "field": lambda line: [line.field],
    "state": lambda line: [line.state],
}


def decisions(base: Base, viewer: Viewer, asked: Asked, as_of: str | None) -> DecisionsPage:
    """See `Shown.decisions`."""
    base.check(as_of)
    visible = base.seeing.visible(viewer)
    rows = [
        row
        for row in base.reviews.decisions(visible, _states(viewer))
        if row["made_at"].astimezone(visible[row["city_id"]].zone).date()
        < first_left_out(as_of, visible[row["city_id"]].zone)
    ]
    every = lines(base, rows)
    found = [
        each for each in chosen(every, asked, _FIELDS) if holds_words(asked, each.title, each.reason, each.city_name)
    ]
    shown, place = part(found, asked)
    names = {each.city_id: each.city_name for each in every}
    return DecisionsPage(tuple(shown), place, asked, choices(every, _FIELDS), names, as_of)


def decision(base: Base, viewer: Viewer, decision_id: str) -> DecisionPage:
    """See `Shown.decision`."""
    found = [row for row in base.reviews.decisions_named([decision_id]) if _may_see(base, viewer, row)]
    if not found:
        raise NotShown(decision_id)
    here = base.reviews.decisions([found[0]["city_id"]], _states(viewer))
    later = tuple(row["decision_id"] for row in here if row["replaces"] == decision_id)
    return DecisionPage(lines(base, found)[0], later)


def decision_parts(base: Base, viewer: Viewer) -> list[dict[str, str]]:
    """The ids of the decisions that the viewer may see."""
    rows = base.reviews.decisions(base.seeing.visible(viewer), _states(viewer))
    return [{"decision_id": row["decision_id"]} for row in rows]


def named(base: Base, viewer: Viewer, ids: Collection[str]) -> tuple[DecisionLine, ...]:
    """Decisions by their ids, those that the viewer may see."""
    return lines(base, [row for row in base.reviews.decisions_named(ids) if _may_see(base, viewer, row)])


def holding(base: Base, city_id: str, day: date) -> tuple[DecisionLine, ...]:
    """The decisions on a city that two people agreed on and that hold on a day."""
    held = [
        row
        for row in base.reviews.decisions([city_id], SETTLED)
        if row["valid_from"] <= day and (row["valid_until"] is None or day <= row["valid_until"])
    ]  # one that was ended or opened again holds up to its last day, and else no more
    return lines(base, [row for row in held if row["state"] == "in_force" or row["valid_until"] is not None])


def beside(base: Base, city_days: CityDays, indicator_ids: Collection[str] | None = None) -> dict[Number, Decided]:
    """Numbers as decided, of these city-days, by what tells the measured ones apart."""
    rows = base.reviews.decided(city_days, indicator_ids)
    return {number_of(row): texts.decided_of(row) for row in rows}


def number_of(row: Row) -> Number:
    """What tells a number apart, measured or decided."""
    return row["day"], row["city_id"], row["indicator_id"], row["indicator_version"]


def lines(base: Base, rows: Iterable[Row]) -> tuple[DecisionLine, ...]:
    """Rows of `decision` with the names of their cities, in their order."""
    everyone = base.seeing.everyone()
    return tuple(
        DecisionLine(
            city_name=everyone[row["city_id"]].told("name") if row["city_id"] in everyone else row["city_id"],
            **{name: row[name] for name in _KEPT},
        )
        for row in rows
    )


_KEPT = (
    *("decision_id", "city_id", "portal_id", "dataset_id", "title", "field", "measured", "decided", "reason", "by"),
    *("evidence_url", "evidence_digest", "second_by", "valid_from", "valid_until", "state", "made_at", "seconded_at"),
    "replaces",
)


def _states(viewer: Viewer) -> tuple[str, ...] | None:
    """What is proposed or was refused is for staff alone."""
    return None if viewer.audience == "staff" else SETTLED


def _may_see(base: Base, viewer: Viewer, row: Row) -> bool:
    states = _states(viewer)
    return row["city_id"] in base.seeing.visible(viewer) and (states is None or row["state"] in states)

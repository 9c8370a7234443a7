"""Decisions of staff on what no rule can know: the list, and each by itself, to be linked and cited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from civicgauge.pages.asking import Ask, permitted
from civicgauge.pages.sheets import PageRouter, Sheet, Table
from civicgauge.pipeline.showing.forms import DecisionLine, Viewer
from civicgauge.pipeline.showing.judged import DecisionPage, DecisionsPage

router = PageRouter()
_FILTERS = ("city", "field", "state")
_COLUMNS = (
    *("decision_id", "city_id", "portal_id", "dataset_id", "title", "field", "measured", "decided", "reason"),
    *("evidence_url", "evidence_digest", "by", "second_by", "valid_from", "valid_until", "state", "made_at"),
    *("seconded_at", "replaces"),
)


def _each(shown: Any, viewer: Viewer) -> Iterator[Mapping[str, str]]:
    yield from shown.parts_of(viewer, "decision")


@router.page("decisions", menu="Decisions", of_staff=True)
def decisions(ask: Ask) -> Sheet:
    """The decisions on cities that the viewer may see."""
    asked = ask.listed(_FILTERS)
    form: DecisionsPage = ask.shown.decisions(ask.viewer, asked, ask.as_of)
    permitted(asked.filters, form.filters)
    return Sheet("decisions.html", form, Table(_COLUMNS, [_row(each) for each in form.rows]))


@router.page("decision/{decision_id}", each=_each)
def decision(ask: Ask, decision_id: str) -> Sheet:
    """One decision."""
    form: DecisionPage = ask.shown.decision(ask.viewer, decision_id)
    return Sheet("decision.html", form, Table(_COLUMNS, [_row(form.decision)]))


def _row(each: DecisionLine) -> tuple[object, ...]:
    return tuple(getattr(each, name) for name in _COLUMNS)

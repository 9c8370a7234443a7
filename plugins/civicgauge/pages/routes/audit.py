"""The audit, for staff alone: who did what, when and why, and whether its chain holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from civicgauge import clean
from civicgauge.errors import ConfigurationError
from civicgauge.pages.asking import Ask, BadQuestion, permitted
from civicgauge.pages.sheets import PageRouter, Sheet, Table
from civicgauge.pipeline.days import day_of
from civicgauge.pipeline.showing.forms import Asked, Viewer
from civicgauge.pipeline.showing.judged import ActLine, AuditPage

router = PageRouter()
_FILTERS = ("city", "action", "from", "to")
_DAYS = ("from", "to")
_COLUMNS = tuple(each.name for each in fields(ActLine))


def _each(_shown: Any, viewer: Viewer) -> Iterator[Mapping[str, str]]:
    if viewer.audience == "staff":
        yield {}


@router.page("audit", each=_each)
def audit(ask: Ask) -> Sheet:
    """The acts, the newest first."""
    asked = ask.listed(_FILTERS)
    _are_days(asked)
    form: AuditPage = ask.shown.audit(ask.viewer, asked, ask.as_of)
    chosen = {name: said for name, said in (asked.filters or {}).items() if name not in _DAYS}
    permitted(chosen, form.filters)
    rows = [tuple(getattr(each, name) for name in _COLUMNS) for each in form.rows]
    return Sheet("audit.html", form, Table(_COLUMNS, rows))


def _are_days(asked: Asked) -> None:
    """BadQuestion where a day cannot be read."""
    for name in _DAYS:
        said = (asked.filters or {}).get(name)
        try:
            is_far = bool(said) and not 1900 <= day_of(said or "", name).year < 9000
        except ConfigurationError:
            is_far = True
        if is_far:
            raise BadQuestion(name, f"“{clean.line(said or '', 40)}” is no day. Write it like 2026-06-30.")

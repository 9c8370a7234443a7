"""The pipeline's health: portals, newest attempts, what is held or missing; the outbox for staff alone."""

from __future__ import annotations

from civicgauge.pages.asking import Ask
from civicgauge.pages.sheets import PageRouter, Sheet, Table
from civicgauge.pipeline.showing.forms import HealthPage, PortalHealth

router = PageRouter()
_FILTERS = ("kind", "state", "city")
_COLUMNS = ("city_id", "portal_id", "kind", "url", "state", "problem", "last_snapshot", "entries")


@router.page("health", menu="Health")
def health(ask: Ask) -> Sheet:
    """The health of what measures."""
    asked = ask.listed(_FILTERS, sorts=())
    form: HealthPage = ask.shown.health(ask.viewer, asked, ask.as_of)
    return Sheet("health.html", form, Table(_COLUMNS, [_row(each) for each in form.portals]))


def _row(each: PortalHealth) -> tuple[object, ...]:
    named = (each.city.city_id, each.portal_id, each.kind, each.url)
    return (*named, each.state, each.problem, each.last_snapshot, each.entries)

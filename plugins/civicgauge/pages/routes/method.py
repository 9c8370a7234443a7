"""The method: the rules that make numbers right, what is unknown and why, and the version of everything."""

from __future__ import annotations

from civicgauge.pages.asking import Ask
from civicgauge.pages.sheets import PageRouter, Sheet, Table
from civicgauge.pipeline.showing.method import MethodPage

router = PageRouter()
_COLUMNS = ("kind", "name", "title", "version", "note")


@router.page("method", menu="Method")
def method(ask: Ask) -> Sheet:
    """The method's page; its CSV twin lists the versions."""
    form: MethodPage = ask.shown.method()
    kinds: dict[str, list[object]] = {}
    for each in form.versions:
        kinds.setdefault(each.kind, []).append(each)
    rows = [(each.kind, each.name, each.title, each.version, each.note) for each in form.versions]
    return Sheet("method.html", form, Table(_COLUMNS, rows), {"kinds": kinds})

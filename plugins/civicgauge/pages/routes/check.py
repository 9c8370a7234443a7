"""The checks, from their files: what each claims, what it needs, how to mend what it finds, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from civicgauge.pages.asking import Ask, part
from civicgauge.pages.sheets import PageRouter, Sheet, Table
from civicgauge.pipeline.showing.forms import Check, Viewer

router = PageRouter()
_COLUMNS = ("check_id", "version", "where", "title", "severity", "table", "why", "needs", "indicators", "file")
_PLACES = {
    "catalog": "On what a portal says of a dataset",
    "rows": "On the rows of any table",
    "families": "On well-known kinds of table",
}


def _each(shown: Any, _viewer: Viewer) -> Iterator[dict[str, str]]:
    return ({"check_id": each.check_id} for each in shown.checks())


@router.page("check", menu="Checks")
def checks(ask: Ask) -> Sheet:
    """All checks."""
    found: tuple[Check, ...] = ask.shown.checks()
    ordered = sorted(found, key=lambda each: list(_PLACES).index(each.where) if each.where in _PLACES else 9)
    places = [(_PLACES.get(where, where), list(some)) for where, some in groupby(ordered, key=lambda each: each.where)]
    return Sheet("checks.html", {"checks": found}, _table(found), {"places": places})


@router.page("check/{check_id}", each=_each)
def check(ask: Ask, check_id: str) -> Sheet:
    """One check."""
    form: Check = ask.shown.check(part(check_id))
    return Sheet("check.html", form, _table((form,)))


def _table(found: tuple[Check, ...]) -> Table:
    rows = [
        (*(each.check_id, each.version, each.where, each.title, each.severity, each.table, each.why, each.needs),
         [name for name, _ in each.indicators], each.file)
        for each in found
    ]  # fmt: skip
    return Table(_COLUMNS, rows)

"""A standard: its criteria, which numbers bear on each, what a portal can show at all, what only people can attest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from civicgauge.pages.asking import Ask
from civicgauge.pages.sheets import PageRouter, Sheet, Table
from civicgauge.pipeline.showing.forms import Viewer
from civicgauge.pipeline.showing.method import CriterionLine, StandardPage

router = PageRouter()
_COLUMNS = ("standard", "version", "practice", "code", "name", "asks", "observable", "link_check", "numbers", "attest")


def _each(shown: Any, _viewer: Viewer) -> Iterator[dict[str, str]]:
    return ({"standard": name} for name, _ in shown.method().standards)


@router.page("standard/{standard}", each=_each)
def standard(ask: Ask, standard: str) -> Sheet:
    """The standard's page."""
    form: StandardPage = ask.shown.standard(standard)
    practices = [(name, list(found)) for name, found in groupby(form.criteria, key=lambda each: each.practice)]
    return Sheet(
        "standard.html", form, Table(_COLUMNS, [_row(form, each) for each in form.criteria]), {"practices": practices}
    )


def _row(form: StandardPage, line: CriterionLine) -> tuple[object, ...]:
    numbers = [each.indicator_id for each in line.numbers]
    named = (form.name, form.version, line.practice, line.code, line.name, line.asks)
    return (*named, line.observable, line.link_check, numbers, line.attest)

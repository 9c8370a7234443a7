"""A city on one sheet, for a mayor: what residents gain, three things to do, what peers do, how sure we are."""

from __future__ import annotations

from collections.abc import Iterable

from civicgauge.pages.asking import Ask
from civicgauge.pages.routes import _pdf
from civicgauge.pages.sheets import PageRouter, Sheet, Table
from civicgauge.pipeline.showing.packforms import BriefPage, Thing

router = PageRouter()
PATH = "city/{city_id}/brief"
_COLUMNS = (
    *("city_id", "day", "place", "indicator_id", "title", "ask", "gain", "why", "how_long", "who", "n_concerned"),
    *("n_known", "datasets", "peers_readable", "peers_median", "example_city_id", "example_value", "example_dataset"),
)


@router.page(PATH)
def brief(ask: Ask, city_id: str) -> Sheet:
    """The sheet; its CSV twin holds the things to do."""
    form: BriefPage = ask.shown.brief(ask.viewer, city_id, ask.as_of)
    rows = [_row(form, place, each) for place, each in enumerate(form.things, 1)]
    return Sheet("brief.html", form, Table(_COLUMNS, rows))


def _countries(sheet: Sheet) -> Iterable[str]:
    return (sheet.form.city.country,)


_pdf.beside(router, PATH, brief, _countries)


def _row(form: BriefPage, place: int, thing: Thing) -> tuple[object, ...]:
    named = (form.city.city_id, form.city.day, place, thing.indicator_id, thing.title, thing.ask, thing.gain, thing.why)
    told = (thing.how_long, thing.who, thing.n_concerned, thing.n_known, thing.datasets)
    median = thing.peers.quantiles.get("median") if thing.peers and thing.peers.quantiles else None
    peers = (thing.peers.n_readable if thing.peers else 0, median)
    seen = thing.example
    example = (seen.city.city_id, seen.value, seen.dataset.title if seen.dataset else None) if seen else (None,) * 3
    return (*named, *told, *peers, *example)

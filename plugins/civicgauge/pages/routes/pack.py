"""For a workshop: which practices most cities of a cohort lack, a sheet for each. For staff alone, never in a site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from civicgauge import clean
from civicgauge.pages.asking import Ask, BadQuestion
from civicgauge.pages.routes import _pdf
from civicgauge.pages.sheets import PageRouter, Sheet, Table
from civicgauge.pipeline.showing.packforms import PackPage, PacksPage

router = PageRouter()
PATH = "pack/{cohort_id}"
_COLUMNS = ("cohort_id", "code", "practice", "name", "indicator_id", "n_in_line", "n_differs", "n_not_observed")
_CHOICES = {"": False, "staff": False, "cities": True}


@router.page("pack", in_sites=False)
def packs(ask: Ask) -> Sheet:
    """The cohorts."""
    form: PacksPage = ask.shown.packs(ask.viewer)
    return Sheet("packs.html", form, Table(("cohort_id", "title", "n_cities"), form.cohorts))


@router.page(PATH, in_sites=False)
def pack(ask: Ask, cohort_id: str) -> Sheet:
    """A cohort's pack; `?for=cities` leaves out the cover, and what only staff may count."""
    asked = ask.here.query.get("for", "")
    if asked not in _CHOICES:
        raise BadQuestion("for", f"“{clean.line(asked, 40)}” is nobody that a pack is for. There are staff and cities.")
    form: PackPage = ask.shown.pack(ask.viewer, cohort_id, ask.as_of, for_cities=_CHOICES[asked])
    rows = [(form.cohort_id, *(asdict(each)[name] for name in _COLUMNS[1:])) for each in form.practices]
    return Sheet("pack.html", form, Table(_COLUMNS, rows))


def _countries(sheet: Sheet) -> Iterable[str]:
    countries: tuple[str, ...] = sheet.form.countries
    return countries


_pdf.beside(router, PATH, pack, _countries)

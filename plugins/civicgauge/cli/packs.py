"""`civicgauge brief` and `civicgauge pack`: the pages for a mayor and for a workshop, as a file to print or to send."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import typer

from civicgauge.cli import show
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import moment_of

if TYPE_CHECKING:
    from civicgauge.pages.sheets import PageFunction
    from civicgauge.pipeline.showing import Viewer

    Page = tuple[str, PageFunction, Mapping[str, str]]

Size = Literal["a4", "letter"]
_SUFFIXES = (".pdf", ".html")


def brief(city: str, file: Path, as_of: str | None, audience: show.Audience, paper: Size | None) -> int:
    """Write a city's sheet; ConfigurationError where it is not for the audience, or not there at that date."""
    from civicgauge.pages.routes import brief as page
    from civicgauge.pipeline.showing import PUBLIC, STAFF, NotShown, Viewer

    _checked(file, as_of)
    context = Context.from_environment()
    context.city(city)  # says which is unknown
    viewers = {show.Audience.PUBLIC: PUBLIC, show.Audience.STAFF: STAFF}
    viewer = viewers.get(audience) or Viewer("city", frozenset({city}))
    try:
        html, usual = _written(context, viewer, (page.PATH, page.brief, {"city_id": city}), as_of)
    except NotShown:
        raise ConfigurationError(
            f"{city}: nothing of it is shown to --audience {audience}"
            + (f" as of {as_of}" if as_of else "")
            + "; a private city's sheet needs --audience staff, and an earlier date a day that was measured by then"
        ) from None
    return _save(file, html, paper or usual)


def pack(cohort: str, file: Path, as_of: str | None, paper: Size | None, *, for_cities: bool) -> int:
    """Write a cohort's pack; ConfigurationError for a cohort that there is not."""
    from civicgauge.pages.routes import pack as page
    from civicgauge.pipeline import cohorts
    from civicgauge.pipeline.showing import STAFF

    _checked(file, as_of)
    context = Context.from_environment()
    cohorts.cohort(context.settings, cohort)  # says which there are
    asked = {"for": "cities"} if for_cities else {}
    html, usual = _written(context, STAFF, (page.PATH, page.pack, {"cohort_id": cohort}), as_of, asked)
    return _save(file, html, paper or usual)


def _checked(file: Path, as_of: str | None) -> None:
    """ConfigurationError for a name that says neither form, or a date that is none."""
    if file.suffix not in _SUFFIXES:
        raise ConfigurationError(f"{file}: the file's name has to end in .pdf or .html")
    if as_of:
        moment_of(as_of, ZoneInfo("UTC"), "--as-of")


def _written(
    context: Context, viewer: Viewer, page: Page, as_of: str | None, asked: Mapping[str, str] | None = None
) -> tuple[str, Size]:
    """(the page as one HTML file, the paper that is used there). `asked`: what else the page is asked."""
    from civicgauge.pages import paper
    from civicgauge.pages.asking import Ask
    from civicgauge.pages.here import Here
    from civicgauge.pages.render import Renderer
    from civicgauge.pipeline.showing import Shown

    path, function, parts = page
    date = {"as_of": as_of} if as_of else {}
    place = path.format(**parts)
    shown = Shown(context)
    try:
        shown.check_ready()
        sheet = function(Ask(shown, viewer, Here(f"{place}/", {**date, **(asked or {})}, is_static=True)), **parts)
    finally:
        shown.close()
    html = paper.html_of(Renderer(context.settings.contact, {}), sheet, place, date, viewer)
    countries = sheet.form.countries if hasattr(sheet.form, "countries") else (sheet.form.city.country,)
    return html, paper.size_of(countries)


def _save(file: Path, html: str, size: Size) -> int:
    from civicgauge.pages import paper

    _put(file, html.encode("utf-8") if file.suffix == ".html" else paper.pdf_of(html, size))
    typer.echo(f"{file}: written", err=True)
    return 0


def _umask() -> int:
    """What may be done by whom with a new file; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _put(file: Path, body: bytes) -> None:
    """The file whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as part:
            part.write(body)
        Path(part.name).chmod(0o666 & ~_umask())  # as any file of theirs: a pack may be for staff alone
        Path(part.name).replace(file)
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be written: {error.strerror or error}") from error

"""From a page to text and HTML: two templates over the same page, styles written into the elements."""

from __future__ import annotations

import quopri
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from civicgauge.alerts.message.limits import LARGEST_BYTES, LEVELS, Limits
from civicgauge.alerts.message.view import Page, Row, Text
from civicgauge.alerts.message.words import in_language
from civicgauge.errors import CivicgaugeError

TEMPLATES = Path(__file__).parent / "templates"
WIDTH = 72
_BESIDE = 16  # columns that a label takes in the text


@dataclass(frozen=True, slots=True)
class Shown:
    """A page with both of its forms."""

    page: Page
    text: str
    html: str


def fitting(paged: Callable[[Limits], Page]) -> Shown:
    """The fullest form that is small enough. CivicgaugeError where even the least is not: a fault of ours."""
    for limits in LEVELS:
        page = paged(limits)
        text = _written(page, "letter.txt")
        if len(text) > LARGEST_BYTES:  # then its HTML need not be made at all
            continue
        shown = Shown(page, text, _inliner().inline(_written(page, "letter.html")))
        if _mailed(shown.text) + _mailed(shown.html) <= LARGEST_BYTES:
            return shown
    raise CivicgaugeError(f"a message is larger than {LARGEST_BYTES} bytes in its shortest form")


def _mailed(text: str) -> int:
    """Bytes in a mail, which writes a text in quoted-printable or in base64, whichever is shorter."""
    raw = text.encode()
    quoted = len(quopri.encodestring(raw)) + text.count("\n")
    return min(quoted, len(raw) * 4 // 3 + len(raw) // 28 + 8)


def _written(page: Page, template: str) -> str:
    return _environment(page.language).get_template(template).render(page=page)


@cache
def _environment(language: str) -> Environment:
    """Templates in one language: what a template lacks is an error, what HTML shows is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    translations = in_language(language).translations
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(wrapped=wrapped, lines=lines, row=row)
    return environment


@cache
def _inliner() -> css_inline.CSSInliner:
    """Our styles into the elements; the template's own, for phones and dark screens, stay where they are."""
    styles = (TEMPLATES / "letter.css").read_text()
    return css_inline.CSSInliner(
        keep_style_tags=True, load_remote_stylesheets=False, extra_css=styles, inline_style_tags=False, minify_css=True
    )


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """The text in lines of 72 columns; an address is never broken, for a broken one leads nowhere."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def lines(values: tuple[Text, ...], first: str = "", rest: str = "") -> str:
    """Texts below one another, each with its address on the line after it."""
    written: list[str] = []
    for value in values:
        indent = rest if written else first
        written.append(wrapped(value.text, indent, rest))
        shown = value.href.removeprefix("mailto:").partition("?")[0] if value.href.startswith("mailto:") else value.href
        if shown and shown not in value.text:
            written.append(f"{rest}{shown}")
    return "\n".join(written)


def row(item: Row) -> str:
    """A label with its texts beside it; below it, where the label is long."""
    indent = " " * _BESIDE
    if len(item.label) < _BESIDE - 1:
        return lines(item.values, f"{item.label}:".ljust(_BESIDE), indent)
    return f"{item.label}:\n{lines(item.values, indent, indent)}"

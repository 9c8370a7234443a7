"""Pages out of templates: escaped, without scripts, with the one style whose digest the policy names."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from civicgauge.alerts.message import clean
from civicgauge.pipeline.words import NOTICE

_LONGEST = 2_000
_FOLDER = Path(__file__).parent / "templates"


class Pages:
    """Makes pages. `base` is the public address, `contact` whom people can write to."""

    def __init__(self, base: str, contact: str) -> None:
        style = (_FOLDER / "style.css").read_text(encoding="utf-8").strip()
        self.style_hash = f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
        self._environment = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_harmless,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"day": day_words, "web": web_address}
        self._environment.globals |= {
            "style": Markup(style),  # noqa: S704 - a file of ours
            "root": urlsplit(base).path,  # links are relative to the host, whatever name it was reached by
            "notice": NOTICE,
            "contact": contact,
            "contact_href": _href(contact),
        }

    def page(self, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """The page of a template."""
        return HTMLResponse(self._environment.get_template(name).render(**values), status)

    def message(
        self,
        status: int,
        heading: str,
        words: str,
        *,
        headers: Mapping[str, str] | None = None,
        links: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """A page of a few words: what went wrong, or what was done. `links` are paths: `back` and `list`."""
        found = self.page("message.html", status, heading=heading, words=words, links=links or {})
        found.headers.update(headers or {})
        return found


def _harmless(value: Any) -> Any:
    """What is written into a page: text of portals and people without what turns or hides the words after it."""
    return clean.line(value, _LONGEST) if isinstance(value, str) and not isinstance(value, Markup) else value


def day_words(value: date | datetime | None) -> str:
    """A day for people, as the messages write it: March 3, 2026."""
    return f"{value:%B} {value.day}, {value.year}" if value else "not known"


def web_address(text: str) -> str:
    """The text where it is a web address that may become a link; '' otherwise (a script, or another scheme)."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.hostname and not parts.username else ""


def _href(contact: str) -> str:
    return web_address(contact) or (f"mailto:{contact}" if "@" in contact and "/" not in contact else "")

"""Pages out of templates: escaped, without scripts, with the one style whose digest the policy names."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from civicgauge import clean
from civicgauge.pipeline.words import NOTICE, day_words

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
        self._environment.filters |= {"day": day_words, "web": clean.web_address}
        self._environment.globals |= {
            "style": Markup(style),  # noqa: S704 - a file of ours
            "root": urlsplit(base).path,  # links are relative to the host, whatever name it was reached by
            "notice": NOTICE,
            "contact": contact,
            "contact_href": clean.contact_href(contact),
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
        """A page of a few words: what went wrong, or what was done. `links` are paths: `back`, `edition`, `list`."""
        found = self.page("message.html", status, heading=heading, words=words, links=links or {})
        found.headers.update(headers or {})
        return found


def _harmless(value: Any) -> Any:
    """What is written into a page: text of portals and people without what turns or hides the words after it."""
    return clean.line(value, _LONGEST) if isinstance(value, str) and not isinstance(value, Markup) else value

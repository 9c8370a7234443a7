"""HTML out of templates: escaped, without scripts, with the one style whose digest the policy names."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from civicgauge import clean
from civicgauge.pages import phrases
from civicgauge.pages.here import Here
from civicgauge.pages.sheets import Sheet
from civicgauge.pipeline.showing.forms import PUBLIC, Viewer
from civicgauge.pipeline.words import CONTRADICTED, NOTICE
from civicgauge.settings import Settings

_LONGEST = 2_000
_FOLDER = Path(__file__).parent / "templates"


class Renderer:
    """Writes pages. `contact`: whom people can write to. `menu`: paths of pages and their words, in their order.

    `of_staff`: those of them that stand in staff's menu alone. `is_framed`: whether pages of the same host may hold
    ours in a frame, as Airflow's do.
    """

    def __init__(
        self, contact: str, menu: Mapping[str, str], *, of_staff: Collection[str] = (), is_framed: bool = False
    ) -> None:
        style = (_FOLDER / "style.css").read_text(encoding="utf-8").strip()
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        self.policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; form-action 'self'; "
            "base-uri 'none'"
        )
        self.frames = "'self'" if is_framed else "'none'"
        self._environment = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_harmless,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= phrases.FILTERS
        self._environment.globals |= phrases.GLOBALS | {
            "style": Markup(style),  # noqa: S704 - a file of ours
            "policy": self.policy,
            "notice": NOTICE,
            "contradicted": CONTRADICTED,
            "contact": "" if contact == Settings.contact else contact,  # nobody reads mail to a setting that is not set
            "contact_href": clean.contact_href(contact),
            "menu": menu,
            "of_staff": of_staff,
        }

    def sheet(self, sheet: Sheet, here: Here, viewer: Viewer) -> str:
        """The page of a sheet."""
        return self.page(sheet.template, here, viewer, form=sheet.form, **sheet.values)

    def page(self, template: str, here: Here, viewer: Viewer = PUBLIC, **values: Any) -> str:
        """The page of a template. It sees `here`, `viewer`, `form` and what the sheet gives it."""
        return self._environment.get_template(template).render(here=here, viewer=viewer, **values)


def _harmless(value: Any) -> Any:
    """What is written into a page: text of portals and people without what turns or hides the words after it."""
    return clean.line(value, _LONGEST) if isinstance(value, str) and not isinstance(value, Markup) else value

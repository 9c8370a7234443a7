"""Where a page stands, and so what its links look like: always relative, so that the same page works anywhere.

A page lies at a path that ends with a slash; its twins lie beside it, `cities/` and `cities.json`. In a static site
each page is an `index.html`, and nothing can be asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from fastapi import Request

FORMATS = ("html", "json", "csv")
_TWIN = re.compile(r"\.(json|csv)$")
_PART = re.compile(r"/part-[0-9]+$")


@dataclass(frozen=True, slots=True)
class Here:
    """`path`: below the app's own root, as asked for (`city/x/`, `city/x.json`). `query`: what was asked with it."""

    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    is_static: bool = False

    @classmethod
    def of(cls, request: Request) -> Here:
        """Where a request asks."""
        root = str(request.scope.get("root_path", ""))
        path = str(request.scope["path"])
        inner = path.removeprefix(root) if root and path.startswith(root) else path
        return cls(inner.removeprefix("/"), dict(request.query_params))

    @property
    def form(self) -> str:
        """`html`, `json` or `csv`, by how the path ends."""
        found = _TWIN.search(self.path)
        return found[1] if found else "html"

    @property
    def page(self) -> str:
        """The page's path without a slash or format at its end: `city/x`."""
        return _PART.sub("", _TWIN.sub("", self.path).strip("/"))

    @property
    def as_of(self) -> str | None:
        """The date that was asked for, as it was written; None: the newest."""
        return self.query.get("as_of") or None

    @property
    def up(self) -> str:
        """The way from this page to the root: `../../`."""
        return "../" * self.path.count("/") or "./"

    def to(self, *parts: str, at: str = "", **query: str | int | None) -> str:
        """The link to another page, named by the parts of its path; it keeps the date. `at` is a place on the page."""
        return self._link(*parts, query={"as_of": self.as_of, **query}) + (f"#{quote(at)}" if at else "")

    def _link(self, *parts: str, query: Mapping[str, str | int | None]) -> str:
        path = "/".join(quote(part, safe="~", errors="replace") for part in parts) + "/"
        return f"{self.up}{path}" + (f"{_part(query.get('page'))}index.html" if self.is_static else _asked(query))

    def again(self, **query: str | int | None) -> str:
        """The link to this same page, asked otherwise: None takes a word of the query away.

        In a static site nothing can be asked but another part of a list, which lies below the first.
        """
        number = query.get("page")
        if self.is_static and number:
            return self._link(*self.page.split("/"), f"part-{number}", query={})
        asked: dict[str, str | int | None] = {**self.query, **query}
        return self._link(*self.page.split("/"), query=asked)

    def twin(self, form: str, **query: str | int | None) -> str:
        """The link to this page as `json` or `csv`, asked as it was; from a page to what lies beside its folder."""
        part = f"/{_part(self.query.get('page'))}".rstrip("/") if self.is_static else ""
        path = quote(f"{self.page}{part}.{form}", safe="/~")
        return f"{self.up}{path}" + ("" if self.is_static else _asked({**self.query, **query}))

    def badge(self, city_id: str) -> str:
        """The link to a city's badge."""
        return f"{self.up}badge/{quote(city_id, safe='~', errors='replace')}.svg"


def _part(page: str | int | None) -> str:
    """The folder of a later part of a list, in a static site."""
    return f"part-{page}/" if page and str(page) != "1" else ""


def _asked(query: Mapping[str, str | int | None]) -> str:
    said = {name: value for name, value in query.items() if value not in (None, "")}
    return f"?{urlencode(said, errors='replace')}" if said else ""

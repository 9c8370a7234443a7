"""A page before it is written: its form, its template, its main table. One function makes it, for all three formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter

from civicgauge.pages.asking import Ask
from civicgauge.pipeline.showing.forms import Decided, Viewer

Cells = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The main table of a page, as its CSV twin holds it."""

    columns: tuple[str, ...]
    rows: Iterable[Cells]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`form` is what the JSON twin holds, whole, and `form` in the template; `values` are what else that one needs."""

    template: str
    form: Any
    table: Table
    values: Mapping[str, Any] = field(default_factory=dict)


PageFunction = Callable[..., Sheet]
Each = Callable[[Any, Viewer], Iterable[Mapping[str, str]]]


class PageRouter(APIRouter):
    """The routes of one page (or a few). `pages`: each path, such as `city/{city_id}`, and the function behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, PageFunction] = {}
        self.each: dict[str, Each] = {}
        self.menu: dict[str, str] = {}
        self.served_only: set[str] = set()
        self.of_staff: set[str] = set()

    def page(
        self, path: str, *, menu: str = "", of_staff: bool = False, each: Each | None = None, in_sites: bool = True
    ) -> Callable[[PageFunction], PageFunction]:
        """Serve what the function makes at `path/`, `path.json` and `path.csv`.

        The function takes an `Ask` and the parts of the path by name. `menu` is its word in the menu of every page;
        with `of_staff` in staff's alone. `each`: from a `Shown` and who looks to the parts of every such page, for a
        static site, which knows cities and datasets. `in_sites`: whether a static site has the page at all.
        """
        from civicgauge.pages.reply import endpoint

        def add(function: PageFunction) -> PageFunction:
            self.pages[path] = function
            if not in_sites:
                self.served_only.add(path)
            if each:
                self.each[path] = each
            if menu:
                self.menu[path] = menu
            if of_staff:
                self.of_staff.add(path)
            for form, ending in (("html", "/"), ("json", ".json"), ("csv", ".csv")):
                self.add_api_route(f"/{path}{ending}", endpoint(function, form), methods=["GET", "HEAD"])
            return function

        return add


def beside(decided: Decided | None) -> Cells:
    """The cells of a number as decided: value, bounds, status, decisions; empty where no decision changes it."""
    return (decided.value, decided.low, decided.high, decided.status, decided.decisions) if decided else (None,) * 5


def made(ask: Ask, function: PageFunction, parts: Mapping[str, str]) -> Sheet:
    """The sheet for a request."""
    return function(ask, **parts)

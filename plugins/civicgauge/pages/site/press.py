"""Writes pages as files: each page's HTML, its twins beside, and the parts of its list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from civicgauge.pages import twins
from civicgauge.pages.app import menu_of, of_staff
from civicgauge.pages.asking import Ask
from civicgauge.pages.here import Here
from civicgauge.pages.render import Renderer
from civicgauge.pages.routes import routers
from civicgauge.pages.sheets import Each, PageFunction, Sheet
from civicgauge.pages.site.links import without_dead
from civicgauge.pipeline.showing import Viewer

Parts = Mapping[str, str]


@dataclass(frozen=True)
class Press:
    """`folder`: where to write. `shown`: where forms come from (a `Shown`)."""

    shown: Any
    viewer: Viewer
    folder: Path
    contact: str
    as_of: str | None

    @cached_property
    def renderer(self) -> Renderer:
        """What makes the HTML."""
        return Renderer(self.contact, menu_of(), of_staff=of_staff())

    @cached_property
    def pages(self) -> Mapping[str, PageFunction]:
        """The path of every page that a site has, with its parts in braces, and its function."""
        found = routers().values()
        return {p: function for each in found for p, function in each.pages.items() if p not in each.served_only}

    @cached_property
    def each(self) -> Mapping[str, Each]:
        """How the parts of a page are found, where it says so itself."""
        return {path: each for router in routers().values() for path, each in router.each.items()}

    def write(self, path: str, parts: Parts, is_written: Callable[[str], bool], shown: Any = None) -> Iterator[Sheet]:
        """Write a page and the later parts of its list; gives their sheets. `shown`: asked in place of our own."""
        page = path.format(**parts)
        number, last = 1, 1
        while number <= last:
            sheet = self._sheet(self.pages[path], parts, page, number, shown or self.shown)
            self._put(sheet, page, number, is_written)
            last = sheet.form.range.pages if hasattr(sheet.form, "range") else 1
            yield sheet
            number += 1

    def _sheet(self, function: PageFunction, parts: Parts, page: str, number: int, shown: Any) -> Sheet:
        return function(Ask(shown, self.viewer, self._here(page, number)), **parts)

    def _here(self, page: str, number: int) -> Here:
        query = {"as_of": self.as_of or "", "page": str(number)}
        return Here(f"{_part(page, number)}/", {name: said for name, said in query.items() if said}, is_static=True)

    def _put(self, sheet: Sheet, page: str, number: int, is_written: Callable[[str], bool]) -> None:
        part = _part(page, number)
        text = self.renderer.sheet(sheet, self._here(page, number), self.viewer)
        self.put(f"{part}/index.html", without_dead(text, f"{part}/index.html", is_written).encode("utf-8"))
        self.put(f"{part}.json", twins.json_bytes(sheet.form))
        self.put(f"{part}.csv", twins.csv_bytes(sheet.table))

    def put(self, path: str, body: bytes) -> None:
        """Write a file."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)

    def not_found(self) -> None:
        """The page for addresses that there are not; it stands at any depth, so that no link of it would be right."""
        words = "There is no such page here. The pages begin at the address of this site."
        here = Here("404.html", {}, is_static=True)
        page = self.renderer.page("trouble.html", here, heading="Not found", words=words, details="")
        self.put("404.html", without_dead(page, "404.html", lambda _path: False).encode("utf-8"))


def _part(page: str, number: int) -> str:
    """Where a part of a list lies."""
    return page if number == 1 else f"{page}/part-{number}"

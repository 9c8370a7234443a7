"""Writing a site: what pages there are for an audience, shared out among processes city by city."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Any, Literal

from civicgauge.pages.routes.badge import badge_of
from civicgauge.pages.site.folder import replacing
from civicgauge.pages.site.press import Parts, Press
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.showing import PUBLIC, Asked, DatasetPage, NotShown, Shown, Viewer
from civicgauge.pipeline.showing.addresses import slug
from civicgauge.settings import Settings

Datasets = Literal["all", "to_mend", "none"]
_MOST, _ALONE = 500, 4
_START = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
    '<meta http-equiv="refresh" content="0; url=cities/index.html"><title>civicgauge</title></head>'
    '<body><main><h1>civicgauge</h1><p><a href="cities/index.html">To the cities</a></p></main></body></html>\n'
)


@dataclass(frozen=True)
class Wanted:
    """A site: of which settings, for whom, as of which day, with the pages of which datasets.

    `now`: by which badges are old; the clock unless given.
    """

    settings: Settings
    viewer: Viewer = PUBLIC
    as_of: str | None = None
    datasets: Datasets = "all"
    now: datetime | None = None


def write_site(wanted: Wanted, folder: Path, *, processes: int | None = None) -> dict[str, int]:
    """Write the site into the folder, in place of the one before; gives how many cities, pages and files there are.

    ConfigurationError for a folder that holds other files. `processes`: one for each core unless given; few cities are
    written by this one alone.
    """
    with replacing(folder) as new:
        work = _Work(wanted, new)
        cities = work.city_ids
        count = min(processes or os.cpu_count() or 1, len(cities) if len(cities) >= _ALONE else 1)
        if count > 1:
            spawned = multiprocessing.get_context("spawn")  # a fork would share the warehouse's connections
            setup = (wanted, new)
            with ProcessPoolExecutor(count, mp_context=spawned, initializer=_open, initargs=setup) as pool:
                told = pool.map(_city, cities, chunksize=max(1, len(cities) // (count * 8)))
                pages = work.common() + sum(told)
        else:
            pages = work.common() + sum(work.city(city_id) for city_id in cities)
        files = sum(len(names) for _, _, names in os.walk(new))
        return {"cities": len(cities), "pages": pages, "files": files}


_OPENED: dict[str, _Work] = {}


def _open(wanted: Wanted, folder: Path) -> None:
    _OPENED["work"] = _Work(wanted, folder)


def _city(city_id: str) -> int:
    return _OPENED["work"].city(city_id)


class _Work:
    """What one process needs; everything is found again by each, from the same warehouse."""

    def __init__(self, wanted: Wanted, folder: Path) -> None:
        self.wanted = wanted
        self.shown = Shown(Context(wanted.settings))
        self.press = Press(self.shown, wanted.viewer, folder, wanted.settings.contact, wanted.as_of)
        by_needs: dict[frozenset[str], list[str]] = {}
        for path in self.press.pages:
            by_needs.setdefault(frozenset(_names(path)), []).append(path)
        self.of_city = by_needs.get(frozenset({"city_id"}), [])
        self.of_dataset = next((paths for names, paths in by_needs.items() if "portal_id" in names), [])

    @cached_property
    def city_ids(self) -> list[str]:
        """The cities that are shown."""
        found: list[str] = []
        for number in range(1, 1_000):
            page = self.shown.cities(self.wanted.viewer, Asked(page=number, size=_MOST), self.wanted.as_of)
            found += [row.city.city_id for row in page.rows]
            if number >= page.range.pages:
                break
        return found

    @cached_property
    def shared(self) -> Mapping[str, list[Parts]]:
        """The pages that are of no one city, each with the parts of its path."""
        apart = {*self.of_city, *self.of_dataset}
        return {path: self._parts(path) for path in self.press.pages if path not in apart}

    def _parts(self, path: str) -> list[Parts]:
        if path in self.press.each:
            return list(self.press.each[path](self.shown, self.wanted.viewer))
        return [] if _names(path) else [{}]

    @cached_property
    def written(self) -> frozenset[str]:
        """The files of all pages but those of datasets and of later parts."""
        pages = [path.format(**parts) for path, found in self.shared.items() for parts in found]
        pages += [path.format(city_id=city_id) for path in self.of_city for city_id in self.city_ids]
        return frozenset(_files(pages))

    def common(self) -> int:
        """Write what is of no one city; gives how many pages."""
        self.press.put("index.html", _START.encode("ascii"))
        self.press.not_found()
        return sum(
            1
            for path, found in self.shared.items()
            for parts in found
            for _ in self.press.write(path, parts, self._is_written)
        )

    def city(self, city_id: str) -> int:
        """Write the pages of a city, of its datasets, and its badge; gives how many pages."""
        forms = self._datasets(city_id)
        known = frozenset(_files(path.format(**_named(form)) for path in self.of_dataset for form in forms))

        def is_written(file: str) -> bool:
            return file in known or self._is_written(file)

        todo: list[tuple[str, Parts, Any]] = [(path, {"city_id": city_id}, None) for path in self.of_city]
        todo += [(path, _named(form), _Given(form)) for path in self.of_dataset for form in forms]
        count = sum(1 for path, parts, shown in todo for _ in self.press.write(path, parts, is_written, shown))
        try:
            self.press.put(f"badge/{city_id}.svg", _badge(self, city_id))
        except NotShown:  # the city wants none
            return count
        return count

    def _is_written(self, file: str) -> bool:
        return file in self.written or "/part-" in file

    def _datasets(self, city_id: str) -> list[DatasetPage]:
        """The pages of the city's datasets that are written; none where it was never measured."""
        if self.wanted.datasets == "none" or not self.of_dataset:
            return []
        try:
            pages = list(self.shown.dataset_pages(self.wanted.viewer, city_id, self.wanted.as_of))
        except NotShown:
            return []
        return [each for each in pages if self.wanted.datasets == "all" or each.line.n_failed]


class _Given:
    """In place of a `Shown`: gives the one dataset's page that was made already, among all of its city."""

    def __init__(self, form: DatasetPage) -> None:
        self._form = form

    def dataset(self, *_asked: object) -> DatasetPage:
        """The page."""
        return self._form


def _named(form: DatasetPage) -> dict[str, str]:
    """The parts of a dataset's path."""
    line = form.line
    return {"city_id": form.city.city_id, "portal_id": line.portal_id, "dataset": slug(line.dataset_id)}


def _badge(work: _Work, city_id: str) -> bytes:
    found = badge_of(work.shown, city_id, work.wanted.now or work.shown.now(), work.wanted.as_of)
    return found.svg.encode("utf-8")


def _names(path: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(path) if name]


def _files(pages: Iterable[str]) -> Iterator[str]:
    for page in pages:
        yield f"{page}/index.html"
        yield f"{page}.json"
        yield f"{page}.csv"

"""Many cities of the demo's kind: copies of its three, each with an id and with portals of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from civicgauge.demo.server import DemoPortals
from civicgauge.pipeline.context import Context
from tests.homes import tables


@dataclass(frozen=True)
class Copy:
    """A city: the demo's city that it copies, and its portals' addresses."""

    base: str
    urls: tuple[str, ...]


@contextmanager
def served(folder: Path, count: int, datasets: int, links: int) -> Iterator[dict[str, Copy]]:
    """Serve the portals of `count` cities and write their files into `folder`; each city by its id.

    Each chooses so many datasets and asks for so many links a day. The demo's own three are the first.
    """
    cities: dict[str, Copy] = {}
    with ExitStack() as open_ones:
        moment = datetime.now(UTC)
        while len(cities) < count:
            portals = open_ones.enter_context(DemoPortals(moment))
            scratch = folder.parent / f"cities-{len(cities)}"
            for path in portals.write_cities(scratch)[: count - len(cities)]:
                told = yaml.safe_load(path.read_text(encoding="utf-8"))
                base = told["id"]
                told["id"] = base if base not in cities else f"{base}-{len(cities)}"
                told["datasets"] = told.get("datasets", [])[:datasets]
                for portal in told["portals"]:
                    portal["links_per_day"] = links
                cities[told["id"]] = Copy(base, tuple(portal["url"] for portal in told["portals"]))
                text = yaml.safe_dump(told, sort_keys=False, allow_unicode=True)
                (folder / f"{told['id']}.yml").write_text(text, encoding="utf-8")
        yield cities


def seen_of(context: Context, cities: Mapping[str, Copy]) -> dict[str, dict[str, list[str]]]:
    """Every table's rows by city, each row as one text that names the demo's city instead of its copy."""
    found: dict[str, dict[str, list[str]]] = {city: {} for city in cities}
    for name, rows in tables(context).items():
        for row in rows:
            city = row["city_id"]
            found[city].setdefault(name, []).append(_as_of_base(row, city, cities[city]))
    return {city: {name: sorted(rows) for name, rows in by_table.items()} for city, by_table in found.items()}


def _as_of_base(row: Mapping[str, Any], city: str, copy: Copy) -> str:
    text = repr(sorted(item for item in row.items() if item[0] != "fetched_at"))  # a clock's, as those left out before
    for number, url in enumerate(copy.urls):
        text = text.replace(url, f"http://portal-{number}")
    return text.replace(f"'{city}'", f"'{copy.base}'")

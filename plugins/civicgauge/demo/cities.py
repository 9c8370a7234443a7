"""The demo's cities: their data files, and the city files that the registry reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NAMES = ("alder-falls", "birchport", "cedar-junction")
_HEAD = "# A fictional city of civicgauge's demo. Written when the demo portals started; the addresses are theirs.\n"


@cache
def load(name: str) -> dict[str, Any]:
    """One city's data file: `city` (as in the registry, without addresses) and `portals`. Not to be changed."""
    text = resources.files("civicgauge.demo").joinpath("data", f"{name}.yml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=_LOADER))  # noqa: S506 - a SafeLoader


def city_file(name: str, urls: Mapping[str, str]) -> str:
    """The text of the city's registry file, with the portals' real addresses."""
    told = load(name)
    portals = [
        {"id": portal["id"], "kind": portal["kind"], "url": urls[portal["key"]], "domain": portal["host"],
         "requests_per_second": 50, "concurrency": 2}
        for portal in told["portals"]
    ]  # fmt: skip
    city = dict(told["city"])
    own = {"own": city.pop("own")} if "own" in city else {}
    return _HEAD + yaml.safe_dump({**city, "portals": portals, **own}, sort_keys=False, allow_unicode=True, width=120)


def write(folder: Path, urls: Mapping[str, str]) -> list[Path]:
    """Write every demo city's file into `folder`, each whole or not at all; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in NAMES:
        path = folder / f"{load(name)['city']['id']}.yml"
        part = path.with_suffix(".part")
        part.write_text(city_file(name, urls), encoding="utf-8")
        part.replace(path)
        written.append(path)
    return written

"""The demo's cities: their data files, and the city files that the registry reads.

`data/<city>.yml` is what the portals' catalogues say. `data/rows/<city>.yml` is about the rows that are pulled: which
tables, by Socrata's id or CKAN's name, how they are made (`recipes`), and what was planted in them (`defects`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from civicgauge.demo.state import ckan_id

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NAMES = ("alder-falls", "birchport", "cedar-junction")
_HEAD = "# A fictional city of civicgauge's demo. Written when the demo portals started; the addresses are theirs.\n"


_CHOICE = ("family", "event_column", "key_column")


@cache
def load(name: str) -> dict[str, Any]:
    """One city's data: `city` (as in the registry, without addresses) and `portals`. Not to be changed."""
    told, about = _read(f"{name}.yml"), _read(f"rows/{name}.yml")
    tables = about["tables"]
    places = [(portal, entry) for portal in told["portals"] for entry in portal["datasets"] if _key(entry) in tables]
    if unknown := set(tables) - {_key(entry) for _, entry in places}:
        raise ValueError(f"rows/{name}.yml: {', '.join(sorted(unknown))} is in no portal")
    told["city"] |= {"bounds": about["bounds"], "datasets": [_choice(p, e, tables[_key(e)]) for p, e in places]}
    for _, entry in places:
        _add_rows(entry, tables[_key(entry)])
    return told


def _read(name: str) -> dict[str, Any]:
    text = resources.files("civicgauge.demo").joinpath("data", *name.split("/")).read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=_LOADER))  # noqa: S506 - a SafeLoader


def _key(entry: Mapping[str, Any]) -> str:
    return str(entry.get("name") or entry["id"])


def _choice(portal: Mapping[str, Any], entry: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    """The table as the city file chooses it."""
    dataset_id = ckan_id(portal["host"], entry["name"]) if "name" in entry else entry["id"]
    return {"portal": portal["id"], "id": dataset_id, **{key: table[key] for key in _CHOICE if key in table}}


def _add_rows(entry: dict[str, Any], table: Mapping[str, Any]) -> None:
    """Write how the rows are made into the entry, or into its resources: `resources`, or the only one."""
    told = {key: value for key, value in table.items() if key not in _CHOICE}
    if "resources" not in entry:
        entry |= told
        return
    parts = told.get("resources", [told])
    entry["resources"] = [part | more for part, more in zip(entry["resources"], parts, strict=True)]


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

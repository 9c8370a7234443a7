"""The registry of cities: one file for each city, its name the city's id.

Light on purpose: Airflow reads it whenever it reads the DAG folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from civicgauge.city import CITY_ID, City
from civicgauge.cityhints import HINTS
from civicgauge.errors import ConfigurationError
from civicgauge.yamlfile import Loaded, Problem, read_model, tidy
from civicgauge.yamlmarks import Steps, shown_path

SUFFIX = ".yml"
_PORTALS = Path(__file__).resolve().parent / "portals"
_FAMILIES = Path(__file__).resolve().parent / "rows" / "families"
_CHANNELS = Path(__file__).resolve().parent / "alerts" / "channels"
_AIRFLOW_NAME = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]+)?")
# Known without the package of calendars, whose import takes longer than reading the registry.
_USUAL_CALENDARS = frozenset({"us", "ca", "mx", "br", "ar", "cl", "co", "pe", "uy"})


def city_ids(folder: Path) -> list[str]:
    """The ids of all city files by their names, sorted; no file is read. ConfigurationError without such a folder."""
    return [path.stem for path in _city_files(folder)]


def city_file(folder: Path, city_id: str) -> Path:
    """The file of that city. ConfigurationError, with the closest known id, where there is none."""
    path = folder / f"{city_id}{SUFFIX}"
    if re.fullmatch(CITY_ID, city_id) and path.is_file():
        return path
    from civicgauge.yamlphrases import did_you_mean

    guess = did_you_mean(city_id, city_ids(folder))
    raise ConfigurationError(f"there is no city {city_id!r} in {shown_path(folder)}{guess}")


def load_city(path: Path) -> City:
    """The city of one file. ConfigurationError with every problem of this file, each with its place."""
    loaded = _read(path)
    if loaded.model is None:
        raise ConfigurationError("A city file that cannot be used:", tuple(str(p) for p in loaded.problems))
    return loaded.model


def load_registry(folder: Path) -> tuple[dict[str, City], list[Problem]]:
    """Every city whose file can be used, by id, and every problem of all files. Never raises for what files hold.

    A city in a problem between cities (one portal given twice) stays usable: its own file is sound.
    """
    try:
        files = _city_files(folder)
    except ConfigurationError as error:
        return {}, [Problem(shown_path(folder), 1, 1, "file", error.message)]
    read = [(path, _read(path)) for path in files]
    problems = [problem for _, loaded in read for problem in loaded.problems]
    problems += _misnamed(folder)
    problems += _portals_given_twice([(path, loaded) for path, loaded in read if loaded.model is not None])
    cities = {loaded.model.id: loaded.model for _, loaded in read if loaded.model is not None}
    return cities, sorted(problems)


def portal_kinds() -> list[str]:
    """The kinds of portal there are, by the names of the readers' files; nothing is imported."""
    return sorted(path.stem for path in _PORTALS.glob("*.py") if not path.stem.startswith("_"))


def families() -> list[str]:
    """The well-known kinds of table there are, by the names of their files."""
    return sorted(path.stem for path in _FAMILIES.glob("*.yml") if not path.stem.startswith("_"))


def channel_names() -> list[str]:
    """The channels that a contact can name, by their files; the outbox takes mail where there is no mail server."""
    names = {path.stem for path in _CHANNELS.glob("*.py") if not path.stem.startswith("_")}
    return sorted(names - {"outbox"})


# ---------------------------------------------------------------- files


def _city_files(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if p.suffix == SUFFIX and not p.name.startswith("."))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigurationError(
            f"the folder of city files {shown_path(folder)} cannot be read ({reason}); CIVICGAUGE_CITIES names it"
        ) from error


def _misnamed(folder: Path) -> Iterator[Problem]:
    for path in folder.glob("*.yaml"):
        if not path.name.startswith("."):
            yield Problem(shown_path(path), 1, 1, "file", f"is not read; call it {path.stem}{SUFFIX}")


def _read(path: Path) -> Loaded[City]:
    loaded = read_model(path, City, hints=HINTS)
    if not isinstance(loaded.data, dict):
        return loaded
    # On what the file holds, not on the model: these are told together with the model's own complaints.
    more = [loaded.marks.problem(place, message) for place, message in _complaints(path, loaded.data)]
    problems = tidy(loaded.problems + more)
    return Loaded(None if problems else loaded.model, loaded.data, loaded.marks, problems)


# ---------------------------------------------------------------- what one file must also hold

Complaint = tuple[Steps, str]


def _complaints(path: Path, data: Mapping[str, Any]) -> Iterator[Complaint]:
    city_id = data.get("id")
    if isinstance(city_id, str) and city_id != path.stem:
        other = path.with_name(f"{city_id}{SUFFIX}")
        taken = f"; {other.name} has it already" if re.fullmatch(CITY_ID, city_id) and other.is_file() else ""
        yield ("id",), f"{city_id!r} is not the name of this file without {SUFFIX} ({path.stem!r}){taken}"
    calendar = data.get("holidays")
    if isinstance(calendar, str) and not _is_calendar(calendar):
        yield ("holidays",), f"{calendar!r} is no known calendar; a country's code such as us, or a list of dates"
    choices = data.get("datasets")
    for number, choice in enumerate(choices if isinstance(choices, list) else []):
        family = choice.get("family") if isinstance(choice, dict) else None
        if isinstance(family, str) and (message := _not_one_of(family, families())):
            yield ("datasets", number, "family"), message
    contacts = data.get("contacts")
    for number, contact in enumerate(contacts if isinstance(contacts, list) else []):
        channel = contact.get("channel") if isinstance(contact, dict) else None
        if isinstance(channel, str) and (message := _not_one_of(channel, channel_names())):
            yield ("contacts", number, "channel"), message
    portals = data.get("portals")
    seen: dict[tuple[str, str], int] = {}
    for number, portal in enumerate(portals if isinstance(portals, list) else []):
        if isinstance(portal, dict):
            yield from _portal_complaints(number, portal, seen)


def _portal_complaints(number: int, portal: dict[str, Any], seen: dict[tuple[str, str], int]) -> Iterator[Complaint]:
    for field, complain in _PORTAL_FIELDS.items():
        value = portal.get(field)
        message = complain(value) if isinstance(value, str) else None
        if message:
            yield ("portals", number, field), message
    if isinstance(portal.get("url"), str):
        key = (portal["url"].rstrip("/").lower(), str(portal.get("domain") or "").lower())
        if key in seen:
            yield ("portals", number, "url"), f"is the same portal as portals[{seen[key]}]"
        seen.setdefault(key, number)


def _kind(value: str) -> str | None:
    return _not_one_of(value, portal_kinds())


def _not_one_of(value: str, known: list[str]) -> str | None:
    if value in known:
        return None
    from civicgauge.yamlphrases import did_you_mean

    return f"{value!r} is not one of {', '.join(known)}{did_you_mean(value, known)}"


def _address(value: str) -> str | None:
    if "@" in value.partition("://")[2].partition("/")[0]:
        return "holds a user name or a password; keep it in an Airflow connection and name that in `connection`"
    if "?" in value or "#" in value:
        return "is the address of one page; the portal's own has no '?' and no '#'"
    return None


def _domain(value: str) -> str | None:
    return None if _HOST_NAME.fullmatch(value) else f"{value!r} is not a host's name alone, such as data.kcmo.org"


def _airflow_name(value: str) -> str | None:
    return None if _AIRFLOW_NAME.fullmatch(value) else f"{value!r} may hold only letters, digits and _ . -"


_PORTAL_FIELDS: dict[str, Callable[[str], str | None]] = {
    "kind": _kind,
    "url": _address,
    "domain": _domain,
    "connection": _airflow_name,
    "pool": _airflow_name,
}


def _is_calendar(name: str) -> bool:
    """Whether the package `holidays` knows it: a country, or with a hyphen a part of one (`us-mo`)."""
    if name in _USUAL_CALENDARS:
        return True
    if not re.fullmatch(r"[a-z]{2}(-[a-z0-9]{1,4})?", name):
        return False
    import holidays

    country, _, part = name.upper().partition("-")
    try:
        holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        return False
    return True


# ---------------------------------------------------------------- what no two files may hold


def _portals_given_twice(read: list[tuple[Path, Loaded[City]]]) -> Iterator[Problem]:
    """Two cities that ask one portal, each at its full rate, unless they name the same pool."""
    first: dict[tuple[str, str], tuple[Path, str | None]] = {}
    for path, loaded in read:
        for number, portal in enumerate(loaded.model.portals if loaded.model else ()):
            key = (portal.base_url.lower(), portal.host.lower())
            other, pool = first.setdefault(key, (path, portal.pool))
            if other != path and (pool is None or pool != portal.pool):
                yield loaded.marks.problem(
                    ("portals", number, "url"),
                    f"is the portal of {other.name}, too; cities that share a portal name the same `pool`",
                )


# ---------------------------------------------------------------- for editors


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a city file; editors complete and explain the fields with it."""
    made = City.model_json_schema()
    _describe(made, made.get("$defs", {}), "")
    about = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A city of the civicgauge registry",
        "description": "One file for each city; its name is the city's id.",
    }
    return about | {key: value for key, value in made.items() if key not in about}


def _describe(part: dict[str, Any], parts: dict[str, Any], before: str) -> None:
    part.pop("description", None)
    for name, field in part.get("properties", {}).items():
        place = f"{before}{name}"
        field["description"] = HINTS[place]
        for reference in set(re.findall(r"#/\$defs/(\w+)", str(field))):
            _describe(parts[reference], parts, f"{place}.")

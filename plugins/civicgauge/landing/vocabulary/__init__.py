"""The versioned vocabulary files and how they are read: words of portals on one side, our own words on the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

import yaml

from civicgauge.errors import ConfigurationError

_SPACE = re.compile(r"\s+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def fold(text: str) -> str:
    """A text for comparison: NFKC, without case, accents and doubled space; every dash is a hyphen.

    >>> fold(" Diária\\xa0")
    'diaria'
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SPACE.sub(" ", plain.translate(_DASHES)).strip()


def words(text: str) -> str:
    """A text folded, with one space for every run of characters that are neither letters nor digits.

    >>> words("CC-BY-4.0")
    'cc by 4 0'
    """
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


class _Loader(yaml.SafeLoader):
    """YAML whose keys may not be given twice."""


def _unique_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise ConfigurationError(f"line {node.start_mark.line + 1}: {key!r} is given twice")
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique_mapping)


def read_vocabulary(name: str) -> dict[str, Any]:
    """The vocabulary file of that name (`frequencies`, ...) with its `version`; ConfigurationError if broken."""
    text = resources.files(__package__).joinpath(f"{name}.yml").read_text(encoding="utf-8")
    return parse_vocabulary(name, text)


def parse_vocabulary(name: str, text: str) -> dict[str, Any]:
    """The same from a text. Every vocabulary is a mapping with an integer `version`."""
    try:
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{name}.yml cannot be read: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("version"), int):
        raise ConfigurationError(f"{name}.yml needs an integer `version`")
    return content


def invert(name: str, groups: Mapping[str, Iterable[object]], form: Any = fold) -> dict[str, str]:
    """From {meaning: [spelling, ...]} to {spelling in its compared form: meaning}.

    ConfigurationError names every spelling that is given twice, is empty, or is no text (YAML reads `no` as false).
    """
    found: dict[str, str] = {}
    problems: list[str] = []
    for meaning, spellings in groups.items():
        for spelling in spellings:
            if not isinstance(spelling, str) or not form(spelling):
                problems.append(f"{name}.yml: {meaning}: {spelling!r} is not a text; put it in quotes")
            elif form(spelling) in found:
                problems.append(f"{name}.yml: {spelling!r} is given for {found[form(spelling)]} and for {meaning}")
            else:
                found[form(spelling)] = meaning
    if problems:
        raise ConfigurationError(f"{name}.yml is not consistent", tuple(problems))
    return found

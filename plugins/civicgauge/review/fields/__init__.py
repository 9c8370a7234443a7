"""What staff may decide, one field each: the form of a field, and the discovery of all.

A file of this folder (without a leading underscore) that defines `FIELD` adds a field; nothing else is touched here.
What landing does with it is a line at its rule (`civicgauge.landing.decided`).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from civicgauge.errors import CivicgaugeError


@dataclass(frozen=True)
class Facts:
    """What is known of an entry when it is decided: its newest shown row of `dataset_day`, and what that leaves out.

    `licences` are the ids of the alias file with their class. `event_columns` are the columns of its landed rows that
    may say when things happened, `event_column` the one that does; None where its rows are not pulled.
    """

    row: Mapping[str, Any]
    licences: Mapping[str, str] = field(default_factory=dict)
    event_columns: tuple[str, ...] | None = None
    event_column: str | None = None


@dataclass(frozen=True)
class Field:
    """One thing that staff may decide of an entry.

    `measured` says in a word what was measured (None: nothing), `problem` why something cannot be decided (None: it
    can). `allowed` says in words what may be, `touches` which numbers move by it.
    """

    id: str
    title: str
    allowed: str
    touches: str
    measured: Callable[[Facts], str | None]
    problem: Callable[[str, Facts], str | None]


@cache
def discover() -> Mapping[str, Field]:
    """Every field by its id, in order; CivicgaugeError where a file defines none, or another's."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    found = {}
    for name in names:
        defined = getattr(importlib.import_module(f"{__name__}.{name}"), "FIELD", None)
        if not isinstance(defined, Field) or defined.id != name:
            raise CivicgaugeError(f"review/fields/{name}.py: FIELD must be a Field whose id is {name!r}")
        found[name] = defined
    return found


def one_of(*words: str) -> Callable[[str, Facts], str | None]:
    """The rule of a field that knows a few words."""
    return lambda decided, _: None if decided in words else f"is none of {', '.join(words)}"

"""What an export is about: for whom, at which date, from which warehouse."""

from __future__ import annotations

from dataclasses import dataclass

from civicgauge.warehouse import Scope


@dataclass(frozen=True, slots=True)
class About:
    """The words of the order: `as_of` as it was given (None: the newest), `schema_version` of the warehouse."""

    audience: str
    as_of: str | None
    scope: Scope
    schema_version: str

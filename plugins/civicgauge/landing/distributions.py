"""A dataset's resources and what is known of each: its format, and whether it explains data instead of holding them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from civicgauge.landing.formats import Format, best_of, is_documentation, resolve_format
from civicgauge.model import Resource


@dataclass(frozen=True, slots=True)
class Distribution:
    """A resource, its resolved format, and whether it is documentation."""

    resource: Resource
    format: Format
    is_documentation: bool


def distributions_of(resources: Sequence[Resource]) -> list[Distribution]:
    """Every resource resolved; text documents beside machine-readable data are taken for documentation."""
    resolved = [(r, resolve_format(r.media_type, r.url, r.declared_format)) for r in resources]
    has_data = any(r.is_native_table or f.is_machine_readable for r, f in resolved)
    return [Distribution(r, f, is_documentation(r.title, f.format_id, beside_data=has_data)) for r, f in resolved]


def data_of(distributions: Sequence[Distribution]) -> list[Distribution]:
    """Those that hold data; all of them where nothing but documentation is there."""
    return [d for d in distributions if not d.is_documentation] or list(distributions)


def openness(distributions: Sequence[Distribution]) -> tuple[int | None, bool | None]:
    """(stars, machine-readable) of the best distribution; a native table counts through its API (DESIGN rule 6).

    An entry without any distribution gives a machine nothing to read.
    """
    if not distributions:
        return None, False
    if any(d.resource.is_native_table for d in distributions):
        return 3, True
    best = best_of([d.format for d in data_of(distributions)])
    return (best.stars, best.is_machine_readable) if best else (None, None)

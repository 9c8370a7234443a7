"""The checks as the stages use them, and the columns of every table that they judge."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from civicgauge.landed_tables import LANDED_SCHEMAS
from civicgauge.landing.tables import SCHEMAS
from civicgauge.quality.checks import load_checks
from civicgauge.quality.form import Check

COLUMNS = {name: frozenset(schema.names) for name, schema in (SCHEMAS | LANDED_SCHEMAS).items()}
"""Table name to the names of its columns, the statistics that check files name apart."""


def checks_of(folder: Path) -> tuple[Check, ...]:
    """Every check below the folder, read again only where a file changed: `load_checks` says what it raises.

    A city's datasets are profiled one after another in one process, and each asks for the statistics of all checks.
    """
    files = sorted(folder.rglob("*.yml"))
    return _checks(folder, tuple((str(f), f.stat().st_mtime_ns, f.stat().st_size) for f in files))


@lru_cache(maxsize=4)
def _checks(folder: Path, files: tuple[tuple[str, int, int], ...]) -> tuple[Check, ...]:  # noqa: ARG001 - the key
    return load_checks(folder, COLUMNS)

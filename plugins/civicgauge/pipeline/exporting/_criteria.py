"""The sheet `criteria`: what was observed beside each criterion of each standard, and what only people can attest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from civicgauge.criteria import Criterion, standards
from civicgauge.pipeline.exporting import _tables
from civicgauge.pipeline.exporting._sheet import Book, Column
from civicgauge.pipeline.exporting.about import About

_EVIDENCE = "criterion_evidence"
_COLUMNS = (
    Column("City", 20),
    Column("Day", 11, "date"),
    Column("Standard", 30, "wrapped"),
    Column("Criterion", 10),
    Column("Name", 30, "wrapped"),
    Column("Observed", 14),
    Column("Basis", 11),
    Column("Attested", 14),
    Column("Attested on", 11, "date"),
    Column("What a portal shows of it", 14),
    Column("What it asks, in our words", 50, "wrapped"),
    Column("Evidence", 50, "wrapped"),
)


def sheet(book: Book, folder: Path, names: Mapping[str, str], about: About) -> None:
    """Each city's chosen day; the criteria alone where the warehouse holds no assessment."""
    path = folder / f"{_EVIDENCE}.parquet"
    rows = _assessed(folder, names, about) if path.exists() else _not_assessed()
    book.table("criteria", _COLUMNS, rows, whole_in=f"{_EVIDENCE}.csv" if path.exists() else "criterion.csv")


def _assessed(folder: Path, names: Mapping[str, str], about: About) -> Iterator[list[Any]]:
    known = _known()
    found = (row for row in _tables.rows(folder, _EVIDENCE) if row["day"] == about.scope.chosen.get(row["city_id"]))
    for row in sorted(found, key=lambda each: (names[each["city_id"]], each["city_id"])):
        criterion = known.get((row["standard_version"], row["criterion"]))
        yield [
            names[row["city_id"]],
            row["day"],
            f"{row['standard']} {row['standard_version']}",
            row["criterion"],
            criterion.name if criterion else None,
            row["stance"].replace("_", " "),
            row["basis"],
            (row.get("attested_stance") or "").replace("_", " "),
            row.get("attested_on"),
            criterion.observable if criterion else None,
            criterion.asks if criterion else None,
            row["evidence"],
        ]


def _not_assessed() -> Iterator[list[Any]]:
    """Every criterion, beside no city: what could be observed at all."""
    for standard in standards().values():
        for criterion in standard.criteria:
            told = [f"{standard.standard} {standard.version}", criterion.code, criterion.name, "not assessed"]
            yield ["(no city assessed)", None, *told, *[None] * 3, criterion.observable, criterion.asks, None]


def _known() -> dict[tuple[str, str], Criterion]:
    """The criteria by the version of their standard and their code."""
    return {
        (standard.version, criterion.code): criterion
        for standard in standards().values()
        for criterion in standard.criteria
    }

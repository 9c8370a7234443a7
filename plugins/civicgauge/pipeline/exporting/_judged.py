"""The sheets of what people judged: numbers of frozen editions, their corrections, and decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from civicgauge.pipeline.exporting import _tables
from civicgauge.pipeline.exporting._scores import format_of, indicators
from civicgauge.pipeline.exporting._sheet import Book, Cell, Column

Names = Mapping[str, str]
_EDITIONS = (
    Column("Edition", 20),
    Column("Frozen on", 11, "date"),
    Column("City", 20),
    Column("Measured on", 12, "date"),
    Column("Number", 34, "wrapped"),
    Column("Version", 8, "integer"),
    Column("Status", 14),
    Column("As measured", 12),
    Column("from", 10),
    Column("to", 10),
    Column("Unknown", 9, "integer"),
    Column("Status as decided", 14),
    Column("As decided", 12),
    Column("decided from", 10),
    Column("decided to", 10),
    Column("Decisions", 24),
)
_ERRATA = (
    Column("Edition", 20),
    Column("City", 20),
    Column("Number", 34, "wrapped"),
    Column("Version", 8, "integer"),
    Column("Status as it stood", 14),
    Column("As it stood", 12),
    Column("Status as corrected", 14),
    Column("As corrected", 12),
    Column("from", 10),
    Column("to", 10),
    Column("Why", 50, "wrapped"),
    Column("By", 24, "wrapped"),
    Column("Second person", 24, "wrapped"),
    Column("Corrected on", 12, "date"),
)
_DECISIONS = (
    Column("City", 20),
    Column("Portal", 14),
    Column("Entry", 24),
    Column("About", 18),
    Column("As measured", 24, "wrapped"),
    Column("As decided", 24, "wrapped"),
    Column("Why", 50, "wrapped"),
    Column("State", 12),
    Column("From", 11, "date"),
    Column("Until", 11, "date"),
    Column("By", 24, "wrapped"),
    Column("Second person", 24, "wrapped"),
    Column("Evidence", 40),
    Column("Digest of the evidence", 24),
    Column("Id", 16),
)


def editions(book: Book, folder: Path, names: Names) -> None:
    """Every number of every frozen edition, as measured and as decided."""
    frozen = {row["edition_id"]: row for row in _tables.rows(folder, "edition") if row["state"] == "frozen"}

    def rows() -> Iterator[list[Any]]:
        for row in _tables.rows(folder, "edition_value"):
            if row["edition_id"] in frozen:
                how = format_of(row["unit"])
                yield [
                    row["edition_id"],
                    frozen[row["edition_id"]]["frozen_at"].date(),
                    names[row["city_id"]],
                    row["measured_on"],
                    _title(row["indicator_id"]),
                    row["indicator_version"],
                    row["status"],
                    *(Cell(row[name], how) for name in ("value", "value_low", "value_high")),
                    row["n_unknown"],
                    row["decided_status"],
                    *(Cell(row[name], how) for name in ("decided_value", "decided_low", "decided_high")),
                    row["decisions"],
                ]

    book.table("editions", _EDITIONS, rows(), whole_in="edition_value.csv")


def errata(book: Book, folder: Path, names: Names) -> None:
    """Every correction of a frozen edition: the number as it stood, and as it was corrected."""

    def rows() -> Iterator[list[Any]]:
        for row in _tables.rows(folder, "erratum"):
            known = indicators().get(row["indicator_id"])
            how = format_of(known.unit) if known else "number"
            yield [
                row["edition_id"],
                names[row["city_id"]],
                _title(row["indicator_id"]),
                row["indicator_version"],
                row["old_status"],
                Cell(row["old_value"], how),
                row["new_status"],
                *(Cell(row[name], how) for name in ("new_value", "new_low", "new_high")),
                row["reason"],
                row["by"],
                row["second_by"],
                row["made_at"].date(),
            ]

    book.table("errata", _ERRATA, rows(), whole_in="erratum.csv")


def decisions(book: Book, folder: Path, names: Names) -> None:
    """Every decision that the audience may see."""
    kept = ("portal_id", "dataset_id", "field", "measured", "decided", "reason", "state", "valid_from", "valid_until")
    more = ("by", "second_by", "evidence_url", "evidence_digest", "decision_id")
    rows = (
        [names[row["city_id"]], *(row[name] for name in (*kept, *more))] for row in _tables.rows(folder, "decision")
    )
    book.table("decisions", _DECISIONS, rows, whole_in="decision.csv")


def _title(indicator_id: str) -> str:
    known = indicators().get(indicator_id)
    return known.title if known else indicator_id

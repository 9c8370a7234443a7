"""The sheet `criteria`: what was observed beside each criterion of each standard, and what only people can attest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from civicgauge.criteria import standards
from civicgauge.pipeline.exporting import _tables
from civicgauge.pipeline.exporting._scores import indicators
from civicgauge.pipeline.exporting._sheet import Book, Column
from civicgauge.pipeline.exporting.about import About
from civicgauge.pipeline.words import CONTRADICTED

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
    Column("Attested until", 11, "date"),
    Column("Beside the numbers", 24, "wrapped"),
    Column("What a portal shows of it", 14),
    Column("What it asks, in our words", 50, "wrapped"),
    Column("What only people can show", 40, "wrapped"),
    Column("Numbers behind it", 60, "wrapped"),
)


def sheet(book: Book, folder: Path, names: Mapping[str, str], about: About) -> None:
    """Each city's chosen day; the criteria alone where the warehouse holds no assessment."""
    path = folder / f"{_EVIDENCE}.parquet"
    rows = _assessed(folder, names, about) if path.exists() else _not_assessed()
    book.table("criteria", _COLUMNS, rows, whole_in=f"{_EVIDENCE}.csv" if path.exists() else "criterion.csv")


def _assessed(folder: Path, names: Mapping[str, str], about: About) -> Iterator[list[Any]]:
    known = {(name, each.code): each for name, standard in standards().items() for each in standard.criteria}
    titles = {indicator.id: indicator.title for indicator in indicators().values()}
    found = (row for row in _tables.rows(folder, _EVIDENCE) if row["day"] == about.scope.chosen.get(row["city_id"]))
    for row in sorted(found, key=lambda each: (names[each["city_id"]], each["city_id"])):
        criterion = known.get((row["standard"], row["criterion"]))
        yield [
            names[row["city_id"]],
            row["day"],
            _named(row["standard"]),
            row["criterion"],
            criterion.name if criterion else None,
            row["stance"].replace("_", " "),
            row["basis"],
            (row.get("attested_stance") or "").replace("_", " "),
            row.get("attested_on"),
            row.get("expires_at"),
            _beside(row),
            criterion.observable if criterion else None,
            criterion.asks if criterion else None,
            criterion.attest if criterion else None,
            _in_words(row["evidence"], titles),
        ]


def _not_assessed() -> Iterator[list[Any]]:
    """Every criterion, beside no city: what could be observed at all."""
    for standard in standards().values():
        for criterion in standard.criteria:
            told = [f"{standard.standard} {standard.version}", criterion.code, criterion.name, "not assessed"]
            yield [
                "(no city assessed)",
                None,
                *told,
                *[None] * 5,
                criterion.observable,
                criterion.asks,
                criterion.attest,
                None,
            ]


def _beside(row: Mapping[str, Any]) -> str | None:
    """Where the numbers and what is attested say the opposite, or what was attested has expired: that, in words."""
    if row.get("is_contradicted"):
        return CONTRADICTED
    return "attested until then, expired" if row.get("expires_at") and not row.get("attested_stance") else None


def _named(standard_id: str) -> str:
    """A standard as people call it; its id where it is no longer among ours."""
    standard = standards().get(standard_id)
    return f"{standard.standard} {standard.version}" if standard else standard_id


def _in_words(evidence: str, titles: Mapping[str, str]) -> str:
    """The numbers behind a stance, one a line."""
    return "\n".join(_observation(each, titles) for each in json.loads(evidence))


def _observation(told: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    if "indicator" not in told:  # a public document: whether its address answers
        return f"{told['title']}: address {told['state'] or 'not tried yet'}; {told['url']}"
    value, low, high = (_number(told[name], told["unit"]) for name in ("value", "low", "high"))
    between = "" if low is None and high is None else f" (from {low or 'no limit'} to {high or 'no limit'})"
    title = titles.get(told["indicator"], told["indicator"])
    return f"{title}: {value or 'no value'}{between}; {told['stance'].replace('_', ' ')}"


def _number(value: float | None, unit: str) -> str | None:
    if value is None:
        return None
    return f"{100 * value:.1f}%" if unit == "share" else f"{value:.4g} {unit}"

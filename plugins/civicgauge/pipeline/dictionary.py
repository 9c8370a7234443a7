"""The dictionary of tables, indicators and checks, written from their own texts: `docs/tables.md`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from civicgauge.indicators import Indicator, discover
from civicgauge.pipeline.columns import COLUMNS
from civicgauge.quality.checks import load_checks
from civicgauge.quality.form import Check
from civicgauge.warehouse import tables


def dictionary(expectations: Path) -> str:
    """The whole page as Markdown."""
    return "\n".join([*_tables(), *_indicators(), *_checks(expectations)]) + "\n"


def _tables() -> Iterator[str]:
    yield "# Tables, indicators and checks"
    yield ""
    yield "Written by `make docs` from the texts that stand beside each thing; do not edit by hand. The same names in"
    yield "SQL and in every export. Days are local dates of the city, times ISO 8601 UTC; null means not known, and a"
    yield "status says why."
    for table in tables.tables_in(None).sorted_tables:
        yield f"\n## `{table.name}`\n\n{table.comment}\n\n| column | key | meaning |\n|---|---|---|"
        for column in table.columns:
            yield f"| `{column.name}` | {'yes' if column.primary_key else ''} | {_cell(column.comment)} |"


def _indicators() -> Iterator[str]:
    yield "\n# Indicators"
    for indicator in discover():
        yield from _indicator(indicator)


def _indicator(indicator: Indicator) -> Iterator[str]:
    yield f"\n## {indicator.title}\n\n`{indicator.id}`, version {indicator.version}, in {indicator.unit}; "
    yield f"{indicator.direction.replace('_', ' ')}.\n\n*{indicator.question}*\n\n{indicator.formula}\n"
    for kind, source in indicator.sources.items():
        yield f"- Source on {kind}: {source}"
    if indicator.checks:
        yield f"- Checks: {', '.join(f'`{check}`' for check in indicator.checks)}"
    if indicator.criteria:
        yield f"- Bears on (modelled on What Works Cities 2022): {', '.join(indicator.criteria)}"
    yield f"- How it could be gamed, and what stops that: {indicator.gaming}"
    yield f"- What to do: {indicator.advice}"


def _checks(expectations: Path) -> Iterator[str]:
    yield "\n# Checks\n\n| check | version | severity | question | serves |\n|---|---|---|---|---|"
    for check in load_checks(expectations, COLUMNS):
        yield _check_row(check)


def _check_row(check: Check) -> str:
    serves = "; ".join(f"{cited.standard}: {cited.criterion}" for cited in check.serves)
    return f"| `{check.id}` | {check.version} | {check.severity} | {_cell(check.question)} | {_cell(serves)} |"


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")

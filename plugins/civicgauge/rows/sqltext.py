"""Names, texts and paths inside SQL."""

from __future__ import annotations

from pathlib import Path


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def path_literal(path: Path) -> str:
    """A path as the SQL literal of a table to read: DuckDB takes `*`, `?` and `[` for patterns unless in brackets."""
    return literal("".join(f"[{c}]" if c in "*?[" else c for c in str(path)))

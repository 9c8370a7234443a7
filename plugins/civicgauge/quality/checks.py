"""Reads check files: every problem of every file at once, each with its line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from civicgauge.errors import ConfigurationError
from civicgauge.landed_tables import LANDED_SCHEMAS
from civicgauge.quality.form import Check, Expected, split_case
from civicgauge.quality.formulas import formula
from civicgauge.quality.report import COUNTS, placeholders
from civicgauge.yamlfile import Loaded, Problem, read_model

Columns = Mapping[str, frozenset[str]]
Steps = tuple[str | int, ...]
Named = tuple[Steps, str, str]
Read = Sequence[tuple[Path, Loaded[Check]]]

LANDED_COLUMNS = {table: frozenset(schema.names) for table, schema in LANDED_SCHEMAS.items()}


def load_checks(folder: Path, columns: Columns) -> tuple[Check, ...]:
    """Every check below the folder (`*.yml`), ordered by id.

    `columns` says which columns the tables "datasets", "resources" and "columns" have; the fixed ones of
    "landed_tables" and "landed_columns" are known. ConfigurationError with every problem of every file when there is
    one, or when there is no such folder.
    """
    columns = {**LANDED_COLUMNS, **columns}
    if not folder.is_dir():
        raise ConfigurationError(f"{folder}: there is no such folder of checks")
    files = sorted(folder.rglob("*.yml"))
    read = [(path, read_model(path, Check)) for path in files]
    problems = [problem for path, loaded in read for problem in _problems(path, loaded, columns)]
    problems += [*_repeated(read), *_contradicting(read)]
    if problems:
        raise ConfigurationError(
            f"{folder}: {len({p.file for p in problems})} of {len(files)} check files cannot be used:",
            tuple(str(problem) for problem in sorted(problems)),
        )
    return tuple(sorted((loaded.model for _, loaded in read if loaded.model), key=lambda check: check.id))


def _problems(path: Path, loaded: Loaded[Check], columns: Columns) -> Iterator[Problem]:
    yield from loaded.problems
    check = loaded.model
    if check is None:
        return
    if check.id != path.stem:
        yield loaded.marks.problem(("id",), f"is {check.id!r} in a file called {path.name}; they must be the same")
    own = frozenset({*check.statistics, *check.derived})
    for key in ("statistics", "derived"):
        for name in sorted(set(getattr(check, key)) & columns.get(check.table, frozenset())):
            yield loaded.marks.problem((key, name), f"is a column of {check.table} already; choose another name")
    for place, table, column in _named(check):
        known = (
            COUNTS if table == "counts" else columns.get(table, frozenset()) | (own if table == check.table else set())
        )
        if column not in known:
            yield loaded.marks.problem(place, _unknown(column, table, known))
        elif column in check.derived and place[0] == "cases":
            yield loaded.marks.problem(place, f"{column!r} is derived; give the columns that it is made of")


def _named(check: Check) -> Iterator[Named]:
    """Every place of the file that names a column: its path, the table that must have it, the column."""
    yield from _named_in_conditions(check)
    yield from ((("expectation", "kwargs"), check.table, column) for column in check.expectation.columns)
    for at, further in enumerate(check.also):
        yield from ((("also", at, "kwargs"), check.table, column) for column in further.columns)
    yield from _named_in_texts(check)
    yield from ((("alert",), "datasets", column) for column in sorted(check.alert.columns))
    for outcome in get_args(Expected):
        for at, case in enumerate(check.cases.of(outcome)):
            yield from _named_in_case(check, ("cases", outcome, at), case)


def _named_in_texts(check: Check) -> Iterator[Named]:
    for key in ("observed", "expected"):
        for name in placeholders(getattr(check, key)):
            yield (key,), check.table if check.table == "datasets" else "counts", name
    yield from ((("detail",), check.table, name) for name in placeholders(check.detail or ""))
    for derived, text in check.derived.items():
        yield from ((("derived", derived), check.table, name) for name in sorted(formula(text).columns))


def _named_in_conditions(check: Check) -> Iterator[Named]:
    for key in ("applies", "needs"):
        for at, condition in enumerate(getattr(check, key)):
            yield (key, at, "column"), check.table, condition.column
            if getattr(condition, "otherwise_column", None):
                yield (key, at, "otherwise_column"), check.table, condition.otherwise_column
    for at, rule in enumerate(check.parts_missing.when if check.parts_missing else ()):
        yield ("parts_missing", "when", at, "column"), "datasets", rule.column


def _named_in_case(check: Check, place: Steps, case: dict[str, Any]) -> Iterator[Named]:
    dataset, landed, parts = split_case(check, case)
    yield from ((place, "datasets", column) for column in dataset)
    yield from ((place, "landed_tables", column) for column in landed)
    yield from ((place, check.table, column) for part in parts for column in part)


def _unknown(column: str, table: str, known: frozenset[str]) -> str:
    if not column:
        return "has a brace that is part of no placeholder; write {column} or {column|one|many}"
    if table == "counts":
        return f"{column!r} cannot stand in a text of a check on parts; it may name {' and '.join(sorted(known))}"
    near = get_close_matches(column, sorted(known), n=1)
    return f"{column!r} is no column of {table}" + (f"; did you mean {near[0]!r}?" if near else "")


def _repeated(read: Read) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for path, loaded in read:
        if path.stem in first:
            yield loaded.marks.problem(("id",), f"the id {path.stem!r} is taken by {first[path.stem]}")
        first.setdefault(path.stem, path)


def _contradicting(read: Read) -> Iterator[Problem]:
    """Names of statistics and derived numbers that two files fill with different things."""
    first: dict[tuple[str, str], tuple[object, Problem]] = {}
    for _, loaded in read:
        check = loaded.model
        named = [(key, *item) for key in ("statistics", "derived") if check for item in getattr(check, key).items()]
        for key, name, said in named:
            here = loaded.marks.problem((key, name), "")
            meaning, there = first.setdefault((check.table if check else "", name), (said, here))
            if meaning != said:
                place = f"{there.file}:{there.line}:{there.column}"
                yield loaded.marks.problem((key, name), f"is also in {place}, with another meaning; it must be one")

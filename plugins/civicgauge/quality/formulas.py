"""Numbers that a check works out from the columns of a landed row: `unparsed_count / filled_count`."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

Number = int | float
_Work = Callable[[Mapping[str, Any]], Number]

_OPERATORS: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
_FUNCTIONS: dict[str, Callable[..., Number]] = {"abs": abs, "max": max, "min": min}
_ALLOWED = "columns, numbers, + - * / ( ), abs(a), max(a, b) and min(a, b)"


class _NotKnown(Exception):
    """A column of the formula holds no number."""


@dataclass(frozen=True, slots=True)
class Formula:
    """An arithmetic expression over columns. `value` is None where a column holds no number, or on a division by 0."""

    text: str
    columns: frozenset[str]
    work: _Work

    def value(self, row: Mapping[str, Any]) -> Number | None:
        """What it comes to for the row, which must have all of `columns`."""
        try:
            worth = self.work(row)
            return worth if math.isfinite(worth) else None
        except (_NotKnown, ZeroDivisionError, OverflowError):
            return None


@cache
def formula(text: str) -> Formula:
    """The formula that a text holds; ValueError with what is wrong."""
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError(f"cannot be read as arithmetic; use {_ALLOWED}") from error
    columns: set[str] = set()
    work = _compiled(tree, columns)
    if not columns:
        raise ValueError("names no column")
    return Formula(text, frozenset(columns), work)


def _compiled(node: ast.expr, columns: set[str]) -> _Work:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return lambda _: number
        case ast.Name(id=name):
            columns.add(name)
            return lambda row: _number(row[name])
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _compiled(operand, columns)
            return lambda row: -inner(row)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            one, other, work = _compiled(left, columns), _compiled(right, columns), _OPERATORS[type(op)]
            return lambda row: work(one(row), other(row))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS and _fits(name, len(args)):
            parts, function = [_compiled(arg, columns) for arg in args], _FUNCTIONS[name]
            return lambda row: function(*(part(row) for part in parts))
    raise ValueError(f"cannot hold {ast.unparse(node)!r}; use {_ALLOWED}")


def _fits(name: str, count: int) -> bool:
    return count == 1 if name == "abs" else count >= 2


def _number(value: object) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - NaN
        raise _NotKnown
    return value

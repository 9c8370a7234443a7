"""One sentence for each kind of wrong value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from yaml import MappingNode, Node, ScalarNode

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_WANTED = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "bool": "true or false",
    "date": "a date such as 2026-01-31",
    "datetime": "a time such as 2026-01-31T12:00:00Z",
    "time": "a time of day such as 12:00",
    "time_delta": "a length of time",
    "url": "a web address that begins with https://",
    "model": "lines of `key: value`",
    "model_attributes": "lines of `key: value`",
    "dict": "lines of `key: value`",
    "mapping": "lines of `key: value`",
    "list": "a list, each entry on a line that begins with '- '",
    "tuple": "a list, each entry on a line that begins with '- '",
    "set": "a list, each entry on a line that begins with '- '",
    "frozen_set": "a list, each entry on a line that begins with '- '",
    "iterable": "a list, each entry on a line that begins with '- '",
}

_LIMITS = {
    "greater_than": ("must be above {}", "gt"),
    "greater_than_equal": ("must be at least {}", "ge"),
    "less_than": ("must be below {}", "lt"),
    "less_than_equal": ("must be at most {}", "le"),
    "multiple_of": ("must be a multiple of {}", "multiple_of"),
    "string_too_long": ("must have at most {} characters", "max_length"),
    "too_long": ("must have at most {} entries", "max_length"),
}


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """`, did you mean 'x'?` where one of the choices is close to the word; else nothing."""
    by_lower = {choice.lower(): choice for choice in choices}
    close = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return f", did you mean {by_lower[close[0]]!r}?" if close else ""


def phrase(errors: Sequence[ErrorDetails], node: Node | None, hint: str) -> str:
    """What is wrong with the value at `node`; several errors are what each of a choice of types says of it."""
    error = errors[0]
    if error["loc"][-1:] == ("[key]",):
        return _one(error, repr(str(error["input"])), dict(error.get("ctx", {})), hint)
    if _tag(node) == "null":
        return "has no value; " + (hint or "fill it in or take the line out")
    if len(errors) > 1 or error["type"].endswith("_type"):
        return _other_kind(errors, node)
    return _one(error, shown(node), dict(error.get("ctx", {})), hint)


def _tag(node: Node | None) -> str:
    return node.tag.rpartition(":")[2] if isinstance(node, ScalarNode) else ""


def shown(node: Node | None) -> str:
    """The value as it is written, in quotes and cut short; only its kind for lists and mappings."""
    if isinstance(node, ScalarNode):
        text = str(node.value)
        return repr(text if len(text) <= 60 else text[:57] + "...")
    return "lines of `key: value`" if isinstance(node, MappingNode) else "a list"


def _other_kind(errors: Sequence[ErrorDetails], node: Node | None) -> str:
    tag = _tag(node)
    if tag in {"bool", "int", "float", "timestamp"} and any(e["type"] == "string_type" for e in errors):
        return _read_as_another(node, tag)
    wanted = list(dict.fromkeys(w for w in (_wanted(e) for e in errors) if w))
    return f"must be {' or '.join(wanted) or 'something else'}, not {shown(node)}"


def _wanted(error: ErrorDetails) -> str:
    kind = error["type"].removesuffix("_type").removesuffix("_parsing")
    if error["type"] in {"literal_error", "enum"}:
        return "one of " + ", ".join(_choices(error))
    return "" if kind == "none_required" else _WANTED.get(kind, "")


def _read_as_another(node: Node | None, tag: str) -> str:
    text = str(node.value) if node is not None else ""
    meaning = {"bool": "true or false", "timestamp": "a date"}.get(tag, "a number")
    return f'YAML reads {text} as {meaning}; put it in quotes: "{text}"'


def _choices(error: ErrorDetails) -> list[str]:
    return re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))


def _one(error: ErrorDetails, value: str, ctx: dict[str, Any], hint: str) -> str:
    kind = error["type"]
    if kind in {"literal_error", "enum", "union_tag_invalid"}:
        return _not_a_choice(error, value, ctx)
    if kind == "union_tag_not_found":
        return f"needs the key {ctx.get('discriminator')}, which says what it is"
    if kind in _LIMITS:
        words, key = _LIMITS[kind]
        limit = ctx.get(key)
        limit = int(limit) if isinstance(limit, float) and limit.is_integer() else limit
        return f"{words.format(limit)}, not {value}" if "too_long" not in kind else words.format(limit)
    if kind in {"string_too_short", "too_short"}:
        return (
            "must not be empty" + (f"; {hint}" if hint else "")
            if ctx.get("min_length") == 1
            else (
                f"must have at least {ctx.get('min_length')} {'characters' if kind.startswith('string') else 'entries'}"
            )
        )
    if kind == "string_pattern_mismatch":
        return f"{value} does not fit; {hint}" if hint else f"{value} does not fit the pattern {ctx.get('pattern')}"
    return _not_readable(error, value)


def _not_a_choice(error: ErrorDetails, value: str, ctx: dict[str, Any]) -> str:
    if error["type"] == "union_tag_invalid":
        value, choices = repr(ctx.get("tag")), re.findall(r"'([^']*)'", str(ctx.get("expected_tags")))
    else:
        choices = _choices(error)
    return f"{value} is not one of {', '.join(choices)}{did_you_mean(value.strip(chr(39)), choices)}"


def _not_readable(error: ErrorDetails, value: str) -> str:
    kind = error["type"]
    first = re.match(r"(int|float|decimal|bool|url|datetime|date|time_delta|time)_", kind)
    if kind.startswith("date_from_datetime"):
        return f"{value} is not {_WANTED['date']}"
    if first:
        return f"{value} is not {_WANTED[first[1]]}"
    if kind == "finite_number":
        return f"{value} is not a number that can be counted with"
    return error["msg"][:1].lower() + error["msg"][1:].replace("Input should", "it should")

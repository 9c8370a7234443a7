"""Reads our own YAML files: a pydantic model, or every problem at once with its line and column.

Light on purpose (pydantic, PyYAML, the standard library): it runs whenever Airflow reads the DAG folder. A file without
problems is read once; the words for problems are only imported when there is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from civicgauge.yamlmarks import Marks, Problem, Steps, field_name, parts, path_to, raw_key, shown_path

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails
    from yaml import SafeLoader as _Fastest
else:
    _Fastest = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

__all__ = ["Loaded", "Marks", "Problem", "load_model", "read_model", "read_yaml", "tidy"]

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 40  # a parser written in C overflows its stack on a file of brackets

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True)
class Loaded(Generic[ModelT]):
    """What one file gave: `model` is None as soon as there is one problem. `data` and `marks` serve further checks."""

    model: ModelT | None
    data: object
    marks: Marks
    problems: list[Problem]


def load_model(
    path: Path, model: type[ModelT], *, context: Any = None, hints: Mapping[str, str] | None = None
) -> tuple[ModelT | None, list[Problem]]:
    """The file as `model`, or None and every problem, sorted by line. Never raises for what a file holds.

    In: `context` for the model's validators; `hints` says what belongs into a field (`portals.url`, without list
    positions), else the field's own description is used. A validator of a whole mapping may raise a ValueError of
    several lines, each beginning with the field that it is about (`portals.1.id: ...`).
    """
    loaded = read_model(path, model, context=context, hints=hints)
    return loaded.model, loaded.problems


def read_model(
    path: Path, model: type[ModelT], *, context: Any = None, hints: Mapping[str, str] | None = None
) -> Loaded[ModelT]:
    """Like `load_model`, with the places of everything in the file beside."""
    data, marks, problems = read_yaml(path)
    if marks.root is None:
        return Loaded(None, None, marks, problems)
    if not isinstance(data, dict):
        problems.append(marks.problem((), "must be lines of `key: value` at the top, not " + _kind(data)))
        return Loaded(None, None, marks, tidy(problems))
    read, errors = _validated(model, data, context)
    if errors:
        from civicgauge.yamlwords import explain

        problems += explain(errors, marks, model, hints or {})
    return Loaded(None if problems else read, data, marks, tidy(problems))


def _validated(model: type[ModelT], data: dict[str, Any], context: Any) -> tuple[ModelT | None, list[ErrorDetails]]:
    """The model, and what pydantic has against the data, with what it would let pass silently."""
    try:
        read = model.model_validate(data, context=context)
    except ValidationError as wrong:
        return None, wrong.errors(include_url=False) + _too_lenient(model, data, context)
    return read, _too_lenient(model, data, context)


def _too_lenient(model: type[BaseModel], data: dict[str, Any], context: Any) -> list[ErrorDetails]:
    """What pydantic would turn into something else: `yes` into the number 1, a number into a date of 1970."""
    try:
        model.model_validate_json(json.dumps(data, default=str, skipkeys=True), strict=True, context=context)
    except ValidationError as wrong:
        return [e for e in wrong.errors(include_url=False) if _is_turned(e)]
    return []


def _is_turned(error: ErrorDetails) -> bool:
    kind, value = error["type"], error["input"]
    if isinstance(value, bool):
        return kind in {"int_type", "float_type"}
    return isinstance(value, int | float) and kind in {"bool_type", "date_type", "datetime_type", "time_delta_type"}


def tidy(problems: list[Problem]) -> list[Problem]:
    """By place, the first that was found at each place alone."""
    first: dict[tuple[int, int, str], Problem] = {}
    for problem in problems:
        first.setdefault((problem.line, problem.column, problem.field), problem)
    return sorted(first.values())


def _kind(data: object) -> str:
    return "a list" if isinstance(data, list) else "a single value"


# ---------------------------------------------------------------- from bytes to values


def read_yaml(path: Path) -> tuple[object, Marks, list[Problem]]:
    """What the file holds, where each part of it stands, and what is wrong with it as YAML.

    `marks.root` is None (and the data None) where nothing could be read: no file, not UTF-8, no YAML, empty. Keys
    given twice, keys that are no text and numbers that YAML turns into others are problems beside the data.
    """
    file = shown_path(path)
    text, problem = _text(path, file)
    if problem is not None:
        return None, Marks(file), [problem]
    loader: _Loader | None = None
    try:
        _refuse_bombs(text)
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            return None, Marks(file), [Problem(file, 1, 1, "file", "is empty")]
        marks = Marks(file, root)
        problems = list(_oddities(root, marks, ()))
        data = loader.construct_document(root)
        return data, marks, tidy(problems + [_unreadable(marks, *odd) for odd in loader.unreadable])
    except yaml.YAMLError as error:
        from civicgauge.yamlwords import syntax_problem

        return None, Marks(file), [syntax_problem(file, text, error)]
    finally:
        if loader is not None:
            loader.dispose()


def _text(path: Path, file: str) -> tuple[str, Problem | None]:
    try:
        with path.open("rb") as stream:
            body = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return "", Problem(file, 1, 1, "file", f"cannot be read: {(error.strerror or str(error)).lower()}")
    if len(body) > MAX_BYTES:
        return "", Problem(file, 1, 1, "file", "is larger than 1 MiB; files of this kind are a few kilobytes")
    try:
        return body.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        before = body[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        return "", Problem(file, line, column, "file", "is not UTF-8 text; save it as UTF-8")


class _Refused(yaml.YAMLError):
    """YAML that these files do not use."""

    def __init__(self, problem: str, event: yaml.Event) -> None:
        super().__init__(problem)
        self.problem, self.problem_mark = problem, event.start_mark


def _refuse_bombs(text: str) -> None:
    """Aliases (which can multiply a small file into a huge one) and deep nesting are not needed here."""
    depth = 0
    for event in yaml.parse(text, Loader=_Fastest):
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(f"the alias *{event.anchor} is not allowed here; write the value out", event)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _Refused(f"is nested more than {MAX_DEPTH} levels deep", event)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class _Loader(_Fastest):
    """A safe loader that keeps going over a value it cannot make sense of (`2026-02-30`)."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.unreadable: list[tuple[yaml.Node, str]] = []

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML's signature
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, KeyError, AttributeError, ArithmeticError):
            self.unreadable.append((node, node.tag.rpartition(":")[2]))
            return node.value


def _unreadable(marks: Marks, node: yaml.Node, kind: str) -> Problem:
    noun = {"timestamp": "a date or time", "int": "a number", "float": "a number", "bool": "true or false"}.get(kind)
    message = f"{str(node.value)[:60]!r} cannot be read as {noun or kind}"
    mark, field = node.start_mark, field_name(path_to(marks.root, node) or ())
    return Problem(marks.file, mark.line + 1, mark.column + 1, field, message)


def _oddities(node: yaml.Node, marks: Marks, path: Steps) -> Iterator[Problem]:
    """What YAML lets pass and nobody means: a key twice, a key that is no text, 0123 read as 83."""
    if isinstance(node, yaml.MappingNode):
        yield from _odd_keys(node, marks, path)
    if isinstance(node, yaml.ScalarNode):
        yield from _odd_numbers(node, marks, path)
    for step, value in parts(node):
        yield from _oddities(value, marks, (*path, step))


def _odd_keys(node: yaml.MappingNode, marks: Marks, path: Steps) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for key, _ in node.value:
        name, line, column = raw_key(key), key.start_mark.line + 1, key.start_mark.column + 1
        field = field_name((*path, name))
        if key.tag != "tag:yaml.org,2002:str":
            wanted = f'put it in quotes: "{name}"' if isinstance(key, yaml.ScalarNode) else "a key is one word"
            yield Problem(marks.file, line, column, field, f"is not text and cannot be a key; {wanted}")
        elif name in seen:
            yield Problem(marks.file, line, column, field, f"is given twice; the first is on line {seen[name]}")
        seen.setdefault(name, line)


def _odd_numbers(node: yaml.ScalarNode, marks: Marks, path: Steps) -> Iterator[Problem]:
    text = str(node.value)
    if node.tag != "tag:yaml.org,2002:int":
        return
    if (text.lstrip("+-").startswith("0") and text.lstrip("+-0") != "" and text.isascii()) or ":" in text:
        message = f'YAML reads {text} as another number; put it in quotes: "{text}"'
        yield Problem(marks.file, node.start_mark.line + 1, node.start_mark.column + 1, field_name(path), message)

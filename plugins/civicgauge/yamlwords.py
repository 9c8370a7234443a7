"""What is wrong with a YAML file, in plain words: YAML's own complaints, and pydantic's, at their places."""

from __future__ import annotations

import re
import types
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel

from civicgauge.yamlmarks import Marks, Problem, Steps
from civicgauge.yamlphrases import did_you_mean, phrase

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


# ---------------------------------------------------------------- YAML itself

_SYNTAX = (
    ("mapping values are not allowed", "a colon stands where no key can be; quote text that holds ': '"),
    ("sequence entries are not allowed", "a list begins on a line of its own, below its key"),
    ("another document", "one file holds one document; take the line '---' out"),
    ("expected ',' or", "a bracket is not closed, or a comma is missing"),
    ("did not find expected node content", "a bracket is not closed, or a value is missing"),
    ("unexpected end of stream", "a quotation mark is not closed"),
    ("could not find expected ':'", "a key has no colon behind it"),
    ("did not find expected key", "the indentation, a quotation mark or a bracket does not fit what stands above"),
    ("did not find expected '-'", "the lines of a list must all begin with '- ' at the same column"),
    ("expected <block end>", "the indentation, a quotation mark or a bracket does not fit what stands above"),
    ("undefined alias", "text that begins with '*' must be put in quotes"),
    ("determine a constructor for the tag", "text that begins with '!' must be put in quotes"),
)


def syntax_problem(file: str, text: str, error: yaml.YAMLError) -> Problem:
    """Text that is no YAML, or YAML that these files do not use, as one problem at its place."""
    if isinstance(error, yaml.reader.ReaderError):
        # libyaml counts bytes, PyYAML's own reader characters.
        at, is_own = int(error.position or 0), error.encoding == "unicode"
        before = text[:at] if is_own else text.encode()[:at].decode(errors="ignore")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        return Problem(file, line, column, "file", "holds a control character; take it out")
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    complaint = str(getattr(error, "problem", None) or error)
    return Problem(file, line, column, "file", _syntax_words(complaint, _character(text, line, column)))


def _character(text: str, line: int, column: int) -> str:
    lines = re.split(r"\r\n|[\r\n\x85\u2028\u2029]", text)
    return lines[line - 1][column - 1 : column] if line <= len(lines) else ""


def _syntax_words(complaint: str, character: str) -> str:
    if character == "\t":
        return "a tab is used to indent; use spaces"
    if "cannot start any token" in complaint:
        return f"text that begins with {character!r} must be put in quotes"
    for known, words in _SYNTAX:
        if known in complaint:
            return words
    return complaint if complaint.startswith(("the alias", "is nested")) else f"is not YAML: {complaint}"


# ---------------------------------------------------------------- pydantic's complaints


@dataclass(frozen=True)
class Fault:
    """One complaint of pydantic: `path` holds only what the file holds (and a missing field's name)."""

    path: Steps
    branch: tuple[Steps, str] | None  # where a choice of types stands, and which of them complains
    error: ErrorDetails


def explain(
    errors: Sequence[ErrorDetails], marks: Marks, model: type[BaseModel], hints: Mapping[str, str]
) -> list[Problem]:
    """One problem for each cause; of a choice of types only the complaint of the one that fits best."""
    faults = [_fault(error, marks) for error in errors if error["type"] != "invalid_key"]
    faults = [fault for fault in faults if not _counts_bad_entries(fault, marks)]
    problems: list[Problem] = []
    meant: set[Steps] = set()
    for group in _causes(faults):
        # Unknown keys come first, so that a misspelt key is not reported as missing, too.
        problems += _say(group, marks, model, hints, meant)
    return problems


def _counts_bad_entries(fault: Fault, marks: Marks) -> bool:
    """pydantic calls a list too short when its entries are wrong, which is said of each entry."""
    node = marks.node(fault.path)
    wanted = fault.error.get("ctx", {}).get("min_length", 0)
    return fault.error["type"] == "too_short" and isinstance(node, yaml.CollectionNode) and len(node.value) >= wanted


def _fault(error: ErrorDetails, marks: Marks) -> Fault:
    path: list[str | int] = []
    branch: tuple[Steps, str] | None = None
    for position, step in enumerate(error["loc"]):
        is_last = position == len(error["loc"]) - 1
        if marks.holds((*path, step)) or (is_last and error["type"] == "missing"):
            path.append(step)
        elif step != "[key]" and branch is None:
            branch = (tuple(path), str(step))
    return Fault(tuple(path), branch, error)


def _causes(faults: Sequence[Fault]) -> Iterator[list[Fault]]:
    """Single faults (unknown keys first); where no branch of a choice fits at all, those of every branch together."""
    choices: dict[Steps, dict[str, list[Fault]]] = defaultdict(lambda: defaultdict(list))
    single: list[Fault] = []
    for fault in faults:
        if fault.branch is None:
            single.append(fault)
        else:
            choices[fault.branch[0]][fault.branch[1]].append(fault)
    merged: list[list[Fault]] = []
    for place, branches in choices.items():
        near = [b for b in branches.values() if any(len(f.path) > len(place) or not _is_of_kind(f) for f in b)]
        if near:
            best: list[Fault] = min(near, key=len)
            single += best
        else:
            merged.append([fault for b in branches.values() for fault in b])
    yield from ([f] for f in sorted(single, key=lambda f: f.error["type"] != "extra_forbidden"))
    yield from merged


def _is_of_kind(fault: Fault) -> bool:
    """Whether the complaint is only that another kind of value is wanted."""
    return fault.error["type"].endswith("_type") or fault.error["type"] in {"none_required", "is_instance_of"}


def _say(
    group: list[Fault], marks: Marks, model: type[BaseModel], hints: Mapping[str, str], meant: set[Steps]
) -> Iterator[Problem]:
    fault = group[0]
    path, kind = tuple(fault.path), fault.error["type"]
    if kind == "extra_forbidden":
        known = sorted(_keys(model, path[:-1]))
        guess = did_you_mean(str(path[-1]), known)
        # A key that is there already was not meant.
        meant |= {(*path[:-1], k) for k in known if guess == f", did you mean {k!r}?"}
        yield marks.problem(path, "is not a key here" + (guess or f"; known keys: {', '.join(known)}"), key=True)
    elif kind == "missing":
        if path not in meant:
            yield marks.problem(path, "is missing" + _hint(path, model, hints, "; "))
    elif kind in {"value_error", "assertion_error"}:
        yield from _own_words(fault, marks)
    else:
        words = phrase([f.error for f in group], marks.node(path), _hint(path, model, hints, ""))
        yield marks.problem(path, words, key="[key]" in fault.error["loc"])


def _own_words(fault: Fault, marks: Marks) -> Iterator[Problem]:
    """A validator's own message; each line may begin with the field it is about."""
    for line in re.sub(r"^(Value error|Assertion failed), ", "", fault.error["msg"]).splitlines():
        named = re.match(r"([a-z_][\w.]*): (.+)", line)
        steps = [int(s) if s.isdecimal() else s for s in named[1].split(".")] if named else []
        if named and marks.holds((*fault.path, steps[0])):
            yield marks.problem((*fault.path, *steps), named[2])
        else:
            yield marks.problem(fault.path, line)


# ---------------------------------------------------------------- what the model knows of a place


def _hint(path: Steps, model: type[BaseModel], hints: Mapping[str, str], before: str) -> str:
    name = ".".join(str(step) for step in path if not isinstance(step, int))
    known = hints.get(name) or next((d for d in _descriptions(model, path) if d), "")
    return before + known if known else ""


def _keys(model: type[BaseModel], path: Steps) -> set[str]:
    """The keys that the model knows at that place (of each model, where there is a choice)."""
    return {field.alias or name for m in _models_at(model, path) for name, field in m.model_fields.items()}


def _descriptions(model: type[BaseModel], path: Steps) -> Iterator[str]:
    for parent in _models_at(model, path[:-1]):
        for name, field in parent.model_fields.items():
            if path and path[-1] in {name, field.alias}:
                yield field.description or ""


def _models_at(model: type[BaseModel], path: Steps) -> list[type[BaseModel]]:
    kinds: list[Any] = [model]
    for step in path:
        kinds = [found for kind in kinds for found in _below(kind, step)]
    return [plain for kind in kinds for plain in _plain(kind) if _is_model(plain)]


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and get_origin(kind) is None and issubclass(kind, BaseModel)


def _plain(kind: Any) -> Iterator[Any]:
    """The types of an annotation, out of `Annotated` and unions."""
    if get_origin(kind) is Annotated:
        yield from _plain(get_args(kind)[0])
    elif get_origin(kind) in {Union, types.UnionType}:
        for part in get_args(kind):
            yield from _plain(part)
    else:
        yield kind


def _below(kind: Any, step: str | int) -> Iterator[Any]:
    for plain in _plain(kind):
        if _is_model(plain):
            yield from (f.annotation for name, f in plain.model_fields.items() if step in {name, f.alias})
        elif args := [a for a in get_args(plain) if a is not Ellipsis]:
            # The values of a mapping, the parts of a list.
            yield args[-1]

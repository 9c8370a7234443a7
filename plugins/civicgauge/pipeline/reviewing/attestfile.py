"""A file of attestations, CSV or YAML: all of it is entered, or nothing and every problem is named with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from civicgauge import clean
from civicgauge.model import City
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing.attestations import enter, known_cities, known_of, proof_of
from civicgauge.pipeline.reviewing.proofs import Proof
from civicgauge.review.attesting import FIELDS, NotTaken, Said, read
from civicgauge.yamlfile import MAX_BYTES, read_yaml
from civicgauge.yamlmarks import shown_path

MOST_ROWS = 1_000
_MAY_BE_LEFT_OUT = frozenset({"evidence", "digest"})


@dataclass(frozen=True, slots=True)
class Line:
    """One attestation of a file, as it is written; `place` is file:line, of YAML file:line:column."""

    place: str
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file: ids that are new, and those that were there already, each with its state."""

    new: tuple[str, ...]
    known: Mapping[str, str]


def load(context: Context, path: Path, at: datetime) -> Loaded:
    """Enter what a file holds and is not there yet, as proposed; a second person approves each.

    NotTaken with every problem, each with its place; then nothing was entered. Addresses without a digest are asked
    once, after all else was found in order.
    """
    lines, problems = lines_of(path)
    cities = known_cities(context, {str(line.told.get("city") or "").strip() for line in lines})
    found, more = _read(lines, cities, at)
    if problems := [*problems, *more]:
        raise _not_taken(problems)
    with context.warehouse() as warehouse:
        rows = warehouse.reviews.rows("attestation", attestation_id=[each.id for each in found.values()])
        known = {row["attestation_id"]: row for row in rows}
        problems += _other_digests(found, known)
        fresh = {place: each for place, each in found.items() if each.id not in known}
        proved = _proved(context, cities, fresh, problems)
        if problems:
            raise _not_taken(problems)
        with warehouse.reviews.desk() as desk:
            for place, each in fresh.items():
                enter(desk, each, proved[place], at, "file")
    return Loaded(tuple(each.id for each in fresh.values()), {key: row["state"] for key, row in known.items()})


def _not_taken(problems: list[str]) -> NotTaken:
    return NotTaken("Attestations that cannot be taken; nothing was entered:", tuple(problems))


def _read(lines: list[Line], cities: Mapping[str, City], at: datetime) -> tuple[dict[str, Said], list[str]]:
    """By place what can be taken, and what is wrong with the others."""
    found: dict[str, Said] = {}
    problems: list[str] = []
    known = known_of(cities)
    places: dict[str, str] = {}
    for line in lines:
        whole, wrong = read(line.told, known, at)
        problems += [f"{line.place}: {each}" for each in wrong]
        if whole is None:
            continue
        if whole.id in places:
            problems.append(f"{line.place}: the same attestation as in {places[whole.id]}; keep one of them")
            continue
        places[whole.id], found[line.place] = line.place, whole
    return found, problems


def _other_digests(found: Mapping[str, Said], known: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for place, each in found.items():
        row = known.get(each.id)
        if row and each.evidence_digest and row["evidence_digest"] != each.evidence_digest:
            yield f"{place}: digest: {each.id} is there already with another proof; withdraw that one first"


def _proved(
    context: Context, cities: Mapping[str, City], fresh: Mapping[str, Said], problems: list[str]
) -> dict[str, Proof | None]:
    proved: dict[str, Proof | None] = {}
    for place, each in fresh.items() if not problems else ():
        try:
            proved[place] = proof_of(context, cities[each.city_id], each, "evidence")
        except NotTaken as error:
            problems.append(f"{place}: {error.message}")
    return proved


# ---------------------------------------------------------------- from a file to lines


def lines_of(path: Path) -> tuple[list[Line], list[str]]:
    """The attestations of a file by its ending (.csv, .yml, .yaml), and what is wrong with it as a file."""
    kind = path.suffix.lower()
    if kind == ".csv":
        lines, problems = _of_csv(path)
    elif kind in (".yml", ".yaml"):
        lines, problems = _of_yaml(path)
    else:
        return [], [f"{shown_path(path)}: is neither .csv nor .yml"]
    if len(lines) > MOST_ROWS:
        return [], [f"{shown_path(path)}: {len(lines)} attestations; at most {MOST_ROWS} in one file"]
    if not lines and not problems:
        problems = [f"{shown_path(path)}:1: holds no attestation"]
    return lines, problems


def _of_csv(path: Path) -> tuple[list[Line], list[str]]:
    file = shown_path(path)
    try:
        with path.open("rb") as stream:
            body = stream.read(MAX_BYTES + 1)
        text = body.decode("utf-8-sig")
    except OSError as error:
        return [], [f"{file}:1: cannot be read: {(error.strerror or str(error)).lower()}"]
    except UnicodeDecodeError as error:
        return [], [f"{file}:{body[: error.start].count(10) + 1}: is not UTF-8 text; save it as UTF-8"]
    if len(body) > MAX_BYTES:
        return [], [f"{file}:1: is larger than 1 MiB"]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if problems := [f"{file}:1: {each}" for each in _of_header(header)]:
            return [], problems
        return _of_rows(file, header, reader)
    except csv.Error as error:
        return [], [f"{file}:{max(1, reader.line_num)}: is no CSV: {error}"]


def _of_header(header: list[str]) -> Iterator[str]:
    if len(header) == 1 and ";" in header[0]:
        yield "its columns are separated by semicolons; save it with commas"
        return
    for name in dict.fromkeys(header):
        if name not in FIELDS:
            yield f"{clean.line(name, 40)!r} is no column; known: {', '.join(FIELDS)}"
        elif header.count(name) > 1:
            yield f"the column {name} is given twice"
    if missing := [name for name in FIELDS if name not in header and name not in _MAY_BE_LEFT_OUT]:
        yield f"columns are missing: {', '.join(missing)}"


def _of_rows(file: str, header: list[str], reader: Any) -> tuple[list[Line], list[str]]:
    lines: list[Line] = []
    problems: list[str] = []
    begin = reader.line_num + 1
    for cells in reader:
        place, begin = f"{file}:{begin}", reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problems.append(f"{place}: {len(cells)} cells under {len(header)} columns; quote a text that holds a comma")
            continue
        lines.append(Line(place, dict(zip(header, cells, strict=True))))
    return lines, problems


def _of_yaml(path: Path) -> tuple[list[Line], list[str]]:
    """A list of mappings, or `attestations:` with one."""
    data, marks, found = read_yaml(path)
    problems = [str(problem) for problem in found]
    if marks.root is None:
        return [], problems
    top: tuple[str | int, ...] = ()
    if isinstance(data, dict):
        problems += [str(marks.problem((k,), "is not known here; write attestations:")) for k in data if k != _TOP]
        data, top = data.get(_TOP), (_TOP,)
    if not isinstance(data, list):
        return [], problems or [str(marks.problem(top, "must be a list of attestations"))]
    lines: list[Line] = []
    for number, each in enumerate(data):
        line, column = marks.place((*top, number))
        if not isinstance(each, dict):
            problems.append(str(marks.problem((*top, number), f"must be lines of `key: value`: {', '.join(FIELDS)}")))
            continue
        for name in each:
            if name not in FIELDS:
                message = f"is no field of an attestation; known: {', '.join(FIELDS)}"
                problems.append(str(marks.problem((*top, number, name), message, key=True)))
        lines.append(Line(f"{marks.file}:{line}:{column}", each))
    return lines, problems


_TOP = "attestations"

"""Decisions from a CSV file: every row is looked through, all that is wrong is told at once, then all go in or none."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from civicgauge import clean
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import deciding
from civicgauge.pipeline.reviewing.deciding import Row
from civicgauge.pipeline.reviewing.subjects import Subjects
from civicgauge.review.decisions import Asked, Problem

NEEDED = ("city", "portal", "dataset", "field", "decided", "reason", "by", "from")
OPTIONAL = ("evidence_url", "digest", "evidence", "until")
_MOST_ROWS, _MOST_BYTES = 10_000, 5_000_000
Numbered = tuple[int, Asked]


def load(context: Context, file: Path, at: datetime) -> list[Row]:
    """Propose what a file holds; ConfigurationError naming file, row and column of everything that is wrong."""
    read = [(number, *_asked(file, cells)) for number, cells in _rows(file)]
    problems = [(number, *problem) for number, _, found in read for problem in found]
    every = [(number, asked) for number, asked, _ in read]
    with context.warehouse() as warehouse:
        subjects = Subjects(context, warehouse)
        for number, asked in every:
            problems += [(number, *problem) for problem in deciding.wrong(subjects, warehouse.reviews, asked)]
        problems += [(number, *problem) for number, problem in _repeated(every)]
        if problems:
            problems = [p for p in problems if p[1] != "digest" or (p[0], "evidence") not in {q[:2] for q in problems}]
            told = [f"{file}: row {row}, column {name}: {text}" for row, name, text in sorted(set(problems))]
            raise ConfigurationError("\n".join([*told, f"{file}: nothing was loaded"]))
        return deciding.add(context, warehouse, [asked for _, asked in every], at)


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their numbers as a spreadsheet counts them: the header is row 1."""
    reader = csv.reader(io.StringIO(_text(file), newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _refuse_header(file, header)
        for number, cells in enumerate(reader, 2):
            if number > _MOST_ROWS + 1:
                raise ConfigurationError(f"{file}: more than {_MOST_ROWS} rows; split the file")
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise ConfigurationError(
                    f"{file}: row {number} has {len(cells)} cells, the header {len(header)}; nothing was loaded"
                )
            yield number, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    except csv.Error as error:
        raise ConfigurationError(f"{file}: line {reader.line_num}: no CSV ({error}); nothing was loaded") from None


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            body = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read ({error.strerror})") from None
    if len(body) > _MOST_BYTES:
        raise ConfigurationError(f"{file}: larger than {_MOST_BYTES} bytes; split the file")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file}: not UTF-8 at byte {error.start}; save it as CSV UTF-8") from None
    if "\x00" in text:
        raise ConfigurationError(f"{file}: holds a NUL character: no CSV")
    return text


def _refuse_header(file: Path, header: Sequence[str]) -> None:
    missing = [name for name in NEEDED if name not in header]
    unknown = [clean.line(name, 60) for name in header if name not in (*NEEDED, *OPTIONAL)]
    twice = sorted({name for name in header if header.count(name) > 1 and name not in unknown})
    told = [
        f"{what}: {', '.join(names)}"
        for what, names in (("columns missing", missing), ("unknown columns", unknown), ("given twice", twice))
        if names
    ]
    if told:
        columns = ", ".join((*NEEDED, *OPTIONAL))
        raise ConfigurationError(f"{file}: row 1: {'; '.join(told)}. The columns are {columns}")


def _asked(file: Path, cells: dict[str, str]) -> tuple[Asked, list[Problem]]:
    """A row as a proposal, its file of evidence read; and what is wrong with that."""
    digest, evidence, problems = cells.get("digest", ""), cells.get("evidence", ""), list[Problem]()
    if evidence and digest:
        problems.append(("digest", "the file and the digest are both given; one is enough"))
    elif evidence:
        try:
            digest = digest_of(file.parent / evidence)
        except ConfigurationError as error:
            problems.append(("evidence", str(error).removeprefix("--evidence: ")))
    asked = Asked(
        city_id=cells["city"],
        portal_id=cells["portal"],
        dataset_id=cells["dataset"],
        field=cells["field"],
        decided=cells["decided"],
        reason=cells["reason"],
        evidence_url=cells.get("evidence_url", ""),
        evidence_digest=digest,
        by=cells["by"],
        valid_from=cells["from"],
        valid_until=cells.get("until", ""),
    )
    return asked, problems


def digest_of(file: Path) -> str:
    """The SHA-256 of a file of evidence; ConfigurationError where it cannot be read, or is empty."""
    try:
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
            is_empty = opened.tell() == 0
    except OSError as error:
        told = clean.line(str(file), 200)
        raise ConfigurationError(f"--evidence: {told} cannot be read ({error.strerror})") from None
    if is_empty:
        raise ConfigurationError(f"--evidence: {file} is empty")
    return digest


def _repeated(every: Sequence[Numbered]) -> Iterator[tuple[int, Problem]]:
    first: dict[tuple[str, str, str, str], int] = {}
    for number, asked in every:
        if asked.subject in first:
            yield number, ("field", f"row {first[asked.subject]} decides the same of the same entry")
        first.setdefault(asked.subject, number)

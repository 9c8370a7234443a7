"""Properties of the readers: what is written comes back, by every way, and no bytes do worse than a refusal."""

from __future__ import annotations

import csv
import gzip
import io
import json
import string
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from civicgauge.errors import RowsUnreadable
from tests.rows.opened import Row, opened, slowly

WORDS = st.text(string.ascii_letters, min_size=1, max_size=8)
# what text may hold; surrogates are no characters, and of control characters more than a few make a binary file
CELLS = st.text(st.one_of(st.sampled_from(' ,;\t|"\r\n\\a1é€'), st.characters(exclude_categories=["Cs", "Cc"])))


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str] = CELLS, least: int = 1) -> tuple[list[str], list[list[str]]]:
    headers = draw(st.lists(WORDS, min_size=least, max_size=5, unique=True))
    rows = draw(st.lists(st.lists(cells, min_size=len(headers), max_size=len(headers)), max_size=8))
    return headers, rows


def as_csv(headers: list[str], rows: list[list[str]], delimiter: str = ",", newline: str = "\n", **more: int) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=newline, **more)
    writer.writerows([headers, *rows])
    return buffer.getvalue()


def as_cells(rows: list[list[str]]) -> list[Row]:
    return [tuple(cell or None for cell in row) for row in rows]


@pytest.fixture(scope="module")
def folder() -> Path:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@given(tables(), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_a_csv_comes_back_whatever_its_cells_hold(folder, table, delimiter, newline, encoding):
    headers, rows = table
    data = as_csv(headers, rows, delimiter, newline, quoting=csv.QUOTE_ALL).encode(encoding)
    for way in (opened, slowly):
        found = way(folder, data)
        assert (list(found.headers), found.rows) == (headers, as_cells(rows))
        assert not set(found.oddities) - {"duplicate_headers"}  # M and m are one name


@given(tables(least=2), st.sampled_from(["\n", "\r\n"]))
def test_a_csv_with_as_few_quotes_as_may_be_comes_back(folder, table, newline):
    headers, rows = table
    # blanks before a quote may be layout; a carriage return without quotes may be one half of a line's end
    assume(not any(cell.startswith(" ") or "\r" in cell for row in rows for cell in row))
    data = as_csv(headers, rows, ",", newline).encode()
    for way in (opened, slowly):
        found = way(folder, data)
        assert (list(found.headers), found.rows) == (headers, as_cells(rows))


@given(tables(least=2), st.sampled_from(["utf-16", "utf-16-le", "utf-16-be", "utf-32"]))
def test_wide_encodings_come_back(folder, table, encoding):
    headers, rows = table
    text = as_csv(headers, rows, quoting=csv.QUOTE_ALL)
    assume(encoding in ("utf-16", "utf-32") or text.isascii())  # without a mark only plain text can be told
    found = opened(folder, text.encode(encoding))
    assert (list(found.headers), found.rows) == (headers, as_cells(rows))


ONE_LINE = st.text(st.characters(codec="cp1252", exclude_characters="\x00\r\n", exclude_categories=["Cc"]))


@given(tables(ONE_LINE, least=2), st.lists(st.booleans(), min_size=9, max_size=9))
def test_lines_in_two_encodings_come_back(folder, table, which):
    headers, rows = table
    lines = as_csv(headers, rows, quoting=csv.QUOTE_ALL).splitlines(keepends=True)
    parts = [line.encode("utf-8" if is_utf8 else "cp1252") for line, is_utf8 in zip(lines, which, strict=False)]
    # a line of Windows-1252 that happens to be UTF-8 as well cannot be told apart
    assume(all(p.decode("utf-8", "replace") == s or not _is_utf8(p) for p, s in zip(parts, lines, strict=True)))
    found = opened(folder, b"".join(parts))
    assert (list(found.headers), found.rows) == (headers, as_cells(rows))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(tables(st.text(st.characters(exclude_categories=["Cs", "Cc"])), least=2))
def test_lines_that_carriage_returns_end_come_back(folder, table):
    headers, rows = table
    assume(rows)
    found = opened(folder, as_csv(headers, rows, newline="\r", quoting=csv.QUOTE_ALL).encode())
    assert (list(found.headers), found.rows) == (headers, as_cells(rows))


# ---------------------------------------------------------------- the other formats

SCALARS = st.one_of(st.none(), CELLS, st.booleans(), st.integers())


def spelt(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


@st.composite
def records(draw: st.DrawFn) -> list[dict[str, object]]:
    return draw(st.lists(st.dictionaries(WORDS, SCALARS, min_size=1, max_size=5), min_size=1, max_size=8))


def expected(rows: list[dict[str, object]]) -> tuple[list[str], list[Row]]:
    headers = list(dict.fromkeys(name for row in rows for name in row))
    return headers, [tuple(spelt(row.get(name)) for name in headers) for row in rows]


def ndjson(rows: list[dict[str, object]]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n"


@pytest.mark.parametrize(
    ("write", "hint"),
    [
        (json.dumps, "json"),
        (lambda rows: json.dumps(rows, ensure_ascii=False, indent=1), None),
        (lambda rows: json.dumps({"success": True, "result": {"records": rows}}), "csv"),
        (ndjson, "ndjson"),
    ],
    ids=["list", "indented", "inside", "lines"],
)
def test_json_records_come_back(folder, write: Callable[[object], str], hint):
    @given(records())
    def comes_back(rows):
        found = opened(folder, write(rows).encode(), hint)
        assert (list(found.headers), found.rows) == expected(rows)

    comes_back()


@given(records())
def test_geojson_features_come_back(folder, rows):
    point = {"type": "Point", "coordinates": [-85.30, 35]}
    features = [{"type": "Feature", "properties": row, "geometry": point} for row in rows]
    found = opened(folder, json.dumps({"type": "FeatureCollection", "features": features}).encode())
    want = expected([{**row, "geometry": json.dumps(point)} for row in rows])
    order = [found.headers.index(name) for name in want[0]]
    assert found.plain.format_id == "geojson"
    assert [tuple(row[place] for place in order) for row in found.rows] == want[1]


LEGAL = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff_"), max_size=20)


@given(tables(LEGAL, least=2))
def test_workbooks_come_back(folder, table):
    headers, rows = table
    assume(not any(cell.startswith("=") for row in rows for cell in row))  # a formula without a stored value
    found = opened(folder, workbook([headers, *rows]))
    filled = [row for row in as_cells(rows) if any(row)]
    assert (list(found.headers), found.rows) == (headers, filled)
    assert found.oddities.get("empty_rows", 0) <= len(rows) - len(filled)


def workbook(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("table.csv", data)
    return buffer.getvalue()


@given(tables(least=2), st.lists(st.sampled_from([gzip.compress, zipped]), min_size=1, max_size=3))
def test_containers_come_off(folder, table, wrappers):
    headers, rows = table
    data = as_csv(headers, rows, quoting=csv.QUOTE_ALL).encode()
    for wrap in wrappers:
        data = wrap(data)
    found = opened(folder, data)
    assert (list(found.headers), found.rows) == (headers, as_cells(rows))


# ---------------------------------------------------------------- damage

PLAIN = [
    ["id", "name", "when", "amount"],
    ["1", 'O\'Brien, "Joe"', "2024-01-02", "1.50"],
    ["2", "José\nMaría", "", "x"],
]
SAMPLES = {
    "csv": as_csv(PLAIN[0], PLAIN[1:] * 4).encode(),
    "semicolons": as_csv(PLAIN[0], PLAIN[1:] * 4, ";", "\r\n").encode("utf-8-sig"),
    "cp1252": as_csv(PLAIN[0], PLAIN[1:] * 4).encode("cp1252"),
    "utf-16": as_csv(PLAIN[0], PLAIN[1:] * 4).encode("utf-16"),
    "json": json.dumps([dict(zip(PLAIN[0], row, strict=True)) for row in PLAIN[1:]]).encode(),
    "dump": json.dumps({"fields": [{"id": name} for name in PLAIN[0]], "records": PLAIN[1:]}).encode(),
    "ndjson": ndjson([dict(zip(PLAIN[0], row, strict=True)) for row in PLAIN[1:]]).encode(),
    "geojson": json.dumps(
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"a": 1}, "geometry": None}]}
    ).encode(),
    "xlsx": workbook(PLAIN),
    "gzip": gzip.compress(as_csv(PLAIN[0], PLAIN[1:]).encode(), mtime=0),
    "zip": zipped(as_csv(PLAIN[0], PLAIN[1:]).encode()),
}
BYTES = st.one_of(st.sampled_from(b'",\n\r\x00\\{}[]:;\xe9\xff<'), st.integers(0, 255))
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["put", "insert", "remove", "cut"]), BYTES), max_size=6)


def damaged(data: bytes, changes: list[tuple[float, str, int]]) -> bytes:
    for where, how, byte in changes:
        at = int(where * len(data))
        if how == "cut":
            data = data[: max(at, len(data) // 2)]
        else:
            new = b"" if how == "remove" else bytes([byte])
            data = data[:at] + new + data[at + (how != "insert") :]
    return data


@pytest.mark.parametrize("sample", SAMPLES)
def test_damage_ends_in_rows_or_a_refusal(folder, sample):
    @given(CHANGES)
    def ends_well(changes):
        assert_ends_well(folder, damaged(SAMPLES[sample], changes))

    ends_well()


def assert_ends_well(folder: Path, data: bytes, hint: str | None = None) -> None:
    said = "rows"
    try:
        found = opened(folder, data, hint)
        assert all(len(row) == len(found.headers) for row in found.rows)
    except RowsUnreadable as refused:
        said = str(refused)
    assert said
    assert "\n" not in said


def letters(texts: list[str]) -> int:
    return sum(character in string.ascii_letters + string.digits for text in texts for character in text)


@pytest.mark.parametrize("sample", ["csv", "semicolons", "cp1252"])
def test_damage_loses_no_text(folder, sample):
    """Whatever the bytes, each letter of the file is in a header or a cell, by every way of reading."""

    @given(CHANGES)
    def loses_none(changes):
        data = damaged(SAMPLES[sample], changes)
        for way in (opened, slowly):
            try:
                found = way(folder, data)
            except RowsUnreadable:
                continue
            if found.plain.format_id in ("csv", "tsv") and "title_lines" not in found.oddities:
                cells = [cell or "" for row in found.rows for cell in row]
                assert letters([*found.headers, *cells]) >= letters([data.decode("ascii", "ignore")])

    loses_none()


@given(st.binary(max_size=300), st.sampled_from([None, "csv", "tsv", "json", "geojson", "xlsx", "ndjson"]))
def test_any_bytes_end_in_rows_or_a_refusal(folder, data, hint):
    assert_ends_well(folder, data, hint)

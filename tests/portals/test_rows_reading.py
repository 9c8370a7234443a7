"""Counting records without reading them, against Python's own reader."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.portals import _reading
from civicgauge.portals._reading import conditions, count_records

CELLS = st.text(alphabet='ab",\n\r é', max_size=6)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records") / "rows.csv"


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_as_many_records_as_were_written(path: Path, rows: list[list[str]], end: str, ended: bool) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    written = text.getvalue()
    path.write_bytes((written if ended else written.removesuffix(end)).encode())
    assert count_records(path) == len(rows)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.integers(1, 9))
def test_pieces_may_end_anywhere(path: Path, rows: list[tuple[str, str]], size: int) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_bytes(text.getvalue().encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_reading, "_PIECE", size)
        assert count_records(path) == len(rows)


def test_lines_without_cells_are_rows_of_one_empty_cell(path: Path) -> None:
    path.write_bytes(b"a\n\n\n1\n")
    assert count_records(path) == 4
    path.write_bytes(b"")
    assert count_records(path) == 0


def test_conditions_are_what_headers_said() -> None:
    assert conditions(None) == conditions({"rows_updated_at": "5"}) == {}
    known = {"etag": 'W/"x"', "last-modified": "Tue, 30 Jun 2026 05:00:00 GMT", "total": "5"}
    assert conditions(known) == {"If-None-Match": 'W/"x"', "If-Modified-Since": "Tue, 30 Jun 2026 05:00:00 GMT"}

"""A file in, `rows.parquet` out: names, what is left out, what is odd, and every cell."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from civicgauge.errors import RowsUnreadable
from civicgauge.landed import PromisedColumn
from civicgauge.rows.names import plain
from tests.conftest import IN_CI
from tests.rows.landed import land


def _promised(*told: tuple[str, str, str]) -> tuple[PromisedColumn, ...]:
    return tuple(
        PromisedColumn(field, header, word, is_system=field.startswith((":", "_"))) for field, header, word in told
    )


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("headers", "names"),
    [
        (["Permit Number", "Issued"], ["permit_number", "issued"]),
        (["a", "A", "a"], ["a", "a_2", "a_3"]),
        (["", " ", "x"], ["column_1", "column_2", "x"]),
        (['say "hi"', "100% (of {all})"], ["say_hi", "100_of_all"]),
        (["x", "x__received", "X"], ["x", "x__received_2", "x_2"]),
        (["Año", "Straße", "日付"], ["ano", "strasse", "日付"]),
        (["column_2", ""], ["column_2", "column_2_2"]),
    ],
)
def test_names_made_of_headers(tmp_path: Path, headers: list[str], names: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([headers, *[[str(n)] * len(headers) for n in range(3)]])
    landed = land(tmp_path, text.getvalue())
    assert [column.name for column in landed.table.columns] == names
    assert [column.header for column in landed.table.columns] == headers
    assert set(pq.read_schema(landed.path).names) == {
        n for c in landed.table.columns for n in (c.name, c.received_name)
    }


def test_promised_names(tmp_path: Path) -> None:
    promised = _promised(
        ("permit_no", "Permit Number", "text"), ("twin_1", "Twin", "text"), ("twin", "Twin", "number"),
        ("Issued On", "other", "text"), ("cost", "Cost ", "number"), ("gone", "Gone", "text"), ('a"b', "Quote", "text"),
    )  # fmt: skip
    data = "Permit Number,Twin,Twin,issued on,COST,New,Quote\n1,2,3,4,5,6,7\n"
    landed = land(tmp_path, data, promised)
    assert [c.name for c in landed.table.columns] == ["permit_no", "twin_1", "twin", "Issued On", "cost", "new", "a_b"]
    assert [c.type_source for c in landed.table.columns] == [*["portal"] * 5, "inferred", "portal"]
    assert [c.declared_type for c in landed.table.columns] == ["text", "text", "number", "text", "number", "", "text"]
    assert landed.table.oddities == {"duplicate_headers": 1}


# of control characters more than a few make a binary file
_HEADERS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('"\n{}'), max_size=12),
    min_size=2,
    max_size=6,
)


@settings(max_examples=15 if IN_CI else 40)
@given(_HEADERS, st.data())
def test_any_headers_get_names_that_duckdb_keeps_apart(headers: list[str], data: st.DataObject) -> None:
    """Quoted as SQL wants it, each name leads to its own column."""
    assume(any(header.strip() for header in headers))
    fields = data.draw(st.lists(st.sampled_from([*headers, "x", "X__received"]), max_size=4, unique=True))
    promised = tuple(PromisedColumn(field, field, "number") for field in fields) or None
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        [headers, *[[f"{row}.{n}" for n in range(len(headers))] for row in range(3)]]
    )
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as link:
        landed = land(Path(folder), text.getvalue(), promised)
        names = [column.name for column in landed.table.columns]
        assert len({name.lower() for name in names}) == len(names)
        assert all(name and not set(name) & set('"{}\n') for name in names)
        for number, column in enumerate(landed.table.columns):
            query = f'SELECT "{column.received_name}" FROM read_parquet(?)'
            cells = [row[0] for row in link.execute(query, [str(landed.path)]).fetchall()]
            if column.header == headers[number]:  # else a first line was taken for something else than the header
                assert cells[-1] == f"2.{column.position - 1}"


# ---------------------------------------------------------------- what is left out


def test_the_platforms_own_columns_are_left_out_and_noted(tmp_path: Path) -> None:
    promised = _promised(("_id", "_id", "int"), ("name", "name", "text"))
    landed = land(tmp_path, "_id,name,:@computed_region_abcd_efgh\n1,a,7\n2,b,8\n", promised)
    assert landed.received() == [("a",), ("b",)]
    assert landed.table.columns[0].position == 1
    assert landed.table.oddities == {"system_columns": 2}
    assert landed.table.notes == (
        "2 columns of the platform's own left out: _id, :@computed_region_abcd_efgh",
    )  # fmt: skip


def test_an_id_that_nobody_calls_a_platforms_own_stays(tmp_path: Path) -> None:
    assert land(tmp_path, "_id,name\n1,a\n").received() == [("1", "a")]


def test_nothing_but_the_platforms_own(tmp_path: Path) -> None:
    with pytest.raises(RowsUnreadable, match="no columns but the platform's own"):
        land(tmp_path, ":id,:version\n1,2\n")


# ---------------------------------------------------------------- files of every kind


def test_formats_that_are_read_record_by_record_are_typed_alike(tmp_path: Path) -> None:
    rows = [{"id": str(n), "day": f"2026-06-{n % 28 + 1:02}", "cost": f"${n}.50"} for n in range(1, 300)]
    text = io.StringIO()
    writer = csv.DictWriter(text, ["id", "day", "cost"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    direct = land(tmp_path, text.getvalue())
    assert direct.types == {"id": "number", "day": "date", "cost": "money"}
    for data, hint in (
        (json.dumps(rows), "json"),
        (gzip.compress(text.getvalue().encode()), "csv"),
        (text.getvalue().replace(",", "\t"), "tsv"),
        (text.getvalue().encode("utf-16"), "csv"),
    ):
        found = land(tmp_path, data, hint=hint)
        assert found.types == direct.types
        assert [found.values(name) for name in found.types] == [direct.values(name) for name in direct.types]


def test_a_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RowsUnreadable):
        land(tmp_path, "<!DOCTYPE html><html><body>404</body></html>")


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    landed = land(tmp_path, "a,b\n", _promised(("a", "a", "number"), ("b", "b", "text")))
    assert (landed.table.rows_count, landed.types, landed.values("a")) == (0, {"a": "number", "b": "text"}, [])


def test_blank_lines_are_counted_and_no_rows(tmp_path: Path) -> None:
    for newline in ("\n", "\r\n"):
        landed = land(tmp_path, newline.join(["a,b", "1,2", "", "3,4", "", ""]))
        assert landed.received() == [("1", "2"), ("3", "4")]
        assert landed.table.oddities["empty_rows"] in (
            1,
            2,
        )  # whether the last line end makes a line is a matter of taste


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_newlines_in_values(tmp_path: Path, newline: str) -> None:
    cells = [["1", f"line{newline}line"], ["2", 'say "hi"'], ["3", f"{newline}{newline}"], ["4", ","]]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=newline).writerows([["n", "t"], *cells])
    landed = land(tmp_path, text.getvalue())
    assert landed.received() == [tuple(row) for row in cells]
    assert landed.table.oddities == {}


def test_a_row_that_breaks_off_far_into_the_file(tmp_path: Path) -> None:
    """DuckDB meets it long after its first rows were written; nothing is lost."""
    rows = [f"{n},x{n}" for n in range(60_000)]
    rows[50_000] = "50000"
    landed = land(tmp_path, "\n".join(["n,t", *rows]))
    assert landed.table.oddities == {"short_rows": 1}
    assert landed.table.rows_count == 60_000
    assert landed.received()[50_000:50_002] == [("50000", ""), ("50001", "x50001")]
    assert landed.values("n") == [float(n) for n in range(60_000)]


def test_a_quote_that_never_closes(tmp_path: Path) -> None:
    rows = [f"{n},x{n}" for n in range(1_000)]
    rows[500] = '500,"x500'
    landed = land(tmp_path, "\n".join(["n,t", *rows, ""]))
    assert landed.table.rows_count == 1_000
    assert landed.received()[501] == ("501", "x501")


def test_the_sample_looks_beyond_the_first_rows(tmp_path: Path) -> None:
    """A column that is empty for long, and one that turns out to hold codes."""
    rows = [f"{n},,{n}" for n in range(30_000)] + [f"{n},06/30/2026,A{n}" for n in range(30_000)]
    landed = land(tmp_path, "\n".join(["n,late,code", *rows]))
    assert landed.types == {"n": "number", "late": "date", "code": "text"}
    landed = land(
        tmp_path, json.dumps([dict(zip(("n", "late", "code"), r.split(","), strict=True)) for r in rows]), None, "json"
    )
    assert landed.types == {"n": "number", "late": "date", "code": "text"}


def test_rows_keep_their_order(tmp_path: Path) -> None:
    rows = [f"{n},{'x' * (n % 97)}" for n in range(200_000)]
    landed = land(tmp_path, "\n".join(["n,t", *rows]))
    assert landed.values("n") == [float(n) for n in range(200_000)]
    assert pq.ParquetFile(landed.path).num_row_groups > 1


def test_long_cells(tmp_path: Path) -> None:
    """A line longer than DuckDB is given room for is read record by record."""
    cells = ["x" * 3_000_000, "y" * 1_500_000, "z"]
    landed = land(tmp_path, "n,t\n" + "".join(f"{n},{cell}\n" for n, cell in enumerate(cells)))
    assert landed.received() == [(str(n), cell) for n, cell in enumerate(cells)]


def test_a_path_with_signs_of_patterns(tmp_path: Path) -> None:
    folder = tmp_path / "it's [a] *?"
    folder.mkdir()
    assert land(folder, "a,b\n1,2\n").received() == [("1", "2")]
    assert land(folder, '[{"a":"1"}]', hint="json").received() == [("1",)]


# ---------------------------------------------------------------- whatever cells hold

_TYPED = (
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers().map(str),
    st.integers(-(10**9), 10**9).map(lambda n: f"${n / 100:,.2f}"),
    st.datetimes().map(lambda m: f"{m:%m/%d/%Y %I:%M:%S %p}"),
    st.dates().map(str),
    st.booleans().map(str),
    st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(lambda p: f"POINT ({p[0]} {p[1]})"),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    st.text(alphabet=' ,;"\n\r\t|\\1a', max_size=6),
)


@st.composite
def _tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], bool]:
    """Headers and rows of columns that mostly hold one kind of text; whether types are promised."""
    kinds = draw(st.lists(st.sampled_from(_TYPED), min_size=2, max_size=5))
    cells = [
        kind | st.just("") | st.sampled_from(["N/A", " ", "dirty"]) if draw(st.booleans()) else kind for kind in kinds
    ]
    rows = draw(st.lists(st.tuples(*cells).map(list), min_size=1, max_size=12))
    return [f"h{number}" for number in range(len(kinds))], rows, draw(st.booleans())


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


_WORDS = st.sampled_from(
    ["number", "calendar_date", "date", "text", "checkbox", "point", "money", "percent", "unheard of"]
)


@settings(max_examples=25 if IN_CI else 80)
@given(_tables(), st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), st.data())
def test_every_table_comes_back(
    folder: Path, table: tuple[list[str], list[list[str]], bool], newline: str, quoting: int, data: st.DataObject
) -> None:
    headers, rows, is_promised = table
    if quoting == csv.QUOTE_MINIMAL:  # without quotes, blanks before a quote and lone carriage returns are the file's
        assume(not any(cell.startswith(" ") or "\r" in cell for row in rows for cell in row))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=newline, quoting=quoting).writerows([headers, *rows])
    promised = tuple(PromisedColumn(h, h, data.draw(_WORDS)) for h in headers) if is_promised else None
    landed = land(folder, text.getvalue(), promised)
    assert landed.received() == [tuple(row) for row in rows]
    assert [column.header for column in landed.table.columns] == headers
    for column in landed.table.columns:
        assert column.received_name == (
            column.name if column.type in ("text", "geometry") else f"{column.name}__received"
        )
        assert plain(column.header) == plain(column.name)
        typed = landed.values(column.name)
        texts = landed.values(column.received_name)
        assert all(
            value is None
            for value, cell in zip(typed, texts, strict=True)
            if not (cell or "").strip() and cell != value
        )

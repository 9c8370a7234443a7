"""Files as portals send them, and what becomes of each: rows with counted oddities, or one clear refusal."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.opening import CsvSource, ReadLimits, TextParquet, open_table
from tests.rows.opened import opened, slowly

MIB = 1024 * 1024
ABC = ("a", "b", "c")


def archive(**members: bytes | str) -> bytes:
    """A zip archive; `__` in a name stands for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in members.items():
            file.writestr(name.replace("__", "."), body)
    return buffer.getvalue()


def workbook(*rows: list[object], **sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def refusal(folder: Path, data: bytes, hint: str | None = None, limits: ReadLimits | None = None) -> str:
    with pytest.raises(RowsUnreadable) as refused:
        opened(folder, data, hint, limits=limits)
    return str(refused.value)


# ---------------------------------------------------------------- the fast way


def test_a_clean_csv_is_read_where_it_lies(tmp_path):
    spool = tmp_path / "spool"
    spool.write_bytes(b'a,b,c\n1,"x\ny",3\n4,5,6')
    plain = open_table(spool, format_hint="csv", file_name=None, work=tmp_path)
    assert plain.source == CsvSource(spool, ",", '"', "\n", 1, 3)
    assert (plain.headers, plain.format_id, plain.encoding, plain.rows_count) == (ABC, "csv", "utf-8", None)
    assert list(tmp_path.iterdir()) == [spool]


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"a,b,c\r\n1,2,3\r\n4,5,6\r\n", 2),
        (b'a,b,c\r\n1,"x\ny",3\r\n4,5,6', 2),  # Excel: rows end with CR LF, lines inside a cell with LF
        (b"\xef\xbb\xbfa,b,c\n1,2,3\n", 1),
        (b'\xef\xbb\xbf"a","b","c"\n1,2,3\n', 1),
        (b"\xef\xbb\xbfa,b,c\r\n1,2,3\n4,5,6\n", 2),  # CKAN's dump: the header ends otherwise than the rows
        (b'"a","b",c\n1,2,3\n', 1),
        (b"\n\na,b,c\n1,2,3\n", 1),
        (b"a,b,c\n\n1,2,3\n", 1),
        (b"a,b,c\n", 0),
        (b"a,b,c", 0),
        (b"a\tb\tc\n1\t2,5\t3\n", 1),
        (b"a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", 2),
        (b"a|b|c\n1|2|3\n", 1),
    ],
)
def test_what_duckdb_can_read_it_reads(tmp_path, data, rows):
    found = opened(tmp_path, data)
    assert found.headers == ABC
    assert len(found.rows) == rows
    assert found.rows == slowly(tmp_path, data).rows
    assert found.is_fast or b"\n\n" in data  # blank lines leave the count open


def test_258_columns(tmp_path):
    headers = [f"Column {number}" for number in range(258)]
    data = "\n".join(",".join(headers) for _ in range(50)).encode()
    found = opened(tmp_path, data)
    assert found.is_fast
    assert found.headers == tuple(headers)
    assert len(found.rows) == len(slowly(tmp_path, data).rows) == 49


def test_headers_are_kept_as_written_and_their_oddities_counted(tmp_path):
    found = opened(tmp_path, b'a,A ,,"say ""x""","two\nlines"\n1,2,3,4,5\n')
    assert found.headers == ("a", "A ", "", 'say "x"', "two\nlines")
    assert found.rows == [("1", "2", "3", "4", "5")]
    assert found.oddities == {"empty_headers": 1, "duplicate_headers": 1}


# ---------------------------------------------------------------- ragged and broken


def test_short_and_long_rows_lose_nothing(tmp_path):
    found = opened(tmp_path, b"a,b,c\n1,2\n1,2,3,4,,5\n7,8,9\n")
    assert found.headers == (*ABC, "(further cells)")
    assert found.rows == [("1", "2", None, None), ("1", "2", "3", "4,,5"), ("7", "8", "9", None)]
    assert found.oddities == {"short_rows": 1, "long_rows": 1}


def test_delimiters_at_the_end_of_lines_are_no_cells(tmp_path):
    found = opened(tmp_path, b"a,b,c\n1,2,3,\n4,5,6,,\n")
    assert (found.headers, found.rows, found.oddities) == (ABC, [("1", "2", "3"), ("4", "5", "6")], {})


def test_a_file_that_was_cut_says_so(tmp_path):
    found = opened(tmp_path, b"a,b,c\n1,2,3\n4,5")
    assert found.rows == [("1", "2", "3"), ("4", "5", None)]
    assert found.oddities == {"short_rows": 1, "cut_rows": 1}
    assert found.plain.notes == ("the file ends in the middle of a row",)


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (b'1,"2,3', [("1", '"2', "3")]),  # a quote that never closes costs its own line
        (b'1,"2,3\n4,5,"6', [("1", '"2', "3"), ("4", "5", '"6')]),
        (b'1,"2" pipe,3', [("1", '"2" pipe', "3")]),
        (b'1,say "hi",3', [("1", 'say "hi"', "3")]),
        (b'1,"say "hi", ok",3', [("1", 'say "hi", ok', "3")]),
        (b'1,"say "hi"\nok",3', [("1", 'say "hi"\nok', "3")]),
        (b'1,"say \\"hi\\", ok",3', [("1", 'say "hi", ok', "3")]),
        (b'1, "x, y",3', [("1", "x, y", "3")]),
        (b"1,x\ry,3", [("1", "x\ry", "3")]),
        (b"1,x,y\r4,5,6", [("1", "x", "y"), ("4", "5", "6")]),
    ],
)
def test_broken_quotes_and_lone_carriage_returns(tmp_path, line, rows):
    data = b"a,b,c\n0,0,0\n" + line + b"\n7,8,9\n"
    for way in (opened, slowly):
        assert way(tmp_path, data).rows == [("0", "0", "0"), *rows, ("7", "8", "9")]


def test_repairs_are_counted(tmp_path):
    assert opened(tmp_path, b'a,b,c\n1,"2,3\n4,5,6\n').oddities == {"repaired_quotes": 1}


def test_nul_bytes_are_taken_out(tmp_path):
    found = opened(tmp_path, b"a,b\n1,x\x00y\n")
    assert (found.rows, found.oddities) == ([("1", "xy")], {"nul_bytes": 1})


def test_lines_of_carriage_returns(tmp_path):
    found = opened(tmp_path, b"a,b\r1,2\r3,4\r")
    assert (found.rows, found.oddities) == ([("1", "2"), ("3", "4")], {"carriage_return_lines": 3})
    assert opened(tmp_path, "a,b\r1,é\r".encode("utf-16")).rows == [("1", "é")]


def test_one_column_keeps_its_commas_and_blank_lines_are_counted(tmp_path):
    found = opened(tmp_path, b'Name\n"Doe, Jane"\n\nSmith, John\n')
    assert (found.headers, found.rows) == (("Name",), [("Doe, Jane",), ("Smith, John",)])
    assert found.oddities == {"empty_rows": 1}


@pytest.mark.parametrize(
    "data",
    [
        b"Budget of the city\n\nDept,Name,Year\nA,x,y\nB,x,y\n",
        b"Budget of the city,,\nDept,Name,Year\nA,x,y\nB,x,y\n",
        b"Budget of the city\nDept,Name,Year\nA,x,2024\nB,x,2024\n",
    ],
)
def test_titles_above_the_header_are_skipped_and_counted(tmp_path, data):
    found = opened(tmp_path, data)
    assert found.headers == ("Dept", "Name", "Year")
    assert len(found.rows) == 2
    assert found.oddities == {"title_lines": 1}


def test_a_first_line_that_may_be_the_header_is_no_title(tmp_path):
    found = opened(tmp_path, b"Address\n1 Main St, Springfield, MO\n2 Main St, Springfield, MO\n")
    assert found.headers == ("Address",)
    assert len(found.rows) == 2


# ---------------------------------------------------------------- encodings


def test_lines_in_two_encodings(tmp_path):
    data = "a,b\nZoë,1\n".encode() + "José,“x”\n".encode("cp1252") + b"x,y\n"
    found = opened(tmp_path, data)
    assert found.rows == [("Zoë", "1"), ("José", "“x”"), ("x", "y")]
    assert found.plain.encoding == "utf-8 and cp1252"
    assert found.oddities == {"repaired_encoding_lines": 1}


def test_an_encoding_far_behind_the_head_is_seen(tmp_path):
    data = b"a,b\n" + b"1,2\n" * (MIB // 2) + "José,3\n".encode("cp1252")
    found = opened(tmp_path, data)
    assert found.rows[-1] == ("José", "3")
    assert found.plain.encoding == "cp1252"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("имя,город\n" + "Иван Петрович,Москва и область\n" * 20, "cp1251"),
        ("名前,都市\n" + "山田太郎,東京都千代田区\n" * 20, "cp932"),
        ("name,city\n" + "José,Bogotá\n" * 20, "cp1252"),
    ],
)
def test_files_in_one_other_encoding(tmp_path, text, encoding):
    found = opened(tmp_path, text.encode(encoding))
    assert found.plain.encoding == encoding
    assert found.rows == [tuple(line.split(",")) for line in text.splitlines()[1:]]
    assert not found.oddities


# ---------------------------------------------------------------- JSON and its kin


def test_numbers_stay_as_they_stand_and_keys_may_join_late(tmp_path):
    data = b'[{"a": 1.10, "b": true}, {"a": 12345678901234567890, "c": {"k": [1, 2.50, null, "x"]}}, {"b": null}]'
    found = opened(tmp_path, data)
    assert found.headers == ABC
    assert found.rows == [
        ("1.10", "true", None),
        ("12345678901234567890", None, '{"k": [1, 2.50, null, "x"]}'),
        (None, None, None),
    ]


def test_keys_that_join_after_rows_were_written(tmp_path):
    rows = [{"a": "x" * 1000, f"late{number // 30_000}": "y"} for number in range(70_000)]
    found = opened(tmp_path, "\n".join(map(json.dumps, rows)).encode())
    assert found.headers == ("a", "late0", "late1", "late2")
    assert len(found.rows) == 70_000
    assert found.rows[0][1:] == ("y", None, None)
    assert found.rows[-1][1:] == (None, None, "y")


@pytest.mark.parametrize(
    ("document", "headers", "rows"),
    [
        ({"fields": [{"id": "_id"}, {"id": "b"}], "records": [[1, "x"], [2, None]]}, ("_id", "b"), 2),
        ({"fields": [{"id": "_id"}, {"id": "b"}], "records": []}, ("_id", "b"), 0),
        ({"success": True, "result": {"records": [{"a": 1}], "fields": [{"id": "a"}]}}, ("a",), 1),
        ({"meta": {"view": {"columns": [{"id": -1, "name": "Id"}, {"name": "N"}]}}, "data": [[1, 2]]}, ("Id", "N"), 1),
        ({"total": 2, "parkings": [{"n": 1}, {"n": 2}], "tags": ["x"]}, ("n",), 2),
        ([["x", "y"], [1, 2], [3, 4]], ("x", "y"), 2),
        ([[1, 2], [3, 4]], ("", ""), 2),
        (["x", "y"], ("value",), 2),
    ],
)
def test_where_in_a_document_the_rows_lie(tmp_path, document, headers, rows):
    found = opened(tmp_path, json.dumps(document).encode(), "json")
    assert (found.headers, len(found.rows)) == (headers, rows)


def test_geojson_is_properties_and_geometry(tmp_path):
    point = {"type": "Point", "coordinates": [-85.30, 35.04]}
    features = [
        {"type": "Feature", "id": 7, "properties": {"name": "x"}, "geometry": point},
        {"type": "Feature", "properties": None, "geometry": None},
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    for body in (data, b"\xef\xbb\xbf" + data, "\n".join(map(json.dumps, features)).encode()):
        found = opened(tmp_path, body, "json")
        assert found.headers == ("name", "id", "geometry")
        assert found.rows == [("x", "7", json.dumps(point)), (None, None, None)]


def test_halves_of_surrogate_pairs_and_nul_in_json(tmp_path):
    found = opened(tmp_path, b'{"a": "x\\ud800", "b": "y\\u0000z"}\n{"a": "", "b": null}\n')
    assert found.rows == [("x?", "yz"), ("", None)]
    assert found.oddities == {"lone_surrogates": 1, "nul_bytes": 1}


# ---------------------------------------------------------------- workbooks


def test_a_workbook_whatever_it_is_called(tmp_path):
    data = workbook(
        ["Title"],
        [],
        ["a", "b", "c"],
        [1, 2.5, date(2024, 1, 2)],
        [None, "x", datetime(2024, 1, 2, 3, 4)],
        [],
        [True, None, "=A1"],
        other=[["x"]],
    )
    found = opened(tmp_path, data, "csv", "table.csv")
    assert found.plain.format_id == "xlsx"
    assert found.headers == ABC
    assert found.rows == [("1", "2.5", "2024-01-02"), (None, "x", "2024-01-02T03:04:00"), ("true", None, None)]
    assert found.oddities == {"title_lines": 1}
    assert found.plain.notes == ("the workbook has 2 sheets; the largest was read",)


def test_cells_beyond_the_header_of_a_sheet_are_kept(tmp_path):
    found = opened(tmp_path, workbook(["a", "b"], [1, 2], [3, 4, None, 5], [6]))
    assert found.headers == ("a", "b", "", "")
    assert found.rows == [("1", "2", None, None), ("3", "4", None, "5"), ("6", None, None, None)]
    assert found.oddities == {"long_rows": 1, "empty_headers": 2}


def test_a_csv_that_is_called_a_workbook(tmp_path):
    found = opened(tmp_path, b"a,b\n1,2\n", "xlsx", "table.xlsx")
    assert (found.plain.format_id, found.rows) == ("csv", [("1", "2")])


def with_sheet(book: bytes, sheet: str) -> bytes:
    """The workbook with another sheet in the place of its first."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return buffer.getvalue()


def test_workbooks_that_would_fill_the_memory(tmp_path):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = f'<worksheet xmlns="{main}"><sheetData>%s</sheetData></worksheet>'
    cell = '<row r="1"><c t="inlineStr"><is><t>x</t></is></c></row>'
    monster = with_sheet(workbook(), rows % cell.replace("x", "x" * 33 * MIB))
    assert "a row of the sheet is larger than 32 MiB" in refusal(tmp_path, monster)
    assert "bombs" in refusal(tmp_path, monster, limits=ReadLimits(ratio_from_bytes=MIB))
    doctype = with_sheet(workbook(), '<!DOCTYPE a [<!ENTITY b "x">]>' + rows % cell)
    assert "document type" in refusal(tmp_path, doctype)
    nowhere = with_sheet(workbook(), rows % '<row><c r="ZZZZ1"><v>1</v></c></row>')
    assert "where none can be" in refusal(tmp_path, nowhere)


def test_a_sheet_as_other_programs_write_it(tmp_path):
    """Prefixes, no references, shared formulas, phonetic hints, numbers in long form, days that are none, a far row."""
    main = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    cells = (
        '<x:row><x:c t="str"><x:v>a</x:v></x:c><x:c t="inlineStr"><x:is><x:r><x:t>b</x:t></x:r>'
        '<x:rPh><x:t>no</x:t></x:rPh><x:r><x:t xml:space="preserve"> b_x0041_</x:t></x:r></x:is></x:c></x:row>'
        "<x:row><x:c><x:f>A1</x:f><x:v>0.10000000000000001</x:v></x:c><x:c><x:v>1.2E5</x:v></x:c></x:row>"
        '<x:row r="999999999999"><x:c t="b"><x:v>0</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c></x:row>'
    )
    sheet = f'<x:worksheet xmlns:x="{main}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'
    found = opened(tmp_path, with_sheet(workbook(), sheet))
    assert found.headers == ("a", "b bA")
    assert found.rows == [("0.1", "120000"), ("false", "#N/A")]


def test_days_and_times_of_sheets(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["day", "length", "none"])
    book.active.append([datetime(2024, 1, 2), timedelta(hours=30), 5e12])
    book.active["B2"].number_format = "[h]:mm"
    book.active["C2"].number_format = "yyyy-mm-dd"
    book.active.append([time(1, 2), 0.5, -1])
    buffer = io.BytesIO()
    book.save(buffer)
    found = opened(tmp_path, buffer.getvalue())
    assert found.rows == [("2024-01-02", "1 day, 6:00:00", "5000000000000"), ("01:02:00", "0.5", "-1")]


# ---------------------------------------------------------------- containers


def test_the_largest_table_of_an_archive_is_read_and_noted(tmp_path):
    found = opened(tmp_path, archive(a__csv="x,y\n1,2\n", b__csv="a,b\n1,2\n3,4\n", readme__txt="z" * 999), "zip")
    assert (found.headers, len(found.rows)) == (("a", "b"), 2)
    assert found.plain.notes == ("the archive holds 2 files that may be tables; the largest was read",)


def test_a_member_whose_name_leads_out_of_the_folder_is_read_and_written_nowhere(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    found = opened(inner, archive(**{"../../escaped__csv": "a,b\n1,2\n"}))
    assert found.rows == [("1", "2")]
    assert found.oddities == {"names_out_of_folder": 1}
    assert list(tmp_path.rglob("escaped*")) == []


def test_gzip_of_everything(tmp_path):
    for data in (b"a,b\n1,2\n", b'[{"a": 1, "b": 2}]', workbook(["a", "b"], [1, 2]), archive(x__csv="a,b\n1,2\n")):
        found = opened(tmp_path, gzip.compress(data))
        assert (found.headers, found.rows) == (("a", "b"), [("1", "2")])


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (
            b"\n<!DOCTYPE html><html><head><title>Request\n Rejected</title>",
            "an HTML page instead of rows ('Request Rej",
        ),
        (b"<?xml version='1.0'?><html xmlns='x'>", "an HTML page"),
        (b"<?xml version='1.0'?><kml></kml>", "an XML document"),
        (b"The requested URL was rejected. Please consult with your administrator about it today.", "one line of text"),
        (b"%PDF-1.7\n...", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old binary Office file"),
        (b"\x00" * 100, "a binary file"),
        (bytes(range(1, 32)) * 9, "a binary file"),
        (b"[]", "a list without records"),
        (b'{"error": true, "message": "no"}', "JSON without a list"),
        (b'[{"a": 1}, {"a"', "JSON that is cut short"),
        (b'{"a": 1}\n{"a": 2}\n{"a"', "line 3 is no JSON"),
        (b"[" * 5_000, "JSON nested more than 1,000 deep"),
        (b'["]",' * 5_000, "JSON nested more than 1,000 deep"),
        (b'[{"a": ' + b"[" * 500 + b"]" * 500 + b"}]", "JSON nested more than 100 deep"),
        (b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b'}\n{"a": 1}', "JSON"),
        (gzip.compress(b"a,b\n" + bytes(range(48, 90)) * 99)[:-9], "a gzip file that is cut short"),
        (archive(x__csv="a,b\n1,2\n")[:-30], "a zip archive that is cut short"),
        (archive(x__shp=b"s", x__dbf=b"d", x__prj=b"p"), "a shapefile"),
        (archive(x__pdf=b"%PDF"), "without a table (.pdf)"),
        (archive(), "no files"),
        (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content__xml="<x/>"), ".ods"),
        (workbook(), "empty"),
        (workbook(["a"], [1])[:-50], "cut short or damaged"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_refused_with_one_sentence(tmp_path, data, says):
    assert says in refusal(tmp_path, data, "csv")


def test_bombs_are_refused_while_they_unfold(tmp_path):
    bomb = bytes(100 * MIB)
    assert "250 times" in refusal(tmp_path, gzip.compress(bomb))
    assert "250 times" in refusal(tmp_path, archive(x__csv=bomb))
    small = ReadLimits(unpacked_bytes=10 * MIB)
    assert "more than 10 MiB" in refusal(tmp_path, gzip.compress(bomb), limits=small)
    assert max(path.stat().st_size for path in tmp_path.rglob("unpacked*")) <= 64 * MIB


def test_archives_nested_without_end(tmp_path):
    data = b"a,b\n1,2\n"
    for _ in range(6):
        data = gzip.compress(data)
    assert "archives within archives" in refusal(tmp_path, data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a,b\n1," + b"x" * 17 * MIB + b"\n", "a line is longer than 16 MiB"),
        (b'a,b\n1,"' + b"x" * 17 * MIB + b'"\n', "a line is longer than 16 MiB"),
        (b'a,b\n1,"' + b"x\n" * 9 * MIB + b'"\n', "quotes that never close or hold more"),
        (b'[{"a": "' + b"x" * 17 * MIB + b'"}]', "a cell is larger than 16 MiB"),
        (b'[{"a": "' + b"x" * 40 * MIB + b'"}]', "a JSON record is larger than 32 MiB"),
        (b'{"a": 1}\n{"a": "' + b"x" * 40 * MIB + b'"}\n', "a JSON record is larger than 32 MiB"),
    ],
    ids=["line", "quoted", "quoted lines", "json cell", "json record", "json line"],
)
def test_a_monstrous_field_is_refused(tmp_path, data, says):
    assert says in refusal(tmp_path, data)


def test_too_many_columns_are_no_table(tmp_path):
    few = ReadLimits(columns=100)
    assert "fields" in refusal(tmp_path, b",".join([b"a"] * 101) + b"\n1\n", limits=few)
    rows = [{f"k{number}": 1} for number in range(101)]
    assert "columns" in refusal(tmp_path, json.dumps(rows).encode(), limits=few)


def test_a_refused_file_leaves_no_half_written_table(tmp_path):
    refusal(tmp_path, b'[{"a": 1}, {"a"')
    assert not list(tmp_path.rglob("*.part"))
    assert not list(tmp_path.rglob("*.parquet"))


def test_an_answer_from_ckan_with_its_dump(tmp_path):
    """The dump as CKAN 2.12 writes it: lists beside their fields, and a CSV whose header ends otherwise."""
    text = (
        '{\n  "fields": [{"id":"_id","type":"int"},{"id":"name","type":"text"}],\n  "records": [\n    [1,"Trée"]\n]}\n'
    )
    found = opened(tmp_path, text.encode())
    assert (found.headers, found.rows) == (("_id", "name"), [("1", "Trée")])
    assert isinstance(found.plain.source, TextParquet)

"""How texts are read as numbers, days, moments, truths and places, and how a column's type is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.rows.forms import Form, fast, typed
from civicgauge.rows.stamps import FIRST_FORMATS
from civicgauge.rows.typewords import is_socrata, type_of
from civicgauge.rows.writing import connected
from tests.rows.landed import one


@pytest.fixture(scope="module")
def link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with connected(tmp_path_factory.mktemp("duckdb")) as found:
        yield found


def _read(link: duckdb.DuckDBPyConnection, form: Form, text: str) -> Any:
    """The typed value of one text, as landing writes it."""
    first = fast(form, "t")
    inner = f"SELECT t, {first or 'NULL'} AS f FROM (SELECT ?::VARCHAR AS t)"
    (value,) = link.execute(f"SELECT {typed(form, 't', 'f')} FROM ({inner})", [text]).fetchone()
    return value


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1), (" 1 ", 1), ("-1.50", -1.5), ("1,234.5", 1234.5), ("$1,234", 1234), ("-$5", -5), ("$-5", -5),
        ("($5.00)", -5), ("$(5)", -5), ("(5)", -5), ("5-", -5), ("−5", -5), ("5 EUR", 5), ("€ 5", 5), ("R$ 5", 5),
        ("1 234", 1234), ("1\u00a0234.5", 1234.5), ("1'234'567", 1234567), (".5", 0.5), ("5.", 5), ("1e5", 1e5),
        ("1.5E-07", 1.5e-7), ("12,34", None), ("1,2,3", None), ("0,123", None), ("1,23,456", None), ("--5", None),
        ("inf", None), ("nan", None), ("1_000", None), ("1e400", None), ("", None), ("$", None), ("-", None),
        ("()", None), (".", None), ("12%", None), ("N/A", None), ("5 apples", None), ("0x1F", None), ("(5", None),
    ],
)  # fmt: skip
def test_numbers(link: duckdb.DuckDBPyConnection, text: str, value: float | None) -> None:
    assert _read(link, Form("number"), text) == value
    assert _read(link, Form("money"), text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.5%", 12.5), ("12.5 %", 12.5), ("12.5", 12.5), ("-1,200%", -1200), ("%", None), ("5%5", None)],
)
def test_percents(link: duckdb.DuckDBPyConnection, text: str, value: float | None) -> None:
    assert _read(link, Form("percent"), text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("1.234,5", 1234.5), ("12,5", 12.5), ("0,123", 0.123), ("1.234", 1234), ("12.5", None)]
)
def test_decimal_comma(link: duckdb.DuckDBPyConnection, text: str, value: float | None) -> None:
    assert _read(link, Form("number", decimal_comma=True), text) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_is_read_as_it_was_written(link: duckdb.DuckDBPyConnection, value: float) -> None:
    assert _read(link, Form("number"), repr(value)) == value


@given(st.integers(-(10**15), 10**15).map(lambda cents: cents / 100))
def test_every_amount_is_read_as_it_was_written(link: duckdb.DuckDBPyConnection, value: float) -> None:
    texts = [
        f"{value:,.2f}",
        f"${value:,.2f}".replace("$-", "-$"),
        f"(${-value:,.2f})" if value < 0 else f"{value:.2f}",
    ]
    assert {_read(link, Form("money"), text) for text in texts} == {value}


# ---------------------------------------------------------------- days and moments


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("06/30/2026", "2026-06-30 00:00:00"), ("6/3/26", "2026-06-03 00:00:00"), ("30/06/2026", None),
        ("06/30/2026 11:05:09 PM", "2026-06-30 23:05:09"), ("06/30/2026 12:00:00 AM", "2026-06-30 00:00:00"),
        ("06/30/2026 1:05 pm", "2026-06-30 13:05:00"), ("6/30/2026 1:05PM", "2026-06-30 13:05:00"),
        ("6/30/2026 5:00 p.m.", "2026-06-30 17:00:00"), ("2026-06-30 5:00 PM", "2026-06-30 17:00:00"),
        ("06/30/2026 13:00 PM", None), ("06/30/2026 24:00", None), ("06/30/2026 7:61", None),
        ("2026-06-30", "2026-06-30 00:00:00"), ("2026-06-30T05:06:07.000", "2026-06-30 05:06:07"),
        ("2026-06-30T05:06:07.123Z", "2026-06-30 05:06:07.123000"), ("2026/06/30 05:06:07+00", "2026-06-30 05:06:07"),
        ("2026-06-30 05:06:07.467496", "2026-06-30 05:06:07.467496"), ("20260630", "2026-06-30 00:00:00"),
        ("2026-06-30T05:06:07.123456789", "2026-06-30 05:06:07.123456"), ("2026-06-30T05:06:07+15:99", None),
        ("30-JUN-26", "2026-06-30 00:00:00"), ("30 June 2026", "2026-06-30 00:00:00"),
        ("30.06.2026", "2026-06-30 00:00:00"), ("12.31.2026", "2026-12-31 00:00:00"),
        ("June 30, 2026", "2026-06-30 00:00:00"), ("Sept 3, 2026 7:15 AM", "2026-09-03 07:15:00"),
        ("Mon, 02 Jan 2006 15:04:05 GMT", "2006-01-02 15:04:05"), ("30Jun2026:10:00:00", "2026-06-30 10:00:00"),
        (" 06/30/2026 ", "2026-06-30 00:00:00"), ("May 1990", "1990-05-01 00:00:00"),
        ("12/31/9999", "9999-12-31 00:00:00"), ("1/2/0003", None), ("02/30/2026", None), ("2026-13-01", None),
        ("2026-06-30 and later", None), ("Market 3, 2020", None), ("epoch", None), ("infinity", None), ("now", None),
        ("", None), ("1", None), ("1.2.3", None), ("12020-01-01", None), ("2026-06-30 (BC)", None), ("2016", None),
    ],
)  # fmt: skip
def test_local_times(link: duckdb.DuckDBPyConnection, text: str, value: str | None) -> None:
    found = _read(link, Form("date_time"), text)
    assert (found and str(found)) == value
    day = _read(link, Form("date"), text)
    assert (day and str(day)) == (value and value[:10])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("05/17/2022 06:37:55 PM +0000", "2022-05-17 18:37:55"), ("2026-06-30T05:06:07-0500", "2026-06-30 10:06:07"),
        ("2026-06-30 05:06:07+05:30", "2026-06-29 23:36:07"), ("2026-06-30T05:06:07Z", "2026-06-30 05:06:07"),
        ("2026-06-30 05:06:07", "2026-06-30 05:06:07"), ("2026-06-30T05:06:07-05", "2026-06-30 10:06:07"),
        ("9999-12-31T23:00:00-05:00", None), ("2026-06-30", "2026-06-30 00:00:00"), ("no", None),
    ],
)  # fmt: skip
def test_moments(link: duckdb.DuckDBPyConnection, text: str, value: str | None) -> None:
    found = _read(link, Form("instant"), text)
    assert (found and str(found.astimezone(UTC).replace(tzinfo=None))) == value


def test_labels_are_days_only_where_dates_were_promised(link: duckdb.DuckDBPyConnection) -> None:
    for text, day in (("2016", date(2016, 1, 1)), ("2016-05", date(2016, 5, 1)), ("05/2016", date(2016, 5, 1))):
        assert _read(link, Form("date", has_labels=True), text) == day
        assert _read(link, Form("date"), text) is None


def test_day_first(link: duckdb.DuckDBPyConnection) -> None:
    assert _read(link, Form("date", day_first=True), "03/04/2026") == date(2026, 4, 3)
    assert _read(link, Form("date", day_first=True), "12/31/2026") is None
    assert _read(link, Form("date"), "03/04/2026") == date(2026, 3, 4)


_moments = st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30))


@given(_moments, st.sampled_from([f for f in FIRST_FORMATS if "%z" not in f]))
def test_fast_and_wide_reading_agree(link: duckdb.DuckDBPyConnection, moment: datetime, spelling: str) -> None:
    text = f"{moment:{spelling}}"
    day_first = spelling.startswith(("%d/%m", "%d-%m"))
    wide = _read(link, Form("date_time", day_first=day_first), text)
    assert wide == datetime.strptime(text, spelling)
    assert _read(link, Form("date_time", first=spelling, day_first=day_first), text) == wide


@given(_moments, st.integers(-14 * 60, 14 * 60), st.sampled_from([f for f in FIRST_FORMATS if "%z" in f]))
def test_fast_and_wide_reading_of_zones_agree(
    link: duckdb.DuckDBPyConnection, moment: datetime, minutes: int, spelling: str
) -> None:
    zone = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
    text = moment.strftime(spelling.replace("%z", "")) + zone
    told = datetime.strptime(text, spelling).astimezone(UTC)
    for form in (Form("instant"), Form("instant", first=spelling)):
        found = _read(link, form, text)
        assert found is not None
        assert abs(found.astimezone(UTC) - told) < timedelta(microseconds=1)


# ---------------------------------------------------------------- truths and places


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("FALSE", False), (" Yes ", True), ("n", False), ("1", True), ("0", False), ("maybe", None)],
)
def test_truths(link: duckdb.DuckDBPyConnection, text: str, value: bool | None) -> None:
    assert _read(link, Form("boolean"), text) is value


HERE = {"lon": -85.1, "lat": 35.2}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("POINT (-85.1 35.2)", HERE), ("point(-85.1 35.2)", HERE), ("POINT Z (-85.1 35.2 300)", HERE),
        (" POINT ( -85.1  35.2 ) ", HERE), ("SRID=4326;POINT (-85.1 35.2)", HERE), ("(35.2, -85.1)", HERE),
        ("12 MAIN ST\nTOWN, TN 37402\n(35.2, -85.1)", HERE), ("(35.2°, -85.1°)", HERE),
        ('{"type":"Point","coordinates":[-85.1,35.2]}', HERE),
        ('{"coordinates": [-85.1, 35.2, 4], "type": "Point"}', HERE),
        ('{"latitude":"35.2","longitude":"-85.1","human_address":"{}"}', HERE),
        ("12 MAIN ST (rear)", None), ("12 MAIN ST\nTOWN, TN", None), ("POINT EMPTY", None), ("POINT (nan nan)", None),
        ("POINT (1)", None), ("POINT (1e400 2)", None), ("()", None), ("", None),
        ('{"type":"Point","coordinates":[]}', None), ('{"type":"Polygon","coordinates":[[[1,2],[3,4]]]}', None),
        ("POINT (0 0)", {"lon": 0.0, "lat": 0.0}),
    ],
)  # fmt: skip
def test_places(link: duckdb.DuckDBPyConnection, text: str, value: dict[str, float] | None) -> None:
    assert _read(link, Form("point"), text) == value


FORMS = [
    *(Form(kind) for kind in ("number", "money", "percent", "boolean", "point", "date", "date_time", "instant")),
    *(Form("instant", first=first) for first in FIRST_FORMATS),
    Form("date", day_first=True, has_labels=True), Form("number", decimal_comma=True),
]  # fmt: skip
_texts = st.text() | st.text(alphabet="0123456789/-:.,+ TZAPM$%()POINTJanuary{}[]\"\n\x00'", max_size=40)


@given(_texts, st.sampled_from(FORMS))
def test_no_text_raises(link: duckdb.DuckDBPyConnection, text: str, form: Form) -> None:
    _read(link, form, text.replace("\x00", ""))


# ---------------------------------------------------------------- the type of a column


@pytest.mark.parametrize(
    ("texts", "type_"),
    [
        (["1", "2", "3.5"], "number"), (["1", "", "", "-2"], "number"), (["1,000", "25"], "number"),
        (["$1.00", "$2,000.00", "(3.00)"], "money"), (["5%", "7.5 %"], "percent"), (["5%", "7", "8"], "text"),
        (["007", "012"], "text"), (["0", "0.5"], "number"), (["1234567890123456789", "1"], "text"),
        (["12E3", "14E5"], "text"), (["1.5E+03", "2.5E-04"], "number"), (["6", "7", "8", "9", "7,2", "9"], "text"),
        (["1,5", "2,5", "1.234,0"], "number"), (["yes", "No"], "boolean"), (["Y", "N", "Y"], "boolean"),
        (["N", "N"], "text"), (["N", "S", "E"], "text"), (["true", "true"], "boolean"), (["0", "1"], "number"),
        (["06/30/2026", "07/01/2026"], "date"), (["06/30/2026 05:00:00 PM", "07/01/2026"], "date_time"),
        (["2026-06-30T05:06:07Z", "2026-06-30T05:06:07+02:00"], "instant"), (["30.06.2026"], "date"),
        (["May 1990", "Jun 1990"], "date"), (["2016", "2017"], "number"), (["1.2.10", "3.4.11"], "text"),
        (["01-02-03", "04-05-06"], "text"), (["2019-20", "2020-21"], "text"), (["20260630", "20260701"], "number"),
        (["POINT (1 2)", "POINT (3 4)"], "point"), (["(35.051, -85.261)"], "point"), (["(11.1, 14.8)"], "text"),
        (["POINT (1 2)", "POLYGON ((1 2, 3 4, 5 6, 1 2))"], "geometry"), (["LINESTRING (1 2, 3 4)"], "geometry"),
        (['{"type":"Polygon","coordinates":[[[1,2],[3,4]]]}'], "geometry"), (["", ""], "text"), (["N/A", "-"], "text"),
        (["N/A", "5", "unknown", "6"], "number"), (["a", "1"], "text"), (["423-555-0100"], "text"),
    ],
)  # fmt: skip
def test_inferred(tmp_path: Path, texts: list[str], type_: str) -> None:
    assert one(tmp_path, texts)[0] == type_


@pytest.mark.parametrize(
    ("header", "texts", "type_"),
    [
        ("ZIP", ["37402", "37403"], "text"), ("MailZip", ["37402"], "text"), ("Zip Code", ["37402"], "text"),
        ("Zipper count", ["37402"], "number"), ("Total Zip Pop", ["37402"], "number"),
        ("Phone", ["4235550100"], "text"), ("FIPS_CODE", ["47065"], "text"), ("key", ["20260630"], "number"),
        ("SaleDate", ["20260630", "20260701"], "date"),
    ],
)  # fmt: skip
def test_headers_count(tmp_path: Path, header: str, texts: list[str], type_: str) -> None:
    assert one(tmp_path, texts, header)[0] == type_


def test_nearly_all_is_enough_and_the_rest_is_null(tmp_path: Path) -> None:
    texts = [str(number) for number in range(95)] + ["dirty"] * 5
    assert one(tmp_path, texts) == ("number", [*map(float, range(95)), *[None] * 5])
    assert one(tmp_path, [*texts, "dirty"])[0] == "text"


def test_one_day_decides_for_the_column_and_the_table(tmp_path: Path) -> None:
    assert one(tmp_path, ["03/04/2026", "31/12/2026"])[1] == [date(2026, 4, 3), date(2026, 12, 31)]
    assert one(tmp_path, ["03/04/2026", "12/31/2026"])[1] == [date(2026, 3, 4), date(2026, 12, 31)]
    assert one(tmp_path, ["03/04/2026"])[1] == [date(2026, 3, 4)]


# ---------------------------------------------------------------- promised types


@pytest.mark.parametrize(
    ("word", "texts", "type_", "values"),
    [
        ("number", ["1", "x"], "number", [1.0, None]), ("number", ["", ""], "number", [None, None]),
        ("calendar_date", ["06/30/2026"], "date_time", [datetime(2026, 6, 30)]),
        ("calendar_date", ["2016"], "date_time", [datetime(2016, 1, 1)]), ("text", ["1", "2"], "text", ["1", "2"]),
        ("checkbox", ["true", ""], "boolean", [True, None]), ("money", ["5"], "money", [5.0]),
        ("location", ["1 MAIN ST\n(35.5, -85.5)"], "point", [{"lon": -85.5, "lat": 35.5}]),
        ("url", ["https://city.example"], "text", ["https://city.example"]), ("int4", ["007"], "number", [7.0]),
        ("timestamp", ["2024-01-01T00:00:00.000"], "date_time", [datetime(2024, 1, 1)]),
        ("date", ["2024-01-01"], "date", [date(2024, 1, 1)]), ("bool", ["True", "f"], "boolean", [True, False]),
        ("polygon", ["POLYGON ((1 2, 3 4, 5 6, 1 2))"], "geometry", ["POLYGON ((1 2, 3 4, 5 6, 1 2))"]),
        ("something new", ["5"], "number", [5.0]), ("", ["5"], "number", [5.0]),
    ],
)  # fmt: skip
def test_promised(tmp_path: Path, word: str, texts: list[str], type_: str, values: list[Any]) -> None:
    assert one(tmp_path, texts, word=word) == (type_, values)


def test_words_of_platforms() -> None:
    assert is_socrata(["text", "number"])
    assert not is_socrata(["text", "numeric", "date"])
    assert type_of("date", of_socrata=True) == "instant"
    assert type_of(" DATE ", of_socrata=False) == "date"
    assert type_of("_int4", of_socrata=False) == "text"
    assert type_of("esriFieldTypeOID", of_socrata=False) is None

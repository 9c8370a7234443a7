"""How a column's texts are read as its type: DuckDB expressions that give a value, or null where a text holds none.

The common spelling of a column is tried first and costs little; a text that it does not fit goes through the wide
reading, which knows every spelling below. Nothing here raises on any text. The expressions use the macros of `MACROS`.
"""

from __future__ import annotations

from dataclasses import dataclass

from civicgauge.landed import ColumnType
from civicgauge.rows.sqltext import literal
from civicgauge.rows.stamps import STAMP_MACROS

TEMPORAL: frozenset[ColumnType] = frozenset({"date", "date_time", "instant"})
NUMERIC: frozenset[ColumnType] = frozenset({"number", "money", "percent"})
UNTYPED: frozenset[ColumnType] = frozenset({"text", "geometry"})


@dataclass(frozen=True, slots=True)
class Form:
    """A column's type, and how its values are spelt.

    `first` is the strptime format that most of its dates have ("" for none). `day_first`: 03/04/2026 is in April.
    `decimal_comma`: 1.234,5 is a little over a thousand. `has_labels`: a year or a month alone is a date, its first day
    (Socrata shows dates so where the publisher chose it).
    """

    type: ColumnType
    first: str = ""
    day_first: bool = False
    decimal_comma: bool = False
    has_labels: bool = False


def fast(form: Form, column: str) -> str | None:
    """The SQL expression that reads a column's common spelling of dates or numbers; None where a column has none.

    It stands in an inner query, so that `typed` can look at its value without computing it twice.
    """
    if form.type in NUMERIC:
        return f"TRY_CAST({_pointed(form, column)} AS DOUBLE)"
    if not form.first:
        return None
    value = f"try_strptime({column}, {literal(form.first)})"
    return f"({value} AT TIME ZONE 'UTC')" if "%z" in form.first else value


def typed(form: Form, column: str, fast_column: str) -> str | None:
    """The SQL expression of a column's typed values; None where text is all.

    `column` is an SQL expression of texts, `fast_column` one of what `fast` gave for them, where it gave any.
    """
    if form.type in UNTYPED:
        return None
    if form.type in NUMERIC:
        # the cast takes `inf`, `nan` and `1_000` for numbers
        is_plain = f"isfinite({fast_column}) AND NOT contains({column}, '_')"
        return f"CASE WHEN {is_plain} THEN {fast_column} ELSE {_number(form, _pointed(form, column))} END"
    if form.type == "boolean":
        return f"as_boolean({column})"
    if form.type == "point":
        return f"as_point({column})"
    return _stamp(form, column, fast_column if form.first else None)


def _pointed(form: Form, column: str) -> str:
    """The text with a point before the decimals."""
    return f"translate({column}, '.,', ',.')" if form.decimal_comma else column


def _number(form: Form, text: str) -> str:
    """How numbers are read that the cast does not take."""
    if form.type == "percent":
        return f"coalesce(plain_number(rtrim({text}, '%')), written_number(rtrim(tidy({text}), '% ')))"
    dollars = f"dollars({text}), " if form.type == "money" and not form.decimal_comma else ""
    return f"coalesce({dollars}written_number(tidy({text})))"


def _stamp(form: Form, column: str, fast_column: str | None) -> str:
    order, labels = str(form.day_first).lower(), str(form.has_labels).lower()
    kind = "instant" if form.type == "instant" else "stamp"
    value = f"wide_{kind}(tidy({column}), {order}, {labels})"
    if fast_column:
        found = f"({fast_column} AT TIME ZONE 'UTC')" if kind == "instant" else fast_column
        # fast reading takes 1/2/03 for a day of the year 3
        value = f"CASE WHEN {fast_column} >= TIMESTAMP '1000-01-01' THEN {found} ELSE {value} END"
    return f"CAST({value} AS DATE)" if form.type == "date" else value


# ---------------------------------------------------------------- numbers

_SIGN = "[-+−]"
CURRENCY = r"(?:[$€£¥₹]|R\$|US\$|CA?\$|A\$|USD|EUR|GBP|CHF|CAD|BRL|AUD|NZD|kr)"
_GROUPED = r"[1-9]\d{0,2}(?:(?:,\d{3})+|(?:[ \x{a0}\x{2009}\x{202f}]\d{3})+|(?:['’]\d{3})+)"
_DIGITS = rf"(?:(?:{_GROUPED}|\d+)(?:\.\d*)?|\.\d+)"
_LEAD = rf"(?:{_SIGN}?\s?{CURRENCY}?|{CURRENCY}\s?{_SIGN}?)\s?"
WRITTEN_NUMBER = (
    rf"{_LEAD}{_DIGITS}\s?{CURRENCY}?"  # -$1,234.50; 12 EUR
    rf"|{CURRENCY}?\s?\(\s?{CURRENCY}?\s?{_DIGITS}\s?\)"  # ($1,234.50), as accountants write what is owed
    rf"|{CURRENCY}?\s?{_DIGITS}{_SIGN}"  # 1234.50-
)
_DOLLARS = r"-?\$?(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d*)?"

# ---------------------------------------------------------------- places

_COORDINATE = r"([-+]?\d{1,15}(?:\.\d*)?(?:[eE][-+]?\d{1,2})?)"  # never too large for a number
_FIRST_POINT = rf"^POINT \({_COORDINATE} {_COORDINATE}\)$"
_WKT_POINT = (
    rf"(?i)^\s*(?:SRID=\d+;)?\s*POINT\s*(?:Z|M|ZM)?\s*"
    rf"\(\s*{_COORDINATE}\s+{_COORDINATE}(?:\s+{_COORDINATE})*\s*\)\s*$"
)
_PAIR = rf"\(\s*{_COORDINATE}\s*°?\s*,\s*{_COORDINATE}\s*°?\s*\)$"  # the last thing of an address
_JSON_POINT = rf'"coordinates"\s*:\s*\[\s*{_COORDINATE}\s*,\s*{_COORDINATE}\s*[,\]]'
_JSON_TYPE = r'"type"\s*:\s*"Point"'
_JSON_LATITUDE = rf'"latitude"\s*:\s*"?{_COORDINATE}"?'
_JSON_LONGITUDE = rf'"longitude"\s*:\s*"?{_COORDINATE}"?'
GEOMETRY = (
    r"(?i)^(?:SRID=\d+;)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON|CURVE|SURFACE|GEOMETRYCOLLECTION)"
    r"\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY$)"
    r'|^\{.{0,200}"type"\s*:\s*"(?:(?:Multi)?(?:Point|LineString|Polygon)|GeometryCollection)"'
)

_BLANKS = literal(" \t\r\n\f\v\u00a0\u202f")


def _place(name: str, pattern: str, order: str) -> str:
    """A macro that reads a pattern of two coordinates, in that order."""
    found = f"regexp_extract(t, {literal(pattern)}, {order})"
    cast = f"TRY_CAST({found} AS STRUCT({order[2:5]} DOUBLE, {order[9:12]} DOUBLE))"
    pack = cast if order.startswith("['lon") else f"struct_pack(lon := ({cast}).lon, lat := ({cast}).lat)"
    return f"CREATE TEMP MACRO {name}(t) AS CASE WHEN regexp_matches(t, {literal(pattern)}) THEN {pack} END"


MACROS = (
    # TRY_CAST takes `inf`, `nan` and `1_000` for numbers
    """CREATE TEMP MACRO plain_number(t) AS
         CASE WHEN isfinite(TRY_CAST(t AS DOUBLE)) AND NOT contains(t, '_') THEN TRY_CAST(t AS DOUBLE) END""",
    f"""CREATE TEMP MACRO written_number(t) AS CASE WHEN regexp_full_match(t, {literal(WRITTEN_NUMBER)}) THEN
         TRY_CAST(regexp_replace(t, '[^0-9.]', '', 'g') AS DOUBLE)
         * CASE WHEN regexp_matches(t, '[-−(]') THEN -1 ELSE 1 END END""",
    f"""CREATE TEMP MACRO dollars(t) AS CASE WHEN regexp_full_match(t, {literal(_DOLLARS)})
         THEN TRY_CAST(replace(replace(t, '$', ''), ',', '') AS DOUBLE) END""",
    f"CREATE TEMP MACRO tidy(t) AS trim(t, {_BLANKS})",
    """CREATE TEMP MACRO word_boolean(t) AS CASE lower(t)
         WHEN 'true' THEN true WHEN 'false' THEN false WHEN 'yes' THEN true WHEN 'no' THEN false
         WHEN 't' THEN true WHEN 'f' THEN false WHEN 'y' THEN true WHEN 'n' THEN false
         WHEN '1' THEN true WHEN '0' THEN false END""",
    "CREATE TEMP MACRO as_boolean(t) AS coalesce(word_boolean(t), word_boolean(tidy(t)))",
    _place("first_point", _FIRST_POINT, "['lon', 'lat']"),
    _place("wkt_point", _WKT_POINT, "['lon', 'lat']"),
    _place("pair_point", _PAIR, "['lat', 'lon']"),
    _place("json_pair", _JSON_POINT, "['lon', 'lat']"),
    f"CREATE TEMP MACRO json_point(t) AS CASE WHEN regexp_matches(t, {literal(_JSON_TYPE)}) THEN json_pair(t) END",
    f"""CREATE TEMP MACRO json_location(t) AS CASE WHEN regexp_matches(t, {literal(_JSON_LONGITUDE)})
         AND regexp_matches(t, {literal(_JSON_LATITUDE)}) THEN struct_pack(
         lon := TRY_CAST(regexp_extract(t, {literal(_JSON_LONGITUDE)}, 1) AS DOUBLE),
         lat := TRY_CAST(regexp_extract(t, {literal(_JSON_LATITUDE)}, 1) AS DOUBLE)) END""",
    """CREATE TEMP MACRO as_point(t) AS CASE WHEN starts_with(t, 'POINT (') THEN coalesce(first_point(t), wkt_point(t))
         WHEN starts_with(ltrim(t), '{') THEN coalesce(json_point(t), json_location(t))
         ELSE coalesce(pair_point(tidy(t)), wkt_point(tidy(t))) END""",
    "CREATE TEMP MACRO is_on_earth(p) AS p.lat BETWEEN -90 AND 90 AND p.lon BETWEEN -180 AND 180",
    *STAMP_MACROS,
)

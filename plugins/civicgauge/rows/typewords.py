"""What the platforms' own words for a column's type mean here."""

from __future__ import annotations

from collections.abc import Iterable

from civicgauge.landed import ColumnType

_SOCRATA: dict[str, ColumnType] = {
    **dict.fromkeys(("number", "double", "stars"), "number"),
    **dict.fromkeys(("calendar_date", "floating_timestamp"), "date_time"),
    **dict.fromkeys(("fixed_timestamp",), "instant"),
    **dict.fromkeys(("money",), "money"),
    **dict.fromkeys(("percent",), "percent"),
    **dict.fromkeys(("checkbox",), "boolean"),
    **dict.fromkeys(("point", "location"), "point"),
    **dict.fromkeys(("polygon", "line", "multipoint", "multiline", "multipolygon"), "geometry"),
    **dict.fromkeys(("url", "email", "phone", "photo", "document", "blob", "html", "tag", "flag"), "text"),
    **dict.fromkeys(("drop_down_list", "dataset_link", "nested_table", "list", "object", "row_identifier"), "text"),
}
# The DataStore's types are PostgreSQL's; with array types (`_text`), JSON and times of day left as text.
_POSTGRESQL: dict[str, ColumnType] = {
    **dict.fromkeys(("int", "int2", "int4", "int8", "integer", "smallint", "bigint"), "number"),
    **dict.fromkeys(("numeric", "decimal", "float", "float4", "float8", "real", "double precision"), "number"),
    **dict.fromkeys(("timestamp", "timestamp without time zone"), "date_time"),
    **dict.fromkeys(("timestamptz", "timestamp with time zone"), "instant"),
    **dict.fromkeys(("date",), "date"),
    **dict.fromkeys(("bool", "boolean"), "boolean"),
    **dict.fromkeys(("text", "varchar", "json", "jsonb", "time", "timetz", "tsvector", "uuid", "nested"), "text"),
}


def is_socrata(words: Iterable[str]) -> bool:
    """Whether a table's words are Socrata's: one of them is used there alone."""
    return any(word.lower() in _SOCRATA for word in words)


def type_of(word: str, *, of_socrata: bool) -> ColumnType | None:
    """The type that a platform's word promises; None for an unknown one.

    `date` is Socrata's older word for a moment in UTC, and PostgreSQL's for a day.

    >>> type_of("date", of_socrata=True), type_of("date", of_socrata=False), type_of("_text", of_socrata=False)
    ('instant', 'date', 'text')
    """
    word = word.strip().lower()
    if word == "date" and of_socrata:
        return "instant"
    if word.startswith("_"):
        return "text"
    return _SOCRATA.get(word) or _POSTGRESQL.get(word)

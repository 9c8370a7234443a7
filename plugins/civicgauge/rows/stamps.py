"""Dates and times of every spelling, as DuckDB macros.

A text is brought into one of few spellings of its day, which is then read; its time of day, fraction of a second and
zone are read apart, so that spellings combine. Years lie between 1000 and 9999; two digits mean 1969 to 2068.
"""

from __future__ import annotations

from civicgauge.rows.sqltext import literal

_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?"
_MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?"
_YEAR = r"([1-9]\d{3})"
_ANY_YEAR = r"([1-9]\d{3}|\d{2})"
_CLOCK = r"(\d{1,2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?(?: ?([AP])\.?M\.?)?"
_ZONE = r"([-+](?:0\d|1[0-4])(?::?[0-5]\d)?)"
_TIME = rf"(?:T|,? +|:){_CLOCK} ?(?:Z|UTC|GMT|{_ZONE})?$"
_PLAIN_TIME = _TIME.replace("(?:", "\0").replace("(", "(?:").replace("\0", "(?:")  # the same without groups
_TAIL = rf"(?:$|{_PLAIN_TIME})"

_SPELLINGS = (  # a pattern of the whole text, and the text of its day that one of _DAYS reads
    (rf"{_YEAR}[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TAIL}", r"\1-\2-\3"),
    (rf"(\d{{1,2}})[-/](\d{{1,2}})[-/]{_ANY_YEAR}{_TAIL}", r"\1/\2/\3"),
    (rf"(\d{{1,2}})\. ?(\d{{1,2}})\. ?{_ANY_YEAR}{_TAIL}", r"\1.\2.\3"),
    (rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]{{0,2}}{_MONTH}[-/, ]{{0,2}}{_ANY_YEAR}{_TAIL}", r"\1 \2 \3"),
    (rf"{_MONTH}[- ](\d{{1,2}})(?:st|nd|rd|th)?[-, ]{{1,2}}{_YEAR}{_TAIL}", r"\2 \1 \3"),
    (rf"{_MONTH}[-, ]{{1,2}}{_YEAR}$", r"1 \1 \2"),
    (rf"{_YEAR}(\d{{2}})(\d{{2}})$", r"\1-\2-\3"),
)
_LABELS = ((rf"{_YEAR}$", r"\1-1-1"), (rf"{_YEAR}[-/](\d{{1,2}})$", r"\1-\2-1"), (rf"(\d{{1,2}})/{_YEAR}$", r"\2-\1-1"))
_ALWAYS = ("%Y-%m-%d", "%d.%m.%y", "%d.%m.%Y", "%m.%d.%Y", "%d %b %y", "%d %b %Y")
# Two digits first: four are no two, but two would be the year 26.
_DAY_FIRST = ("%d/%m/%y", "%d/%m/%Y", *_ALWAYS)
_MONTH_FIRST = ("%m/%d/%y", "%m/%d/%Y", *_ALWAYS)

# Spellings that DuckDB reads fast by themselves; the one that most texts of a column have is tried before all else.
FIRST_FORMATS = (
    *("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y", "%m/%d/%Y %I:%M:%S %p %z", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S"),
    *("%m/%d/%Y %I:%M %p", "%m-%d-%Y", "%d/%m/%Y", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d.%m.%Y"),
    *("%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d-%m-%Y", "%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%dT%H:%M:%S.%f"),
    *("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%SZ"),
    *("%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z", "%Y/%m/%d %H:%M:%S%z"),
    *("%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%b %d, %Y", "%B %d, %Y", "%d %b %Y"),
)


def _whens(spellings: tuple[tuple[str, str], ...]) -> str:
    """WHEN ... THEN ... of a CASE over `t`."""
    anchored = [(literal(rf"(?i)^{_WEEKDAY}{pattern}"), literal(text)) for pattern, text in spellings]
    return " ".join(f"WHEN regexp_matches(t, {p}) THEN regexp_replace(t, {p}, {text})" for p, text in anchored)


def _listed(formats: tuple[str, ...]) -> str:
    return "[" + ", ".join(f"'{each}'" for each in formats) + "]"


_TIMED, _ZONED = literal(rf"(?i)\d{_TIME}"), literal(rf"(?i)\d(?:T|,? +|:){_CLOCK} ?{_ZONE}$")

# `t` is a text without blanks around it. All is null where it is no date.
STAMP_MACROS = (
    f"""CREATE TEMP MACRO day_text(t, has_labels) AS CASE {_whens(_SPELLINGS)}
          WHEN has_labels THEN CASE {_whens(_LABELS)} END END""",
    f"""CREATE TEMP MACRO day_of(d, day_first) AS CASE WHEN day_first THEN try_strptime(d, {_listed(_DAY_FIRST)})
          ELSE try_strptime(d, {_listed(_MONTH_FIRST)}) END""",
    f"""CREATE TEMP MACRO clock_of(t) AS CASE WHEN regexp_extract(t, {_TIMED}, 3) = ''
          THEN try_strptime(regexp_extract(t, {_TIMED}, 1), ['%H:%M:%S', '%H:%M'])
          ELSE try_strptime(concat(regexp_extract(t, {_TIMED}, 1), upper(regexp_extract(t, {_TIMED}, 3)), 'M'),
                            ['%I:%M:%S%p', '%I:%M%p']) END - TIMESTAMP '1900-01-01'""",
    f"""CREATE TEMP MACRO fraction_of(t) AS to_microseconds(
          coalesce(TRY_CAST(left(rpad(regexp_extract(t, {_TIMED}, 2), 6, '0'), 6) AS BIGINT), 0))""",
    "CREATE TEMP MACRO has_time(t) AS contains(t, ':')",
    f"CREATE TEMP MACRO has_zone(t) AS regexp_matches(t, {literal(r'(?i):[0-9.,: APM]*(Z|UTC|GMT|[-+][0-9:]+)$')})",
    """CREATE TEMP MACRO minutes_of(z) AS CASE WHEN z = '' THEN 0 ELSE CAST(z[1] || '1' AS INTEGER)
          * (60 * CAST(z[2:3] AS INTEGER) + coalesce(TRY_CAST(replace(z[4:], ':', '') AS INTEGER), 0)) END""",
    """CREATE TEMP MACRO wide_stamp(t, day_first, has_labels) AS day_of(day_text(t, has_labels), day_first)
          + CASE WHEN has_time(t) THEN clock_of(t) + fraction_of(t) ELSE INTERVAL 0 SECOND END""",
    # what lies after the year 9999 in UTC is no moment that programs can hold
    f"""CREATE TEMP MACRO utc_of(t, day_first, has_labels) AS wide_stamp(t, day_first, has_labels)
          - to_minutes(minutes_of(regexp_extract(t, {_ZONED}, 4)))""",
    """CREATE TEMP MACRO wide_instant(t, day_first, has_labels) AS CASE
          WHEN year(utc_of(t, day_first, has_labels)) < 10000
          THEN utc_of(t, day_first, has_labels) AT TIME ZONE 'UTC' END""",
)

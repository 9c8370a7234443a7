"""Chattanooga's recording, counted by our reader and landing, beside what was published of it.

The city's own staleness analysis (officeofperformancemanagement/socrata-qa-scripts, CC0) takes the newest date in any
calendar-date column of a table, also one in the future, and says `ok` where it is younger than the promised period and
a slack: daily 1 + 3 days, weekly 7 + 6, monthly 31 + 9. A table without such a column needs review. It knows no other
period, and looks at filters as at datasets. That rule is written anew here, to be held against ours on the same
entries.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.landing.catalogue import Landed, Reading, land_portal
from civicgauge.landing.freshness import holiday_dates
from civicgauge.model import City, Dataset
from civicgauge.pipeline.days import moment_of
from civicgauge.portals import reader
from civicgauge.web import Web
from tests.recordings import FOLDER, about, replayed

NAME = "chattanooga"
DAY = "2024-09-27"  # the commit that the recording was taken from; its newest date is of the evening of the 25th
FIELD = "Internal_How-often-are-data-values-updated?"
SLACK = {"Daily": timedelta(days=1 + 3), "Weekly": timedelta(days=7 + 6), "Monthly": timedelta(days=31 + 9)}
ON_TIME, LATE = ("fresh", "due"), ("overdue", "delinquent")
_FORMS = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%S.%f", "%b %Y")

Row = dict[str, Any]


@dataclass(frozen=True)
class Compared:
    """One entry under both rules. `theirs` is None where its rows are not in the recording."""

    word: str
    theirs: str | None
    newest: datetime | None
    has_date_column: bool
    row: Row


@cache
def landed() -> tuple[Landed, tuple[Dataset, ...]]:
    """The recording as our reader and landing see it on `DAY`, with the entries in our words."""
    with replayed([NAME]) as urls, Web(user_agent="civicgauge tests", allow_private_hosts=True) as web:
        city = _city(urls[NAME])
        portal = city.portals[0]
        source = reader(portal.kind)
        answers = {key: answer.body for key, answer in source.crawl(web, portal).answers}
    datasets = source.datasets(source.entries(answers), answers, portal)
    as_of = moment_of(DAY, city.zone)
    day = as_of.astimezone(city.zone).date()
    holidays = holiday_dates(city.holidays, range(day.year - 5, day.year + 1))
    reading = Reading(
        city=city,
        portal=portal,
        day=day,
        as_of=as_of,
        datasets=datasets,
        known={},
        observation_days=[day],
        holidays=holidays,
    )
    return land_portal(reading), tuple(datasets)


def _city(url: str) -> City:
    portal = {"kind": about(NAME)["kind"], "url": url, "domain": about(NAME)["host"], "requests_per_second": 50}
    told = {"id": NAME, "name": "Chattanooga", "country": "US", "time_zone": "America/New_York", "holidays": "us"}
    return City.model_validate({**told, "portals": [portal]})


@cache
def views() -> Mapping[str, Row]:
    """The metadata files as recorded, by dataset id."""
    files = sorted((FOLDER / NAME / "views").glob("*.json.gz"))
    return {path.name.removesuffix(".json.gz"): json.loads(gzip.decompress(path.read_bytes())) for path in files}


def counts() -> dict[str, int]:
    """The published counts, counted by our own reading."""
    found, _ = landed()
    rows, counted = found.datasets, [row for row in found.datasets if row["is_counted"]]
    licences = Counter((row["licence_class"], row["licence_id"]) for row in rows)
    return {
        "entries": len(rows),
        "licence_none": licences["none", None],
        "licence_public_domain": licences["open", "other-pd"],
        "licence_usgov": licences["doubtful", "USGOV_WORKS"],
        "licence_odbl": licences["open", "ODbL-1.0"],
        "licence_terms": licences["terms_unread", "SEE_TERMS_OF_USE"],
        "datasets": len(counted),
        "filters": sum(row["exclusion_reason"] == "derived_view" for row in rows),
        "columns": sum(row["columns_count"] for row in counted),
        "columns_described": sum(row["columns_described"] for row in counted),
    }


def column_differences() -> dict[str, int]:
    """Why fewer columns and descriptions are counted: the platform's own region columns, and repeated names."""
    found, _ = landed()
    own: dict[str, set[str]] = {row["dataset_id"]: set() for row in found.datasets if row["is_counted"]}
    for column in found.columns:
        if column["dataset_id"] in own:
            own[column["dataset_id"]].add(column["field_name"])
    left_out = [c for key, names in own.items() for c in views()[key]["columns"] if c["fieldName"] not in names]
    return {
        "computed_region": sum(c["fieldName"].startswith(":@computed_region") for c in left_out),
        "other": sum(not c["fieldName"].startswith(":@computed_region") for c in left_out),
        "computed_region_described": sum(bool(c.get("description")) for c in left_out),
        "repeats_name": sum(c["description_repeats_name"] for c in found.columns if c["dataset_is_counted"]),
    }


def frequencies() -> dict[str, dict[str, int]]:
    """How often each word is declared: in the field that was counted, in every field that we read, and of counted."""
    rows = [row for row in landed()[0].datasets if row["declared_frequency"]]
    parts = {
        "same_field": [row for row in rows if row["declared_frequency_field"] == FIELD],
        "all_fields": rows,
        "counted": [row for row in rows if row["is_counted"]],
    }
    tallies = {name: Counter(row["declared_frequency"] for row in part) for name, part in parts.items()}
    return {word: {name: tally[word] for name, tally in tallies.items()} for word in sorted(tallies["all_fields"])}


def compared() -> list[Compared]:
    """Every entry that the city's analysis looks at: an internal field that says daily, weekly or monthly."""
    found, datasets = landed()
    rows = {row["dataset_id"]: row for row in found.datasets}
    words = {d.dataset_id: dict(d.custom_fields).get(FIELD) for d in datasets}
    return [_compare(word, rows[key]) for key, word in sorted(words.items()) if word in SLACK]


def now() -> datetime:
    """The end of `DAY` in the city, without a zone, as the dates in its tables have none."""
    return moment_of(DAY, ZoneInfo("America/New_York")).astimezone(ZoneInfo("America/New_York")).replace(tzinfo=None)


def _compare(word: str, row: Row) -> Compared:
    columns = [c for c in views()[row["dataset_id"]]["columns"] if c["dataTypeName"] == "calendar_date"]
    path = FOLDER / NAME / "rows" / f"{row['dataset_id']}.csv.gz"
    if columns and not path.exists():
        return Compared(word, None, None, has_date_column=True, row=row)
    newest = max(_dates(path.read_bytes(), columns), default=None) if columns else None
    is_ok = newest is not None and newest > now() - SLACK[word]
    return Compared(word, "ok" if is_ok else "needs review", newest, has_date_column=bool(columns), row=row)


def _dates(packed: bytes, columns: Sequence[Row]) -> Iterator[datetime]:
    """Every date in these columns; ValueError for one of no known form, KeyError for a column that is not there."""
    lines = csv.DictReader(io.StringIO(gzip.decompress(packed).decode("utf-8-sig"), newline=""))
    header = lines.fieldnames or []
    names = [c["name"] if c["name"] in header else c["fieldName"] for c in columns]
    for line in lines:
        yield from (_date(line[name]) for name in names if line[name])


@cache
def _date(text: str) -> datetime:
    for form in _FORMS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    raise ValueError(f"{text!r} is no date of a known form")


def kind_of(one: Compared) -> str:
    """In which way both rules agree or differ on an entry."""
    on_time = one.row["freshness_status"] in ON_TIME
    if one.theirs is None:
        return "rows_not_recorded"
    if not one.has_date_column:
        return "no_date_column_but_changed" if on_time else "no_date_column_and_late"
    if one.theirs == "ok":
        return "both_on_time" if on_time else "newest_date_in_future"
    return "rows_old_though_changed" if on_time else "both_late"


def on_time() -> dict[str, int]:
    """How many entries fall into each kind."""
    return dict(sorted(Counter(kind_of(one) for one in compared()).items()))


def ok_by_future_date() -> int:
    """How many entries their rule calls ok by a date that has not come yet."""
    return sum(one.theirs == "ok" and one.newest is not None and one.newest > now() for one in compared())

"""The warehouse's tables (DESIGN section 4): the same on SQLite and PostgreSQL, and the same names in every export.

On PostgreSQL they live in the schema `civicgauge`; SQLite has no schemas. Times are UTC, days are local dates of the
city, null means not known, and keys hold '' instead of null. Text that takes part in a key sorts by its bytes on both
databases, so that an export has one order.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

SCHEMA = "civicgauge"
VERSION_TABLE = "civicgauge_schema_version"
VERSIONS = ("0001",)
"""Every schema version in order; the last is the one that this code needs. A test holds it to the migrations."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An instant: `timestamptz` on PostgreSQL; on SQLite text such as 2026-01-15T06:30:00.000000Z, which sorts.

    Takes aware datetimes alone (ValueError for others) and gives aware datetimes in UTC.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone; the warehouse takes aware times only")
        moment = value.astimezone(UTC)
        as_text = dialect.name == "sqlite"
        return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z" if as_text else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the interface
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


_KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TEXT, _WHOLE, _FLAG, _DAY, _TIME = sa.Text(), sa.BigInteger(), sa.Boolean(), sa.Date(), UtcDateTime()
_NUMBER: sa.Double[float] = sa.Double()

METADATA = sa.MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"},
)
"""The tables as SQLite has them; `tables_in` gives them for a schema."""

_Type = sa.types.TypeEngine[Any]


def _key(name: str, kind: _Type, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, autoincrement=False, nullable=False, comment=comment)


def _must(name: str, kind: _Type, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, comment=comment)


def _may(name: str, kind: _Type, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True, comment=comment)


def _table(name: str, comment: str, *parts: sa.Column[Any] | sa.Index) -> sa.Table:
    # without rowid: rows lie in key order, and a long key is kept once and not twice
    return sa.Table(name, METADATA, *parts, comment=comment, sqlite_with_rowid=False)


CITY = _table(
    "city",
    "One row per city, as its city file said at the last committed run.",
    _key("city_id", _KEY_TEXT, "the city file's id"),
    _must("name", _TEXT, "the city's name"),
    _may("state", _TEXT, "state or province code"),
    _must("country", _TEXT, "ISO 3166 two-letter code"),
    _may("geoid", _TEXT, "Census place, seven digits"),
    _may("population", _WHOLE, "people, as the city file says"),
    _must("time_zone", _TEXT, "IANA name; a day is a local date there"),
    _must("publication", _TEXT, "private, shared_with_city or public: who may see the city's rows"),
)

DATASET = _table(
    "dataset",
    "One row per catalogue entry ever seen, with its state on the newest complete or partial day.",
    _key("city_id", _KEY_TEXT, "the city"),
    _key("portal_id", _KEY_TEXT, "the portal's id in the city file"),
    _key("dataset_id", _KEY_TEXT, "the portal's own id of the entry"),
    _may("title", _TEXT, "title as the portal writes it"),
    _may("permalink", _TEXT, "address of the entry's page"),
    _may("kind", _TEXT, "table, geo, file, link, derived_view or not_data"),
    _may("publisher", _TEXT, "publisher as the portal names it"),
    _must("first_seen", _DAY, "first day on which the entry was seen"),
    _must("last_seen", _DAY, "last day on which the entry was seen"),
    _must("state_day", _DAY, "the day whose state this row shows"),
    _may("is_counted", _FLAG, "whether the entry counts as the city's data; null: ownership undecided"),
    _may("declared_frequency", _TEXT, "update frequency as the portal writes it"),
    _may("period_source", _TEXT, "declared, unmapped, undeclared, untestable or not_periodic"),
    _may("freshness_status", _TEXT, "fresh, due, overdue, delinquent, unknown or not_applicable"),
    _may("age_days", _WHOLE, "whole calendar days since the data were updated, in the city's time zone"),
    _may("licence_class", _TEXT, "open, not_open, terms_unread, doubtful, unrecognised or none"),
    _may("presence", _TEXT, "present, missing (not in the catalogue, not confirmed gone) or removed"),
    _may("removed_on", _DAY, "day on which the portal itself said that the entry is gone"),
)

DATASET_DAY = _table(
    "dataset_day",
    "One row per catalogue entry and day: what the portal said, and what follows from it.",
    _key("day", _DAY, "local date of the city"),
    _key("city_id", _KEY_TEXT, "the city"),
    _key("portal_id", _KEY_TEXT, "the portal's id in the city file"),
    _key("dataset_id", _KEY_TEXT, "the portal's own id of the entry"),
    _must("as_of", _TIME, "the instant that ages are counted to"),
    _may("is_counted", _FLAG, "whether the entry counts as the city's data; null: ownership undecided"),
    _may("exclusion_reason", _TEXT, "derived_view, not_data, not_own or ownership_undecided"),
    _must("ownership", _TEXT, "own, not_own or unknown"),
    _may("declared_frequency", _TEXT, "update frequency as the portal writes it"),
    _may("expected_period_days", _NUMBER, "promised days, longest calendar length; of a range, the slow end"),
    _may("period_source", _TEXT, "declared, unmapped, undeclared, untestable or not_periodic"),
    _may("touched_at", _TIME, "when the entry was last edited; never scored"),
    _may("data_updated_at", _TIME, "when the portal says that the data changed"),
    _may("newest_event_at", _TIME, "latest date inside the rows"),
    _may("age_days", _WHOLE, "whole calendar days since the data were updated, in the city's time zone"),
    _may("freshness_status", _TEXT, "fresh, due, overdue, delinquent, unknown or not_applicable"),
    _may("cycles_late", _NUMBER, "missed periods; 0 while on time"),
    _may("licence_text", _TEXT, "licence as the portal writes it"),
    _may("licence_id", _TEXT, "licence in the alias file's words"),
    _may("licence_class", _TEXT, "open, not_open, terms_unread, doubtful, unrecognised or none"),
    _may("licence_source", _TEXT, "dataset, portal or decision"),
    _may("openness_stars", _WHOLE, "0 to 5 stars of the best distribution"),
    _may("columns_count", _WHOLE, "columns without system columns; null where the catalogue lists none"),
    _may("columns_described", _WHOLE, "columns whose description says more than the name"),
    _must("input_digest", _TEXT, "digest of what the row was computed from"),
    _may("freshness_reason", _TEXT, "why the freshness is unknown or not applicable"),
    _may("age_basis", _TEXT, "data_updated, newest_resource, oldest_part or series_edition"),
    _may("promise_changed", _FLAG, "an older, stricter promise is kept in force"),
    _may("expected_period_days_min", _NUMBER, "fast end of a promised range, in days"),
    _may("period_class", _TEXT, "daily, weekly, monthly, quarterly, yearly or longer"),
    _may("series_role", _TEXT, "current or superseded; null outside a series of editions"),
    _may("observed_period_days", _NUMBER, "cadence seen so far, in days; never the promise"),
    _may("contact_state", _TEXT, "well_formed, malformed or absent; null where the platform hides contacts"),
    _may("is_machine_readable", _FLAG, "whether a distribution has three stars or more, or is a native table"),
    _may("first_seen", _DAY, "first day on which the entry was seen"),
    _may("kind", _TEXT, "table, geo, file, link, derived_view or not_data"),
    _must("run_id", _TEXT, "the run that wrote the row"),
)

CHECK_RESULT = _table(
    "check_result",
    "One row per check, entry and day. Counts and keys only, never values of a city's rows.",
    _key("day", _DAY, "local date of the city"),
    _key("city_id", _KEY_TEXT, "the city"),
    _key("portal_id", _KEY_TEXT, "the portal's id in the city file"),
    _key("dataset_id", _KEY_TEXT, "the portal's own id of the entry"),
    _key("subject", _KEY_TEXT, "the part that was checked; '' for the entry as a whole"),
    _key("check_id", _KEY_TEXT, "the check's id"),
    _key("check_version", _WHOLE, "the check's version; only equal versions are compared"),
    _must("outcome", _TEXT, "passed, failed, unknown, not_applicable or errored"),
    _may("observed", _TEXT, "what was found, in words or a number"),
    _may("expected", _TEXT, "what the check asks for"),
    _must("failed_count", _WHOLE, "parts that failed"),
    _must("checked_count", _WHOLE, "parts that were checked"),
    _may("reason", _TEXT, "why the outcome is unknown, not applicable or errored"),
    _must("severity", _TEXT, "how much it matters"),
    _must("run_id", _TEXT, "the run that wrote the row"),
)

INDICATOR_VALUE = _table(
    "indicator_value",
    "One row per indicator, city and day, with the extremes over every completion of what is unknown.",
    _key("day", _DAY, "local date of the city"),
    _key("city_id", _KEY_TEXT, "the city"),
    _key("indicator_id", _KEY_TEXT, "the indicator's id"),
    _key("indicator_version", _WHOLE, "the indicator's version; only equal versions are compared"),
    _must("as_of", _TIME, "the instant that the value speaks of"),
    _may("value", _NUMBER, "the number; null where the status is not ok"),
    _must("unit", _TEXT, "the unit of the value and its bounds"),
    _must("status", _TEXT, "ok, insufficient, not_measured, not_applicable or error"),
    _may("numerator", _NUMBER, "numerator of a share"),
    _may("denominator", _NUMBER, "all that applies, unknown included"),
    _must("n_unknown", _WHOLE, "how many of those that apply could not be judged"),
    _may("value_low", _NUMBER, "lowest value over every completion of the unknowns; null: unbounded"),
    _may("value_high", _NUMBER, "highest value over every completion of the unknowns; null: unbounded"),
    _must("direction", _TEXT, "higher_is_better, lower_is_better or neutral"),
    _must("input_digest", _TEXT, "digest of what the value was computed from"),
    _must("run_id", _TEXT, "the run that wrote the row"),
    _may("reason", _TEXT, "why there is no value"),
    sa.Index(None, "city_id", "day"),
)

RUN = _table(
    "run",
    "One row per attempt at a city's day; at most one of them is current.",
    _key("run_id", _KEY_TEXT, "our own id of the attempt"),
    _may("airflow_dag_id", _TEXT, "Airflow's DAG, where Airflow ran it"),
    _may("airflow_run_id", _TEXT, "Airflow's run, where Airflow ran it"),
    _must("city_id", _KEY_TEXT, "the city"),
    _must("day", _DAY, "local date of the city"),
    _must("is_current", _FLAG, "the rows of the day are this run's"),
    _must("started_at", _TIME, "when the attempt began"),
    _must("ended_at", _TIME, "when the attempt ended"),
    _must("outcome", _TEXT, "complete, partial, suspect, not_measured or failed"),
    _must("method_version", _TEXT, "version of the method"),
    _must("config_digest", _TEXT, "digest of the city file"),
    _may("as_of", _TIME, "the instant that the run speaks of"),
    _may("catalog_attempt", _TEXT, "attempt in the lake that holds the landed catalogue"),
    _may("results_attempt", _TEXT, "attempt in the lake that holds the results"),
    _may("problem", _TEXT, "what went wrong, for operators"),
    _may("notes", _TEXT, "remarks for operators, a JSON list of texts"),
    sa.Index(None, "city_id", "day"),
    sa.Index(
        "uq_run_current", "city_id", "day", unique=True,
        sqlite_where=sa.text("is_current"), postgresql_where=sa.text("is_current"),
    ),
)  # fmt: skip

CURSOR = _table(
    "cursor",
    "Where a job that runs by the clock has got to. Not exported.",
    _key("name", _KEY_TEXT, "the job"),
    _must("value", _TEXT, "its mark, in its own words"),
    _may("updated_at", _TIME, "when the mark was set, where the job said so"),
)

EXPORTED = ("city", "dataset", "dataset_day", "check_result", "indicator_value", "run")
"""The tables that people and other programs read, in DESIGN's order."""

_IN_SCHEMA = sa.MetaData(schema=SCHEMA, naming_convention=METADATA.naming_convention)
for _each in METADATA.sorted_tables:
    _each.to_metadata(_IN_SCHEMA, schema=SCHEMA)


def tables_in(schema: str | None) -> sa.MetaData:
    """The tables for a database: schema None (SQLite) or `civicgauge` (PostgreSQL)."""
    return _IN_SCHEMA if schema else METADATA

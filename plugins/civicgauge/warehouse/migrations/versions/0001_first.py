"""The first tables: cities, datasets and their days, check results, indicator values, runs and cursors.

This file is history: it stays as it is, whatever becomes of `civicgauge.warehouse.tables`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TEXT, _WHOLE, _FLAG, _DAY = sa.Text(), sa.BigInteger(), sa.Boolean(), sa.Date()
_NUMBER: sa.Double[float] = sa.Double()
_TIME = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    schema = "civicgauge" if op.get_bind().dialect.name == "postgresql" else None
    _city(schema)
    _dataset(schema)
    _dataset_day(schema)
    _check_result(schema)
    _indicator_value(schema)
    _run(schema)
    _cursor(schema)


def _make(schema: str | None, name: str, comment: str, key: tuple[str, ...], *columns: sa.Column[Any]) -> None:
    parts = (*columns, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"))
    op.create_table(name, *parts, schema=schema, comment=comment, sqlite_with_rowid=False)


def _column(name: str, kind: Any, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, comment=comment)


def _nullable(name: str, kind: Any, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True, comment=comment)


def _city(schema: str | None) -> None:
    _make(
        schema,
        "city",
        "One row per city, as its city file said at the last committed run.",
        ("city_id",),
        _column("city_id", _KEY, "the city file's id"),
        _column("name", _TEXT, "the city's name"),
        _nullable("state", _TEXT, "state or province code"),
        _column("country", _TEXT, "ISO 3166 two-letter code"),
        _nullable("geoid", _TEXT, "Census place, seven digits"),
        _nullable("population", _WHOLE, "people, as the city file says"),
        _column("time_zone", _TEXT, "IANA name; a day is a local date there"),
        _column("publication", _TEXT, "private, shared_with_city or public: who may see the city's rows"),
    )


def _dataset(schema: str | None) -> None:
    _make(
        schema,
        "dataset",
        "One row per catalogue entry ever seen, with its state on the newest complete or partial day.",
        ("city_id", "portal_id", "dataset_id"),
        _column("city_id", _KEY, "the city"),
        _column("portal_id", _KEY, "the portal's id in the city file"),
        _column("dataset_id", _KEY, "the portal's own id of the entry"),
        _nullable("title", _TEXT, "title as the portal writes it"),
        _nullable("permalink", _TEXT, "address of the entry's page"),
        _nullable("kind", _TEXT, "table, geo, file, link, derived_view or not_data"),
        _nullable("publisher", _TEXT, "publisher as the portal names it"),
        _column("first_seen", _DAY, "first day on which the entry was seen"),
        _column("last_seen", _DAY, "last day on which the entry was seen"),
        _column("state_day", _DAY, "the day whose state this row shows"),
        _nullable("is_counted", _FLAG, "whether the entry counts as the city's data; null: ownership undecided"),
        _nullable("declared_frequency", _TEXT, "update frequency as the portal writes it"),
        _nullable("period_source", _TEXT, "declared, unmapped, undeclared, untestable or not_periodic"),
        _nullable("freshness_status", _TEXT, "fresh, due, overdue, delinquent, unknown or not_applicable"),
        _nullable("age_days", _WHOLE, "whole calendar days since the data were updated, in the city's time zone"),
        _nullable("licence_class", _TEXT, "open, not_open, terms_unread, doubtful, unrecognised or none"),
        _nullable("presence", _TEXT, "present, missing (not in the catalogue, not confirmed gone) or removed"),
        _nullable("removed_on", _DAY, "day on which the portal itself said that the entry is gone"),
    )


def _dataset_day(schema: str | None) -> None:
    _make(
        schema,
        "dataset_day",
        "One row per catalogue entry and day: what the portal said, and what follows from it.",
        ("day", "city_id", "portal_id", "dataset_id"),
        _column("day", _DAY, "local date of the city"),
        _column("city_id", _KEY, "the city"),
        _column("portal_id", _KEY, "the portal's id in the city file"),
        _column("dataset_id", _KEY, "the portal's own id of the entry"),
        _column("as_of", _TIME, "the instant that ages are counted to"),
        _nullable("is_counted", _FLAG, "whether the entry counts as the city's data; null: ownership undecided"),
        _nullable("exclusion_reason", _TEXT, "derived_view, not_data, not_own or ownership_undecided"),
        _column("ownership", _TEXT, "own, not_own or unknown"),
        _nullable("declared_frequency", _TEXT, "update frequency as the portal writes it"),
        _nullable("expected_period_days", _NUMBER, "promised days, longest calendar length; of a range, the slow end"),
        _nullable("period_source", _TEXT, "declared, unmapped, undeclared, untestable or not_periodic"),
        _nullable("touched_at", _TIME, "when the entry was last edited; never scored"),
        _nullable("data_updated_at", _TIME, "when the portal says that the data changed"),
        _nullable("newest_event_at", _TIME, "latest date inside the rows"),
        _nullable("age_days", _WHOLE, "whole calendar days since the data were updated, in the city's time zone"),
        _nullable("freshness_status", _TEXT, "fresh, due, overdue, delinquent, unknown or not_applicable"),
        _nullable("cycles_late", _NUMBER, "missed periods; 0 while on time"),
        _nullable("licence_text", _TEXT, "licence as the portal writes it"),
        _nullable("licence_id", _TEXT, "licence in the alias file's words"),
        _nullable("licence_class", _TEXT, "open, not_open, terms_unread, doubtful, unrecognised or none"),
        _nullable("licence_source", _TEXT, "dataset, portal or decision"),
        _nullable("openness_stars", _WHOLE, "0 to 5 stars of the best distribution"),
        _nullable("columns_count", _WHOLE, "columns without system columns; null where the catalogue lists none"),
        _nullable("columns_described", _WHOLE, "columns whose description says more than the name"),
        _column("input_digest", _TEXT, "digest of what the row was computed from"),
        _nullable("freshness_reason", _TEXT, "why the freshness is unknown or not applicable"),
        _nullable("age_basis", _TEXT, "data_updated, newest_resource, oldest_part or series_edition"),
        _nullable("promise_changed", _FLAG, "an older, stricter promise is kept in force"),
        _nullable("expected_period_days_min", _NUMBER, "fast end of a promised range, in days"),
        _nullable("period_class", _TEXT, "daily, weekly, monthly, quarterly, yearly or longer"),
        _nullable("series_role", _TEXT, "current or superseded; null outside a series of editions"),
        _nullable("observed_period_days", _NUMBER, "cadence seen so far, in days; never the promise"),
        _nullable("contact_state", _TEXT, "well_formed, malformed or absent; null where the platform hides contacts"),
        _nullable("is_machine_readable", _FLAG, "whether a distribution has three stars or more, or is a native table"),
        _nullable("first_seen", _DAY, "first day on which the entry was seen"),
        _nullable("kind", _TEXT, "table, geo, file, link, derived_view or not_data"),
        _column("run_id", _TEXT, "the run that wrote the row"),
    )


def _check_result(schema: str | None) -> None:
    _make(
        schema,
        "check_result",
        "One row per check, entry and day. Counts and keys only, never values of a city's rows.",
        ("day", "city_id", "portal_id", "dataset_id", "subject", "check_id", "check_version"),
        _column("day", _DAY, "local date of the city"),
        _column("city_id", _KEY, "the city"),
        _column("portal_id", _KEY, "the portal's id in the city file"),
        _column("dataset_id", _KEY, "the portal's own id of the entry"),
        _column("subject", _KEY, "the part that was checked; '' for the entry as a whole"),
        _column("check_id", _KEY, "the check's id"),
        _column("check_version", _WHOLE, "the check's version; only equal versions are compared"),
        _column("outcome", _TEXT, "passed, failed, unknown, not_applicable or errored"),
        _nullable("observed", _TEXT, "what was found, in words or a number"),
        _nullable("expected", _TEXT, "what the check asks for"),
        _column("failed_count", _WHOLE, "parts that failed"),
        _column("checked_count", _WHOLE, "parts that were checked"),
        _nullable("reason", _TEXT, "why the outcome is unknown, not applicable or errored"),
        _column("severity", _TEXT, "how much it matters"),
        _column("run_id", _TEXT, "the run that wrote the row"),
    )


def _indicator_value(schema: str | None) -> None:
    _make(
        schema,
        "indicator_value",
        "One row per indicator, city and day, with the extremes over every completion of what is unknown.",
        ("day", "city_id", "indicator_id", "indicator_version"),
        _column("day", _DAY, "local date of the city"),
        _column("city_id", _KEY, "the city"),
        _column("indicator_id", _KEY, "the indicator's id"),
        _column("indicator_version", _WHOLE, "the indicator's version; only equal versions are compared"),
        _column("as_of", _TIME, "the instant that the value speaks of"),
        _nullable("value", _NUMBER, "the number; null where the status is not ok"),
        _column("unit", _TEXT, "the unit of the value and its bounds"),
        _column("status", _TEXT, "ok, insufficient, not_measured, not_applicable or error"),
        _nullable("numerator", _NUMBER, "numerator of a share"),
        _nullable("denominator", _NUMBER, "all that applies, unknown included"),
        _column("n_unknown", _WHOLE, "how many of those that apply could not be judged"),
        _nullable("value_low", _NUMBER, "lowest value over every completion of the unknowns; null: unbounded"),
        _nullable("value_high", _NUMBER, "highest value over every completion of the unknowns; null: unbounded"),
        _column("direction", _TEXT, "higher_is_better, lower_is_better or neutral"),
        _column("input_digest", _TEXT, "digest of what the value was computed from"),
        _column("run_id", _TEXT, "the run that wrote the row"),
        _nullable("reason", _TEXT, "why there is no value"),
    )
    op.create_index("ix_indicator_value_city_id_day", "indicator_value", ["city_id", "day"], schema=schema)


def _run(schema: str | None) -> None:
    _make(
        schema,
        "run",
        "One row per attempt at a city's day; at most one of them is current.",
        ("run_id",),
        _column("run_id", _KEY, "our own id of the attempt"),
        _nullable("airflow_dag_id", _TEXT, "Airflow's DAG, where Airflow ran it"),
        _nullable("airflow_run_id", _TEXT, "Airflow's run, where Airflow ran it"),
        _column("city_id", _KEY, "the city"),
        _column("day", _DAY, "local date of the city"),
        _column("is_current", _FLAG, "the rows of the day are this run's"),
        _column("started_at", _TIME, "when the attempt began"),
        _column("ended_at", _TIME, "when the attempt ended"),
        _column("outcome", _TEXT, "complete, partial, suspect, not_measured or failed"),
        _column("method_version", _TEXT, "version of the method"),
        _column("config_digest", _TEXT, "digest of the city file"),
        _nullable("as_of", _TIME, "the instant that the run speaks of"),
        _nullable("catalog_attempt", _TEXT, "attempt in the lake that holds the landed catalogue"),
        _nullable("results_attempt", _TEXT, "attempt in the lake that holds the results"),
        _nullable("problem", _TEXT, "what went wrong, for operators"),
        _nullable("notes", _TEXT, "remarks for operators, a JSON list of texts"),
    )
    op.create_index("ix_run_city_id_day", "run", ["city_id", "day"], schema=schema)
    current = sa.text("is_current")
    op.create_index(
        "uq_run_current",
        "run",
        ["city_id", "day"],
        unique=True,
        schema=schema,
        sqlite_where=current,
        postgresql_where=current,
    )


def _cursor(schema: str | None) -> None:
    _make(
        schema,
        "cursor",
        "Where a job that runs by the clock has got to. Not exported.",
        ("name",),
        _column("name", _KEY, "the job"),
        _column("value", _TEXT, "its mark, in its own words"),
        _nullable("updated_at", _TIME, "when the mark was set, where the job said so"),
    )

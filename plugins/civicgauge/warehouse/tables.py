"""The warehouse's tables (DESIGN section 4): the same on SQLite and PostgreSQL, and the same names in every export.

On PostgreSQL they live in the schema `civicgauge`; SQLite has no schemas. Times are UTC, days are local dates of the
city, null means not known, and keys hold '' instead of null. Text that takes part in a key sorts by its bytes on both
databases, so that an export has one order.
"""

from __future__ import annotations

import sqlalchemy as sa

from civicgauge.warehouse import alert_tables, review_tables
from civicgauge.warehouse.kinds import DAY, FLAG, KEY_TEXT, METADATA, NUMBER, TEXT, TIME, WHOLE, key, may, must, table

SCHEMA = "civicgauge"
VERSION_TABLE = "civicgauge_schema_version"
VERSIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every schema version in order; the last is the one that this code needs. A test holds it to the migrations."""


CITY = table(
    "city",
    "One row per city, as its city file said at the last committed run.",
    key("city_id", KEY_TEXT, "the city file's id"),
    must("name", TEXT, "the city's name"),
    may("state", TEXT, "state or province code"),
    must("country", TEXT, "ISO 3166 two-letter code"),
    may("geoid", TEXT, "Census place, seven digits"),
    may("population", WHOLE, "people, as the city file says"),
    must("time_zone", TEXT, "IANA name; a day is a local date there"),
    must("publication", TEXT, "private, shared_with_city or public: who may see the city's rows"),
)

DATASET = table(
    "dataset",
    "One row per catalogue entry ever seen, with its state on the newest complete or partial day.",
    key("city_id", KEY_TEXT, "the city"),
    key("portal_id", KEY_TEXT, "the portal's id in the city file"),
    key("dataset_id", KEY_TEXT, "the portal's own id of the entry"),
    may("title", TEXT, "title as the portal writes it"),
    may("permalink", TEXT, "address of the entry's page"),
    may("kind", TEXT, "table, geo, file, link, derived_view or not_data"),
    may("publisher", TEXT, "publisher as the portal names it"),
    must("first_seen", DAY, "first day on which the entry was seen"),
    must("last_seen", DAY, "last day on which the entry was seen"),
    must("state_day", DAY, "the day whose state this row shows"),
    may("is_counted", FLAG, "whether the entry counts as the city's data; null: ownership undecided"),
    may("declared_frequency", TEXT, "update frequency as the portal writes it"),
    may("period_source", TEXT, "declared, unmapped, undeclared, untestable or not_periodic"),
    may("freshness_status", TEXT, "fresh, due, overdue, delinquent, unknown or not_applicable"),
    may("age_days", WHOLE, "whole calendar days since the data were updated, in the city's time zone"),
    may("licence_class", TEXT, "open, not_open, terms_unread, doubtful, unrecognised or none"),
    may("presence", TEXT, "present, missing (not in the catalogue, not confirmed gone) or removed"),
    may("removed_on", DAY, "day on which the portal itself said that the entry is gone"),
)

DATASET_DAY = table(
    "dataset_day",
    "One row per catalogue entry and day: what the portal said, and what follows from it.",
    key("day", DAY, "local date of the city"),
    key("city_id", KEY_TEXT, "the city"),
    key("portal_id", KEY_TEXT, "the portal's id in the city file"),
    key("dataset_id", KEY_TEXT, "the portal's own id of the entry"),
    must("as_of", TIME, "the instant that ages are counted to"),
    may("is_counted", FLAG, "whether the entry counts as the city's data; null: ownership undecided"),
    may("exclusion_reason", TEXT, "derived_view, not_data, not_own or ownership_undecided"),
    must("ownership", TEXT, "own, not_own or unknown"),
    may("declared_frequency", TEXT, "update frequency as the portal writes it"),
    may("expected_period_days", NUMBER, "promised days, longest calendar length; of a range, the slow end"),
    may("period_source", TEXT, "declared, unmapped, undeclared, untestable or not_periodic"),
    may("touched_at", TIME, "when the entry was last edited; never scored"),
    may("data_updated_at", TIME, "when the portal says that the data changed"),
    may("newest_event_at", TIME, "latest date inside the rows"),
    may("age_days", WHOLE, "whole calendar days since the data were updated, in the city's time zone"),
    may("freshness_status", TEXT, "fresh, due, overdue, delinquent, unknown or not_applicable"),
    may("cycles_late", NUMBER, "missed periods; 0 while on time"),
    may("licence_text", TEXT, "licence as the portal writes it"),
    may("licence_id", TEXT, "licence in the alias file's words"),
    may("licence_class", TEXT, "open, not_open, terms_unread, doubtful, unrecognised or none"),
    may("licence_source", TEXT, "dataset, portal or decision"),
    may("openness_stars", WHOLE, "0 to 5 stars of the best distribution"),
    may("columns_count", WHOLE, "columns without system columns; null where the catalogue lists none"),
    may("columns_described", WHOLE, "columns whose description says more than the name"),
    must("input_digest", TEXT, "digest of what the row was computed from"),
    may("freshness_reason", TEXT, "why the freshness is unknown or not applicable"),
    may("age_basis", TEXT, "data_updated, newest_resource, oldest_part, series_edition or newest_event"),
    may("promise_changed", FLAG, "an older, stricter promise is kept in force"),
    may("expected_period_days_min", NUMBER, "fast end of a promised range, in days"),
    may("period_class", TEXT, "daily, weekly, monthly, quarterly, yearly or longer"),
    may("series_role", TEXT, "current or superseded; null outside a series of editions"),
    may("observed_period_days", NUMBER, "cadence seen so far, in days; never the promise"),
    may("contact_state", TEXT, "well_formed, malformed or absent; null where the platform hides contacts"),
    may("is_machine_readable", FLAG, "whether a distribution has three stars or more, or is a native table"),
    may("first_seen", DAY, "first day on which the entry was seen"),
    may("kind", TEXT, "table, geo, file, link, derived_view or not_data"),
    must("run_id", TEXT, "the run that wrote the row"),
)

CHECK_RESULT = table(
    "check_result",
    "One row per check, entry and day. Counts and keys only, never values of a city's rows.",
    key("day", DAY, "local date of the city"),
    key("city_id", KEY_TEXT, "the city"),
    key("portal_id", KEY_TEXT, "the portal's id in the city file"),
    key("dataset_id", KEY_TEXT, "the portal's own id of the entry"),
    key("subject", KEY_TEXT, "the part that was checked; '' for the entry as a whole"),
    key("check_id", KEY_TEXT, "the check's id"),
    key("check_version", WHOLE, "the check's version; only equal versions are compared"),
    must("outcome", TEXT, "passed, failed, unknown, not_applicable or errored"),
    may("observed", TEXT, "what was found, in words or a number"),
    may("expected", TEXT, "what the check asks for"),
    must("failed_count", WHOLE, "parts that failed"),
    must("checked_count", WHOLE, "parts that were checked"),
    may("reason", TEXT, "why the outcome is unknown, not applicable or errored"),
    must("severity", TEXT, "how much it matters"),
    must("run_id", TEXT, "the run that wrote the row"),
    must(
        "is_private", FLAG, "may speak of personal data: for staff alone, held until a person releases it", sa.false()
    ),
)

LANDING = table(
    "landing",
    "One row per version of a resource's rows that was ever landed.",
    key("city_id", KEY_TEXT, "the city"),
    key("portal_id", KEY_TEXT, "the portal's id in the city file"),
    key("dataset_id", KEY_TEXT, "the portal's own id of the entry"),
    key("resource_id", KEY_TEXT, "the resource; the dataset's own id where a dataset is one table"),
    key("version", KEY_TEXT, "the version of the rows: made from the digest of what was received"),
    must("fetched_at", TIME, "when the version was first received"),
    must("source_url", TEXT, "the address that it came from"),
    may("rows_count", WHOLE, "rows landed"),
    may("columns_count", WHOLE, "columns landed, system columns apart"),
    must("bytes_count", WHOLE, "bytes received, unpacked from their transfer"),
    must("sha256", TEXT, "digest of the bytes received"),
    may("problem", TEXT, "why its rows could not be landed, where they could not"),
    may("format_id", TEXT, "what the file really was: csv, json, geojson, xlsx, ..."),
    may("encoding", TEXT, "the encoding of its text"),
    may("oddities", TEXT, "what was odd, counted: a JSON object of numbers"),
    may("schema_changes", TEXT, "what changed against the version before: a JSON list; null for the first"),
)

PULL = table(
    "pull",
    "One row per resource of a chosen dataset and day: what asking for its rows came to.",
    key("day", DAY, "local date of the city"),
    key("city_id", KEY_TEXT, "the city"),
    key("portal_id", KEY_TEXT, "the portal's id in the city file"),
    key("dataset_id", KEY_TEXT, "the portal's own id of the entry"),
    key("resource_id", KEY_TEXT, "the resource; '' where it did not come to one"),
    may("version", TEXT, "the version that holds on this day; null where there is none"),
    must("outcome", TEXT, "against the last observed day: changed, unchanged, touched_unchanged or failed"),
    may("problem", TEXT, "why it failed, or what was odd"),
    may("stated_rows_count", WHOLE, "rows that the portal itself counts"),
    must("run_id", TEXT, "the run that wrote the row"),
)

INDICATOR_VALUE = table(
    "indicator_value",
    "One row per indicator, city and day, with the extremes over every completion of what is unknown.",
    key("day", DAY, "local date of the city"),
    key("city_id", KEY_TEXT, "the city"),
    key("indicator_id", KEY_TEXT, "the indicator's id"),
    key("indicator_version", WHOLE, "the indicator's version; only equal versions are compared"),
    must("as_of", TIME, "the instant that the value speaks of"),
    may("value", NUMBER, "the number; null where the status is not ok"),
    must("unit", TEXT, "the unit of the value and its bounds"),
    must("status", TEXT, "ok, insufficient, not_measured, not_applicable or error"),
    may("numerator", NUMBER, "numerator of a share"),
    may("denominator", NUMBER, "all that applies, unknown included"),
    must("n_unknown", WHOLE, "how many of those that apply could not be judged"),
    may("value_low", NUMBER, "lowest value over every completion of the unknowns; null: unbounded"),
    may("value_high", NUMBER, "highest value over every completion of the unknowns; null: unbounded"),
    must("direction", TEXT, "higher_is_better, lower_is_better or neutral"),
    must("input_digest", TEXT, "digest of what the value was computed from"),
    must("run_id", TEXT, "the run that wrote the row"),
    may("reason", TEXT, "why there is no value"),
    may("band", TEXT, "the value in words, where its whole interval lies within one band"),
    may("evidence", TEXT, "the datasets that decide it, where few do: portal/dataset, separated by commas"),
    may("recorded_at", TIME, "when the row was computed; null for rows of before this was kept"),
    sa.Index(None, "city_id", "day"),
)

INDICATOR_REVISION = table(
    "indicator_revision",
    "One row per value that a later attempt replaced by another: what was known before.",
    key("day", DAY, "local date of the city"),
    key("city_id", KEY_TEXT, "the city"),
    key("indicator_id", KEY_TEXT, "the indicator's id"),
    key("indicator_version", WHOLE, "the indicator's version"),
    key("run_id", KEY_TEXT, "the run that had written the row"),
    must("as_of", TIME, "the instant that the value spoke of"),
    may("value", NUMBER, "the number that stood; null where the status was not ok"),
    must("unit", TEXT, "the unit of the value and its bounds"),
    must("status", TEXT, "ok, insufficient, not_measured, not_applicable or error"),
    may("numerator", NUMBER, "numerator of a share"),
    may("denominator", NUMBER, "all that applied, unknown included"),
    must("n_unknown", WHOLE, "how many of those that applied could not be judged"),
    may("value_low", NUMBER, "lowest value over every completion of the unknowns"),
    may("value_high", NUMBER, "highest value over every completion of the unknowns"),
    must("direction", TEXT, "higher_is_better, lower_is_better or neutral"),
    must("input_digest", TEXT, "digest of what the value was computed from"),
    may("reason", TEXT, "why there was no value"),
    may("band", TEXT, "the value in words"),
    may("evidence", TEXT, "the datasets that decided it"),
    may("recorded_at", TIME, "when the row was computed"),
    must("replaced_at", TIME, "until when the row stood"),
    must("replaced_by", TEXT, "the run that replaced it"),
)

CRITERION_EVIDENCE = table(
    "criterion_evidence",
    "One row per criterion of a standard, city and day: what the indicators say of it. Not an assessment.",
    key("day", DAY, "local date of the city"),
    key("city_id", KEY_TEXT, "the city"),
    key("standard", KEY_TEXT, "the standard's id: the name of its file"),
    key("standard_version", KEY_TEXT, "its version"),
    key("criterion", KEY_TEXT, "the criterion's code"),
    must("stance", TEXT, "in_line, differs or not_observed, by the numbers alone"),
    must("basis", TEXT, "automatic (nearly all can be seen), partial (a part), attested (only people can tell)"),
    must("evidence", TEXT, "the indicators behind it: a JSON list with value, bounds, version and rule of each"),
    may("expires_at", DAY, "the last day on which the attestation holds; without attested_stance it has ended"),
    may("attested_stance", TEXT, "in_line or differs, as people attest it; null where nobody has"),
    may("attested_by", TEXT, "the role of who attests"),
    may("attested_on", DAY, "when"),
    may("attested_url", TEXT, "where the proof lies"),
    must("run_id", TEXT, "the run that wrote the row"),
    may(
        "is_contradicted",
        FLAG,
        "whether the numbers and what is attested say the opposite; null where nothing is attested",
    ),
)

RUN = table(
    "run",
    "One row per attempt at a city's day; at most one of them is current.",
    key("run_id", KEY_TEXT, "our own id of the attempt"),
    may("airflow_dag_id", TEXT, "Airflow's DAG, where Airflow ran it"),
    may("airflow_run_id", TEXT, "Airflow's run, where Airflow ran it"),
    must("city_id", KEY_TEXT, "the city"),
    must("day", DAY, "local date of the city"),
    must("is_current", FLAG, "the rows of the day are this run's"),
    must("started_at", TIME, "when the attempt began"),
    must("ended_at", TIME, "when the attempt ended"),
    must("outcome", TEXT, "complete, partial, suspect, not_measured or failed"),
    must("method_version", TEXT, "version of the method"),
    must("config_digest", TEXT, "digest of the city file"),
    may("as_of", TIME, "the instant that the run speaks of"),
    may("catalog_attempt", TEXT, "attempt in the lake that holds the landed catalogue"),
    may("results_attempt", TEXT, "attempt in the lake that holds the results"),
    may("problem", TEXT, "what went wrong, for operators"),
    may("notes", TEXT, "remarks for operators, a JSON list of texts"),
    sa.Index(None, "city_id", "day"),
    sa.Index(None, "ended_at"),
    sa.Index(None, "outcome", "day"),
    sa.Index(
        "uq_run_current", "city_id", "day", unique=True,
        sqlite_where=sa.text("is_current"), postgresql_where=sa.text("is_current"),
    ),
)  # fmt: skip

CURSOR = table(
    "cursor",
    "Where a job that runs by the clock has got to. Not exported.",
    key("name", KEY_TEXT, "the job"),
    must("value", TEXT, "its mark, in its own words"),
    may("updated_at", TIME, "when the mark was set, where the job said so"),
)

EXPORTED = (
    "city",
    "dataset",
    "dataset_day",
    "landing",
    "pull",
    "check_result",
    "indicator_value",
    "indicator_revision",
    "criterion_evidence",
    *alert_tables.EXPORTED,
    *review_tables.MADE_TOGETHER,
    "run",
)
"""The tables that people and other programs read, in DESIGN's order."""

_IN_SCHEMA = sa.MetaData(schema=SCHEMA, naming_convention=METADATA.naming_convention)
for _each in METADATA.sorted_tables:
    _each.to_metadata(_IN_SCHEMA, schema=SCHEMA)


def tables_in(schema: str | None) -> sa.MetaData:
    """The tables for a database: schema None (SQLite) or `civicgauge` (PostgreSQL)."""
    return _IN_SCHEMA if schema else METADATA

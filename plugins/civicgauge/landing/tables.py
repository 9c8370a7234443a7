"""The landed catalogue tables of a city-day: one row per dataset, resource and column. Written as Parquet.

A null means not known; the column that says why stands beside (`*_reason`, `ownership`, `period_source`, ...).
"""

from __future__ import annotations

import pyarrow as pa

_TIME = pa.timestamp("us", tz="UTC")

DATASETS = pa.schema(
    [
        ("portal_id", pa.string()),
        ("portal_kind", pa.string()),  # socrata, ckan, ...
        ("dataset_id", pa.string()),
        ("is_observed", pa.bool_()),  # false: the portal was not read today; identity from the last accepted day
        ("title", pa.string()),
        ("title_length", pa.int64()),  # characters after trimming; 0 when there is none
        ("title_is_identifier", pa.bool_()),  # the title is an id, a file name or `layer_0`, not words
        ("description", pa.string()),
        ("description_length", pa.int64()),
        ("description_repeats_title", pa.bool_()),
        ("permalink", pa.string()),
        ("kind", pa.string()),  # model.DatasetKind
        ("platform_kind", pa.string()),  # the platform's own word
        ("publisher", pa.string()),
        ("publisher_length", pa.int64()),
        ("keywords_count", pa.int64()),
        ("contact_state", pa.string()),  # model.ContactState; null where the platform hides it
        ("ownership", pa.string()),  # model.Ownership
        ("is_counted", pa.bool_()),  # null: ownership undecided
        ("exclusion_reason", pa.string()),  # derived_view, not_data, not_own, ownership_undecided, ...
        ("declared_frequency", pa.string()),  # as the portal writes it
        ("declared_frequency_field", pa.string()),
        ("expected_period_days", pa.float64()),  # longest calendar length; of a range, the slow end
        ("expected_period_days_min", pa.float64()),  # the fast end of a range; equal to the above when there is none
        ("period_source", pa.string()),  # declared, unmapped, undeclared, untestable, not_periodic
        ("period_class", pa.string()),  # daily, weekly, monthly, quarterly, yearly, longer; null without a period
        ("promise_changed", pa.bool_()),  # an older, stricter promise is kept in force (rule 3)
        ("promise_changed_on", pa.date32()),
        ("says_historical", pa.bool_()),  # title or description says historical, archived, no longer updated
        ("created_at", _TIME),
        ("published_at", _TIME),
        ("touched_at", _TIME),
        ("data_updated_at", _TIME),
        ("newest_event_at", _TIME),
        ("age_days", pa.int64()),  # whole calendar days in the city's zone
        ("age_basis", pa.string()),  # data_updated, newest_resource, oldest_part, series_edition, newest_event
        ("freshness_status", pa.string()),  # fresh, due, overdue, delinquent, unknown, not_applicable
        ("freshness_reason", pa.string()),  # why unknown or not applicable
        ("freshness_evidence", pa.string()),  # what the verdict rests on, in words
        ("cycles_late", pa.float64()),
        ("observed_period_days", pa.float64()),  # inferred cadence; never the promise
        ("observed_period_reason", pa.string()),
        ("series_key", pa.string()),
        ("series_role", pa.string()),  # current, superseded; null outside a series
        ("licence_text", pa.string()),
        ("licence_id", pa.string()),
        ("licence_class", pa.string()),  # open, not_open, terms_unread, doubtful, unrecognised, none
        ("licence_source", pa.string()),  # dataset, portal; null for none
        ("openness_stars", pa.int64()),
        ("is_machine_readable", pa.bool_()),
        ("resources_count", pa.int64()),
        ("columns_count", pa.int64()),  # system columns apart; null where the catalogue lists none
        ("columns_described", pa.int64()),
        ("has_columns_in_catalogue", pa.bool_()),
        (
            "documentation_count",
            pa.int64(),
        ),  # documents that explain it; null: the catalogue lists none, nor denies any
        ("place_columns_count", pa.int64()),  # columns that break it down by place; null where no columns are known
        ("people_columns_count", pa.int64()),  # the same by groups of people
        (
            "subjects",
            pa.string(),
        ),  # what its title says it is about: ids of subjects.yml, one space between; '' for none
        ("newest_year", pa.int64()),  # the newest fiscal year in its rows, else in its title; null for neither
        ("first_seen", pa.date32()),
        ("page_views_total", pa.int64()),
        ("download_count", pa.int64()),
        ("is_chosen", pa.bool_()),  # the city file names it: its rows are pulled and checked
        ("cells_count", pa.int64()),  # rows times columns of its landed tables; null where none has landed
        ("cells_filled_count", pa.int64()),  # of them with more than blanks
        ("links_count", pa.int64()),  # resources' addresses on other hosts than the portal's, each once
        ("links_ok_count", pa.int64()),
        ("links_broken_count", pa.int64()),
        ("links_unknown_count", pa.int64()),  # those not checked yet, and those removed while broken, too
        ("links_state", pa.string()),  # broken where one is, else unknown where one is, else ok; null without links
        ("links_reason", pa.string()),  # why unknown
        ("links_evidence", pa.string()),  # in words, such as `1 of 3 links broken since 2026-03-01: 404`
        ("links_ok_checks_count", pa.int64()),  # of the last 30 days: days on which a check left a link so
        ("links_broken_checks_count", pa.int64()),
        ("links_unknown_checks_count", pa.int64()),
        (
            "pull_outcome",
            pa.string(),
        ),  # of its rows: first, changed, unchanged, touched_unchanged (their date moved) or failed; null: not chosen
        ("input_digest", pa.string()),  # of all facts of the row but view counts
    ]
)

RESOURCES = pa.schema(
    [
        ("portal_id", pa.string()),
        ("portal_kind", pa.string()),
        ("dataset_id", pa.string()),
        ("resource_id", pa.string()),
        ("dataset_is_counted", pa.bool_()),
        ("title", pa.string()),
        ("title_length", pa.int64()),
        ("url", pa.string()),
        ("url_scheme", pa.string()),  # http, https, ...; null without an address
        ("url_is_wellformed", pa.bool_()),
        ("url_is_public", pa.bool_()),  # false: loopback, private network or an intranet name
        ("declared_format", pa.string()),
        ("declared_format_length", pa.int64()),
        ("format_id", pa.string()),  # canonical, from the vocabulary; null when unrecognised
        ("media_type", pa.string()),
        ("openness_stars", pa.int64()),
        ("is_documentation", pa.bool_()),
        ("is_native_table", pa.bool_()),
        ("is_link", pa.bool_()),
        ("created_at", _TIME),
        ("data_updated_at", _TIME),
        ("touched_at", _TIME),
        ("link_state", pa.string()),  # ok, broken, unknown; null: not on another host, or never checked
        ("link_reason", pa.string()),  # a status (404) or a word; null where ok
        ("link_since", pa.date32()),  # since when it has this state
        ("link_last_ok", pa.date32()),
        ("link_checked_on", pa.date32()),
        ("link_checks_count", pa.int64()),
    ]
)

COLUMNS = pa.schema(
    [
        ("portal_id", pa.string()),
        ("portal_kind", pa.string()),
        ("dataset_id", pa.string()),
        ("field_name", pa.string()),
        ("dataset_is_counted", pa.bool_()),
        ("name", pa.string()),
        ("name_length", pa.int64()),
        ("datatype", pa.string()),
        ("description_length", pa.int64()),
        ("description_repeats_name", pa.bool_()),
        ("is_described", pa.bool_()),  # a description that says more than the name
    ]
)

# What is carried from one accepted day to the next: every dataset ever seen, also those absent today.
KNOWN = pa.schema(
    [
        ("portal_id", pa.string()),
        ("dataset_id", pa.string()),
        ("title", pa.string()),
        ("permalink", pa.string()),
        ("kind", pa.string()),
        ("publisher", pa.string()),
        ("is_counted", pa.bool_()),
        ("first_seen", pa.date32()),
        ("last_seen", pa.date32()),
        ("presence", pa.string()),  # present, missing (absent, the portal has not said no), removed (it has)
        ("removed_on", pa.date32()),
        ("judged_status", pa.string()),  # the last freshness verdict; unknown and not applicable do not replace it
        ("uncounted_on", pa.date32()),  # the day on which an entry that counted was turned into one that does not
        ("series_ignored_until", pa.date32()),  # renamed into a series while late
        ("promise_json", pa.string()),  # the promise in force
        ("update_history", pa.list_(_TIME)),  # distinct data_updated_at seen so far, oldest first, the last 36
        ("not_periodic_since_update", _TIME),  # data_updated_at when it was first declared historical
    ]
)

SCHEMAS = {"datasets": DATASETS, "resources": RESOURCES, "columns": COLUMNS}

"""The tables of landed rows that checks judge: one row per chosen resource, and one per column of a landed one.

Written as Parquet, and small at any number of rows: what the rows say is counted in them. A null means not known, or
that there is nothing to know; the comment says which. Beside these columns stand the statistics that check files name.
"""

from __future__ import annotations

import pyarrow as pa

LANDED_TABLES = pa.schema(
    [
        ("portal_id", pa.string()),
        ("portal_kind", pa.string()),  # socrata, ckan, ...
        ("dataset_id", pa.string()),
        ("resource_id", pa.string()),  # the dataset's own id where a platform has one table for each dataset
        ("title", pa.string()),  # of the resource
        ("family", pa.string()),  # the kind of table that it is; null: none named
        ("version", pa.string()),  # of the rows that are judged; null when none has ever landed
        ("is_landed", pa.bool_()),  # false: there are no rows to judge
        ("unread_reason", pa.string()),  # why there are none
        ("format_id", pa.string()),  # what the file really was
        ("encoding", pa.string()),  # the same; null where a format has none of its own
        ("bytes_count", pa.int64()),
        ("rows_count", pa.int64()),
        ("columns_count", pa.int64()),
        ("stated_rows_count", pa.int64()),  # the portal's own count; null where it gives none
        ("short_rows_count", pa.int64()),  # rows with fewer fields than the header
        ("long_rows_count", pa.int64()),  # rows with more
        ("repaired_lines_count", pa.int64()),  # lines that were not written in the file's own encoding
        ("duplicate_rows_count", pa.int64()),  # rows that repeat an earlier one in every column
        ("key_column", pa.string()),  # what tells the rows apart; null: none named
        ("duplicate_keys_count", pa.int64()),  # rows whose key an earlier one has; null without a key
        ("empty_keys_count", pa.int64()),  # rows without a key
        ("promised_columns_count", pa.int64()),  # columns that the portal lists; null: it lists none
        ("absent_columns_count", pa.int64()),  # promised, and not delivered
        ("absent_columns", pa.string()),  # their names, as text
        ("unpromised_columns_count", pa.int64()),  # delivered, and not promised
        ("roles_missing_count", pa.int64()),  # required meanings that no column has; null without a family
        ("roles_missing", pa.string()),  # their names, as text
        ("versions_count", pa.int64()),  # accepted versions before this one
        ("rows_count_usual", pa.float64()),  # median of the last ten of them; null without any
        ("rows_count_previous", pa.int64()),  # of the version before; null for the first
        ("columns_added_count", pa.int64()),  # against the version before; null for the first
        ("columns_removed_count", pa.int64()),  # the same
        ("columns_retyped_count", pa.int64()),  # the same
        ("event_column", pa.string()),  # says when things happened; null: none named
        ("newest_event_at", pa.date32()),  # its newest day
        ("newest_event_age_days", pa.int64()),
        ("newest_event_behind_days", pa.int64()),  # behind the portal's own date of the data; null without either
        ("event_reason", pa.string()),  # why there is no newest event, or no usual gap and lag to hold it against
        ("personal_columns_count", pa.int64()),  # columns that may hold personal data; null: not looked for
        ("cells_count", pa.int64()),
        ("cells_filled_count", pa.int64()),  # with more than blanks
        ("as_of_day", pa.date32()),
    ]
)

LANDED_COLUMNS = pa.schema(
    [
        ("portal_id", pa.string()),
        ("portal_kind", pa.string()),
        ("dataset_id", pa.string()),
        ("resource_id", pa.string()),
        ("field_name", pa.string()),  # as in the Parquet file
        ("header", pa.string()),  # as the file wrote it: may be empty or stand there twice
        ("position", pa.int64()),
        ("type", pa.string()),  # landed.ColumnType
        ("type_source", pa.string()),  # portal, inferred
        ("declared_type", pa.string()),  # the platform's own word; '' where it gives none
        ("role", pa.string()),  # what it means in the table's family; null: nothing that the family asks for
        ("family", pa.string()),  # of the table
        ("rows_count", pa.int64()),  # of the table
        ("filled_count", pa.int64()),  # cells with more than blanks
        ("placeholder_count", pa.int64()),  # filled with a word for nothing: N/A, null, unknown, 9999-12-31, ...
        ("unparsed_count", pa.int64()),  # filled, and not of the column's type; null for text
        ("distinct_count", pa.int64()),  # different values; exact up to some thousands
        ("lowest_number", pa.float64()),  # null for what is no number
        ("highest_number", pa.float64()),
        ("mean_number", pa.float64()),
        ("lowest_day", pa.date32()),  # null for what is no date
        ("newest_day", pa.date32()),
        ("future_count", pa.int64()),  # dates after the day that follows as_of_day; null for what is no date
        ("outside_count", pa.int64()),  # points outside the city's bounds; null without bounds
        ("unplaced_count", pa.int64()),  # points at 0,0 or on no place of the Earth; null for what is no point
        ("number_usual_low", pa.float64()),  # least of earlier versions; null with fewer than three
        ("number_usual_high", pa.float64()),  # greatest of earlier versions; null with fewer than three
        ("personal_kind", pa.string()),  # what it may hold: email, phone, ...; null: nothing was found
        ("type_usual", pa.string()),  # its type in the version before; null for the first
        ("as_of_day", pa.date32()),
    ]
)

LANDED_SCHEMAS = {"landed_tables": LANDED_TABLES, "landed_columns": LANDED_COLUMNS}

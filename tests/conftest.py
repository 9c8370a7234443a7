"""Fixtures that every test may ask for, and how property tests behave."""

from __future__ import annotations

import os
from fnmatch import fnmatch

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.warehouse_fixtures"]

IN_CI = os.environ.get("CI", "").lower() == "true"
IN_FULL = bool(os.environ.get("CIVICGAUGE_PROVE"))

# A loaded machine is no finding: neither a slow example nor slow making of one fails a test. In CI the examples are the
# same each time, so that a red run speaks of the change; elsewhere they are new ones.
settings.register_profile(
    "civicgauge",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=IN_CI,
    max_examples=50 if IN_CI else 100,
)
settings.load_profile("civicgauge")

# Whole files that take long, most of them for many examples or large tables: `make check` leaves them out.
SLOW_FILES = {
    "test_acting.py",
    "test_backup.py",
    "test_changes.py",
    "test_command.py",
    "test_compare.py",
    "test_comparing.py",
    "test_dags.py",
    "test_demo_links.py",
    "test_download_memory.py",
    "test_edition_bad_input.py",
    "test_edition_command.py",
    "test_edition_keeping.py",
    "test_edition_story.py",
    "test_edition_verify.py",
    "test_export.py",
    "test_export_alike.py",
    "test_export_formats.py",
    "test_family_checks.py",
    "test_faults.py",
    "test_guarded.py",
    "test_hiding.py",
    "test_indicator_properties.py",
    "test_landing.py",
    "test_landing_memory.py",
    "test_landing_recordings.py",
    "test_licence_statement.py",
    "test_links.py",
    "test_opening_properties.py",
    "test_personal_recorded.py",
    "test_printed.py",
    "test_probe.py",
    "test_profile.py",
    "test_profile_limits.py",
    "test_purge.py",
    "test_purge_warehouse.py",
    "test_recipes.py",
    "test_repeats.py",
    "test_retention.py",
    "test_revisions.py",
    "test_row_statistics.py",
    "test_rows_ckan.py",
    "test_rows_on_recordings.py",
    "test_serve.py",
    "test_shipped_checks.py",
    "test_smoke.py",
    "test_statistics.py",
    "test_told.py",
    "test_turns.py",
    "test_types.py",
    "test_upgrades.py",
    "test_warehouse_commit.py",
    "test_warehouse_processes.py",
    "test_warehouse_readers.py",
    "test_warehouse_schema.py",
    "test_warehouse_views.py",
    "test_year.py",
}


# What `make prove` alone runs; CI holds a small form of each. Where the database has no part in what is shown, CI tries
# SQLite; commits, days run twice, replays, some faults, views and exports are tried on both always.
FULL_ONLY = (
    "test_recordings.py::test_run_and_observe_*",
    "test_row_recordings.py::test_tables_that_stopped_growing_*",
    "test_repeats.py::test_replay_*[[]postgresql*",
    "test_repeats.py::test_an_older_day_*[[]postgresql*",
    "test_daily.py::test_numbers_as_decided_*[[]postgresql*",
    "test_daily.py::test_what_a_changed_file_*[[]postgresql*",
    "test_daily.py::test_what_is_withdrawn_*[[]postgresql*",
    "test_deciding.py::test_the_commands*[[]postgresql*",
    "test_faults.py::test_what_the_portal_itself_denies_*[[]postgresql*",
    "test_faults.py::test_single_entries_*[[]postgresql*",
    "test_faults.py::test_a_catalogue_that_shrank_*[[]postgresql*",
    "test_run.py::test_operators_are_told_*",
    "test_events.py::test_tables_published_at_once_*[[]1305-*",
    "test_events.py::test_tables_published_in_batches_*-7]",
    "test_events.py::test_tables_published_in_batches_*-92]",
    "test_rows.py::test_one_dataset_that_cannot_be_pulled_*-stall-*",
    "test_rows.py::test_one_dataset_that_cannot_be_pulled_*-cut-*",
    "test_hiding.py::test_a_game_played_*-1]",
    "test_message_hostile.py::test_a_message_stays_small*U0001f3db*",
    "test_landing_memory.py::test_many_rows[[]1000000]",
    "test_smoke.py::test_exports_*",
    "test_links.py::test_the_budget_*",
    "test_links.py::test_a_link_refuses_*",
    "test_turns.py::*[[]postgresql*",
    "test_turns_told.py::*[[]postgresql*",
    "test_sending.py::*[[]postgresql*",
    "test_breaker_other_ways.py::*[[]postgresql*",
    "test_contacts.py::*[[]postgresql*",
    "test_answering.py::*[[]postgresql*",
    "test_alert_doors.py::*[[]postgresql*",
    "test_changes.py::*[[]postgresql*",
    "test_licence_statement.py::*[[]postgresql*",
    "test_links.py::*[[]postgresql*",
    "test_rows.py::*[[]postgresql*",
    "test_repeats.py::test_killed_*[[]postgresql*",
    "test_faults.py::test_a_portal_that_stays_broken_*[[]postgresql-[!5]*",
    "test_faults.py::test_a_portal_that_recovers_*[[]postgresql-[!5]*",
    "test_faults.py::test_a_catalogue_that_is_hard_*[[]postgresql*",
    "test_hiding.py::test_a_game_played_*-[23]]",
    "test_run.py::test_a_portal_that_cannot_be_read_*",
    "test_run.py::test_a_time_that_cannot_be_read_*",
    "test_rows_on_recordings.py::test_exports_come_whole[[]all]",
    "test_personal_recorded.py::test_recorded_exports",
    "test_profile_limits.py::test_peak_memory_*",
    "test_landing_memory.py::test_long_cells*",
    "test_landing_memory.py::test_many_rows_that_are_read_record_by_record*",
    "test_events.py::test_tables_published_*[[]1305-[3-9]*",
    "test_events.py::test_tables_published_at_once_*[[]1305-True*",
    "test_smoke.py::test_checking_*",
    "test_smoke.py::test_pulling_*",
    "test_smoke.py::test_the_page_*",
    "test_who_sees.py::test_a_city_is_seen_*[[]postgresql-[!s]*",
    "test_what_is_shown.py::test_a_day_that_*[[]postgresql*",
    "test_what_is_shown.py::test_a_dataset_that_*[[]postgresql*",
    "test_what_is_shown.py::test_a_warehouse_that_*[[]postgresql*",
    "test_what_is_shown.py::test_lists_*[[]postgresql*",
    "test_what_is_shown.py::test_what_is_no_date_*[[]postgresql*",
    "test_what_is_shown.py::test_what_would_help_*[[]postgresql*",
    "test_guarded.py::test_following_every_link_*[[]postgresql*",
    "test_pictures.py::*",
    "test_outage.py::*",
    "test_watched.py::*",
    "test_attest.py::*",
    "test_shown.py::test_the_export",
    "test_acts.py::test_what_was_settled_*[[]postgresql*",
    "test_acts.py::test_what_expired_*[[]postgresql*",
    "test_acts.py::test_the_same_words_*[[]postgresql*",
    "test_acts.py::test_a_list_*[[]postgresql*",
    "test_acts.py::test_a_proof_is_read_once_*[[]postgresql*",
    "test_file.py::test_a_file_is_loaded_once*[[]postgresql-yml*",
    "test_effects.py::test_[!r]*[[]postgresql*",
    "test_scheduler.py::*",  # CI has the topology test: a scheduler, Celery, the same tables as observed
    "test_run.py::test_run_makes_the_tables_*",
    "test_purge.py::test_a_resource_and_a_whole_city*",
    "test_purge.py::*[[]postgresql*",
    "test_backup.py::*[[]sqlite*",
    "test_edition_story.py::*[[]sqlite*",
    "test_edition_verify.py::test_a_changed_byte_*",  # CI changes one in every kind of file at once
    "test_upgrades.py::test_an_older_world_goes_on[[]000[234]*",
    "test_upgrades.py::test_an_older_world_goes_on[[]*postgresql*",
)


# What waits more than it works begins first: the other processes take the rest meanwhile.
FIRST = ("test_topology.py", "test_walk.py", "test_guard.py")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what stands in slow files; leave out what the full proof alone runs."""
    left_out = [] if IN_FULL else [item for item in items if any(fnmatch(item.nodeid, f"*{p}") for p in FULL_ONLY)]
    items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: FIRST.index(item.path.name) if item.path.name in FIRST else len(FIRST))
    config.hook.pytest_deselected(items=left_out)
    for item in items:
        if item.path.name in SLOW_FILES:
            item.add_marker(pytest.mark.slow)

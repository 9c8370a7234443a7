"""Fixtures that every test may ask for, and how property tests behave."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.warehouse_fixtures"]

# A loaded machine is no finding: neither a slow example nor slow making of one fails a test. In CI the examples are the
# same each time, so that a red run speaks of the change; elsewhere they are new ones.
settings.register_profile(
    "civicgauge",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI", "").lower() == "true",
)
settings.load_profile("civicgauge")

# Whole files that take long, most of them for many examples or large tables: `make check` leaves them out.
SLOW_FILES = {
    "test_download_memory.py",
    "test_family_checks.py",
    "test_landing.py",
    "test_landing_memory.py",
    "test_landing_recordings.py",
    "test_opening_properties.py",
    "test_personal_recorded.py",
    "test_profile.py",
    "test_profile_limits.py",
    "test_row_statistics.py",
    "test_rows_ckan.py",
    "test_rows_on_recordings.py",
    "test_smoke.py",
    "test_statistics.py",
    "test_types.py",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in those files."""
    for item in items:
        if item.path.name in SLOW_FILES:
            item.add_marker(pytest.mark.slow)

"""Fixtures that every test may ask for, and how property tests behave."""

from __future__ import annotations

import os

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

"""The one file below `plugins/` that Airflow executes; `.airflowignore` keeps it from executing the library itself.

Airflow imports it in every component, task processes too: whatever it offers is imported only when it is asked for.
"""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin


class CivicgaugePlugin(AirflowPlugin):
    """Registers civicgauge with Airflow; registered by this folder, never by an entry point as well."""

    name = "civicgauge"

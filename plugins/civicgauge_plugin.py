"""The one file below `plugins/` that Airflow executes; `.airflowignore` keeps it from executing the library itself.

Airflow imports it in every component, task processes too: whatever it offers is imported only when it is asked for.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from airflow.plugins_manager import AirflowPlugin


class CivicgaugePlugin(AirflowPlugin):
    """Registers civicgauge with Airflow; registered by this folder, never by an entry point as well."""

    name = "civicgauge"

    @cached_property
    def fastapi_apps(self) -> list[dict[str, Any]]:
        """The pages, behind Airflow's sign-in; asked for by the API server alone."""
        from civicgauge.airflow.web import mounted

        return [mounted()]

    @cached_property
    def external_views(self) -> list[dict[str, Any]]:
        """Where Airflow's own pages lead to them."""
        from civicgauge.airflow.views import external_views

        return external_views()

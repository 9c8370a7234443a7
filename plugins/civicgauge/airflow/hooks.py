"""The hooks behind our connection types. Stages read the connection themselves; what is here is Airflow's *Test*."""

from __future__ import annotations

from airflow.sdk import BaseHook

from civicgauge.airflow.connections import access_from


class _PortalHook(BaseHook):  # type: ignore[misc] # Airflow is not analysed
    """A portal as one connection says it may be asked."""

    kind = ""
    conn_name_attr = "portal_conn_id"
    hook_name = "Portal (civicgauge)"

    def __init__(self, portal_conn_id: str) -> None:
        super().__init__()
        self._conn_id = portal_conn_id

    def test_connection(self) -> tuple[bool, str]:
        """Ask the portal once or twice, as slowly as it says, what it is; whether it answered well, and the words."""
        from civicgauge.errors import CivicgaugeError
        from civicgauge.pipeline.context import Context
        from civicgauge.pipeline.probing import try_out

        found = self.get_connection(self._conn_id)
        if not found.host:
            return False, "Write the portal's address to test it; a run takes it from the city file."
        try:
            return True, try_out(Context.from_environment(), self.kind, found.host, access_from(found, self.kind))
        except CivicgaugeError as error:
            return False, str(error)


class SocrataHook(_PortalHook):
    """A Socrata portal."""

    kind = "socrata"
    conn_type = "civicgauge_socrata"
    default_conn_name = "civicgauge_socrata_default"


class CkanHook(_PortalHook):
    """A CKAN portal."""

    kind = "ckan"
    conn_type = "civicgauge_ckan"
    default_conn_name = "civicgauge_ckan_default"

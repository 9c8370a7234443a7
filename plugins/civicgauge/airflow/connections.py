"""Airflow's connections as channels and portals want them. Within a task, or a callback in the DAG processor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from airflow.sdk import Connection as AirflowConnection
from airflow.sdk.exceptions import AirflowNotFoundException

from civicgauge.errors import ConfigurationError

if TYPE_CHECKING:
    from civicgauge.alerts.channels import Connection
    from civicgauge.model import Portal
    from civicgauge.pipeline.access import Access


def resolve(conn_id: str) -> Connection | None:
    """The Airflow connection of that id, from whatever secrets backend holds it; None where there is none.

    ConfigurationError, which repeats nothing of it, where its extra is no JSON object.
    """
    from civicgauge.alerts.channels import Connection

    try:
        found = AirflowConnection.get(conn_id)
    except AirflowNotFoundException:
        return None
    return Connection(
        conn_id,
        host=found.host or "",
        port=found.port,
        login=found.login or "",
        password=found.password or "",
        schema=found.schema or "",
        extra=_extra(conn_id, found.extra),
    )


def _extra(conn_id: str, text: str | None) -> dict[str, Any]:
    """Not Airflow's `extra_dejson`: that one logs what it cannot read, and goes on without it."""
    try:
        told = json.loads(text) if text else {}
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise ConfigurationError(f"connection {conn_id}: its extra is no JSON object") from None
    return told


def access_to(portal: Portal) -> Access:
    """On which terms a portal may be asked, by the Airflow connection that its file names; none where it names none.

    ConfigurationError where there is no such connection, or it is made for another kind of portal.
    """
    from civicgauge.pipeline.access import Access

    if portal.connection is None:
        return Access()
    try:
        found = AirflowConnection.get(portal.connection)
    except AirflowNotFoundException:
        raise ConfigurationError(
            f"portal {portal.id}: there is no Airflow connection {portal.connection!r}; add it, or change the city file"
        ) from None
    return access_from(found, portal.kind)


def access_from(found: Any, kind: str) -> Access:
    """The terms in an Airflow connection to a portal of `kind`; the extra of a type that is not ours is not read."""
    from civicgauge.pipeline.access import OWN, access_of

    conn_type = str(found.conn_type or "")
    extra = _extra(str(found.conn_id), found.extra) if conn_type.startswith(OWN) else {}
    return access_of(str(found.conn_id), conn_type, found.password, extra, kind)

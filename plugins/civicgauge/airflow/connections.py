"""Airflow's connections as channels want them. Within a task, or a callback in the DAG processor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from airflow.sdk import Connection as AirflowConnection
from airflow.sdk.exceptions import AirflowNotFoundException

from civicgauge.errors import ConfigurationError

if TYPE_CHECKING:
    from civicgauge.alerts.channels import Connection


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

"""What the installed distribution tells Airflow of itself: two types of connection, each with a form of its own,
and how its assets are named in lineage.

Found by the entry point `apache_airflow_provider`, in every process of Airflow: nothing is imported here.
"""

from __future__ import annotations

from typing import Any

_HIDDEN = ["port", "login", "schema", "extra"]
_RATE = {
    "label": "Requests per second",
    "description": "At most so many. The slower of this and the city file counts; empty: the city file.",
    "schema": {"type": ["number", "null"], "minimum": 0, "maximum": 50},
}
_CONTACT = {
    "label": "Contact in the User-Agent",
    "description": "Whom the portal's operator can write to: an address or a page. Empty: CIVICGAUGE_CONTACT.",
    "schema": {"type": ["string", "null"]},
}


def get_provider_info() -> dict[str, Any]:
    """The connection types and assets, in the form that Airflow asks of providers."""
    return {
        "package-name": "civicgauge",
        "name": "civicgauge",
        "description": "Open-data portals, observed from the outside.",
        "connection-types": [
            _type("socrata", "Socrata portal (civicgauge)", "App token", "https://data.city.example"),
            _type("ckan", "CKAN portal (civicgauge)", "API token", "https://opendata.city.example"),
        ],
        "asset-uris": [
            {
                "schemes": ["civicgauge"],
                "handler": "civicgauge.airflow.lineage.whole",
                "to_openlineage_converter": "civicgauge.airflow.lineage.as_openlineage",
            }
        ],
    }


def _type(kind: str, name: str, token: str, example: str) -> dict[str, Any]:
    return {
        "connection-type": f"civicgauge_{kind}",
        "hook-class-name": f"civicgauge.airflow.hooks.{kind.capitalize()}Hook",
        "hook-name": name,
        "ui-field-behaviour": {
            "hidden-fields": _HIDDEN,
            "relabeling": {"host": "Address, for the test alone", "password": token},
            "placeholders": {"host": example, "password": "leave empty to ask without one"},
        },
        "conn-fields": {"requests_per_second": _RATE, "contact": _CONTACT},
    }

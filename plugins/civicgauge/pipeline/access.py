"""On which terms a portal may be asked: what its city file says, and what the Airflow connection it names adds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from civicgauge.errors import ConfigurationError
from civicgauge.model import Portal
from civicgauge.settings import Settings

#: What our own connection types begin with; the rest is the kind of portal (`civicgauge_socrata`).
OWN = "civicgauge_"
#: Other types that may hold a portal's token: what is of any other is a secret of something else, and stays here.
_PLAIN = frozenset({"", "http", "https", "generic", "socrata", "ckan"})
_FASTEST = 50.0


@dataclass(frozen=True, slots=True)
class Access:
    """What a connection says: the token, so many requests per second at most, who can be written to about them."""

    token: str | None = field(default=None, repr=False)
    requests_per_second: float | None = None
    contact: str | None = None

    def rate(self, portal: Portal) -> float:
        """Requests per second to the portal: the slower of the city file and the connection."""
        return min(portal.requests_per_second, self.requests_per_second or math.inf)

    def user_agent(self, settings: Settings) -> str:
        """Who asks, with the connection's contact where it names one."""
        return (replace(settings, contact=self.contact) if self.contact else settings).user_agent


def access_of(conn_id: str, conn_type: str, password: str | None, extra: Mapping[str, Any], kind: str) -> Access:
    """What a connection says of a portal of `kind`.

    A connection of a plain type (`http`, `generic`) gives its password as the token, and nothing else.
    ConfigurationError, which repeats nothing secret, for one that is made for another kind or is no portal's, such as
    the mail server's, or says what cannot be meant.
    """
    made_for = conn_type.replace("-", "_")
    if made_for in _PLAIN:
        return Access(password or None)
    if not made_for.startswith(OWN):
        raise ConfigurationError(
            f"connection {conn_id} is of type {made_for}, which is no portal's: its secret is not sent to one; name a "
            f"connection of type {OWN}{kind} in the city file"
        )
    if made_for != f"{OWN}{kind}":
        raise ConfigurationError(
            f"connection {conn_id} is of type {made_for}, and the portal is of kind {kind}: name a connection of type "
            f"{OWN}{kind} in the city file, or change the type of this one"
        )
    return Access(password or None, _rate(conn_id, extra.get("requests_per_second")), _contact(conn_id, extra))


def _rate(conn_id: str, value: Any) -> float | None:
    if value is None or value == "":
        return None
    try:
        rate = float(value)
    except (TypeError, ValueError):
        rate = math.nan
    if not 0 < rate <= _FASTEST:
        raise ConfigurationError(
            f"connection {conn_id}: requests_per_second is no number above 0 and up to {_FASTEST:g}"
        )
    return rate


def _contact(conn_id: str, extra: Mapping[str, Any]) -> str | None:
    contact = str(extra.get("contact") or "").strip()
    if not (contact.isascii() and contact.isprintable()):
        raise ConfigurationError(f"connection {conn_id}: contact holds characters that no HTTP header can carry")
    return contact or None

"""What every stage needs at hand: settings, the city, the lake, the warehouse, the HTTP door."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from civicgauge import __version__
from civicgauge.errors import ConfigurationError
from civicgauge.model import City, Portal
from civicgauge.settings import Settings

if TYPE_CHECKING:
    from civicgauge.lake import Lake
    from civicgauge.warehouse import Warehouse
    from civicgauge.web import Limits, Web


LIMITS: Limits | None = None
"""Other limits of the HTTP door than its own; for tests that wait for a portal to be given up."""


@dataclass(frozen=True)
class Context:
    """Settings, and what is opened by them when first asked for."""

    settings: Settings

    @classmethod
    def from_environment(cls) -> Context:
        """The context that CIVICGAUGE_* describe."""
        return cls(Settings.from_environment())

    @cached_property
    def lake(self) -> Lake:
        """The lake; opened once."""
        from civicgauge.lake import Lake

        return Lake(self.settings.lake)

    def warehouse(self) -> Warehouse:
        """A checked warehouse, to be used in a `with`; WarehouseOutOfDate names the command that mends it."""
        from civicgauge.warehouse import Warehouse

        warehouse = Warehouse(self.settings.warehouse)
        try:
            warehouse.check()
        except BaseException:
            warehouse.dispose()
            raise
        return warehouse

    def city(self, city_id: str) -> City:
        """The city of that file; ConfigurationError with every problem of it."""
        from civicgauge import registry

        return registry.load_city(registry.city_file(self.settings.cities, city_id))

    def portal(self, city_id: str, portal_id: str) -> Portal:
        """One portal of a city; ConfigurationError when the file has no such id."""
        city = self.city(city_id)
        try:
            return city.portal(portal_id)
        except KeyError:
            raise ConfigurationError(f"{city_id}: no portal {portal_id!r} in its file") from None

    def web(self, portal: Portal, token: str | None) -> Web:
        """An HTTP door for one portal: its rate is shared by its concurrent tasks, its token goes to its host alone."""
        from civicgauge.portals import reader
        from civicgauge.web import Limits, Web

        header, secret = reader(portal.kind).token_header, token or connection_secret(portal.connection)
        return Web(
            user_agent=self.settings.user_agent,
            allow_private_hosts=self.settings.allow_private_hosts,
            requests_per_second=portal.requests_per_second / portal.concurrency,
            token=(header, secret) if header and secret else None,
            token_host=portal.url.host,
            limits=LIMITS or Limits(),
        )

    def web_for_links(self, portal: Portal) -> Web:
        """An HTTP door for addresses that a portal's datasets lead to: no token, and no host faster than the portal."""
        from civicgauge.web import Limits, Web

        return Web(
            user_agent=self.settings.user_agent,
            allow_private_hosts=self.settings.allow_private_hosts,
            requests_per_second=portal.requests_per_second,
            limits=LIMITS or Limits(),
        )


def connection_secret(connection_id: str | None) -> str | None:
    """The password of AIRFLOW_CONN_<ID> (a URI or JSON), for use outside a task; None when there is none."""
    if not connection_id:
        return None
    text = os.environ.get(f"AIRFLOW_CONN_{connection_id.upper()}", "").strip()
    if text.startswith("{"):
        try:
            found = json.loads(text).get("password")
        except ValueError:
            raise ConfigurationError(
                f"AIRFLOW_CONN_{connection_id.upper()} is not JSON; see Airflow's connections"
            ) from None
        return str(found) if found else None
    password = urlsplit(text).password if text else None
    return unquote(password) if password else None


def config_digest(city: City) -> str:
    """A digest of what the city's file says: the same file, the same digest."""
    return hashlib.sha256(city.model_dump_json().encode()).hexdigest()


def method_version() -> str:
    """The version that stands on every run."""
    return __version__


def utc_now() -> datetime:
    """The clock, for start and end times of runs alone; no number is computed from it."""
    return datetime.now(UTC)

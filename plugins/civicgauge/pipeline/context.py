"""What every stage needs at hand: settings, the city, the lake, the warehouse, the HTTP door."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from civicgauge import __version__
from civicgauge.errors import ConfigurationError
from civicgauge.model import City, Portal
from civicgauge.pipeline.access import Access, access_of
from civicgauge.settings import Settings

if TYPE_CHECKING:
    from civicgauge.lake import Lake
    from civicgauge.warehouse import Warehouse
    from civicgauge.web import Limits, Web


LIMITS: Limits | None = None
"""Other limits of the HTTP door than its own; for tests that wait for a portal to be given up."""


@dataclass(frozen=True)
class Context:
    """Settings, and what is opened by them when first asked for.

    `given` is a city as its file once said, for a day that is computed once more.
    """

    settings: Settings
    given: City | None = None

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

        if self.given is not None and self.given.id == city_id:
            return self.given
        return registry.load_city(registry.city_file(self.settings.cities, city_id))

    def portal(self, city_id: str, portal_id: str) -> Portal:
        """One portal of a city; ConfigurationError when the file has no such id."""
        city = self.city(city_id)
        try:
            return city.portal(portal_id)
        except KeyError:
            raise ConfigurationError(f"{city_id}: no portal {portal_id!r} in its file") from None

    def web(self, portal: Portal, access: Access | None) -> Web:
        """An HTTP door for one portal: its rate is shared by its concurrent tasks, its token goes to its host alone.

        `access` is what its connection says; None: as the environment holds it.
        """
        from civicgauge.portals import reader
        from civicgauge.web import Limits, Web

        terms, header = access or access_from_environment(portal), reader(portal.kind).token_header
        return Web(
            user_agent=terms.user_agent(self.settings),
            allow_private_hosts=self.settings.allow_private_hosts,
            requests_per_second=terms.rate(portal) / portal.concurrency,
            token=(header, terms.token) if header and terms.token else None,
            token_host=portal.url.host,
            limits=LIMITS or Limits(),
        )

    def web_for_links(self, portal: Portal, access: Access | None) -> Web:
        """An HTTP door for addresses that a portal's datasets lead to: no token, and no host faster than the portal."""
        from civicgauge.web import Limits, Web

        terms = access or access_from_environment(portal)
        return Web(
            user_agent=terms.user_agent(self.settings),
            allow_private_hosts=self.settings.allow_private_hosts,
            requests_per_second=terms.rate(portal),
            limits=LIMITS or Limits(),
        )


def access_from_environment(portal: Portal) -> Access:
    """What AIRFLOW_CONN_<ID> (a URI or JSON) says of a portal, for use outside a task; nothing where there is none."""
    from civicgauge.pipeline.connections import connection_from_environment

    found = connection_from_environment(portal.connection) if portal.connection else None
    if found is None:
        return Access()
    return access_of(found.conn_id, found.conn_type, found.password, found.extra, portal.kind)


def config_digest(city: City) -> str:
    """A digest of what the city's file says: the same file, the same digest."""
    return hashlib.sha256(city.model_dump_json().encode()).hexdigest()


def method_version() -> str:
    """The version that stands on every run."""
    return __version__


def utc_now() -> datetime:
    """The clock, for start and end times of runs alone; no number is computed from it."""
    return datetime.now(UTC)

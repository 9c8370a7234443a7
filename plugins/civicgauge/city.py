"""A city as its file in `dags/cities/` says it: pydantic, frozen, nothing unknown allowed."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Literal, NoReturn
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, field_validator, model_validator

CITY_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_WORD, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_WORD}(\.{_WORD})*@{_LABEL}(\.{_LABEL})+")  # what no header and no server takes for more
PART_ID = r"^[a-z0-9]+([_-][a-z0-9]+)*$"


@cache
def _zone_names() -> frozenset[str]:
    """All IANA names; listing them reads the disk, which a registry of many cities should do once."""
    return frozenset(available_timezones())


def _known(zone: str) -> str:
    if zone not in _zone_names():
        near = get_close_matches(zone, _zone_names(), n=1)
        guess = f", did you mean {near[0]!r}?" if near else " such as America/Chicago"
        raise ValueError(f"{zone!r} is not an IANA time zone{guess}")
    return zone


class _FromFile(BaseModel):
    """A part of a configuration file: frozen, unknown keys refused, numbers never turned into text unasked."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Portal(_FromFile):
    """One open-data portal of a city."""

    id: Annotated[str, Field(pattern=PART_ID, max_length=40)] = "main"
    kind: str
    url: HttpUrl
    domain: str | None = None
    connection: str | None = None
    requests_per_second: Annotated[float, Field(gt=0, le=50)] = 2.0
    concurrency: Annotated[int, Field(ge=1, le=16)] = 2
    pool: str | None = None
    links_per_day: Annotated[int, Field(ge=0, le=5000)] = 200

    @property
    def base_url(self) -> str:
        """The address without a slash at its end."""
        return str(self.url).rstrip("/")

    @property
    def host(self) -> str:
        """The name the portal gives itself: `domain` where given, else the host of its address."""
        return self.domain or self.url.host or ""


class DatasetChoice(_FromFile):
    """A dataset whose rows are pulled and checked.

    `resources` names some of a CKAN package's (all tables of its own, unless given). `event_column` says when things
    happened (DESIGN rule 2), `key_column` what tells the rows apart; both as the portal names the field.
    """

    portal: str = "main"
    id: Annotated[str, Field(min_length=1)]
    family: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] | None = None
    event_column: Annotated[str, Field(min_length=1)] | None = None
    key_column: Annotated[str, Field(min_length=1)] | None = None
    resources: tuple[Annotated[str, Field(min_length=1)], ...] = ()


class Bounds(_FromFile):
    """A box that holds the city, in degrees (WGS 84): points outside of it are looked at."""

    west: Annotated[float, Field(ge=-180, le=180)]
    south: Annotated[float, Field(ge=-90, le=90)]
    east: Annotated[float, Field(ge=-180, le=180)]
    north: Annotated[float, Field(ge=-90, le=90)]

    @model_validator(mode="after")
    def _in_order(self) -> Bounds:
        if not (self.west < self.east and self.south < self.north):
            raise ValueError("west must be below east, and south below north")
        return self


class Own(_FromFile):
    """Whose entries are the city's own (DESIGN rule 1); names compared without regard to case."""

    publishers: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    harvest_sources: tuple[str, ...] = ()
    link_hosts: tuple[str, ...] = ()


class LicenceStatement(_FromFile):
    """A portal-wide licence statement that a person has read (DESIGN rule 5)."""

    url: HttpUrl
    licence_id: str
    read_by: str
    read_on: date
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


class Attestation(_FromFile):
    """What people say of a criterion, beside what can be observed: by which role, on which proof, until when.

    `standard` is the name of the standard's file without `.yml`; `by` names a role, never a person.
    """

    standard: str = "what-works-cities-2022"
    criterion: Annotated[str, Field(pattern=r"^[A-Z]+[0-9]+$")]
    stance: Literal["in_line", "differs"]
    by: Annotated[str, Field(min_length=1)]
    said_on: date
    until: date
    url: HttpUrl | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Attestation:
        if self.until < self.said_on:
            raise ValueError(f"until ({self.until}) is before said_on ({self.said_on}); the dates are crossed")
        return self


class Document(_FromFile):
    """A public document that a criterion asks for, such as an open data policy; its address is tried."""

    criterion: Annotated[str, Field(pattern=r"^[A-Z]+[0-9]+$")]
    title: Annotated[str, Field(min_length=1)]
    url: HttpUrl


class Contact(_FromFile):
    """A recipient that agreed to be told, by role; a seed only: what it chooses itself is kept in the warehouse.

    Mail goes to `email`, every other channel (`slack`, `teams`, `webhook`, `atom`) by the Airflow `connection`. Role
    `privacy` is told of personal data alone, `escalation` of what stays open for a month, all others get the digest.
    `hour` is local, in the city's time zone unless `time_zone` says another.
    """

    email: str | None = None
    channel: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] = "mail"
    connection: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")] | None = None
    role: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    language: Annotated[str, Field(pattern=r"^[a-z]{2}([_-][A-Za-z]{2})?$")] = "en"
    cadence: Literal["daily", "weekly", "monthly"] = "weekly"
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday"] = "tuesday"
    hour: Annotated[int, Field(ge=6, le=20)] = 9
    time_zone: str | None = None
    consent: date

    @property
    def address(self) -> str:
        """The address, or the name of the connection; a feed goes by its city and needs neither."""
        if self.channel == "mail":
            return self.email or ""
        return self.connection or "feed"

    @field_validator("email")
    @classmethod
    def _plain(cls, value: str | None) -> str | None:
        if value is not None and (len(value) > 254 or not _EMAIL.fullmatch(value)):  # not repeated: errors are logged
            raise ValueError("is no plain e-mail address in ASCII, such as opendata@city.example")
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        return value if value is None else _known(value)

    @model_validator(mode="after")
    def _reachable(self) -> Contact:
        if self.channel == "mail" and not self.email:
            raise ValueError("email: mail needs an address")
        if self.channel not in ("mail", "atom") and not self.connection:
            raise ValueError(f"connection: {self.channel} needs the name of an Airflow connection")
        if self.role == "privacy" and self.channel in ("slack", "teams", "atom"):
            raise ValueError(f"channel: {self.channel} has many readers; for role privacy take mail or webhook")
        return self


class City(_FromFile):
    """One city, one file of the registry."""

    id: Annotated[str, Field(pattern=CITY_ID, max_length=60)]
    name: Annotated[str, Field(min_length=1)]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    state: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,3}$")] | None = None
    geoid: Annotated[str, Field(pattern=r"^[0-9]{7}$")] | None = None
    population: Annotated[int, Field(gt=0)] | None = None
    time_zone: str
    holidays: str | tuple[date, ...] | None = None
    bounds: Bounds | None = None
    publication: Literal["private", "shared_with_city", "public"] = "private"
    badge: bool = False
    portals: Annotated[tuple[Portal, ...], Field(min_length=1)]
    datasets: tuple[DatasetChoice, ...] = ()
    own: Own = Own()
    licence_statement: LicenceStatement | None = None
    contacts: tuple[Contact, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    documents: tuple[Document, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        return _known(value)

    @model_validator(mode="after")
    def _parts_fit(self) -> City:
        ids = [portal.id for portal in self.portals]
        problems = [
            f"portals.{n}.id: {portal_id!r} is given twice; each portal needs its own id"
            for n, portal_id in enumerate(ids)
            if portal_id in ids[:n]
        ]
        if self.badge and self.publication != "public":
            problems.append(f"badge: everybody sees it; it needs publication public, which is {self.publication}")
        if len({portal.pool for portal in self.portals if portal.pool}) > 1:
            problems.append("portals: they name different pools; one city's snapshots share one pool")
        problems += [
            f"datasets.{n}.portal: {choice.portal!r} is not the id of one of the portals ({', '.join(ids)})"
            for n, choice in enumerate(self.datasets)
            if choice.portal not in ids
        ]
        chosen = [(choice.portal, choice.id) for choice in self.datasets]
        problems += [
            f"datasets.{n}.id: {key[1]!r} is given twice; name each dataset once"
            for n, key in enumerate(chosen)
            if key in chosen[:n]
        ]
        told = [(contact.channel, contact.address.casefold()) for contact in self.contacts]
        problems += [
            f"contacts.{n}: it is given twice; a recipient has one role, so give each role an address of its own"
            for n, recipient in enumerate(told)
            if recipient in told[:n]
        ]
        if problems:
            raise ValueError("\n".join(problems))  # one line each, beginning with its place: see yamlfile
        return self

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def choice(self, portal_id: str, dataset_id: str) -> DatasetChoice:
        """The chosen dataset of those ids; KeyError when the file does not choose it."""
        found = (c for c in self.datasets if (c.portal, c.id) == (portal_id, dataset_id))
        return next(found, None) or _missing(f"{portal_id}/{dataset_id}")

    def portal(self, portal_id: str) -> Portal:
        """The portal of that id; KeyError when there is none."""
        return next((p for p in self.portals if p.id == portal_id), None) or _missing(portal_id)


def _missing(key: str) -> NoReturn:
    raise KeyError(key)

"""An edition's way from draft to frozen: opened, shown to its cities, signed, frozen, or abandoned.

Each act is one transaction with its row in the audit; what takes long (reading the lake) comes before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.errors import ConfigurationError
from civicgauge.landing.freshness import holiday_dates
from civicgauge.model import City
from civicgauge.pipeline.context import Context, method_version
from civicgauge.pipeline.observing import cities_of
from civicgauge.pipeline.reviewing import past, taking
from civicgauge.review import digests, editions, said
from civicgauge.review.editions import State
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.reviews import Act, ReviewDesk, Reviews

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opening:
    """What is asked of a new edition; no city named: all of the registry."""

    edition_id: str
    title: str
    as_of: date
    by: str
    cities: Sequence[str] = ()


def opened(context: Context, asked: Opening, at: datetime) -> Row:
    """Open a draft, or take one anew: of each city the newest shown day up to `as_of` is copied. Returns its row."""
    edition_id, by = said.an_id(asked.edition_id, "EDITION"), said.role(asked.by)
    if asked.as_of > at.astimezone(UTC).date():
        raise ConfigurationError(
            f"--as-of: {asked.as_of} lies after {at:%Y-%m-%d}, when it is opened; the dates are crossed"
        )
    made = {
        "edition_id": edition_id,
        "title": editions.title(asked.title),
        "as_of": asked.as_of,
        "state": State.DRAFT.value,
        "opened_at": at,
        "opened_by": by,
        "method_version": method_version(),
    }
    with context.warehouse() as warehouse:
        before = warehouse.reviews.one("edition", edition_id=edition_id)
        if before is not None:
            editions.may_be(before, "taken anew")
        city_ids = sorted(set(cities_of(context, list(asked.cities))))
        taken = [taking.take(context, warehouse, edition_id, asked.as_of, each) for each in city_ids]
        with warehouse.reviews.desk() as desk:
            before = desk.one("edition", edition_id=edition_id)
            if before is not None:
                editions.may_be(before, "taken anew")
                editions.not_before(before, (), at)
                for table in ("edition_value", "edition_city", "edition"):
                    desk.remove(table, edition_id=edition_id)
            desk.add("edition", made)
            for each in taken:
                taking.written(desk, each)
            details = {
                "title": made["title"],
                "as_of": asked.as_of.isoformat(),
                "cities": len(taken),
                "without_numbers": [each.city["city_id"] for each in taken if each.city["problem"]],
                "values": sum(len(each.values) for each in taken),
                "is_taken_anew": before is not None,
                **past.entered(at),
            }
            desk.note(Act(at, by, "edition.opened", edition_id, details=details))
        return edition_of(warehouse.reviews, edition_id)


def previewed(context: Context, edition_id: str, by: str, at: datetime) -> Row:
    """Let the cities look: from `at` on for ten working days. Returns the edition's row, with what is to be signed."""
    role = said.role(by)
    with context.warehouse() as warehouse:
        standing = warehouse.reviews.rows("edition_city", edition_id=edition_id)
        cities = cities_by_id(context, (row["city_id"] for row in standing))
        with warehouse.reviews.desk() as desk:
            edition = edition_of(desk, edition_id)
            editions.may_be(edition, "shown to its cities")
            editions.not_before(edition, (), at)
            rows = desk.rows("edition_city", edition_id=edition_id)
            taking.refuse_empty(edition_id, rows)
            first = max((at.astimezone(zone).date() for zone in _zones(cities)), default=at.astimezone(UTC).date())
            changed = {
                "state": State.PREVIEW.value,
                "preview_from": first,
                "preview_until": editions.common_end(first, _calendars(cities, first)),
                "content_digest": content_of(desk, edition),
            }
            desk.change("edition", changed, edition_id=edition_id)
            told: Row = {name: str(changed[name]) for name in ("preview_from", "preview_until", "content_digest")}
            told |= {"city_digests": {row["city_id"]: digests.row_digest(row) for row in rows}, **past.entered(at)}
            desk.note(Act(at, role, "edition.previewed", edition_id, details=told))
        return edition_of(warehouse.reviews, edition_id)


def _zones(cities: Mapping[str, City]) -> list[ZoneInfo]:
    return [city.zone for city in cities.values()]


def _calendars(cities: Mapping[str, City], first: date) -> list[frozenset[date]]:
    return [holiday_dates(city.holidays, (first.year, first.year + 1)) for city in cities.values()]


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs; `content`: the digest, or its first letters, of what they looked through, where they say so."""

    edition_id: str
    name: str
    role: str
    content: str | None = None


def signed(context: Context, asked: Signing, at: datetime) -> Row:
    """Sign what an edition in preview holds; returns the signature's row. The audit gets the role alone."""
    name = editions.person(asked.name)
    role = editions.role_of(name, said.role(asked.role, "--role"))
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        edition = edition_of(desk, asked.edition_id)
        signatures = desk.rows("edition_signature", edition_id=asked.edition_id)
        editions.may_sign(edition, signatures, name)
        editions.not_before(edition, past.of_all(desk, asked.edition_id), at)
        _refuse_other(edition, asked.content)
        made = {
            "edition_id": asked.edition_id,
            "number": len(signatures) + 1,
            "name": name,
            "role": role,
            "signed_at": at.astimezone(UTC),
            "content_digest": edition["content_digest"],
        }
        desk.add("edition_signature", made)
        told = {
            "number": made["number"],
            "content_digest": made["content_digest"],
            "signature_digest": digests.row_digest(made),
            **past.entered(at),
        }
        desk.note(Act(at, role, "edition.signed", asked.edition_id, details=told))
        return made


def _refuse_other(edition: Row, content: str | None) -> None:
    asked = (content or "").strip().lower()
    if content is not None and (len(asked) < 8 or not edition["content_digest"].startswith(asked)):
        raise ConfigurationError(
            f"--content: {edition['edition_id']} holds {edition['content_digest'][:12]}… now, not {asked[:12]!r}; look "
            "at what changed (civicgauge edition show), then sign that (its first 8 letters or more)"
        )


def frozen(context: Context, edition_id: str, by: str, at: datetime) -> Row:
    """Freeze an edition that two people have signed, whose preview is over and whose disputes are decided."""
    role = said.role(by)
    with context.warehouse() as warehouse:
        standing = warehouse.reviews.rows("edition_city", edition_id=edition_id)
        zones = _zones(cities_by_id(context, (row["city_id"] for row in standing)))
        today = min((at.astimezone(zone).date() for zone in zones), default=at.astimezone(UTC).date())
        with warehouse.reviews.desk() as desk:
            edition = edition_of(desk, edition_id)
            signatures = desk.rows("edition_signature", edition_id=edition_id)
            editions.may_freeze(edition, signatures, desk.rows("dispute", edition_id=edition_id), today)
            editions.not_before(edition, past.of_all(desk, edition_id), at)
            if content_of(desk, edition) != edition["content_digest"]:
                raise ConfigurationError(
                    f"{edition_id} does not hold what was signed; `civicgauge edition verify {edition_id}` says where"
                )
            until = editions.appeals_until(today, context.settings.keep_edition_years)
            changed = {"state": State.FROZEN.value, "frozen_at": at, "frozen_by": role, "keep_until": until}
            desk.change("edition", changed, edition_id=edition_id)
            told = {"content_digest": edition["content_digest"], "keep_until": until.isoformat(), **past.entered(at)}
            desk.note(Act(at, role, "edition.frozen", edition_id, details=told))
        return edition_of(warehouse.reviews, edition_id)


def abandoned(context: Context, edition_id: str, by: str, reason: str, at: datetime) -> Row:
    """Give up a draft or a preview; its rows stay for the record, its evidence goes by age like any other."""
    role, why = said.role(by), said.reason(reason)
    with context.warehouse() as warehouse:
        with warehouse.reviews.desk() as desk:
            edition = edition_of(desk, edition_id)
            editions.may_be(edition, "abandoned")
            editions.not_before(edition, past.of_all(desk, edition_id), at)
            desk.change("edition", {"state": State.ABANDONED.value}, edition_id=edition_id)
            desk.note(Act(at, role, "edition.abandoned", edition_id, reason=why, details=past.entered(at) or None))
        return edition_of(warehouse.reviews, edition_id)


# ---------------------------------------------------------------- what all acts share


def edition_of(reviews: Reviews | ReviewDesk, edition_id: str) -> Row:
    """The edition's row; ConfigurationError where there is none."""
    found = reviews.one("edition", edition_id=edition_id)
    if found is None:
        known = ", ".join(row["edition_id"] for row in reviews.rows("edition"))
        raise ConfigurationError(
            f"{edition_id!r} is no edition; {f'there are {known}' if known else 'there is none yet'}"
        )
    return found


def content_of(reviews: Reviews | ReviewDesk, edition: Row) -> str:
    """The digest of all that an edition holds now."""
    where = {"edition_id": edition["edition_id"]}
    return digests.content_digest(
        edition, reviews.rows("edition_city", **where), reviews.rows("edition_value", **where)
    )


def cities_by_id(context: Context, city_ids: Iterable[str]) -> dict[str, City]:
    """The city files of an edition's cities, of those that still have one."""
    from civicgauge import registry

    known = set(registry.city_ids(context.settings.cities))
    return {city_id: context.city(city_id) for city_id in city_ids if city_id in known}


def lapsed(warehouse: Warehouse, edition_id: str) -> int:
    """How many signatures no longer count, for they are under other content."""
    edition = edition_of(warehouse.reviews, edition_id)
    signatures = warehouse.reviews.rows("edition_signature", edition_id=edition_id)
    return len(signatures) - len(editions.counting(edition, signatures))

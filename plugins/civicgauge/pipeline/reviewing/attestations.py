"""Attestations: proposed by one, approved or refused by a second person, withdrawn; and which of them hold.

Those of a city's file stand as they are: whoever reviewed the file is the second person. What was entered otherwise
counts from its approval on. Each act leaves a row in the audit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from civicgauge import clean, registry
from civicgauge.criteria import standards
from civicgauge.errors import ConfigurationError
from civicgauge.model import Attestation, City
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import proofs
from civicgauge.review import said
from civicgauge.review.attesting import Known, NotTaken, Said, Standing, expires_soon, read, standing
from civicgauge.warehouse.reviews import Act

if TYPE_CHECKING:
    from civicgauge.warehouse import Warehouse
    from civicgauge.warehouse.reviews import ReviewDesk

Row = Mapping[str, Any]
_TABLE = "attestation"


# ---------------------------------------------------------------- what is attested


def said_of(warehouse: Warehouse, city: City) -> list[Attestation]:
    """All that is attested of a city, expired too: by its file, then by the approved of the table, oldest first."""
    rows = warehouse.reviews.rows(_TABLE, city_id=city.id, state="approved")
    return [*city.attestations, *(_attestation(row) for row in sorted(rows, key=_approved_at))]


def holding(warehouse: Warehouse, city: City, day: date) -> dict[str, Standing]:
    """By standard (the name of its file): what holds on the day, and what has ended."""
    told = said_of(warehouse, city)
    return {name: standing(told, name, day) for name in standards()}


@dataclass(frozen=True, slots=True)
class Listed:
    """An attestation as lists show it. `attestation_id` is '' for one of a city's file, which needs no approval."""

    attestation_id: str
    city_id: str
    standard: str
    criterion: str
    stance: str
    statement: str | None
    by: str
    said_on: date
    valid_until: date
    evidence_url: str | None
    evidence_digest: str | None
    source: str
    state: str
    second_by: str | None
    answer: str | None
    has_expired: bool


def listed(
    context: Context, at: datetime, city_ids: Collection[str], *, every: bool = False, expiring: bool = False
) -> list[Listed]:
    """Those of cities (all of the registry where none is named): proposed and holding, with `every` all others too.

    `expiring`: only what holds and ends within sixty days.
    """
    known = city_ids or registry.city_ids(context.settings.cities)
    cities = [context.city(city_id) for city_id in sorted(known)]
    with context.warehouse() as warehouse:
        rows = warehouse.reviews.rows(_TABLE, city_id=[city.id for city in cities])
    found = []
    for city in cities:
        today = at.astimezone(city.zone).date()
        told = [_of_file(city.id, each, today) for each in city.attestations]
        told += [_of_row(row, today) for row in rows if row["city_id"] == city.id]
        for each in told:
            holds = each.state == "approved" and not each.has_expired
            if (
                (holds and expires_soon(each.valid_until, today))
                if expiring
                else (every or holds or each.state == "proposed")
            ):
                found.append(each)
    return sorted(found, key=lambda each: (each.city_id, each.standard, each.criterion, each.said_on))


def _of_file(city_id: str, each: Attestation, today: date) -> Listed:
    url = str(each.url) if each.url else None
    told = (each.standard, each.criterion, each.stance, None, each.by, each.said_on, each.until, url, None)
    return Listed("", city_id, *told, "file", "approved", "the file's reviewer", None, each.until < today)


def _of_row(row: Row, today: date) -> Listed:
    names = [name for name in Listed.__slots__ if name != "has_expired"]
    return Listed(**{name: row[name] for name in names}, has_expired=row["valid_until"] < today)


def _attestation(row: Row) -> Attestation:
    told = {name: row[name] for name in ("standard", "criterion", "stance", "by", "said_on")}
    return Attestation(**told, until=row["valid_until"], url=row["evidence_url"])


def _approved_at(row: Row) -> tuple[Any, ...]:
    return row["said_on"], row["seconded_at"] or row["made_at"], row["attestation_id"]


# ---------------------------------------------------------------- what people do


def known_cities(context: Context, city_ids: Collection[str]) -> dict[str, City]:
    """Of these ids those that the registry has; ConfigurationError where such a city's file cannot be used."""
    known = set(registry.city_ids(context.settings.cities))
    return {city_id: context.city(city_id) for city_id in sorted({str(each) for each in city_ids} & known)}


def known_of(cities: Mapping[str, City]) -> Known:
    """What an attestation of these cities may speak of."""
    codes = {name: tuple(each.code for each in standard.criteria) for name, standard in standards().items()}
    return Known({city_id: city.zone for city_id, city in cities.items()}, codes)


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of an entry: its row, and whether it is new or was there already."""

    row: Row
    is_new: bool


def propose(
    context: Context,
    told: Mapping[str, Any],
    *,
    at: datetime,
    source: str,
    names: Mapping[str, str],
    proof: proofs.Proof | None = None,
) -> Entered:
    """Enter an attestation (`attesting.FIELDS`) that a second person has to approve.

    `names` says what each field is called where it was entered. `proof`: of a local file. The address of a proof
    without a digest is asked once. The same words again are the same attestation: it is found as it stands.
    NotTaken with every problem.
    """
    cities = known_cities(context, [str(told.get("city") or "").strip()])
    whole, problems = read({**told, **({"digest": proof.digest} if proof else {})}, known_of(cities), at, names)
    if whole is None:
        raise NotTaken("An attestation that cannot be taken:", tuple(problems))
    with context.warehouse() as warehouse:
        if old := warehouse.reviews.one(_TABLE, attestation_id=whole.id):
            return Entered(old, is_new=False)
        found = proof or proof_of(context, cities[whole.city_id], whole, names["evidence"])
        with warehouse.reviews.desk() as desk:
            return Entered(enter(desk, whole, found, at, source), is_new=True)


def proof_of(context: Context, city: City, whole: Said, called: str) -> proofs.Proof | None:
    """The proof's digest and length where only its address was given; None where the digest was."""
    if whole.evidence_digest or not whole.evidence_url:
        return None
    return proofs.of_address(context, city, whole.evidence_url, called)


def enter(desk: ReviewDesk, whole: Said, proof: proofs.Proof | None, at: datetime, source: str) -> Row:
    """Write a new attestation and its act; its row. `source` is file, command or form."""
    row = {
        **asdict(whole),
        "attestation_id": whole.id,
        "evidence_digest": proof.digest if proof else whole.evidence_digest,
        "evidence_bytes": proof.bytes_count if proof else None,
        "source": source,
        "state": "proposed",
        "made_at": at,
    }
    desk.add(_TABLE, row)
    _note(desk, row, "proposed", at, whole.by, whole.statement)
    return desk.one(_TABLE, attestation_id=whole.id) or row


def approve(context: Context, attestation_id: str, *, by: str, at: datetime, reason: str | None = None) -> Row:
    """A second person agrees: it counts from the city's next measured day on. NotTaken says why it cannot be."""
    why = said.reason(reason) if reason else None
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        row = _proposed(desk, attestation_id)
        second = _second(row, by)
        today = at.astimezone(context.city(row["city_id"]).zone).date()
        if row["valid_until"] < today:
            raise NotTaken(f"{attestation_id}: it expired on {row['valid_until']}; ask the city for what holds now")
        return _changed(desk, row, "approved", at, second, why, second_by=second, seconded_at=at)


def refuse(context: Context, attestation_id: str, *, by: str, reason: str, at: datetime) -> Row:
    """A second person does not agree, and says why. NotTaken where nobody proposes it (any more)."""
    why = said.reason(reason)
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        row = _proposed(desk, attestation_id)
        second = _second(row, by)
        return _changed(desk, row, "refused", at, second, why, second_by=second, seconded_at=at, answer=why)


def withdraw(context: Context, attestation_id: str, *, by: str, reason: str, at: datetime) -> Row:
    """Take back what was proposed or approved, and say why; by anyone. It counts no more from the next day on."""
    why, who = said.reason(reason), said.role(by)
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        row = _of(desk, attestation_id)
        if row["state"] not in ("proposed", "approved"):
            raise NotTaken(f"{attestation_id}: it is {row['state']} already")
        return _changed(desk, row, "withdrawn", at, who, why, answer=why)


def _of(desk: ReviewDesk, attestation_id: str) -> Row:
    row = desk.one(_TABLE, attestation_id=attestation_id)
    if row is None:
        raise NotTaken(
            f"there is no attestation {clean.line(attestation_id, 60)!r}; `civicgauge attest list --all` names them. "
            "One of a city's file is changed there"
        )
    return row


def _proposed(desk: ReviewDesk, attestation_id: str) -> Row:
    row = _of(desk, attestation_id)
    if row["state"] != "proposed":
        raise NotTaken(f"{attestation_id}: it is {row['state']} already, by {row['second_by'] or 'who proposed it'}")
    return row


def _second(row: Row, by: str) -> str:
    try:
        return said.two_people(row["by"], by)
    except ConfigurationError as error:
        raise NotTaken(error.message) from None


def _changed(desk: ReviewDesk, row: Row, state: str, at: datetime, by: str, reason: str | None, **values: Any) -> Row:
    desk.change(_TABLE, {"state": state, **values}, attestation_id=row["attestation_id"])
    _note(desk, row, state, at, by, reason)
    return {**row, "state": state, **values}


def _note(desk: ReviewDesk, row: Row, action: str, at: datetime, by: str, reason: str | None) -> None:
    """The act in the audit, with what the attestation says and which proof it names."""
    names = ("standard", "criterion", "stance", "said_on", "valid_until", "evidence_url", "evidence_digest", "source")
    details = {name: row[name] for name in (*names, "evidence_bytes")}
    desk.note(Act(at, by, f"attestation.{action}", row["attestation_id"], row["city_id"], reason, details))

"""Whose a catalogue entry is, and whether it counts (DESIGN rule 1): decided by publisher, not by transport."""

from __future__ import annotations

from collections.abc import Iterable

from civicgauge.landing.vocabulary import fold
from civicgauge.model import Dataset, DatasetKind, Own, Ownership, Portal


def decide_ownership(dataset: Dataset, portal: Portal, own: Own) -> tuple[Ownership, str]:
    """Whose the entry is, and why, in a word.

    A match with any list of the city file is own. Otherwise an entry that came from elsewhere (another domain, or
    harvested) is not own where a list of a sort was given that its statement of that sort does not match, else
    undecided; what the portal publishes itself is own, unless its organisation is not in the given `organizations`.
    Names are compared without regard to case and accents. The address of a CKAN resource is never a reason.
    """
    stated = {
        "publisher": (own.publishers, dataset.publisher),
        "organization": (own.organizations, dataset.source_organization),
        "harvest_source": (own.harvest_sources, dataset.source_harvest),
        "link_host": (own.link_hosts, dataset.source_link_host),
    }
    for sort, (names, name) in stated.items():
        if _matches(name, names) or (sort == "harvest_source" and any(_matches(n, names) for n in _harvests(dataset))):
            return Ownership.OWN, f"{sort}_listed"
    came_from = _came_from(dataset, portal)
    judged = stated if came_from else {"organization": stated["organization"]}
    for sort, (names, name) in judged.items():
        if names and name:
            return Ownership.NOT_OWN, f"{sort}_not_listed"
    return (Ownership.UNKNOWN, came_from) if came_from else (Ownership.OWN, "published_by_portal")


def exclusion(kind: DatasetKind | str, ownership: Ownership | str) -> tuple[bool | None, str | None]:
    """(is_counted, reason): None is undecided; derived views, things that are no data and others' data do not count."""
    if kind in (DatasetKind.DERIVED_VIEW, DatasetKind.NOT_DATA):
        return False, str(DatasetKind(kind))
    if ownership == Ownership.NOT_OWN:
        return False, "not_own"
    if ownership == Ownership.UNKNOWN:
        return None, "ownership_undecided"
    return True, None


def _came_from(dataset: Dataset, portal: Portal) -> str | None:
    """How an entry came to the portal from elsewhere; None for what the portal publishes itself."""
    if dataset.source_harvest:
        return "harvested"
    domain = dataset.source_domain
    if domain and fold(domain) != fold(portal.host):
        return "federated"
    return None if dataset.is_native else "federated"


def _harvests(dataset: Dataset) -> list[str]:
    """The id and the title of the harvest source, as CKAN's extras keep them; a city file may list either."""
    return [value for key, value in dataset.custom_fields if key in ("harvest_source_id", "harvest_source_title")]


def _matches(name: str | None, names: Iterable[str]) -> bool:
    return bool(name) and fold(name or "") in {fold(n) for n in names}

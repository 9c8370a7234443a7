"""How large the catalogue is and how it changed (DESIGN rule 8): counts of what was seen, without bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from civicgauge.indicators import CatalogueEvents, Evidence, Figure, Indicator
from civicgauge.indicators._arithmetic import count

_EVENT_SOURCES: Mapping[str, str] = {
    "socrata": "Entries of the Discovery API compared with the last accepted day; dates `resource.createdAt` and "
    "`resource.publication_date`; a missing entry is asked for singly.",
    "ckan": "Entries of `package_search` compared with the last accepted day; date `metadata_created`; a missing "
    "entry is asked for singly.",
}


def _of_events(number: Callable[[CatalogueEvents], int | None]) -> Callable[[Evidence], Figure]:
    """The number of one kind of event. The datasets of portals that were not read today may hide more of them."""

    def arithmetic(evidence: Evidence) -> Figure:
        rows = [row for row, _ in evidence.countable()]
        unread = sum(not row["is_observed"] for row in rows)
        reason = "first_observation" if evidence.events.since is None else "portal_not_read"
        seen = None if evidence.events.since is None else number(evidence.events)
        return count(seen, unread, len(rows), reason)

    return arithmetic


def _counted(evidence: Evidence) -> Figure:
    """The city's own datasets that were seen today; of undecided ownership or not read today is unknown."""
    rows = [row for row, _ in evidence.countable()]
    sure = sum(row["is_counted"] is True and bool(row["is_observed"]) for row in rows)
    return count(sure, len(rows) - sure, len(rows))


_COUNTED = Indicator(
    id="datasets_counted_count",
    version=1,
    title="Datasets counted",
    question="How many datasets of its own does the city offer?",
    unit="datasets",
    direction="neutral",
    formula="Datasets whose publisher is the city and that are data: tables, maps, files and links. Filters, charts "
    "and other views of a dataset, and pages that are not data, are not counted. Undecided ownership, and datasets "
    "last seen on a portal that was not read today, are unknown.",
    sources={
        "socrata": "All entries of the Discovery API of the portal; ownership by `metadata.domain`, "
        "`resource.provenance` and the city's file.",
        "ckan": "All packages of `package_search`; ownership by organization, harvest source and the city's file.",
    },
    checks=(),
    criteria=("OD3",),
    gaming="Splitting one table into many raises the count. It is a size, not a merit: no direction is better.",
    advice="Where ownership is undecided, name your publishers, organizations and harvest sources in the city's file.",
    arithmetic=_counted,
)

_ADDED = Indicator(
    id="datasets_added_count",
    version=1,
    title="Datasets added",
    question="How many datasets were newly published since the last day that was accepted?",
    unit="datasets",
    direction="neutral",
    formula="Counted datasets that were not there on the last accepted day and whose own created or published date "
    "lies after it.",
    sources=_EVENT_SOURCES,
    checks=(),
    criteria=("OD3",),
    gaming="Deleting and creating a dataset again counts as removed and added; both numbers stand side by side.",
    advice="Tell the readers of your portal what is new, for example in a story or a feed.",
    arithmetic=_of_events(lambda events: events.added),
)

_FOUND = Indicator(
    id="datasets_found_count",
    version=1,
    title="Datasets found",
    question="How many older datasets were seen for the first time?",
    unit="datasets",
    direction="neutral",
    formula="Counted datasets that were not there on the last accepted day although their own created or published "
    "date lies before it, or that have no such date. This is not growth: an incomplete reading of the catalogue, or "
    "a dataset made public again, looks the same.",
    sources=_EVENT_SOURCES,
    checks=(),
    criteria=("OD3",),
    gaming="Hiding datasets and showing them again raises this number only; it does not count as growth.",
    advice="Nothing needs to be done. A large number says that the catalogue was read incompletely before.",
    arithmetic=_of_events(lambda events: events.found),
)

_REMOVED = Indicator(
    id="datasets_removed_count",
    version=1,
    title="Datasets removed",
    question="How many datasets are gone, by the portal's own answer?",
    unit="datasets",
    direction="neutral",
    formula="Counted datasets of the last accepted day that are missing from the catalogue and that the portal, "
    "asked for each one singly, says are gone. Missing from one reading alone is not removed.",
    sources=_EVENT_SOURCES,
    checks=(),
    criteria=("OD3",),
    gaming="Removing late datasets raises promises kept, and shows here by number and in the tables by name.",
    advice="Before you remove a dataset, say so on its page, and say where its data went.",
    arithmetic=_of_events(lambda events: events.removed),
)

INDICATORS = (_COUNTED, _ADDED, _FOUND, _REMOVED)

"""How large the catalogue is: a count of what was seen, without bounds (DESIGN rule 1)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Evidence, Figure, Indicator
from civicgauge.indicators._arithmetic import count


def _counted(evidence: Evidence) -> Figure:
    """The city's own datasets that were seen today; of undecided ownership or not read today is unknown."""
    rows = [row for row, _ in evidence.countable()]
    sure = sum(row["is_counted"] is True and bool(row["is_observed"]) for row in rows)
    return count(sure, len(rows) - sure, len(rows))


INDICATORS = (
    Indicator(
        id="datasets_counted_count",
        version=1,
        title="Datasets counted",
        question="How many datasets of its own does the city offer?",
        unit="datasets",
        direction="neutral",
        formula="Datasets whose publisher is the city and that are data: tables, maps, files and links. Filters, "
        "charts and other views of a dataset, and pages that are not data, are not counted. Undecided ownership, and "
        "datasets last seen on a portal that was not read today, are unknown.",
        sources={
            "socrata": "All entries of the Discovery API of the portal; ownership by `metadata.domain`, "
            "`resource.provenance` and the city's file.",
            "ckan": "All packages of `package_search`; ownership by organization, harvest source and the city's file.",
        },
        checks=(),
        bearings=informs("OD3"),
        gaming="Splitting one table into many would raise the count; filters and charts of it never do. It is a size, "
        "not a merit: no direction is better.",
        gain="People see how much the city offers.",
        benefit=1,
        effort=3,
        advice="Where ownership is undecided, name your publishers, organizations and harvest sources in the city's "
        "file.",
        arithmetic=_counted,
    ),
)

"""Basic fields that the portal's software fills in by itself, the other three of the eight DCAT-US 1.1 fields.

The eight fields are those of the data.gov harvester's schema for non-federal sources (GSA/datagov-harvester at e04f7de,
schemas/dcatus1.1/non-federal_dataset.json): title, description, keyword, modified, publisher, contactPoint, identifier,
accessLevel. Platform and publisher are told apart by DESIGN rule 10.
"""

from __future__ import annotations

from civicgauge.indicators import Indicator, Results, Row
from civicgauge.indicators._arithmetic import observed, share_of_parts
from civicgauge.model import Outcome

_passed = {True: Outcome.PASSED, False: Outcome.FAILED}


def _modified(row: Row, _results: Results) -> Outcome:
    """The platform gives any date of a last change, of the data or of the entry."""
    return observed(row, _passed[row["touched_at"] is not None or row["data_updated_at"] is not None])


def _identifier(row: Row, _results: Results) -> Outcome:
    return observed(row, _passed[bool(row["dataset_id"])])


def _access_level(row: Row, _results: Results) -> Outcome:
    """Public by being served to anyone."""
    return observed(row, Outcome.PASSED)


INDICATORS = (
    Indicator(
        id="metadata_platform_filled_share",
        version=1,
        title="Metadata filled by the platform",
        question="Of the three basic fields that the portal software fills in by itself, how many are filled?",
        unit="share",
        direction="neutral",
        formula="Filled fields divided by all fields, over three fields of every dataset: a date of the last change "
        "(of the data or of the entry), an identifier, and an access level (public, by being served to anyone). These "
        "are the other three of the eight DCAT-US fields. They are no merit of the city, so they are reported apart.",
        sources={
            "socrata": "`resource.data_updated_at` or `resource.metadata_updated_at`; `resource.id`; served to "
            "anonymous readers.",
            "ckan": "`metadata_modified` of the package or the dates of its resources; `id`; served to anonymous "
            "readers.",
        },
        checks=(),
        bearings=(),
        gaming="There is nothing to gain: the number says something of the software, and does not join the publisher's "
        "share.",
        gain="People see when an entry was last changed.",
        benefit=1,
        effort=3,
        advice="Where this is below 100 %, ask the portal's vendor or administrator why dates are not shown.",
        arithmetic=share_of_parts([_modified, _identifier, _access_level]),
        is_about_showing=True,
    ),
)

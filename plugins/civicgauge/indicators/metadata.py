"""The eight DCAT-US 1.1 fields that data.gov asks of cities: what publishers fill, and apart, what the platform fills.

The eight are those of the data.gov harvester's schema for non-federal sources (GSA/datagov-harvester at e04f7de,
schemas/dcatus1.1/non-federal_dataset.json): title, description, keyword, modified, publisher, contactPoint, identifier,
accessLevel. Platform and publisher are told apart by DESIGN rule 10.
"""

from __future__ import annotations

from civicgauge.indicators import Indicator, Results, Row
from civicgauge.indicators._arithmetic import checked, observed, share_of_parts
from civicgauge.model import Outcome

_PUBLISHER_CHECKS = (
    "title_informative",
    "description_present",
    "keywords_present",
    "publisher_named",
    "contact_usable",
)
_passed = {True: Outcome.PASSED, False: Outcome.FAILED}


def _modified(row: Row, _results: Results) -> Outcome:
    """The platform gives any date of a last change, of the data or of the entry."""
    return observed(row, _passed[row["touched_at"] is not None or row["data_updated_at"] is not None])


def _identifier(row: Row, _results: Results) -> Outcome:
    return observed(row, _passed[bool(row["dataset_id"])])


def _access_level(row: Row, _results: Results) -> Outcome:
    """Public by being served to anyone."""
    return observed(row, Outcome.PASSED)


_PUBLISHER = Indicator(
    id="metadata_publisher_filled_share",
    version=1,
    title="Metadata filled by publishers",
    question="Of the five basic fields that people fill in, how many are filled?",
    unit="share",
    direction="higher_is_better",
    formula="Filled fields divided by all fields, over five fields of every dataset: title (words, not an identifier), "
    "description, keywords, publisher and a contact that can be used. These are the fields filled by people among the "
    "eight DCAT-US fields that data.gov asks of cities. A contact that the platform hides is unknown, not missing.",
    sources={
        "socrata": "Title `resource.name`, description `resource.description`, keywords "
        "`classification.domain_tags`, publisher `resource.attribution` or a custom field such as the department. "
        "The contact in `resource.contact_email` is hidden from anonymous readers; some portals show one in a custom "
        "field or in `/data.json`, else it is unknown.",
        "ckan": "Title `title`, description `notes`, keywords `tags`, publisher the title of `organization` or a "
        "custom field, contact `maintainer_email`, `author_email` or a custom field.",
    },
    checks=_PUBLISHER_CHECKS,
    criteria=("OD2", "OD3", "OD4", "DM2"),
    gaming="A description that repeats the title, or a title that is a file name, does not count. Copying the same "
    "words into every dataset would count; a person who reads the pages sees it.",
    advice="Most portals can require these fields when a dataset is created. Fill contacts with the address of an "
    "office, not of a person.",
    arithmetic=share_of_parts([checked(check) for check in _PUBLISHER_CHECKS]),
)

_PLATFORM = Indicator(
    id="metadata_platform_filled_share",
    version=1,
    title="Metadata filled by the platform",
    question="Of the three basic fields that the portal software fills in by itself, how many are filled?",
    unit="share",
    direction="neutral",
    formula="Filled fields divided by all fields, over three fields of every dataset: a date of the last change (of "
    "the data or of the entry), an identifier, and an access level (public, by being served to anyone). These are "
    "the other three of the eight DCAT-US fields. They are no merit of the city, so they are reported apart.",
    sources={
        "socrata": "`resource.data_updated_at` or `resource.metadata_updated_at`; `resource.id`; served to anonymous "
        "readers.",
        "ckan": "`metadata_modified` of the package or the dates of its resources; `id`; served to anonymous readers.",
    },
    checks=(),
    criteria=(),
    gaming="There is nothing to gain: the number says something of the software, and does not join the publisher's "
    "share.",
    advice="Where this is below 100 %, ask the portal's vendor or administrator why dates are not shown.",
    arithmetic=share_of_parts([_modified, _identifier, _access_level]),
)

INDICATORS = (_PUBLISHER, _PLATFORM)

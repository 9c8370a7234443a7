"""Basic fields that people fill in, five of the eight DCAT-US 1.1 fields that data.gov asks of cities.

The eight fields are those of the data.gov harvester's schema for non-federal sources (GSA/datagov-harvester at e04f7de,
schemas/dcatus1.1/non-federal_dataset.json): title, description, keyword, modified, publisher, contactPoint, identifier,
accessLevel. Platform and publisher are told apart by DESIGN rule 10.
"""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Leader
from civicgauge.indicators._arithmetic import checked, share_of_parts
from civicgauge.indicators._bands import SHARE

_PUBLISHER_CHECKS = (
    "title_informative",
    "description_present",
    "keywords_present",
    "publisher_named",
    "contact_usable",
)

INDICATORS = (
    Indicator(
        id="metadata_publisher_filled_share",
        version=1,
        title="Metadata filled by publishers",
        question="Of the five basic fields that people fill in, how many are filled?",
        unit="share",
        direction="higher_is_better",
        formula="Filled fields divided by all fields, over five fields of every dataset: title (words, not an "
        "identifier), description, keywords, publisher and a contact that can be used. These are the fields filled by "
        "people among the eight DCAT-US fields that data.gov asks of cities. A contact that the platform hides is "
        "unknown, not missing.",
        sources={
            "socrata": "Title `resource.name`, description `resource.description`, keywords "
            "`classification.domain_tags`, publisher `resource.attribution` or a custom field such as the department. "
            "The contact in `resource.contact_email` is hidden from anonymous readers; some portals show one in a "
            "custom field or in `/data.json`, else it is unknown.",
            "ckan": "Title `title`, description `notes`, keywords `tags`, publisher the title of `organization` or a "
            "custom field, contact `maintainer_email`, `author_email` or a custom field.",
        },
        checks=_PUBLISHER_CHECKS,
        bearings=informs("OD2", "OD3", "OD4", "DM2"),
        gaming="A description that repeats the title, or a title that is a file name, does not count. Copying the same "
        "words into every dataset would count; a person who reads the pages sees it.",
        gain="People find a dataset by its words, and see whether it is what they need.",
        benefit=2,
        effort=1,
        advice="Most portals can require these fields when a dataset is created. Fill contacts with the address of an "
        "office, not of a person.",
        leader=Leader(
            ask="Have every dataset say what it is, what it is about and who answers for it.",
            why="What is not described is not found, and is asked for again by telephone.",
            who="the departments that own the data, with the open-data team",
        ),
        arithmetic=share_of_parts([checked(check) for check in _PUBLISHER_CHECKS]),
        bands=SHARE,
        is_about_showing=True,
    ),
)

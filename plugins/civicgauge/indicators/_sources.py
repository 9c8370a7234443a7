"""Where facts come from, per kind of platform: shared by the indicators that rest on them.

Field names are those of the Socrata Discovery API and of CKAN's `package_search`.
"""

from __future__ import annotations

from collections.abc import Mapping

FREQUENCY: Mapping[str, str] = {
    "socrata": "The declared frequency is a custom field of each portal (`classification.domain_metadata`); the "
    "frequency vocabulary knows the field names and spellings.",
    "ckan": "The declared frequency is a custom field, in `extras` or at the top level of the package; the frequency "
    "vocabulary knows the field names and spellings.",
}

PROMISE: Mapping[str, str] = {
    "socrata": FREQUENCY["socrata"] + " The date of the data is `resource.data_updated_at`, and unknown for a link to "
    "somewhere else; never `updatedAt` or `metadata_updated_at`, which editing a description moves.",
    "ckan": FREQUENCY["ckan"] + " The date of the data is a field of the publisher's (such as `last_refreshed`) or "
    "comes from the resources (`last_modified`, which many portals leave empty); never `metadata_modified` of the "
    "package, which editing a description moves.",
}

OWN_LICENCE: Mapping[str, str] = {
    "socrata": "`metadata.license`, which the catalogue leaves out where a dataset has none, else a custom field for "
    "it.",
    "ckan": "`license_id`, `license_title` and `license_url` of the package.",
}

LICENCE: Mapping[str, str] = {
    kind: f"{own} A statement for the whole portal is not read here." for kind, own in OWN_LICENCE.items()
}

ROWS: Mapping[str, str] = {
    "socrata": "The rows of the bulk export (`rows.csv`), or of SODA where there is none; the portal's own count and "
    "columns from SODA and `/api/views`.",
    "ckan": "The rows of the DataStore's dump with its own count and fields, else the file behind the resource.",
}

EVENT_SOURCES: Mapping[str, str] = {
    "socrata": "Entries of the Discovery API compared with the last accepted day; dates `resource.createdAt` and "
    "`resource.publication_date`; a missing entry is asked for singly.",
    "ckan": "Entries of `package_search` compared with the last accepted day; date `metadata_created`; a missing "
    "entry is asked for singly.",
}

SUBJECTS: Mapping[str, str] = {
    "socrata": "What a dataset is about is read off `resource.name`; its date is `resource.data_updated_at`. Years "
    "come from the rows of datasets that are pulled, else from the title.",
    "ckan": "What a dataset is about is read off `title`; its date is a field of the publisher's or comes from the "
    "resources (`last_modified`). Years come from the rows of datasets that are pulled, else from the title.",
}

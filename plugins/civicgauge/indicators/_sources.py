"""Where a promise and its date come from, per kind of platform: shared by the indicators that rest on them.

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
    "socrata": FREQUENCY["socrata"] + "The date of the data is `resource.data_updated_at`, and unknown for a link to "
    "somewhere else; never `updatedAt` or `metadata_updated_at`, which editing a description moves.",
    "ckan": FREQUENCY["ckan"] + "The date of the data is a field of the publisher's (such as `last_refreshed`) or "
    "comes from the resources (`last_modified`, which many portals leave empty); never `metadata_modified` of the "
    "package, which editing a description moves.",
}

"""Where the links of a dataset come from, per kind of platform: shared by the indicators that rest on them."""

from __future__ import annotations

from collections.abc import Mapping

LINKS: Mapping[str, str] = {
    "socrata": "The external address of an entry of type `href` (`link` in the Discovery API). Tables, maps and files "
    "that the portal itself serves are no links.",
    "ckan": "`url` of each resource whose host is not the portal's, documents that explain data among them.",
}

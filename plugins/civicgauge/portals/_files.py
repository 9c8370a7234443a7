"""Tables that are files with an address of their own: which resources may be one, and the file if it is a new one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from civicgauge.landed import Fetched, Peek, RowSource
from civicgauge.model import Portal, Resource
from civicgauge.portals._reading import conditions
from civicgauge.web import Web

# Words of declared formats, media types and file names. What a file really is, its reader finds out; here only what
# surely is no table is left out, so that nobody downloads pictures and maps every night.
_WORD = r"(?<![a-z0-9])(?:{})(?![a-z0-9])"
_TABLE = re.compile(
    _WORD.format(
        "csv|cvs|tsv|tab|txt|text|json|geojson|jsonl|ndjson|xlsx?|excel|spreadsheetml|zip|zipped|gz|gzip|comma-separated"
    )
)
_OTHER = re.compile(
    _WORD.format(
        "api|rest|w[mf]s|wmts|arcgis|esri|html?|pdf|docx?|pptx?|shp|shapefile|kml|kmz|gpkg|gdb|gml|mdb|dxf|dwg|rdf|xml|rss"
        "|jpe?g|png|tiff?|gtfs|parquet"
    )
)


def split(url: str | None) -> SplitResult:
    """An address in parts; empty ones where there is none that can be read."""
    try:
        return urlsplit(url or "")
    except ValueError:
        return urlsplit("")


def may_hold_rows(resource: Resource) -> bool:
    """Whether a resource may be a table, by its declared format, else its media type, else its file's name."""
    parts = split(resource.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    file_name = unquote(parts.path.rpartition("/")[2]).partition(".")[2]
    for words in (resource.declared_format, (resource.media_type or "").partition("/")[2], file_name):
        said = (words or "").lower()
        is_table, is_other = _TABLE.search(said), _OTHER.search(said)
        if is_table or is_other:
            return not is_other
    return False


def address(url: str, portal: Portal) -> str:
    """The address to ask: the portal's own, where a resource speaks of the name the portal gives itself."""
    parts, base = split(url), urlsplit(portal.base_url)
    if parts.hostname != portal.host or ":" in parts.netloc.rpartition("@")[2]:
        return url
    return urlunsplit((base.scheme, base.netloc, parts.path, parts.query, parts.fragment))


def file_source(dataset_id: str, resource: Resource, portal: Portal, hints: tuple[tuple[str, str], ...]) -> RowSource:
    """A resource's file as a source of rows."""
    return RowSource(
        dataset_id=dataset_id,
        resource_id=resource.resource_id,
        title=resource.title or None,
        route="file",
        url=address(resource.url or "", portal),
        declared_format=resource.declared_format,
        media_type=resource.media_type,
        hints=hints,
    )


def fetch_file(web: Web, source: RowSource, before: Peek, known: Mapping[str, str] | None, target: Path) -> Fetched:
    """The file, unless its server says that the stored version is still the one: the one request an unchanged file
    costs. What it is, and whether it is a table at all, the reader of rows finds out.
    """
    headers = conditions(known)
    download = web.download(source.url, target, headers=headers, accept_status=(200, 304) if headers else (200,))
    return Fetched(download, before, "file", None)

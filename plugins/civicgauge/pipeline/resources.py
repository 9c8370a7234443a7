"""Which of a dataset's row sources are pulled, where a portal offers one table in several formats. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from civicgauge.landed import RowSource

# Of one table in several formats the first of these is pulled: what keeps types, and streams, best.
_PREFERRED = ("dump", "export", "csv", "tsv", "json", "geojson", "xlsx", "zip")
_FORMAT_WORDS = re.compile(
    r"\b(csv|tsv|json|geojson|xlsx?|excel|xml|kml|kmz|zip|shp|shape ?file|gpkg|gzip|api|utf ?8|4326|2952)\b"
)


def one_of_each(sources: Sequence[RowSource]) -> list[RowSource]:
    """Of the sources that share a title but for words about formats, the one that serves best; in their order."""
    best: dict[str, RowSource] = {}
    for source in sorted(sources, key=_rank):
        best.setdefault(_stem(source), source)
    return [source for source in sources if source in best.values()]


def _rank(source: RowSource) -> int:
    words = (source.route, (source.declared_format or "").lower().lstrip("."))
    return min((place for place, word in enumerate(_PREFERRED) if word in words), default=len(_PREFERRED))


def _stem(source: RowSource) -> str:
    """A title without its words about formats; a source without a title stands for itself."""
    words = re.sub(r"[\W_]+", " ", (source.title or "").lower())
    return " ".join(_FORMAT_WORDS.sub(" ", words).split()) or source.resource_id

"""When a dataset's data changed, by what its catalogue entry shows (DESIGN rules 2 and 4). Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from civicgauge.landing import texts
from civicgauge.landing.distributions import Distribution, data_of
from civicgauge.landing.series import series_key
from civicgauge.model import Dataset

_FORMAT_WORDS = re.compile(
    r"\b(csv|tsv|xlsx?|json|geojson|xml|kml|kmz|shp|shapefile|zip|api|gpkg|dxf|gdb|wfs|wms|wmts|ods|txt|download)\b|\.\w{2,7}$",
    re.IGNORECASE,
)


def data_updated(dataset: Dataset, distributions: Sequence[Distribution]) -> tuple[datetime | None, str | None]:
    """(moment, basis): `data_updated` where the entry itself says when, else from its resources; None when unknown.

    Resources that differ by format or by period alone are one thing, whose newest speaks. Several things of one common
    format are parts of one whole, whose oldest current one speaks, and an undated part makes the whole unknown.
    Otherwise the newest speaks. Documentation and parts that are labelled as past do not count.
    """
    if dataset.data_updated_at:
        return dataset.data_updated_at, "data_updated"
    groups = _groups(distributions)
    newest = [
        max((d.resource.data_updated_at for d in group if d.resource.data_updated_at), default=None) for group in groups
    ]
    known = [moment for moment in newest if moment]
    if len(groups) > 1 and _share_a_format(groups):
        return (min(known), "oldest_part") if len(known) == len(groups) else (None, None)
    return (max(known), "newest_resource") if known else (None, None)


def _groups(distributions: Sequence[Distribution]) -> list[list[Distribution]]:
    """Data resources by what they are of, past parts left out where a current one stands beside them."""
    found: dict[str, list[Distribution]] = defaultdict(list)
    past: set[str] = set()
    for distribution in data_of(distributions):
        title = distribution.resource.title
        label = series_key(title)
        stem = _stem(label.key if label else title)
        found[stem].append(distribution)
        if texts.says_historical(title, None):
            past.add(stem)
    current = [group for stem, group in found.items() if stem not in past]
    return current or list(found.values())


def _stem(title: str) -> str:
    return re.sub(r"[\W_]+", " ", _FORMAT_WORDS.sub(" ", title.replace("_", " "))).strip().casefold()


def _share_a_format(groups: list[list[Distribution]]) -> bool:
    return bool(set.intersection(*({d.format.format_id for d in group} - {None} for group in groups)))

"""Our assets as lineage names them: `civicgauge://<city>/<what>`. Loaded with every DAG; nothing heavy is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from airflow.sdk import Asset


def whole(uri: SplitResult) -> SplitResult:
    """The address as it is; ValueError where it names no city, or nothing of it."""
    if not uri.netloc or not uri.path.strip("/"):
        raise ValueError("an asset of civicgauge is civicgauge://<city>/<what>")
    return uri


def as_openlineage(asset: Asset, lineage_context: Any) -> Any:  # noqa: ARG001 - Airflow calls it with both
    """The asset as OpenLineage's dataset: the namespace is the city, the name what of it."""
    from airflow.providers.common.compat.openlineage.facet import Dataset

    parts = urlsplit(asset.uri)
    return Dataset(namespace=f"{parts.scheme}://{parts.netloc}", name=parts.path.strip("/"))

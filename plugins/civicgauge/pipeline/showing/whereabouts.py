"""Which city, day, portal and dataset a task of Airflow is about, so that its page can lead there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import NotShown, Viewer

_DAG = "observe__"
_BY_PORTAL, _BY_DATASET = ("snapshot", "links"), ("pull",)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`day` is None before the run's first word in the warehouse; `is_shown`: pages show that day."""

    city_id: str
    day: date | None = None
    is_shown: bool = False
    outcome: str | None = None
    portal_id: str | None = None
    dataset_id: str | None = None


def whereabouts(
    base: Base, viewer: Viewer, dag_id: str, run_id: str | None, task_id: str | None, map_index: int | None
) -> Whereabouts:
    """See `Shown.resolve_task`."""
    if not dag_id.startswith(_DAG):
        raise NotShown(dag_id)
    known = base.seeing.one(viewer, dag_id.removeprefix(_DAG))
    run = base.rows.run_of_airflow(known.city_id, run_id) if run_id else None
    portal_id = dataset_id = None
    if known.file is not None and map_index is not None and map_index >= 0:
        if task_id in _BY_PORTAL:
            ids = [portal.id for portal in known.file.portals if task_id == "snapshot" or portal.links_per_day]
            portal_id = ids[map_index] if map_index < len(ids) else None
        elif task_id in _BY_DATASET and map_index < len(known.file.datasets):
            chosen = known.file.datasets[map_index]
            portal_id, dataset_id = chosen.portal, chosen.id
    return Whereabouts(
        city_id=known.city_id,
        day=run["day"] if run else None,
        is_shown=run is not None and run["is_current"] and run["outcome"] in ("complete", "partial"),
        outcome=run["outcome"] if run else None,
        portal_id=portal_id,
        dataset_id=dataset_id,
    )

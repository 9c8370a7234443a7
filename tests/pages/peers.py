"""The same thirteen datasets as three other systems judge them and as we do: the first half of docs/peers.md.

Ours goes the way of any city's dataset: the CKAN reader's translation, the vocabulary of frequencies, landing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from civicgauge.landing.catalogue import Reading, land_portal
from civicgauge.landing.freshness import GRACE_DAYS, ladder
from civicgauge.model import City
from civicgauge.portals import reader

Row = dict[str, Any]
RECORDED: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "peers.yml").read_text(encoding="utf-8"))
NOW: datetime = RECORDED["now"]
CITY = City.model_validate(
    {
        "id": "peers",
        "name": "Peers",
        "country": "US",
        "time_zone": "UTC",
        "portals": [{"kind": "ckan", "url": "https://data.example.org"}],
    }
)


def package(case: Mapping[str, Any], number: int) -> Row:
    """A catalogue entry as CKAN answers it. Its description was edited today, which must not matter."""
    told: Row = {
        "id": f"peer-{number:02}",
        "name": f"peer-{number:02}",
        "title": "Street trees",
        "notes": None if case.get("is_bare") else "Every tree in the public way.",
        "metadata_created": (NOW - timedelta(days=2000)).isoformat(),
        "metadata_modified": NOW.isoformat(),
        "refresh_rate": case["frequency"],
        "resources": [],
    }
    if case["age_days"] is not None:
        told["last_refreshed"] = (NOW - timedelta(days=case["age_days"])).isoformat()
    return told


def judged() -> list[Row]:
    """The landed row of each dataset, in the order of the file."""
    portal = CITY.portals[0]
    packages = [package(case, number) for number, case in enumerate(RECORDED["datasets"])]
    reading = Reading(
        city=CITY,
        portal=portal,
        day=NOW.date(),
        as_of=NOW,
        datasets=reader("ckan").datasets(packages, {}, portal),
        known={},
        observation_days=[NOW.date()],
        holidays=frozenset(),
    )
    return sorted(land_portal(reading).datasets, key=lambda row: str(row["dataset_id"]))


def section() -> Iterator[str]:
    """Markdown. ValueError where a reason was written for another status than the one computed."""
    yield f"Now is {NOW:%A %Y-%m-%d %H:%M}. Every description was edited on that day, which counts for nothing here.\n"
    yield "| dataset | Toronto: freshness, total, grade | HDX | udata, on time | civicgauge | our steps | why |"
    yield "|---|---|---|---|---|---|---|"
    for case, row in zip(RECORDED["datasets"], judged(), strict=True):
        status = row["freshness_status"]
        if status != case["written_for"]:
            raise ValueError(
                f"peers.yml: {case['name']}: the reason is for {case['written_for']}, computed is {status}"
            )
        toronto = "{fresh}, {total}, {grade}".format(**case["toronto"])
        reason = f" ({row['freshness_reason']})" if row["freshness_reason"] else ""
        cells = [case["name"], toronto, case["hdx"], case["udata"], f"**{status}**{reason}", steps(row), case["why"]]
        yield f"| {' | '.join(' '.join(str(cell).split()) for cell in cells)} |"


def steps(row: Row) -> str:
    """From which age on, in days, data of this period are due, overdue and delinquent with us."""
    period = row["expected_period_days"]
    if period is None:
        return "no period"
    return " / ".join(f"{step + GRACE_DAYS:.3g}" for step in ladder(period))

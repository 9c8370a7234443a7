"""Changes, the clock, the city files and the command of the demo portals."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from civicgauge.demo.server import DemoPortals
from tests.demo.asking import action, ask, catalog, search
from tests.demo.conftest import DAY


def test_changes_are_seen_from_outside(fresh: DemoPortals) -> None:
    url, soon = fresh.urls["alder-falls"], date(2026, 7, 3)
    fresh.set_as_of(soon)
    before = catalog(url, ids="c5wg-8qtm")["results"][0]["resource"]
    fresh.change("alder-falls", "touch", "c5wg-8qtm")
    touched = catalog(url, ids="c5wg-8qtm")["results"][0]["resource"]
    assert touched["data_updated_at"] == before["data_updated_at"]
    assert touched["metadata_updated_at"] > before["metadata_updated_at"]
    fresh.change("alder-falls", "update", "c5wg-8qtm")
    assert catalog(url, ids="c5wg-8qtm")["results"][0]["resource"]["data_updated_at"] > before["data_updated_at"]
    fresh.change("alder-falls", "delete", "c5wg-8qtm")
    fresh.change("alder-falls", "private", "w9jb-46pe")
    assert catalog(url, limit=10000)["resultSetSize"] == 24
    assert ask(f"{url}/api/views/c5wg-8qtm.json").status == 404
    assert (ask(f"{url}/api/views/w9jb-46pe.json").status, ask(f"{url}/resource/w9jb-46pe.json").status) == (403, 403)
    fresh.change(
        "alder-falls", "add", "new0-0001", title="Street Sweeping", tags=["streets"], columns="Route | Text | Name"
    )
    added = catalog(url, ids="new0-0001")["results"][0]["resource"]
    assert added["createdAt"] > "2026-07-03"
    fresh.change("birchport", "delete", "street-lights")
    assert action(fresh.urls["birchport"], "package_show", id="street-lights").status == 403
    fresh.change("birchport", "restore", "street-lights")
    fresh.change("birchport", "update", "street-lights")
    package = action(fresh.urls["birchport"], "package_show", id="street-lights").json()["result"]
    assert package["resources"][0]["last_modified"][:19] == package["metadata_modified"][:19]
    fresh.change("birchport", "add", name="dog-parks", title="Dog Parks")
    assert search(fresh.urls["birchport"])["count"] == 24


def _age(demo: DemoPortals, dataset_id: str, today: date) -> int:
    told = catalog(demo.urls["alder-falls"], ids=dataset_id)["results"][0]["resource"]["data_updated_at"]
    moment = datetime.fromisoformat(told.replace("Z", "+00:00")).astimezone(ZoneInfo("America/Chicago"))
    return (today - moment.date()).days


@pytest.mark.parametrize(
    "day", [date(2026, 6, 30), date(2026, 3, 9), date(2026, 11, 2), date(2024, 2, 29), date(2027, 1, 1)]
)
def test_ages_depend_on_the_day_alone(day: date) -> None:
    for as_of in (
        day,
        datetime(day.year, day.month, day.day, 6, 1, tzinfo=UTC),
        datetime(day.year, day.month, day.day, 18, tzinfo=UTC),
    ):
        with DemoPortals(as_of) as demo:
            assert [_age(demo, i, day) for i in ("k7qw-3fzn", "w9jb-46pe", "c5wg-8qtm")] == [0, 40, 500]


def test_the_clock_ages_what_does_not_update_itself() -> None:
    with DemoPortals(datetime(2026, 6, 30, 5, 1, tzinfo=UTC)) as demo:  # a minute after midnight in Chicago
        before = catalog(demo.urls["alder-falls"], ids="k7qw-3fzn")["results"][0]["resource"]["page_views"]
        demo.set_as_of(date(2026, 7, 9))
        today = date(2026, 7, 9)
        assert [_age(demo, i, today) for i in ("k7qw-3fzn", "p4mx-82ty", "w9jb-46pe")] == [0, 5, 49]
        assert catalog(demo.urls["alder-falls"], ids="k7qw-3fzn")["results"][0]["resource"]["page_views"] != before
        with pytest.raises(ValueError, match="before the moment"):
            demo.set_as_of(date(2026, 6, 1))
    with pytest.raises(ValueError, match="time zone"):
        DemoPortals(datetime(2026, 6, 30, 12))


def test_the_same_moment_gives_the_same_catalogue() -> None:
    def read(demo: DemoPortals) -> str:
        entries = catalog(demo.urls["alder-falls"], limit=10000)["results"]
        packages = search(demo.urls["birchport"], rows=1000, sort="id asc")["results"]
        text = json.dumps([entries, packages], sort_keys=True)
        for key in ("alder-falls", "birchport"):  # other hosts lie on the portal's own port, which is never the same
            address = demo.urls[key].replace("127.0.0.1", "localhost")
            assert address in text
            text = text.replace(address, f"<{key}>")
        return text

    with DemoPortals(DAY) as one, DemoPortals(DAY) as other:
        assert read(one) == read(other)


def test_city_files_and_the_command(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "civicgauge.demo.server",
        "--as-of",
        "2026-06-30",
        "--port",
        "0",
        "--cities",
        str(tmp_path),
    ]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    lines = [server.stdout.readline().split() for _ in range(7)]
    urls = {line[0]: line[1] for line in lines[:4]}
    files = {p.stem: yaml.safe_load(p.read_text(encoding="utf-8")) for p in sorted(tmp_path.glob("*.yml"))}
    assert sorted(files) == ["demo-alder-falls", "demo-birchport", "demo-cedar-junction"]
    assert {p["url"] for city in files.values() for p in city["portals"]} == set(urls.values())
    assert catalog(urls["alder-falls"])["resultSetSize"] == 26
    server.send_signal(signal.SIGTERM)
    assert server.wait(10) == 0
    assert not list(tmp_path.glob("*.part"))


def test_portals_call_themselves_as_others_reach_them(tmp_path: Path) -> None:
    with DemoPortals(DAY, named="localhost") as portals:
        portals.write_cities(tmp_path)
        files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in tmp_path.glob("*.yml")]
        assert {p["url"] for city in files for p in city["portals"]} == set(portals.urls.values())
        assert all(url.startswith("http://localhost:") for url in portals.urls.values())
        assert catalog(portals.urls["alder-falls"])["resultSetSize"] == 26

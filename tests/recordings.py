"""Serving the recordings of real portals, which lie beside a developer's checkout and not in the repository."""

from __future__ import annotations

import gzip
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "portals"
NAMES = ("chattanooga", "kansas-city", "chicago", "zurich", "toronto", "dados-br")

needs_recordings = pytest.mark.skipif(
    not FOLDER.exists(), reason="the recordings of real portals are not beside this checkout (../shared/portals)"
)


def about(name: str) -> dict[str, str]:
    """`portal.json` of a recording: kind, host, title."""
    return dict(json.loads((FOLDER / name / "portal.json").read_text()))


def recorded(kinds: set[str]) -> dict[str, int]:
    """Every recording of one of these kinds, with its number of entries."""
    names = sorted(path.parent.name for path in FOLDER.glob("*/portal.json"))
    return {name: _lines(FOLDER / name / "catalog.jsonl.gz") for name in names if about(name)["kind"] in kinds}


def _lines(path: Path) -> int:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return sum(bool(line.strip()) for line in lines)


@contextmanager
def replayed(names: Sequence[str] = NAMES, as_of: str | None = None) -> Iterator[dict[str, str]]:
    """Serve recordings on loopback; gives each one's address by name."""
    process, first = _started(names, as_of)
    try:
        yield {name: f"http://127.0.0.1:{first + i}" for i, name in enumerate(names)}
    finally:
        process.kill()
        process.wait()


def _started(names: Sequence[str], as_of: str | None) -> tuple[subprocess.Popen[str], int]:
    """The server, once all portals are served; other ports where another test took one of them in between."""
    for _ in range(5):
        first = _free_ports(len(names))
        command = [sys.executable, str(FOLDER / "replay.py"), *(str(FOLDER / n) for n in names), "--port", str(first)]
        command += ["--as-of", as_of] if as_of else []
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert process.stdout is not None
        if all(process.stdout.readline() for _ in names):
            return process, first
        process.wait()
    raise RuntimeError("the replay server did not start")


def _free_ports(count: int) -> int:
    """The first of `count` ports in a row that nothing listens on."""
    for _ in range(50):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            first = probe.getsockname()[1]
        if first + count < 65000 and all(_is_free(first + i) for i in range(count)):
            return first
        time.sleep(0.01)
    raise RuntimeError("no free ports in a row")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


CITY = """id: {id}
name: {name}
country: {country}
time_zone: {zone}
publication: public
holidays: {holidays}
portals:
  - kind: {kind}
    url: {url}
    domain: {host}
    requests_per_second: 50
    links_per_day: 0
"""
ZONES = {
    "chattanooga": ("US", "America/New_York", "us"),
    "kansas-city": ("US", "America/Chicago", "us"),
    "chicago": ("US", "America/Chicago", "us"),
    "zurich": ("CH", "Europe/Zurich", "ch"),
    "toronto": ("CA", "America/Toronto", "ca"),
    "dados-br": ("BR", "America/Sao_Paulo", "br"),
}


def write_city(folder: Path, name: str, url: str, extra: str = "") -> Path:
    """A city file that reads a recording; `extra` is YAML added at its end."""
    country, zone, holidays = ZONES[name]
    told = about(name)
    path = folder / f"{name}.yml"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(
        CITY.format(id=name, name=name.title(), country=country, zone=zone, holidays=holidays, url=url, **told) + extra,
        encoding="utf-8",
    )
    return path

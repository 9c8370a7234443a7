"""How long pages take for 1,000 cities and 500,000 datasets, on one worker, against an empty page of the same app.

    python -m benchmarks.pages [--home HOME] [--warehouse URL] [--cities N] [--datasets N] [--rounds 3] [--times 20]

`civicgauge serve` in a process of its own, over a big world (`_big_world`; HOME holds one that was made before). Each
kind of page is asked for in turn with a page that is nowhere (a 404, which asks the warehouse nothing): A B A B, each
time of another city and dataset. Wanted: 200 ms at the 95th percentile. Seconds of CPU are the server's own; they hold
where other work shares the machine and wall time does not.
"""

from __future__ import annotations

import argparse
import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

import psutil
from tests.airflow.headless import accepts, free_port

from benchmarks._big_cities import MadeCity
from benchmarks._big_rows import DAY, indicators
from benchmarks._big_world import World, make
from benchmarks._runs import ROOT, machine, table

WANTED = 0.2
Address = Callable[[int], str]


@dataclass(slots=True)
class Kind:
    """One kind of page: `address` of the n-th time that it is asked for; what it and the empty page beside it took."""

    name: str
    address: Address
    status: int = 200
    took: list[float] = field(default_factory=list)
    empty: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    empty_cpu: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 were answered."""
        return quantiles(self.took, n=20)[-1]

    @property
    def ratio(self) -> float:
        """How many times the empty page it takes, by the medians of wall time."""
        return median(self.took) / median(self.empty)


def kinds(world: World) -> list[Kind]:
    """Every kind of page there is of a big world."""
    made, last = world.made, -(-world.cities // 50)
    ids = [each.id for each in indicators() if each.bands]

    def of(number: int) -> MadeCity:
        return made[number * 37 % len(made)]

    def dataset(number: int, step: int = 101) -> str:
        place = of(number)
        which = number * step % world.datasets
        return f"city/{place.city_id}/dataset/{place.portal_of(which)[0]}/{quote(place.dataset_id(which), safe='')}/"

    def words(number: int) -> str:
        return of(number).name.split()[0]

    parts = -(-world.datasets // 50)
    return [
        Kind("cities, first page", lambda _: "cities/"),
        Kind("cities, last page", lambda _: f"cities/?page={last}"),
        Kind("cities, words", lambda n: f"cities/?words={words(n)}"),
        Kind("cities, by an indicator", lambda n: f"cities/?sort={ids[n % len(ids)]}"),
        Kind("cities, of a state, at a date", lambda n: f"cities/?state={of(n).state}&as_of={DAY.replace(day=20)}"),
        Kind("city", lambda n: f"city/{of(n).city_id}/"),
        Kind("city, at an earlier date", lambda n: f"city/{of(n).city_id}/?as_of={DAY.replace(day=1 + n % 28)}"),
        Kind("datasets of a city", lambda n: f"city/{of(n).city_id}/datasets/"),
        Kind("datasets of a city, last page", lambda n: f"city/{of(n).city_id}/datasets/?page={parts}"),
        Kind("datasets of a city, words", lambda n: f"city/{of(n).city_id}/datasets/?words=permits"),
        Kind("dataset", dataset),
        Kind("dataset with rows", lambda n: dataset(n, 0)),
        Kind("indicator across all cities", lambda n: f"indicator/{ids[n % len(ids)]}/"),
        Kind("indicator among a city's peers", lambda n: f"indicator/{ids[n % len(ids)]}/?city={of(n).city_id}"),
        Kind("health", lambda _: "health/"),
        Kind("check", lambda _: "check/update_on_time/"),
        Kind("cities as CSV", lambda _: "cities.csv"),
        Kind("city as JSON", lambda n: f"city/{of(n).city_id}.json"),
        Kind("datasets of a city as CSV", lambda n: f"city/{of(n).city_id}/datasets.csv"),
        Kind("indicator across all cities as JSON", lambda n: f"indicator/{ids[n % len(ids)]}.json"),
    ]


@contextmanager
def serving(home: Path, url: str) -> Iterator[tuple[int, psutil.Process]]:
    """The port and the process of `civicgauge serve` over that world."""
    port, settings = free_port(), {"CIVICGAUGE_HOME": str(home), "CIVICGAUGE_CITIES": str(home / "cities")}
    command = [sys.executable, "-m", "civicgauge", "serve", "--port", str(port), "--proxies", "127.0.0.1"]
    environment = {**os.environ, **settings, "CIVICGAUGE_WAREHOUSE": url}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 120
            while not accepts(port):
                if server.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit("the server did not start")
                time.sleep(0.2)
            yield port, psutil.Process(server.pid)
        finally:
            server.terminate()


def ask(link: http.client.HTTPConnection, address: str, visitor: int) -> tuple[int, int, float]:
    """Status, bytes and seconds of one answer. Each visitor has an address of its own: one may not ask so often."""
    began = time.perf_counter()
    link.request("GET", f"/{address}", headers={"X-Forwarded-For": f"10.0.{visitor // 250}.{1 + visitor % 250}"})
    answer = link.getresponse()
    size = len(answer.read())
    return answer.status, size, time.perf_counter() - began


def measure(every: Sequence[Kind], port: int, server: psutil.Process, rounds: int, times: int) -> None:
    """Ask for each kind in turn with the empty page; SystemExit where an answer is not what it should be."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as link:

        def block(address: Address, first: int, status: int, took: list[float], cpu: list[float]) -> int:
            before, size = sum(server.cpu_times()[:2]), 0
            for number in range(first, first + times):
                told, size, seconds = ask(link, address(number), number)
                if told != status:
                    raise SystemExit(f"/{address(number)} answered {told}, not {status}")
                took.append(seconds)
            cpu.append((sum(server.cpu_times()[:2]) - before) / times)
            return size

        for kind in every:
            ask(link, kind.address(0), 0)  # what is read once for all pages of a kind is not measured
        for number in range(rounds):
            for kind in every:
                block(lambda n: f"nowhere/{n}/", number * times, 404, kind.empty, kind.empty_cpu)
                kind.size = block(kind.address, number * times + 1, kind.status, kind.took, kind.cpu)


def page(every: Sequence[Kind]) -> str:
    """The table, slowest first."""
    rows = [
        [
            kind.name,
            f"{1000 * median(kind.took):.0f}",
            f"{1000 * kind.p95:.0f}",
            f"{kind.ratio:.1f}",
            f"{1000 * median(kind.cpu):.0f}",
            f"{1000 * median(kind.empty_cpu):.1f}",
            f"{kind.size / 1024:.0f}",
            "reached" if kind.p95 <= WANTED else "**missed**",
        ]
        for kind in sorted(every, key=lambda kind: -kind.p95)
    ]
    head = ["page", "p50 ms", "p95 ms", "times an empty page", "CPU ms", "CPU ms empty", "KiB", "p95 within 200 ms"]
    return table(head, rows)


def run_all(home: Path, url: str, world: World, rounds: int, times: int) -> list[Kind]:
    """Serve and measure every kind."""
    every = kinds(world)
    with serving(home, url) as (port, server):
        measure(every, port, server, rounds, times)
    return every


def main(words: Sequence[str] | None = None) -> None:
    """Make a world where there is none, measure, print."""
    parser, usual = argparse.ArgumentParser(description=__doc__.partition("\n")[0]), World()
    parser.add_argument("--home", type=Path)
    parser.add_argument("--warehouse", default="")
    for name, value in (("cities", usual.cities), ("datasets", usual.datasets), ("rounds", 3), ("times", 20)):
        parser.add_argument(f"--{name}", type=int, default=value)
    asked = parser.parse_args(words)
    world = World(asked.cities, asked.datasets)
    with tempfile.TemporaryDirectory(prefix="civicgauge-pages-") as folder:
        home = asked.home or Path(folder)
        url = asked.warehouse or f"sqlite:///{(home / 'warehouse.sqlite').absolute()}"
        if not (home / "cities").is_dir():
            make(url, home / "cities", world)
        every = run_all(home, url, world, asked.rounds, asked.times)
    print(machine())
    print(f"{world.cities:,} cities, {world.cities * world.datasets:,} datasets, {url.partition(':')[0]}:")
    print(page(every))


if __name__ == "__main__":
    main()

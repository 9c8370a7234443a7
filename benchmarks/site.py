"""The static site of many cities: seconds, and against as many renderings of an empty page.

    python -m benchmarks.site [CITIES] [DATASETS]

100 copies of the demo cities, each with 60 datasets. Wanted: under a minute on two cores. The ratio is of CPU: the
whole site, with its questions to the warehouse and its twins, against rendering as many pages with nothing on them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._runs import ROOT, Run, machine, run, seconds


def made(folder: Path, cities: int, datasets: int) -> Path:
    """A home of that many cities."""
    environment = {**os.environ, "CIVICGAUGE_HOME": str(folder)}
    command = [sys.executable, "-m", "civicgauge", "demo", "--no-airflow"]
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    home = folder / "demo"
    run([sys.executable, "-m", "benchmarks._site_world", str(home), str(cities), str(datasets)])
    return home


def whole(home: Path, out: Path) -> Run:
    """`civicgauge site`, in processes of its own."""
    settings = {"CIVICGAUGE_HOME": str(home), "CIVICGAUGE_CITIES": str(home / "cities")}
    return run([sys.executable, "-m", "civicgauge", "site", str(out)], settings)


def pages(out: Path) -> int:
    """How many pages were written."""
    return sum(1 for _ in out.rglob("index.html")) - 1  # one leads to another


def empty(count: int) -> Run:
    """As many renderings of a page that says nothing, in a process of their own."""
    return run([sys.executable, "-m", "benchmarks.site", "--empty", str(count)])


def _render(count: int) -> None:
    from civicgauge.pages.here import Here
    from civicgauge.pages.render import Renderer

    renderer = Renderer("https://example.org/contact", {})
    began = time.process_time()
    for number in range(count):
        renderer.page("trouble.html", Here(f"page/{number}/"), heading="Nothing", words="", details="")
    print(json.dumps({"cpu": time.process_time() - began}))


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--empty"]:
        _render(int(sys.argv[2]))
        return
    cities, datasets = (int(text) for text in (sys.argv[1:] or ("100", "60")))
    with tempfile.TemporaryDirectory() as name:
        took = whole(made(Path(name), cities, datasets), Path(name) / "out")
        count = pages(Path(name) / "out")
        bare = empty(count).said["cpu"]
        print(machine())
        print(
            f"{cities} cities of {datasets} datasets: {count} pages with their twins in {seconds(took.wall)} s, "
            f"{took.cpu:.0f} s of CPU, {took.peak_mib:.0f} MiB; {took.cpu / bare:.0f} times as many empty pages"
        )


if __name__ == "__main__":
    main()

"""Each recipe of docs/recipes.md: one file added to a copy of the project, nothing else touched, and it works."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from civicgauge.demo.server import DemoPortals
from tests.airflow.conftest import read_dags
from tests.homes import environment

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
CITY = """\
id: {id}
name: Newtown
country: US
time_zone: America/New_York
portals:
  - {{kind: {kind}, url: "{url}", domain: "{domain}", requests_per_second: 50}}
"""
CHECK = """\
id: keywords_enough
version: 1
table: datasets
severity: info
title: Dataset has three keywords
question: Does the dataset carry three keywords or more?
why: One keyword alone seldom finds anything.
fix:
  socrata: ["Add keywords on the dataset's page."]
  ckan: ["Add tags on the dataset's page."]
serves:
  - {standard: "DCAT-US 1.1", criterion: "keyword", source: "https://resources.data.gov/resources/dcat-us/"}
expectation:
  type: expect_column_values_to_be_between
  kwargs: {column: keywords_count, min_value: 3}
observed: "{keywords_count} {keywords_count|keyword|keywords}"
expected: "three keywords"
cases:
  passed: [{keywords_count: 3}]
  failed: [{keywords_count: 2}]
  unknown: [{keywords_count: null}]
  not_applicable: [{keywords_count: 1, is_counted: false}]
"""
INDICATOR = '''\
"""How many titles say what the data is about."""

from __future__ import annotations

from civicgauge.indicators import Indicator
from civicgauge.indicators._arithmetic import checked, share

INDICATORS = (
    Indicator(
        id="titles_informative_share",
        version=1,
        title="Titles in words",
        question="How many titles are made of words?",
        unit="share",
        direction="higher_is_better",
        formula="Datasets whose title is made of words, divided by all datasets.",
        sources={"socrata": "`resource.name`", "ckan": "`title`"},
        checks=("title_informative",),
        criteria=("OD3",),
        gaming="Any words will do; a person who searches sees them.",
        advice="Write titles in plain words.",
        arithmetic=share(checked("title_informative")),
    ),
)
'''


@dataclass(frozen=True)
class Project:
    """A copy of what the recipes add to: the library, the DAGs with the registry, the checks."""

    root: Path
    home: Path

    def add(self, path: str, text: str) -> None:
        """The one new file."""
        assert not (self.root / path).exists()
        (self.root / path).write_text(text, encoding="utf-8")

    def run(self, *words: str, code: int = 0) -> str:
        """`python <words>` on the copy's library, with its own defaults; what it printed."""
        done = subprocess.run(
            [sys.executable, *words], env=self.environment(), capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == code, done.stderr + done.stdout
        return done.stdout if code == 0 else done.stderr + done.stdout

    def environment(self) -> dict[str, str]:
        """Settings of the copy: nothing but a home, so that cities and checks are those that lie in it."""
        own = {key: value for key, value in environment(self.home).items() if key != "CIVICGAUGE_CITIES"}
        return own | {"PYTHONPATH": str(self.root / "plugins"), "PYTHONDONTWRITEBYTECODE": "1"}

    def files(self) -> dict[str, str]:
        """Every file of the copy with its digest."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {str(p.relative_to(self.root)): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A copy of the project; afterwards it holds exactly one file more, and every other as it was."""
    for part in ("plugins", "dags", "expectations"):
        shutil.copytree(ROOT / part, tmp_path / "project" / part, ignore=shutil.ignore_patterns("__pycache__"))
    made = Project(tmp_path / "project", tmp_path / "home")
    before = made.files()
    where = made.run("-c", "import civicgauge; print(civicgauge.__file__)").strip()
    assert Path(where).is_relative_to(made.root)
    made.run("-m", "civicgauge", "db", "upgrade")
    yield made
    after = made.files()
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()


@contextmanager
def town(project: Project, city_id: str = "us-me-newtown") -> Iterator[str]:
    """A city file of the kind that the copy's own registry folder holds, on a demo portal; not part of the copy."""
    folder = project.home / "cities"
    folder.mkdir(parents=True, exist_ok=True)
    with DemoPortals(datetime(2026, 6, 30, 22, tzinfo=UTC)) as portals:
        url = portals.urls["birchport"]
        text = CITY.format(id=city_id, kind="ckan", url=url, domain="data.birchport.example")
        (folder / f"{city_id}.yml").write_text(text)
        yield text


OBSERVE = ("-m", "civicgauge", "observe", "us-me-newtown", "--as-of", "2026-06-30", "--json")


def test_a_city_is_one_file(project: Project) -> None:
    cities = project.root / "dags" / "cities"
    before = {path.stem for path in cities.glob("*.yml")}
    with town(project) as text:
        assert "no city file us-me-newtown.yml" in project.run(*OBSERVE, code=2)
        project.add("dags/cities/us-me-newtown.yml", text)
        project.run("-m", "civicgauge", "check")
        rows = json.loads(project.run(*OBSERVE))
    assert {row["city_id"] for row in rows} == {"us-me-newtown"}
    read = read_dags(project.home, cities)
    assert read["errors"] == {}
    assert {dag for dag in read["dags"] if dag != "publish"} == {
        f"observe__{city}" for city in before | {"us-me-newtown"}
    }
    assert "snapshot" in read["dags"]["observe__us-me-newtown"]["tasks"]


def test_a_check_is_one_file_without_python(project: Project) -> None:
    with town(project) as text:
        project.add("expectations/catalog/keywords_enough.yml", CHECK)
        project.run("-m", "civicgauge", "check")
        assert project.run("-c", WRONG_CASES).strip() == "[]"
        (project.home / "cities" / "us-me-newtown.yml").write_text(text)
        own = project.run("-c", IN_HOME_CITIES.format(cities=project.home / "cities", words=OBSERVE[2:]))
    assert json.loads(own)
    found = json.loads(project.run("-c", OUTCOMES.format(check="keywords_enough")))
    assert {"passed", "failed"} <= set(found)
    assert "`keywords_enough` | 1 | info | Does the dataset carry three keywords or more?" in dictionary(project)


def test_an_indicator_is_one_file(project: Project) -> None:
    with town(project):
        project.add("plugins/civicgauge/indicators/titles_informative.py", INDICATOR)
        project.run("-m", "civicgauge", "check")
        words = IN_HOME_CITIES.format(cities=project.home / "cities", words=OBSERVE[2:])
        (row,) = (r for r in json.loads(project.run("-c", words)) if r["indicator_id"] == "titles_informative_share")
        table = project.run("-c", words.replace(", '--json'", ""))
    assert (row["unit"], row["indicator_version"]) == ("share", 1)
    assert row["value_low"] <= row["value"] <= row["value_high"]
    assert "Titles in words" in table
    assert "## Titles in words\n\n`titles_informative_share`, version 1, in share" in dictionary(project)


def test_a_portal_kind_is_one_file(project: Project, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "data.json").write_text(json.dumps({"dataset": [listed(number) for number in range(4)]}))
    with serving(site) as url:
        cities = project.home / "cities"
        cities.mkdir(parents=True, exist_ok=True)
        text = CITY.format(id="us-me-newtown", kind="datajson", url=url, domain="data.newtown.example")
        (cities / "us-me-newtown.yml").write_text(text)
        check = IN_HOME_CITIES.format(cities=cities, words=("check",))
        assert "'datajson' is not one of ckan, socrata" in project.run("-c", check, code=2)
        project.add("plugins/civicgauge/portals/datajson.py", (ROOT / "tests/recipes/datajson.py").read_text())
        project.run("-c", check)
        assert f"kind: datajson\n    url: {url}" in project.run("-m", "civicgauge", "probe", url)
        rows = json.loads(project.run("-c", IN_HOME_CITIES.format(cities=cities, words=OBSERVE[2:])))
    values = {row["indicator_id"]: row["value"] for row in rows}
    assert values["datasets_counted_count"] == 4
    assert values["licence_open_share"] == 0.5  # two of the four state one


def listed(number: int) -> dict[str, object]:
    """A dataset of a `data.json`."""
    return {
        "identifier": f"newtown-{number}",
        "title": f"Street trees of ward {number}",
        "description": "Every tree that the town looks after, with its kind and its place.",
        "modified": "2026-06-20",
        "accrualPeriodicity": "R/P1M",
        "publisher": {"name": "Town of Newtown"},
        "contactPoint": {"fn": "Open data", "hasEmail": "mailto:opendata@newtown.example"},
        "keyword": ["trees", "streets"],
        "distribution": [
            {"downloadURL": f"https://data.newtown.example/{number}.csv", "format": "CSV", "title": "CSV"}
        ],
        **({"license": "https://creativecommons.org/publicdomain/zero/1.0/"} if number % 2 else {}),
    }


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A plain web server over a folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


# What is asked of the copy in a process of its own. The demo's city stands in a folder of its own, so that it does not
# count as the one file that a recipe adds.
IN_HOME_CITIES = """
import os, sys
os.environ["CIVICGAUGE_CITIES"] = "{cities}"
sys.argv = ["civicgauge", *{words}]
from civicgauge.cli import main
main()
"""
WRONG_CASES = """
from civicgauge.landing.tables import SCHEMAS
from civicgauge.quality.cases import wrong_cases
from civicgauge.quality.checks import load_checks
from civicgauge.settings import shipped
columns = {name: frozenset(schema.names) for name, schema in SCHEMAS.items()}
print(wrong_cases(load_checks(shipped("expectations"), columns), columns))
"""
OUTCOMES = """
import collections, json
from civicgauge.pipeline.context import Context
with Context.from_environment().warehouse() as warehouse:
    rows = warehouse.rows("check_result")
print(json.dumps(collections.Counter(r["outcome"] for r in rows if r["check_id"] == "{check}")))
"""


def dictionary(project: Project) -> str:
    """`docs/tables.md` as the copy would write it."""
    write = "from civicgauge.pipeline.dictionary import dictionary; from civicgauge.settings import shipped; "
    return project.run("-c", write + "print(dictionary(shipped('expectations')))")

"""Each recipe of docs/recipes.md: one file added to a copy of the project, nothing else touched, and it works."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from civicgauge.demo.server import DemoPortals
from tests.airflow.conftest import read_dags
from tests.recipes.conftest import ROOT, Project, serving

pytestmark = pytest.mark.slow

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
title: Dataset has two keywords
question: Does the dataset carry two keywords or more?
why: One keyword alone seldom finds anything.
fix:
  socrata: ["Add keywords on the dataset's page."]
  ckan: ["Add tags on the dataset's page."]
serves:
  - {standard: "DCAT-US 1.1", criterion: "keyword", source: "https://resources.data.gov/resources/dcat-us/"}
expectation:
  type: expect_column_values_to_be_between
  kwargs: {column: keywords_count, min_value: 2}
observed: "{keywords_count} {keywords_count|keyword|keywords}"
expected: "two keywords"
cases:
  passed: [{keywords_count: 2}]
  failed: [{keywords_count: 1}]
  unknown: [{keywords_count: null}]
  not_applicable: [{keywords_count: 1, is_counted: false}]
"""
INDICATOR = '''\
"""How many titles say what the data is about."""

from __future__ import annotations

from civicgauge.indicators import Indicator
from civicgauge.indicators._arithmetic import checked, share
from civicgauge.bearings import informs

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
        bearings=informs("OD3"),
        gaming="Any words will do; a person who searches sees them.",
        gain="People find the data.",
        benefit=2,
        effort=1,
        advice="Write titles in plain words.",
        arithmetic=share(checked("title_informative")),
    ),
)
'''


NAME = "us-me-newtown.yml"
OBSERVE = ("observe", "us-me-newtown", "--as-of", "2026-06-30")


@pytest.fixture
def town() -> Iterator[str]:
    """The text of a city file, on a demo portal."""
    with DemoPortals(datetime(2026, 6, 30, 22, tzinfo=UTC)) as portals:
        url = portals.urls["birchport"]
        yield CITY.format(id="us-me-newtown", kind="ckan", url=url, domain="data.birchport.example")


@pytest.fixture
def beside(tmp_path: Path, town: str) -> Path:
    """A registry with that city, apart from the copy: it is not what the recipe adds."""
    folder = tmp_path / "cities"
    folder.mkdir()
    (folder / NAME).write_text(town)
    return folder


def test_a_city_is_one_file(project: Project, town: str) -> None:
    cities = project.root / "dags" / "cities"
    before = {path.stem for path in cities.glob("*.yml")}
    assert f"no city file {NAME}" in project.command(*OBSERVE, code=2)
    project.add(f"dags/cities/{NAME}", town)
    project.command("check")
    assert {row["city_id"] for row in json.loads(project.command(*OBSERVE, "--json"))} == {"us-me-newtown"}
    read = read_dags(project.home, cities)
    dags = {f"observe__{city_id}" for city_id in before | {"us-me-newtown"}}
    assert (read["errors"], set(read["dags"]) - {"publish", "alert", "alert_release", "attest"}) == ({}, dags)
    assert "snapshot" in read["dags"]["observe__us-me-newtown"]["tasks"]


def test_a_check_is_one_file_without_python(project: Project, beside: Path) -> None:
    project.add("expectations/catalog/keywords_enough.yml", CHECK)
    project.command("check")
    assert project.run("-c", WRONG_CASES) == "[]\n"
    project.command(*OBSERVE, cities=beside)
    found = json.loads(project.run("-c", OUTCOMES.format(check="keywords_enough")))
    assert {"passed", "failed"} <= set(found)
    assert "`keywords_enough` | 1 | info | Does the dataset carry two keywords or more?" in dictionary(project)


def test_an_indicator_is_one_file(project: Project, beside: Path) -> None:
    project.add("plugins/civicgauge/indicators/titles_informative.py", INDICATOR)
    project.command("check")
    assert "Titles in words" in project.command(*OBSERVE, cities=beside)
    rows = json.loads(project.command("indicators", "--json", cities=beside))
    (row,) = (row for row in rows if row["indicator_id"] == "titles_informative_share")
    assert (row["unit"], row["indicator_version"]) == ("share", 1)
    assert row["value_low"] <= row["value"] <= row["value_high"]
    assert "## Titles in words\n\n`titles_informative_share`, version 1, in share" in dictionary(project)


def test_a_portal_kind_is_one_file(project: Project, tmp_path: Path) -> None:
    site, cities = tmp_path / "site", tmp_path / "cities"
    site.mkdir()
    cities.mkdir()
    (site / "data.json").write_text(json.dumps({"dataset": [listed(number) for number in range(4)]}))
    with serving(site) as url:
        told = CITY.format(id="us-me-newtown", kind="datajson", url=url, domain="data.newtown.example")
        (cities / NAME).write_text(told)
        assert "'datajson' is not one of ckan, socrata" in project.command("check", code=2, cities=cities)
        reader = (ROOT / "tests" / "recipes" / "datajson.py").read_text(encoding="utf-8")
        project.add("plugins/civicgauge/portals/datajson.py", reader)
        project.command("check", cities=cities)
        assert f"kind: datajson\n    url: {url}" in project.command("probe", url)
        rows = json.loads(project.command(*OBSERVE, "--json", cities=cities))
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

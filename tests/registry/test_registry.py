"""The registry of cities: what a file must hold beyond its model, what no two files may hold, and the files shipped."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from civicgauge.errors import ConfigurationError
from civicgauge.model import Contact
from civicgauge.registry import city_file, city_ids, load_city, load_registry, portal_kinds, schema
from civicgauge.settings import shipped

SHIPPED = shipped("dags") / "cities"
FIRST_SIX = {
    "us-ca-los-angeles", "us-ca-san-francisco", "us-la-new-orleans", "us-ma-boston", "us-mo-kansas-city",
    "us-wa-seattle",
}  # fmt: skip
SECRET = "holds a user name or a password; keep it in an Airflow connection and name that in `connection`"


def write(folder: Path, name: str, portal: str = "", more: str = "") -> Path:
    """A sound city file called `name`; `portal` adds lines to its only portal, `more` to the city."""
    path = folder / f"{name}.yml"
    url = "" if "url:" in portal else f"    url: https://{name}.example\n"
    kind = "" if "kind:" in portal else "    kind: ckan\n"
    city = f"id: {name}\nname: X\ncountry: US\ntime_zone: America/Chicago\n"
    path.write_text(f"{city}portals:\n  - id: main\n{kind}{url}{portal}{more}")
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in load_registry(folder)[1]]


@pytest.mark.parametrize(
    ("portal", "more", "expected"),
    [
        (
            "",
            "contacts: [{channel: slak, connection: a, role: x, consent: 2026-01-15}]\n",
            "9:22: contacts[0].channel: 'slak' is not one of atom, mail, slack, teams, webhook, did you mean 'slack'?",
        ),
        ("    kind: socrta\n", "", "8:11: portals[0].kind: 'socrta' is not one of KINDS, did you mean 'socrata'?"),
        ("    kind: arcgis\n", "", "8:11: portals[0].kind: 'arcgis' is not one of KINDS"),
        (
            "    domain: https://a.b\n",
            "",
            "9:13: portals[0].domain: 'https://a.b' is not a host's name alone, such as data.kcmo.org",
        ),
        (
            "    connection: my token\n",
            "",
            "9:17: portals[0].connection: 'my token' may hold only letters, digits and _ . -",
        ),
        ("    pool: 'a b'\n", "", "9:11: portals[0].pool: 'a b' may hold only letters, digits and _ . -"),
        ("    url: https://me:secret@a.b\n", "", f"8:10: portals[0].url: {SECRET}"),
        (
            "    url: https://a.b/?x=1\n",
            "",
            "8:10: portals[0].url: is the address of one page; the portal's own has no '?' and no '#'",
        ),
        (
            "    kind: ckan\n    url: https://a.b\n  - {id: two, kind: ckan, url: https://A.b/}\n",
            "",
            "9:32: portals[1].url: is the same portal as portals[0]",
        ),
        (
            "",
            "holidays: usa\n",
            "9:11: holidays: 'usa' is no known calendar; a country's code such as us, or a list of dates",
        ),
        (
            "",
            "holidays: us-zz\n",
            "9:11: holidays: 'us-zz' is no known calendar; a country's code such as us, or a list of dates",
        ),
        ("", "geoid: 2938\n", '9:8: geoid: YAML reads 2938 as a number; put it in quotes: "2938"'),
        (
            "",
            'geoid: "2938"\n',
            "9:8: geoid: '2938' does not fit; the Census place code, 7 digits in quotes, such as \"2938000\"",
        ),
    ],
)
def test_what_one_file_must_hold(folder: Path, portal: str, more: str, expected: str) -> None:
    write(folder, "a", portal, more)
    assert problems(folder) == ["a.yml:" + expected.replace("KINDS", ", ".join(portal_kinds()))]
    assert load_registry(folder)[0] == {}


@pytest.mark.parametrize("calendar", ["us", "us-mo", "br-sp", "de", "[2026-01-01, 2026-12-25]"])
def test_known_calendars(folder: Path, calendar: str) -> None:
    write(folder, "a", more=f"holidays: {calendar}\n")
    assert problems(folder) == []


def test_the_model_and_the_registry_complain_together(folder: Path) -> None:
    write(folder, "a", "    kind: sokrata\n    concurrency: 0\n", "stat: MO\n")
    assert [line.split(": ")[1] for line in problems(folder)] == ["portals[0].kind", "portals[0].concurrency", "stat"]


def test_the_name_of_the_file_is_the_id(folder: Path) -> None:
    write(folder, "a").rename(folder / "b.yml")
    assert problems(folder) == ["b.yml:1:5: id: 'a' is not the name of this file without .yml ('b')"]
    write(folder, "a", "    url: https://other.example\n")
    assert problems(folder) == [
        "b.yml:1:5: id: 'a' is not the name of this file without .yml ('b'); a.yml has it already"
    ]
    assert list(load_registry(folder)[0]) == ["a"]


def test_another_ending_is_named_and_editors_files_are_passed_over(folder: Path) -> None:
    write(folder, "a").rename(folder / "a.yaml")
    write(folder, ".b")
    assert problems(folder) == ["a.yaml:1:1: file: is not read; call it a.yml"]
    assert city_ids(folder) == []


def test_a_portal_of_two_cities_needs_a_common_pool(folder: Path) -> None:
    write(folder, "a", "    url: https://data.example\n")
    write(folder, "b", "    url: https://DATA.example/\n")
    told = problems(folder)
    assert told == [
        "b.yml:8:10: portals[0].url: is the portal of a.yml, too; cities that share a portal name the same `pool`"
    ]
    assert sorted(load_registry(folder)[0]) == ["a", "b"]
    for name in "ab":
        write(folder, name, "    url: https://data.example\n    pool: shared\n")
    assert problems(folder) == []


def test_one_address_with_two_domains_is_two_portals(folder: Path) -> None:
    for name in "ab":
        write(folder, name, f"    url: http://127.0.0.1:8000\n    domain: {name}.example\n")
    assert problems(folder) == []


def test_a_broken_file_leaves_the_others_usable_and_a_new_one_appears(folder: Path) -> None:
    write(folder, "a")
    (folder / "b.yml").write_text("id: [\n")
    cities, found = load_registry(folder)
    assert (list(cities), [problem.file for problem in found]) == (["a"], ["b.yml"])
    write(folder, "b")
    assert city_ids(folder) == ["a", "b"]
    assert sorted(load_registry(folder)[0]) == ["a", "b"]


def test_load_city_raises_every_problem(folder: Path) -> None:
    assert load_city(write(folder, "a")).portal("main").base_url == "https://a.example"
    with pytest.raises(ConfigurationError) as caught:
        load_city(write(folder, "a", "    kind: x\n", "stat: MO\n"))
    assert len(caught.value.problems) == 2
    assert caught.value.problems[1] == "a.yml:9:1: stat: is not a key here, did you mean 'state'?"


@pytest.mark.parametrize("wrong", ["kansas-cty", "../kansas-city", "Kansas-City", ""])
def test_a_city_without_a_file(folder: Path, wrong: str) -> None:
    write(folder, "kansas-city")
    assert city_file(folder, "kansas-city") == folder / "kansas-city.yml"
    with pytest.raises(ConfigurationError, match="there is no city"):
        city_file(folder, wrong)
    with pytest.raises(ConfigurationError, match="did you mean 'kansas-city'"):
        city_file(folder, "kansas-cty")


def test_a_folder_that_is_not_there(folder: Path) -> None:
    text = "the folder of city files none cannot be read (no such file or directory); CIVICGAUGE_CITIES names it"
    assert problems(Path("none")) == [f"none:1:1: file: {text}"]
    with pytest.raises(ConfigurationError, match="CIVICGAUGE_CITIES"):
        city_ids(folder / "none")


# ---------------------------------------------------------------- what is shipped


def test_the_shipped_cities_are_sound() -> None:
    cities, found = load_registry(SHIPPED)
    assert found == []
    assert len(cities) >= 25
    assert set(cities) >= FIRST_SIX
    assert list(cities) == city_ids(SHIPPED)


def test_the_facts_of_the_shipped_cities() -> None:
    cities = load_registry(SHIPPED)[0].values()
    geoids = [city.geoid for city in cities if city.geoid]
    assert len(geoids) == len(cities) == len(set(geoids))
    # The place code begins with the state's number: one number for each state, one state for each number.
    states = {(city.state, (city.geoid or "")[:2]) for city in cities}
    assert len(states) == len({state for state, _ in states}) == len({number for _, number in states})
    for city in cities:
        assert city.id == f"us-{(city.state or '').lower()}-{city.name.lower().replace(' ', '-')}"
        assert (city.country, city.publication, city.holidays, city.contacts) == ("US", "private", "us", ())
        assert (city.population or 0) > 30_000


def test_the_kansas_city_of_the_design() -> None:
    city = load_city(city_file(SHIPPED, "us-mo-kansas-city"))
    assert (city.geoid, city.population, city.time_zone) == ("2938000", 495_327, "America/Chicago")
    assert [(portal.kind, portal.base_url) for portal in city.portals] == [("socrata", "https://data.kcmo.org")]


def test_each_shipped_file_names_the_schema_and_its_source() -> None:
    for path in SHIPPED.glob("*.yml"):
        first, second = path.read_text().splitlines()[:2]
        assert first == "# yaml-language-server: $schema=city.schema.json"
        assert "probe before use" in second


def test_the_schema_in_the_folder_is_current_and_agrees_with_the_files() -> None:
    stored = json.loads((SHIPPED / "city.schema.json").read_text())
    assert stored == schema(), "write civicgauge.registry.schema() to dags/cities/city.schema.json"
    Draft202012Validator.check_schema(stored)
    judge = Draft202012Validator(stored)
    for path in SHIPPED.glob("*.yml"):
        assert list(judge.iter_errors(yaml.safe_load(path.read_text()))) == []
    assert [e.validator for e in judge.iter_errors({"id": "A"})].count("required") == 4


# ---------------------------------------------------------------- light and fast


def test_the_registry_imports_nothing_heavy(folder: Path) -> None:
    write(folder, "a", more="holidays: us\n")
    code = (
        "import sys; from pathlib import Path; from civicgauge.registry import load_registry;"
        "assert not load_registry(Path('.'))[1];"
        "print([m for m in ('pandas','pyarrow','requests','sqlalchemy','great_expectations','holidays','airflow')"
        " if m in sys.modules])"
    )
    plugins = str(Path(__file__).parents[2] / "plugins")
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": plugins}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_a_hundred_cities_are_read_in_half_a_second(folder: Path) -> None:
    for number in range(100):
        write(folder, f"city-{number}")
    load_registry(folder)
    before = time.process_time()
    cities, found = load_registry(folder)
    assert (len(cities), found) == (100, [])
    assert time.process_time() - before < 0.5


def test_a_contact_is_reached_by_what_its_channel_goes_by() -> None:
    told = {"role": "open_data", "consent": date(2026, 1, 15), "email": "a@city.example", "connection": "city_room"}
    assert {name: Contact(channel=name, **told).address for name in ("mail", "slack")} == {
        "mail": "a@city.example",
        "slack": "city_room",
    }
    assert Contact(channel="atom", role="open_data", consent=date(2026, 1, 15)).address == "feed"

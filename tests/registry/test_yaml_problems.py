"""Every kind of mistake in a file of ours: its exact place and its exact words."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from civicgauge.model import City
from civicgauge.yamlfile import load_model

SOUND = """\
id: us-mo-kansas-city
name: Kansas City
country: US
time_zone: America/Chicago
portals:
  - kind: socrata
    url: https://data.kcmo.org
"""
NO_ADDRESS = "is not a web address that begins with https://"
A_LIST = "a list, each entry on a line that begins with '- '"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(content: str | bytes, model: type[BaseModel] = City) -> list[str]:
    path = Path("city.yml")
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    read, problems = load_model(path, model)
    assert (read is None) == bool(problems)
    return [str(problem).removeprefix("city.yml:") for problem in problems]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("stat: MO", "8:1: stat: is not a key here, did you mean 'state'?"),
        ("state: NO", '8:8: state: YAML reads NO as true or false; put it in quotes: "NO"'),
        ("geoid: 2938000", '8:8: geoid: YAML reads 2938000 as a number; put it in quotes: "2938000"'),
        ("geoid: 0644000", '8:8: geoid: YAML reads 0644000 as another number; put it in quotes: "0644000"'),
        ('geoid: "29380"', "8:8: geoid: '29380' does not fit the pattern ^[0-9]{7}$"),
        ("state: 2026-01-15", '8:8: state: YAML reads 2026-01-15 as a date; put it in quotes: "2026-01-15"'),
        ("population: 495,327", "8:13: population: '495,327' is not a whole number"),
        ("population: 1.5", "8:13: population: '1.5' is not a whole number"),
        ("population: yes", "8:13: population: must be a whole number, not 'yes'"),
        ("population: 0123", '8:13: population: YAML reads 0123 as another number; put it in quotes: "0123"'),
        ("population: 0", "8:13: population: must be above 0, not '0'"),
        ("population: .inf", "8:13: population: '.inf' is not a number that can be counted with"),
        (
            "publication: pubic",
            "8:14: publication: 'pubic' is not one of private, shared_with_city, public, did you mean 'public'?",
        ),
        ("publication:", "8:13: publication: has no value; fill it in or take the line out"),
        ("holidays: no", '8:11: holidays: YAML reads no as true or false; put it in quotes: "no"'),
        ("holidays: {a: b}", f"8:11: holidays: must be text or {A_LIST}, not lines of `key: value`"),
        ("holidays: [2026-01-01, soon]", "8:24: holidays[1]: 'soon' is not a date such as 2026-01-31"),
        ("holidays: [2026-02-30]", "8:12: holidays[0]: '2026-02-30' cannot be read as a date or time"),
        ("own: 3", "8:6: own: must be lines of `key: value`, not '3'"),
        ("own: {publishers: KC}", f"8:19: own.publishers: must be {A_LIST}, not 'KC'"),
        ("own: {}\nname: KC", "9:1: name: is given twice; the first is on line 2"),
        ("datasets: [{portal: main}]", "8:12: datasets[0].id: is missing"),
        ('datasets: [{id: ""}]', "8:17: datasets[0].id: must not be empty"),
        (
            "datasets: [{id: x, portal: min}]",
            "8:28: datasets[0].portal: 'min' is not the id of one of the portals (main)",
        ),
        (
            "contacts: [{email: a@b.c, role: x, consent: 0}]",
            "8:45: contacts[0].consent: must be a date such as 2026-01-31, not '0'",
        ),
        (
            "contacts: [{email: a@b.c, role: x, consent: 2026-01-05}, {email: A@b.c, role: y, consent: 2026-01-05}]",
            "8:58: contacts[1]: its address is given twice; each recipient has one role and its own address",
        ),
        ("1: x", '8:1: 1: is not text and cannot be a key; put it in quotes: "1"'),
        ("zzz: 1", f"8:1: zzz: is not a key here; known keys: {', '.join(sorted(City.model_fields))}"),
    ],
)
def test_one_wrong_line_is_named_with_its_place(line: str, expected: str) -> None:
    assert said(f"{SOUND}{line}\n") == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("time_zone: America", "time_zon: America", "4:1: time_zon: is not a key here, did you mean 'time_zone'?"),
        (
            "America/Chicago",
            "America/Chicgo",
            "4:12: time_zone: 'America/Chicgo' is not an IANA time zone, did you mean 'America/Chicago'?",
        ),
        ("country: US\n", "", "1:1: country: is missing"),
        ("country: US", "country: usa", "3:10: country: 'usa' does not fit the pattern ^[A-Z]{2}$"),
        ("    url: https://", "    url: ", f"7:10: portals[0].url: 'data.kcmo.org' {NO_ADDRESS}"),
        ("https://data", "ftp://data", f"7:10: portals[0].url: 'ftp://data.kcmo.org' {NO_ADDRESS}"),
        ("kind: socrata\n    url", "url", "6:5: portals[0].kind: is missing"),
        ("  - kind: socrata\n    url: https://data.kcmo.org\n", "  []\n", "6:3: portals: must not be empty"),
        ("socrata", "socrata\n    concurrency: 99", "7:18: portals[0].concurrency: must be at most 16, not '99'"),
        (
            "socrata",
            "socrata\n    requests_per_second: on",
            "7:26: portals[0].requests_per_second: must be a number, not 'on'",
        ),
        (
            "  - kind",
            "  - kind: socrata\n    url: https://a.b\n  - kind",
            "8:5: portals[1].id: 'main' is given twice; each portal needs its own id",
        ),
    ],
)
def test_a_sound_file_with_one_change(old: str, new: str, expected: str) -> None:
    assert said(SOUND.replace(old, new, 1)) == [expected]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "1:1: file: is empty"),
        ("# nothing\n", "1:1: file: is empty"),
        ("- a\n", "1:1: file: must be lines of `key: value` at the top, not a list"),
        ("a\n", "1:1: file: must be lines of `key: value` at the top, not a single value"),
        ("a: 1\n\tb: 2\n", "2:1: file: a tab is used to indent; use spaces"),
        ("a: b: c\n", "1:5: file: a colon stands where no key can be; quote text that holds ': '"),
        ("a: @b\n", "1:4: file: text that begins with '@' must be put in quotes"),
        ("a: [1\n", "2:1: file: a bracket is not closed, or a comma is missing"),
        ('a: "x\n', "2:1: file: a quotation mark is not closed"),
        ("a: - b\n", "1:4: file: a list begins on a line of its own, below its key"),
        ("a: 1\n- b\n", "2:1: file: the indentation, a quotation mark or a bracket does not fit what stands above"),
        ("a: 1\n---\nb: 2\n", "2:1: file: one file holds one document; take the line '---' out"),
        ("a: !b c\n", "1:4: file: text that begins with '!' must be put in quotes"),
        ("a: *b\n", "1:4: file: the alias *b is not allowed here; write the value out"),
        ("a: &x [1, 2]\nb: &y [*x, *x]\n", "2:8: file: the alias *x is not allowed here; write the value out"),
        ("a: \u00e9\x01\n", "1:5: file: holds a control character; take it out"),
        ("[" * 100_000, "1:41: file: is nested more than 40 levels deep"),
        ("a: {" * 50, "1:160: file: is nested more than 40 levels deep"),
        ("? [a]\n: x\n", "1:3: file: is not YAML: found unhashable key"),
        (b"a: 1\nb: \xff\n", "2:4: file: is not UTF-8 text; save it as UTF-8"),
        ("a: 1\n".encode("utf-16"), "1:1: file: is not UTF-8 text; save it as UTF-8"),
        (b"# " + b"x" * 1024 * 1024, "1:1: file: is larger than 1 MiB; files of this kind are a few kilobytes"),
    ],
)
def test_what_is_no_yaml_gives_one_problem(content: str | bytes, expected: str) -> None:
    assert said(content) == [expected]


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    problems = [str(load_model(path, City)[1][0]) for path in (tmp_path / "none.yml", tmp_path)]
    assert problems[0] == "none.yml:1:1: file: cannot be read: no such file or directory"
    assert problems[1].endswith(":1:1: file: cannot be read: is a directory")


def test_a_path_outside_the_current_folder_is_shown_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    (tmp_path / "city.yml").write_text("- a\n")
    assert load_model(tmp_path / "city.yml", City)[1][0].file == (tmp_path / "city.yml").as_posix()


def test_all_mistakes_are_told_at_once_by_line() -> None:
    content = SOUND.replace("US", "usa").replace("socrata", "socrata\n    concurency: 2") + "geoid: 0644000\ngeoid: x\n"
    assert said(content) == [
        "3:10: country: 'usa' does not fit the pattern ^[A-Z]{2}$",
        "7:5: portals[0].concurency: is not a key here, did you mean 'concurrency'?",
        '9:8: geoid: YAML reads 0644000 as another number; put it in quotes: "0644000"',
        "10:1: geoid: is given twice; the first is on line 9",
        "10:8: geoid: 'x' does not fit the pattern ^[0-9]{7}$",
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    assert said(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode()) == []

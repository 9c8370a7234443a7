"""The command: exit codes, messages, data on stdout and everything else on stderr."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from civicgauge.demo.server import DemoPortals
from tests.cli.conftest import Ask

ALDER, BIRCH, CEDAR = "demo-alder-falls", "demo-birchport", "demo-cedar-junction"
Demo = tuple[DemoPortals, Path]


# ---------------------------------------------------------------- 2: usage and configuration


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("measure", "No such command 'measure'"),
        ("observe --loud", "No such option: --loud"),
        ("replay", "Missing option '--from'"),
        ("indicators --fail-on awful", "'awful' is not one of"),
        ("export {home}/out --audience everyone", "'everyone' is not one of"),
        ("observe --as-of yesterday", "--as-of: 'yesterday' is no date; write 2026-06-30 or"),
        ("indicators --as-of 30.6.2026", "--as-of: '30.6.2026' is no date; write 2026-06-30 or"),
        ("export {home}/out --as-of 2026-06-31", "--as-of: '2026-06-31' is no date; write 2026-06-30 or"),
        ("export {home}/out --as-of 2026-06-30soon", "--as-of: '2026-06-30soon' is no date"),
        ("replay --from 2026-06-30 --to 2026-06-01", "--from 2026-06-30 is after --to 2026-06-01"),
        ("replay --from June --to 2026-06-01", "--from: 'June' is no date; write 2026-06-30"),
        ("accept demo-birchport --day now --by operations --reason r", "--day: 'now' is no date"),
        ("observe demo-birchpor", "did you mean 'demo-birchport'?"),
        ("indicators demo-birchpor", "did you mean 'demo-birchport'?"),
        ("replay demo-birchpor --from 2026-06-30 --to 2026-06-30", "did you mean 'demo-birchport'?"),
        ("accept demo-birchpor --day 2026-06-30 --by ops --reason r", "did you mean 'demo-birchport'?"),
        ("accept demo-birchport --day 2026-06-30 --by ops --reason r --portal x", "demo-birchport: no portal 'x'"),
        ("accept demo-birchport --day 2026-06-30 --by ops --reason r", "has no held crawl on 2026-06-30"),
    ],
)
def test_words_that_cannot_be_used_are_said_once_and_nothing_is_printed(
    observed: Path, ask: Ask, words: str, said: str
) -> None:
    told = ask(observed, *words.format(home=observed).split())
    assert (told.code, told.out) == (2, "")
    assert told.err.count(said) == 1
    assert "Traceback" not in told.err
    assert not (observed / "out").exists()


def test_without_a_word_the_command_says_what_there_is(observed: Path, ask: Ask) -> None:
    told = ask(observed)
    assert told.code == 2
    for verb in ("run", "observe", "replay", "indicators", "export", "check", "probe", "accept", "demo", "db"):
        assert f" {verb} " in told.out + told.err


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"CIVICGAUGE_ALLOW_PRIVATE_HOSTS": "perhaps"}, "CIVICGAUGE_ALLOW_PRIVATE_HOSTS: 'perhaps' is neither"),
        ({"CIVICGAUGE_KEEP_SNAPSHOT_DAYS": "0"}, "CIVICGAUGE_KEEP_SNAPSHOT_DAYS: '0' is not a whole number above 0"),
        ({"CIVICGAUGE_CITIES": "/no/such/folder"}, "CIVICGAUGE_CITIES names it"),
        ({"CIVICGAUGE_LAKE": "carrier-pigeon://loft"}, "CIVICGAUGE_LAKE: 'carrier-pigeon://loft' cannot be opened"),
        ({"CIVICGAUGE_WAREHOUSE": "a box of cards"}, "CIVICGAUGE_WAREHOUSE is not a database address; write sqlite:"),
        ({"CIVICGAUGE_WAREHOUSE": "mysql://u:s3cret@h/x"}, "'mysql' is not supported; write sqlite:"),
        ({"CIVICGAUGE_WAREHOUSE": "postgresql://u:s3cret@127.0.0.1:1/x"}, "u:***@127.0.0.1:1/x cannot be opened"),
        ({"CIVICGAUGE_WAREHOUSE": "postgresql://u:s3c@cret@127.0.0.1:1/x"}, "write an @ inside the password as %40"),
    ],
)
@pytest.mark.parametrize("words", [("observe", ALDER), ("replay", "--from", "2026-06-30", "--to", "2026-06-30", ALDER)])
def test_settings_that_cannot_be_used_are_named(
    observed: Path, ask: Ask, settings: dict[str, str], said: str, words: tuple[str, ...]
) -> None:
    told = ask(observed, *words, **settings)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert "cret" not in told.err


def test_all_settings_that_cannot_be_used_are_named_at_once(observed: Path, ask: Ask) -> None:
    told = ask(observed, "check", CIVICGAUGE_ALLOW_PRIVATE_HOSTS="x", CIVICGAUGE_KEEP_SNAPSHOT_DAYS="y")
    assert told.code == 2
    assert "ALLOW_PRIVATE_HOSTS" in told.err
    assert "KEEP_SNAPSHOT_DAYS" in told.err


@pytest.mark.parametrize("words", [("observe",), ("indicators",), ("export", "out"), ("db", "check")])
def test_a_warehouse_that_was_not_upgraded_names_the_command(
    tmp_path: Path, observed: Path, ask: Ask, words: tuple[str, ...]
) -> None:
    shutil.copytree(observed / "cities", tmp_path / "cities")
    told = ask(tmp_path, *words)
    assert (told.code, told.out) == (2, "")
    assert "civicgauge db upgrade" in told.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cities"]


def test_db_upgrade_makes_what_db_check_wants(tmp_path: Path, ask: Ask) -> None:
    assert [ask(tmp_path, "db", verb).code for verb in ("check", "upgrade", "upgrade", "check")] == [2, 0, 0, 0]
    assert "fits" in ask(tmp_path, "db", "check").err


# ---------------------------------------------------------------- 2: city files


def test_check_names_every_problem_of_every_file_at_once(observed: Path, tmp_path: Path, ask: Ask) -> None:
    assert ask(observed, "check").code == 0
    for path in (observed / "cities").glob("*.yml"):
        (tmp_path / "cities").mkdir(exist_ok=True)
        text = path.read_text()
        text = (
            text.replace("time_zone:", "time_zon:") if path.stem == BIRCH else text.replace("kind: ckan", "kind: ckn")
        )
        (tmp_path / "cities" / path.name).write_text(text)
    (tmp_path / "cities" / "us-no-where.yml").write_text("id: us-no-where\nstate: NO\nname: [\n")
    checks = tmp_path / "expectations"
    checks.mkdir()
    (checks / "odd.yml").write_text("id: even\nversion: one\n")
    told = ask(tmp_path, "check", CIVICGAUGE_EXPECTATIONS=str(checks))
    cities = tmp_path / "cities"
    assert told.code == 2
    assert f"{cities}/{BIRCH}.yml:7:1: time_zon: is not a key here, did you mean 'time_zone'?" in told.out
    assert f"{cities}/{CEDAR}.yml:" in told.out
    assert "'ckn' is not one of ckan, socrata, did you mean 'ckan'?" in told.out
    assert f"{cities}/us-no-where.yml:" in told.out
    assert f"{checks}/odd.yml:2:10: version:" in told.out
    assert "1 cities; 2 portal kinds" in told.err


@pytest.mark.slow
def test_a_city_file_that_cannot_be_used_stops_no_other_city(demo: Demo, ask: Ask) -> None:
    _, home = demo
    path = home / "cities" / f"{ALDER}.yml"
    path.write_text(path.read_text().replace("name:", "nme:"))
    (home / "cities" / f"{CEDAR}.yml").unlink()
    told = ask(home, "observe", "--as-of", "2026-06-30", "--json")
    assert told.code == 2
    assert f"{path}:3:1: nme: is not a key here, did you mean 'name'?" in told.err
    assert f"{BIRCH} 2026-06-30: complete" in told.err
    assert {row["city_id"] for row in json.loads(told.out)} == {BIRCH}


# ---------------------------------------------------------------- 3: portals, 2: hosts, 70: our own


@pytest.mark.slow
def test_a_portal_that_cannot_be_reached_is_3_and_the_other_cities_are_shown(demo: Demo, ask: Ask) -> None:
    portals, home = demo
    portals.faults("alder-falls").add("down")
    told = ask(home, "observe", ALDER, BIRCH, "--as-of", "2026-06-30", "--json")
    assert told.code == 3
    assert f"{ALDER} 2026-06-30: not_measured\n  main: PortalUnreachable: http://127.0.0.1:" in told.err
    assert {row["city_id"] for row in json.loads(told.out)} == {BIRCH}


def test_json_is_json_even_where_nothing_was_measured(demo: Demo, ask: Ask) -> None:
    portals, home = demo
    portals.faults("alder-falls").add("html200")
    told = ask(home, "observe", ALDER, "--as-of", "2026-06-30", "--json")
    assert (told.code, json.loads(told.out)) == (3, [])
    assert "AnswerUnreadable" in told.err
    told = ask(home, "indicators", "--json")
    assert (told.code, json.loads(told.out)) == (0, [])
    assert "no measured day" in told.err


@pytest.mark.slow
def test_a_private_host_is_refused_unless_allowed(demo: Demo, ask: Ask) -> None:
    portals, home = demo
    for words in (("observe", ALDER, "--as-of", "2026-06-30"), ("probe", portals.urls["alder-falls"])):
        told = ask(home, *words, CIVICGAUGE_ALLOW_PRIVATE_HOSTS="0")
        assert (told.code, told.out) == (2, "")
        assert "set CIVICGAUGE_ALLOW_PRIVATE_HOSTS=1 if this host is meant" in told.err


@pytest.mark.slow
@pytest.mark.parametrize("spoil", ["catalog-0001.json.gz", "manifest.json", "accepted.json"])
def test_a_damaged_lake_is_our_own_fault_and_touches_no_other_city(demo: Demo, ask: Ask, spoil: str) -> None:
    _, home = demo
    assert ask(home, "observe", ALDER, BIRCH, "--as-of", "2026-06-30").code == 0
    (stored,) = (home / "lake" / "raw" / ALDER / "main" / "2026-06-30").iterdir()
    (stored / spoil).write_bytes(b"not what was written")
    if spoil == "accepted.json":  # read where the crawl itself was held
        manifest = json.loads((stored / "manifest.json").read_text())
        manifest["verdict"]["state"] = "held"
        (stored / "manifest.json").write_text(json.dumps(manifest))
    told = ask(home, "replay", "--from", "2026-06-30", "--to", "2026-06-30", ALDER, BIRCH)
    assert told.code == 70
    assert f"{ALDER} 2026-06-30: " in told.err
    assert ("a fault of our own" if spoil == "accepted.json" else spoil) in told.err
    assert f"{BIRCH} 2026-06-30: complete" in told.err


# ---------------------------------------------------------------- 1: findings


@pytest.mark.slow
@pytest.mark.parametrize("severity", ["info", "warning", "critical"])
def test_findings_from_a_severity_on_are_1(demo: Demo, ask: Ask, tmp_path: Path, severity: str) -> None:
    _, home = demo
    shipped = Path(__file__).resolve().parents[2] / "expectations" / "catalog" / "licence_stated.yml"
    checks = tmp_path / "checks"
    checks.mkdir()
    text = shipped.read_text().replace("severity: critical", f"severity: {severity}")
    (checks / shipped.name).write_text(text)
    expectations = {"CIVICGAUGE_EXPECTATIONS": str(checks)}
    ranks = ["info", "warning", "critical", "never"]
    expected = {limit: int(ranks.index(limit) <= ranks.index(severity)) for limit in ranks}
    day = ("--as-of", "2026-06-30")
    observed = {limit: ask(home, "observe", ALDER, *day, "--fail-on", limit, **expectations) for limit in ranks}
    shown = {limit: ask(home, "indicators", ALDER, "--fail-on", limit, **expectations) for limit in ranks}
    assert {limit: said.code for limit, said in observed.items()} == expected
    assert {limit: said.code for limit, said in shown.items()} == expected
    assert {said.out for said in shown.values()} == {observed["never"].out}

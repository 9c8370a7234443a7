"""The files around the code say what is true: the lock, the dictionary of tables, commands and links in the docs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from civicgauge.pipeline.dictionary import dictionary

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-image.lock")}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])


def canonical(name: str) -> str:
    """A project's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[]", name.strip())[0]).lower()


def pins(lock: str = "requirements.lock") -> dict[str, list[str]]:
    """Every pin of a lock (a version may differ by platform) with the lines that belong to it."""
    found: dict[str, list[str]] = {}
    for line in LOCKS[lock].splitlines():
        if line and not line.startswith((" ", "#")):
            current = found.setdefault(line.rstrip(" \\"), [])
        elif line.strip().startswith("--"):
            current.append(line.strip(" \\"))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_exact_and_has_hashes(lock: str) -> None:
    assert len(pins(lock)) > 100
    for pin, options in pins(lock).items():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[^\s;]+( ; .+)?", pin), pin
        assert options, pin
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", option) for option in options), pin


@pytest.mark.parametrize("lock", LOCKS.values(), ids=list(LOCKS))
def test_a_lock_names_no_address(lock: str) -> None:
    assert "://" not in lock
    assert not re.search(r"^\s*(-i|--(extra-)?index-url|--find-links|-f|--trusted-host)\b", lock, re.MULTILINE)
    assert " @ " not in lock


def test_the_image_gets_the_versions_that_were_tested_and_no_tools() -> None:
    image, tested = pins("requirements-image.lock"), pins()
    assert {pin: options for pin, options in image.items() if tested.get(pin) != options} == {}, "run: make lock"
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["production"]]
    inside = {canonical(pin) for pin in image}
    assert {canonical(name) for name in wanted} - inside == set()
    assert {"pytest", "moto", "ruff", "mypy", "playwright", "hypothesis"}.isdisjoint(inside)


def test_everything_that_the_project_depends_on_is_pinned() -> None:
    pinned = {canonical(pin) for pin in pins()}
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    wanted += PROJECT["build-system"]["requires"]
    assert {canonical(name) for name in wanted} - pinned == set()


def test_the_dictionary_of_tables_is_the_one_that_the_code_writes() -> None:
    written = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert written == dictionary(ROOT / "expectations"), "run: make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_verb_of_a_page_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    told = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))
    assert told <= verbs
    assert page.name != "README.md" or {"demo", "test"} <= told


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_of_a_page_leads_to_a_file(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        place = (page.parent / target.split("#")[0]).resolve()
        assert place.is_relative_to(ROOT), f"{page.name}: {target} leads out of the project"
        assert place.exists(), f"{page.name}: {target} leads nowhere"


def test_the_command_s_verbs_in_the_docs_exist() -> None:
    from civicgauge.cli import app

    verbs = {info.name or info.callback.__name__ for info in app.registered_commands if info.callback}
    groups = {str(each.name): each.typer_instance for each in app.registered_groups if each.typer_instance}
    verbs |= set(groups)
    texts = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    told = set(re.findall(r"(?:bin/|`)civicgauge (?:-v )?([a-z]+)", texts))
    assert told
    assert told <= verbs
    for name, group in groups.items():
        within = {info.name or info.callback.__name__ for info in group.registered_commands if info.callback}
        said = set(re.findall(rf"(?:bin/|`|\$ |^)civicgauge {name} ([a-z]+)", texts, re.MULTILINE))
        assert said, f"no page shows civicgauge {name}"
        assert said <= within

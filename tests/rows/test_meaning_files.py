"""A family is one file, found by being there; a broken one is named with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.rows.family import FOLDER, load_families
from tests.recipes.conftest import Project, project

__all__ = ["project"]

TREES = """\
id: street_trees
version: 1
title: Street trees
one_row_is: one tree
recognise:
  title: [(street |city )?trees|tree inventory|arbolado]
  never: [debris|trims?|requests]
roles:
  tree_number: {means: the tree's own number, names: [(tree|asset)( id| number)?, id]}
  species: {means: what kind of tree it is, names: [(common |botanical |scientific )?(species|name)]}
  planted_at: {means: when it was planted, names: [(date )?planted|plant(ing)? date], types: [date, date_time]}
shared: [address, point, latitude, longitude]
required: [species, [point, latitude, address]]
events: [planted_at]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the families to break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "families"))


def test_a_family_is_one_file(folder: Path) -> None:
    before = load_families(folder)
    (folder / "street_trees.yml").write_text(TREES, encoding="utf-8")
    after = load_families(folder)
    assert set(after) - set(before) == {"street_trees"}
    assert set(after["street_trees"].roles) >= {"species", "point"}


@pytest.mark.slow
@pytest.mark.usefixtures("project")
def test_adding_a_family_touches_nothing_else(project: Project) -> None:
    """One file in a copy of the project, and tables of that kind are proposed and understood."""
    project.add("plugins/civicgauge/rows/families/street_trees.yml", TREES)
    told = project.run(
        "-c",
        "from civicgauge.rows.proposals import Entry, propose\n"
        "names = [('Common Name', 'Text'), ('DatePlanted', 'Calendar date'), ('Location', 'Point')]\n"
        "columns = tuple((name, name, word) for name, word in names)\n"
        "for found in propose([Entry('main', 'tree-0001', 'Tree Inventory', columns=columns)]):\n"
        "    print(found.family, found.reason)\n",
    )
    assert told.startswith("street_trees Street trees by its title; species is Common Name, planted_at is DatePlanted")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: budget", "id: budgets", "is 'budgets' in a file called budget.yml"),
        ("shared: [fiscal_year", "shared: [colour, fiscal_year", "'colour' is none of the roles"),
        ("required: [fiscal_year", "required: [period", "'period' is none of the roles"),
        ("version: 1", "version: 0", "version"),
        ("- propuesto|proposto", "- (propuesto|proposto", "no regular expression"),
        ("- propuesto|proposto", r"- (\w+ )*proposto", "repeats what repeats itself"),
        ("- propuesto|proposto", r"- (a+)+", "repeats what repeats itself"),
        ("  approved_amount:\n", "  approved_amount:\n    colour: red\n", "colour"),
        ("types: [number, money]", "types: [number, cash]", "cash"),
    ],
)
def test_a_broken_family_is_named_with_its_place(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "budget.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_families(folder)
    assert said in str(caught.value)
    assert "budget.yml:" in str(caught.value)


def test_an_event_must_be_a_date(folder: Path) -> None:
    path = folder / "street_trees.yml"
    path.write_text(TREES.replace("events: [planted_at]", "events: [species]"), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="the role 'species' must have types"):
        load_families(folder)


def test_a_role_is_given_once(folder: Path) -> None:
    path = folder / "street_trees.yml"
    path.write_text(TREES.replace("roles:\n", "roles:\n  address: {means: where, names: [where]}\n"), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="'address' is given under `roles` too"):
        load_families(folder)

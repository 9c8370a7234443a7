"""The wheel: built from what git would hold, it carries everything that the command needs, and nothing of the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]  # built once

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def clean_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that are tracked, or new and not ignored, alone."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    folder = tmp_path_factory.mktemp("clean")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():  # one that was removed and not committed yet is listed, too
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def wheel(clean_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by hatchling without fetching anything."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], clean_copy)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel alone was installed."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    run([*pip, "--target", str(folder), str(wheel)], folder)
    return folder


def run(words: list[str], folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run in that folder, without this project's settings; fails with what was said."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("CIVICGAUGE_", "PYTHONPATH"))}
    env = clean | settings
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def names(wheel: Path) -> set[str]:
    """The files of the wheel."""
    with ZipFile(wheel) as opened:
        return set(opened.namelist())


def test_the_wheel_carries_what_the_command_needs(wheel: Path, clean_copy: Path) -> None:
    held = names(wheel)
    shipped = [path for part in ("dags", "expectations") for path in (clean_copy / part).rglob("*") if path.is_file()]
    assert {f"civicgauge/_shipped/{path.relative_to(clean_copy)}" for path in shipped} <= held
    assert len([path for path in shipped if path.parent.name == "cities" and path.suffix == ".yml"]) >= 25
    own = [path for path in (clean_copy / "plugins" / "civicgauge").rglob("*") if path.is_file()]
    assert {str(path.relative_to(clean_copy / "plugins")) for path in own} <= held
    for part in (
        "criteria/what-works-cities-2022.yml",
        "demo/data/",
        "landing/vocabulary/",
        "warehouse/migrations/versions/",
        "py.typed",
    ):
        assert any(name.startswith(f"civicgauge/{part}") for name in held), part
    assert "civicgauge/_shipped/plugins/civicgauge_plugin.py" in held
    assert "civicgauge/_shipped/plugins/.airflowignore" in held
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in held)


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    for name in names(wheel):
        assert name.startswith(("civicgauge/", "civicgauge-")), name
        assert not name.endswith((".pyc", ".sqlite", ".part")), name
        assert "/tests/" not in name, name
        assert not Path(name).name.startswith(("test_", "conftest")), name


def test_the_version_is_the_library_s(wheel: Path, installed: Path) -> None:
    said = run([sys.executable, "-m", "civicgauge", "--version"], installed.parent, PYTHONPATH=str(installed))
    assert wheel.name.split("-")[1] == said.stdout.strip()


def test_an_installed_wheel_checks_itself_and_runs_the_demo(installed: Path, tmp_path: Path) -> None:
    settings = {"PYTHONPATH": str(installed), "CIVICGAUGE_HOME": str(tmp_path / "home")}
    script = "import civicgauge, civicgauge.settings as s; print(civicgauge.__file__, s.shipped('dags'), sep='\\n')"
    for place in run([sys.executable, "-c", script], tmp_path, **settings).stdout.split():
        assert Path(place).is_relative_to(installed)
    checked = run([sys.executable, "-m", "civicgauge", "check"], tmp_path, **settings)
    assert "all fit" in checked.stderr
    shown = run([sys.executable, "-m", "civicgauge", "demo", "--no-airflow"], tmp_path, **settings)
    for city in ("Alder Falls", "Birchport", "Cedar Junction"):
        assert f"{city} (demo-" in shown.stdout
    assert "not an assessment" in shown.stdout
    assert not list(installed.rglob("*.sqlite"))
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_as_in_the_image_the_plugin_is_registered_once_and_the_dags_load(
    clean_copy: Path, installed: Path, tmp_path: Path
) -> None:
    """The library as a wheel, and beside it the DAGs and the one plugin file, as the Dockerfile lays them."""
    (tmp_path / "plugins").mkdir()
    for name in (".airflowignore", "civicgauge_plugin.py"):
        shutil.copy(clean_copy / "plugins" / name, tmp_path / "plugins")
    settings = {
        "PYTHONPATH": str(installed),
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(tmp_path / "plugins"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(clean_copy / "dags"),
    }
    script = """
import civicgauge
from airflow import plugins_manager
from airflow.dag_processing.dagbag import DagBag
names = [plugin["name"] for plugin in plugins_manager.get_plugin_info(["name"])]
print(names.count("civicgauge"), plugins_manager.get_import_errors())
bag = DagBag()
print(bag.import_errors, len(bag.dags) > 25, civicgauge.__file__)
"""
    said = run([sys.executable, "-c", script], tmp_path, **settings).stdout.splitlines()
    assert "1 {}" in said
    assert said[-1] == f"{{}} True {installed / 'civicgauge' / '__init__.py'}"

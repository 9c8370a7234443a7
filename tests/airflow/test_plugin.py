"""Airflow executes every file below plugins/ that .airflowignore does not keep from it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.airflow.conftest import ROOT, environment

LOOK = """
import json, sys
from airflow import plugins_manager
names = [plugin["name"] for plugin in plugins_manager.get_plugin_info(["name"])]
print("\\n" + json.dumps([names, plugins_manager.get_import_errors(), sorted(sys.modules)]))
"""


def test_the_plugin_is_registered_once_and_the_library_is_left_alone(tmp_path: Path, cities: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK], env=environment(tmp_path, cities), capture_output=True, text=True, check=True
    )
    names, errors, modules = json.loads(done.stdout.splitlines()[-1])
    assert names.count("civicgauge") == 1
    assert errors == {}
    library = {path.stem for path in (ROOT / "plugins" / "civicgauge").rglob("*.py")} - {"__init__", "__main__"}
    ours = {"stages", "verdict", "pipeline", "warehouse", "registry", "lake"} & library
    assert ours
    assert ours.isdisjoint(modules)
    assert {"pandas", "great_expectations", "pyarrow", "civicgauge.pipeline"}.isdisjoint(modules)

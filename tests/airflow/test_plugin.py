"""Airflow executes every file below plugins/ that .airflowignore does not keep from it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.airflow.conftest import ROOT, environment

#: First as a task's process loads plugins, then as the API server asks for all that they offer.
LOOK = """
import json, sys
from airflow.sdk.execution_time import task_runner
from airflow.sdk.plugins_manager import integrate_macros_plugins
integrate_macros_plugins()
in_a_task = sorted(sys.modules)
from airflow import plugins_manager
names = [plugin["name"] for plugin in plugins_manager.get_plugin_info(["name"])]
print("\\n" + json.dumps([names, plugins_manager.get_import_errors(), in_a_task, sorted(sys.modules)]))
"""


def test_the_plugin_is_registered_once_and_the_library_is_left_alone(tmp_path: Path, cities: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK], env=environment(tmp_path, cities), capture_output=True, text=True, check=True
    )
    names, errors, in_a_task, at_last = json.loads(done.stdout.splitlines()[-1])
    assert names.count("civicgauge") == 1
    assert errors == {}
    library = {path.stem for path in (ROOT / "plugins" / "civicgauge").rglob("*.py")} - {"__init__", "__main__"}
    ours = {"stages", "verdict", "pipeline", "warehouse", "registry", "lake"} & library
    assert ours
    assert ours.isdisjoint(at_last)
    assert "civicgauge_plugin" in in_a_task
    pages = {"fastapi", "pyarrow", "civicgauge.pages", "civicgauge.pipeline", "airflow.api_fastapi.core_api"}
    assert pages.isdisjoint(in_a_task)
    assert {"civicgauge.pages", "civicgauge.airflow.guard"} <= set(at_last)
    assert {"pandas", "great_expectations"}.isdisjoint(at_last)

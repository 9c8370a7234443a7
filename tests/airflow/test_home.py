"""An Airflow home of our own touches no other Airflow."""

from __future__ import annotations

from pathlib import Path

from civicgauge.airflow.home import airflow_environment
from civicgauge.errors import worst

AROUND = {
    "PATH": "/bin",
    "AIRFLOW_HOME": "/srv/airflow",
    "AIRFLOW_CONFIG": "/srv/airflow.cfg",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD": "cat secret",
    "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
    "AIRFLOW__LOGGING__REMOTE_LOGGING": "True",
    "AIRFLOW__SECRETS__BACKEND": "our.Backend",
    "AIRFLOW__CIVICGAUGE__TASK_RETRIES": "1",
    "AIRFLOW_CONN_SOCRATA_DEFAULT": "socrata://:token@",
    "CIVICGAUGE_HOME": "/srv/civicgauge",
    "PYTHONPATH": "/srv/more",
}


def test_settings_of_another_airflow_are_left_behind(tmp_path: Path) -> None:
    made = airflow_environment(tmp_path, AROUND)
    assert made["AIRFLOW_HOME"] == str(tmp_path)
    assert made["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] == f"sqlite:///{tmp_path}/airflow.db"
    assert made["AIRFLOW__CORE__EXECUTOR"] == "LocalExecutor"
    gone = {"AIRFLOW_CONFIG", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD", "AIRFLOW__LOGGING__REMOTE_LOGGING"}
    assert gone.isdisjoint(made)


def test_secrets_and_our_own_settings_stay(tmp_path: Path) -> None:
    made = airflow_environment(tmp_path, AROUND)
    kept = ("PATH", "AIRFLOW__SECRETS__BACKEND", "AIRFLOW__CIVICGAUGE__TASK_RETRIES", "CIVICGAUGE_HOME")
    assert {key: made[key] for key in kept} == {key: AROUND[key] for key in kept}
    assert made["AIRFLOW_CONN_SOCRATA_DEFAULT"] == AROUND["AIRFLOW_CONN_SOCRATA_DEFAULT"]
    assert made["PYTHONPATH"].endswith(":/srv/more")


def test_a_home_knows_our_dags_and_no_examples(tmp_path: Path) -> None:
    made = airflow_environment(tmp_path, {})
    assert (Path(made["AIRFLOW__CORE__DAGS_FOLDER"]) / "observe.py").is_file()
    assert (Path(made["AIRFLOW__CORE__PLUGINS_FOLDER"]) / "civicgauge_plugin.py").is_file()
    assert made["AIRFLOW__CORE__LOAD_EXAMPLES"] == "False"
    assert made["AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL"] == "1"
    assert float(made["AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT"]) > 5  # a start that is asked for twice is refused


def test_our_own_fault_outweighs_a_file_outweighs_a_portal() -> None:
    assert (worst([]), worst([0, 3]), worst([3, 2]), worst([3, 70, 2])) == (0, 3, 2, 70)

"""No DAG: this file fails to import, by its own name in Airflow, while a city file is wrong; the other cities run."""

from __future__ import annotations

from civicgauge.errors import ConfigurationError
from civicgauge.registry import load_registry
from civicgauge.settings import Settings

_problems = load_registry(Settings.from_environment().cities)[1]
if _problems:
    raise ConfigurationError("City files that cannot be used:", tuple(str(problem) for problem in _problems))

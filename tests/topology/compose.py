"""docker-compose.yml as Compose reads it: merged, variables filled in, and each service as a command and its variables.

Strict: a key that is not known here, a variable without a value, an unknown service or volume is a ValueError. It is
what the topology test starts its processes from, so that the file and the test cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"
EXAMPLE = ROOT / ".env.example"

_VARIABLE = re.compile(r"\$\$|\$\{(?P<name>\w+)(?::(?P<how>[-?])(?P<text>[^}]*))?\}|\$(?P<odd>.?)")
_TOP = {"name", "services", "configs", "volumes"}
_SERVICE = {
    "build", "cap_drop", "command", "configs", "depends_on", "deploy", "environment", "healthcheck", "image", "init",
    "logging", "ports", "profiles", "read_only", "restart", "security_opt", "shm_size", "stop_grace_period", "tmpfs",
    "user", "volumes",
}  # fmt: skip
_CONDITIONS = {"service_healthy", "service_completed_successfully"}


@dataclass(frozen=True)
class Service:
    """One service: what is run, with which variables, and the rest as it stands in the file."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    told: Mapping[str, Any]


def load(environ: Mapping[str, str]) -> tuple[dict[str, Service], dict[str, Any]]:
    """Every service by its name, and the whole file with its variables filled in; ValueError with what is wrong."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    missing: list[str] = []
    told = _filled({key: value for key, value in raw.items() if not key.startswith("x-")}, environ, missing)
    if missing:
        raise ValueError(f"variables without a value: {', '.join(dict.fromkeys(missing))}")
    problems = _problems(told)
    if problems:
        raise ValueError("; ".join(problems))
    return {name: _service(name, about) for name, about in told["services"].items()}, told


def variables() -> dict[str, tuple[str | None, str]]:
    """Every variable that the file asks for: (how, text): `?` with what is missing, `-` with the default, or None."""
    found: dict[str, tuple[str | None, str]] = {}

    def note(match: re.Match[str]) -> str:
        if match["name"]:
            about = (match["how"], match["text"] or "")
            if found.setdefault(match["name"], about) != about:
                raise ValueError(f"{match['name']} has two defaults or two explanations")
        return ""

    _each(yaml.safe_load(FILE.read_text(encoding="utf-8")), lambda text: _VARIABLE.sub(note, text))
    return found


def example() -> dict[str, str]:
    """The variables that .env.example sets, or shows behind a `#`, with what stands there."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    matches = [re.fullmatch(r"#?([A-Z][A-Z0-9_]*)=(.*)", line) for line in lines]
    return {match[1]: match[2] for match in matches if match}


def _filled(value: Any, environ: Mapping[str, str], missing: list[str]) -> Any:
    def fill(match: re.Match[str]) -> str:
        if match[0] == "$$":
            return "$"
        if match["name"] is None:
            raise ValueError(f"a single $ before {match['odd']!r}: write $$")
        if given := environ.get(match["name"]):
            return given
        if match["how"] != "-":
            missing.append(match["name"])
        return match["text"] or ""

    return _each(value, lambda text: _VARIABLE.sub(fill, text))


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """The value with every text in it changed."""
    if isinstance(value, dict):
        return {key: _each(inner, change) for key, inner in value.items()}
    if isinstance(value, list):
        return [_each(inner, change) for inner in value]
    return change(value) if isinstance(value, str) else value


def _problems(told: Mapping[str, Any]) -> list[str]:
    services, volumes = told["services"], set(told["volumes"])
    found = [f"unknown key {key}" for key in set(told) - _TOP]
    for name, about in services.items():
        found += [f"{name}: unknown key {key}" for key in set(about) - _SERVICE]
        for other, condition in about.get("depends_on", {}).items():
            if other not in services or condition["condition"] not in _CONDITIONS:
                found.append(f"{name}: depends on {other} {condition}")
            elif "profiles" in services[other] and condition.get("required", True):
                found.append(f"{name}: needs {other}, which only a profile starts")
        for volume in about.get("volumes", []):
            source, target = volume.split(":")[:2]
            if not target.startswith("/") or not (source in volumes or (ROOT / source).is_dir()):
                found.append(f"{name}: volume {volume}")
        found += [f"{name}: {k} is no text" for k, v in about.get("environment", {}).items() if not isinstance(v, str)]
        found += [f"{name}: {word!r} is no text" for word in about.get("command", []) if not isinstance(word, str)]
    return found


def _service(name: str, about: Mapping[str, Any]) -> Service:
    return Service(name, tuple(about.get("command", ())), dict(about.get("environment", {})), about)

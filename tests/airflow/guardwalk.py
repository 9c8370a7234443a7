"""Who gets past the guard, as JSON: `python -m tests.airflow.guardwalk`, in the environment of an Airflow home.

Airflow's own API server application, with its plugins as it loads them, is asked for every address there is below
`/civicgauge`: once with its simple sign-in, once with that of Flask AppBuilder. A process of its own, for Airflow
reads its configuration once.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount
from starlette.testclient import TestClient

#: Airflow itself lives under a path, as behind a proxy that many services share.
BASE = "/airflow"
MOUNT = "/civicgauge"
ROOT = BASE + MOUNT
MANAGERS = {
    "simple": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
    "fab": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
#: What an application serves that nobody wrote, files of its own, and what is not there at all.
ALWAYS = ("/", "/docs", "/docs/oauth2-redirect", "/redoc", "/openapi.json", "/static/pages.css", "/nothing/here", "//x")
CITIES = ("us-mo-alpha", "us-mo-beta")


def addresses(app: Any, below: str = "") -> Iterator[str]:
    """Every address that an application, and whatever is mounted in it, answers to; each name in it filled in."""
    for route in getattr(app, "routes", []):
        path = below + re.sub(r"\{[^}]*\}", "x", getattr(route, "path", ""))
        yield path or "/"
        if isinstance(route, Mount):
            yield from addresses(route.app, path)
    if pages := getattr(getattr(app, "state", None), "pages", None):
        yield from addresses(pages, below)


def let_in(client: TestClient, found: Iterable[str], **how: Any) -> list[str]:
    """What is answered otherwise than by a refusal or a way to the sign-in, as `GET /path 200`."""
    told = []
    for path in found:
        for method in METHODS:
            answer = client.request(method, f"{ROOT}{path}", **how)
            sign_in = f"{BASE}/api/v2/auth/login?next=%2Fairflow%2Fcivicgauge%2F"
            is_sign_in = answer.status_code == 302 and answer.headers["location"].startswith(sign_in)
            if answer.status_code not in (401, 403) and not is_sign_in:
                told.append(f"{method} {path} {answer.status_code}")
    return told


def mounted(app: FastAPI) -> Any:
    """Our application in Airflow's."""
    (found,) = (route.app for route in app.routes if isinstance(route, Mount) and route.path == MOUNT)
    return found


def opened(manager: str) -> FastAPI:
    """Airflow's API server with a sign-in."""
    from airflow.api_fastapi import app as api

    os.environ["AIRFLOW__CORE__AUTH_MANAGER"] = MANAGERS[manager]
    api.purge_cached_app()
    return api.create_app(apps="core")


def walked(app: FastAPI, tokens: Mapping[str, str]) -> dict[str, Any]:
    """What becomes of every address for nobody, for a forged token, and for each user."""
    client = TestClient(app, follow_redirects=False)
    found = sorted({*addresses(mounted(app)), *ALWAYS})
    forged = {"Authorization": "Bearer " + next(iter(tokens.values()))[:-8] + "AAAAAAAA"}
    told = {
        "addresses": found,
        "nobody": let_in(client, found),
        "a browser of nobody": let_in(client, found, headers={"Accept": "text/html"}),
        "forged": let_in(client, found, headers=forged),
        "forged cookie": let_in(client, found, headers={"Cookie": "_token=" + forged["Authorization"][7:]}),
    }
    users = {}
    for user, token in tokens.items():
        own = {"Authorization": f"Bearer {token}"}
        client.get(f"{ROOT}/cities/", headers=own)
        began = time.perf_counter()
        first = client.get(f"{ROOT}/cities/", headers=own)
        at = client.get(f"{ROOT}/at", headers=own, params={"dag_id": f"observe__{CITIES[1]}"})
        users[user] = {
            "home": first.status_code,
            "seconds": time.perf_counter() - began,
            "cities": [city_id for city_id in CITIES if city_id in first.text],
            "at": [at.status_code, at.headers.get("location")],
            "beta": client.get(f"{ROOT}/city/{CITIES[1]}/", headers=own).status_code,
            "no city": client.get(f"{ROOT}/at", headers=own, params={"dag_id": "alert"}).text.count("no city that is"),
            "cookie": client.get(f"{ROOT}/cities/", headers={"Cookie": f"_token={token}"}).status_code,
            "post": client.post(f"{ROOT}/cities/", headers=own).status_code,
        }
    return told | {"users": users}


def with_a_hole(app: FastAPI) -> list[str]:
    """What the walk says once somebody has added a route beside the gate, and mounted something."""
    ours = mounted(app)

    def hole() -> str:
        return "open to anyone"

    ours.router.routes.insert(0, APIRoute("/hole", hole))
    ours.router.routes.insert(0, Mount("/more", FastAPI()))
    found = sorted(set(addresses(ours)))
    return [told for told in let_in(TestClient(app, follow_redirects=False), found) if told.startswith("GET")]


def forms(app: FastAPI, token: str) -> dict[str, Any]:
    """What the page of connections shows of ours, and what its button *Test* says of the demo's portals."""
    from civicgauge.demo.server import DemoPortals

    client = TestClient(app, headers={"Authorization": f"Bearer {token}"})
    kinds = {one["connection_type"]: one for one in client.get(f"{BASE}/ui/connections/hook_meta").json()}
    told: dict[str, Any] = {name: kind for name, kind in kinds.items() if str(name).startswith("civicgauge_")}
    with DemoPortals(date(2026, 6, 30)) as portals:
        socrata = portals.urls["alder-falls"]
        for name, kind, host in (("right", "socrata", socrata), ("other", "ckan", socrata), ("none", "ckan", "")):
            asked = {"connection_id": "x", "conn_type": f"civicgauge_{kind}", "host": host, "password": "the-token"}
            answer = client.post(f"{BASE}/api/v2/connections/test", json=asked).json()
            told[name] = [answer["status"], answer["message"]]
    return told


def simple_tokens() -> dict[str, str]:
    """Tokens of users of the simple sign-in."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

    users = {role: SimpleAuthManagerUser(username=role, role=role.upper()) for role in ("viewer", "admin")}
    return {role: get_auth_manager().generate_jwt(user) for role, user in users.items()}


def fab_tokens() -> dict[str, str]:
    """Tokens of users of Flask AppBuilder: its roles, and one that may read a single DAG."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.providers.fab.www.security import permissions as words

    manager: Any = get_auth_manager()
    with manager.flask_app.app_context():
        security = manager.security_manager
        roles = {"admin": security.find_role("Admin"), "viewer": security.find_role("Viewer")}
        leaves = {"one city": f"DAG:observe__{CITIES[0]}", "every city": words.RESOURCE_DAG, "no city": None}
        for name, leave in leaves.items():
            roles[name] = security.add_role(name)
            for resource in filter(None, (words.RESOURCE_PLUGIN, leave)):
                permission = security.create_permission(words.ACTION_CAN_READ, resource)
                security.add_permission_to_role(roles[name], permission)
        users = {
            name: security.add_user(name, name, name, f"{n}@example.org", role, password="x")
            for n, (name, role) in enumerate(roles.items())
        }
        return {name: manager.generate_jwt(user) for name, user in users.items()}


def add_dags() -> None:
    """The DAGs of the two cities, and of a thousand others, as the DAG processor would have stored them."""
    from airflow.models.dag import DagModel
    from airflow.models.dagbundle import DagBundleModel
    from airflow.utils.session import create_session

    with create_session() as session:
        session.add(DagBundleModel(name="dags-folder"))
        session.flush()
        for city_id in (*CITIES, *(f"more-{number}" for number in range(1_000))):
            session.add(DagModel(dag_id=f"observe__{city_id}", bundle_name="dags-folder", timetable_type=""))


def main() -> None:
    """Print what was found."""
    os.environ["AIRFLOW__CORE__AUTH_MANAGER"] = MANAGERS["fab"]
    from airflow.utils.db import initdb

    initdb()
    add_dags()
    logging.disable()
    told: dict[str, Any] = {}
    for manager, tokens_of in (("simple", simple_tokens), ("fab", fab_tokens)):
        app = opened(manager)
        tokens = tokens_of()
        told[manager] = walked(app, tokens)
    told["forms"] = forms(app, tokens["admin"])
    told["hole"] = with_a_hole(app)
    print("\n" + json.dumps(told))


if __name__ == "__main__":
    main()

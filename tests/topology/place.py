"""Where the services lie on this machine, and how what the compose file says is moved there."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from tests.airflow.headless import free_port
from tests.topology import compose

LOOPBACK = "127.0.0.1"


@dataclass
class Place:
    """Where this stack lies: folders, ports, databases; and how a text of the compose file is moved there."""

    folder: Path
    postgres: sa.URL
    role: str = field(default_factory=lambda: f"topology_{secrets.token_hex(6)}")
    password: str = field(default_factory=lambda: secrets.token_hex(8))
    api: int = field(default_factory=free_port)
    redis: int = field(default_factory=free_port)
    scheduler: int = field(default_factory=free_port)
    portals: int = 0
    s3: str = ""

    @property
    def warehouse(self) -> str:
        """The warehouse's address."""
        url = self.postgres.set(username=self.role, password=self.password, database=self.role)
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)

    @property
    def airflow(self) -> str:
        """The address of Airflow's database."""
        return self.postgres.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)

    def moved(self, text: str) -> str:
        """A command's word or a variable's value, with this machine's hosts, ports and folders."""
        airflow, warehouse = self.airflow.split("://")[1], self.warehouse.split("://")[1]
        for there, here in (
            (f"airflow:{self.password}@postgres:5432/airflow", airflow),
            (f"civicgauge:{self.password}@postgres:5432/civicgauge", warehouse),
            ("@redis:6379", f"@{LOOPBACK}:{self.redis}"),
            ("http://api-server:8080", f"http://{LOOPBACK}:{self.api}"),
            ("http://localhost:8080", f"http://{LOOPBACK}:{self.api}"),
            ("http://s3:9000", self.s3),
            ("/opt/civicgauge/demo-cities", str(self.folder / "cities")),
            ("/opt/civicgauge/dags", str(compose.ROOT / "dags")),
            ("/opt/civicgauge/plugins", str(compose.ROOT / "plugins")),
            ("/opt/airflow", str(self.folder / "airflow")),
            ("/var/lib/civicgauge", str(self.folder / "home")),
            ("/var/log/airflow", str(self.folder / "logs")),
            ("0.0.0.0", LOOPBACK),
        ):
            text = text.replace(there, here)
        return {"8080": str(self.api), "9201": str(self.portals), "demo-portals": LOOPBACK}.get(text, text)

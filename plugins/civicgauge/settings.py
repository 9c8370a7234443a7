"""What the environment says (prefix CIVICGAUGE_), read once per call and passed on as a value."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path

from civicgauge import __version__
from civicgauge.errors import ConfigurationError

_PACKAGE = Path(__file__).resolve().parent
KEEP_AT_LEAST = 29
"""Days of results that the warehouse holds in any case: what is told compares with 28 days before."""
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def shipped(name: str) -> Path:
    """A top-level folder of the project (`dags`, `expectations`): in a checkout, or inside the installed package."""
    packaged = _PACKAGE / "_shipped" / name
    return packaged if packaged.exists() else _PACKAGE.parent.parent / name


@dataclass(frozen=True)
class Settings:
    """Where things lie and what is allowed. Build it with `Settings.from_environment()`."""

    home: Path
    cities: Path
    expectations: Path
    warehouse: str
    lake: str
    allow_private_hosts: bool = False
    contact: str = "https://example.org/civicgauge-contact-not-set"
    public_url: str | None = None
    keep_snapshot_days: int = 400
    keep_row_versions: int = 2
    keep_result_days: int = 92
    keep_edition_years: int = 4
    cohorts: Path | None = None
    signing_keys: tuple[str, ...] = field(default=(), repr=False)
    smtp_connection: str | None = None
    mail_from: str = "civicgauge@civicgauge.invalid"
    ops_contacts: tuple[str, ...] = ()
    measured_by_hour: int = 9

    @classmethod
    def from_environment(cls, environ: dict[str, str] | None = None) -> Settings:
        """Read CIVICGAUGE_*; ConfigurationError names each setting that cannot be used."""
        env = dict(os.environ if environ is None else environ)

        def get(name: str, default: str) -> str:
            return env.get(f"CIVICGAUGE_{name}") or default

        home = Path(get("HOME", ".civicgauge")).expanduser().absolute()
        problems: list[str] = []
        return cls(
            home=home,
            cities=Path(get("CITIES", str(shipped("dags") / "cities"))).expanduser().absolute(),
            expectations=Path(get("EXPECTATIONS", str(shipped("expectations")))).expanduser().absolute(),
            warehouse=get("WAREHOUSE", f"sqlite:///{home / 'warehouse.sqlite'}"),
            lake=get("LAKE", str(home / "lake")),
            allow_private_hosts=_flag(get("ALLOW_PRIVATE_HOSTS", ""), "CIVICGAUGE_ALLOW_PRIVATE_HOSTS", problems),
            contact=get("CONTACT", cls.contact),
            public_url=get("PUBLIC_URL", "") or None,
            keep_snapshot_days=_whole(get("KEEP_SNAPSHOT_DAYS", "400"), "CIVICGAUGE_KEEP_SNAPSHOT_DAYS", problems),
            keep_result_days=_whole(
                get("KEEP_RESULT_DAYS", "92"), "CIVICGAUGE_KEEP_RESULT_DAYS", problems, KEEP_AT_LEAST
            ),
            keep_edition_years=_whole(get("KEEP_EDITION_YEARS", "4"), "CIVICGAUGE_KEEP_EDITION_YEARS", problems),
            keep_row_versions=_whole(get("KEEP_ROW_VERSIONS", "2"), "CIVICGAUGE_KEEP_ROW_VERSIONS", problems),
            signing_keys=_words(get("SIGNING_KEY", "")),
            smtp_connection=get("SMTP_CONNECTION", "") or None,
            mail_from=get("MAIL_FROM", cls.mail_from),
            ops_contacts=_words(get("OPS_CONTACTS", "")),
            measured_by_hour=_whole(get("MEASURED_BY_HOUR", "9"), "CIVICGAUGE_MEASURED_BY_HOUR", problems),
            cohorts=Path(named).expanduser().absolute() if (named := get("COHORTS", "")) else None,
        ).refuse(problems)

    def refuse(self, problems: list[str]) -> Settings:
        """Self when there are no problems; ConfigurationError with all of them otherwise."""
        if problems:
            raise ConfigurationError("Settings that cannot be used:", tuple(problems))
        return self

    @property
    def mail_host(self) -> str:
        """The host of our addresses in mail, whether or not a name stands before the sender's address."""
        return parseaddr(self.mail_from)[1].rpartition("@")[2]

    @property
    def user_agent(self) -> str:
        """Who asks, and whom a portal's operator can write to."""
        return f"civicgauge/{__version__} (observes open-data portals; contact: {self.contact})"


def _flag(text: str, name: str, problems: list[str]) -> bool:
    if text.strip().lower() not in _TRUE | _FALSE:
        problems.append(f"{name}: {text!r} is neither true nor false; use 1 or 0")
    return text.strip().lower() in _TRUE


def _whole(text: str, name: str, problems: list[str], at_least: int = 1) -> int:
    if text.isdecimal() and int(text) >= at_least:
        return int(text)
    problems.append(f"{name}: {text!r} is not a whole number above {at_least - 1}")
    return 0


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for each in text.split(",") if (word := each.strip()))

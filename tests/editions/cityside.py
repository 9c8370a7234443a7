"""The city's side of an edition: turns of alerts, mail to a real server, and a browser's worth of HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import yaml

from civicgauge.alerts.channels import Connection
from civicgauge.answers import Allowed
from civicgauge.answers.together import create_site
from civicgauge.pipeline.alerting.running import Turn, turn
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.sending import send_due
from tests.alerts.postoffice import Inbox
from tests.answers.world import served
from tests.editions.world import CITY, at

BASE = "https://answers.example"
KEY = "a-key-of-the-tests-" + "k" * 20
FREE = Allowed("100000/minute", "100000/minute", "100000/minute")
CLEAR = {"disable_ssl": True, "disable_tls": True}


def public(context: Context, **settings: Any) -> Context:
    """The same with an address and a key, so that there are links."""
    known = {"public_url": BASE, "signing_keys": (KEY,), "contact": "team@example.org"}
    return Context(replace(context.settings, **(known | settings)))


def edit(context: Context, city_id: str = CITY, **changes: Any) -> None:
    """Change a city's file."""
    path = Path(context.settings.cities) / f"{city_id}.yml"
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(told | changes, sort_keys=False), encoding="utf-8")


def named(role: str, **more: Any) -> dict[str, Any]:
    """A contact as a city's file names it."""
    return {"email": f"{role}@birchport.example", "role": role, "consent": "2026-01-05", **more}


def told(context: Context, when: datetime) -> list[tuple[str, str]]:
    """(role, subject) of what one turn queued about editions."""
    found: Turn = turn(context, when)
    with context.warehouse() as warehouse:
        roles = {row["contact_id"]: row["role"] for row in warehouse.alerts.contacts()}
        rows = {row["notification_id"]: row for row in warehouse.alerts.notifications()}
        ids = [each.notification_id for each in found.queued if each.kind == "edition"]
        return [
            (roles[rows[each]["contact_id"]], (warehouse.alerts.content(each) or {})["rendered"]["subject"])
            for each in ids
        ]


@dataclass
class CitySide:
    """A city with a mailbox and a browser; the clock is one for all."""

    context: Context
    inbox: Inbox
    client: httpx.Client
    now: datetime = field(default_factory=lambda: at(1))
    rounds: int = 0

    def alerts(self, when: datetime, rounds: int = 1) -> list[EmailMessage]:
        """A turn and a sending, so many times; the mails about editions that came of it."""
        self.now, before = when, len(self.inbox.taken)
        for _ in range(rounds):
            turn(self.context, when)
            self.rounds += 1
            mx = Connection("mx", "127.0.0.1", self.inbox.port, extra=CLEAR)
            send_due(self.context, when + timedelta(days=1), owner=f"r{self.rounds}", connection={"mx": mx}.get)
        return [each for each in self.inbox.messages()[before:] if each["X-Civicgauge-Kind"] == "edition"]


@contextmanager
def city_side(context: Context, inbox: Inbox) -> Iterator[CitySide]:
    """The answers and the pages served on one port, with the city's clock."""
    known = public(context, smtp_connection="mx")
    app, has_answers = create_site(known, clock=lambda: found.now, allowed=FREE)
    assert has_answers
    with served(app) as address, httpx.Client(base_url=address, trust_env=False) as client:
        found = CitySide(known, inbox, client)
        yield found


def plain(mail: EmailMessage) -> str:
    """The text of a mail, as one line."""
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def link(mail: EmailMessage, part: str) -> str:
    """The path of the first link of ours whose path begins so; the HTML holds the same."""
    body, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert body is not None
    assert html is not None
    found = re.search(rf"{BASE}(/{part}/\S+)", body.get_content())
    assert found, part
    assert f"{BASE}{found[1]}" in html.get_content()
    return found[1]

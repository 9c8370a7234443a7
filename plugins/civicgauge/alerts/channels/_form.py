"""What a channel is: it brings one message to one recipient, and says when it takes the step that has no way back."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from civicgauge.alerts.letters import Recipient, Rendered
from civicgauge.errors import CivicgaugeError, ConfigurationError, GiveUpError, RetryableError

_NAME = re.compile(r"[A-Za-z0-9_.\-]{1,200}")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
_SAID_CHARACTERS = 200


class DeliveryFailed(RetryableError):
    """Certainly not delivered, and the next try may do: no connection, a server that is busy."""


class DeliveryRefused(GiveUpError):
    """Certainly not delivered, and never will be as it stands: this message or this recipient is refused."""


class WayDown(DeliveryFailed):
    """The way itself is down for now: others that would go it need not wait for the same time-out."""


class Bounced(DeliveryRefused):
    """The other side says for good that there is no such recipient."""


class WayRefused(DeliveryRefused):
    """The way itself is closed to us (wrong login, no TLS, an unknown sender): no message of any kind goes this way."""


class Doubtful(CivicgaugeError):
    """It may have been delivered: the other side went silent after the step that has no way back."""


class NotOurs(CivicgaugeError):
    """Raised by `committing`: the message is another sender's by now; nothing may be sent, and nothing was."""


@dataclass(frozen=True)
class Connection:
    """Where and how to log in, as an Airflow connection says it."""

    conn_id: str
    host: str = ""
    port: int | None = None
    login: str = ""
    password: str = field(default="", repr=False)
    schema: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)
    conn_type: str = ""

    def flag(self, name: str) -> bool:
        """An extra that is true or false, also as text; ConfigurationError for anything else."""
        word = str(self.extra.get(name) or "false").strip().lower()
        if word not in ("true", "1", "yes", "false", "0", "no"):
            raise ConfigurationError(f"connection {self.conn_id}: {name} is neither true nor false")
        return word in ("true", "1", "yes")

    def text(self, name: str) -> str:
        """An extra as text; '' where there is none."""
        return str(self.extra.get(name) or "").strip()


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message and whom it is for."""

    notification_id: str
    message_id: str
    kind: str
    created_at: datetime
    recipient: Recipient
    rendered: Rendered


@dataclass(frozen=True)
class Way:
    """What channels need of the world.

    `connection` raises ConfigurationError where there is none of that name. `post(url, body, headers)` gives status and
    body, follows no redirect, tries once, and raises as `Web.post`. `notice` stands in whatever is made here, and
    `clock` tells the time.
    """

    outbox: Path
    feeds: Path
    mail_from: str
    connection: Callable[[str], Connection]
    post: Callable[[str, bytes, Mapping[str, str]], tuple[int, bytes]]
    clock: Callable[[], datetime]
    smtp_connection: str | None = None
    notice: str = ""


class Channel(ABC):
    """One way of telling people. `id` is the name of its file.

    `is_idempotent`: to deliver a parcel twice is to deliver it once, because the other side knows its id again.
    """

    id: ClassVar[str]
    is_idempotent: ClassVar[bool]

    @abstractmethod
    def check_address(self, address: str) -> str | None:
        """What is wrong with an address, as a sentence's end that does not repeat it; None where nothing is."""

    @abstractmethod
    def deliver(self, parcel: Parcel, way: Way, committing: Callable[[], None]) -> None:
        """Bring it, and return once the other side has taken it.

        `committing()` is called exactly once, just before the step that has no way back; what it raises is let
        through, and nothing is sent then. DeliveryFailed, DeliveryRefused (Bounced, WayRefused) and
        ConfigurationError mean that it was certainly not delivered; Doubtful that nobody knows.
        No message of an error holds an address of a person or a secret.
        """


def check_name(address: str) -> str | None:
    """The address of channels that go by a connection: its name."""
    return None if _NAME.fullmatch(address) else "is not the name of a connection (letters, digits, _ . -)"


def said(words: str | bytes) -> str:
    """What the other side said, for a log and a table: one short line, without the addresses of people."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return _ADDRESS.sub("(address)", line)[:_SAID_CHARACTERS]

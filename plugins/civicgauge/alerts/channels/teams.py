"""Microsoft Teams, by the webhook of a workflow ("When a Teams webhook request is received").

Connection: the password is the webhook's whole address, signature included; or `host` holds what stands before it. The
address is the secret.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from civicgauge.alerts.channels import _http
from civicgauge.alerts.channels._form import Channel, Parcel, Way, check_name

_MOST_BYTES = 20_000  # Teams says 28 KB, and others met refusals from 21 KB on
_LINE, _LINES = 1_500, 40
_Item = dict[str, Any]


class TeamsChannel(Channel):
    """A room sees what a card says: it holds no link that acts for a person."""

    id = "teams"
    is_idempotent = False

    def check_address(self, address: str) -> str | None:
        """The name of a connection."""
        return check_name(address)

    def deliver(self, parcel: Parcel, way: Way, committing: Callable[[], None]) -> None:
        """One post."""
        url = _http.address(way.connection(parcel.recipient.address))
        content = payload(parcel, way.notice)
        committing()
        _http.post(way, url, content, {}, is_idempotent=False)


def payload(parcel: Parcel, notice: str) -> dict[str, Any]:
    """The card: a heading, the message's blocks, the notice; small enough for Teams."""
    rendered = parcel.rendered
    head = [_text(rendered.subject, size="Large", weight="Bolder"), _text(rendered.summary)]
    told: list[_Item] = []
    for heading, lines in rendered.blocks:
        told.append(_text(heading, weight="Bolder", spacing="Medium"))
        told += [_text(f"\u2022 {line}") for line in lines[:_LINES]]
    foot = [_text(notice, size="Small", isSubtle=True)] if notice else []
    more = [_text("More of it stands in the mail to the city, and on its page.", isSubtle=True)]
    cards = (_card(head + told[:count] + (more if count < len(told) else []) + foot) for count in _fewer(len(told)))
    return next(card for card in cards if len(_http.encode(card)) <= _MOST_BYTES)


def _fewer(count: int) -> list[int]:
    """How many items to try with: all, then always fewer, then none."""
    return sorted({count * part // 16 for part in range(17)}, reverse=True)


def _text(text: str, **looks: Any) -> _Item:
    """Text as it stands: a rich text block knows no Markdown, so that no title of a dataset can become a link."""
    spacing = {"spacing": looks.pop("spacing")} if "spacing" in looks else {}
    plain = "".join(c if c.isprintable() else " " for c in text)
    shown = plain if len(plain) <= _LINE else f"{plain[: _LINE - 1]}\u2026"
    return {"type": "RichTextBlock", **spacing, "inlines": [{"type": "TextRun", "text": shown or "-", **looks}]}


def _card(body: list[_Item]) -> dict[str, Any]:
    content = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": content}
    return {"type": "message", "attachments": [attachment]}


CHANNEL = TeamsChannel()

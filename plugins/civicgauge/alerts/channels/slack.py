"""Slack, by an incoming webhook.

Connection, as Airflow's own for Slack's incoming webhooks: the password is the webhook's whole address, or what follows
`https://hooks.slack.com/services/` (another `host` and `schema` replace that). The address is the secret.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from civicgauge.alerts.channels import _http
from civicgauge.alerts.channels._form import Channel, Parcel, Way, check_name

_SERVICES = "https://hooks.slack.com/services"
_SECTION, _HEADER, _TEXT, _BLOCKS = 3_000, 150, 3_000, 50  # Slack's own limits, in characters and blocks
_Block = dict[str, Any]


class SlackChannel(Channel):
    """A room sees what a post says: it holds no link that acts for a person."""

    id = "slack"
    is_idempotent = False

    def check_address(self, address: str) -> str | None:
        """The name of a connection."""
        return check_name(address)

    def deliver(self, parcel: Parcel, way: Way, committing: Callable[[], None]) -> None:
        """One post."""
        url = _http.address(way.connection(parcel.recipient.address), _SERVICES)
        content = payload(parcel, way.notice)
        committing()
        _http.post(way, url, content, {}, is_idempotent=False)


def payload(parcel: Parcel, notice: str) -> dict[str, Any]:
    """The post: a heading, the message's blocks, the notice; within Slack's limits, and without Slack's commands."""
    rendered = parcel.rendered
    blocks: list[_Block] = [
        {"type": "header", "text": {"type": "plain_text", "text": _cut(rendered.subject or "-", _HEADER)}},
        _section([_cut_escaped(rendered.summary, _SECTION)]),
    ]
    told = [block for heading, lines in rendered.blocks for block in _blocks(heading, lines)]
    room = _BLOCKS - len(blocks) - 2
    blocks += told[:room]
    if len(told) > room:
        blocks.append(_section(["More of it stands in the mail to the city, and on its page."]))
    if notice:
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": _cut_escaped(notice, _TEXT)}]})
    return {"text": _cut_escaped(rendered.summary or rendered.subject, _TEXT), "blocks": blocks}


def escape(text: str) -> str:
    """What Slack would take for a link, a mention or a command is none any more."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _blocks(heading: str, lines: Iterable[str]) -> Iterator[_Block]:
    """A heading and its lines, in as many sections as they need."""
    waiting = [f"*{_cut_escaped(heading, 500)}*"] if heading else []
    for line in lines:
        told = "\u2022 " + _cut_escaped(line, _SECTION - 2)
        if waiting and sum(map(len, waiting)) + len(waiting) + len(told) > _SECTION:
            yield _section(waiting)
            waiting = []
        waiting.append(told)
    if waiting:
        yield _section(waiting)


def _section(lines: list[str]) -> _Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "\n".join(lines)[:_SECTION] or "-"}}


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}\u2026"


def _cut_escaped(text: str, most: int) -> str:
    """Escaped, and cut so that no escape is cut in two."""
    if len(escaped := escape(text)) <= most:
        return escaped
    size, kept = 0, []
    for character in text:
        size += len(escape(character))
        if size > most - 1:
            break
        kept.append(character)
    return escape("".join(kept)) + "\u2026"


CHANNEL = SlackChannel()

"""What channels need of the world, made from the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime

from civicgauge.alerts.channels import Connection, Way
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.words import NOTICE
from civicgauge.settings import Settings


@contextmanager
def way_of(
    settings: Settings, connection: Callable[[str], Connection | None], clock: Callable[[], datetime]
) -> Iterator[Way]:
    """Folders in the home, connections by name, and the HTTP door, opened when something is first posted."""
    with ExitStack() as opened:
        doors: list[Callable[[str, bytes, Mapping[str, str]], tuple[int, bytes]]] = []

        def post(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
            if not doors:
                doors.append(_door(settings, opened))
            return doors[0](url, body, headers)

        def named(conn_id: str) -> Connection:
            found = connection(conn_id)
            if found is None:
                raise ConfigurationError(
                    f"there is no connection {conn_id!r}; add it to Airflow, or set AIRFLOW_CONN_{conn_id.upper()}"
                )
            return found

        yield Way(
            outbox=settings.home / "outbox",
            feeds=settings.home / "feeds",
            mail_from=settings.mail_from,
            connection=named,
            post=post,
            clock=clock,
            smtp_connection=settings.smtp_connection,
            notice=NOTICE,
        )


def _door(settings: Settings, opened: ExitStack) -> Callable[[str, bytes, Mapping[str, str]], tuple[int, bytes]]:
    from civicgauge.web import Limits, Web

    limits = Limits(read_timeout_seconds=30, total_timeout_seconds=60)  # well within a sender's lease
    web = opened.enter_context(
        Web(user_agent=settings.user_agent, allow_private_hosts=settings.allow_private_hosts, limits=limits)
    )

    def post(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        answer = web.post(url, body, headers)
        return answer.status, answer.body

    return post

"""Every error that civicgauge raises, by cause: worth another try, or not.

The docstring of each class says when it is raised. An error carries its place (file, line or address) in its
message, says what to do, and does no I/O.
"""

from __future__ import annotations

from collections.abc import Iterable

WORST_FIRST = (70, 2, 3, 1)
"""Exit codes: our own fault over a file or setting over a portal over findings."""


def worst(codes: Iterable[int]) -> int:
    """The exit code that stands for several; 0 when all are 0."""
    seen = set(codes)
    return next((code for code in WORST_FIRST if code in seen), 0)


class CivicgaugeError(Exception):
    """Base of all errors of civicgauge itself; raised alone only for a fault of our own.

    `cause` is one word for what went wrong on the wire (`timed_out`, ...), where the HTTP door knows it; else empty.
    """

    exit_code = 70
    cause: str = ""


class RetryableError(CivicgaugeError):
    """The same request may succeed later; Airflow retries the task."""

    exit_code = 3


class GiveUpError(CivicgaugeError):
    """Trying again cannot help until a person changes something; Airflow fails the task at once."""

    exit_code = 3


class PortalUnreachable(RetryableError):
    """No connection, a timeout, or a connection cut in the middle of an answer."""


class PortalBusy(RetryableError):
    """429, 5xx or a 202 that never became an answer, after all retries of the HTTP door."""


class AnswerUnreadable(RetryableError):
    """An answer that is not what it says: HTML with status 200, broken JSON, another content type, a wrong envelope.

    `body` holds what was received (cut to a bounded size), so that the caller can keep it for a look.
    """

    def __init__(self, message: str, body: bytes = b"") -> None:
        super().__init__(message)
        self.body = body

    def __reduce__(self) -> tuple[type[AnswerUnreadable], tuple[str, bytes]]:
        return type(self), (str(self), self.body)


class CatalogueIncomplete(RetryableError):
    """A catalogue whose entries do not add up to the number that the portal itself states."""


class PortalRefused(GiveUpError):
    """401, 403, 404, 410 or another 4xx for an address that the pipeline needs."""


class AnswerTooLarge(GiveUpError):
    """A body larger than the limit, or one that took longer than the limit in all."""


class HostNotAllowed(GiveUpError):
    """An address whose connection would lead to a private or loopback peer, or a scheme other than http(s)."""

    exit_code = 2


class NoSnapshot(GiveUpError):
    """A day that is not today has no stored snapshot, and the portal may not be asked for the past."""


class ConfigurationError(GiveUpError):
    """Files or settings of ours are wrong; `problems` holds every one, each with its place."""

    exit_code = 2

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join([message, *problems]) if problems else message)
        self.message = message
        self.problems = problems

    def __reduce__(self) -> tuple[type[ConfigurationError], tuple[str, tuple[str, ...]]]:
        return type(self), (self.message, self.problems)


class WarehouseOutOfDate(ConfigurationError):
    """The warehouse's schema is not the one this version needs; the message names `civicgauge db upgrade`."""


class WarehouseBusy(RetryableError):
    """The warehouse was locked for too long, or its server went away in the middle; nothing was written."""

    exit_code = 70


class LakeUnreachable(RetryableError):
    """The object store of the lake did not answer, or not as one."""

    exit_code = 70


class LakeDamaged(GiveUpError):
    """A file of the lake differs from the digest in its manifest, or a manifest cannot be read."""

    exit_code = 70


class NothingRead(GiveUpError):
    """None of a city's portals was read for a day; nothing is written for it, never a zero."""


class NotWhole(GiveUpError):
    """A city-day that is not whole: the message names each portal that was not read, and why."""


class RowsUnreadable(GiveUpError):
    """What arrived as a resource's rows is no table that can be read; one sentence says what it is instead."""

"""Judges what came back, or did not: failures and unwelcome answers by cause, JSON that is none. Pure; no I/O."""

from __future__ import annotations

import json
import re
import socket
import ssl
from collections.abc import Callable
from typing import Any

import requests
from urllib3.exceptions import (
    DecodeError,
    HTTPError,
    LocationValueError,
    NameResolutionError,
    ReadTimeoutError,
)

from civicgauge.errors import (
    AnswerUnreadable,
    CivicgaugeError,
    HostNotAllowed,
    PortalBusy,
    PortalRefused,
    PortalUnreachable,
)
from civicgauge.model import Answer

FOREIGN_ERRORS = (requests.RequestException, HTTPError, OSError, UnicodeError)
KEPT_BYTES = 65_536
_MESSAGE_CHARACTERS = 200
_JSON_TYPES = {"application/json", "text/json", "text/plain", "application/octet-stream", ""}  # "": none was stated
_ADVICE = {
    401: "It wants a login or a token; check the portal's connection.",
    403: "It forbids this; check the token, or ask the portal's operator whether we are blocked.",
    404: "Nothing is there; check the address in the city file.",
    410: "It says that this is gone for good; check the address in the city file.",
}


# In this order: the first kind found anywhere in the chain of causes decides. The last word is the error's `cause`.
_CAUSES: tuple[tuple[tuple[type[BaseException], ...], type[CivicgaugeError], str, str], ...] = (
    (
        (ssl.SSLCertVerificationError,),
        PortalRefused,
        "its TLS certificate cannot be trusted, so it was not asked",
        "certificate_not_trusted",
    ),
    (
        (requests.exceptions.InvalidURL, LocationValueError, UnicodeError),
        HostNotAllowed,
        "this is not an address that can be asked",
        "address_malformed",
    ),
    ((NameResolutionError, socket.gaierror), PortalUnreachable, "its name could not be resolved", "name_not_resolved"),
    ((DecodeError,), AnswerUnreadable, "its compressed body cannot be unpacked", "body_unreadable"),
    ((ReadTimeoutError,), PortalUnreachable, "it was silent for longer than the read time-out", "timed_out"),
    (
        (requests.exceptions.ConnectTimeout,),
        PortalUnreachable,
        "it did not accept a connection within the connect time-out",
        "timed_out",
    ),
)
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
# X509_V_ERR_HOSTNAME_MISMATCH and X509_V_ERR_IP_ADDRESS_MISMATCH of OpenSSL
_OTHER_NAME = frozenset({62, 64})


def explain(error: BaseException) -> tuple[type[CivicgaugeError], str]:
    """Which error of ours a failure of requests or urllib3 is, and why in words.

    The words never repeat the foreign message: it holds the whole address, secrets included.
    """
    causes = _causes(error)
    for kinds, ours, why, _ in _CAUSES:
        if any(isinstance(cause, kinds) for cause in causes):
            return ours, why
    if not isinstance(error, requests.RequestException | HTTPError):
        return PortalUnreachable, f"{type(error).__name__}: {error}"  # the system's own: a missing CA file, for one
    return PortalUnreachable, f"the connection failed or was cut ({_plain(causes) or type(causes[-1]).__name__})"


def cause_of(error: BaseException) -> str:
    """One word for the same failure, for those who count failures by their cause.

    A name that does not exist (`host_not_found`) is told from one that could not be looked up (`name_not_resolved`),
    and a certificate for another name (`certificate_of_another_name`) from one that is not trusted.
    """
    causes = _causes(error)
    if any(isinstance(c, socket.gaierror) and c.errno in _NO_SUCH_NAME for c in causes):
        return "host_not_found"
    if any(isinstance(c, ssl.SSLCertVerificationError) and c.verify_code in _OTHER_NAME for c in causes):
        return "certificate_of_another_name"
    told = (word for kinds, _, _, word in _CAUSES if any(isinstance(cause, kinds) for cause in causes))
    was_refused = any(isinstance(cause, ConnectionRefusedError) for cause in causes)
    return next(told, "connection_refused" if was_refused else "connection_cut")


def _causes(error: BaseException) -> list[BaseException]:
    """The error and everything it wraps, outermost first; requests and urllib3 wrap in arguments and attributes too."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, BaseException) and not any(one is known for known in found):
            found.append(one)
            waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
    return found


def _plain(causes: list[BaseException]) -> str | None:
    """The operating system's own words (`Connection refused`), which hold no address."""
    own = (c for c in causes if isinstance(c, OSError) and not isinstance(c, requests.RequestException | HTTPError))
    return next((c.strerror for c in own if c.strerror), None)


def unwelcome(status: int, url: str, body: bytes, clean: Callable[[str], str]) -> CivicgaugeError:
    """The error for an answer whose status was not asked for. `clean` takes secrets out of what the portal says."""
    said = clean(_portal_message(body))[:_MESSAGE_CHARACTERS]  # cleaned first: half a secret is a leak too
    what = f"{url} answered with status {status}" + (f': "{said}"' if said else "")
    if status in (202, 429) or status >= 500:
        return PortalBusy(f"{what}. Try again later.")
    if 400 <= status < 500:
        advice = _ADVICE.get(status, "The request itself was refused; check the address in the city file.")
        return PortalRefused(f"{what}. {advice}")
    return AnswerUnreadable(
        f"{what}, which is not an answer to this question. Look at it in a browser.", body[:KEPT_BYTES]
    )


def _portal_message(body: bytes) -> str:
    """What a JSON error body says (Socrata in `message`, CKAN in `error.message`), on one line; '' if nothing."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    for _ in range(3):
        if isinstance(said, dict):
            said = next((said[key] for key in ("message", "error", "detail", "errors") if said.get(key)), "")
    text = said if isinstance(said, str) else json.dumps(said)
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())


def read_json(answer: Answer, expect: type) -> Any:
    """The parsed body of an answer, once its content type, its syntax and its top-level type have been checked.

    Plain text and octet streams are believed when they parse as the expected type; HTML never is.
    AnswerUnreadable, with the first bytes, says what came instead.
    """
    media_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    start = answer.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if media_type not in _JSON_TYPES and not re.fullmatch(r"application/(?:[\w.+-]+\+)?json", media_type):
        raise _not_json(answer, f"came as {media_type[:80]!r}, not as JSON")
    if start == b"<":
        raise _not_json(answer, "is a web page or XML, not JSON, whatever its content type says")
    try:
        value = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        place = f" at character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
        raise _not_json(answer, f"is broken JSON{place}") from None
    if not isinstance(value, expect):
        raise _not_json(answer, f"is a JSON {type(value).__name__} where a {expect.__name__} was expected")
    return value


def _not_json(answer: Answer, what: str) -> AnswerUnreadable:
    size = f"{len(answer.body):,} bytes, status {answer.status}"
    message = (
        f"The answer of {answer.url} {what} ({size}). The portal may be down or show a notice; open it in a browser."
    )
    return AnswerUnreadable(message, answer.body[:KEPT_BYTES])

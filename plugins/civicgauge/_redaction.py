"""Secrets out of addresses and texts before anything is logged, raised or recorded. Used by the HTTP door."""

from __future__ import annotations

import logging
import re
from urllib.parse import quote, quote_plus, unquote_plus, urlsplit, urlunsplit

HIDDEN = "***"
UNREADABLE = "(an address that cannot be read)"

_SECRET_NAME = re.compile(
    r"(?:token|secret|passw(?:or)?d|pwd|api[_-]?key|access[_-]?key(?:[_-]?id)?|signature|credential)s?$"
    r"|^(?:sig|key|auth|authorization)$"
)
_USERINFO_IN_TEXT = re.compile(r"//[^/?#\s\"'<>]*@")
_PAIR_IN_TEXT = re.compile(r"[^?&;=#\s\"'<>(]+=[^&#\s\"'<>]+")


def is_secret_name(name: str) -> bool:
    """Whether a query parameter of that name (possibly percent-encoded) holds a secret, such as `$$app_token`."""
    return _SECRET_NAME.search(unquote_plus(name).strip().lower()) is not None


def redact(url: str) -> str:
    """The address without userinfo, secret query values and fragment; the rest of it stays letter for letter.

    An address that cannot be taken apart comes back as `UNREADABLE`, since a secret could stand anywhere in it.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port  # ValueError where what follows the colon is no port: a password cut at a slash, perhaps
    except ValueError:
        return UNREADABLE
    if not parts.netloc and "@" in parts.path:
        return UNREADABLE
    userinfo, _, host = parts.netloc.rpartition("@")
    netloc = f"{HIDDEN}@{host}" if userinfo else host
    query = "&".join(map(_redact_pair, parts.query.split("&")))
    return urlunsplit((parts.scheme, netloc, parts.path, query, ""))


def host_alone(url: str) -> str:
    """Scheme and host, for addresses that are secrets as a whole, as those of chat rooms are."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return UNREADABLE
    return f"{parts.scheme}://{parts.hostname}{port}" if parts.hostname else UNREADABLE


def _redact_pair(pair: str) -> str:
    """`name=value` with a secret value hidden. `;` may separate pairs or belong to a value: hide all that follows."""
    start = 0
    for part in pair.split(";"):
        name, equals, _ = part.partition("=")
        if equals and is_secret_name(name):
            return f"{pair[: start + len(name)]}={HIDDEN}"
        start += len(part) + 1
    return pair


def redact_text(text: str, *secrets: str) -> str:
    """A text of others (an error message, a log line) with the given secrets and whatever looks like one hidden."""
    for secret in sorted({form for s in secrets if s for form in (s, quote(s, safe=""), quote_plus(s))}, key=len)[::-1]:
        text = text.replace(secret, HIDDEN)
    text = _USERINFO_IN_TEXT.sub(f"//{HIDDEN}@", text)
    return _PAIR_IN_TEXT.sub(lambda match: _redact_pair(match[0]), text)


class _RedactingFilter(logging.Filter):
    """Lets every record pass, with secrets in its text arguments hidden, and the whole path of a POST."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            args = list(record.args)
            if "POST" in args[:-1]:
                args[args.index("POST") + 1] = f"/{HIDDEN}"
            record.args = tuple(redact_text(arg) if isinstance(arg, str) else arg for arg in args)
        return True


_FILTER = _RedactingFilter()


def redact_library_logs() -> None:
    """Make urllib3, which logs whole addresses, hide secrets too. Doing it twice changes nothing."""
    for name in ("urllib3.connectionpool", "urllib3.util.retry"):
        logging.getLogger(name).addFilter(_FILTER)

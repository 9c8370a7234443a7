"""Headers: how to leave the list (RFC 8058), which list it is (RFC 2919), that a program wrote it (RFC 3834)."""

from __future__ import annotations

import re
import unicodedata

from civicgauge import clean
from civicgauge.alerts.forms import Severity
from civicgauge.alerts.letters import Letter

_NOT_IN_A_LABEL = re.compile(r"[^a-z0-9]+")
_NOT_IN_A_HOST = re.compile(r"[^a-z0-9.-]+")


def headers(letter: Letter, list_id_host: str) -> dict[str, str]:
    """All in ASCII, each on one line."""
    found = {
        "List-Id": _list_id(letter, list_id_host),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-Civicgauge-Kind": letter.kind,
        "X-Civicgauge-Severity": str(_worst(letter)),
    }
    address = clean.address(letter.links.get("unsubscribe", ""), 900)  # a header's line holds 998
    has_one_click = address.startswith("https://")
    mail = clean.mail_address(letter.contact)
    ways = [f"<{address}>"] if has_one_click else []
    if mail:
        ways.append(f"<mailto:{mail}?subject=unsubscribe%20{_label(letter.recipient.city_id)}>")
    if ways:
        # RFC 8058 asks for the https address; together they may be longer than a line, which folds between them
        found["List-Unsubscribe"] = ", ".join(ways)
    if has_one_click:
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found


def _list_id(letter: Letter, host: str) -> str:
    plain = unicodedata.normalize("NFKD", clean.line(letter.city_name, 60)).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9 .'-]+", "", plain).strip() or _label(letter.recipient.city_id)
    place = _NOT_IN_A_HOST.sub("-", host.lower()).strip("-.")[:120] or "civicgauge.invalid"
    return f"civicgauge alerts for {name} <{_label(letter.recipient.city_id)}.alerts.{place}>"


def _label(city_id: str) -> str:
    """One label of a host's name."""
    return _NOT_IN_A_LABEL.sub("-", city_id.lower()).strip("-")[:63].strip("-") or "city"


def _worst(letter: Letter) -> Severity:
    """The worst of what is asked or still stands; what has ended is information."""
    standing = [entry.severity for entry in (*letter.asks, *letter.answers, *letter.reminders)]
    standing += [point.severity for point in letter.still_open]
    return min(standing, key=lambda severity: severity.rank, default=Severity.INFO)

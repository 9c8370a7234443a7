"""What can be read off a title, a description or an address without looking further. Pure, and safe on any text."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from civicgauge.landing.vocabulary import fold, words

_MUCH = 20_000  # characters of a description that are read

_FOUR_BY_FOUR = re.compile(r"(?=.*\d)[a-z0-9]{4}-[a-z0-9]{4}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FILE_NAME = re.compile(
    r".+\.(csv|tsv|txt|xlsx?|ods|json|geojson|xml|kmz?l?|shp|zip|gz|pdf|docx?|gdb|gpkg|dxf|parquet|rdf|mdb|dbf)",
    re.DOTALL,
)
_CODE_PART = re.compile(r"[^aeiouy]+|.*\d.*")


def repeats(description: str | None, name: str | None) -> bool:
    """Whether a description says no more than the name: the same letters and digits. False where either is empty."""
    first, second = words(description or ""), words(name or "")
    return bool(first) and first.replace(" ", "") == second.replace(" ", "")


def is_identifier_title(text: str | None) -> bool:
    """Whether a title is an id, a file name or a code (`6bdc-2tyi`, `layer_0`, `data.csv`, `2019`) and not words.

    One word with underscores counts as a code only where a part has a digit or no vowel: `Crime_Data` are words.
    """
    title = fold(text or "")
    if not title:
        return False
    if any(pattern.fullmatch(title) for pattern in (_FOUR_BY_FOUR, _UUID, _FILE_NAME)):
        return True
    if not any(c.isalpha() for c in title):
        return True
    parts = [part for part in title.split("_") if part]
    return " " not in title and len(parts) > 1 and any(_CODE_PART.fullmatch(part) for part in parts)


_ENDED = (
    r"(?:historical(?:[- ]only| data)?|archived|retired|discontinued|deprecated|superseded|obsolete|"
    r"(?:no longer|not) (?:being )?(?:updated|maintained))"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? "
_WHEN = rf"(?:\s(?:as of |in |on |since )?(?:{_MONTH})?[\d/., -]{{2,12}})?"
_TITLE_LABEL = re.compile(rf"(?:^|[(\[:|*]\s?| - |^\W){_ENDED}{_WHEN}\s?(?:$|[)\]:|*]| - )")
_THIS = r"\b(?:this|these|the) (?:data ?set|data|table|view|map|layer|file|list|feed|page|calendar|version|resource)s?"
_THIS_IS = rf"{_THIS} (?:is|are|has been|have been|was|were) (?:now |also )?"
_DESCRIPTION_SAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_THIS_IS}(?:no longer|not) (?:being )?(?:updated|maintained)(?! (?:when|if|until|on|daily|in)\b)",
        rf"{_THIS_IS}(?:archived|retired|discontinued|deprecated|superseded|obsolete|outdated|historical[- ]only)\b",
        rf"{_THIS_IS}(?:only for historical reference|historical(?=[.;!]|$))",
        rf"{_THIS} (?:will|shall) (?:not|no longer) be (?:updated|maintained|refreshed)",
        rf"{_THIS} (?:was|has been|have been|is|are) (?:replaced|superseded) by",
        rf"{_THIS} is being (?:retained|kept) (?:only )?for historical reference",
        r"\bthis is an? (?:archived?|historical|deprecated|retired|obsolete) (?:data ?set|table|version|list|file)",
        r"^(?:outdated|deprecated|archived|discontinued|retired|obsolete)(?=[.:!]|$)",
    )
)


_HINT = re.compile(
    r"histor|archiv|retired|discontinued|deprecated|superseded|obsolete|outdated|replaced|no\s+longer|\bnot\s+be|not\s+(?:up|main)",
    re.IGNORECASE,
)


def says_historical(title: str | None, description: str | None) -> bool:
    """Whether an entry says of itself that it is finished: a label in the title, or a sentence in the description.

    The title's word must stand as a label of its own (`- Historical`, `(Deprecated 2015)`), so that `Historical
    Landmarks`, `Retired Teachers` and `Historical Congestion Estimates` are none. The description must speak of this
    dataset itself; columns, systems and programmes that ended do not count. English only.
    """
    if _TITLE_LABEL.search(fold((title or "")[:500])):
        return True
    text = (description or "")[:_MUCH]
    if not _HINT.search(text):
        return False
    text = fold(text)
    return any(pattern.search(text) for pattern in _DESCRIPTION_SAYS)


_DICTIONARY = re.compile(
    r"\b(?:data dictionary|code ?book|record layout|file layout|dicionario de dados|diccionario de datos|"
    r"dictionnaire des? donnees|datenbeschreibung|datenkatalog)\b"
)


def mentions_dictionary(description: str | None) -> bool:
    """Whether the description speaks of a document that explains the columns."""
    return bool(_DICTIONARY.search(fold((description or "")[:_MUCH])))


class Address(NamedTuple):
    """An address: its scheme, whether it is well formed, and whether it leads to the public network (None: unclear)."""

    scheme: str | None
    is_wellformed: bool
    is_public: bool | None


_PUBLIC_SCHEMES = frozenset({"http", "https", "ftp", "ftps", "sftp"})
_LABEL = re.compile(r"(?!-)[^\W](?:[\w-]{0,61}[^\W])?|[^\W_]")
_PRIVATE_ENDINGS = frozenset(
    {"local", "localhost", "internal", "intranet", "intra", "lan", "corp", "home", "localdomain"}
)
_PRIVATE_LABELS = frozenset({"intra", "intranet"})


def is_public_address(url: str | None) -> Address:
    """What an address is, by its letters alone; no name is looked up.

    Not public: loopback and private addresses, names of one label, names that end in `.local`, `.internal` and the
    like, names with a label `intra` or `intranet`. Well formed: a web or FTP address with a valid host and without
    spaces.
    """
    text = (url or "").strip()
    try:
        parts = urlsplit(text)
        host, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return Address(None, is_wellformed=False, is_public=None)
    scheme = parts.scheme or None
    if scheme not in _PUBLIC_SCHEMES or not host or re.search(r"[\s<>\"\x00-\x1f]", text):
        return Address(scheme, is_wellformed=False, is_public=None)
    try:
        return Address(scheme, is_wellformed=True, is_public=ipaddress.ip_address(host).is_global)
    except ValueError:
        labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return Address(scheme, is_wellformed=False, is_public=None)
    inside = len(labels) == 1 or labels[-1] in _PRIVATE_ENDINGS or bool(_PRIVATE_LABELS & set(labels))
    return Address(scheme, is_wellformed=True, is_public=not (inside or labels[-1].isdigit()))

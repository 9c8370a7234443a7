"""The format of a distribution, and what that means for machines (DESIGN rule 6, the five-star scale)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from civicgauge.errors import ConfigurationError
from civicgauge.landing.vocabulary import fold, invert, read_vocabulary, words

Basis = Literal["served", "address", "declared", "none"]
_SERVICES = ("wfs", "wms", "wmts", "wcs")


@dataclass(frozen=True, slots=True)
class Format:
    """A format in our words. `format_id` is None where unrecognised; `zip+csv` is a container with csv inside.

    `stars` 0 to 5, None where the word does not say; `is_machine_readable` None where it depends on what is inside.
    `basis` is what told: the served media type, the address, the declared format.
    """

    format_id: str | None
    stars: int | None
    is_machine_readable: bool | None
    basis: Basis


UNRECOGNISED = Format(None, None, None, "none")


@dataclass(frozen=True)
class FormatWords:
    """The vocabulary, checked: words of three sorts to format ids, and what each id means."""

    version: int
    known: Mapping[str, tuple[int | None, bool | None]]
    containers: frozenset[str]
    media: Mapping[str, str]
    extensions: Mapping[str, str]
    declared: Mapping[str, str]
    weak_media: frozenset[str]
    always: re.Pattern[str]
    in_documents: re.Pattern[str]
    document_formats: frozenset[str]


@cache
def format_words() -> FormatWords:
    """The vocabulary in `vocabulary/formats.yml`; ConfigurationError names what is wrong with it."""
    return build(read_vocabulary("formats"))


def build(content: Mapping[str, Any]) -> FormatWords:
    """The same from a mapping that was read."""
    entries = [*content["formats"], *content["containers"]]
    ids = [e["id"] for e in entries]
    if wrong := sorted({i for i in ids if ids.count(i) > 1}):
        raise ConfigurationError(f"formats.yml: given twice: {', '.join(wrong)}")

    def table(sort: str) -> dict[str, str]:
        return invert("formats", {e["id"]: e.get(sort, []) for e in entries})

    said = content["documentation"]
    return FormatWords(
        version=content["version"],
        known={e["id"]: (e["stars"], e.get("machine_readable")) for e in entries},
        containers=frozenset(e["id"] for e in content["containers"]),
        media=table("media"),
        extensions=table("extensions"),
        declared=table("declared"),
        weak_media=frozenset(content["weak_media"]),
        always=re.compile("|".join(said["always"])),
        in_documents=re.compile("|".join(said["in_documents"])),
        document_formats=frozenset(said["document_formats"]),
    )


def resolve_format(media_type: str | None, url: str | None, declared: str | None) -> Format:
    """The format by what is served (the media type that the catalogue shows), then the address, then the declaration.

    A weak media type (text/plain) and a service's address come after what else is known; a media type that says
    nothing (application/octet-stream) is passed over. A container takes its content from the next that tells.
    Never raises.
    """
    vocabulary = format_words()
    media = fold(media_type or "").split(";")[0].strip()
    served = vocabulary.media.get(media)
    found: list[tuple[Basis, tuple[str, ...]]] = [
        ("served", (served,) if served else ()),
        ("address", _of_address(vocabulary, url)),
        ("declared", _of_declared(vocabulary, declared)),
    ]
    if media in vocabulary.weak_media:
        found = [*found[1:], found[0]]
    known = [(basis, ids) for basis, ids in found if ids]
    if not known:
        return UNRECOGNISED
    basis, ids = known[0]
    if set(ids) <= vocabulary.containers:
        inside = next((i for _, more in known[1:] for i in more if i not in vocabulary.containers), None)
        ids = (ids[0], inside) if inside and inside != "html" else ids
    return _format(vocabulary, ids, basis)


def _format(vocabulary: FormatWords, ids: Sequence[str], basis: Basis) -> Format:
    """A format from a container and what is inside, or from one alone."""
    content = next((i for i in ids if i not in vocabulary.containers), ids[0])
    container = next((i for i in ids if i in vocabulary.containers), None)
    stars, is_machine_readable = vocabulary.known[content]
    name = f"{container}+{content}" if container and container != content else content
    return Format(name, stars, is_machine_readable, basis)


def _of_address(vocabulary: FormatWords, url: str | None) -> tuple[str, ...]:
    """By a service or format named in the query, else by the path's endings (`.csv.gz` has two)."""
    try:
        parts = urlsplit((url or "").strip()[:4000])
        query = {k.casefold(): v[0].casefold() for k, v in parse_qs(parts.query).items()}
    except ValueError:
        return ()
    if query.get("service") in _SERVICES:
        return (query["service"],)
    if named := vocabulary.extensions.get(query.get("format", "")):
        return (named,)
    name = unquote(parts.path).casefold().rstrip("/").rsplit("/", 1)[-1]
    endings = [] if name.endswith("capabilities.xml") else name.split(".")[1:]  # describes a service, is no data
    return _outside_in(vocabulary, vocabulary.extensions, list(reversed(endings[-2:])))


def _of_declared(vocabulary: FormatWords, declared: str | None) -> tuple[str, ...]:
    """By the whole word, else by its parts where one of them is a container (`zip+csv`, `XLS (zipped)`)."""
    text = fold((declared or "")[:200]).strip(". ")
    if text in vocabulary.declared:
        return (vocabulary.declared[text],)
    if text in vocabulary.media:
        return (vocabulary.media[text],)
    parts = [vocabulary.declared[w] for w in words(text).split() if w in vocabulary.declared]
    inside = {p for p in parts if p not in vocabulary.containers}
    outside = [p for p in parts if p in vocabulary.containers]
    return (outside[0], *inside) if outside and len(inside) == 1 else ()


def _outside_in(vocabulary: FormatWords, table: Mapping[str, str], endings: list[str]) -> tuple[str, ...]:
    if not endings or endings[0] not in table:
        return ()
    first = table[endings[0]]
    inner = table.get(endings[1]) if len(endings) > 1 and first in vocabulary.containers else None
    return (first, inner) if inner else (first,)


def is_documentation(title: str | None, format_id: str | None, *, beside_data: bool = False) -> bool:
    """Whether a resource explains data instead of holding them: a dictionary, a readme, metadata, a schema.

    Weaker words (manual, layout, documentation) count only in formats that hold prose. `beside_data`: data in a
    machine-readable format stand in the same dataset, so that any text document is taken for an explanation.
    Checksums are never data.
    """
    vocabulary = format_words()
    if format_id == "checksum" or (beside_data and format_id in ("pdf", "doc", "ppt")):
        return True
    text = fold((title or "")[:500]).replace("_", " ")
    if vocabulary.always.search(text):
        return True
    return format_id in vocabulary.document_formats and vocabulary.in_documents.search(text) is not None


def best_of(formats: Sequence[Format]) -> Format | None:
    """A dataset's format: its best distribution by stars; None where it has none.

    Machine-readable if any is; not if all are known not to be; else unknown.
    """
    if not formats:
        return None
    best = max(formats, key=lambda f: (-1 if f.stars is None else f.stars, f.is_machine_readable is True))
    readable = {f.is_machine_readable for f in formats}
    is_machine_readable = True if True in readable else None if None in readable else False
    return Format(best.format_id, best.stars, is_machine_readable, best.basis)

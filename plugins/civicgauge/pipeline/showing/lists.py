"""What all lists do alike: words that are looked for, filters, and the part that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from civicgauge.pipeline.showing.forms import Asked, Range

T = TypeVar("T")
Fields = Mapping[str, Callable[[Any], Iterable[str]]]
MOST_ON_A_PAGE = 500


def holds_words(asked: Asked, *texts: str | None) -> bool:
    """Whether every word that was asked for stands in one of the texts, without regard to case."""
    told = " ".join(text for text in texts if text).casefold()
    return all(word in told for word in asked.words.casefold().split())


def chosen(items: Iterable[T], asked: Asked, fields: Fields) -> list[T]:
    """The items whose fields have the values that were asked for; a field that there is not narrows nothing."""
    wanted = [(fields[name], value) for name, value in (asked.filters or {}).items() if name in fields and value]
    return [item for item in items if all(value in told(item) for told, value in wanted)]


def choices(items: Sequence[Any], fields: Fields) -> dict[str, tuple[str, ...]]:
    """By field, the values that there are to choose from."""
    return {name: tuple(sorted({word for item in items for word in told(item)})) for name, told in fields.items()}


def part(items: Sequence[T], asked: Asked) -> tuple[Sequence[T], Range]:
    """The page of a list that was asked for; the nearest one where there is no such page."""
    size = min(max(asked.size, 1), MOST_ON_A_PAGE)
    pages = max(1, -(-len(items) // size))
    page = min(max(asked.page, 1), pages)
    return items[(page - 1) * size : page * size], Range(len(items), page, size)

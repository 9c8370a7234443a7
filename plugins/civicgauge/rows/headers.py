"""Which promised column each column of a file is, and what it is called in `rows.parquet`."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from civicgauge.landed import PromisedColumn

RECEIVED = "__received"
_LONGEST = 80
_NO_WORD = re.compile(r"\W+")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"{}]')


@dataclass(frozen=True, slots=True)
class Named:
    """A column of a file: where it stands there, what it is called, and what was promised of it (None: nothing)."""

    index: int
    header: str
    name: str
    promised: PromisedColumn | None


def named(headers: Sequence[str], promised: Sequence[PromisedColumn] | None) -> tuple[Named, ...]:
    """Every column of a file, in its order, under a name of its own.

    The name is the promised field's, or made of the header: never empty, unique without regard to case (with
    `__received` after it as well), free of quotes, braces and control characters.
    """
    found = _matched(headers, promised or ())
    wanted = [
        _UNSAFE.sub("_", match.field_name) if match else _slug(header) or f"column_{index + 1}"
        for index, (header, match) in enumerate(zip(headers, found, strict=True))
    ]
    taken: set[str] = set()
    # promised names first: a made name gives way
    order = sorted(range(len(headers)), key=lambda index: found[index] is None)
    names = {index: _unique(wanted[index] or f"column_{index + 1}", taken) for index in order}
    return tuple(Named(i, header, names[i], found[i]) for i, header in enumerate(headers))


def _matched(headers: Sequence[str], promised: Sequence[PromisedColumn]) -> list[PromisedColumn | None]:
    """The promise of each header: by the exact header, the exact field, and both without regard to case and blanks.

    Where two promises bear the same header, they are taken in order.
    """
    found: list[PromisedColumn | None] = [None] * len(headers)
    used: set[int] = set()
    for spelt in (str, _loose):
        for told in (attrgetter("header"), attrgetter("field_name")):
            known: dict[str, deque[int]] = defaultdict(deque)
            for number, column in enumerate(promised):
                known[spelt(told(column))].append(number)
            for index, header in enumerate(headers):
                left = known[spelt(header)] if found[index] is None and header.strip() else deque()
                while left and found[index] is None:
                    number = left.popleft()
                    if number not in used:
                        found[index] = promised[number]
                        used.add(number)
    return found


def _loose(text: str) -> str:
    return " ".join(text.casefold().split())


def _slug(header: str) -> str:
    """The header's letters and digits in lower case, joined by `_`; letters of any script are kept.

    >>> _slug(' Año del "Censo" (%) ')
    'ano_del_censo'
    """
    decomposed = unicodedata.normalize("NFKD", header.casefold())
    plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return _NO_WORD.sub("_", plain).strip("_")[:_LONGEST].strip("_")


def _unique(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while {_loose_name(name), _loose_name(name + RECEIVED)} & taken:
        number += 1
        name = f"{wanted}_{number}"
    taken.update((_loose_name(name), _loose_name(name + RECEIVED)))
    return name


def _loose_name(name: str) -> str:
    """DuckDB compares names without regard to case."""
    return name.lower()

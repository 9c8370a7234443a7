"""Where each key and value of a YAML file stands, and what is said of a place that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from yaml import MappingNode, Node, ScalarNode, SequenceNode

Steps = Sequence[str | int]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in a file. `line` and `column` count from 1; `field` is `file` for the whole."""

    file: str
    line: int
    column: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.field}: {self.message}"


def shown_path(path: Path) -> str:
    """The path as people read it: relative to the current folder when it lies below it."""
    full = path.absolute()
    here = Path.cwd()
    return (full.relative_to(here) if full.is_relative_to(here) else full).as_posix()


def field_name(path: Steps) -> str:
    """`("portals", 0, "kind")` as `portals[0].kind`; `file` for the whole."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.lstrip(".") or "file"


def raw_key(node: Node) -> str:
    """The key as it is written; a key that is a list or a mapping has no short text."""
    return str(node.value) if isinstance(node, ScalarNode) else "(a list or a mapping)"


@dataclass(frozen=True)
class Marks:
    """Places in one file. A path that the file does not hold leads to the closest part above it.

    `root` is None where the file could not be read; then every place is the file's first.
    """

    file: str
    root: Node | None = None

    def node(self, path: Steps) -> Node | None:
        """The value at that path, or the closest one above it."""
        return self._closest(path)[1]

    def holds(self, path: Steps) -> bool:
        """Whether the file has a value at exactly that path."""
        return self._closest(path)[2] == len(path)

    def place(self, path: Steps, *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at that path, or of its key."""
        key_node, node, depth = self._closest(path)
        chosen = key_node if key and key_node is not None and depth == len(path) else node
        return (chosen.start_mark.line + 1, chosen.start_mark.column + 1) if chosen is not None else (1, 1)

    def problem(self, path: Steps, message: str, *, key: bool = False) -> Problem:
        """A problem at that value, or at its key."""
        line, column = self.place(path, key=key)
        return Problem(self.file, line, column, field_name(path), message)

    def _closest(self, path: Steps) -> tuple[Node | None, Node | None, int]:
        key: Node | None = None
        node = self.root
        for depth, step in enumerate(path):
            found = child(node, step)
            if found is None:
                return key, node, depth
            key, node = found
        return key, node, len(path)


def child(node: Node | None, step: str | int) -> tuple[Node | None, Node] | None:
    """Key node (None in a list) and value node of one step down; None where there is no such part."""
    if isinstance(node, MappingNode):
        # The last of two equal keys: it is the one whose value was read.
        pairs = [(key, value) for key, value in node.value if raw_key(key) == str(step)]
        return pairs[-1] if pairs else None
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return None, node.value[step]
    return None


def path_to(root: Node | None, wanted: Node) -> Steps | None:
    """The path of a node below `root`; None where it is not there."""
    if root is wanted:
        return ()
    for step, value in parts(root):
        rest = path_to(value, wanted)
        if rest is not None:
            return (step, *rest)
    return None


def parts(node: Node | None) -> Iterator[tuple[str | int, Node]]:
    """Each part of a mapping or a list, with its step."""
    if isinstance(node, MappingNode):
        yield from ((raw_key(key), value) for key, value in node.value)
    elif isinstance(node, SequenceNode):
        yield from enumerate(node.value)

"""pyarrow's own threads now and then abort a process at its end (exit code 134): nothing of ours reads with them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import civicgauge

SOURCES = sorted(Path(civicgauge.__file__).parent.rglob("*.py"))
READERS = {"read_table", "iter_batches", "read_row_group", "read_row_groups"}


def threaded(source: str) -> Iterator[int]:
    """The lines of calls that read a table and do not say to do it in this thread."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS:
            said = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
            if said.get("use_threads") != "False" and said.get(None) != "IN_THIS_THREAD":
                yield node.lineno


def test_every_table_is_read_in_the_reader_s_own_thread() -> None:
    assert list(threaded("pq.read_table(a)\nf.iter_batches(9)\npq.read_table(a, use_threads=False)\n")) == [1, 2]
    found = [f"{path.name}:{line}" for path in SOURCES for line in threaded(path.read_text(encoding="utf-8"))]
    assert found == []

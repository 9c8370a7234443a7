"""Scratch on the disk of HOME, for downloads in flight."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

_KEEP_SECONDS = 86_400


@contextmanager
def work_folder(parent: Path) -> Iterator[Path]:
    """A fresh folder below `parent` (/tmp may be memory), removed at the end. What killed runs left, after a day."""
    parent.mkdir(parents=True, exist_ok=True)
    for left in parent.iterdir():
        if left.stat().st_mtime < time.time() - _KEEP_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(mkdtemp(prefix="pull-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)

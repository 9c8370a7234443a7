"""The folder of a site: written anew beside, and put in the old one's place when it is whole."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from civicgauge.errors import ConfigurationError

_MARK = ".civicgauge-site"
_FIRST_LINE = "written by civicgauge site"


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of `folder` at the end: nothing of an earlier site is left in it.

    ConfigurationError for a folder that holds a file which no site of ours wrote, and where nothing can be written.
    """
    place = folder.absolute().resolve()
    new, old = (place.with_name(f".{place.name}.civicgauge-{word}") for word in ("new", "old"))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _alone(place):
            _refuse_foreign(place)
            for left in (new, old):  # by a run that was killed
                shutil.rmtree(left, ignore_errors=True)
            new.mkdir()
            try:
                yield new
                _mark(new)
                if place.exists():
                    place.rename(old)
                new.rename(place)
            finally:
                shutil.rmtree(new, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise ConfigurationError(f"{folder} cannot be written: {error.strerror or error}") from error


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """One writer at a time."""
    with place.with_name(f".{place.name}.civicgauge-lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(f"{place} is being written by another process just now") from None
        yield


def _refuse_foreign(place: Path) -> None:
    if not place.exists():
        return
    found = set(_files(place)) if place.is_dir() else {place.name}
    mark = place / _MARK
    lines = mark.read_text(encoding="utf-8").splitlines() if mark.is_file() else []
    ours = set(lines[1:]) | {_MARK} if lines and lines[0] == _FIRST_LINE else set()
    if foreign := sorted(found - ours):
        raise ConfigurationError(
            f"{place} holds files that are not a site of ours, such as {foreign[0]}; name an empty or new folder"
        )


def _mark(folder: Path) -> None:
    (folder / _MARK).write_text("\n".join([_FIRST_LINE, *sorted(_files(folder)), ""]), encoding="utf-8")


def _files(folder: Path) -> Iterator[str]:
    for at, _, names in os.walk(folder):
        inside = Path(at).relative_to(folder)
        yield from (str(inside / name) for name in names)

"""The folder of an export: whether it is ours, files that replace others only when whole, and what is left over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from civicgauge.errors import ConfigurationError

_MARK = ".civicgauge-export"
_PART = f"{_MARK}.part"
_FIRST_LINE = "written by civicgauge export"


class Folder:
    """A folder that is empty, new or an earlier export's; ConfigurationError for any other, and where it cannot be
    written. The mark in it names every file of ours: what this export does not write again is removed at its end."""

    def __init__(self, path: Path) -> None:
        self.path, self._written = path, set[str]()
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._before = self._earlier()
            self._mark(self._before)
        except OSError as error:
            raise ConfigurationError(f"{path} cannot be written: {error}") from error

    @contextmanager
    def replacing(self, name: str) -> Iterator[Path]:
        """A file that takes the place of `name` when it is whole: a reader never meets half of a table."""
        place = self.path / name
        part = place.with_name(f".{name}.part")
        try:
            part.unlink(missing_ok=True)
            yield part
            self._written.add(name)
            self._mark(self._before | self._written)
            part.replace(place)
        except OSError as error:
            raise ConfigurationError(f"{place} cannot be written: {error.strerror or error}") from error
        finally:
            part.unlink(missing_ok=True)

    def finish(self) -> None:
        """Remove what an earlier export left and this one did not write: it may be meant for others."""
        for name in sorted(self._before - self._written):
            (self.path / name).unlink(missing_ok=True)
        self._mark(self._written)

    def _earlier(self) -> set[str]:
        """The files of an earlier export; ConfigurationError for a folder that is not ours."""
        if not any(each.name != _PART for each in self.path.iterdir()):
            return set()
        mark = self.path / _MARK
        lines = mark.read_text(encoding="utf-8").splitlines() if mark.is_file() else []
        if not lines or lines[0] != _FIRST_LINE:
            raise ConfigurationError(
                f"{self.path} holds files that are not an export of ours; name an empty or new folder"
            )
        return {name for name in lines[1:] if name == Path(name).name and not name.startswith(".")}

    def _mark(self, names: set[str]) -> None:
        part = self.path / _PART  # half a mark, on a full disk, would make the folder a stranger's for good
        part.write_text("\n".join([_FIRST_LINE, *sorted(names), ""]), encoding="utf-8")
        part.replace(self.path / _MARK)

"""What a run of a city's DAG comes to, from the states of its tasks and the notes they left. Without I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from civicgauge.errors import NoSnapshot

#: The XCom under which a task leaves its note.
NOTE = "problem"
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Note:
    """Why one task (`land`, `snapshot_0`) did not do its work; short, so that an XCom bears it.

    `portal_id` is the portal's id, or of a pull `<portal id>/<dataset id>`; None where the task is the city's.
    """

    task: str
    portal_id: str | None
    kind: str
    message: str

    @classmethod
    def of(cls, task: str, portal_id: str | None, error: BaseException) -> Note:
        """The note on an error; a long text is cut, for the task's log has it whole."""
        text = str(error) or type(error).__name__
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} … (cut; the task's log has it whole)"
        return cls(task, portal_id, type(error).__name__, short)

    @classmethod
    def silent(cls, task: str, portal_id: str | None = None) -> Note:
        """The note on a task that left none."""
        return cls(task, portal_id, "", "its task ended without saying why (killed, stopped by hand, or never begun)")

    @property
    def is_no_snapshot(self) -> bool:
        """Whether there was nothing to read, which is no failure."""
        return self.kind == NoSnapshot.__name__

    @property
    def reason(self) -> str:
        """The error's class and text, as `observe` words them too; the text alone for a day that was never stored."""
        return self.message if self.is_no_snapshot or not self.kind else f"{self.kind}: {self.message}"

    def as_dict(self) -> dict[str, str | None]:
        """As plain values, for an XCom."""
        return asdict(self)

    def __str__(self) -> str:
        part = "dataset" if "/" in (self.portal_id or "") else "links of" if self.task.startswith("links") else "portal"
        return f"{self.task if self.portal_id is None else f'{part} {self.portal_id}'}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether any task failed, whether a stage of our own did (not just a portal's snapshot), and the words for it."""

    failed: bool
    broken: bool
    text: str


def judge(states: Mapping[str, str | None], notes: Sequence[Note]) -> Ruling:
    """Rule on a run. `states` maps a task (`land`, `snapshot_0`) to Airflow's state; the verdict's own is left out.

    A failed task that left no note was killed or stopped, and is named all the same.
    """
    failed = sorted(task for task, state in states.items() if state == "failed")
    broken = any(not task.startswith(("snapshot_", "pull_")) for task in failed)
    lines = failures(states, notes)
    lines += [str(note) for note in notes if note.is_no_snapshot]
    ending = "all was read" if states.get("commit") == "success" else "nothing was asked and nothing was written"
    return Ruling(bool(failed), broken, "; ".join(lines) or ending)


def failures(states: Mapping[str, str | None], notes: Sequence[Note]) -> list[str]:
    """One line for each failed task, in order: what its note says, or that it left none."""
    said = {note.task: note for note in notes}
    return [str(said.get(task) or Note.silent(task)) for task in sorted(states) if states[task] == "failed"]

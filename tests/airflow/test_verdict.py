"""What a run comes to, from the states of its tasks and the notes they left."""

from __future__ import annotations

import pytest

from civicgauge.airflow.verdict import Note, judge
from civicgauge.errors import AnswerUnreadable, NoSnapshot, PortalUnreachable

GREEN = dict.fromkeys(("plan", "snapshot_0", "land", "validate", "measure", "commit"), "success")


def test_all_read() -> None:
    ruling = judge(GREEN, [])
    assert (ruling.failed, ruling.broken, ruling.text) == (False, False, "all was read")


def test_a_portal_that_was_not_read_is_named_with_its_reason() -> None:
    note = Note.of("snapshot_1", "geo", PortalUnreachable("no answer from geo.example.org in 30 s"))
    ruling = judge({**GREEN, "snapshot_1": "failed"}, [note])
    assert ruling.failed
    assert not ruling.broken
    assert ruling.text == "portal geo: PortalUnreachable: no answer from geo.example.org in 30 s"


def test_a_stage_of_our_own_that_breaks_is_told_from_a_portal() -> None:
    states = {**GREEN, "validate": "failed", "measure": "upstream_failed", "commit": "upstream_failed"}
    ruling = judge(states, [Note.of("validate", None, KeyError("column"))])
    assert ruling.broken
    assert ruling.text == "validate: KeyError: 'column'"


def test_a_links_task_that_breaks_is_our_own_fault() -> None:
    note = Note.of("links_1", "geo", KeyError("status"))
    ruling = judge({**GREEN, "links_0": "success", "links_1": "failed"}, [note])
    assert (ruling.failed, ruling.broken) == (True, True)
    assert ruling.text == "links of geo: KeyError: 'status'"


@pytest.mark.parametrize("task", ["land", "snapshot_0"])
def test_a_task_that_was_killed_is_named_though_it_left_no_note(task: str) -> None:
    ruling = judge({**GREEN, task: "failed"}, [Note.of("snapshot_1", "geo", PortalUnreachable("x"))])
    assert ruling.failed
    assert ruling.text == f"{task}: its task ended without saying why (killed, stopped by hand, or never begun)"


def test_a_day_without_a_snapshot_is_no_failure() -> None:
    note = Note.of("snapshot_0", "main", NoSnapshot("none stored for 2026-06-28"))
    skipped = {"plan": "success", **dict.fromkeys(("snapshot_0", "land", "validate", "measure", "commit"), "skipped")}
    ruling = judge(skipped, [note])
    assert not ruling.failed
    assert ruling.text == "portal main: none stored for 2026-06-28"
    assert note.reason == "none stored for 2026-06-28"


def test_a_note_survives_an_xcom_and_is_never_long() -> None:
    note = Note.of("snapshot_0", "main", AnswerUnreadable("x" * 5000, b"body"))
    assert Note(**note.as_dict()) == note
    assert len(note.message) < 700
    assert "the task's log has it whole" in note.message


def test_an_error_without_words_is_named_by_its_class() -> None:
    assert Note.of("land", None, ValueError()).reason == "ValueError: ValueError"

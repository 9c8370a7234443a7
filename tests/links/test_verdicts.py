"""What one look at an address says: ok, broken, or unknown with a reason."""

from __future__ import annotations

import pytest

from civicgauge import links
from civicgauge.links import Verdict, judge, needs_a_get
from civicgauge.model import Look


def look(status: int | None = None, content_type: str = "", start: bytes = b"", problem: str | None = None) -> Look:
    return Look("https://files.example.org/a.csv", status, content_type, start, problem)


@pytest.mark.parametrize("status", [200, 203, 204, 206])
def test_an_answer_is_ok(status: int) -> None:
    assert judge(look(status, "text/csv"), expects_data=True) == Verdict("ok", None)


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_broken(status: int) -> None:
    assert judge(look(status), expects_data=True) == Verdict("broken", str(status))


@pytest.mark.parametrize("status", [300, 401, 403, 405, 416, 429, 500, 503])
def test_any_other_answer_is_unknown_with_its_status(status: int) -> None:
    assert judge(look(status), expects_data=True) == Verdict("unknown", str(status))


@pytest.mark.parametrize("problem", ["host_not_found", "certificate_of_another_name"])
def test_a_name_that_is_nobodys_or_anothers_is_broken(problem: str) -> None:
    assert judge(look(problem=problem), expects_data=False) == Verdict("broken", problem)


@pytest.mark.parametrize(
    "problem", ["timed_out", "connection_refused", "connection_cut", "private_host", "name_not_resolved"]
)
def test_silence_and_our_own_guard_are_unknown(problem: str) -> None:
    assert judge(look(problem=problem), expects_data=False) == Verdict("unknown", problem)


@pytest.mark.parametrize("start", [b"<!DOCTYPE html><html>", b"\xef\xbb\xbf\r\n <HTML lang=en>", b""])
def test_a_web_page_is_no_file_of_data(start: bytes) -> None:
    page = look(200, "text/html", start)
    assert judge(page, expects_data=True) == Verdict("unknown", "page_instead_of_data")
    assert judge(page, expects_data=False).state == "ok"


def test_the_first_bytes_win_against_the_content_type() -> None:
    assert judge(look(206, "text/html", b"id,name\n1,a\n"), expects_data=True).state == "ok"
    assert judge(look(206, "text/csv", b"<!doctype html>"), expects_data=True).reason == "page_instead_of_data"


@pytest.mark.parametrize(
    ("seen", "needed"),
    [
        (look(200, "text/csv"), False),
        (look(200, "text/html"), True),  # of a HEAD: a page, perhaps
        (look(200), True),  # it does not say of what
        (look(404), True),
        (look(405), True),
        (look(500), True),
        (look(429), False),
        (look(503), False),
        (look(problem="timed_out"), True),
        (look(problem="host_not_found"), False),
        (look(problem="private_host"), False),
    ],
)
def test_a_head_that_leaves_something_open_is_followed_by_a_get(seen: Look, needed: bool) -> None:
    assert needs_a_get(seen, expects_data=True) is needed


def test_names_that_never_exist_need_no_looking_up() -> None:
    assert links.is_reserved("files.town.example")
    assert links.is_reserved("nowhere.INVALID.")
    assert not links.is_reserved("example.org")

"""What a person is asked about a hold, and what is kept of who answered."""

from __future__ import annotations

from typing import Any

import pytest

from civicgauge.airflow.question import body_of, responder, subject_of

HOLD: dict[str, Any] = {
    "hold_id": "hold-20260630T040000",
    "reason": "7 cities got something new on 2026-06-30, more than 20% of 20",
    "days": ["2026-06-30"],
    "cities": 7,
    "incidents": 12,
    "lines": [f"Springvale, set {n}: Updated on time (error) - 41 days" for n in range(10)],
}


def test_it_says_why_what_and_how_many() -> None:
    assert subject_of(HOLD) == "Release or drop what is held? 12 incidents of 7 cities wait"
    body = body_of(HOLD)
    assert "7 cities got something new on 2026-06-30" in body
    assert "Springvale, set 9: Updated on time" in body
    assert "... and 2 more" in body
    assert "civicgauge alerts release hold-20260630T040000" in body
    assert "more" not in body_of({**HOLD, "incidents": 10}).partition("```text")[2].partition("```")[0]


def test_a_title_that_is_markdown_stays_in_its_block() -> None:
    odd = "x\n```\n[click](https://evil.example) ``` <img src=x>"
    body = body_of({**HOLD, "lines": [odd]})
    assert body.count("```") == 2
    assert "https://evil.example" in body.partition("```text")[2].partition("```")[0]


@pytest.mark.parametrize(
    ("user", "by"),
    [
        ({"id": "3", "name": "Maria Perez"}, "operator (Airflow user 3)"),
        ({"id": "maria@city.example", "name": "Maria"}, "operator"),
        (None, "operator"),
    ],
)
def test_no_name_and_no_address_of_a_person_is_kept(user: Any, by: str) -> None:
    assert responder({"responded_by_user": user}) == by

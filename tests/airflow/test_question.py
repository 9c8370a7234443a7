"""What a person is asked about a hold, and what is kept of who answered."""

from __future__ import annotations

from typing import Any

import pytest

from civicgauge.airflow import attestquestion
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


ASKED: dict[str, Any] = {
    "attestation_id": "dm8-0123456789ab",
    "city": "Birchport",
    "city_id": "demo-birchport",
    "standard_name": "What Works Cities Certification 2022",
    "criterion": "DM8",
    "name": "Disaggregated data",
    "asks": "Data are broken down.",
    "proof": "A page that shows it.",
    "stance": "in_line",
    "statement": "It is ``` broken [down](https://evil.example).",
    "by": "data steward",
    "said_on": "2026-10-15",
    "valid_until": "2027-10-14",
    "evidence_url": "https://birchport.example.gov/`x",
    "evidence_digest": "ab" * 32,
    "evidence_bytes": 21500,
    "observed_on": "2026-06-30",
    "observed": "differs",
    "numbers": ["Priority data broken down by place and people: 0.0 %; differs"],
    "contradicts": True,
    "holding": None,
}


def test_a_second_person_sees_what_is_attested_the_numbers_and_that_they_differ() -> None:
    assert attestquestion.subject_of(ASKED) == (
        "Is it right that Birchport is attested as 'in line' on DM8 Disaggregated data?"
    )
    body = attestquestion.body_of(ASKED)
    assert "what the portal's numbers say of it**: differs (as of 2026-06-30)" in body.replace("What", "what")
    assert attestquestion.CONTRADICTED in body
    assert "SHA-256     " + "ab" * 32 + "\nlength      21,500 bytes" in body
    long = attestquestion.body_of({**ASKED, "statement": "word " * 90})
    assert max(map(len, long.split("```")[1].splitlines())) <= 84
    assert body.count("```") == 4
    assert "https://evil.example" in body.partition("```text")[2].partition("```")[0]
    alone = attestquestion.body_of({**ASKED, "contradicts": False, "numbers": [], "holding": "differs, by board"})
    assert "no portal shows anything of it" in alone
    assert attestquestion.CONTRADICTED not in alone
    assert "differs, by board" in alone
    assert "never measured" in attestquestion.body_of({**ASKED, "contradicts": False, "observed_on": None})


def answered(user: Any, option: str = "Approve", **fields: str) -> dict[str, Any]:
    return {"chosen_options": [option], "params_input": fields, "responded_by_user": user}


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (answered({"id": "2", "name": "bea"}), None),
        (answered({"id": "2", "name": "bea"}, "Refuse"), None),
        (answered({"id": "1", "name": "ann"}), "answered by the account that started the run"),
        (answered({"id": "ann", "name": "Ann A."}, "Refuse"), "answered by the account that started the run"),
        (answered({"id": "2", "name": "bea"}, "Leave open"), "left open"),
        (answered(None, "Leave open"), "not answered within 14 days"),
    ],
)
def test_only_another_accounts_answer_counts(answer: dict[str, Any], why: str | None) -> None:
    found = attestquestion.why_it_does_not_count(answer, "ann")
    assert (found or "").startswith(why or "")
    assert (found is None) == (why is None)


def test_of_who_answers_a_role_and_an_id_are_kept() -> None:
    user = {"id": "7", "name": "Maria Perez"}
    told = answered(user, second_role=" city \n council ", second_reason=" read it ")
    assert attestquestion.second_person(told) == "city council (Airflow user 7)"
    assert attestquestion.reason_of(told) == "read it"
    assert (
        attestquestion.second_person(answered(user, second_role="m@city.example")) == "second person (Airflow user 7)"
    )
    assert len(attestquestion.second_person(answered({"id": "u" * 99, "name": ""}, second_role="x" * 99))) <= 80

"""What a second person is asked about an attestation, in words. Without I/O, and without Airflow."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from civicgauge.airflow.question import account_of

APPROVE, REFUSE, LEAVE = "Approve", "Refuse", "Leave open"
ROLE, REASON = "second_role", "second_reason"
_LONGEST_ROLE, _LONGEST_REASON = 40, 500
_WIDTH, _INDENT = 84, 12
_STANCES = {"in_line": "in line", "differs": "differs", "not_observed": "not observed"}
CONTRADICTED = (
    "**The numbers differ from what is attested.** Both are kept and shown; neither is changed by the other, and no "
    "rule says which of them is right. Look at both before you answer."
)


def subject_of(told: Mapping[str, Any]) -> str:
    """The question, in one line."""
    stance = _STANCES[told["stance"]]
    return f"Is it right that {told['city']} is attested as '{stance}' on {told['criterion']} {told['name']}?"


def body_of(told: Mapping[str, Any]) -> str:
    """The question's body. What people and portals wrote stands in code blocks, where it is no Markdown and no link."""
    length = [f"length      {told['evidence_bytes']:,} bytes"] if told["evidence_bytes"] is not None else []
    attested = [
        f"city        {told['city']} ({told['city_id']})",
        f"criterion   {told['criterion']} {told['name']} ({told['standard_name']})",
        f"attested    {_STANCES[told['stance']]}",
        f"statement   {told['statement']}",
        f"by          {told['by']}",
        f"said on     {told['said_on']}",
        f"holds until {told['valid_until']}",
        f"proof       {told['evidence_url'] or '(no address was given)'}",
        f"SHA-256     {told['evidence_digest']}",
        *length,
    ]
    parts = [
        f"**What the criterion asks**, in our own words: {told['asks']}",
        f"**What would be good evidence**: {told['proof']}",
        f"**What is attested**:\n\n{_block(attested)}",
        f"**What the portal's numbers say of it**: {_numbers(told)}",
    ]
    if told["contradicts"]:
        parts.append(CONTRADICTED)
    if told["holding"]:
        parts.append(f"**Attested already**; of several the latest said counts:\n\n{_block([told['holding']])}")
    parts.append(
        f"- **{APPROVE}**: you looked at the proof, and it says this. It stands beside the numbers from the city's "
        "next measured day on, and changes none.\n"
        f"- **{REFUSE}**: it does not. Say why: the reason is kept.\n"
        f"- **{LEAVE}**: you cannot tell. It stays proposed, and counts for nothing.\n\n"
        "Whoever filled in the form cannot answer. The same by command: "
        f"`civicgauge attest approve {told['attestation_id']} --by ROLE`."
    )
    return "\n\n".join(parts)


def _numbers(told: Mapping[str, Any]) -> str:
    if told["observed_on"] is None:
        return "the city was never measured."
    if not told["numbers"]:
        return f"nothing; no portal shows anything of it (as of {told['observed_on']})."
    stance = _STANCES[told["observed"]]
    return f"{stance} (as of {told['observed_on']})\n\n{_block(told['numbers'])}"


def _block(lines: list[str]) -> str:
    """A code block; long lines broken, for a page does not break them."""
    plain = (line.replace("`", "'") for line in lines)
    text = "\n".join(textwrap.fill(line, _WIDTH, subsequent_indent=" " * _INDENT) for line in plain)
    return f"```text\n{text}\n```"


def second_person(answer: Mapping[str, Any]) -> str:
    """Who answered: the role that they gave, and Airflow's own id for the account; no name and no address."""
    role = " ".join(str((answer.get("params_input") or {}).get(ROLE) or "").split())[:_LONGEST_ROLE]
    role = role if role and "@" not in role else "second person"
    return account_of(answer, role)


def reason_of(answer: Mapping[str, Any]) -> str:
    """Why, as they wrote it; '' where they did not."""
    return str((answer.get("params_input") or {}).get(REASON) or "").strip()[:_LONGEST_REASON]


def why_it_does_not_count(answer: Mapping[str, Any], started_by: str | None) -> str | None:
    """Why an answer changes nothing: nobody gave one, it leaves the question open, or it is the first person's own."""
    user = answer.get("responded_by_user") or {}
    if not user:
        return "not answered within 14 days"
    if answer["chosen_options"] == [LEAVE]:
        return "left open"
    if not started_by or started_by in (user.get("name"), user.get("id")):
        return "answered by the account that started the run: a second person has to look at it"
    return None

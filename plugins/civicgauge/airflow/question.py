"""What a person is asked about a hold, and who answered, in words. Without I/O, and without Airflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

RELEASE, DROP = "Release", "Drop"
_LONGEST_ID = 20


def responder(answer: Mapping[str, Any]) -> str:
    """Who answered: a role and Airflow's own id for the account. An id that is an address of a person is left out."""
    return account_of(answer, "operator")


def account_of(answer: Mapping[str, Any], role: str) -> str:
    """The same with another role than the operator's."""
    user_id = str((answer.get("responded_by_user") or {}).get("id") or "")
    return role if not user_id or "@" in user_id else f"{role} (Airflow user {user_id[:_LONGEST_ID]})"


def subject_of(hold: Mapping[str, Any]) -> str:
    """The question, in one line."""
    return f"Release or drop what is held? {hold['incidents']} incidents of {hold['cities']} cities wait"


def body_of(hold: Mapping[str, Any]) -> str:
    """The question's body. What portals wrote stands in a code block, where it is no Markdown and no link."""
    lines = [line.replace("`", "'") for line in hold["lines"]]
    more = hold["incidents"] - len(lines)
    told = "\n".join([*lines, *([f"... and {more} more"] if more > 0 else [])]) or "(nothing waits any more)"
    return (
        f"**Why it is held**: {hold['reason']}.\n\n"
        f"**What would be told**, the worst first, of {', '.join(hold['days'])}:\n\n"
        f"```text\n{told}\n```\n\n"
        f"- **{RELEASE}**: it is right. It goes out, to each recipient at its hour.\n"
        f"- **{DROP}**: it is a fault of ours. Nothing is told; each incident has to show itself again first.\n\n"
        f"No answer, and nothing goes out. The same by command: `civicgauge alerts release {hold['hold_id']}`."
    )

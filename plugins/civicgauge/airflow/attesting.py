"""The tasks of the DAG `attest`, as Airflow calls them. The clock is read here, and nowhere below.

Red means that we failed. What a person got wrong, or nobody answered, is said in the log, and what follows is skipped.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowSkipException

from civicgauge.airflow.attestform import TITLES
from civicgauge.airflow.attestquestion import (
    APPROVE,
    body_of,
    reason_of,
    second_person,
    subject_of,
    why_it_does_not_count,
)
from civicgauge.pipeline.attestdoors import propose_attestation, settle_attestation

log = logging.getLogger("civicgauge.airflow")


def propose() -> dict[str, str]:
    """Enter what the form says; what a second person is asked. Skips, naming every field that is wrong."""
    context = get_current_context()
    if not context["dag_run"].triggering_user_name:
        raise AirflowSkipException(
            "Airflow does not say who started this run, so that no second person can be told from the first. Start it "
            "by its form (Trigger), or enter it by `civicgauge attest propose`"
        )
    found = propose_attestation(context["params"], TITLES, datetime.now(UTC))
    if problems := found["problems"]:
        for problem in problems:
            log.warning("%s", problem)
        raise AirflowSkipException("nothing was entered; the form says:\n" + "\n".join(problems))
    log.info("%s is proposed, and waits for a second person", found["attestation_id"])
    if found["contradicts"]:
        log.warning("the numbers of %s differ from what is attested; both are kept", found["observed_on"])
    return {"attestation_id": found["attestation_id"], "subject": subject_of(found), "body": body_of(found)}


def settle(propose: Mapping[str, str], answer: Mapping[str, Any]) -> str:
    """Write down what the second person chose. Skips, with words, where the answer changes nothing."""
    attestation_id, started_by = propose["attestation_id"], get_current_context()["dag_run"].triggering_user_name
    if why := why_it_does_not_count(answer, started_by):
        raise AirflowSkipException(
            f"{attestation_id} stays proposed: {why}. To ask again, clear `ask` with what comes after it (Downstream)"
        )
    done = settle_attestation(
        attestation_id,
        datetime.now(UTC),
        second_person(answer),
        approve=answer["chosen_options"] == [APPROVE],
        reason=reason_of(answer),
    )
    if not done["done"]:
        raise AirflowSkipException(f"{done['words']}; this answer changed nothing")
    log.info("%s", done["words"])
    return str(done["words"])

"""Which failures Airflow tries again, how often, and after how long.

The HTTP door has already retried for up to two minutes when a task fails (DESIGN section 6), so Airflow waits long.
Six options may be set in Airflow's own configuration, section `[civicgauge]`, or as `AIRFLOW__CIVICGAUGE__<OPTION>`:
`task_retries` (2), `task_retry_seconds` (600), `observe_schedule` (a cron expression for all cities), `alert_schedule`,
`publish_schedule`, `site_datasets`.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule
from airflow.sdk.configuration import conf

from civicgauge.errors import GiveUpError, RetryableError

SECTION = "civicgauge"

#: The retry class is tried again; everything else, our own faults too, fails at once: the same input, the same end.
#: A worker that dies raises nothing, and is retried by Airflow itself.
RETRY_POLICY = ExceptionRetryPolicy(
    rules=[
        RetryRule(RetryableError, RetryAction.RETRY, reason="the same request may succeed later"),
        RetryRule(GiveUpError, RetryAction.FAIL, reason="trying again cannot help until a person changes something"),
    ],
    default=RetryAction.FAIL,
)


def retry_arguments(most_seconds: int | None = None) -> dict[str, object]:
    """The `default_args` of every task: how many retries, how far apart, and the policy that chooses which.

    `most_seconds` is for a DAG that runs more often than it would wait.
    """
    seconds = conf.getint(SECTION, "task_retry_seconds", fallback=600)
    return {
        "retries": conf.getint(SECTION, "task_retries", fallback=2),
        "retry_delay": timedelta(seconds=seconds if most_seconds is None else min(seconds, most_seconds)),
        "retry_policy": RETRY_POLICY,
    }

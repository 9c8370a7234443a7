"""The sentences of docs/growth.md; figures stand in `_growth_page`."""

# ruff: noqa: E501 - sentences of a page
from __future__ import annotations

HEAD = """# Growth: 100 cities, 1,000 cities

For operations engineers: what a city-day costs, what grows, where it bends first, and what to do then. Written by
`python -m benchmarks.growth`; every number is measured, or said to be computed from measured ones.

{measured}

Portals are the demo's, grown to the number of datasets, on the same machine: a real portal adds waiting, not work.
Seconds of CPU are the operating system's, of whole processes; where other work wanted the cores, they come out high
rather than low, and wall time says nothing: none is told but where a line says so."""

BENDS = (
    (
        "Pages of all datasets as files, with every publication",
        "site",
        (
            "`[civicgauge] site_datasets = to_mend` (or `none`): the pages of cities and indicators stay, and "
            "`civicgauge serve` shows every dataset from the warehouse"
        ),
    ),
    (
        "Checks of single datasets in the warehouse (`check_result`)",
        "rows_1000",
        (
            "PostgreSQL from the start. Each day the rows of the day 92 days ago are deleted and as many come in: set "
            "`autovacuum_vacuum_scale_factor = 0.01` and `autovacuum_vacuum_cost_limit = 2000` for `check_result` and "
            "`dataset_day`, so that it goes on all day in small steps. Lower `CIVICGAUGE_KEEP_RESULT_DAYS` (29 is the "
            "least): the history is whole in the lake. From some hundred million rows on, partition both tables by month "
            "of `day` and drop months: their keys begin with it"
        ),
    ),
    (
        "Reading the DAG files again and again (DAG processor)",
        "parse",
        (
            "`AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL=300` (Airflow's own default is 30 s): a new city then "
            "appears within five minutes. `PARSING_PROCESSES` beyond 2 brings nothing, for all cities come from one file. Past "
            "2,000 cities, split the folder: a second copy of `observe.py` with `CIVICGAUGE_CITIES` of its own, in a DAG "
            "bundle of its own. `AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT=120`: on a machine where forty processes wanted two cores the usual 30 s ended the reading of 100 cities, and none of them had a DAG until the next"
        ),
    ),
    (
        "Tasks handed out in the window",
        "tasks",
        (
            "More workers, as in the sizing above; the API server is asked by every running task: `API__WORKERS` 2 from "
            "100 slots on. A wider window by `[civicgauge] observe_schedule` for some cities, or fewer chosen datasets. A "
            "second scheduler helps against its failing, not against load"
        ),
    ),
    (
        "Publishing all tables whenever a city-day is new",
        "export",
        (
            "Publish less often: `[civicgauge] publish_schedule`, once a day after the window is enough for most. It "
            "is one task on one core and holds back nothing else"
        ),
    ),
    (
        "Turns of alerts",
        "turn",
        "Nothing up to 1,000 cities. Beyond, every hour instead of every 15 minutes: `[civicgauge] alert_schedule`",
    ),
)

ADVICE = """## Airflow's own database

It grows with every task and is cleaned by nobody unless you say so. Once a week:

```sh
airflow db clean --clean-before-timestamp "$(date -u -d '90 days ago' +%F)" --skip-archive --yes
```

No number of ours rests on it: runs, attempts and their logs' outcome stand in the warehouse's own `run` table."""

LIMITS = """## What was not measured

- Portals that answer slowly: a slot waits for them. `requests_per_second` and `concurrency` in the city's file say how long.
- Rows of large tables: [benchmarks.md](benchmarks.md) has seconds and memory by million rows; here the chosen tables are small.
- Celery: the executor was LocalExecutor, with one scheduler. A Celery worker starts a task from a process that has imported
  Great Expectations already, which saves the larger part of `validate` at small catalogues.
- 1,000 DAGs due at once by a real scheduler, where the table has no such row: what is said of them is computed from the
  seconds of CPU of a task. Tables that grew by less than a page of PostgreSQL in the simulated days show 0 B.
- Real texts. Entries of the simulated catalogues repeat each other: compressed they take 0.5 kB each in `raw/`. Recorded
  catalogues of four real portals (91 to 800 entries) take 0.5, 0.8, 0.8 and 1.4 kB: reckon with up to three times the
  bytes of `raw/` and `catalog/`.
- An object store instead of a disk: every file is one request more. Retention lists folders, which is quick on a disk."""

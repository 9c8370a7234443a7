"""What a person reads beside a DAG in Airflow: of which city it is, what its end means, what to do."""

from __future__ import annotations

from civicgauge.model import City

PUBLISH = """
Publishes the tables and pages for the city-days committed since its cursor, every hour.

- **skipped**: nothing new was committed. That is how most hours end.
- **failed**: nothing was lost. The cursor moves only when publishing is whole, so the next hour takes it up again.
  Read the task's log; then clear the task.
"""

_OBSERVE = """
# {name}

Reads {portals}, keeps what it saw, checks it and computes the indicators, once a day at {time} ({zone}).
The file behind this DAG: `{file}`.

| portal | kind | address | requests per second |
|---|---|---|---|
{rows}

## When a run is red

The last task, verdict, says why in its log. A dataset that is late or poor never fails a task: that is a result.

- **snapshot of one portal**: it could not be reached or read. The others were kept; the day is partial. Look at the
  portal in a browser; on the same day, clear snapshot with what comes after it (Downstream).
- **snapshot of every portal**: nothing was written for this day, never a zero. Do as above; from the next day on
  the day stays empty.
- **pull of one dataset**: its rows could not be read; its checks on rows are unknown today, all else is whole. Its
  links lead to the dataset and to the check results. On the same day, clear pull with what comes after it (Downstream).
- **links of one portal**: our own fault, for a dead link is a result; what was known of its links stays. Report it with
  the log; the day is otherwise whole.
- **plan**: the city file, a setting or the run's as_of cannot be used. `civicgauge check` lists every error with its
  line.
- **land, validate or measure**: our own fault. The raw answers are kept, nothing is lost. Report it with the log;
  after the repair clear the task: it goes on from the stored snapshot.
- **commit**: the warehouse could not be written. `civicgauge db check` tells more; then clear commit.

## Other ends

- **Skipped with no_snapshot**: the day is past and nothing was stored for it. Portals are asked only for today, so a
  backfill or an earlier run that was cleared reads the stored snapshot, or writes nothing.
- **Green, and the log of commit says suspect**: the catalogue's size differs much from the crawls before. Its values
  are stored and shown nowhere; three crawls that agree, or `civicgauge accept`, make it the new base.

## By hand

- Trigger it with no as_of to observe today. With as_of, such as 2026-06-30, it loads again what is stored for that day.
- Retries: the portal class only, {retries} at most; an error that a retry cannot help fails at once.
"""


def observe_notes(city: City, cron: str, retries: object) -> str:
    """The notes of a city's DAG in Markdown. `cron` is its daily schedule (minute and hour first)."""
    minute, hour = cron.split()[:2]
    clock = f"{hour:0>2}:{minute:0>2}" if hour.isdecimal() and minute.isdecimal() else f"`{cron}`"
    rows = [f"| {p.id} | {p.kind} | {p.base_url} | {p.requests_per_second:g} |" for p in city.portals]
    count = len(city.portals)
    return _OBSERVE.format(
        name=f"{city.name}, {city.state}" if city.state else f"{city.name}, {city.country}",
        portals="its open-data portal" if count == 1 else f"its {count} open-data portals",
        time=clock,
        zone=city.time_zone,
        file=f"cities/{city.id}.yml",
        rows="\n".join(rows),
        retries=retries,
    )

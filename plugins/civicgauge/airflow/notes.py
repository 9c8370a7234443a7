"""What a person reads beside a DAG in Airflow: of which city it is, what its end means, what to do."""

from __future__ import annotations

from civicgauge.model import City

PUBLISH = """
Publishes the tables and pages for the city-days committed since its cursor, every hour.

- **skipped**: nothing new was committed. That is how most hours end.
- **failed**: nothing was lost. The cursor moves only when publishing is whole, so the next hour takes it up again.
  Read the task's log; then clear the task.
"""

ALERT = """
Every quarter of an hour: decides which incidents the stored days open and end, queues what is due to cities and
operators, and delivers it. A city is told once of each thing, however often this runs.

- **skipped** tasks are usual: no city says that something is mended (claims), nothing is held (held), a person was
  asked already (ask).
- **a message that cannot be sent** turns nothing red. It waits, or stands as failed or doubtful in
  `civicgauge alerts list --messages`; operators are told of it.
- **decide failed**: one city's stored day could not be read, or the warehouse not used. The other cities were decided,
  and what was queued goes out. Its log names the city; nothing is lost, the next run takes it up again.
- **deliver failed**: our own fault, or the warehouse went away. What was on its way then is marked as doubtful after
  five minutes and not sent again by itself: look for its Message-ID in the mail server's log.
- **look_again failed**: that city's DAG could not be triggered; its file may be wrong (see the import errors).
- **verdict failed**: it repeats what of the above did. Operators are told once a day.

While something is **held**, nothing goes to any city: the answer is awaited in the DAG `alert_release`.
To tell nobody for a while, pause this DAG: incidents are then decided, and told, when it runs again.
"""

ALERT_RELEASE = """
Started by `alert` when more is found than is usual, which may be a fault of our own: nothing goes to any city until a
person answers. Open the run, then **Required Actions**.

- **Release**: what is held is right, and goes out to each recipient at its hour.
- **Drop**: it is our fault. Nothing is told; each incident has to show itself again first.
- **No answer**: nothing goes out. There is no time limit, and no answer is taken as a yes.
- **apply skipped**: the hold was ended otherwise meanwhile (`civicgauge alerts release`); its log says how.
- **failed**: the answer was not applied; its log says why. Clear apply, or use the command.
"""

ATTEST = """
For what no portal shows: a city or staff say that a practice is in line with a criterion or differs from it, with a
proof; a second person looks at the proof and approves it. It then stands beside the numbers, and changes none of them.

## To attest

**Trigger** opens the form. Give a role, never a person's name. The proof is a public web address; it is asked once,
and only its SHA-256 digest and length are kept. Or give the digest of a file that you keep yourselves.

Open the run: if *propose* was **skipped**, its log names every field that is wrong, and nothing was entered. Start it
again with the form filled in anew.

## To approve

The run waits under **Required Actions**. It shows all that is attested, and what the portal's numbers say of that
criterion. Where the two differ, both stay: no rule says which is right.

- **Approve**: you looked at the proof, and it says this. It counts from the city's next measured day on.
- **Refuse**: it does not. Say why; the reason is kept.
- **Leave open**: you cannot tell. It stays proposed, and counts for nothing.

Whoever started the run cannot answer it: then *settle* is skipped, and the attestation stays proposed. So it does where
nobody answers within 14 days. To ask again, clear *ask* with what comes after it (Downstream), or fill in the form with
the same words once more. By command: `civicgauge attest list`, `approve`, `refuse`, `withdraw`.

## For operators

- **skipped** is never a fault of ours: the form could not be taken, the proof's address not read, or no answer counted.
- **failed**: our own fault, or the warehouse went away; the task's log says which. Clear the task.
- Who may trigger this DAG sees the ids of all cities, private ones too: give it to staff, and to a city's people only
  where that is agreed. Two accounts that one person uses are two persons here: Airflow knows accounts alone.
"""

_OBSERVE = """
# {name}

Reads {portals}, keeps what it saw, checks it and computes the indicators, once a day at {time} ({zone}).
The file behind this DAG: `{file}`.

| portal | kind | address | requests per second |
|---|---|---|---|
{rows}

## Where to look

- What was measured: the tab **City**; of one run **City's day**; of a portal or a dataset the tab **Observed** of its
  task.
- What a portal was asked, what it answered, what was kept: the log of snapshot, pull or links, one line each; single
  requests are folded into the group *Requests to ...*.
- Counts of every day: the events of this DAG's assets (`civicgauge://{id}/...`). Nothing is scheduled on them.

## When a run is red

The last task, verdict, says why in its log. A dataset that is late or poor never fails a task: that is a result.

- **snapshot of one portal**: it could not be reached or read. The others were kept; the day is partial. Look at the
  portal in a browser; on the same day, clear snapshot with what comes after it (Downstream). Operators are told by
  `alert`, once for all cities that share the portal, and once when it is over.
- **snapshot, at once, with words about a connection**: the Airflow connection that the city file names is not there, or
  is made for another kind of portal. Mend it, then clear snapshot.
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

- Backfill (Trigger, then Backfill): one run for each day from what is stored; no portal is asked.
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
        id=city.id,
        name=f"{city.name}, {city.state}" if city.state else f"{city.name}, {city.country}",
        portals="its open-data portal" if count == 1 else f"its {count} open-data portals",
        time=clock,
        zone=city.time_zone,
        file=f"cities/{city.id}.yml",
        rows="\n".join(rows),
        retries=retries,
    )

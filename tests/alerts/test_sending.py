"""The sender: who is told and who is not, what is tried again and what is given up; on both databases."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from pathlib import Path

import pytest

from civicgauge.alerts.channels import Channel, Connection, channels
from civicgauge.pipeline import sending
from civicgauge.pipeline.parcels import pack, unpack
from civicgauge.pipeline.sending import SendReport, send_due
from civicgauge.warehouse import Warehouse
from tests.alerts.postoffice import AUTH, LOGIN, CutsInTheMiddle, Inbox, cut, hooks, papers, says, smtp
from tests.alerts.sendings import CITY, NOW, contact, context, queue, recipient, rendered, row_of, states

pytestmark = pytest.mark.slow
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
CLEAR = {"disable_ssl": True, "disable_tls": True}


class Post:
    """A sender with its settings and connections."""

    def __init__(self, home: Path, url: str, *connections: Connection, **settings) -> None:
        self.context = context(home, url, **settings)
        self._known = {each.conn_id: each for each in connections}
        self._rounds = 0

    def send(self, now=NOW, **more) -> SendReport:
        """One round, by a sender of its own name."""
        self._rounds += 1
        return send_due(self.context, now, owner=f"round-{self._rounds}", connection=self._known.get, **more)


def mail(home: Path, url: str, inbox: Inbox, extra=None, **account) -> Post:
    connection = Connection("mx", "127.0.0.1", inbox.port, extra=CLEAR if extra is None else extra, **account)
    return Post(home, url, connection, smtp_connection="mx")


def kept(warehouse: Warehouse, of) -> dict:
    """The recipient as the warehouse has it now."""
    return next(row for row in warehouse.alerts.contacts() if row["contact_id"] == of["contact_id"])


# ---------------------------------------------------------------- who is told


def test_what_is_due_is_sent_once_oldest_first(warehouse: Warehouse, warehouse_url: str, tmp_path: Path) -> None:
    queue(warehouse, contact(), "a", "b", "c")
    queue(warehouse, contact(), "later", due_at=NOW + HOUR)
    with smtp(Inbox()) as inbox:
        post = mail(tmp_path, warehouse_url, inbox)
        assert post.send(limit=2).sent == 2
        report = post.send()
        assert (report.sent, report.by_channel, report.problems) == (1, {"mail": 1}, [])
        assert post.send().sent == 0
    assert [each["Message-ID"] for each in inbox.messages()] == [f"<{each}@civicgauge.example>" for each in "abc"]
    assert states(warehouse) == {"a": "sent", "b": "sent", "c": "sent", "later": "queued"}
    row = row_of(warehouse, "a")
    assert (row["attempts"], row["problem"], row["lease_owner"]) == (1, None, None)
    assert NOW <= row["sent_at"] < NOW + MINUTE


def test_without_a_mail_server_mail_lies_in_the_home_and_nobody_is_told(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path
) -> None:
    queue(warehouse, contact(), "n")
    report = Post(tmp_path, warehouse_url).send()
    assert (report.sent, report.by_channel) == (1, {"outbox": 1})
    found = sorted(path.name for path in (tmp_path / "outbox" / "2026-06-30").iterdir())
    assert found == ["n.eml", "n.html"]
    assert states(warehouse) == {"n": "sent"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"unsubscribed_at": NOW - HOUR}, "unsubscribed"),
        ({"bounced_at": NOW - HOUR, "bounce_reason": "no such user"}, "refused it for good"),
        ({"is_in_file": False}, "does not name the recipient"),
    ],
)
def test_who_has_left_is_told_nothing(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path, changes, reason: str
) -> None:
    """They may leave after a message was queued: the list is looked at when it is sent."""
    queue(warehouse, contact(), "n")
    with warehouse.alerts.desk(CITY) as desk:
        desk.save_contacts([contact(**changes)])
    report = Post(tmp_path, warehouse_url).send()
    assert (report.dropped, report.sent, report.problems) == (1, 0, [])
    row = row_of(warehouse, "n")
    assert row["state"] == "dropped"
    assert reason in row["problem"]
    assert not (tmp_path / "outbox").exists()


def test_who_is_no_privacy_contact_any_more_gets_no_word_of_personal_data(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path
) -> None:
    """The same address may be given another role while a message waits."""
    queue(warehouse, contact(role="privacy"), "n", kind="privacy")
    with warehouse.alerts.desk(CITY) as desk:
        desk.save_contacts([contact(role="open_data")])
    report = Post(tmp_path, warehouse_url).send()
    assert (report.dropped, report.sent) == (1, 0)
    assert "no privacy contact any more" in row_of(warehouse, "n")["problem"]


def test_a_recipient_that_is_not_known_is_told_nothing(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path
) -> None:
    queue(warehouse, contact(), "n", contact_id="somebody-else")
    assert Post(tmp_path, warehouse_url).send().dropped == 1
    assert "not known" in row_of(warehouse, "n")["problem"]


def test_the_address_is_the_one_of_today_and_stands_in_no_content(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path
) -> None:
    queue(warehouse, contact(), "n")
    assert "opendata@" not in str(warehouse.alerts.content("n"))
    moved = contact() | {"address": "data-team@springfield.example"}
    with warehouse.alerts.desk(CITY) as desk:
        desk.save_contacts([moved])
    with smtp(Inbox()) as inbox:
        mail(tmp_path, warehouse_url, inbox).send()
    assert inbox.taken[0][1] == ["data-team@springfield.example"]
    assert inbox.messages()[0]["To"] == "data-team@springfield.example"


@pytest.mark.parametrize(
    ("consent_on", "time_zone", "sent"),
    [
        (date(2026, 6, 30), "America/Chicago", 1),
        (date(2026, 7, 1), "America/Chicago", 0),
        (date(2026, 7, 1), "Pacific/Kiritimati", 1),  # there it is tomorrow already
    ],
)
def test_nobody_is_written_to_before_they_agreed(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path, consent_on: date, time_zone: str, sent: int
) -> None:
    queue(warehouse, contact(consent_on=consent_on, time_zone=time_zone), "n")
    report = Post(tmp_path, warehouse_url).send()
    assert (report.sent, report.failed, report.unaddressed) == (sent, 1 - sent, 1 - sent)
    row = row_of(warehouse, "n")
    if not sent:
        assert (row["state"], row["attempts"]) == ("failed", 0)
        assert "has not agreed to messages before 2026-07-01" in row["problem"]
        assert report.problems == [("n", "mail", row["problem"])]


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (contact("not an address"), "is not one plain e-mail address"),
        (contact("two words", "slack"), "is not the name of a connection"),
        (contact("x", "pigeon"), "channel 'pigeon' is not one of"),
        (contact(time_zone="Mars/Olympus"), "time zone 'Mars/Olympus' is not known"),
    ],
)
def test_who_cannot_be_written_to_costs_nobody_else_anything(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path, of, told: str
) -> None:
    queue(warehouse, of, "bad", due_at=NOW - timedelta(days=1))
    queue(warehouse, contact("else@springfield.example"), "good")
    report = Post(tmp_path, warehouse_url).send()
    assert (report.failed, report.sent) == (1, 1)
    row = row_of(warehouse, "bad")
    assert row["state"] == "failed"
    assert told in row["problem"]
    assert report.problems == [("bad", of["channel"], row["problem"])]


def test_a_message_without_content_has_failed(warehouse: Warehouse, warehouse_url: str, tmp_path: Path) -> None:
    with warehouse.alerts.desk(CITY) as desk:
        desk.save_contacts([contact()])
    queue(warehouse, contact(), "n")
    queue(warehouse, contact(), "m")
    with warehouse.engine.begin() as connection:
        table = "civicgauge.message" if warehouse.dialect == "postgresql" else "message"
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE notification_id = 'n'")
        connection.exec_driver_sql(f"UPDATE {table} SET content = '{{}}' WHERE notification_id = 'm'")
    assert Post(tmp_path, warehouse_url).send().failed == 2
    assert row_of(warehouse, "n")["problem"] == "the message has no content"
    assert "is not what was queued" in row_of(warehouse, "m")["problem"]


def test_while_a_hold_is_open_operators_alone_are_told(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path
) -> None:
    hold = {
        "hold_id": "h1",
        "opened_at": NOW - HOUR,
        "state": "open",
        "reason": "60 % of cities at once",
        "cities_count": 60,
        "openings_count": 600,
        "days": [date(2026, 6, 29)],
        "about": "news",
    }
    warehouse.alerts.save_hold(hold)
    queue(warehouse, contact(), "digest", "critical", kind="critical")
    queue(warehouse, contact("ops@civicgauge.example", city_id=""), "ours", kind="ops")
    post = Post(tmp_path, warehouse_url)
    report = post.send()
    assert (report.sent, report.is_held) == (1, True)
    assert states(warehouse) == {"digest": "queued", "critical": "queued", "ours": "sent"}
    warehouse.alerts.save_hold(hold | {"state": "released", "decided_at": NOW, "decided_by": "operator"})
    report = post.send()
    assert (report.sent, report.is_held) == (2, False)


# ---------------------------------------------------------------- tried again


def test_not_now_is_tried_later_and_arrives_once(warehouse: Warehouse, warehouse_url: str, tmp_path: Path) -> None:
    queue(warehouse, contact(), "n")
    with smtp(Inbox(data=["451 4.3.0 try again", "250 taken"])) as inbox:
        post = mail(tmp_path, warehouse_url, inbox)
        report = post.send()
        assert (report.put_back, report.sent) == (1, 0)
        row = row_of(warehouse, "n")
        assert (row["state"], row["attempts"]) == ("queued", 1)
        assert "451 4.3.0 try again" in row["problem"]
        assert timedelta(minutes=5) <= row["due_at"] - NOW < timedelta(minutes=6)
        assert post.send(NOW + 4 * MINUTE).sent == 0
        assert post.send(NOW + 6 * MINUTE).sent == 1
    assert inbox.deliveries() == {"<n@civicgauge.example>": 1}
    assert (row_of(warehouse, "n")["attempts"], row_of(warehouse, "n")["problem"]) == (2, None)


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_after_five_tries_it_is_given_up(warehouse: Warehouse, warehouse_url: str, tmp_path: Path, where: str) -> None:
    queue(warehouse, contact(), "n")
    at, waits = NOW, []
    with smtp(Inbox(**{where: ["450 4.2.0 not now"]})) as inbox:
        post = mail(tmp_path, warehouse_url, inbox)
        for _ in range(5):
            post.send(at)
            row = row_of(warehouse, "n")
            waits.append(round((row["due_at"] - at) / MINUTE))
            at = max(at, row["due_at"])
        assert post.send(at + timedelta(days=1)).sent == 0
    assert waits[:4] == [5, 30, 120, 120]
    row = row_of(warehouse, "n")
    assert (row["state"], row["attempts"]) == ("failed", 5)
    assert row["problem"].startswith("given up after 5 tries: the mail server refused")
    assert warehouse.outbox.resend("n")  # an operator may think otherwise


def test_a_server_that_is_down_is_asked_once_a_round(warehouse: Warehouse, warehouse_url: str, tmp_path: Path) -> None:
    queue(warehouse, contact(), "a", "b", "c")
    with smtp(Inbox()) as inbox:
        pass  # gone again
    report = mail(tmp_path, warehouse_url, inbox).send()
    assert (report.put_back, report.sent, len(report.problems)) == (3, 0, 1)
    assert [row_of(warehouse, each)["attempts"] for each in "abc"] == [1, 0, 0]


def test_a_wrong_password_loses_no_message(warehouse: Warehouse, warehouse_url: str, tmp_path: Path) -> None:
    """It is our own trouble: asked once a round, told to operators, and no message is tried or given up for it."""
    queue(warehouse, contact(), "a", "b")
    found = papers(tmp_path / "papers")
    extra = {"ssl_ca_file": str(found.ca_file)}
    with smtp(Inbox(), tls_context=found.server, require_starttls=True, **AUTH) as inbox:
        post = mail(tmp_path, warehouse_url, inbox, extra, login=LOGIN, password="wrong")
        for day in range(6):
            report = post.send(NOW + timedelta(days=day))
            assert report.put_back == 2
            assert report.problems == [("a", "mail", "the mail server refused the login of connection mx: 535")]
        assert [row_of(warehouse, each)["attempts"] for each in "ab"] == [0, 0]
        assert post.send(NOW + timedelta(days=8)).failed == 2  # what is a week old is no news any more
    assert "older than 7 days" in row_of(warehouse, "a")["problem"]


def test_a_connection_that_is_not_there_is_named_and_others_are_told(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path
) -> None:
    queue(warehouse, contact("city_room", "slack"), "lost", due_at=NOW - timedelta(days=1))
    queue(warehouse, contact(), "n")
    report = Post(tmp_path, warehouse_url).send()
    assert (report.put_back, report.sent) == (1, 1)
    ((_, _, problem),) = report.problems
    assert problem == "there is no connection 'city_room'; add it to Airflow, or set AIRFLOW_CONN_CITY_ROOM"


def test_a_refused_recipient_is_marked_and_told_nothing_more(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path
) -> None:
    gone, other = contact("gone@springfield.example"), contact("else@springfield.example")
    queue(warehouse, gone, "a", "b")
    queue(warehouse, other, "c", due_at=NOW - MINUTE)
    told = "550 5.1.1 <gone@springfield.example> no such user"
    with smtp(Inbox(rcpt=[told, "250 OK"])) as inbox:
        report = mail(tmp_path, warehouse_url, inbox).send()
    assert (report.bounced, report.failed, report.dropped, report.sent) == (1, 1, 1, 1)
    assert states(warehouse) == {"a": "failed", "b": "dropped", "c": "sent"}
    row = kept(warehouse, gone)
    assert NOW <= row["bounced_at"] < NOW + MINUTE
    assert "no such user" in row["bounce_reason"]
    assert "gone@" not in row_of(warehouse, "a")["problem"]
    assert kept(warehouse, other)["bounced_at"] is None


# ---------------------------------------------------------------- nobody knows


def test_what_was_cut_off_is_doubtful_and_sent_again_by_an_operators_word_alone(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path
) -> None:
    queue(warehouse, contact(), "n", message=rendered(text="line of text\n" * 100_000))
    with smtp(Inbox(), kind=CutsInTheMiddle) as inbox:
        report = mail(tmp_path, warehouse_url, inbox).send()
        assert (report.doubtful, report.sent, report.failed) == (1, 0, 0)
        assert mail(tmp_path, warehouse_url, inbox).send(NOW + timedelta(days=1)).doubtful == 0
    row = row_of(warehouse, "n")
    assert (row["state"], row["attempts"]) == ("doubtful", 1)
    assert "<n@civicgauge.example>" in row["problem"]
    assert report.problems == [("n", "mail", row["problem"])]
    assert warehouse.outbox.resend("n")
    with smtp(Inbox()) as inbox:
        assert mail(tmp_path, warehouse_url, inbox).send().sent == 1
    assert inbox.deliveries() == {"<n@civicgauge.example>": 1}


def test_a_room_that_fell_silent_is_doubtful_and_a_program_is_told_again(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path
) -> None:
    queue(warehouse, contact("room", "slack"), "said")
    queue(warehouse, contact("program", "webhook"), "told")
    with hooks(cut) as server:
        room = Connection("room", password=server.url())
        program = Connection("program", server.url(), password="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        post = Post(tmp_path, warehouse_url, room, program)
        report = post.send()
        assert (report.doubtful, report.put_back) == (1, 1)
        server.script[:] = [says(200)]
        assert post.send(NOW + 6 * MINUTE).sent == 1
    assert states(warehouse) == {"said": "doubtful", "told": "sent"}
    assert "verySecretWord" not in str(warehouse.alerts.notifications())


def test_a_sender_that_ended_is_told_of_by_the_next(warehouse: Warehouse, warehouse_url: str, tmp_path: Path) -> None:
    queue(warehouse, contact(), "begun", "claimed")
    for each in ("begun", "claimed"):
        assert warehouse.outbox.claim("dead", NOW, 300)
        assert each == "claimed" or warehouse.outbox.begin(each, "dead", NOW)
    post = Post(tmp_path, warehouse_url)
    assert post.send(NOW + MINUTE) == SendReport()  # it may still be at it
    report = post.send(NOW + 6 * MINUTE)
    assert (report.doubtful, report.sent) == (1, 1)
    assert "see those that are doubtful" in report.problems[0][2]
    assert states(warehouse) == {"begun": "doubtful", "claimed": "sent"}


class Broken(Channel):
    """A channel with a fault of its own, before or after its commitment."""

    id = "broken"
    is_idempotent = False

    def __init__(self, *, commits: bool) -> None:
        self._commits = commits

    def check_address(self, address: str) -> str | None:
        return None

    def deliver(self, parcel, way, committing) -> None:
        if self._commits:
            committing()
        raise KeyError(parcel.recipient.address)


@pytest.mark.parametrize(("commits", "state"), [(False, "queued"), (True, "doubtful")])
def test_a_channels_own_fault_is_logged_and_is_its_messages_alone(  # noqa: PLR0917
    warehouse: Warehouse,
    warehouse_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    commits: bool,
    state: str,
) -> None:
    monkeypatch.setitem(channels(), "broken", Broken(commits=commits))
    queue(warehouse, contact("secret-name", "broken"), "bad", due_at=NOW - timedelta(days=1))
    queue(warehouse, contact(), "good")
    caplog.set_level(logging.ERROR)
    report = Post(tmp_path, warehouse_url).send()
    assert report.sent == 1
    assert states(warehouse) == {"bad": state, "good": "sent"}
    assert "our own fault: KeyError" in row_of(warehouse, "bad")["problem"]
    assert "secret-name" not in row_of(warehouse, "bad")["problem"]
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_a_lease_that_runs_out_while_connecting_sends_nothing(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sender so slow that another one took the message over leaves it to that one, before DATA."""
    queue(warehouse, contact(), "n")
    monkeypatch.setattr(sending, "LEASE_SECONDS", 0)
    with smtp(Inbox()) as inbox:
        report = mail(tmp_path, warehouse_url, inbox).send(limit=1)
        assert (report.sent, inbox.taken) == (0, [])
        assert states(warehouse) == {"n": "claimed"}
        monkeypatch.setattr(sending, "LEASE_SECONDS", 300)
        assert mail(tmp_path, warehouse_url, inbox).send(NOW + MINUTE).sent == 1
    assert inbox.deliveries() == {"<n@civicgauge.example>": 1}


def test_a_message_is_kept_and_read_as_it_was() -> None:
    import json

    told = rendered(facts={"day": "2026-06-29"}, blocks=(("a", ("b", "c")), ("d", ())))
    content = json.loads(json.dumps(pack(recipient(contact()), told)))
    whom, what = unpack(content)
    assert what == told
    assert whom.address == ""
    assert whom.contact_id == contact()["contact_id"]

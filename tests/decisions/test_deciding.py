"""Two people, one transaction each: what a decision may become, and everything that is refused, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from civicgauge.cli import app
from civicgauge.errors import CivicgaugeError, ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import deciding, decisionfile
from civicgauge.pipeline.reviewing.deciding import Word
from civicgauge.pipeline.reviewing.decisions import holding, in_force
from civicgauge.review.decisions import Asked
from civicgauge.review.fields import discover
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.audit import Act
from tests.homes import home_at
from tests.warehouse.days import city as city_of
from tests.warehouse.days import city_day, dataset_day_row, run

from .worlds import AT, FIRST, ZEROS

CITY = "demo-a"
STEWARD, LEAD = Word("data steward", AT), Word("programme lead", AT)
COLUMNS = ",".join((*decisionfile.NEEDED, "digest", "until"))
GOOD = f"{CITY},main,a,ownership,not_own,its page says so,data steward,2026-06-01,{ZEROS},"
Row = dict[str, Any]


@contextmanager
def measured_home(folder: Path, warehouse: str | None = None) -> Iterator[Context]:
    """A city with one measured day: entry `a` of unknown ownership, `b` whose promise was loosened while late."""
    with home_at(folder, warehouse) as context:
        city = city_of(CITY)
        (context.settings.cities / f"{CITY}.yml").write_text(city.model_dump_json(exclude_none=True), encoding="utf-8")
        late = {"promise_changed": True, "declared_frequency": "Annually", "expected_period_days": 31.0}
        rows = [dataset_day_row("a", ownership="unknown", is_counted=None), dataset_day_row("b", **late)]
        with context.warehouse() as opened:
            opened.commit(city_day(run("r1", date(2026, 6, 1)), ("a", "b"), city=city, dataset_days=rows))
        yield context


@pytest.fixture
def context(tmp_path: Path, warehouse: Warehouse, warehouse_url: str) -> Iterator[Context]:
    own = warehouse_url if warehouse.dialect == "postgresql" else None
    with measured_home(tmp_path / "home", own) as made:
        yield made


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """The same for what changes nothing."""
    with measured_home(tmp_path_factory.mktemp("still") / "home") as made:
        yield made


def asked(**more: str) -> Asked:
    told = {"field": "ownership", "decided": "own", "reason": "its page says so", "evidence_url": "", "valid_until": ""}
    base = {"city_id": CITY, "portal_id": "main", "dataset_id": "a", "by": STEWARD.by, "valid_from": str(FIRST)}
    return Asked(**{**told, **base, "evidence_digest": ZEROS, **more})


def states(context: Context) -> dict[str, str]:
    with context.warehouse() as warehouse:
        return {row["decision_id"]: row["state"] for row in warehouse.reviews.rows("decision")}


def held(context: Context, day: str) -> list[str]:
    with context.warehouse() as warehouse:
        return [row["decision_id"] for row in in_force(warehouse, CITY, date.fromisoformat(day))]


def said(context: Context) -> list[tuple[str, str, str | None]]:
    with context.warehouse() as warehouse:
        assert warehouse.reviews.broken_link() is None
        return [(row["action"], row["by"], row["reason"]) for row in warehouse.reviews.rows("audit")]


def test_the_life_of_a_decision(context: Context) -> None:
    first = deciding.propose(context, asked(), AT)["decision_id"]
    assert (states(context)[first], held(context, "2026-07-01")) == ("proposed", [])
    with pytest.raises(ConfigurationError, match="is proposed on the same already"):
        deciding.propose(context, asked(decided="not_own"), AT)
    with pytest.raises(ConfigurationError, match="a second person has to agree"):
        deciding.second(context, first, Word("Data  Steward", AT))
    assert deciding.second(context, first, LEAD)["measured"] == "unknown"
    assert [held(context, day) for day in ("2026-06-28", "2026-06-29", "2027-06-29")] == [[], [first], [first]]

    second = deciding.propose(context, asked(decided="not_own", valid_from="2026-08-01"), AT)["decision_id"]
    assert deciding.second(context, second, LEAD)["replaces"] == first
    assert [held(context, day) for day in ("2026-07-31", "2026-08-01")] == [[first], [second]]

    deciding.end(context, second, replace(STEWARD, reason="sold"), date(2026, 9, 30))
    assert [held(context, day) for day in ("2026-09-30", "2026-10-01")] == [[second], []]
    third = deciding.propose(context, asked(decided="not_own", valid_from="2026-06-01"), AT)["decision_id"]
    deciding.refuse(context, third, replace(LEAD, reason="no proof, says a@b.example"))
    assert states(context) == {first: "ended", second: "ended", third: "refused"}
    with pytest.raises(ConfigurationError, match=f"{third} is refused: it can become nothing else, not in_force"):
        deciding.second(context, third, LEAD)
    assert said(context) == [
        ("decision.proposed", "data steward", "its page says so"),
        ("decision.seconded", "programme lead", None),
        ("decision.proposed", "data steward", "its page says so"),
        ("decision.ended", "programme lead", f"replaced by {second}"),
        ("decision.seconded", "programme lead", None),
        ("decision.ended", "data steward", "sold"),
        ("decision.proposed", "data steward", "its page says so"),
        ("decision.refused", "programme lead", "no proof, says (address left out)"),
    ]


def test_an_appeal_reopens_a_decision_and_leaves_its_row(context: Context) -> None:
    key = deciding.propose(context, asked(valid_from="2026-06-01"), AT)["decision_id"]
    deciding.second(context, key, LEAD)
    dispute = {
        "dispute_id": "2026-h1-d1", "edition_id": "2026-h1", "city_id": CITY, "portal_id": "main", "dataset_id": "a",
        "phase": "appeal", "claim": "it is the county's", "made_at": AT, "by": "open data office", "state": "open",
    }  # fmt: skip
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        desk.add("dispute", dispute, {**dispute, "dispute_id": "2026-h1-d2", "city_id": "elsewhere"})
    word = replace(STEWARD, reason="the city shows another page")
    for wrong in ("none", "2026-h1-d2"):
        with pytest.raises(ConfigurationError, match=f"--dispute: {CITY} has no dispute '{wrong}'"):
            deciding.reopen(context, key, word, wrong)
    deciding.reopen(context, key, word, "2026-h1-d1")
    assert (states(context), held(context, "2026-06-30"), held(context, "2026-07-01")) == ({key: "reopened"}, [key], [])
    with context.warehouse() as warehouse:
        assert (warehouse.reviews.one("dispute", dispute_id="2026-h1-d1") or {})["decision_id"] == key
        row = warehouse.reviews.rows("audit", action="decision.reopened")[0]
    assert json.loads(row["details"])["dispute_id"] == "2026-h1-d1"
    with pytest.raises(ConfigurationError, match="is reopened"):
        deciding.end(context, key, word, FIRST)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"reason": " "}, "--reason: say why"),
        ({"by": ""}, "--by: say who, by role"),
        ({"by": "mayor@city.example"}, "--by: a role of at most"),
        ({"evidence_digest": ""}, "--digest: a decision needs evidence"),
        ({"evidence_digest": "abc"}, "--digest: 'abc' is no SHA-256 digest"),
        ({"evidence_url": "https://a.example/?to=jane%40a.gov"}, "--evidence-url: holds an e-mail address"),
        ({"evidence_url": "javascript:x"}, "--evidence-url: 'javascript:x' is no http"),
        ({"valid_from": "2026-02-30"}, "--from: '2026-02-30' is no day"),
        ({"valid_from": ""}, "--from: '' is no day"),
        ({"valid_until": "2026-01-01"}, "--until: 2026-01-01 is before 2026-06-29; the dates are crossed"),
        ({"city_id": "nowhere"}, "--city: there is no city 'nowhere'"),
        ({"portal_id": "other"}, f"--portal: {CITY} has no portal 'other'; it has main"),
        ({"dataset_id": "none"}, "--dataset: main showed no entry 'none' on 2026-06-01"),
        ({"field": "title"}, "--field: 'title' is none of event_column, licence_id, ownership, promise_accepted"),
        ({"decided": ""}, "--decided: say what is decided"),
        ({"decided": "ours"}, "--decided: 'ours' is none of own, not_own"),
        ({"field": "licence_id", "decided": "cc-by-4"}, "is no id of the alias file of licences"),
        ({"field": "licence_id", "decided": "none"}, "is no id of the alias file of licences"),
        ({"field": "series_edition", "decided": "none"}, "'none' is what was measured; there is nothing to decide"),
        ({"field": "event_column", "decided": "opened"}, "the entry's rows are not pulled"),
        ({"field": "promise_accepted", "decided": "Annually"}, "no older promise is kept in force"),
        ({"field": "promise_accepted", "dataset_id": "b", "decided": "none"}, "that is 'Annually'"),
    ],
)
def test_what_is_refused(still: Context, more: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        deciding.propose(still, asked(**more), AT)
    assert message in str(refused.value)
    assert (states(still), said(still)) == ({}, [])


def test_every_field_is_one_file() -> None:
    files = Path(discover.__module__.replace(".", "/"))
    assert list(discover()) == ["event_column", "licence_id", "ownership", "promise_accepted", "series_edition"]
    assert all(field.touches and field.allowed and field.title for field in discover().values()), files


def load(context: Context, text: str | bytes) -> list[Row]:
    file = context.settings.home / "decisions.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return decisionfile.load(context, file, AT)


def test_a_file_goes_in_whole(context: Context) -> None:
    (context.settings.home / "page.txt").write_text("ours", encoding="utf-8")
    header, row = COLUMNS + ",evidence", GOOD.replace(ZEROS, "")
    rows = load(context, f"\ufeff{header}\r\n{row},page.txt\r\n\r\n{CITY},main,b,promise_accepted,Annually,"
                         f'"agreed, in March",data steward,2026-06-01,{ZEROS},2026-12-31,\r\n')  # fmt: skip
    assert [(row["field"], row["measured"], row["valid_until"]) for row in rows] == [
        ("ownership", "unknown", None),
        ("promise_accepted", "31 days", date(2026, 12, 31)),
    ]
    assert rows[0]["evidence_digest"] == decisionfile.digest_of(context.settings.home / "page.txt")
    assert set(states(context).values()) == {"proposed"}
    assert [action for action, *_ in said(context)] == ["decision.proposed"] * 2


def test_everything_that_is_wrong_with_a_file_is_said_at_once(still: Context) -> None:
    wrong = (
        GOOD.replace("not_own", "unknown"),
        GOOD.replace(ZEROS, "").replace(",a,", ",x,"),
        GOOD.replace("2026-06-01", "2026-06-31").replace("demo-a", "nowhere"),
        GOOD + "2026-01-01",
        GOOD,
    )
    with pytest.raises(ConfigurationError) as refused:
        load(still, "\n".join((COLUMNS, *wrong)))
    told = [line.partition("decisions.csv: ")[2] for line in str(refused.value).splitlines()]
    assert [line.partition(":")[0] for line in told] == [
        "row 2, column decided",
        "row 3, column dataset",
        "row 3, column digest",
        "row 4, column city",
        "row 4, column from",
        "row 5, column field",
        "row 5, column until",
        "row 6, column field",
        "nothing was loaded",
    ]
    assert "row 2 decides the same of the same entry" in told[5]
    assert states(still) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "row 1: columns missing: city, portal"),
        (b"city\xff", "not UTF-8 at byte 4"),
        (f"{COLUMNS},colour,city\n", "unknown columns: colour; given twice: city"),
        (f"{COLUMNS}\na,b\n", "row 2 has 2 cells, the header 10"),
        (f'{COLUMNS}\n"a', "no CSV"),
        (f"{COLUMNS}\n\x00", "NUL"),
        (f"{COLUMNS},evidence\n{GOOD},{'x' * 300}\n", "the file and the digest are both given"),
        (f"{COLUMNS},evidence\n{GOOD.replace(ZEROS, '')},{'x' * 300}\n", "row 2, column evidence: "),
    ],
)
def test_a_file_that_is_none(still: Context, text: str | bytes, message: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load(still, text)
    assert message in str(refused.value)
    assert "decisions.csv" in str(refused.value)


CELLS = st.sampled_from([*GOOD.split(","), "", '"', "\u202e", "\ud800", "=1+1", "x" * 400, "\x07", "é@b"])


@given(st.one_of(st.binary(max_size=80), st.lists(st.lists(CELLS, min_size=9, max_size=11), max_size=3)))
def test_whatever_a_file_holds_it_is_refused_in_words_or_fits(still: Context, made: bytes | list[list[str]]) -> None:
    body = made if isinstance(made, bytes) else b"\n".join(",".join(r).encode(errors="surrogatepass") for r in made)
    before, refused, rows = states(still), "", list[Row]()
    try:
        rows = load(still, COLUMNS.encode() + b"\n" + body)
    except CivicgaugeError as error:
        refused = str(error)
    assert states(still).keys() == before.keys() | {row["decision_id"] for row in rows}
    assert not refused or "decisions.csv: " in refused


def test_the_newest_word_holds_where_two_do() -> None:
    base = {"portal_id": "main", "dataset_id": "a", "field": "ownership", "valid_from": FIRST, "valid_until": None}
    rows = [
        base | {"decision_id": "d-1", "state": "in_force", "seconded_at": AT},
        base | {"decision_id": "d-2", "state": "in_force", "seconded_at": AT.replace(hour=12)},
        base | {"decision_id": "d-3", "state": "refused", "seconded_at": AT.replace(hour=13)},
        base | {"decision_id": "d-4", "state": "proposed", "seconded_at": None},
        base | {"decision_id": "d-5", "state": "in_force", "seconded_at": AT, "field": "licence_id"},
    ]
    assert [row["decision_id"] for row in holding(rows, FIRST)] == ["d-2", "d-5"]
    assert holding(rows, date(2026, 6, 28)) == []


def test_the_commands(context: Context) -> None:
    proof = context.settings.home / "page.txt"
    proof.write_text("the list is kept by the city", encoding="utf-8")

    def say(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, list(words))
        assert result.exit_code == code, (words, result.output, result.exception)
        return result.stdout

    told = say("decisions", "propose", CITY, "--dataset", "a", "--field", "ownership", "--decided", "own", "--reason",
               "its page says so", "--evidence", str(proof), "--by", STEWARD.by, "--from", "2026-06-01")  # fmt: skip
    key = told.partition(":")[0]
    assert told == f"{key}: proposed; measured: unknown, decided: own\n"
    assert say("decisions", "second", key, "--by", "programme lead") == f"{key}: in force from 2026-06-01\n"
    (row,) = json.loads(say("decisions", "list", CITY, "--json"))
    assert (row["state"], row["evidence_digest"]) == ("in_force", decisionfile.digest_of(proof))
    shown = CliRunner().invoke(app, ["decisions", "show", key])
    assert "programme lead" in shown.stdout
    waits = "was measured before it was in force: the next measured day holds its numbers, or civicgauge replay"
    assert f"{waits} {CITY} --from" in shown.stderr
    assert say("decisions", "end", key, "--on", "2026-06-30", "--by", "data steward", "--reason", "sold") == (
        f"{key}: ended; it holds from 2026-06-01 to 2026-06-30\n"
    )
    assert "promise_accepted" in say("decisions", "fields")
    assert len(json.loads(say("audit", "list", "--action", "decision", "--city", CITY, "--json"))) == 3
    assert json.loads(say("audit", "list", "--to", "2020-01-01", "--json")) == []
    assert say("audit", "verify") == "3 rows: each fits the one before it\n"
    _break(context)
    assert say("audit", "verify", code=1) == ""


def _break(context: Context) -> None:
    """Change a row past the database's own guard, as nobody but its owner can."""
    with context.warehouse() as warehouse, warehouse.engine.begin() as connection:
        if warehouse.dialect == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_no_update")
            connection.exec_driver_sql("UPDATE audit SET by = 'somebody' WHERE number = 2")
        else:
            connection.exec_driver_sql("ALTER TABLE civicgauge.audit DISABLE TRIGGER audit_no_update")
            connection.exec_driver_sql("UPDATE civicgauge.audit SET by = 'somebody' WHERE number = 2")


def test_decided_rows_and_acts_of_a_day_are_replaced_with_it(warehouse: Warehouse) -> None:
    day, value = date(2026, 6, 1), city_day(run("r1", date(2026, 6, 1)), ("a",)).indicator_values[0]
    row = {name: getattr(value, name) for name in value.__slots__ if name != "evidence"} | {"decisions": '["d-1"]'}
    act = Act(AT, "civicgauge", "configuration.changed", "2026-06-01", CITY, "the file was changed", {"keys": ["own"]})
    for run_id in ("r1", "r2"):
        warehouse.commit(city_day(run(run_id, day), ("a",), decided_values=[row], acts=[act]))
    (kept,) = warehouse.rows("decided_value", city_ids=[CITY], day=day)
    assert (kept["run_id"], kept["indicator_id"], kept["value"]) == ("r2", value.indicator_id, value.value)
    suspect = city_day(run("r3", day, "suspect"), ("a",), acts=[act])
    assert not warehouse.commit(suspect)  # it yields, and nothing of it is noted
    assert [row["number"] for row in warehouse.reviews.rows("audit")] == [1, 2]
    warehouse.commit(city_day(run("r4", day), ("a",)))
    assert warehouse.rows("decided_value") == []
    assert warehouse.reviews.broken_link() is None

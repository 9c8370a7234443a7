"""Rows of Socrata: the view's word, the export checked against it, and what else brings rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from civicgauge.demo.server import DemoPortals
from civicgauge.errors import AnswerUnreadable, PortalRefused, PortalUnreachable
from civicgauge.landed import Peek, RowSource
from civicgauge.model import DatasetKind, Portal
from civicgauge.portals import reader
from civicgauge.web import Web
from tests.portals.conftest import Plain
from tests.portals.tables import Table, asked, logged

ID = "k7qw-3fzn"
EXPORT, VIEW, COUNT = f"api/views/{ID}/rows.csv", f"api/views/{ID}.json", f"resource/{ID}.json"


@pytest.fixture
def requests_311(web: Web, demo: DemoPortals, tmp_path: Path) -> Table:
    return Table(web, demo, "alder-falls", ID, tmp_path)


# ---------------------------------------------------------------- the usual way


def test_the_whole_table_with_the_portals_own_count(requests_311: Table, caplog: pytest.LogCaptureFixture) -> None:
    source = requests_311.source
    logged(caplog)
    before = requests_311.peek(source)
    assert asked(caplog) == [f"{VIEW} 200"]
    found = requests_311.reader.fetch(requests_311.web, requests_311.portal, source, before, None, requests_311.path)
    assert asked(caplog) == [f"{EXPORT} 200", f"{COUNT} 200", f"{VIEW} 200"]
    rows = requests_311.rows()
    assert (len(rows), found.peek.stated_rows_count, found.notes) == (61, 60, ())
    assert (found.route, found.format_id, found.download.status) == ("export", "csv", 200)
    assert found.download.bytes_count == requests_311.path.stat().st_size
    assert replace(found.peek, stated_rows_count=None) == before
    assert [c.header for c in before.columns or () if not c.is_system] == rows[0]
    assert [c.field_name for c in before.columns or ()][-1].startswith(":@computed_region")
    assert before.is_conclusive


def test_what_changes_what(requests_311: Table) -> None:
    first = requests_311.peek()
    requests_311.change("touch")
    touched = requests_311.peek()
    assert (touched.validators, touched.is_conclusive) == (first.validators, True)
    assert touched.touched != first.touched
    requests_311.change("update")
    updated = requests_311.peek()
    assert updated.validators != first.validators
    requests_311.change("edit", columns="Request ID | Text | Renamed\nOpened | Calendar date |")
    assert requests_311.peek().validators != updated.validators


def test_a_view_that_does_not_say_when_its_rows_changed_proves_nothing(requests_311: Table) -> None:
    requests_311.change("edit", hide_rows_updated=True)
    assert not requests_311.peek().is_conclusive


def test_the_named_key_is_found(plain: Plain, web: Web) -> None:
    columns = [{"id": 7, "name": "Case", "fieldName": "case"}, {"id": 8, "name": "X", "fieldName": "x"}]
    view = {"id": ID, "columns": columns, "rowsUpdatedAt": 5, "metadata": {"rowIdentifier": "7"}}
    assert peek_of(plain, web, view).key_field == "case"
    assert peek_of(plain, web, {**view, "metadata": {"rowIdentifier": "0"}}).key_field is None
    assert peek_of(plain, web, {**view, "rowIdentifierColumnId": 8}).key_field == "x"


def test_what_the_public_does_not_see_is_not_promised(plain: Plain, web: Web) -> None:
    columns = [
        {"name": "Place", "fieldName": "place", "dataTypeName": "point"},
        {"name": "Place (city)", "fieldName": "place_city", "dataTypeName": "text"},
        {"name": "Budget (city)", "fieldName": "budget_city", "dataTypeName": "text"},
        {"name": "Secret", "fieldName": "secret", "flags": ["hidden"]},
        {"name": "no field"},
    ]
    found = peek_of(plain, web, {"id": ID, "columns": columns}).columns or ()
    assert [(c.field_name, c.is_system) for c in found] == [
        ("place", False),
        ("place_city", True),
        ("budget_city", False),
    ]


@pytest.mark.parametrize("view", [{}, {"id": "else-0000"}, {"error": True}])
def test_another_answer_than_the_view_is_unreadable(plain: Plain, web: Web, view: object) -> None:
    with pytest.raises(AnswerUnreadable, match="not the view"):
        peek_of(plain, web, view)


def peek_of(plain: Plain, web: Web, view: object) -> Peek:
    plain.answers[f"/{VIEW}"] = says_json(view)
    return reader("socrata").peek(web, portal_at(plain), source_at(plain))


def says_json(value: object) -> Callable[[dict[str, str]], tuple[int, dict[str, str], bytes]]:
    return lambda _: (200, {"Content-Type": "application/json"}, json.dumps(value).encode())


def portal_at(plain: Plain) -> Portal:
    return Portal.model_validate({"kind": "socrata", "url": plain.url()})


def source_at(plain: Plain) -> RowSource:
    return RowSource(ID, ID, "A table", "export", plain.url(f"/{EXPORT}?accessType=DOWNLOAD"))


# ---------------------------------------------------------------- what goes wrong on the way


def test_a_table_that_moved_is_read_again(requests_311: Table) -> None:
    requests_311.fault("rows_moving", entries=3, times=1)
    found = requests_311.fetch()
    assert (len(requests_311.rows()), found.peek.stated_rows_count) == (64, 63)
    assert found.notes == ("reading 1: the data moved while they were read, 60 rows came and the portal counts 63",)
    assert found.peek.validators == requests_311.peek().validators


def test_a_table_that_never_stands_still_is_read_again_the_next_time(requests_311: Table) -> None:
    requests_311.fault("rows_moving", entries=1)
    found = requests_311.fetch()
    assert len(requests_311.rows()) == 63
    assert (found.peek.validators, found.peek.is_conclusive) == ({}, False)
    assert found.notes[-2:] == ("taken as it is after 3 readings", "the portal counts 63 rows and gives 62")


def test_an_export_that_ends_early_without_a_sign_is_read_again(requests_311: Table) -> None:
    requests_311.fault("rows_short", entries=5, times=1)
    found = requests_311.fetch()
    assert len(requests_311.rows()) == 61
    assert found.notes == ("reading 1: 55 rows came and the portal counts 60",)


def test_a_count_that_never_agrees_is_said_after_two_readings(
    requests_311: Table, caplog: pytest.LogCaptureFixture
) -> None:
    requests_311.fault("rows_short", entries=5)
    logged(caplog)
    found = requests_311.fetch()
    assert asked(caplog).count(f"{EXPORT} 200") == 2
    assert found.notes[-1] == "the portal counts 60 rows and gives 55"
    assert found.peek.stated_rows_count == 60
    assert found.peek.is_conclusive


@pytest.mark.parametrize("kind", ["403", "503", "html200"])
def test_without_a_count_the_rows_are_kept(requests_311: Table, kind: str) -> None:
    requests_311.fault(kind, path=f"/{COUNT}")
    found = requests_311.fetch()
    assert len(requests_311.rows()) == 61
    assert found.peek.stated_rows_count is None
    assert found.notes[0].startswith("rows not compared with the portal's count: ")
    assert len(found.notes) == 1


@pytest.mark.parametrize("answer", [[], [{}], [{"count": "many"}], [{"a": "1", "b": "2"}], [{"count": "60"}] * 2])
def test_an_odd_count_is_no_count(plain: Plain, web: Web, tmp_path: Path, answer: object) -> None:
    found = fetch_from(plain, web, tmp_path, counts=answer)
    assert found.peek.stated_rows_count is None
    assert "not compared" in found.notes[0]


def test_a_count_under_another_name_is_one(plain: Plain, web: Web, tmp_path: Path) -> None:
    found = fetch_from(plain, web, tmp_path, counts=[{"count_1": "2"}])
    assert (found.peek.stated_rows_count, found.notes) == (2, ())


def fetch_from(plain: Plain, web: Web, folder: Path, *, counts: object, known=None, **headers: str):
    """A table of two rows, whose view says nothing of when its rows changed where `known` is given."""
    view = {"id": ID, "columns": [], **({} if known else {"rowsUpdatedAt": 5})}

    def export(asked: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        told = {"Content-Type": "text/csv", "ETag": '"e1"', **headers}
        return (304, told, b"") if asked.get("if-none-match") == '"e1"' else (200, told, b"A\n1\n2\n")

    plain.answers |= {f"/{VIEW}": says_json(view), f"/{COUNT}": says_json(counts), f"/{EXPORT}": export}
    source, portal = source_at(plain), portal_at(plain)
    before = reader("socrata").peek(web, portal, source)
    return reader("socrata").fetch(web, portal, source, before, known, folder / "rows")


def test_a_copy_that_lags_behind_is_read_again_the_next_time(plain: Plain, web: Web, tmp_path: Path) -> None:
    found = fetch_from(plain, web, tmp_path, counts=[{"count": "2"}], **{"X-SODA2-Data-Out-Of-Date": "true"})
    assert (found.peek.validators, found.peek.is_conclusive) == ({}, False)
    assert "lags behind" in found.notes[0]


def test_only_a_view_that_says_nothing_is_asked_conditionally(plain: Plain, web: Web, tmp_path: Path) -> None:
    found = fetch_from(plain, web, tmp_path, counts=[{"count": "2"}], known={"etag": '"e1"', "last-modified": "x"})
    assert (found.download.status, found.notes) == (304, ())
    assert [path for path, _ in plain.seen] == [f"/{VIEW}", f"/{EXPORT}"]
    assert not (tmp_path / "rows").exists()
    plain.answers[f"/{VIEW}"] = says_json({"id": ID, "columns": [], "rowsUpdatedAt": 5})
    source, portal = source_at(plain), portal_at(plain)
    before = reader("socrata").peek(web, portal, source)
    found = reader("socrata").fetch(web, portal, source, before, {"etag": '"e1"'}, tmp_path / "rows")
    assert found.download.status == 200


def test_a_web_page_is_no_table(requests_311: Table) -> None:
    requests_311.fault("html200", path=f"/{EXPORT}")
    with pytest.raises(AnswerUnreadable, match="web page instead of a table"):
        requests_311.fetch()
    assert not requests_311.path.exists()


@pytest.mark.parametrize(
    "fault", [{"kind": "cut", "chunked": True}, {"kind": "429", "retry_after": 0}, {"kind": "202"}]
)
def test_what_passes_is_asked_again(requests_311: Table, fault: dict[str, object]) -> None:
    requests_311.fault(**fault, path=f"/{EXPORT}", times=1)  # type: ignore[arg-type]
    found = requests_311.fetch()
    assert (len(requests_311.rows()), found.download.attempts, found.notes) == (61, 2, ())


@pytest.mark.parametrize("kind", ["hang", "stall"])
def test_a_silent_export_is_unreachable(impatient: Web, demo: DemoPortals, tmp_path: Path, kind: str) -> None:
    table = Table(impatient, demo, "alder-falls", ID, tmp_path)
    table.fault(kind, path=f"/{EXPORT}", seconds=3)
    with pytest.raises(PortalUnreachable, match="silent"):
        table.fetch()
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("most", [7, 60, 50_000])
def test_what_has_no_export_is_read_in_pages(requests_311: Table, most: int, caplog: pytest.LogCaptureFixture) -> None:
    requests_311.change("edit", no_export=True, most_rows=most)
    logged(caplog)
    found = requests_311.fetch()
    assert asked(caplog).count(f"resource/{ID}.csv 200") == -(-60 // most) + 1
    rows = requests_311.rows()
    assert (found.route, found.peek.stated_rows_count, len(rows)) == ("pages", 60, 61)
    assert rows[0][:2] == ["request_id", "opened"]
    assert len({row[0] for row in rows}) == 61
    assert found.notes[0].startswith("no export, read by pages: ")
    assert found.download.bytes_count == requests_311.path.stat().st_size
    assert [path.name for path in requests_311.path.parent.iterdir()] == ["rows"]


def test_pages_of_a_table_that_moved_are_read_again(requests_311: Table) -> None:
    requests_311.change("edit", no_export=True, most_rows=25)
    requests_311.fault("rows_moving", entries=2, times=2)
    found = requests_311.fetch()
    assert len({row[0] for row in requests_311.rows()}) == 65
    assert (found.peek.stated_rows_count, len(found.notes)) == (64, 2)


def test_what_has_neither_export_nor_rows_is_refused(requests_311: Table) -> None:
    requests_311.change("edit", no_export=True)
    requests_311.fault("403", path=f"/resource/{ID}.csv")
    with pytest.raises(PortalRefused, match="403"):
        requests_311.fetch()
    assert list(requests_311.path.parent.iterdir()) == []


def test_what_is_gone_is_refused(requests_311: Table) -> None:
    source = requests_311.source
    requests_311.change("delete")
    with pytest.raises(PortalRefused, match="404"):
        requests_311.peek(source)


# ---------------------------------------------------------------- which entries have rows


def test_tables_have_rows_and_links_files_and_stories_have_none(web: Web, demo: DemoPortals, tmp_path: Path) -> None:
    table = Table(web, demo, "alder-falls", ID, tmp_path)
    answers = {name: answer.body for name, answer in table.reader.crawl(web, table.portal).answers}
    found = table.reader.datasets(table.reader.entries(answers), answers, table.portal)
    with_rows = {d.kind for d in found if table.reader.row_sources(d, table.portal)}
    without = {d.kind for d in found if not table.reader.row_sources(d, table.portal)}
    assert DatasetKind.TABLE in with_rows
    assert not with_rows & {DatasetKind.LINK, DatasetKind.FILE, DatasetKind.NOT_DATA}
    assert {DatasetKind.NOT_DATA} <= without
    county = [d for d in found if not d.is_native]
    assert county
    assert not [d for d in county if table.reader.row_sources(d, table.portal)]

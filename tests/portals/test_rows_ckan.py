"""Rows of CKAN: dumps of the DataStore checked against its total, and files asked for only if they are new."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from civicgauge.demo.server import DemoPortals
from civicgauge.errors import AnswerUnreadable, HostNotAllowed, PortalRefused, PortalUnreachable
from civicgauge.landed import RowSource
from civicgauge.model import Portal, Resource
from civicgauge.portals import reader
from civicgauge.portals._files import address, may_hold_rows
from civicgauge.web import Web
from tests.portals.conftest import Plain
from tests.portals.tables import Table, asked, logged

SEARCH = "api/3/action/datastore_search"


@pytest.fixture
def inspections(web: Web, demo: DemoPortals, tmp_path: Path) -> Table:
    return Table(web, demo, "birchport", "food-inspections", tmp_path)


@pytest.fixture
def lights(web: Web, demo: DemoPortals, tmp_path: Path) -> Table:
    return Table(web, demo, "birchport", "street-lights", tmp_path)


# ---------------------------------------------------------------- the DataStore


def test_the_whole_table_with_the_datastores_own_total(inspections: Table, caplog: pytest.LogCaptureFixture) -> None:
    source = inspections.source
    logged(caplog)
    before = inspections.peek(source)
    assert asked(caplog) == [f"{SEARCH} 200"]
    found = inspections.reader.fetch(inspections.web, inspections.portal, source, before, None, inspections.path)
    assert asked(caplog) == [f"datastore/dump/{source.resource_id} 200", f"{SEARCH} 200"]
    rows = inspections.rows()
    assert (len(rows), found.peek.stated_rows_count, found.notes) == (46, 45, ())
    assert (found.route, found.format_id, found.peek) == ("dump", "csv", before)
    assert [c.field_name for c in before.columns or ()] == rows[0]
    assert [c.field_name for c in before.columns or () if c.is_system] == ["_id"]
    assert before.is_conclusive


def test_a_ckan_below_a_path_is_found_by_its_own_addresses(web: Web, demo: DemoPortals, tmp_path: Path) -> None:
    """The city file names the host alone; the site's own addresses say that CKAN stands below /data."""
    table = Table(web, demo, "cedar-junction-maps", "traffic-signals", tmp_path)
    assert "/data/datastore/dump/" in table.source.url
    assert table.fetch().peek.stated_rows_count == 40
    assert len(table.rows()) == 41


def test_what_changes_what(inspections: Table) -> None:
    first = inspections.peek()
    assert inspections.peek() == first
    inspections.change("update")
    assert inspections.peek().validators != first.validators


def test_a_total_alone_proves_nothing(inspections: Table) -> None:
    source = inspections.source
    bare = RowSource(source.dataset_id, source.resource_id, None, "dump", source.url)
    assert not inspections.peek(bare).is_conclusive
    hashed = RowSource(source.dataset_id, source.resource_id, None, "dump", source.url, hints=(("hash", "ab"),))
    assert inspections.peek(hashed).is_conclusive
    assert inspections.peek(hashed).validators["resource_hash"] == "ab"


def test_a_creation_is_no_sign_of_change(inspections: Table) -> None:
    """Of an upload whose date CKAN does not have, the creation stands for it; it never moves, whatever changes."""
    parts = [{"name": "x", "format": "CSV", "hosted": "datastore", "updated": None, "columns": "A | Number |"}]
    inspections.change("edit", resources=parts, updated=None, every=None)
    assert dict(inspections.source.hints).keys() == {"touched_at"}
    assert not inspections.peek().is_conclusive


def test_a_table_that_moved_is_read_again(inspections: Table) -> None:
    inspections.fault("rows_moving", entries=2, times=1)
    found = inspections.fetch()
    assert (len(inspections.rows()), found.peek.stated_rows_count) == (48, 47)
    assert found.notes == ("reading 1: the data moved while they were read, 45 rows came and the portal counts 47",)


def test_a_dump_that_ends_early_without_a_sign_is_read_again(inspections: Table) -> None:
    inspections.fault("rows_short", entries=5, times=1)
    assert inspections.fetch().notes == ("reading 1: 40 rows came and the portal counts 45",)
    assert len(inspections.rows()) == 46


@pytest.mark.parametrize("fault", [{"kind": "cut", "chunked": True}, {"kind": "429", "retry_after": 0}])
def test_what_passes_is_asked_again(inspections: Table, fault: dict[str, object]) -> None:
    inspections.fault(**fault, path="/datastore/dump/", times=1)  # type: ignore[arg-type]
    assert inspections.fetch().download.attempts == 2
    assert len(inspections.rows()) == 46


def test_a_stalling_dump_is_unreachable(impatient: Web, demo: DemoPortals, tmp_path: Path) -> None:
    table = Table(impatient, demo, "birchport", "food-inspections", tmp_path)
    table.fault("stall", path="/datastore/dump/", seconds=3)
    with pytest.raises(PortalUnreachable, match="silent"):
        table.fetch()


def test_a_web_page_is_no_table(inspections: Table) -> None:
    inspections.fault("html200", path="/datastore/dump/")
    with pytest.raises(AnswerUnreadable, match="web page instead of a table"):
        inspections.fetch()


def test_a_resource_that_is_not_in_the_datastore_is_refused(inspections: Table) -> None:
    source = RowSource("d", "0", None, "dump", f"{inspections.portal.base_url}/datastore/dump/0?bom=false")
    with pytest.raises(PortalRefused, match="404"):
        inspections.peek(source)


@pytest.mark.parametrize(
    "told",
    [
        {"success": False, "error": {"__type": "X"}},
        {"success": True, "result": []},
        {"success": True, "result": {"total": 3}},
        {"success": True, "result": {"total": 3, "fields": [{"type": "text"}]}},
    ],
)
def test_another_envelope_is_unreadable(plain: Plain, web: Web, told: object) -> None:
    with pytest.raises(AnswerUnreadable, match="datastore_search"):
        peek_of(plain, web, told)


def test_an_estimated_total_is_no_count(plain: Plain, web: Web) -> None:
    result = {"total": 3, "total_was_estimated": True, "fields": [{"id": "a", "type": "text"}]}
    found = peek_of(plain, web, {"status": "200 OK", "result": result})
    assert (found.stated_rows_count, found.is_conclusive) == (None, False)


def peek_of(plain: Plain, web: Web, told: object):
    body = json.dumps(told).encode()
    plain.answers[f"/{SEARCH}"] = lambda _: (200, {"Content-Type": "application/json"}, body)
    portal = Portal.model_validate({"kind": "ckan", "url": plain.url()})
    hints = (("last_modified", "2026-01-01T00:00:00+00:00"),)
    source = RowSource("d", "r", None, "dump", plain.url("/datastore/dump/r?bom=false"), hints=hints)
    return reader("ckan").peek(web, portal, source)


# ---------------------------------------------------------------- files


def test_a_file_is_asked_for_once_and_then_only_if_it_is_new(lights: Table, caplog: pytest.LogCaptureFixture) -> None:
    source = lights.source
    logged(caplog)
    peek = lights.peek(source)
    assert (asked(caplog), peek.is_conclusive, peek.columns) == ([], False, None)
    first = lights.fetch(source=source)
    assert (first.download.status, first.format_id, first.route) == (200, None, "file")
    known = {name: first.download.headers[name] for name in ("etag", "last-modified")} | dict(peek.validators)
    lights.path.unlink()
    for part in (known, {"etag": known["etag"]}, {"last-modified": known["last-modified"]}):
        again = lights.fetch(part, source)
        assert (again.download.status, again.download.bytes_count, lights.path.exists()) == (304, 0, False)
    assert len(asked(caplog)) == 4
    lights.change("update")
    assert lights.fetch(known, source).download.status == 200
    assert lights.path.exists()


FILES = {
    "a.csv": lambda body: list(csv.reader(io.StringIO(body.decode())))[1:],
    "a.tsv": lambda body: list(csv.reader(io.StringIO(body.decode()), delimiter="\t"))[1:],
    "a.json": json.loads,
    "a.geojson": lambda body: json.loads(body)["features"],
    "a.csv.gz": lambda body: list(csv.reader(io.StringIO(gzip.decompress(body).decode())))[1:],
    "a.zip": lambda body: zipfile.ZipFile(io.BytesIO(body)).read("a.csv").splitlines()[1:],
    "a.json.zip": lambda body: json.loads(zipfile.ZipFile(io.BytesIO(body)).read("a.json")),
}


@pytest.mark.parametrize("name", FILES)
def test_files_arrive_as_they_are(lights: Table, name: str) -> None:
    part = {"name": "File", "format": "", "file": name, "rows": 20, "table": "Id | Number |\nPlace | Point |"}
    lights.change("edit", resources=[part])
    lights.fetch()
    assert len(FILES[name](lights.path.read_bytes())) == 20


def test_a_workbook_arrives_as_it_is(lights: Table) -> None:
    from openpyxl import load_workbook

    part = {
        "name": "Book",
        "format": "XLSX",
        "file": "a.xlsx",
        "rows": 20,
        "table": "Id | Number |\nDay | Calendar date |",
    }
    lights.change("edit", resources=[part])
    digests = {lights.fetch().download.sha256 for _ in range(2)}
    book = load_workbook(io.BytesIO(lights.path.read_bytes()), read_only=True)
    assert (len(list(book.active.iter_rows())), len(digests)) == (21, 1)


def test_a_file_on_another_host_sees_no_token(plain: Plain, tmp_path: Path) -> None:
    plain.answers["/x.csv"] = lambda _: (200, {"Content-Type": "text/csv"}, b"a\n1\n")
    token = ("Authorization", "s3cret")
    with Web(user_agent="t", allow_private_hosts=True, token=token, token_host="data.example.org") as web:
        source = RowSource("d", "r", None, "file", plain.url("/x.csv"))
        portal = Portal.model_validate({"kind": "ckan", "url": "https://data.example.org"})
        peek = reader("ckan").peek(web, portal, source)
        reader("ckan").fetch(web, portal, source, peek, None, tmp_path / "rows")
    assert "authorization" not in plain.seen[0][1]


def test_a_file_on_a_private_host_is_refused(plain: Plain, tmp_path: Path) -> None:
    portal = Portal.model_validate({"kind": "ckan", "url": "https://data.example.org"})
    source = RowSource("d", "r", None, "file", plain.url("/x.csv"))
    with Web(user_agent="t") as web, pytest.raises(HostNotAllowed):
        reader("ckan").fetch(web, portal, source, reader("ckan").peek(web, portal, source), None, tmp_path / "rows")
    assert plain.seen == []


def test_a_dead_link_is_refused(lights: Table) -> None:
    source = RowSource("d", "r", None, "file", f"{lights.portal.base_url}/dataset/x/resource/y/download/z.csv")
    with pytest.raises(PortalRefused, match="404"):
        lights.fetch(source=source)


# ---------------------------------------------------------------- which resources


def resource(url: str | None, declared: str | None = None, media: str | None = None) -> Resource:
    return Resource("r", "T", None, url, declared, media, False, True, None, None, None)


@pytest.mark.parametrize(
    ("url", "declared", "media", "may"),
    [
        ("https://x.org/a", "CSV", None, True),
        ("https://x.org/a", ".csv", None, True),
        ("https://x.org/a", "zip+csv", None, True),
        ("https://x.org/a", "XLS (zipped)", None, True),
        ("https://x.org/a", "CSV", "text/html", True),
        ("https://x.org/a.csv", "", None, True),
        ("https://x.org/a.b.CSV?x=1", None, None, True),
        ("https://x.org/a", None, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", True),
        ("https://x.org/a.csv", "PDF", None, False),
        ("https://x.org/a.zip", "SHP", "application/zip", False),
        ("https://x.org/wfs?service=wfs", "WFS", None, False),
        ("https://x.org/a.csv", "API", None, False),
        ("https://x.org/a", "", None, False),
        ("https://x.org/csv", "", None, False),
        ("ftp://x.org/a.csv", "CSV", None, False),
        ("a.csv", "CSV", None, False),
        ("http://[x/a.csv", "CSV", None, False),
        ("", "CSV", None, False),
        (None, "CSV", None, False),
    ],
)
def test_which_resources_may_hold_rows(url: str | None, declared: str | None, media: str | None, may: bool) -> None:
    assert may_hold_rows(resource(url, declared, media)) is may


@pytest.mark.parametrize(
    ("url", "asked_at"),
    [
        ("https://data.city.org/dataset/a/x.csv?v=1", "http://127.0.0.1:9000/dataset/a/x.csv?v=1"),
        ("http://DATA.city.org/x.csv", "http://127.0.0.1:9000/x.csv"),
        ("https://data.city.org:8443/x.csv", "https://data.city.org:8443/x.csv"),
        ("https://files.city.org/x.csv", "https://files.city.org/x.csv"),
        ("https://data.city.org.evil.example/x.csv", "https://data.city.org.evil.example/x.csv"),
    ],
)
def test_the_portals_own_name_is_asked_at_its_address(url: str, asked_at: str) -> None:
    told = {"kind": "ckan", "url": "http://127.0.0.1:9000", "domain": "data.city.org"}
    assert address(url, Portal.model_validate(told)) == asked_at

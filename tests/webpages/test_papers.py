"""A mayor's sheet and a workshop's pack: whose names are on them, whose numbers, and what paper makes of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from civicgauge.errors import ConfigurationError
from civicgauge.pages import create_app
from civicgauge.pages.here import Here
from civicgauge.pages.render import Renderer
from civicgauge.pipeline import mending
from civicgauge.pipeline.context import Context, method_version
from civicgauge.pipeline.showing import PUBLIC, STAFF, NotShown, Shown, Viewer
from tests.comparison.made_up import DAY, SHARE, Town, cohort_file, settle, share
from tests.homes import home_at

STANDARD = "what-works-cities-2022"
NEVER = ("certified", "meets the", "fails", "non-compliant", "ineffective", "rank", "worst")


def stance(said: str, code: str = "OD3", indicator: str = SHARE) -> dict[str, object]:
    """What a town's numbers say of a criterion."""
    number = json.dumps([{"indicator": indicator, "value": 0.5, "unit": "share", "stance": said}])
    named = {"standard": STANDARD, "standard_version": "2022", "criterion": code, "basis": "automatic"}
    return {**named, "stance": said, "evidence": number}


def town(name: str, value: float, said: str = "differs", **other: Any) -> Town:
    """A town whose number is known exactly."""
    return Town(name, value, own=share(value), criteria=(stance(said),), **other)


PRIVATE = [town("hidden-elm", 0.31), town("hidden-oak", 0.37, "not_observed")]
OPEN = [town(f"open-{tree}", 0.5 + n / 100) for n, tree in enumerate(("ash", "fir", "yew", "bay", "fig"))]
INSIDE = [*(replace(each, publication="private") for each in PRIVATE), *OPEN]
COHORT = {
    "id": "trees",
    "title": "The spring workshop",
    "cities": [each.id for each in INSIDE],
    "note": "in confidence",
}
MODELS = [
    town("secret-model", 1.0, "in_line", publication="private"),
    town("shared-model", 0.99, "in_line", publication="shared_with_city"),
    town("model-town", 0.97, "in_line"),
    town("near-model", 0.9, "in_line"),
    Town("wide-model", own=share(1.0, 0.75, 1.0)),
    town("open-best", 0.98, "in_line"),
]
NAMES = re.compile("|".join(f"{each.id}|{each.city.name}" for each in INSIDE), re.IGNORECASE)


@contextmanager
def world(folder: Path, towns: list[Town], *cohorts: dict[str, Any]) -> Iterator[Context]:
    """A home with these towns and cohorts."""
    with home_at(folder / "home") as context:
        settle(context, towns)
        file = cohort_file(folder, {"cohorts": list(cohorts)})
        yield Context(replace(context.settings, cohorts=file))


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """Seven towns of a cohort, two of them private, and models outside, one of them in another cohort."""
    small = {"id": "small", "title": "A few", "cities": ["hidden-elm", "hidden-oak", "open-best"]}
    own = {"id": "own", "title": "Their own", "cities": ["model-town", "open-best"]}
    with world(tmp_path_factory.mktemp("papers"), [*INSIDE, *MODELS], COHORT, small, own) as made:
        yield made


@pytest.fixture(scope="module")
def shown(context: Context) -> Iterator[Shown]:
    made = Shown(context)
    yield made
    made.close()


def asking(shown: Shown, viewer: Viewer) -> TestClient:
    """The pages of these forms for one viewer."""
    return TestClient(create_app(shown, lambda _request: viewer, contact=""), follow_redirects=False)


# ---------------------------------------------------------------- whose names


def test_a_pack_names_its_cities_on_the_cover_alone(shown: Shown) -> None:
    staff = asking(shown, STAFF)
    html, told, table = (staff.get(f"/pack/trees{ending}").text for ending in ("/", ".json", ".csv"))
    cover = html[html.index('class="cover"') : html.index('class="overview"')]
    assert all(each.city.name in cover for each in INSIDE)
    assert not NAMES.search(html.replace(cover, ""))
    assert not NAMES.search(json.dumps({**json.loads(told), "cover": None}))
    assert not NAMES.search(table)
    assert "in confidence" in cover
    assert not [word for word in NEVER if word in html.lower()]


def test_a_pack_for_cities_has_no_cover_and_counts_nobody_who_is_not_public(shown: Shown) -> None:
    staff = asking(shown, STAFF)
    for ending in ("/", ".json", ".csv"):
        text = staff.get(f"/pack/trees{ending}?for=cities").text
        assert not NAMES.search(text)
        assert "in confidence" not in text
    told = staff.get("/pack/trees.json?for=cities").json()
    assert (told["cover"], told["n_measured"], told["n_counted"]) == (None, 7, 5)
    (sheet,) = told["sheets"]
    values = [dot["value"] for dot in sheet["distribution"]["dots"]]
    assert values == [each.value for each in OPEN]
    assert (sheet["lacking"]["n_differs"], sheet["lacking"]["n_not_observed"]) == (5, 0)
    assert "ten of them" in told["limits"][0]


def test_of_few_cities_nothing_is_counted_for_cities_and_no_distribution_shown(shown: Shown) -> None:
    few = shown.pack(STAFF, "small", for_cities=True)
    assert (few.n_cities, few.n_measured, few.n_counted) == (None, None, None)
    assert {(each.n_in_line, each.n_differs, each.n_not_observed) for each in few.practices} == {(None, None, None)}
    assert all(not each.distribution.dots and each.distribution.none_because for each in few.sheets)
    assert [each.lacking.code for each in few.sheets] == [each.code for each in few.practices][:8], (
        "in the file's order"
    )
    page = asking(shown, STAFF).get("/pack/small/?for=cities").text
    assert "no city could stay unknown in a count" in page
    for_staff = shown.pack(STAFF, "small")
    (sheet,) = for_staff.sheets
    assert (sheet.lacking.n_differs, sheet.lacking.n_not_observed, sheet.lacking.n_in_line) == (1, 1, 1)
    assert "Fewer than 5" in (sheet.distribution.none_because or "")


def test_ten_who_are_not_public_are_counted_and_never_drawn_one_by_one(tmp_path: Path) -> None:
    many = [town(f"quiet-{n:02}", n / 20, publication="private") for n in range(10)]
    cohort = {"id": "quiet", "title": "Ten", "cities": [each.id for each in many]}
    with world(tmp_path, many, cohort) as context:
        told = Shown(context).pack(STAFF, "quiet", for_cities=True)
        (sheet,) = told.sheets
        assert (told.n_counted, sheet.lacking.n_differs, sheet.distribution.dots) == (10, 10, ())
        assert sheet.distribution.quantiles is not None
        assert sheet.distribution.quantiles["median"] == pytest.approx(0.225)
        assert len(Shown(context).pack(STAFF, "quiet").sheets[0].distribution.dots) == 10


def test_a_pack_is_for_staff_who_see_all_its_cities(shown: Shown) -> None:
    some = Viewer("staff", only_cities=frozenset(each.id for each in OPEN))
    for viewer in (PUBLIC, Viewer("city", frozenset({"open-ash"})), some):
        reader = asking(shown, viewer)
        for path in ("/pack/trees/", "/pack/trees.json", "/pack/trees.csv", "/pack/trees.pdf"):
            assert reader.get(path).status_code == 404
        assert "The spring workshop" not in reader.get("/pack/").text
        assert ("pack/" in reader.get("/cities/").text) == (viewer.audience == "staff")
    staff = asking(shown, STAFF)
    assert "The spring workshop" in staff.get("/pack/").text
    assert staff.get("/pack/nothing/").status_code == 404
    assert staff.get("/pack/trees/?for=everyone").status_code == 400
    assert staff.get("/pack/trees.pdf?paper=a5").status_code == 400


def test_a_pack_of_one_city_and_one_sheet_too_many_is_said_in_good_grammar(shown: Shown) -> None:
    """Counts of one in words; and that the staff's pack without its cover is for nobody else."""
    whole = shown.pack(STAFF, "small")
    renderer, here = Renderer("", {}), Here("pack/small/", {}, is_static=True)
    one = replace(whole, n_cities=1, n_measured=1, n_counted=1, n_more=1)
    text = renderer.page("pack.html", here, STAFF, form=one, twins=False)
    for said in ("1 city, of which 1 was measured", "1 city is counted", "; 1 more has none"):
        assert said in text
    assert "Take this sheet off" not in text
    assert "For anyone else, take the pack as cities may have it" in text


# ---------------------------------------------------------------- examples


def test_an_example_is_public_outside_of_the_cohort_and_best_at_its_worse_end(shown: Shown) -> None:
    named = {cohort: shown.pack(STAFF, cohort).sheets for cohort in ("trees", "small")}
    examples = {cohort: sheets[0].example for cohort, sheets in named.items()}
    assert examples["trees"] is not None
    assert examples["small"] is not None
    assert examples["trees"].city.city_id == "open-best"
    assert examples["small"].city.city_id == "model-town", "a city of the cohort is never its example"


def test_who_is_made_private_is_an_example_no_more(tmp_path: Path) -> None:
    cohort = {"id": "two", "title": "Two", "cities": [each.id for each in OPEN[:2]]}
    with world(tmp_path, [*OPEN[:2], MODELS[2]], cohort) as context:
        before = Shown(context).pack(STAFF, "two").sheets[0].example
        assert before is not None
        file = context.settings.cities / "model-town.yml"
        file.write_text(file.read_text().replace("publication: public", "publication: private"))
        assert Shown(context).pack(STAFF, "two").sheets[0].example is None


# ---------------------------------------------------------------- the sheet of a city


def test_a_private_city_has_its_sheet_for_staff_alone(shown: Shown) -> None:
    assert asking(shown, PUBLIC).get("/city/hidden-elm/brief/").status_code == 404
    assert asking(shown, PUBLIC).get("/city/hidden-elm/brief.pdf").status_code == 404
    assert asking(shown, STAFF).get("/city/hidden-elm/brief/").status_code == 200
    with pytest.raises(NotShown):
        shown.brief(PUBLIC, "hidden-elm")
    with pytest.raises(ConfigurationError):
        shown.brief(STAFF, "hidden-elm", "yesterday")


def mended(context: Context, city_id: str, *indicator_ids: str) -> None:
    """Let it be found of the city's day that these numbers have something to mend, as publishing keeps it."""
    folder = f"results/{city_id}/{DAY}/made-up"
    advised = {"socrata": None}
    found = [
        {"indicator_id": each, "n_concerned": 3, "n_known": 9, "datasets": [], "advised": advised, "slower": []}
        for each in indicator_ids
    ]
    told = {"form": 1, "method_version": method_version(), "found": found, "n_more": 0}
    context.lake.commit(folder, {}, {"kind": "results"})
    context.lake.add(folder, mending.FILE, told)
    with context.warehouse() as warehouse, warehouse.engine.begin() as connection:
        run = warehouse._tables["run"]
        attempts = {"results_attempt": folder, "catalog_attempt": folder}
        connection.execute(sa.update(run).where(run.c.city_id == city_id).values(**attempts))


def test_peers_have_no_names_and_are_those_that_everybody_may_see(tmp_path: Path) -> None:
    quiet = [town(f"quiet-{n}", 0.1 + n / 100, publication="private") for n in range(4)]
    with world(tmp_path, [*OPEN, *MODELS, *quiet]) as context:
        mended(context, "open-ash", SHARE, "licence_open_share")
        mended(context, "shared-model", SHARE)
        shown = Shown(context)
        first, second = shown.brief(STAFF, "open-ash").things
        assert shown.brief(PUBLIC, "open-ash").things == (first, second), "the sheet is the same, whoever prints it"
        assert first.peers is not None
        public = [each for each in (*OPEN, *MODELS) if each.publication == "public" and each.id != "open-ash"]
        values = sorted(each.own.value for each in public if each.own and each.own.value is not None)
        assert [dot.value for dot in first.peers.dots if not dot.is_here] == values
        assert [dot.value for dot in first.peers.dots if dot.is_here] == [0.5]
        assert first.example is not None
        assert first.example.city.city_id == "open-best"
        assert second.peers is None, "of a number that the city has not, nothing is compared"
        told = asking(shown, STAFF).get("/city/open-ash/brief.json").json()
        named = json.dumps({**told, "things": [{**each, "example": None} for each in told["things"]]}).lower()
        assert not [
            each.id for each in (*OPEN[1:], *MODELS, *quiet) if each.id in named or each.city.name.lower() in named
        ]
        (own,) = shown.brief(Viewer("city", frozenset({"shared-model"})), "shared-model").things
        assert own.peers is not None
        assert [dot.value for dot in own.peers.dots if dot.is_here] == [0.99]
        page = asking(shown, PUBLIC).get("/city/open-ash/brief/").text
        assert "you are here" in page
        assert not [word for word in NEVER if word in page.lower()]


def test_what_a_sheet_lists_whole_is_no_example_and_reasons_add_up(tmp_path: Path) -> None:
    with world(tmp_path, [*OPEN[:4]]) as context:
        mended(context, "open-ash", SHARE)
        told = Shown(context).brief(STAFF, "open-ash")
        renderer, here = Renderer("", {}), Here("city/open-ash/brief/", {}, is_static=True)

        def words(**changes: Any) -> str:
            changed = replace(told.things[0], **{k: v for k, v in changes.items() if hasattr(told.things[0], k)})
            form = replace(told, things=(changed,), **{k: v for k, v in changes.items() if hasattr(told, k)})
            text = re.sub(r"<[^>]+>", "", renderer.page("brief.html", here, STAFF, form=form, twins=False))
            return " ".join(text.split())

        assert "1 of 1 dataset: “Trees”." in words(n_concerned=1, n_known=1, datasets=("Trees",))
        assert "3 of 9 datasets, such as “Trees”." in words(n_concerned=3, n_known=9, datasets=("Trees",))
        reasons = (("too much is unknown", 8), ("none was found", 6), ("first observation", 5), ("no licence", 1))
        assert "first observation (5); other reasons (1)." in words(unknown=reasons)
        assert "Of 1 number that applies, 0 could be read" in words(n_apply=1, n_readable=0)


def test_of_few_peers_none_is_shown(tmp_path: Path) -> None:
    with world(tmp_path, [*OPEN[:4], *MODELS[:2]]) as context:
        mended(context, "open-ash", SHARE)
        (thing,) = Shown(context).brief(STAFF, "open-ash").things
        assert thing.peers is not None
        assert [dot.value for dot in thing.peers.dots] == [0.5]
        assert thing.peers.none_because
        assert thing.example is None


def test_nothing_known_nothing_measured_and_nothing_to_mend_are_said(tmp_path: Path) -> None:
    unknown = Town("dim-town", own=share(None, 0.0, 1.0), datasets=None)
    clear = Town("clear-town", own=share(1.0, band="nearly all"))
    with world(tmp_path, [unknown, clear]) as context:
        file = (context.settings.cities / "dim-town.yml").read_text()
        (context.settings.cities / "new-town.yml").write_text(file.replace("dim", "new").replace("Dim", "New"))
        reader = asking(Shown(context), STAFF)
        words = {name: reader.get(f"/city/{name}-town/brief/").text for name in ("new", "dim", "clear")}
        assert "never measured" in words["new"]
        assert "How sure we are" not in words["new"]
        assert "no longer kept" in words["dim"], "no lake is behind these days"
        assert "0 could be read" in words["dim"]
        assert "100 %" in words["clear"]
        for name in words:
            assert reader.get(f"/city/{name}-town/brief.csv").text.count("\r\n") == 1
            assert reader.get(f"/city/{name}-town/brief.json").json()["things"] == []


def test_what_asks_the_same_people_for_the_same_reason_is_one_thing(tmp_path: Path) -> None:
    asked = ("licence_open_share", "licence_open_inherited_share", "columns_described_share", "promises_kept_share")
    with world(tmp_path, [*OPEN, *MODELS]) as context:
        mended(context, "open-ash", *asked)
        things = Shown(context).brief(STAFF, "open-ash").things
    assert [each.indicator_id for each in things] == [asked[0], *asked[2:]]

"""An edition of demo cities from draft to frozen, contested once, corrected once, verified from the lake."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import yaml

from civicgauge.pipeline import observing
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import proving
from civicgauge.review import editions as rules
from civicgauge.review.editions import Answer
from tests.conftest import IN_FULL
from tests.editions import world
from tests.editions.world import CITY, DAY, ID, INDICATOR, at
from tests.pipeline.conftest import CITIES, Demo

DATASETS = 1
STORY = CITIES if IN_FULL else (CITY,)
OTHER = "datasets_counted_count"


def verified(context: Context) -> proving.Verified:
    return proving.verified(context, ID, date(2026, 9, 1))


def one_state(context: Context, table: str, **where: Any) -> world.Row:
    (row,) = world.rows(context, table, **where)
    return row


def test_from_draft_to_frozen_contested_once_corrected_once_verified(demo: Demo) -> None:
    context = demo.context
    demo.observe(*STORY)

    draft = world.opened(context, STORY)
    assert (draft["state"], draft["content_digest"]) == ("draft", None)
    measured = world.number(context)
    assert measured["decided_status"] is None
    preview = world.previewed(context)
    # the 3rd of July is a holiday in the cities' calendar, for the 4th is a Saturday
    assert (preview["preview_from"], preview["preview_until"]) == (date(2026, 7, 1), date(2026, 7, 16))
    world.signed(context, world.ADA, 3)
    assert verified(context).findings == []

    dispute = world.contested(context)
    assert (dispute["dispute_id"], dispute["phase"], dispute["state"]) == (f"{ID}-d1", "preview", "open")
    decision = world.in_force(context)
    world.answered(context, dispute["dispute_id"], Answer.UPHELD, decision_id=decision["decision_id"])
    changed = world.number(context)
    assert (changed["value"], changed["status"]) == (measured["value"], measured["status"])
    assert (changed["decided_status"], json.loads(changed["decisions"])) == ("ok", [decision["decision_id"]])
    assert changed["decided_value"] > measured["value"]
    (edition,) = world.rows(context, "edition")
    assert edition["content_digest"] != preview["content_digest"]
    assert rules.counting(edition, world.rows(context, "edition_signature")) == []

    world.signed(context, world.ADA)
    world.signed(context, world.BEN, content=edition["content_digest"][:12])
    done = world.frozen(context)
    assert (done["state"], done["keep_until"]) == ("frozen", date(2030, 7, 18))
    whole = verified(context)
    n_numbers = len(world.rows(context, "edition_value"))
    assert (whole.findings, whole.withdrawn, whole.cities) == ([], [], len(STORY))
    assert whole.numbers == whole.measured_again > n_numbers

    corrected_by_replay(context)
    corrected_by_a_number_that_is_given(context)
    assert verified(context).findings == []
    assert world.number(context) == changed  # an edition's own rows stay
    in_the_audit(context)


def corrected_by_replay(context: Context) -> None:
    """An appeal is upheld, the city's file is mended, the day replayed: the new number stands beside the old."""
    dispute = world.contested(context, at(20), indicator_id=OTHER)
    assert dispute["phase"] == "appeal"
    world.answered(context, dispute["dispute_id"], Answer.UPHELD, at(21))
    assert one_state(context, "dispute", dispute_id=dispute["dispute_id"])["state"] == "upheld"
    file = context.settings.cities / f"{CITY}.yml"
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    told["own"]["harvest_sources"] = []  # undecided whose they are, then
    file.write_text(yaml.safe_dump(told, sort_keys=False), encoding="utf-8")
    (again,) = observing.replay(context, [CITY], DAY, DAY)
    assert again.outcome == "complete"
    made = world.corrected(context, indicator_id=OTHER, dispute_id=dispute["dispute_id"])
    shown = rules.as_shown(world.number(context, OTHER))
    assert {name: made[f"old_{name}"] for name in shown} == shown
    assert made["new_value"] < made["old_value"]
    assert made["evidence_attempt"] not in (None, one_state(context, "edition_city", city_id=CITY)["results_attempt"])


def corrected_by_a_number_that_is_given(context: Context) -> None:
    """A second erratum on the same number has the first one's new number as its old."""
    first = world.corrected(context, at(2, month=8), given=world.given(0.9))
    second = world.corrected(context, at(3, month=8), given=world.given(0.85))
    assert (first["old_value"], first["new_value"]) == (world.number(context)["decided_value"], 0.9)
    assert (second["old_value"], second["new_value"], second["erratum_id"]) == (0.9, 0.85, f"{ID}-e3")


def in_the_audit(context: Context) -> None:
    """Every act is there, the chain holds, and no person's name stands in it."""
    with context.warehouse() as warehouse:
        acts = warehouse.reviews.rows("audit")
        assert warehouse.reviews.broken_link() is None
    told = [row["action"] for row in acts]
    assert told == [
        "edition.opened", "edition.previewed", "edition.signed", "dispute.made", "dispute.decided",
        "edition.signed", "edition.signed", "edition.frozen",
        "dispute.made", "dispute.decided", "configuration.changed", "erratum.made", "erratum.made", "erratum.made",
    ]  # fmt: skip
    assert not any(name.split()[0] in str(tuple(row.values())) for row in acts for name in (world.ADA, world.BEN))
    assert INDICATOR in acts[3]["details"]

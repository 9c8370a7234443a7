"""`civicgauge edition`: what it prints, and its exit codes."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from civicgauge.pipeline.context import Context
from tests.cli.conftest import Ask, ask
from tests.editions import world
from tests.editions.world import CITY, ID

__all__ = ["ask"]
ROLE = ("--by", "programme lead")


def test_the_whole_way_by_commands(observed: Context, ask: Ask) -> None:
    def edition(*words: str, code: int = 0) -> str:
        told = ask(observed.settings.home, "edition", *words)
        assert (told.code, "Traceback" in told.err) == (code, False), told.err
        return told.out + told.err if code else told.out

    assert ask(observed.settings.home, "edition", "list").err.startswith("no edition yet")
    out = edition(*("open", ID, CITY, "--title", "First half of 2026", "--as-of", "2026-06-30", *ROLE),
                  *("--at", "2026-07-01T09:00"))  # fmt: skip
    assert re.search(r"demo-birchport +Birchport +2026-06-30 +complete +45", out)
    out = edition("preview", ID, *ROLE, "--at", "2026-07-01T12:00")
    assert "Each city has ten working days or more: to the end of July 16, 2026." in out
    claim = ("--claim", "our terms are open", "--by", "open data officer", "--indicator", world.INDICATOR)
    assert f"{ID}-d1: {CITY} contests the preview" in edition("dispute", ID, CITY, *claim, "--at", "2026-07-06")
    decide = ("decide", f"{ID}-d1", "upheld", "--by", "data steward", "--reason", "read", "--at", "2026-07-07")
    assert "its numbers are the same. Replay the day" in edition(*decide)
    assert "is upheld already" in edition(*decide, code=2)
    for name in (world.ADA, world.BEN):
        out = edition("sign", ID, "--name", name, "--role", "director", "--at", "2026-07-16T10:00")
        assert out.startswith(f"{name} (director) signed {ID}, content ")
    assert "to the end of 2026-07-16; it is 2026-07-16" in edition(
        "freeze", ID, *ROLE, "--at", "2026-07-17T01:00", code=2
    )
    assert "Until July 17, 2030 cities may appeal" in edition("freeze", ID, *ROLE, "--at", "2026-07-17T12:00")
    fix = ("erratum", ID, CITY, world.INDICATOR, "--reason", "counted twice", "--by", "steward")
    words = ("--second-by", "director", "--value", "0.9", "--low", "0.8", "--high", "0.95", "--at", "2026-08-01")
    assert "--digest: a number that is given needs" in edition(*fix, *words, code=2)
    assert "--low, --high and --digest belong to --value" in edition(*fix, *words[:2], "--low", "0.1", code=2)
    out = edition(*fix, *words, "--digest", "c" * 64)
    assert (
        f"{ID}-e1: {CITY}, Licence open\n  was 85.7 % (81.8 % to 86.4 %); corrected: 90.0 % (80.0 % to 95.0 %)" in out
    )


def test_what_is_shown(frozen: Context, ask: Ask) -> None:
    home = frozen.settings.home
    out = ask(home, "edition", "show", ID).out
    assert re.search(r"2026-h1-d1 +demo-birchport +preview .* upheld +the terms were read", out)
    assert re.search(r"Ada Example .* lapsed: the content changed *\n.*Ada .* counts *\n.*Ben Example .* counts", out)
    assert re.search(r"2026-h1-e1 +demo-birchport +Licence open", out)
    assert "Automated observations of public portals; not an assessment." in out
    assert not re.search(r"\b(certified|meets|fails|non-compliant|ineffective)\b", out, re.IGNORECASE)
    out = ask(home, "edition", "show", ID, CITY).out
    assert re.search(r"Licence open +85.7 % .* 86.4 % +90.0 %", out)
    assert "'x' is no city of" in ask(home, "edition", "show", ID, "x").err
    told = json.loads(ask(home, "edition", "show", ID, CITY, "--json").out)
    assert (told["edition"]["state"], len(told["edition_value"]), len(told["erratum"])) == ("frozen", 45, 1)
    (row,) = json.loads(ask(home, "edition", "list", "--json").out)
    assert (row["signatures"], row["cities"], row["keep_until"]) == (2, 1, "2030-07-18")
    assert re.search(
        r"2026-h1 +First half of 2026 +2026-06-30 +frozen +1 +2026-07-16 +2 +2030", ask(home, "edition", "list").out
    )


def test_verify_says_where_and_exits_with_1(frozen: Context, ask: Ask) -> None:
    home = frozen.settings.home
    told = ask(home, "edition", "verify", ID)
    assert (told.code, "1 cities" not in told.out) == (0, True), told
    assert re.search(r"2026-h1 \(frozen\): 1 city, \d\d files, 47 numbers, 47 .*: all as it was", told.out)
    (city,) = world.rows(frozen, "edition_city")
    path = Path(frozen.settings.lake) / city["results_attempt"] / "parts.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    told = ask(home, "edition", "verify", ID)
    assert told.code == 1
    assert re.search(r"demo-birchport +results/", told.out)
    assert "1 is not as it was" in told.out
    (found,) = json.loads(ask(home, "edition", "verify", ID, "--json").out)["findings"]
    assert (found["city_id"], found["folder"], found["file"], found["told"]) == (
        CITY, city["results_attempt"], "parts.parquet", "is changed",
    )  # fmt: skip


def test_no_act_is_dated_after_today(observed: Context, ask: Ask) -> None:
    """Or the ten working days could be passed over by a word."""
    world.opened(observed)
    for words in (("preview", ID, *ROLE), ("freeze", ID, *ROLE), ("sign", ID, "--name", world.ADA, "--role", "x")):
        told = ask(observed.settings.home, "edition", *words, "--at", "2126-07-17T12:00")
        assert (told.code, told.err.strip()) == (
            2,
            "--at: 2126-07-17 is still to come; an act is dated when it is done",
        )
    today = f"{datetime.now(UTC):%Y-%m-%d}"  # its end, in UTC
    assert ask(observed.settings.home, "edition", "preview", ID, *ROLE, "--at", today).code == 0
    assert ask(observed.settings.home, "edition", "verify", ID, "--at", "2126-07-17").code == 0

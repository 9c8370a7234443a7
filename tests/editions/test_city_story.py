"""A city and an edition: told of its preview by mail, led to it, contesting it by the form, told what became of it."""

from __future__ import annotations

import pytest

from civicgauge.pipeline.context import Context
from civicgauge.review.editions import Answer
from tests.alerts.postoffice import Inbox, smtp
from tests.answers.html import Page
from tests.editions import world
from tests.editions.cityside import CitySide, city_side, link, plain
from tests.editions.world import ADA, BEN, CITY, ID, INDICATOR, at

pytestmark = pytest.mark.slow
CLAIM = "Our terms are <b>open</b>; ask ann@birchport.example"


def _signs(side: CitySide) -> None:
    world.signed(side.context, ADA)
    world.signed(side.context, BEN, role="director")
    world.frozen(side.context)


def test_from_preview_to_erratum_by_mail_and_by_links(observed: Context) -> None:
    with smtp(Inbox()) as inbox, city_side(observed, inbox) as side:
        world.opened(side.context)
        assert side.alerts(at(1, 12)) == []  # a draft is nobody's business
        world.previewed(side.context)
        (preview,) = side.alerts(at(1, 15), rounds=2)
        assert "until the end of July 16, 2026" in plain(preview)
        assert (preview["To"], preview["X-Civicgauge-Kind"]) == ("data-office@birchport.example", "edition")

        # the link leads to the city's own page of the edition, and to nothing else
        led = side.client.get(link(preview, "see"))
        assert (led.status_code, led.headers["location"]) == (303, f"/edition/{ID}/city/{CITY}/")
        assert side.client.get(led.headers["location"]).status_code == 404  # for nobody without the cookie
        cookie = led.headers["set-cookie"].partition(";")[0]
        page = side.client.get(led.headers["location"], headers={"Cookie": cookie})
        assert (page.status_code, "A preview, for the city and our staff alone" in Page(page.text).text) == (200, True)

        # contested by the form, once, and said by the role
        form = link(preview, "e")
        shown = Page(side.client.get(form).text)
        assert "private to your city and our staff" in shown.text
        assert INDICATOR in {found["value"] for found in shown.all("option")}
        typed = {"indicator": INDICATOR, "claim": CLAIM, "evidence": "https://birchport.example/terms"}
        side.now = at(6)
        said = side.client.post(form, data=typed)
        assert (said.status_code, f"Reference: {ID}-d1" in Page(said.text).text) == (200, True)
        assert side.client.post(form, data=typed).status_code == 409
        (dispute,) = world.rows(side.context, "dispute")
        assert (dispute["by"], dispute["phase"]) == ("open_data_lead", "preview")
        assert dispute["evidence_url"] == typed["evidence"]
        assert dispute["claim"] == "Our terms are <b>open</b>; ask (address left out)"
        (act,) = world.rows(side.context, "audit", action="dispute.made")
        assert (act["by"], act["subject"], act["city_id"]) == ("open_data_lead", f"{ID}-d1", CITY)
        assert side.alerts(at(13)) == []  # who has answered is not reminded

        world.answered(side.context, f"{ID}-d1", Answer.UPHELD, at(13, 16))
        (decided,) = side.alerts(at(13, 17))
        assert "Our answer: the terms were read" in plain(decided)
        assert "Your city's numbers were taken into the edition anew." in plain(decided)
        assert "you can appeal for 4 years" in plain(decided)

        # after its end the form is closed, kindly; once the edition is frozen the newest message appeals
        side.now = at(17)
        late = side.client.post(form, data=typed)
        assert (late.status_code, "The preview ended on July 16, 2026" in Page(late.text).text) == (410, True)
        _signs(side)
        (frozen,) = side.alerts(at(20, 15))
        assert "until July 18, 2030" in plain(frozen).replace("Appeals until: ", "until ")
        assert "holds a link that works" in Page(side.client.get(form).text).text
        side.now = at(1, month=8)
        appeal = side.client.post(link(frozen, "e"), data={"claim": "It was counted twice."})
        assert (appeal.status_code, f"{ID}-d2" in Page(appeal.text).text) == (200, True)
        assert [row["phase"] for row in world.rows(side.context, "dispute")] == ["preview", "appeal"]

        side.now = at(3, month=8)
        world.answered(side.context, f"{ID}-d2", Answer.UPHELD, side.now)
        world.corrected(side.context, side.now, given=world.given(0.5, low=0.5, high=0.5), dispute_id=f"{ID}-d2")
        last = side.alerts(at(3, 15, month=8), rounds=2)
        assert sorted(_title(mail) for mail in last) == ["corrected", "decided"]
        corrected = next(plain(mail) for mail in last if "is corrected" in mail["Subject"])
        assert "Now: 50.0 %" in corrected
        assert "Why: one entry was counted twice" in corrected
        assert set(inbox.deliveries().values()) == {1}


def _title(mail: object) -> str:
    return str(mail["Subject"]).rpartition(" is ")[2]  # type: ignore[index]

"""Forms made up by their own types, with any text in every text field, and an app that shows them."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from starlette.testclient import TestClient

from civicgauge.pages import create_app
from civicgauge.pipeline.showing import checks, method, texts
from civicgauge.pipeline.showing.forms import (
    STAFF,
    Asked,
    CitiesPage,
    CityPage,
    DatasetPage,
    DatasetsPage,
    HealthPage,
    IndicatorPage,
    NotShown,
    Range,
    Value,
    Viewer,
)
from civicgauge.pipeline.showing.judged import (
    AuditPage,
    DecisionPage,
    DecisionsPage,
    EditionCityPage,
    EditionPage,
    EditionsPage,
)
from civicgauge.pipeline.showing.packforms import (
    BriefPage,
    Distribution,
    PackPage,
    PacksPage,
    PracticeSheet,
    Thing,
)

DAY, NOW = date(2026, 6, 30), datetime(2026, 6, 30, 22, tzinfo=UTC)
CITY, PORTAL, DATASET, COHORT = "us-mo-springvale", "main", "a/dataset with an odd id", "spring"
INDICATOR, CHECK, STANDARD = "promises_kept_share", "licence_stated", "what-works-cities-2022"
EXPECTATIONS = Path(__file__).parents[2] / "expectations"
Text = Callable[[str], str]
_IDS = {
    "city_id": CITY,
    "portal_id": PORTAL,
    "cohort_id": COHORT,
    "dataset_id": DATASET,
    "indicator_id": INDICATOR,
    "edition_id": "2026-h1",
    **dict.fromkeys(("decision_id", "decisions", "replaces", "replaced_by"), "d-1"),
    "check_id": CHECK,
    "standard": STANDARD,
    "standard_version": "2022",
    "permalink": "https://data.example.org/d/1",
    "url": "https://data.example.org/",
    "source_url": "https://data.example.org/d/1.csv",
    "unit": "share",
    "status": "ok",
    "outcome": "failed",
    "stance": "in_line",
    "attested_stance": "differs",
    "severity": "warning",
}
_WORDS = {
    "run": ("run_id", "outcome", "method_version"),
    "portals": ("id", "kind", "url"),
    "changes": ("kind", "column", "was", "is_now"),
    "pulls": ("day", "outcome", "problem"),
    "holds": ("reason", "city_id"),
    "serves": ("standard", "criterion", "how"),
}


def plain(name: str) -> str:
    """What an honest portal writes; ids that lead to one another."""
    return _IDS.get(name, f"some {name}")


def filled(form: type, text: Text, **given: Any) -> Any:
    """A form of that type, every field filled: texts by `text`, which is told the field's name."""
    hints = get_type_hints(form)
    values = {
        each.name: _value(hints[each.name], each.name, text)
        for each in dataclasses.fields(form)
        if each.name not in given
    }
    return form(**values, **given)


def _value(kind: Any, name: str, text: Text) -> Any:
    if "Mapping[str, " in str(kind) and (told := _told(name, text)) is not None:
        return told
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _value(next(each for each in inner if each is not type(None)), name, text)
    if origin is tuple:
        return tuple(_value(each, name, text) for each in inner if each is not Ellipsis)
    if origin is Literal:
        return inner[0]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key = INDICATOR if name in ("history", "bands") else text(name)
        return {key: _value(inner[1], name, text)}
    if dataclasses.is_dataclass(kind):
        return filled(kind, text)
    return {str: text(name), bool: True, int: 3, float: 0.5, date: DAY, datetime: NOW, Any: text(name)}[kind]


def _told(name: str, text: Text) -> Any:
    """What stands in a field whose type does not say it; None for all others."""
    if name in _WORDS:
        told = {word: None if word == "day" else text(word) for word in _WORDS[name]}
        return told if name == "run" else (told,)
    return _state(text) if name == "state" else _numbers(text) if name == "numbers" else None


def _state(text: Text) -> dict[str, Any]:
    words = ("freshness_reason", "exclusion_reason", "licence_text", "period_source", "input_digest", "run_id")
    ages = {"touched_at": NOW, "data_updated_at": NOW, "newest_event_at": None, "expected_period_days": 7.0}
    return {**{word: text(word) for word in words}, **ages, "cycles_late": 1.5, "columns_count": 3}


def _numbers(text: Text) -> tuple[dict[str, Any], ...]:
    number = {"indicator": text("indicator_id"), "value": 0.5, "low": 0.4, "high": 0.6, "unit": text("unit")}
    document = {"title": text("title"), "url": text("url"), "state": None, "criterion": text("code")}
    return {**number, "stance": text("stance")}, document


class MadeUp:
    """A `Shown` of one city; `text` writes its words."""

    def __init__(self, text: Text = plain) -> None:
        self.text = text
        self.asked: Asked | None = None
        self.as_of: str | None = None

    def _made(self, form: type, city_id: str = CITY, **given: Any) -> Any:
        if city_id != CITY:
            raise NotShown(city_id)
        return filled(form, self.text, **given)

    def _list(self, form: type, asked: Asked, when: str | None, **given: Any) -> Any:
        self.asked, self.as_of = asked, when
        place = Range(120, asked.page, asked.size)
        return self._made(form, range=place, asked=asked, **given)

    def cities(self, _viewer: Viewer, asked: Asked, as_of: str | None) -> Any:
        """As `Shown.cities`."""
        columns = ((INDICATOR, self.text("title")),)
        filters = {"state": ("MO", self.text("state")), "platform": ("ckan", "socrata")}
        return self._list(CitiesPage, asked, as_of, columns=columns, filters=filters, as_of=as_of)

    def city(self, _viewer: Viewer, city_id: str, as_of: str | None) -> Any:
        """As `Shown.city`."""
        self.as_of = as_of
        return self._made(CityPage, city_id)

    def brief(self, _viewer: Viewer, city_id: str, as_of: str | None) -> Any:
        """As `Shown.brief`; with all that can be on it."""
        self.as_of = as_of
        titles = (self.text("datasets"),) * 3
        peers = [self._peers(none) for none in (None, None, self.text("none"))]
        things = tuple(filled(Thing, self.text, peers=each, datasets=titles) for each in peers)
        good, unknown = (filled(Value, self.text),) * 2, ((self.text("unknown"), 3),) * 3
        gains = {good[0].indicator_id: self.text("gain")}
        return self._made(BriefPage, city_id, things=things, good=good, gains=gains, unknown=unknown)

    def pack(self, _viewer: Viewer, cohort_id: str, as_of: str | None, *, for_cities: bool = False) -> Any:
        """As `Shown.pack`."""
        self.as_of = as_of
        if cohort_id != COHORT:
            raise NotShown(cohort_id)
        sheet = filled(PracticeSheet, self.text, distribution=self._peers(None))
        given = {"cover": None, "n_counted": None} if for_cities else {}
        return filled(PackPage, self.text, for_cities=for_cities, sheets=(sheet,), **given)

    def packs(self, _viewer: Viewer) -> Any:
        """As `Shown.packs`."""
        return PacksPage(((COHORT, self.text("title"), 3),))

    def _peers(self, none: str | None) -> Any:
        return filled(Distribution, self.text, none_because=none)

    def datasets(self, _viewer: Viewer, city_id: str, asked: Asked, as_of: str | None) -> Any:
        """As `Shown.datasets`."""
        if city_id != CITY:
            raise NotShown(city_id)
        return self._list(DatasetsPage, asked, as_of, filters={"licence": ("open", self.text("licence"))})

    def dataset(self, _viewer: Viewer, city_id: str, _portal: str, _dataset: str, as_of: str | None) -> Any:
        """As `Shown.dataset`."""
        self.as_of = as_of
        return self._made(DatasetPage, city_id)

    def indicator(self, _viewer: Viewer, indicator_id: str, asked: Asked, as_of: str | None, **_how: str | None) -> Any:
        """As `Shown.indicator`."""
        if indicator_id not in texts.indicators():
            raise NotShown(indicator_id)
        about = texts.about(texts.indicators()[indicator_id])
        return self._list(IndicatorPage, asked, as_of, about=about, as_of=as_of, groups=())

    def editions(self, _viewer: Viewer, asked: Asked) -> Any:
        """As `Shown.editions`."""
        return self._list(EditionsPage, asked, None, filters={"state": ("frozen", self.text("state_word"))})

    def edition(self, _viewer: Viewer, _edition_id: str, asked: Asked) -> Any:
        """As `Shown.edition`."""
        return self._list(EditionPage, asked, None)

    def edition_city(self, _viewer: Viewer, _edition_id: str, city_id: str) -> Any:
        """As `Shown.edition_city`."""
        return self._made(EditionCityPage, city_id)

    def decisions(self, _viewer: Viewer, asked: Asked, as_of: str | None) -> Any:
        """As `Shown.decisions`."""
        filters = {"city": (CITY, self.text("city_id")), "field": ("ownership", self.text("field"))}
        return self._list(DecisionsPage, asked, as_of, filters=filters)

    def decision(self, _viewer: Viewer, _decision_id: str) -> Any:
        """As `Shown.decision`."""
        return self._made(DecisionPage)

    def audit(self, _viewer: Viewer, asked: Asked, as_of: str | None) -> Any:
        """As `Shown.audit`."""
        filters = {"city": (CITY, self.text("city_id")), "action": (self.text("action"),)}
        return self._list(AuditPage, asked, as_of, filters=filters)

    def health(self, _viewer: Viewer, asked: Asked, as_of: str | None = None) -> Any:
        """As `Shown.health`."""
        return self._list(HealthPage, asked, as_of)

    @staticmethod
    def indicators() -> Any:
        """As `Shown.indicators`."""
        return tuple(texts.about(each) for each in texts.indicators().values())

    @staticmethod
    @cache
    def checks() -> Any:
        """As `Shown.checks`."""
        return checks.checks(EXPECTATIONS)

    @staticmethod
    def check(check_id: str) -> Any:
        """As `Shown.check`."""
        return checks.check(EXPECTATIONS, check_id)

    @staticmethod
    @cache
    def method() -> Any:
        """As `Shown.method`."""
        return method.method(EXPECTATIONS)

    @staticmethod
    def standard(name: str) -> Any:
        """As `Shown.standard`."""
        return method.standard(name)

    @staticmethod
    def now() -> datetime:
        """As `Shown.now`."""
        return NOW

    def badge(self, city_id: str, _as_of: str | None = None) -> Any:
        """As `Shown.badge`."""
        from civicgauge.pipeline.showing.badge import BadgeFacts

        return self._made(BadgeFacts, city_id)


def client(shown: Any = None, viewer: Viewer | Callable[..., Viewer] = STAFF, **how: Any) -> TestClient:
    """Asks the app that shows these forms; redirects are not followed."""
    viewer_of = viewer if callable(viewer) else lambda _request: viewer
    app = create_app(shown or MadeUp(), viewer_of, contact="opendata-team@example.org", **how)
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)

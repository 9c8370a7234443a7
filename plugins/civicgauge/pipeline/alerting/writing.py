"""Writing: from what is due to the message that is kept in the outbox, whole, before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Protocol

from civicgauge.alerts.forms import Incident, Notice, State
from civicgauge.alerts.letters import Case, Entry, Letter, Recipient, StillOpen
from civicgauge.alerts.message import render
from civicgauge.alerts.planning import Contact, Due, Item, Told, counts_as_told
from civicgauge.alerts.signing import Links
from civicgauge.model import City, RunRecord
from civicgauge.pipeline.alerting import rules
from civicgauge.pipeline.alerting.source import About, Source
from civicgauge.pipeline.words import NOTICE
from civicgauge.portals import readers
from civicgauge.quality.form import Check
from civicgauge.settings import Settings
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.cityday import SHOWN

WORST = 5
LINKS_LAST_DAYS = 120
_MOST_STILL_OPEN = 25
_MINE = "What Works Cities"


class Known(Protocol):
    """What the writer is told of a city's state; `roles` are those of the recipients that are told now, by their id."""

    @property
    def at(self) -> datetime: ...
    @property
    def first_day(self) -> date: ...
    @property
    def incidents(self) -> Mapping[str, Incident]: ...
    @property
    def told(self) -> Mapping[tuple[str, str], Sequence[Told]]: ...
    @property
    def roles(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Writer:
    """Writes the messages of one city at one time. `run` is that of the newest decided day."""

    source: Source
    warehouse: Warehouse
    settings: Settings
    city: City
    run: RunRecord

    @cached_property
    def titles(self) -> Mapping[tuple[str, str], About]:
        """Every dataset's title and address."""
        return self.source.titles(self.warehouse, self.city.id)

    @cached_property
    def checks(self) -> Mapping[str, Check]:
        """Every check, for its texts."""
        return self.source.checks

    @cached_property
    def links(self) -> Links:
        """Signed links, where an address and a key are set."""
        return Links(self.settings.public_url, self.settings.signing_keys)

    @property
    def host(self) -> str:
        """The host of our addresses in mail."""
        return self.settings.mail_host

    def message_id(self, notification_id: str) -> str:
        """The Message-ID, the same however often the message is tried."""
        return f"<{notification_id}@{self.host}>"

    def content(  # noqa: PLR0913 - one message
        self,
        kind: str,
        recipient: Recipient,
        contact: Contact,
        part: Due,
        known: Known,
        *,
        n_left: int,
        references: Sequence[str],
    ) -> dict[str, Any]:
        """What the outbox keeps: the rendered message and its recipient without an address."""
        letter = self.letter(kind, recipient, contact, part, known, n_left=n_left)
        rendered = render(letter, notice=NOTICE, references=tuple(references), list_id_host=self.host)
        return {"rendered": asdict(rendered), "recipient": {**asdict(recipient), "address": ""}}

    def letter(
        self, kind: str, recipient: Recipient, contact: Contact, part: Due, known: Known, *, n_left: int
    ) -> Letter:
        """Everything that the message says."""
        until = known.at + timedelta(days=LINKS_LAST_DAYS)
        spoken = {item.incident.incident_key for item in part.items}
        still = [
            i
            for i in known.incidents.values()
            if self._is_still_open(i, contact, known) and i.incident_key not in spoken
        ]
        still.sort(key=lambda i: (i.since, i.severity.rank, i.incident_key))
        is_list = kind in ("digest", "critical", "answer")
        return Letter(
            kind=kind,  # type: ignore[arg-type]
            recipient=recipient,
            city_name=self.city.name,
            day=known.first_day if kind == "baseline" else self.run.day,  # which says when we first looked
            asks=self._entries(part.asks, contact, until),
            reminders=self._entries(part.reminders, contact, until),
            ended=self._entries(part.ended, contact, until),
            answers=self._entries(part.answers, contact, until),
            still_open=tuple(map(self._line, still[:_MOST_STILL_OPEN])) if is_list else (),
            n_still_open=len(still) if is_list else 0,
            n_asks_left=n_left,
            n_first_seen=self._first_seen(contact, known) if kind == "digest" else 0,
            baseline_points=tuple(self.source.points(self.city.id, self.run.day)) if kind == "baseline" else (),
            others_told=_others(kind, contact, known),
            links=self.links.for_contact(
                contact.contact_id, self.city.id, until, has_pages=self.city.publication != "private"
            ),
            next_look="tomorrow morning",
            cadence=contact.cadence,
            contact=self.settings.contact.removeprefix("mailto:"),
        )

    def _is_still_open(self, incident: Incident, contact: Contact, known: Known) -> bool:
        """Whether it was told, in this episode; to whoever was there before a recipient, it was told before too."""
        ever = known.told.get((contact.contact_id, incident.incident_key), ())
        was_told = any(t.notice.is_ask and t.episode == incident.episode for t in ever)
        is_older = not incident.is_baseline and incident.told_on is not None and counts_as_told(contact, incident)
        return incident.state.is_live and (was_told or is_older) and not incident.is_private

    def _first_seen(self, contact: Contact, known: Known) -> int:
        """Points of the feedback report that came since the last digest."""
        since = contact.digest_slot or date.max
        found = (i for i in known.incidents.values() if i.is_baseline and i.state.is_live and not i.is_private)
        return sum(
            1 for i in found if i.opened_on is not None and i.opened_on > since and i.opened_on > contact.known_since
        )

    def _line(self, incident: Incident) -> StillOpen:
        about = self._about(incident)
        return StillOpen(
            rule_title=self.checks[incident.rule_id].title if incident.rule_id in self.checks else incident.rule_id,
            dataset_title=about.title,
            permalink=about.permalink,
            severity=incident.severity,
            since=incident.since,
            state=incident.state,
            until=incident.until,
        )

    def _entries(self, items: Sequence[Item], contact: Contact, until: datetime) -> tuple[Entry, ...]:
        grouped: dict[tuple[Notice, str], list[Incident]] = {}
        for incident, notice in items:
            grouped.setdefault((notice, incident.rule_id), []).append(incident)
        return tuple(self._entry(notice, found, contact, until) for (notice, _), found in grouped.items())

    def _entry(self, notice: Notice, incidents: Sequence[Incident], contact: Contact, until: datetime) -> Entry:
        first = incidents[0]
        check = self.checks.get(first.rule_id)
        ordered = sorted(incidents, key=lambda i: (i.severity.rank, i.since, i.incident_key))
        kinds = sorted({self.city.portal(i.portal_id).kind for i in incidents if i.portal_id in self._portal_ids})
        steps = {kind: check.fix[kind] for kind in kinds if check and kind in check.fix}
        return Entry(
            rule_id=first.rule_id,
            rule_version=first.rule_version,
            notice=notice,
            severity=min((i.severity for i in incidents), key=lambda s: s.rank),
            title=check.title if check else first.rule_id,
            question=check.question if check else "",
            why=check.why if check else "",
            criteria=_criteria(check),
            steps=steps or _any_steps(check),
            mended_when=rules.mended_when(check) if check else "the rule is no longer used",
            cases=tuple(self._case(i, notice, contact, until) for i in ordered[:WORST]),
            n_cases=len(incidents),
        )

    @cached_property
    def _portal_ids(self) -> frozenset[str]:
        return frozenset(portal.id for portal in self.city.portals)

    @cached_property
    def _runs(self) -> Mapping[date, RunRecord]:
        """The shown days, as far back as anything is told of."""
        stored = self.source.runs(self.warehouse, self.city.id, self.run.day - timedelta(days=LINKS_LAST_DAYS))
        return {run.day: run for run in stored if run.outcome in SHOWN}

    def _about(self, incident: Incident) -> About:
        return self.titles.get((incident.portal_id, incident.dataset_id)) or About(incident.dataset_id, "")

    def _case(self, incident: Incident, notice: Notice, contact: Contact, until: datetime) -> Case:
        portal = self.city.portal(incident.portal_id) if incident.portal_id in self._portal_ids else None
        about = self._about(incident)
        permalink = about.permalink or (portal.base_url if portal else "")
        path = getattr(readers().get(portal.kind), "evidence_path", "") if portal else ""
        is_over = incident.state is State.RESOLVED
        # a dataset that could not be looked at since is shown by what was seen when it could
        run = self._runs.get((incident.resolved_on if is_over else None) or incident.last_seen_on, self.run)
        return Case(
            incident_key=incident.incident_key,
            notice=notice,
            severity=incident.severity,
            portal_title=portal.host if portal else incident.portal_id,
            portal_kind=portal.kind if portal else "",
            dataset_title=about.title,
            permalink=permalink,
            column=incident.field,
            since=incident.since,
            last_ok_on=incident.last_ok_on,
            observed=incident.observed or "not as expected",
            expected=incident.expected or "as the rule asks",
            checked_at=run.as_of or run.started_at,
            evidence_url=f"{portal.base_url}{path.format(id=incident.dataset_id)}" if portal and path else permalink,
            run_id=run.run_id,
            state=incident.state,
            ended_on=incident.resolved_on if is_over else None,
            ended_reason=incident.resolved_reason if is_over else None,
            opened_on=incident.opened_on,
            links=self.links.for_case(contact.contact_id, self.city.id, incident.incident_key, incident.episode, until),
        )


def _others(kind: str, contact: Contact, known: Known) -> tuple[str, ...]:
    """The roles of the others who are sent this kind of message: of personal data, other privacy contacts alone."""
    roles = {role for contact_id, role in known.roles.items() if contact_id != contact.contact_id}
    is_for_others = roles & {"privacy"} if kind == "privacy" else roles - {"privacy", "escalation"}
    return tuple(sorted(is_for_others))


def _criteria(check: Check | None) -> tuple[str, ...]:
    """What the evidence bears on; criteria of the programme first."""
    found = [f"{each.standard}: {each.criterion}" for each in (check.serves if check else ())]
    return tuple(sorted(found, key=lambda text: not text.startswith(_MINE)))


def _any_steps(check: Check | None) -> Mapping[str, tuple[str, ...]]:
    """Where no platform is known, all of them."""
    return dict(check.fix) if check else {}

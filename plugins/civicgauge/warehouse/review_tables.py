"""The warehouse's tables of what people judge: editions, decisions, attestations, effects of programmes, and the audit.

They stand beside what was measured, and change none of it. `by` is a role; only signatures hold names of people, and
those are in staff's exports alone. A day of measurement is `measured_on` here: what an edition holds stays, whatever
becomes of the day's run.
"""

from __future__ import annotations

from civicgauge.warehouse.kinds import DAY, KEY_TEXT, NUMBER, TEXT, TIME, WHOLE, key, may, must, table

EDITION = table(
    "edition",
    "One row per edition: numbers of many cities that people looked through, signed and froze.",
    key("edition_id", KEY_TEXT, "its id, such as 2026-h2"),
    must("title", TEXT, "its title"),
    must("as_of", DAY, "of each city the newest shown day up to this one is taken"),
    must("state", TEXT, "draft, preview, frozen or abandoned"),
    must("opened_at", TIME, "when it was opened"),
    must("opened_by", TEXT, "the role of who opened it"),
    may("preview_from", DAY, "the first day on which cities could look"),
    may("preview_until", DAY, "the last of the ten working days"),
    may("frozen_at", TIME, "when it was frozen"),
    may("frozen_by", TEXT, "the role of who froze it"),
    may("content_digest", TEXT, "digest of all its cities and values: what is signed; null in a draft"),
    may("keep_until", DAY, "so long its evidence stays: the end of the time for appeals"),
    must("method_version", TEXT, "version of the method that took it"),
)

EDITION_CITY = table(
    "edition_city",
    "One row per city of an edition: which day, run and files its numbers are from.",
    key("edition_id", KEY_TEXT, "the edition"),
    key("city_id", KEY_TEXT, "the city"),
    must("name", TEXT, "the city's name then"),
    must("publication", TEXT, "private, shared_with_city or public, as it stood then"),
    may("measured_on", DAY, "the local day of the city that was taken; null: it had none"),
    may("as_of", TIME, "the instant that the numbers speak of"),
    may("run_id", TEXT, "the run"),
    may("outcome", TEXT, "complete or partial"),
    may("catalog_attempt", TEXT, "the folder of the landed catalogue in the lake"),
    may("results_attempt", TEXT, "the folder of the values in the lake"),
    may("decided_attempt", TEXT, "the folder of the values as decided; null where no decision touches the city"),
    may("evidence_digest", TEXT, "digest of the digests of every file behind the numbers"),
    may("problem", TEXT, "why the city has no numbers in it"),
)

EDITION_VALUE = table(
    "edition_value",
    "One row per number of an edition, copied: as measured, and as decided where decisions change it.",
    key("edition_id", KEY_TEXT, "the edition"),
    key("city_id", KEY_TEXT, "the city"),
    key("indicator_id", KEY_TEXT, "the indicator's id"),
    key("indicator_version", WHOLE, "the indicator's version"),
    must("measured_on", DAY, "the local day of the city"),
    must("as_of", TIME, "the instant that the value speaks of"),
    may("value", NUMBER, "the number as measured; null where the status is not ok"),
    must("unit", TEXT, "the unit of the value and its bounds"),
    must("status", TEXT, "ok, insufficient, not_measured, not_applicable or error"),
    may("numerator", NUMBER, "numerator of a share"),
    may("denominator", NUMBER, "all that applies, unknown included"),
    must("n_unknown", WHOLE, "how many of those that apply could not be judged"),
    may("value_low", NUMBER, "lowest value over every completion of the unknowns; null: unbounded"),
    may("value_high", NUMBER, "highest value over every completion of the unknowns; null: unbounded"),
    must("direction", TEXT, "higher_is_better, lower_is_better or neutral"),
    must("input_digest", TEXT, "digest of what the value was computed from"),
    may("reason", TEXT, "why there is no value"),
    may("band", TEXT, "the value in words"),
    may("evidence", TEXT, "the datasets that decide it"),
    must("run_id", TEXT, "the run that measured it"),
    may("decided_value", NUMBER, "the number as decided"),
    may("decided_status", TEXT, "the status as decided; null: no decision changes the number"),
    may("decided_n_unknown", WHOLE, "the unknowns as decided"),
    may("decided_low", NUMBER, "the low bound as decided"),
    may("decided_high", NUMBER, "the high bound as decided"),
    may("decisions", TEXT, "the ids of the decisions behind it: a JSON list"),
    must("row_digest", TEXT, "digest of the row's own words and numbers"),
)

EDITION_SIGNATURE = table(
    "edition_signature",
    "One row per signature under an edition, by a named person; for staff alone.",
    key("edition_id", KEY_TEXT, "the edition"),
    key("number", WHOLE, "1, 2, 3 within the edition"),
    must("name", TEXT, "the person's name"),
    must("role", TEXT, "the person's role"),
    must("signed_at", TIME, "when"),
    must("content_digest", TEXT, "what was signed; of other content than the edition's it no longer counts"),
)

DISPUTE = table(
    "dispute",
    "One row per time that a city contested an edition: in its preview, or by an appeal after it.",
    key("dispute_id", KEY_TEXT, "its id"),
    must("edition_id", KEY_TEXT, "the edition"),
    must("city_id", KEY_TEXT, "the city"),
    must("portal_id", KEY_TEXT, "the portal; '' where none is meant"),
    must("dataset_id", KEY_TEXT, "the entry; '' where none is meant"),
    may("indicator_id", TEXT, "the number that is contested"),
    must("phase", TEXT, "preview or appeal"),
    must("claim", TEXT, "what the city says"),
    may("evidence_url", TEXT, "where the city's evidence lies"),
    may("evidence_digest", TEXT, "digest of the evidence as it was read"),
    must("made_at", TIME, "when"),
    must("by", TEXT, "the role of who contests"),
    must("state", TEXT, "open, upheld, rejected or withdrawn"),
    may("decided_at", TIME, "when it was decided"),
    may("decided_by", TEXT, "the role of who decided"),
    may("answer", TEXT, "why it was decided so"),
    may("decision_id", TEXT, "the decision that it led to, or reopened"),
)

ERRATUM = table(
    "erratum",
    "One row per number of a frozen edition that was corrected afterwards; the edition's own row stays.",
    key("erratum_id", KEY_TEXT, "its id"),
    must("edition_id", KEY_TEXT, "the edition"),
    must("city_id", KEY_TEXT, "the city"),
    must("indicator_id", KEY_TEXT, "the indicator"),
    must("indicator_version", WHOLE, "its version"),
    may("old_value", NUMBER, "the number as it stood, with earlier errata"),
    must("old_status", TEXT, "its status"),
    may("old_low", NUMBER, "its low bound"),
    may("old_high", NUMBER, "its high bound"),
    may("new_value", NUMBER, "the number as corrected"),
    must("new_status", TEXT, "its status"),
    may("new_low", NUMBER, "its low bound"),
    may("new_high", NUMBER, "its high bound"),
    must("reason", TEXT, "why"),
    may("evidence_attempt", TEXT, "the folder in the lake that the new number is from"),
    may("evidence_digest", TEXT, "digest of the evidence"),
    may("dispute_id", TEXT, "the appeal that led to it"),
    must("made_at", TIME, "when"),
    must("by", TEXT, "the role of who corrected"),
    must("second_by", TEXT, "the role of the second person"),
)

DECISION = table(
    "decision",
    "One row per decision by staff on what no rule can know; beside what was measured, never in it.",
    key("decision_id", KEY_TEXT, "its id"),
    must("city_id", KEY_TEXT, "the city"),
    must("portal_id", KEY_TEXT, "the portal; '' where the whole city is meant"),
    must("dataset_id", KEY_TEXT, "the entry; '' where none is meant"),
    must("field", KEY_TEXT, "ownership, licence_id, series_edition, event_column or promise_accepted"),
    may("measured", TEXT, "what was measured when it was decided"),
    must("decided", TEXT, "what was decided"),
    must("reason", TEXT, "why"),
    may("evidence_url", TEXT, "where the evidence lies"),
    must("evidence_digest", TEXT, "digest of the evidence as it was read"),
    must("by", TEXT, "the role of who decided"),
    may("second_by", TEXT, "the role of the second person; null: it waits for one"),
    must("valid_from", DAY, "the first day on which it holds"),
    may("valid_until", DAY, "the last; null: until it is ended"),
    must("state", TEXT, "proposed, in_force, refused, reopened or ended"),
    must("made_at", TIME, "when it was proposed"),
    may("seconded_at", TIME, "when the second person agreed or refused"),
    may("replaces", TEXT, "the decision that it takes the place of"),
)

DECIDED_VALUE = table(
    "decided_value",
    "One row per number that decisions change, beside the measured one of that day.",
    key("day", DAY, "local date of the city"),
    key("city_id", KEY_TEXT, "the city"),
    key("indicator_id", KEY_TEXT, "the indicator's id"),
    key("indicator_version", WHOLE, "the indicator's version"),
    may("value", NUMBER, "the number as decided; null where the status is not ok"),
    must("unit", TEXT, "the unit of the value and its bounds"),
    must("status", TEXT, "ok, insufficient, not_measured, not_applicable or error"),
    may("numerator", NUMBER, "numerator of a share"),
    may("denominator", NUMBER, "all that applies, unknown included"),
    must("n_unknown", WHOLE, "how many of those that apply could not be judged"),
    may("value_low", NUMBER, "lowest value over every completion of the unknowns; null: unbounded"),
    may("value_high", NUMBER, "highest value over every completion of the unknowns; null: unbounded"),
    must("direction", TEXT, "higher_is_better, lower_is_better or neutral"),
    may("reason", TEXT, "why there is no value"),
    may("band", TEXT, "the value in words"),
    must("decisions", TEXT, "the ids of the decisions that held on the day: a JSON list"),
    must("run_id", TEXT, "the run that wrote the row"),
)

ATTESTATION = table(
    "attestation",
    "One row per thing that people attest of a criterion; a second person approves it.",
    key("attestation_id", KEY_TEXT, "its id"),
    must("city_id", KEY_TEXT, "the city"),
    must("standard", KEY_TEXT, "the standard's id: the name of its file"),
    must("criterion", KEY_TEXT, "the criterion's code"),
    must("stance", TEXT, "in_line or differs"),
    may("statement", TEXT, "what is attested, in words"),
    must("by", TEXT, "the role of who attests"),
    must("said_on", DAY, "the day on which it was said"),
    must("valid_until", DAY, "the last day on which it holds"),
    may("evidence_url", TEXT, "where the proof lies"),
    may("evidence_digest", TEXT, "digest of the proof as it was read"),
    may("evidence_bytes", WHOLE, "length of the proof; null where only its digest was given"),
    must("source", TEXT, "file, command or form"),
    must("state", TEXT, "proposed, approved, refused or withdrawn"),
    must("made_at", TIME, "when it was entered"),
    may("second_by", TEXT, "the role of the second person"),
    may("seconded_at", TIME, "when the second person approved or refused"),
    may("answer", TEXT, "why it was refused or withdrawn"),
)

EFFECT_PLAN = table(
    "effect_plan",
    "One row per registered question on a programme's effect: written down before its later data are read.",
    key("plan_id", KEY_TEXT, "its id"),
    must("city_id", KEY_TEXT, "the city"),
    must("programme", TEXT, "the programme"),
    must("outcome", TEXT, "what is looked at, in words"),
    must("source", TEXT, "where the series is from: a JSON object"),
    must("unit", TEXT, "the unit of the outcome"),
    must("frequency", TEXT, "day, week, month, quarter or year"),
    must("first_on", DAY, "the first day of the window"),
    must("starts_on", DAY, "the day on which the programme began"),
    must("last_on", DAY, "the last day of the window"),
    must("direction", TEXT, "higher_is_better or lower_is_better"),
    must("band_low", NUMBER, "below this a difference is of practical size"),
    must("band_high", NUMBER, "above this too"),
    must("comparison", TEXT, "the comparison series: a JSON list"),
    must("spec", TEXT, "the plan as registered: a JSON object"),
    must("digest", TEXT, "digest of the plan as registered"),
    must("registered_at", TIME, "when"),
    must("registered_by", TEXT, "the role of who registered it"),
    must("series_tried", WHOLE, "series of the programme tried up to then, this one too"),
)

EFFECT_LOOK = table(
    "effect_look",
    "One row per series of a programme that somebody looked at: they are counted.",
    key("look_id", KEY_TEXT, "its id"),
    must("city_id", KEY_TEXT, "the city"),
    must("programme", TEXT, "the programme"),
    must("series_digest", TEXT, "digest of which series it was"),
    must("looked_at", TIME, "when"),
    must("by", TEXT, "the role of who looked"),
)

EFFECT_RESULT = table(
    "effect_result",
    "One row per time that a registered question was answered.",
    key("plan_id", KEY_TEXT, "the plan"),
    key("number", WHOLE, "1, 2, 3 within the plan"),
    must("city_id", KEY_TEXT, "the city"),
    must("verdict", TEXT, "one of the four verdicts, in words"),
    must("reason", TEXT, "why, in words"),
    may("estimate", NUMBER, "the mean difference from the counterfactual over the window after the start"),
    may("estimate_low", NUMBER, "the low end of its 95 % interval"),
    may("estimate_high", NUMBER, "the high end"),
    must("n_before", WHOLE, "points before the start"),
    must("n_after", WHOLE, "points from the start on"),
    must("details", TEXT, "level, slope, autocorrelation, placebo dates, the controlled variant: a JSON object"),
    must("series_digest", TEXT, "digest of the series that was read"),
    must("series_tried", WHOLE, "series of the programme that were tried up to then"),
    must("answered_at", TIME, "when"),
    must("by", TEXT, "the role of who asked"),
    must("method_version", TEXT, "version of the method"),
)

AUDIT = table(
    "audit",
    "One row per act of a person, and per change of a city file that moved a number. Only ever added to.",
    key("number", WHOLE, "1, 2, 3 in the order in which they happened"),
    must("at", TIME, "when"),
    must("by", TEXT, "the role of who did it; civicgauge where nobody did"),
    must("action", TEXT, "what was done: decision.proposed, edition.signed, hold.released, ..."),
    must("city_id", KEY_TEXT, "the city; '' where none is meant"),
    must("subject", TEXT, "on what: an id"),
    may("reason", TEXT, "why; null where it was withdrawn"),
    may("details", TEXT, "what else is known: a JSON object; null where it was withdrawn"),
    must("words_digest", TEXT, "digest of reason and details as they were written"),
    must("previous_digest", TEXT, "the digest of the row before; '' for the first"),
    must("digest", TEXT, "digest of this row and of the one before it"),
)

_MADE = (
    EDITION,
    EDITION_CITY,
    EDITION_VALUE,
    EDITION_SIGNATURE,
    DISPUTE,
    ERRATUM,
    DECISION,
    DECIDED_VALUE,
    ATTESTATION,
    EFFECT_PLAN,
    EFFECT_LOOK,
    EFFECT_RESULT,
    AUDIT,
)
MADE_TOGETHER = tuple(each.name for each in _MADE)
"""All of them; all are exported, some to staff alone."""

OF_STAFF = ("edition_signature", "dispute", "effect_plan", "effect_look", "effect_result", "audit")
"""Those that are in staff's exports alone."""

WITHHELD = ("edition_signature",)
"""Tables that no reading role sees: names of people."""

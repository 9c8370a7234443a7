"""Peer groups: population tier, platforms, size of catalogue; and how a group is widened, one step after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from civicgauge.comparison._facts import NOT_STATED, SIZES, TIERS, CityFacts, Step

ANY_SIZE, TIERS_BESIDE, ANY_TIER, ANY_PLATFORM = (
    "any size of catalogue",
    "the population tiers beside its own",
    "any population",
    "any platform",
)


@dataclass(frozen=True, slots=True)
class Group:
    """Which cities stand beside a city. None in `tiers`, `platforms`, `sizes` and `members` means any.

    `widened` says in words what was given up to find enough peers, in the order in which it was.
    """

    id: str
    title: str
    widened: tuple[str, ...] = ()
    tiers: frozenset[str] | None = None
    platforms: frozenset[str] | None = None
    sizes: frozenset[str] | None = None
    members: frozenset[str] | None = None

    def holds(self, city: CityFacts) -> bool:
        """Whether the city is in the group."""
        return (
            (self.tiers is None or city.tier in self.tiers)
            and (self.platforms is None or city.platform in self.platforms)
            and (self.sizes is None or city.size in self.sizes)
            and (self.members is None or city.city_id in self.members)
        )

    def on_platform(self, platform: str) -> Group:
        """The part of the group with the same platforms; for what other platforms hide."""
        return replace(self, platforms=frozenset({platform}))


def ladder(city: CityFacts) -> tuple[Group, ...]:
    """The groups that a city is compared with, narrowest first; the first with enough peers is taken.

    Given up in turn: size, own tier (the tiers beside it are let in), tier, platform. Platforms differ in what they
    show, so they are mixed last.
    """
    own, beside, platform = frozenset({city.tier}), _beside(city.tier), frozenset({city.platform})
    size = frozenset({city.size})
    steps = [
        _group(own, platform, size, ()),
        _group(own, platform, None, (ANY_SIZE,)),
        _group(beside, platform, None, (ANY_SIZE, TIERS_BESIDE)),
        _group(None, platform, None, (ANY_SIZE, ANY_TIER)),
        _group(None, None, None, (ANY_SIZE, ANY_TIER, ANY_PLATFORM)),
    ]
    return tuple(step for step in steps if not (step.tiers == own and TIERS_BESIDE in step.widened))


def cohort_group(cohort_id: str, title: str, members: Iterable[str]) -> Group:
    """The group that staff put together; it is never widened."""
    return Group(f"cohort.{cohort_id}", title, members=frozenset(members))


def _beside(tier: str) -> frozenset[str]:
    ids = [step.id for step in TIERS]
    if tier not in ids:
        return frozenset({tier})
    place = ids.index(tier)
    return frozenset(ids[max(place - 1, 0) : place + 2])


def _group(
    tiers: frozenset[str] | None,
    platforms: frozenset[str] | None,
    sizes: frozenset[str] | None,
    widened: tuple[str, ...],
) -> Group:
    words = (
        _words(TIERS, tiers, "any population", "population not stated"),
        "any platform" if platforms is None else " or ".join(_platform(each) for each in sorted(platforms)),
        _words(SIZES, sizes, "any size of catalogue", "size of catalogue not known"),
    )
    parts = (_id(TIERS, tiers), "any" if platforms is None else "+".join(sorted(platforms)), _id(SIZES, sizes))
    return Group("/".join(parts), "; ".join(words), widened, tiers, platforms, sizes)


def _platform(platform: str) -> str:
    return "platform not known" if platform == NOT_STATED else platform.replace("+", " and ")


def _chosen(steps: tuple[Step, ...], ids: frozenset[str]) -> list[Step]:
    return [step for step in steps if step.id in ids]


def _words(steps: tuple[Step, ...], ids: frozenset[str] | None, of_any: str, unknown: str) -> str:
    return of_any if ids is None else " or ".join(step.words for step in _chosen(steps, ids)) or unknown


def _id(steps: tuple[Step, ...], ids: frozenset[str] | None) -> str:
    return "any" if ids is None else "_".join(step.id for step in _chosen(steps, ids)) or NOT_STATED

"""Counts over a bundle: what is there, how it is spread, where it is thin. Changes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from trainer.content.bundle import Bundle
from trainer.content.checks.coverage import WANTED_VARIANTS, families, placed, variants
from trainer.content.lint.banks import has_a_place, key_position
from trainer.content.lint.options import key_is_longest
from trainer.content.lint.said import people_in
from trainer.core.items import Item
from trainer.core.outline.exams import Domain, ExamProfile, Subdomain
from trainer.core.outline.health import Health, health, ratio

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class PartCount:
    """A part of an exam: what a full form needs, and what there is to fill it (design D1)."""

    code: str
    name: str
    quota: int
    families: int
    ratio: float | None
    health: Health
    share_pct: float
    """Of the items placed in this exam; the plan is the quota's share (rule K05)."""
    plan_pct: float
    items: int
    types: Counts
    difficulty: Counts
    bloom: Counts
    subdomains: tuple["PartCount", ...] = ()


@dataclass(frozen=True, slots=True)
class Variety:
    """How different the situations are (rule K08)."""

    mean_words: float
    ages: int
    names: int


@dataclass(frozen=True, slots=True)
class Stats:
    """All counts. `few_variants` names the concepts at recognition risk, `unchecked` the written
    items without a second reading (rule Q01)."""

    items: int
    concepts: int
    scenarios: int
    origins: Counts
    pools: Counts
    types: Counts
    banks: Counts
    areas: Counts
    exams: Mapping[str, tuple[PartCount, ...]]
    difficulty: Counts
    bloom: Counts
    key_positions: Counts
    key_longest: int
    variety: Variety
    few_variants: Counts
    unchecked: tuple[str, ...]
    accepted: Counts

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def content_stats(bundle: Bundle) -> Stats:
    """Count a bundle."""
    items = list(bundle.items.values())
    asked = variants(items)
    fixed = [item for item in items if has_a_place(item)]
    return Stats(
        items=len(items),
        concepts=len(bundle.concepts),
        scenarios=len(bundle.scenarios),
        origins=_counts(origin(item) for item in items),
        pools=_counts(item.pool for item in items),
        types=_counts(item.type for item in items),
        banks=_counts(item.bank for item in items),
        areas=_counts(area for item in items if (area := _area(bundle, item))),
        exams={code: _domains(bundle, items, exam) for code, exam in bundle.exams.items()},
        difficulty=_counts(str(item.difficulty) for item in items),
        bloom=_counts(item.bloom for item in items),
        key_positions=_counts(str(key_position(item) + 1) for item in fixed),
        key_longest=sum(map(key_is_longest, fixed)),
        variety=_variety(items),
        few_variants={
            code: asked[code] for code in sorted(bundle.concepts) if asked[code] < WANTED_VARIANTS
        },
        unchecked=unchecked(items),
        accepted=_counts(problem.rule for problem in bundle.accepted),
    )


def origin(item: Item) -> str:
    """Where an item comes from; templates are written too, but stand for many questions."""
    return "template" if item.parameters else item.origin


def unchecked(items: Iterable[Item]) -> tuple[str, ...]:
    """Codes of written items without a recorded second reading (rule Q01)."""
    return tuple(item.code for item in items if item.origin == "written" and not item.checked)


def _domains(bundle: Bundle, items: Sequence[Item], exam: ExamProfile) -> tuple[PartCount, ...]:
    there = placed(items, bundle.concepts, bundle.areas, exam)
    domains = {domain.code: there[domain.code] for domain in exam.domains}
    everything = sum(map(len, domains.values()))
    questions = sum(domain.items for domain in exam.domains)

    def count(part: Domain | Subdomain, subdomains: tuple[PartCount, ...] = ()) -> PartCount:
        found = there[part.code]
        have = families(found)
        return PartCount(
            code=part.code,
            name=part.name,
            quota=part.items,
            families=have,
            ratio=ratio(have, part.items),
            health=health(have, part.items),
            share_pct=_percent(len(found), everything),
            plan_pct=_percent(part.items, questions),
            items=len(found),
            types=_counts(item.type for item in found),
            difficulty=_counts(str(item.difficulty) for item in found),
            bloom=_counts(item.bloom for item in found),
            subdomains=subdomains,
        )

    return tuple(
        count(domain, tuple(count(part) for part in domain.subdomains)) for domain in exam.domains
    )


def _variety(items: Iterable[Item]) -> Variety:
    stems = [item.stem for item in items if item.stem and item.origin == "written"]
    names: set[str] = set()
    ages: set[str] = set()
    for stem in stems:
        found_names, found_ages = people_in(stem)
        names |= found_names
        ages |= found_ages
    words = fmean(len(stem.split()) for stem in stems) if stems else 0.0
    return Variety(round(words, 1), len(ages), len(names))


def _area(bundle: Bundle, item: Item) -> str | None:
    concept = bundle.concepts.get(item.concept)
    return concept.area if concept else None


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _counts(values: Iterable[str]) -> Counts:
    return dict(sorted(Counter(values).items()))

"""Counts over a bundle: what is there, how it is spread, where it is thin. Judges nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from trainer.content.bundle import Bundle
from trainer.content.lint.banks import key_position
from trainer.content.lint.options import key_is_longest
from trainer.core.items import Item
from trainer.core.outline.exams import ExamProfile

WANTED_VARIANTS = 3
"""Below this a concept is listed as a recognition risk (design A1)."""

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class DomainCount:
    """A domain of an exam: the items a full form needs and those that can be drawn."""

    code: str
    name: str
    needed: int
    items: int
    concepts: int


@dataclass(frozen=True, slots=True)
class Stats:
    """All counts; `few_variants` names the concepts that need more items."""

    items: int
    concepts: int
    scenarios: int
    banks: Counts
    areas: Counts
    exams: Mapping[str, tuple[DomainCount, ...]]
    difficulty: Counts
    bloom: Counts
    key_positions: Counts
    key_longest: int
    few_variants: Counts

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def content_stats(bundle: Bundle) -> Stats:
    """Count a bundle."""
    items = list(bundle.items.values())
    variants = Counter(item.concept for item in items)
    return Stats(
        items=len(items),
        concepts=len(bundle.concepts),
        scenarios=len(bundle.scenarios),
        banks=_counts(item.bank for item in items),
        areas=_counts(area for item in items if (area := _area(bundle, item))),
        exams={code: _domains(bundle, exam) for code, exam in bundle.exams.items()},
        difficulty=_counts(str(item.difficulty) for item in items),
        bloom=_counts(item.bloom for item in items),
        key_positions=_counts(str(key_position(item) + 1) for item in items),
        key_longest=sum(map(key_is_longest, items)),
        few_variants={
            code: variants[code]
            for code in sorted(bundle.concepts)
            if variants[code] < WANTED_VARIANTS
        },
    )


def domains_of(bundle: Bundle, exam: ExamProfile, concept: str) -> list[str]:
    """Domains of the exam that a concept belongs to, through its area; most have one."""
    found = bundle.concepts.get(concept)
    area = bundle.areas.get(found.area) if found else None
    if area is None:
        return []
    domains = (exam.domain_of(node) for node in area.nodes(exam.code))
    return list(dict.fromkeys(domain for domain in domains if domain))


def _domains(bundle: Bundle, exam: ExamProfile) -> tuple[DomainCount, ...]:
    concepts = Counter(
        domain for code in bundle.concepts for domain in domains_of(bundle, exam, code)
    )
    items = Counter(
        domain
        for item in bundle.items.values()
        for domain in domains_of(bundle, exam, item.concept)
    )
    return tuple(
        DomainCount(d.code, d.name, d.items, items[d.code], concepts[d.code]) for d in exam.domains
    )


def _area(bundle: Bundle, item: Item) -> str | None:
    concept = bundle.concepts.get(item.concept)
    return concept.area if concept else None


def _counts(values: Iterable[str]) -> Counts:
    return dict(sorted(Counter(values).items()))

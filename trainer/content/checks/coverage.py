"""Which concepts stand where in the outlines, and whether they fill a form (K02, K05).

A question reaches an outline through its concept and the concept's area. A concept whose area
stands in two domains counts in both: a form may take it for either.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from trainer.content.lint.banks import MIN_ITEMS, longest_share
from trainer.content.located import Found
from trainer.content.problems import Problem
from trainer.core.items import Item
from trainer.core.outline.concepts import Area, Concept
from trainer.core.outline.exams import ExamProfile
from trainer.core.outline.health import health

_LONGEST_IN_DOMAIN = 35
WANTED_VARIANTS = 3
"""Below this a student may know the question again instead of the answer (design A1)."""
EXAM_POOLS = ("exam", "both")


def placed(
    items: Iterable[Item],
    concepts: Mapping[str, Concept],
    areas: Mapping[str, Area],
    exam: ExamProfile,
) -> dict[str, list[Item]]:
    """The items of every domain and subdomain of an exam, by its code."""
    parts = {code: parts_of(exam, concept.area, areas) for code, concept in concepts.items()}
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for part in parts.get(item.concept, ()):
            found[part].append(item)
    return found


def parts_of(exam: ExamProfile, area: str, areas: Mapping[str, Area]) -> list[str]:
    """Codes of the domains and subdomains that an area stands in; themes carry no weight."""
    if area not in areas:
        return []
    found: dict[str, None] = {}
    subdomains = [part.code for part in exam.subdomains()]
    for node in areas[area].nodes(exam.code):
        domain = exam.domain_of(node)
        if domain:
            found[domain] = None
        found |= {code: None for code in subdomains if node == code or node.startswith(f"{code}.")}
    return list(found)


def families(items: Iterable[Item]) -> int:
    """Concepts that an exam can ask about with these items (design D1)."""
    return len({item.concept for item in items if item.pool in EXAM_POOLS})


def variants(items: Iterable[Item]) -> Counter[str]:
    """Questions by concept; a template is another question with every draw."""
    found: Counter[str] = Counter()
    for item in items:
        found[item.concept] += 1 if item.parameters is None else WANTED_VARIANTS
    return found


def check_coverage(found: Found) -> Iterator[Problem]:
    """K05: every domain can be filled 1.5 times; K02: no domain in which length shows the key."""
    items = [row.value for row in found.items]
    written = [item for item in items if item.origin == "written"]
    if len(items) < MIN_ITEMS:
        return
    concepts = {row.value.code: row.value for row in found.concepts}
    areas = {row.value.code: row.value for row in found.areas}
    for row in found.exams:
        there = placed(items, concepts, areas, row.value)
        by_hand = placed(written, concepts, areas, row.value)
        for index, domain in enumerate(row.value.domains):
            path = ("domains", index)
            have = families(there[domain.code])
            if health(have, domain.items) == "red":
                message = (
                    f"{domain.code} needs {domain.items} questions; {have} concepts are not "
                    "1.5 times as many."
                )
                yield row.problem("K05", message, warn=True, at=path)
            share = longest_share(by_hand[domain.code])
            if share > _LONGEST_IN_DOMAIN:
                message = (
                    f"{domain.code}: the key is the longest option in {share:.0f} % of items; "
                    f"at most {_LONGEST_IN_DOMAIN} %."
                )
                yield row.problem("K02", message, warn=True, at=path)

"""Checks of what one entry refers to in another (X01 to X08, X11, X12)."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from trainer.content.checks.coverage import variants
from trainer.content.located import Found, Located
from trainer.content.problems import Problem

MIN_VARIANTS = 2
"""With one variant a student may know the question again instead of the answer (design A1)."""


def check_references(found: Found) -> Iterator[Problem]:
    """Codes are unique and lead to something that exists."""
    yield from _unique_codes(found)
    yield from _items_to_concepts(found)
    yield from _concept_references(found)
    yield from _prerequisite_loops(found)
    yield from _variants(found)
    yield from _scenarios(found)


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


def _unique_codes(found: Found) -> Iterator[Problem]:
    yield from _unique(found.items)
    yield from _unique(found.concepts)
    yield from _unique(found.areas)
    yield from _unique(found.exams)
    yield from _unique(found.competencies)
    first: dict[str, str] = {}
    for file, scenario in found.scenarios:
        if scenario.id in first:
            message = f'The scenario "{scenario.id}" is already in {first[scenario.id]}.'
            yield Problem(file, 1, "X01", message)
        first.setdefault(scenario.id, file)


def _unique(rows: Sequence[Located[_Coded]]) -> Iterator[Problem]:
    first: dict[str, Located[_Coded]] = {}
    for row in rows:
        code = row.value.code
        if code in first:
            yield row.problem("X01", f'The code "{code}" is already used in {first[code].place}.')
        first.setdefault(code, row)


def _items_to_concepts(found: Found) -> Iterator[Problem]:
    known = {row.value.code for row in found.concepts}
    for row in found.items:
        item = row.value
        if item.concept not in known:
            yield row.problem("X02", f'There is no concept "{item.concept}".', at=("concept",))
        elif item.origin != "generated" and item.code[:-3] != item.concept:
            message = f'The id must be its concept and a number: "{item.concept}-NN".'
            yield row.problem("X03", message, at=("id",))


def _concept_references(found: Found) -> Iterator[Problem]:
    concepts = {row.value.code for row in found.concepts}
    areas = {row.value.code for row in found.areas}
    competencies = {code for row in found.competencies for code in row.value.codes}
    for row in found.concepts:
        concept = row.value
        if concept.area not in areas:
            yield row.problem("X04", f'There is no area "{concept.area}".', at=("area",))
        for index, code in enumerate(concept.competencies):
            if code not in competencies:
                message = f'There is no competency "{code}".'
                yield row.problem("X05", message, at=("competencies", index))
        for index, code in enumerate(concept.prerequisites):
            if code not in concepts:
                message = f'There is no concept "{code}".'
                yield row.problem("X06", message, at=("prerequisites", index))


def _prerequisite_loops(found: Found) -> Iterator[Problem]:
    """A concept that needs itself, over however many steps, could never be the next to learn."""
    needs = {row.value.code: row.value.prerequisites for row in found.concepts}
    for row in found.concepts:
        code = row.value.code
        reached: set[str] = set()
        todo = list(needs[code])
        while todo:
            other = todo.pop()
            if other not in reached:
                reached.add(other)
                todo += needs.get(other, ())
        if code in reached:
            message = f'The concept "{code}" is its own prerequisite.'
            yield row.problem("X06", message, at=("prerequisites",))


def _variants(found: Found) -> Iterator[Problem]:
    counts = variants(row.value for row in found.items)
    for row in found.concepts:
        code = row.value.code
        if counts[code] == 0:
            yield row.problem("X07", f'The concept "{code}" has no item.')
        elif counts[code] < MIN_VARIANTS:
            message = f'The concept "{code}" has one item only: recognition risk.'
            yield row.problem("X08", message, warn=True)


def _scenarios(found: Found) -> Iterator[Problem]:
    """Failed steps bring a concept into review (design B8), so it must exist and have items."""
    known = {row.value.code for row in found.concepts}
    asked = {row.value.concept for row in found.items}
    for file, scenario in found.scenarios:
        for code in sorted(scenario.concepts):
            if code not in known:
                message = f'The scenario names the concept "{code}", which does not exist.'
                yield Problem(file, 1, "X11", message)
            elif code not in asked:
                message = f'The scenario names the concept "{code}", which has no item.'
                yield Problem(file, 1, "X12", message)

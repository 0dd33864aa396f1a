"""Checks of the crosswalk against the exams and the competency framework (X09, X10)."""

from collections.abc import Iterator

from trainer.content.located import Found
from trainer.content.problems import Problem


def check_outlines(found: Found) -> Iterator[Problem]:
    """Every area points to nodes that exist, and every group of an outline is pointed to."""
    yield from _nodes_exist(found)
    yield from _maerb_areas_exist(found)
    yield from _groups_covered(found)


def _nodes_exist(found: Found) -> Iterator[Problem]:
    nodes = {row.value.code: row.value.node_names() for row in found.exams}
    for row in found.areas:
        for exam, codes in row.value.outline.items():
            if exam not in nodes:
                message = f'There is no exam "{exam}".'
                yield row.problem("X09", message, at=("outline", exam))
                continue
            for code in codes:
                if code not in nodes[exam]:
                    message = f'The outline of {exam} has no node "{code}".'
                    yield row.problem("X09", message, at=("outline", exam))


def _maerb_areas_exist(found: Found) -> Iterator[Problem]:
    known = {area.code for row in found.competencies for area in row.value.areas}
    for row in found.areas:
        for code in row.value.maerb_areas:
            if code not in known:
                message = f'There is no competency area "{code}".'
                yield row.problem("X09", message, at=("maerb_areas",))


def _groups_covered(found: Found) -> Iterator[Problem]:
    """Questions reach an outline through areas only; a group without one stays empty for ever."""
    for exam in found.exams:
        code = exam.value.code
        covered = {node for row in found.areas for node in row.value.nodes(code)}
        for i, domain in enumerate(exam.value.domains):
            for j, part in enumerate(domain.subdomains):
                if part.code not in covered and found.areas:
                    message = f'No area of the crosswalk leads to "{part.code}".'
                    path = ("domains", i, "subdomains", j)
                    yield exam.problem("X10", message, warn=True, at=path)

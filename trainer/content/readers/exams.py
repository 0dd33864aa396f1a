"""Exam files and the crosswalk to core values; checks that their numbers add up (E01 to E06)."""

from collections.abc import Iterator
from pathlib import Path

from trainer.content.located import Located
from trainer.content.models.entries import check_frame, read_entries, read_entry
from trainer.content.models.exams import AreaEntry, ExamFile
from trainer.content.problems import Problem
from trainer.content.yamlfile import Document, read_yaml
from trainer.core.outline.concepts import Area
from trainer.core.outline.exams import ExamProfile

# Published weights are rounded to whole percents in some outlines.
_WEIGHT_TOLERANCE = 0.75


def read_exam(
    path: Path, shown_as: str | None = None
) -> tuple[Located[ExamProfile] | None, list[Problem]]:
    """The exam of one file, unless something is wrong with it."""
    document, problems = read_yaml(path, shown_as)
    if document is None:
        return None, problems
    entry, problems = read_entry(document, (), ExamFile, document.data)
    if entry is None:
        return None, problems
    exam = entry.to_core()
    if exam.code != path.stem:
        problems.append(document.problem(("code",), "S03", "The code must be the file's name."))
    problems += [*_totals(document, exam), *_scale(document, exam), *_sums(document, exam)]
    problems += _codes(document, exam)
    return Located(exam, document, ()), problems


def read_crosswalk(
    path: Path, shown_as: str | None = None
) -> tuple[list[Located[Area]], list[Problem]]:
    """The areas of the crosswalk."""
    document, problems = read_yaml(path, shown_as)
    if document is None:
        return [], problems
    problems = check_frame(document, ("areas",))
    if problems:
        return [], problems
    entries, problems = read_entries(document, "areas", AreaEntry)
    return [Located(entry.to_core(), document, where) for where, entry in entries], problems


def _totals(document: Document, exam: ExamProfile) -> Iterator[Problem]:
    if exam.items_scored + exam.items_pretest != exam.items_total:
        message = f"Scored and pretest items must add up to {exam.items_total}."
        yield document.problem(("items", "total"), "E01", message)
    segments = exam.segments
    if segments.count * segments.items_each != exam.items_total:
        message = f"Segments must hold {exam.items_total} items together."
        yield document.problem(("segments", "items_each"), "E02", message)
    if segments.count * segments.minutes_each != exam.time_minutes:
        message = f"Segments must last {exam.time_minutes} minutes together."
        yield document.problem(("segments", "minutes_each"), "E02", message)


def _scale(document: Document, exam: ExamProfile) -> Iterator[Problem]:
    if not exam.scale.minimum < exam.scale.passing < exam.scale.maximum:
        message = "The passing score must lie between minimum and maximum."
        yield document.problem(("scale", "passing"), "E03", message)


def _sums(document: Document, exam: ExamProfile) -> Iterator[Problem]:
    total = sum(domain.items for domain in exam.domains)
    if total != exam.items_scored:
        message = f"Domain items add up to {total}, not to {exam.items_scored}."
        yield document.problem(("domains",), "E04", message)
    for index, domain in enumerate(exam.domains):
        parts = sum(part.items for part in domain.subdomains)
        if parts != domain.items:
            message = f"Subdomain items of {domain.code} add up to {parts}, not to {domain.items}."
            yield document.problem(("domains", index, "items"), "E04", message)
        share = 100 * domain.items / exam.items_scored
        if abs(share - domain.weight_pct) > _WEIGHT_TOLERANCE:
            message = f"{domain.items} items are {share:.1f} %, not {domain.weight_pct} %."
            yield document.problem(("domains", index, "weight_pct"), "E05", message)


def _codes(document: Document, exam: ExamProfile) -> Iterator[Problem]:
    """Node codes are unique and grow from exam to domain, subdomain and topic."""
    seen: set[str] = set()
    for path, parent, code in _nodes(exam):
        if code in seen:
            yield document.problem((*path, "code"), "E06", f'The node "{code}" is given twice.')
        seen.add(code)
        if not code.startswith(parent + "."):
            message = f'The node "{code}" must start with "{parent}.".'
            yield document.problem((*path, "code"), "E06", message)


def _nodes(exam: ExamProfile) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Path, code of the parent and own code of every node."""
    root = exam.code.upper()
    for index, theme in enumerate(exam.cross_cutting):
        yield ("cross_cutting", index), root, theme.code
    for i, domain in enumerate(exam.domains):
        yield ("domains", i), root, domain.code
        for j, part in enumerate(domain.subdomains):
            yield ("domains", i, "subdomains", j), domain.code, part.code
            for k, topic in enumerate(part.topics):
                path = ("domains", i, "subdomains", j, "topics", k)
                yield path, part.code, topic.code

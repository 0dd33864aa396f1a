"""Competency framework files to core values; checks their codes (C01, C02)."""

from collections.abc import Iterator
from pathlib import Path

from trainer.content.located import Located
from trainer.content.models.competencies import CompetencyEntry, FrameworkFile
from trainer.content.models.entries import read_entry
from trainer.content.problems import Problem
from trainer.content.yamlfile import Document, FieldPath, read_yaml
from trainer.core.outline.competencies import Framework


def read_competencies(
    path: Path, shown_as: str | None = None
) -> tuple[Located[Framework] | None, list[Problem]]:
    """The framework of one file, unless something is wrong with it."""
    document, problems = read_yaml(path, shown_as)
    if document is None:
        return None, problems
    entry, problems = read_entry(document, (), FrameworkFile, document.data)
    if entry is None:
        return None, problems
    if entry.code != path.stem:
        problems.append(document.problem(("code",), "S03", "The code must be the file's name."))
    problems += _codes(document, entry)
    return Located(entry.to_core(), document, ()), problems


def _codes(document: Document, file: FrameworkFile) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, parent, code in _all(file):
        if code in seen:
            message = f'The competency "{code}" is given twice.'
            yield document.problem((*path, "code"), "C01", message)
        seen.add(code)
        if not code.startswith(parent + "."):
            message = f'The competency "{code}" must start with "{parent}.".'
            yield document.problem((*path, "code"), "C02", message)


def _all(file: FrameworkFile) -> Iterator[tuple[FieldPath, str, str]]:
    for i, area in enumerate(file.areas):
        for j, entry in enumerate(area.competencies):
            yield from _entry(("areas", i, "competencies", j), area.code, entry)
    for i, entry in enumerate(file.affective):
        yield from _entry(("affective", i), "A", entry)


def _entry(
    path: FieldPath, parent: str, entry: CompetencyEntry
) -> Iterator[tuple[FieldPath, str, str]]:
    yield path, parent, entry.code
    for k, part in enumerate(entry.parts):
        yield (*path, "parts", k), entry.code, part.code

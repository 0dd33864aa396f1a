"""Concepts files to core concepts. Knows the file's shape, not whether anything refers to them."""

from pathlib import Path

from trainer.content.located import Located
from trainer.content.models.entries import check_frame, read_entries
from trainer.content.models.items import ConceptEntry
from trainer.content.problems import Problem
from trainer.content.yamlfile import Document, read_yaml
from trainer.core.outline.concepts import Concept


def read_concepts(
    path: Path, shown_as: str | None = None
) -> tuple[list[Located[Concept]], list[Problem]]:
    """The concepts of one file, and what keeps the others from being concepts."""
    document, problems = read_yaml(path, shown_as)
    if document is None:
        return [], problems
    return concepts_of(document, path.stem)


def concepts_of(document: Document, name: str) -> tuple[list[Located[Concept]], list[Problem]]:
    problems = check_frame(document, ("bank", "concepts"))
    if problems:
        return [], problems
    bank = document.data["bank"]
    if bank != name:
        message = f'The bank must be named as its file: "{name}".'
        return [], [document.problem(("bank",), "S03", message)]
    entries, problems = read_entries(document, "concepts", ConceptEntry)
    return [Located(entry.to_core(bank), document, path) for path, entry in entries], problems

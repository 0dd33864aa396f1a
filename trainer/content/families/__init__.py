"""Questions made from fact tables. Knows which tables there are; each has its own rules."""

from pathlib import Path

from trainer.content.families import abbreviations, drugs, word_parts
from trainer.content.located import Located
from trainer.content.problems import Problem
from trainer.content.yamlfile import Document, read_yaml
from trainer.core.items import Item

_TABLES = {
    "word-parts": word_parts.items_of,
    "abbreviations": abbreviations.items_of,
    "drugs": drugs.items_of,
}


def read_facts(
    path: Path, shown_as: str | None = None
) -> tuple[list[Located[Item]], list[Problem]]:
    """The questions that a table gives, and what keeps its rows from giving one."""
    document, problems = read_yaml(path, shown_as)
    if document is None:
        return [], problems
    return facts_of(document, path.stem)


def facts_of(document: Document, name: str) -> tuple[list[Located[Item]], list[Problem]]:
    if name not in _TABLES:
        message = f"There is no fact table of this name; the tables are {', '.join(_TABLES)}."
        return [], [document.problem((), "F05", message)]
    return _TABLES[name](document)

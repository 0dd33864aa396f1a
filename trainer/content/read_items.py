"""Items files to core items. Knows the file's shape; the rules of good writing are in `lint`."""

from pathlib import Path

from trainer.content.located import Located
from trainer.content.models.entries import check_frame, read_entries
from trainer.content.models.items import ItemEntry
from trainer.content.problems import Problem
from trainer.content.yamlfile import Document, read_yaml
from trainer.core.items import Item


def read_items(
    path: Path, shown_as: str | None = None
) -> tuple[list[Located[Item]], list[Problem]]:
    """The items of one file, and what keeps the others from being items."""
    document, problems = read_yaml(path, shown_as)
    if document is None:
        return [], problems
    return items_of(document, path.stem)


def items_of(document: Document, name: str) -> tuple[list[Located[Item]], list[Problem]]:
    problems = check_frame(document, ("bank", "items"))
    if problems:
        return [], problems
    bank = document.data["bank"]
    if bank != name:
        return [], [
            document.problem(("bank",), "S03", f'The bank must be named as its file: "{name}".')
        ]
    entries, problems = read_entries(document, "items", ItemEntry)
    return [Located(entry.to_core(bank), document, path) for path, entry in entries], problems

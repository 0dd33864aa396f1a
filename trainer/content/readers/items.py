"""Items files to core items. Knows the file's shape; the rules of good writing are in `lint`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from trainer.content.formats.pictures import regions_of
from trainer.content.located import Located
from trainer.content.models.entries import check_frame, read_entries
from trainer.content.models.item_shapes import check_regions
from trainer.content.models.items import ItemEntry
from trainer.content.problems import Problem
from trainer.content.yamlfile import Document, read_yaml
from trainer.core.items import Item, Picture

_NONE: Final[Mapping[str, Picture]] = {}


def read_items(
    path: Path, shown_as: str | None = None, pictures: Mapping[str, Picture] = _NONE
) -> tuple[list[Located[Item]], list[Problem]]:
    """The items of one file, and what keeps the others from being items."""
    document, problems = read_yaml(path, shown_as)
    if document is None:
        return [], problems
    return items_of(document, path.stem, pictures)


def items_of(
    document: Document, name: str, pictures: Mapping[str, Picture] = _NONE
) -> tuple[list[Located[Item]], list[Problem]]:
    problems = check_frame(document, ("bank", "items"))
    if problems:
        return [], problems
    bank = document.data["bank"]
    if bank != name:
        return [], [
            document.problem(("bank",), "S03", f'The bank must be named as its file: "{name}".')
        ]
    entries, problems = read_entries(document, "items", ItemEntry)
    found = []
    for path, entry in entries:
        wrong = picture_problem(entry, pictures)
        if wrong:
            problems.append(document.problem((*path, "picture"), "I34", f"[{entry.id}] {wrong}"))
        else:
            found.append(Located(entry.to_core(bank, pictures), document, path))
    return found, problems


def picture_problem(entry: ItemEntry, pictures: Mapping[str, Picture]) -> str:
    """What is wrong with the picture that an entry names; or ""."""
    if not entry.picture:
        return ""
    picture = pictures.get(entry.picture)
    if picture is None:
        return f"There is no picture {entry.picture}."
    if entry.type == "hot_spot":
        return check_regions([option.id for option in entry.options], regions_of(picture))
    return ""

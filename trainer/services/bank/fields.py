"""The fields and rows of a draft, as pages of forms need them. Keeps nothing."""

from dataclasses import dataclass
from typing import Final, Literal

from trainer.content.formats.items_yaml import Entry
from trainer.content.models.item_drafts import (
    MOST,
    NUMBER,
    ROWS,
    TYPES,
    add_row,
    raise_row,
    remove_row,
    rows_of,
)

__all__ = ["MOST", "NUMBER", "ROWS", "TEXTS", "TYPES", "Entry", "Move", "arrange", "rows_of"]

TEXTS: Final = (
    "concept", "type", "difficulty", "bloom", "stem", "lead_in", "select", "picture", "rule",
    "status_as_of", "review_by", "pool",
)  # fmt: skip
"""Fields of one text each that a page may send."""


@dataclass(frozen=True, slots=True)
class Move:
    """One change of the rows of a list."""

    verb: Literal["add", "remove", "up"]
    rows: str
    index: int = 0


def arrange(entry: Entry, move: Move) -> None:
    """Carry out a move on an entry; one that makes no sense does nothing."""
    if move.rows not in ROWS:
        return
    match move.verb:
        case "add":
            add_row(entry, move.rows)
        case "remove":
            remove_row(entry, move.rows, move.index)
        case "up":
            raise_row(entry, move.rows, move.index)

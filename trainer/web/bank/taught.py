"""A question that is not practiced but looked at: as a student sees it, and what it teaches."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from trainer.core.items import Item
from trainer.core.items.given import key_of, misses_of, shown_order
from trainer.core.items.told import lesson
from trainer.web.items import drawing, shown


def as_taught(item: Item, given: str, order: Sequence[str]) -> dict[str, Any]:
    """What the page of an answer says about this answer."""
    found = lesson(item, given, order)
    right = found.points == found.of
    if right:
        face, line = "right", "Right."
    elif found.points:
        face, line = "partly", f"{found.points} of {found.of} parts right."
    else:
        answer = f"Not this one. The answer is “{found.answer}”."
        face, line = "wrong", answer if found.answer else "Not right yet."
    return {
        "type": item.type,
        "verdict": face,
        "line": line,
        "rule": item.rule,
        "parts": [part for part in found.told if part.role != "other"],
        "others": [part for part in found.told if part.role == "other"],
    }


def previews(item: Item, seed: str) -> dict[str, Any]:
    """The question, and the feedback to a right answer and to one that is not."""
    order = shown_order(item, seed)
    wrong = misses_of(item)[0]
    return {
        "asked": shown(item, order, ()),
        "right": as_taught(item, key_of(item), order),
        "wrong": as_taught(item, wrong, order),
        "sources": sources_of(item),
        "difficulty": f"Difficulty {item.difficulty} of 3",
        "picture": drawing(item),
    }


def sources_of(item: Item) -> list[tuple[str, str, str]]:
    """Title, address and month of each source."""
    return [(s.title, s.url, f"{date.fromisoformat(s.checked_on):%b %Y}") for s in item.sources]

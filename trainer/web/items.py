"""A question as pages take it: what stands on it, in which order, with what was given so far."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from trainer.core.items import Item, Picture


def shown(item: Item, order: Sequence[str], given: Sequence[str]) -> dict[str, Any]:
    """Texts and pictures of a question, and never its key or reasons.

    `order` holds option ids, then partner ids; steps that came back keep the order given.
    """
    texts = {option.id: option.text for option in item.options}
    partners = {partner.id: partner.text for partner in item.partners}
    own = list(given) if item.options and set(given) == texts.keys() else order
    return {
        "type": item.type,
        "stem": item.stem,
        "lead_in": item.lead_in,
        "picture": drawing(item),
        "options": [{"id": one, "text": texts[one]} for one in own if one in texts],
        "partners": [{"id": one, "text": partners[one]} for one in order if one in partners],
        "select": item.select,
        "unit": item.number.units[0] if item.number and item.number.units else "",
        "chosen": list(given),
    }


def drawing(item: Item) -> dict[str, Any] | None:
    """The picture of a question, none when it has none."""
    return drawn(item.picture) if item.picture else None


def drawn(picture: Picture) -> dict[str, Any]:
    """A picture. Its markup was checked when it was read: shapes and texts only, nothing that
    runs, loads or links (content.formats.pictures)."""
    return {"alt": picture.alt, "svg": Markup(picture.svg)}


def moved(steps: Sequence[str], move: str) -> tuple[str, ...]:
    """The steps after one was moved by a button ("b up"), when no script has done it."""
    found = list(steps)
    step, _, way = move.partition(" ")
    if step in found:
        place = found.index(step)
        other = place - 1 if way == "up" else place + 1
        if 0 <= other < len(found):
            found[place], found[other] = found[other], found[place]
    return tuple(found)

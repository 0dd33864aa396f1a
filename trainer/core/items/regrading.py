"""Whether an answer counts otherwise once the question was corrected. Knows no student."""

from trainer.core.errors import Invalid
from trainer.core.items import Item
from trainer.core.items.grading import grade


def counts_now(old: Item, new: Item, given: str | None) -> bool | None:
    """Whether an answer to the old question is right by the new one.

    None when it cannot be carried over: what was chosen, or for a question without choices the
    question itself, reads otherwise now.
    """
    if given is None or old.type != new.type or not _reads_alike(old, new, given):
        return None
    try:
        return grade(new, given) == 1
    except Invalid:
        return None


def _reads_alike(old: Item, new: Item, given: str) -> bool:
    if old.number is not None:
        return (old.stem, old.lead_in) == (new.stem, new.lead_in)
    before, after = _texts(old), _texts(new)
    named = {one for part in given.split() for one in part.split("=")}
    return all(before.get(one) == after.get(one) for one in named)


def _texts(item: Item) -> dict[str, str]:
    """The text of everything that can be chosen, by its id."""
    options = {one.id: one.text for one in item.options}
    return options | {one.id: one.text for one in item.partners}

"""Rules on a bank as a whole: K01 to K09. Knows proportions; single items are checked elsewhere."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from trainer.content.lint.language import all_texts
from trainer.content.lint.options import has_absolute_distractor, key_is_longest
from trainer.core.items import Item

MIN_ITEMS = 10
"""Below this a share says nothing."""
_CHI_SQUARE_95 = {2: 5.991, 3: 7.815, 4: 9.488}
_NAME = re.compile(r"\b(?:Mr|Ms|Mrs|Mx|Dr)\.? ([A-Z][a-z]+)")
_NEGATIVE = re.compile(r"\b(?:NOT|EXCEPT|LEAST|not|except)\b")


@dataclass(frozen=True, slots=True)
class BankFinding:
    """A remark on a set of items, tied to the item at `index` where one is to blame."""

    rule: str
    message: str
    index: int = 0


def lint_bank(items: Sequence[Item]) -> Iterator[BankFinding]:
    """Rules that hold in each bank file."""
    yield from _runs(items)
    yield from _names(items)
    if len(items) < MIN_ITEMS:
        return
    yield from _positions(items)
    yield from _at_most(items, "K02", 30, key_is_longest, "have the key as longest option")
    yield from _at_most(
        items, "K04", 10, has_absolute_distractor, "have absolute words in distractors"
    )


def lint_whole(items: Sequence[Item]) -> Iterator[BankFinding]:
    """Rules that hold over all banks together: mix of levels and difficulties."""
    if len(items) < MIN_ITEMS:
        return
    blooms = Counter(item.bloom for item in items)
    higher = 100 * (blooms["apply"] + blooms["analyze"]) / len(items)
    recall = 100 * blooms["remember"] / len(items)
    if higher < 50:
        yield BankFinding("K06", f"{higher:.0f} % of items apply or analyze; at least 50 %.")
    if recall > 30:
        yield BankFinding("K06", f"{recall:.0f} % of items only remember; at most 30 %.")
    for level, low, high in ((1, 25, 35), (2, 45, 55), (3, 15, 25)):
        share = 100 * sum(item.difficulty == level for item in items) / len(items)
        if not low <= share <= high:
            message = f"Difficulty {level} has {share:.0f} % of items; {low} to {high} %."
            yield BankFinding("K07", message)
    yield from _at_most(items, "K09", 3, _is_negative, "are worded negatively")


def key_position(item: Item) -> int:
    return next(index for index, option in enumerate(item.options) if option.correct)


def _runs(items: Sequence[Item]) -> Iterator[BankFinding]:
    start = 0
    for position, run in groupby(items, key=key_position):
        length = len(list(run))
        if length > 3:
            message = f"The key is in place {position + 1} in {length} items in a row; at most 3."
            yield BankFinding("K01", message, start)
        start += length


def _positions(items: Sequence[Item]) -> Iterator[BankFinding]:
    """Chi-square of key places among items with the same number of options."""
    for size in sorted({len(item.options) for item in items}):
        group = [item for item in items if len(item.options) == size]
        expected = len(group) / size
        limit = _CHI_SQUARE_95.get(size - 1)
        if limit is None or expected < 5:
            continue
        counts = Counter(key_position(item) for item in group)
        if sum((counts[place] - expected) ** 2 / expected for place in range(size)) > limit:
            shares = ", ".join(f"{counts[place]}" for place in range(size))
            yield BankFinding("K01", f"Key places are uneven ({shares} of {len(group)}).")


def _names(items: Sequence[Item]) -> Iterator[BankFinding]:
    """K08: a name seen again makes one patient out of two."""
    seen: dict[str, str] = {}
    for index, item in enumerate(items):
        found = {name for _, text in all_texts(item) for name in _NAME.findall(text)}
        for name in sorted(found):
            if name in seen:
                yield BankFinding("K08", f"The name {name} is used in {seen[name]} too.", index)
            seen.setdefault(name, item.code)


def _at_most(
    items: Sequence[Item], rule: str, limit: int, test: Callable[[Item], bool], what: str
) -> Iterator[BankFinding]:
    share = 100 * sum(map(test, items)) / len(items)
    if share > limit:
        yield BankFinding(rule, f"{share:.0f} % of items {what}; at most {limit} %.")


def _is_negative(item: Item) -> bool:
    return bool(_NEGATIVE.search(item.lead_in))

"""Rule I35: items that say the same. Knows texts only; concept and bank make no difference."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import ceil

from trainer.content.lint.words import shingles
from trainer.core.items import Item

WARN_FROM = 0.70
ERROR_OVER = 0.85

Shingles = frozenset[tuple[str, ...]]


def near_duplicates(items: Sequence[Item]) -> Iterator[tuple[int, int, float]]:
    """Positions of two items and their Jaccard likeness, from 0.70 up, earlier item first.

    Only pairs that share one of their rarest shingles are compared: two sets that overlap by 70 %
    must share one among the rarest 30 % of each, so no pair is missed.
    """
    sets = [shingles(_said(item)) for item in items]
    spread = Counter(shingle for found in sets for shingle in found)
    seen_in: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, found in enumerate(sets):
        rare = sorted(found, key=lambda shingle: (spread[shingle], shingle))
        probe = rare[: len(rare) - ceil(WARN_FROM * len(rare)) + 1]
        for other in sorted({other for shingle in probe for other in seen_in[shingle]}):
            likeness = _jaccard(sets[other], found)
            if likeness >= WARN_FROM:
                yield other, index, likeness
        for shingle in probe:
            seen_in[shingle].append(index)


def _said(item: Item) -> str:
    options = sorted(option.text for option in item.options)
    return " ".join([item.stem, item.lead_in, *options])


def _jaccard(one: Shingles, other: Shingles) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both)

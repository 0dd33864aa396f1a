"""Rule I35: items that say the same. Knows texts only; concept and bank make no difference."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import ceil

from trainer.content.lint.words import shingles
from trainer.core.items import Item

WARN_FROM = 0.70
ERROR_OVER = 0.85

Marks = frozenset[int]
"""The runs of words of an item, each as a number; the rarer a run, the smaller its number."""


def near_duplicates(items: Sequence[Item]) -> Iterator[tuple[int, int, float]]:
    """Positions of two items and their Jaccard likeness, from 0.70 up, earlier item first.

    Only pairs that share one of their rarest shingles are compared: two sets that overlap by 70 %
    must share one among the rarest 30 % of each, so no pair is missed.
    """
    seen_in: dict[int, list[int]] = defaultdict(list)
    all_marks = _marks(items)
    for index, marks in enumerate(all_marks):
        rare = sorted(marks)
        probe = rare[: len(rare) - ceil(WARN_FROM * len(rare)) + 1]
        for other in sorted({other for mark in probe for other in seen_in[mark]}):
            likeness = _jaccard(all_marks[other], marks)
            if likeness >= WARN_FROM:
                yield other, index, likeness
        for mark in probe:
            seen_in[mark].append(index)


def _marks(items: Sequence[Item]) -> list[Marks]:
    sets = [shingles(_said(item)) for item in items]
    spread = Counter(chain.from_iterable(sets))
    number = {
        shingle: count * len(spread) + place
        for place, (shingle, count) in enumerate(spread.items())
    }
    return [frozenset(map(number.__getitem__, found)) for found in sets]


def like(item: Item, others: Iterable[Item]) -> Iterator[tuple[Item, float]]:
    """The others that say the same as this item, with their likeness, from 0.70 up."""
    said = _said(item)
    own = shingles(said)
    for other in others:
        text = _said(other)
        # Texts of very different length cannot share most of their runs of words.
        if 2 * min(len(said), len(text)) > max(len(said), len(text)):
            likeness = _jaccard(own, shingles(text))
            if likeness >= WARN_FROM:
                yield other, likeness


def _said(item: Item) -> str:
    options = sorted(option.text for option in item.options)
    partners = sorted(partner.text for partner in item.partners)
    return " ".join([item.stem, item.lead_in, *options, *partners])


def _jaccard(one: Marks, other: Marks) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both)

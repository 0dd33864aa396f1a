"""Rules on hand-written items together: K01, K02, K04, K06 to K09. Knows proportions only.

A bank is a file; most rules hold in each file and over all files. Keys have a place and a length in
plain single-best-answer items only.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from trainer.content.lint.options import has_absolute_distractor, key_is_longest
from trainer.content.lint.said import CHOICES, asked, people_in
from trainer.content.lint.wording import is_negative
from trainer.core.items import Item

MIN_ITEMS = 10
"""Below this a share says nothing."""
_MANY = 100
_POINTS = 5
_CHI_SQUARE_95 = {2: 5.991, 3: 7.815, 4: 9.488}
_LEVELS = ((1, 25, 35), (2, 45, 55), (3, 15, 25))


@dataclass(frozen=True, slots=True)
class BankFinding:
    """A remark on a set of items, tied to the item at `index` where one is to blame."""

    rule: str
    message: str
    index: int | None = None


def lint_bank(items: Sequence[Item]) -> Iterator[BankFinding]:
    """Rules that hold in each bank file."""
    yield from _runs(items)
    yield from _names(items)
    yield from _shares(items)


def lint_whole(items: Sequence[Item]) -> Iterator[BankFinding]:
    """Rules that hold over all banks together: mix of levels and difficulties too."""
    yield from _shares(items)
    if len(items) < MIN_ITEMS:
        return
    blooms = Counter(item.bloom for item in items)
    higher = 100 * (blooms["apply"] + blooms["analyze"]) / len(items)
    recall = 100 * blooms["remember"] / len(items)
    if higher < 50:
        yield BankFinding("K06", f"{higher:.0f} % of items apply or analyze; at least 50 %.")
    if recall > 30:
        yield BankFinding("K06", f"{recall:.0f} % of items only remember; at most 30 %.")
    for level, low, high in _LEVELS:
        share = 100 * sum(item.difficulty == level for item in items) / len(items)
        if not low <= share <= high:
            message = f"Difficulty {level} has {share:.0f} % of items; {low} to {high} %."
            yield BankFinding("K07", message)
    yield from _at_most(items, "K09", 3, is_negative, "are worded negatively")
    for name, users in _users(items).items():
        if len(users) > max(1, len(items) / 100):
            yield BankFinding("K08", f"The name {name} is used in {len(users)} items.")


def has_a_place(item: Item) -> bool:
    """Its one key stands at a place among words that do not change from draw to draw."""
    keys = sum(option.correct for option in item.options)
    return item.type == "single_best_answer" and item.parameters is None and keys == 1


def key_position(item: Item) -> int:
    return next(index for index, option in enumerate(item.options) if option.correct)


def longest_share(items: Iterable[Item]) -> float:
    """Percent of items whose key is the longest option (rule K02)."""
    found = [key_is_longest(item) for item in items if has_a_place(item)]
    return 100 * sum(found) / len(found) if len(found) >= MIN_ITEMS else 0.0


def _shares(items: Sequence[Item]) -> Iterator[BankFinding]:
    placed = [item for item in items if has_a_place(item)]
    if len(items) < MIN_ITEMS:
        return
    yield from _positions(placed)
    yield from _at_most(placed, "K02", 30, key_is_longest, "have the key as longest option")
    choices = [item for item in items if item.type in CHOICES]
    yield from _at_most(
        choices, "K04", 10, has_absolute_distractor, "have absolute words in distractors"
    )


def _runs(items: Sequence[Item]) -> Iterator[BankFinding]:
    placed = [(index, item) for index, item in enumerate(items) if has_a_place(item)]
    for position, run in groupby(placed, key=lambda row: key_position(row[1])):
        rows = list(run)
        if len(rows) > 3:
            message = f"The key is in place {position + 1} {len(rows)} times in a row; at most 3."
            yield BankFinding("K01", message, rows[0][0])


def _positions(items: Sequence[Item]) -> Iterator[BankFinding]:
    """Chi-square of key places among items with the same number of options; in a large bank each
    place within five points of its share as well."""
    for size in sorted({len(item.options) for item in items}):
        group = [item for item in items if len(item.options) == size]
        expected = len(group) / size
        limit = _CHI_SQUARE_95.get(size - 1)
        if limit is None or expected < 5:
            continue
        counts = Counter(key_position(item) for item in group)
        places = [counts[place] for place in range(size)]
        uneven = sum((count - expected) ** 2 / expected for count in places) > limit
        far = max(abs(count - expected) for count in places) > _POINTS * len(group) / 100
        if uneven or (far and len(group) >= _MANY):
            shares = ", ".join(map(str, places))
            yield BankFinding("K01", f"Key places are uneven ({shares} of {len(group)}).")


def _names(items: Sequence[Item]) -> Iterator[BankFinding]:
    """K08: a name seen again makes one patient out of two."""
    for name, users in _users(items).items():
        if len(users) > max(1, len(items) / 100):
            message = f"The name {name} is used in {items[users[0]].code} too."
            yield BankFinding("K08", message, users[-1])


def _users(items: Sequence[Item]) -> dict[str, list[int]]:
    """Names of people in the situations, and the positions of the items that hold them."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        names, _ = people_in(asked(item))
        for name in sorted(names):
            found[name].append(index)
    return found


def _at_most(
    items: Sequence[Item], rule: str, limit: int, test: Callable[[Item], bool], what: str
) -> Iterator[BankFinding]:
    share = 100 * sum(map(test, items)) / len(items) if items else 0
    if share > limit:
        yield BankFinding(rule, f"{share:.0f} % of items {what}; at most {limit} %.")

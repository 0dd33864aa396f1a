"""Rules on options that give the key away: I02, I07 to I11, I13, I14, K03."""

import re
from collections.abc import Iterator
from itertools import combinations

from trainer.content.lint.finding import Finding, option_path
from trainer.content.lint.numbers import numeric_options
from trainer.content.lint.words import likeness, mean, normal, telling, words
from trainer.core.items import Item

ABSOLUTE = re.compile(r"\b(always|never|all|none|only|must|every|completely)\b", re.IGNORECASE)
_VAGUE = re.compile(r"\b(usually|sometimes|often|rarely|may|can be)\b", re.IGNORECASE)
_JOINTS = re.compile(r",\s*(?:and |then )?|;\s*|\s+(?:and|then|plus|followed by)\s+")
_UNIT = re.compile(r"\d\s?(?:mg|mcg|g|kg|mL|L|cm|mm|%|units?|°[CF])(?![A-Za-z])")
OPTIONS: tuple[str, ...] = ("options",)


def check_options(item: Item) -> Iterator[Finding]:
    numeric = numeric_options(item) is not None
    yield from _different(item, numeric)
    yield from _same_kind(item, numeric)
    yield from _vague_or_absolute(item)
    if not numeric:
        yield from _length(item)
        yield from _clang(item)
        yield from _convergence(item)
    yield from _only_in_key(item)


def key_is_longest(item: Item) -> bool:
    """Strictly longer than every other option (rule K02)."""
    return all(
        len(item.key.text) > len(option.text) for option in item.options if not option.correct
    )


def has_absolute_distractor(item: Item) -> bool:
    return any(ABSOLUTE.search(option.text) for option in item.options if not option.correct)


def _different(item: Item, numeric: bool) -> Iterator[Finding]:
    for (_, one), (index, other) in combinations(enumerate(item.options), 2):
        # Signs matter between numbers: "5" and "-5" are not the same option.
        same = one.text == other.text if numeric else normal(one.text) == normal(other.text)
        if same:
            yield Finding(
                "I02", f"Options {one.id} and {other.id} are the same.", option_path(index)
            )
        elif not numeric and likeness(one.text, other.text) > 0.90:
            message = f"Options {one.id} and {other.id} are nearly the same."
            yield Finding("I02", message, option_path(index), warn=True)


def _same_kind(item: Item, numeric: bool) -> Iterator[Finding]:
    texts = [option.text for option in item.options]
    starts = [words(text)[:1] for text in texts]
    kinds = {
        "starts with a word in -ing": [
            bool(w and len(w[0]) > 5 and w[0].endswith("ing")) for w in starts
        ],
        'starts with "to"': [w == ["to"] for w in starts],
        "ends with a period": [text.endswith(".") for text in texts],
        "starts with a capital letter": [text[:1].isupper() for text in texts],
        "is a number": [text[:1].isdigit() for text in texts],
    }
    for kind, hits in kinds.items():
        if any(hits) and not all(hits) and not numeric:
            odd = hits.index(sum(hits) * 2 <= len(hits))
            message = f"Options are of mixed form: not each one {kind}."
            yield Finding("I07", message, option_path(odd), warn=True)


def _length(item: Item) -> Iterator[Finding]:
    key = len(item.key.text)
    others = sorted(len(option.text) for option in item.options if not option.correct)
    shortest, longest = min(key, others[0]), max(key, others[-1])
    if key > others[-1] and (key > 1.25 * mean(others) or key >= others[-1] + 20):
        message = f"The key is clearly the longest option ({key} letters; others {others})."
        yield Finding("I08", message, OPTIONS, warn=True)
    if shortest > 12 and longest > 2.5 * shortest:
        message = f"Option lengths differ too much ({shortest} to {longest} letters)."
        yield Finding("I09", message, OPTIONS, warn=True)


def _vague_or_absolute(item: Item) -> Iterator[Finding]:
    hits = [ABSOLUTE.search(option.text) for option in item.options]
    for index, (option, hit) in enumerate(zip(item.options, hits, strict=True)):
        if hit and not all(hits):
            message = f'"{hit[0]}" in some options only is a cue.'
            yield Finding("I10", message, option_path(index), warn=True)
        vague = _VAGUE.search(option.text)
        if vague:
            message = f'"{vague[0]}" is vague; say it exactly.'
            yield Finding("I11", message, option_path(index), warn=True)


def _clang(item: Item) -> Iterator[Finding]:
    asked = telling(f"{item.stem} {item.lead_in}")
    shared = telling(item.key.text) & asked
    if not shared:
        return
    if not any(telling(option.text) & asked for option in item.options if not option.correct):
        message = f"Only the key repeats words of the question: {', '.join(sorted(shared))}."
        yield Finding("I13", message, OPTIONS, warn=True)


def _convergence(item: Item) -> Iterator[Finding]:
    """The key alone is made of parts that all appear in other options too."""
    parts = {option.id: _parts(option.text) for option in item.options}
    if any(len(found) < 2 for found in parts.values()):
        return
    shared = {
        id: all(any(part in other for key, other in parts.items() if key != id) for part in found)
        for id, found in parts.items()
    }
    if shared[item.key.id] and sum(shared.values()) == 1 and not _same_parts(parts):
        message = "Only the key is made up of parts that other options repeat."
        yield Finding("I14", message, OPTIONS, warn=True)


def _parts(text: str) -> frozenset[str]:
    return frozenset(normal(part) for part in _JOINTS.split(text) if part.strip())


def _same_parts(parts: dict[str, frozenset[str]]) -> bool:
    """Options that put the same things in different orders cannot converge."""
    return len(set(parts.values())) == 1


def _only_in_key(item: Item) -> Iterator[Finding]:
    for name, pattern in (
        ("a parenthesis", r"\("),
        ("a unit", _UNIT),
        ('"because"', r"\bbecause\b"),
    ):
        hits = [
            bool(re.search(pattern, option.text)) for option in item.options if not option.correct
        ]
        if re.search(pattern, item.key.text) and not any(hits):
            yield Finding("K03", f"Only the key has {name}.", OPTIONS, warn=True)

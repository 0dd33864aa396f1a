"""Rules on options that give the key away: I07 to I14, K03.

Where several answers are right, a cue is one that the keys share and the distractors lack.
"""

import re
from collections.abc import Iterator
from statistics import fmean

from trainer.content.lint.finding import OPTIONS, Finding, option_path
from trainer.content.lint.numbers import numeric_options
from trainer.content.lint.said import CHOICES, asked, distractors, is_written, keys
from trainer.content.lint.words import normal, telling, words
from trainer.core.items import Item

ABSOLUTE = re.compile(r"\b(always|never|all|none|only|must|every|completely)\b", re.IGNORECASE)
_VAGUE = re.compile(r"\b(usually|sometimes|often|rarely|may(?! \d)|can be)\b", re.IGNORECASE)
_JOINTS = re.compile(r",\s*(?:and |then )?|;\s*|\s+(?:and|then|plus|followed by)\s+")
_UNIT = re.compile(r"\d\s?(?:mg|mcg|g|kg|mL|L|cm|mm|%|units?|°[CF])(?![A-Za-z])")
_ONLY_IN_KEY = (
    ("a parenthesis", re.compile(r"\(")),
    ("a unit", _UNIT),
    ('"because"', re.compile(r"\bbecause\b")),
)
_ARTICLES = frozenset({"a", "an", "the"})
_ACTS_WORDS = """
    apply ask call check clean close collect complete contact discard document draw enter
    explain file fill find give hand have help hold instruct keep label leave let look make mark
    measure move notify obtain offer open place position prepare put read record refuse remove
    repeat report return schedule select send show start stop take tell use verify wait wash
    wear wipe write
"""
_ACTS = frozenset(_ACTS_WORDS.split())
_ENDS_IN_S = frozenset(
    {"diabetes", "measles", "mumps", "shingles", "hives", "herpes", "rabies", "scabies", "forceps"}
    | {"biceps", "triceps", "quadriceps", "rickets", "series", "species", "news", "yes", "feces"}
)
_ONE = re.compile(r"^(?:what|which [a-z]+) (?:is|was) (?:the|a|an)\b", re.IGNORECASE)
_MANY = re.compile(r"^(?:what|which [a-z]+) (?:are|were) the\b", re.IGNORECASE)


def check_options(item: Item) -> Iterator[Finding]:
    """For an item whose keys are in order (rule I01)."""
    if item.type == "hot_spot" or not item.options:
        return
    numeric = numeric_options(item) is not None
    choices = item.type in CHOICES
    if is_written(item):
        yield from _vague(item)
        yield from _absolute(item) if choices else ()
        if not numeric:
            yield from _same_kind(item)
            yield from _length(item) if choices else ()
    if choices:
        if not numeric:
            yield from _clang(item)
            yield from _convergence(item)
        yield from _number_of_things(item)
        yield from _only_in_key(item)


def key_is_longest(item: Item) -> bool:
    """Strictly longer than every other option (rule K02)."""
    return all(len(item.key.text) > len(option.text) for option in distractors(item))


def has_absolute_distractor(item: Item) -> bool:
    return any(ABSOLUTE.search(option.text) for option in distractors(item))


def _same_kind(item: Item) -> Iterator[Finding]:
    texts = [option.text for option in item.options]
    starts = [found[0] if (found := words(text)) else "" for text in texts]
    kinds = {
        "starts with a word in -ing": [len(w) > 5 and w.endswith("ing") for w in starts],
        'starts with "to"': [w == "to" for w in starts],
        "ends with a period": [text.endswith(".") for text in texts],
        "starts with a capital letter": [text[:1].isupper() for text in texts],
        "is a number": [text[:1].isdigit() for text in texts],
    }
    if any(w in _ARTICLES for w in starts):
        kinds["starts with a verb"] = [w in _ACTS for w in starts]
    for kind, hits in kinds.items():
        if any(hits) and not all(hits):
            odd = hits.index(sum(hits) * 2 <= len(hits))
            message = f"Options are of mixed form: not each one {kind}."
            yield Finding("I07", message, option_path(odd), warn=True)


def _length(item: Item) -> Iterator[Finding]:
    right = [len(option.text) for option in keys(item)]
    others = sorted(len(option.text) for option in distractors(item))
    shortest, longest = min(*right, *others), max(*right, *others)
    key, next_to_it = min(right), others[-1]
    if key > next_to_it and (key > 1.25 * fmean(others) or key >= next_to_it + 20):
        message = f"The key is clearly the longest option ({key} letters; others {others})."
        yield Finding("I08", message, OPTIONS, warn=True)
    if shortest > 12 and longest > 2.5 * shortest:
        message = f"Option lengths differ too much ({shortest} to {longest} letters)."
        yield Finding("I09", message, OPTIONS, warn=True)


def _absolute(item: Item) -> Iterator[Finding]:
    hits = [ABSOLUTE.search(option.text) for option in item.options]
    pairs = list(zip(item.options, hits, strict=True))
    in_keys = any(hit for option, hit in pairs if option.correct)
    in_others = any(hit for option, hit in pairs if not option.correct)
    if in_keys == in_others:
        return
    side = "the key" if in_keys else "distractors"
    for index, hit in enumerate(hits):
        if hit:
            message = f'"{hit[0]}" in {side} only is a cue.'
            yield Finding("I10", message, option_path(index), warn=True)


def _vague(item: Item) -> Iterator[Finding]:
    for index, option in enumerate(item.options):
        if hit := _VAGUE.search(option.text):
            message = f'"{hit[0]}" is vague; say it exactly.'
            yield Finding("I11", message, option_path(index), warn=True)


def _clang(item: Item) -> Iterator[Finding]:
    question = telling(asked(item))
    shared = [telling(option.text) & question for option in keys(item)]
    if not all(shared):
        return
    if not any(telling(option.text) & question for option in distractors(item)):
        repeated = ", ".join(sorted(frozenset().union(*shared)))
        message = f"Only the key repeats words of the question: {repeated}."
        yield Finding("I13", message, OPTIONS, warn=True)


def _convergence(item: Item) -> Iterator[Finding]:
    """The key alone is made of parts that all appear in other options too."""
    if item.type != "single_best_answer":
        return
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


def _number_of_things(item: Item) -> Iterator[Finding]:
    """I12: only the key names several things, where one is asked for, or where several are."""
    one = _ONE.search(item.lead_in)
    if item.type != "single_best_answer" or not (one or _MANY.search(item.lead_in)):
        return
    plural = [_is_plural(option.text) for option in item.options]
    index = item.options.index(item.key)
    if plural[index] and sum(plural) == 1:
        count = "one thing" if one else "several things"
        message = f"The question asks for {count}, and only the key names several."
        yield Finding("I12", message, option_path(index))


def _is_plural(text: str) -> bool:
    """Of short names only; the end of a longer text says nothing about its subject."""
    found = words(text)
    if not 0 < len(found) <= 3 or found[-1] in _ENDS_IN_S:
        return False
    return bool(re.search(r"[^aius]s$", found[-1]))


def _only_in_key(item: Item) -> Iterator[Finding]:
    for name, pattern in _ONLY_IN_KEY:
        if all(pattern.search(option.text) for option in keys(item)) and not any(
            pattern.search(option.text) for option in distractors(item)
        ):
            yield Finding("K03", f"Only the key has {name}.", OPTIONS, warn=True)

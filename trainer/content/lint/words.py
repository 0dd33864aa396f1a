"""Words, sentences and simple likeness of texts, for the rules of item writing. Knows no rule."""

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?(?:[.,][0-9]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z\"“(0-9])")
_VOWELS = re.compile(r"[aeiouy]+")

# Too common here to give anything away; the 4-letter floor drops the short ones.
_COMMON_WORDS = """
    about adult after again also another any asks assistant because been before being between
    blood both cannot chart child clinic could does doing done dose down drug during each even
    first following from give given gives have having here into just keep last later made make
    medical medication medicine more most much need next office once order ordered orders other
    over patient patients person practice provider providers record result results same says
    should since some such take tells test than that their them then there these they this those
    through until upon very visit want what when where which while will with without would year
    years your
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def words(text: str) -> list[str]:
    """The words of a text, lower case; numbers count as words."""
    return _WORD.findall(text.lower())


def word_count(text: str) -> int:
    return len(_WORD.findall(text))


def sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """A word without its commonest endings; enough to see that two forms belong together."""
    for ending in ("ings", "ing", "edly", "ied", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=64)
def telling(text: str) -> frozenset[str]:
    """Content words that could link an option to the stem (rule I13)."""
    return frozenset(
        lemma(word)
        for word in words(text)
        if len(word) >= 4 and not word.isdigit() and word not in _COMMON
    )


@lru_cache(maxsize=64)
def normal(text: str) -> str:
    """Letters and digits only, so that punctuation and case make no difference."""
    return " ".join(words(text))


def shingles(text: str, size: int = 3) -> frozenset[int]:
    """Runs of words as numbers; two texts that share most of them say the same."""
    found = words(text)
    if len(found) < size:
        return frozenset({hash(tuple(found))})
    # Hashes, not the runs themselves: fifty thousand tuples would keep the collector busy.
    return frozenset(map(hash, zip(*(found[start:] for start in range(size)), strict=False)))


def likeness(one: str, other: str) -> float:
    """Share of letter triples in common (Dice), 1.0 for texts equal but for punctuation."""
    first, second = _triples(normal(one)), _triples(normal(other))
    if not first or not second:
        return 1.0 if first == second else 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def may_be_like(one: str, other: str, least: float) -> bool:
    """Whether their lengths allow that much likeness; spares the comparison of most texts."""
    shorter, longer = sorted((len(one), len(other)))
    return 2 * shorter >= least * (shorter + longer) - 4


@lru_cache(maxsize=64)
def _triples(text: str) -> frozenset[int]:
    if len(text) < 3:
        return frozenset({hash(text)} if text else ())
    return frozenset(map(hash, zip(text, text[1:], text[2:], strict=False)))


def grade_level(text: str) -> float:
    """Flesch-Kincaid grade, long terms left out: they are the subject, not the style."""
    parts = sentences(text)
    plain = [word for word in words(text) if _syllables(word) < 4]
    if not parts or not plain:
        return 0.0
    syllables = sum(_syllables(word) for word in plain)
    return 0.39 * len(plain) / len(parts) + 11.8 * syllables / len(plain) - 15.59


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    groups = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)


def mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0

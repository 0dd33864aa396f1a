"""Which rows stand as wrong answers beside a right one. Knows no table.

A row is safe when it clashes neither with the right answer nor with another wrong one. Among the
safe ones the first tier goes first, and inside a tier the order is that of the seed rule (design
0), so that a new row changes only the questions in which it ranks among the first.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import TypeVar

from trainer.content.lint.words import telling, words

T = TypeVar("T")
WANTED = 3
FEWEST = 2
"""A question with three options is fine where a fourth would be padding; fewer give no choice."""
_SHOWN = 3
"""So many first letters in common give an answer away."""
# Words that two texts may share without one leading to the other.
_LITTLE_WORDS = "a an and as at by for from in into its of off on or out the to up with"
_LITTLE = frozenset(_LITTLE_WORDS.split())


class TooFewError(ValueError):
    """There are not enough safe wrong answers for a row."""


class NotAskedError(ValueError):
    """The question would answer itself; another one on the same row may still be asked."""


def one_of(kinds: Sequence[str], purpose: str, code: str) -> str:
    """One of the kinds, the same for this code whatever else the table holds."""
    return in_turn(kinds, purpose, code)[0]


def in_turn(kinds: Iterable[str], purpose: str, code: str) -> list[str]:
    """All kinds in the order of this code: the next one is taken where the first does not do."""
    return sorted(kinds, key=lambda kind: _rank(purpose, code, kind))


def wrong_answers(
    code: str,
    key: T,
    tiers: Iterable[Sequence[T]],
    text: Callable[[T], str],
    clash: Callable[[T, T], bool],
    fewest: int = FEWEST,
) -> list[T]:
    """As many safe rows as can be, three at most; TooFewError says how many there were."""
    right = text(key)
    chosen: list[T] = []
    for one in _in_turn(code, right, tiers, text):
        if not any(clash(one, other) for other in (key, *chosen)):
            chosen.append(one)
        if len(chosen) == WANTED:
            return chosen
    if len(chosen) < fewest:
        raise TooFewError(f"only {len(chosen)} safe wrong answers; {fewest} or more are needed")
    return chosen


def repeats(question: str, answer: str) -> bool:
    """The answer stands in the question already, so nothing would be asked."""
    return bool(telling(question) & telling(answer))


def shows(asked: str, answer: str) -> int:
    """How many letters of what is asked stand in the answer: at its beginning, or all of them."""
    return max(
        (_alike(one, other) for one in _long_words(asked) for other in _long_words(answer)),
        default=0,
    )


def given_away(asked: str, key: str, wrong: Sequence[str]) -> bool:
    """The key shows what is asked, and fewer than two wrong answers show as much of it."""
    seen = shows(asked, key)
    return seen > 0 and sum(shows(asked, text) >= seen for text in wrong) < FEWEST


@lru_cache(maxsize=10_000)
def _long_words(text: str) -> tuple[str, ...]:
    return tuple(word for word in words(text) if len(word) >= 2 and word not in _LITTLE)


@lru_cache(maxsize=100_000)
def _alike(one: str, other: str) -> int:
    short, long = sorted((one, other), key=len)
    if short in long and (len(short) >= _SHOWN or long.startswith(short)):
        return len(short)
    same = next((at for at, sign in enumerate(short) if sign != long[at]), len(short))
    return same if same >= _SHOWN else 0


def _in_turn(
    code: str, right: str, tiers: Iterable[Sequence[T]], text: Callable[[T], str]
) -> Iterator[T]:
    """By tier and rank; those of another grammar only after all others."""
    odd: list[T] = []
    for tier in tiers:
        fitting = [one for one in tier if _same_case(right, text(one))]
        even = [one for one in fitting if same_grammar(right, text(one))]
        odd += [one for one in fitting if not same_grammar(right, text(one))]
        yield from _by_rank(code, right, even, text)
    yield from odd


def same_grammar(one: str, other: str) -> bool:
    """Both begin with a word in -ing, or neither does (I07)."""
    return _is_ing(one) == _is_ing(other)


@lru_cache(maxsize=10_000)
def _is_ing(text: str) -> bool:
    first = words(text)[:1]
    return bool(first) and len(first[0]) > 5 and first[0].endswith("ing")


def _by_rank(code: str, right: str, rows: Sequence[T], text: Callable[[T], str]) -> list[T]:
    """Those of about the key's length first: a length that stands out is a cue (I08, I09)."""

    def rank(one: T) -> tuple[bool, str]:
        ratio = len(text(one)) / len(right)
        return not 0.6 <= ratio <= 1.8, _rank("family", code, text(one))

    return sorted(rows, key=rank)


def _rank(purpose: str, code: str, text: str) -> str:
    return sha256(f"{purpose}|{code}|{text}".encode()).hexdigest()


def _same_case(right: str, other: str) -> bool:
    """Not the same text, and both with a capital or both without (I07)."""
    return right != other and right[:1].isupper() == other[:1].isupper()

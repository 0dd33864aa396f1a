"""A word part as the questions use it, and when the meanings of two are too close."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from trainer.content.families.english import slug
from trainer.content.lint.words import lemma, words
from trainer.content.models.facts import PartEntry
from trainer.content.yamlfile import FieldPath

KIND_NAMES = {"prefix": "prefix", "suffix": "suffix", "root": "combining form"}


@dataclass(frozen=True, slots=True)
class Part:
    path: FieldPath
    concept: str
    kind: str
    row: PartEntry
    senses: frozenset[str]

    @property
    def name(self) -> str:
        return self.row.part

    @property
    def means(self) -> str:
        return self.row.means

    @property
    def sure(self) -> bool:
        """A part with two common meanings is neither a right nor a wrong answer."""
        return self.row.status == "accepted"

    @property
    def code(self) -> str:
        """A prefix and a suffix of the same letters differ."""
        return f"wp-{self.kind}-{slug(self.name)}"

    @property
    def noun(self) -> str:
        """The thing as it stands in a sentence: "the liver", "a vein"."""
        return self.row.noun or f"the {self.means}"

    @property
    def called(self) -> str:
        """What a question calls it: a prefix, a suffix, a combining form."""
        return self.row.called or KIND_NAMES[self.kind]

    @property
    def plain(self) -> bool:
        """The part looks like the English word for it, so that asking for it asks nothing."""
        letters = self.name.strip("-").split("/")[0]
        return len(letters) > 1 and any(word.startswith(letters[:3]) for word in words(self.means))

    @property
    def rest(self) -> str:
        """What its example has besides this affix; empty for a root or another spelling."""
        letters, example = self.name.strip("-"), self.row.example
        if self.kind == "prefix" and example.startswith(letters):
            return example.removeprefix(letters)
        if self.kind == "suffix" and example.endswith(letters):
            return example.removesuffix(letters)
        return ""


# They tell no two meanings apart.
_EMPTY_WORDS = """
    a abnormal act an and by condition for from in into of off or out pertaining process surgical
    that the to up with
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


class Meanings:
    """Compares meanings by their words and by the lists of a table."""

    def __init__(
        self,
        same: Iterable[Iterable[str]] = (),
        within: Iterable[tuple[str, Iterable[str]]] = (),
    ) -> None:
        self._marks: dict[str, set[str]] = defaultdict(set)
        for number, names in enumerate(same):
            for name in names:
                self._marks[name].add(f"={number}")
        self._pairs = {
            pair
            for whole, parts in within
            for part in parts
            for pair in ((whole, part), (part, whole))
        }

    def of(self, text: str, sense: Iterable[str] = ()) -> frozenset[str]:
        """What a meaning is compared by: its telling words, or those given, and its marks."""
        found = {lemma(word) for word in words(" ".join(sense) or text)}
        return frozenset((found - _EMPTY or found) | self._marks.get(text, set()))

    def contains(self, one: str, other: str) -> bool:
        """One of the two is a part of the other."""
        return (one, other) in self._pairs

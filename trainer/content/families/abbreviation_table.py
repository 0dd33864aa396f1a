"""The rows of the table of abbreviations, ready for questions. Knows no question.

An ambiguous one is never offered, and unsafe ones stand beside each other only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from trainer.content.families.english import slug
from trainer.content.families.tables import Table, unknown_names
from trainer.content.lint.words import words
from trainer.content.models.facts import (
    AbbreviationEntry,
    AbbreviationGroupEntry,
    AbbreviationsHead,
)
from trainer.content.models.item_parts import SourceEntry
from trainer.content.problems import Problem
from trainer.content.yamlfile import FieldPath

UNSAFE: Final = {"error_prone": "error-prone", "do_not_use": "do-not-use"}


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One row with what its group adds."""

    path: FieldPath
    concept: str
    place: str
    row: AbbreviationEntry

    @property
    def abbr(self) -> str:
        return self.row.abbr

    @property
    def means(self) -> str:
        return self.row.means

    @property
    def code(self) -> str:
        return f"ab-{self.row.code or slug(self.abbr)}"

    @property
    def shown(self) -> str:
        return f"{self.abbr} ({self.means})"

    @property
    def letters(self) -> str:
        return slug(self.abbr).replace("-", "")

    @property
    def letters_told(self) -> str:
        """What a reader sees of the words: Hx shows no more of history than its first letter."""
        spelled = "".join(sign for sign in self.abbr.lower() if sign.isalpha())
        return spelled[:-1] if self.abbr.endswith("x") and len(spelled) == 2 else spelled

    def fits(self, text: str) -> bool:
        """Its letters stand in the text in their order, the first one at the start of a word."""
        return _fits(self.letters_told, text)

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in words(self.means))


@lru_cache(maxsize=100_000)
def _fits(letters: str, text: str) -> bool:
    """From the first word with the first letter on: a later one leaves fewer letters to find."""
    line = "".join(f" {word}" for word in words(text))
    begin = line.find(f" {letters[:1]}")
    if begin < 0:
        return False
    left = iter(line[begin + 2 :])
    return all(letter in left for letter in letters[1:])


@dataclass(frozen=True, slots=True)
class Family:
    """All abbreviations and the lists of pairs that must not, or should, meet."""

    rows: list[Abbreviation]
    same: dict[str, frozenset[str]]
    look_alikes: dict[str, frozenset[str]]
    unsafe_sources: tuple[SourceEntry, ...]

    def near_meaning(self, one: str, other: str) -> bool:
        return one == other or other in self.same.get(one, frozenset())

    def clash(self, one: Abbreviation, other: Abbreviation) -> bool:
        """The same meaning, or a meaning whose initials are the letters of the other."""
        return (
            self.near_meaning(one.means, other.means)
            or one.initials == other.letters
            or other.initials == one.letters
        )

    def danger_clash(self, one: Abbreviation, other: Abbreviation) -> bool:
        """The same misreading, or one that is what the other one means."""
        return (
            self.near_meaning(one.row.danger, other.row.danger)
            or other.means in one.row.danger
            or one.means in other.row.danger
        )

    def tiers(self, key: Abbreviation, needs: str = "means") -> Iterator[list[Abbreviation]]:
        """Look-alikes, then the own group, then all of the same safety."""
        near = self.look_alikes.get(key.abbr, frozenset())
        unsafe = key.row.status in UNSAFE
        fit = [
            one
            for one in self.rows
            if one is not key
            and one.row.status != "ambiguous"
            and (one.row.status in UNSAFE) == unsafe
            and getattr(one.row, needs)
        ]
        far = [one for one in fit if one.abbr not in near]
        yield [one for one in fit if one.abbr in near]
        # Where initials do not give the answer away: the same first letter first.
        own = [one for one in far if one.concept == key.concept]
        yield [one for one in own if one.means[0].lower() == key.means[0].lower()]
        yield own
        yield [one for one in far if one.concept != key.concept]


_Rows = Table[AbbreviationsHead, AbbreviationGroupEntry, AbbreviationEntry]


def family_of(table: _Rows) -> Family:
    rows = [
        Abbreviation(path, group.concept, row.place or group.place, row)
        for path, group, row in table.rows
    ]
    head = table.head
    sources = tuple(head.unsafe_sources)
    return Family(rows, _partners(head.same), _partners(head.look_alikes), sources)


def _partners(lists: tuple[tuple[str, ...], ...]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for names in lists:
        for name in names:
            found[name] = found.get(name, frozenset()) | frozenset(names)
    return found


def wrong_names(table: _Rows) -> Iterator[Problem]:
    head, document = table.head, table.document
    texts = {text for _, _, row in table.rows for text in (row.means, row.danger)}
    abbrs = {row.abbr for _, _, row in table.rows}
    yield from unknown_names(document, "same", head.same, texts, "meaning or danger")
    yield from unknown_names(document, "look_alikes", head.look_alikes, abbrs, "abbreviation")
    for path, group, row in table.rows:
        one = Abbreviation(path, group.concept, group.place, row)
        for trap in row.traps if one.fits(row.means) else ():
            if not one.fits(trap):
                message = f'"{trap}" does not fit the letters of {row.abbr}, so it misleads nobody.'
                yield document.problem(path, "F06", message)

"""What a question is. Knows its parts, not how it is stored, shown or graded."""

from dataclasses import dataclass
from typing import Literal

ItemType = Literal["single_best_answer"]
Bloom = Literal["remember", "understand", "apply", "analyze"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer offered. The reason says why it is right, or why it is wrong here."""

    id: str
    text: str
    correct: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. Days are ISO text, as in the file."""

    title: str
    url: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a bank. Its one concept drives memory (design A1)."""

    code: str
    concept: str
    type: ItemType
    difficulty: int
    bloom: Bloom
    stem: str
    lead_in: str
    options: tuple[Option, ...]
    rule: str
    sources: tuple[Source, ...]
    status_as_of: str
    review_by: str
    fixed_order: bool
    bank: str

    @property
    def key(self) -> Option:
        """The right option. Banks are checked to have exactly one."""
        return next(option for option in self.options if option.correct)

    def option(self, option_id: str) -> Option:
        """The option of that id; raises KeyError when there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    @property
    def words(self) -> int:
        """How much there is to read before answering; timing rules are per word (design A2)."""
        texts = (self.stem, self.lead_in, *(option.text for option in self.options))
        return sum(len(text.split()) for text in texts)

"""What a question is. Knows its parts, not how it is stored, shown or graded."""

from dataclasses import dataclass
from typing import Literal

ItemType = Literal[
    "single_best_answer", "multiple_response", "ordered_response", "matching", "numeric", "hot_spot"
]
Bloom = Literal["remember", "understand", "apply", "analyze"]
Pool = Literal["practice", "exam", "both"]
"""Where an item may be drawn: an exam-only item never feeds practice (promise P22)."""
Origin = Literal["written", "generated", "local"]
"""By hand in a file, from a fact table, or by staff of a program in the browser."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing offered, by item type: an answer, a step, a row to match, a region of a picture.

    The reason says why it is right, or why it is wrong here; for a step, why it stands where it
    does. Steps stand in the right order in the item.
    """

    id: str
    text: str
    correct: bool
    reason: str
    match: str = ""
    """Matching: the id of its partner."""
    error: str = ""
    """The named error that leads to this answer, such as "inverted ratio"; none when unknown."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Matching: what a row can be matched with; one may fit several rows or none."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """Numeric entry: a value that a named error leads to, and what to say to it."""

    value: str
    error: str
    reason: str


@dataclass(frozen=True, slots=True)
class Number:
    """Numeric entry: decimal texts; `units` are accepted spellings, the first one is shown."""

    value: str
    tolerance: str
    low: str
    """Plausible range: an answer outside is wrong and probably a slip of typing."""
    high: str
    units: tuple[str, ...]
    solution: str
    """The worked solution, which is the reason of the key."""
    errors: tuple[WrongNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An own drawing, checked when read; the item keeps the very drawing that was shown (P23)."""

    code: str
    alt: str
    svg: str


@dataclass(frozen=True, slots=True)
class Range:
    """A parameter that takes each of these decimal values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """A value computed from the parameters and the derived values before it."""

    name: str
    formula: str


@dataclass(frozen=True, slots=True)
class Parameters:
    """What makes an item a template: every row with every combination of the ranges, as far as
    all conditions hold. Texts name values in braces: {dose}, {fee:money}, {start:time}."""

    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Values that belong together, such as a drug and its strength; decimal or plain text."""
    ranges: tuple[Range, ...] = ()
    derived: tuple[Derived, ...] = ()
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. Days are ISO text, as in the file."""

    title: str
    url: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a second reading found: answered blind, with which result, when (ISO day)."""

    blind_answer: Literal["agreed"]
    on: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A warning of the linter that stays, and why."""

    rule: str
    reason: str


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
    select: int = 0
    """Multiple response: how many to choose; 0 means all that apply."""
    partners: tuple[Partner, ...] = ()
    number: Number | None = None
    picture: Picture | None = None
    parameters: Parameters | None = None
    pool: Pool = "both"
    origin: Origin = "written"
    checked: Checked | None = None
    accepted: tuple[Accepted, ...] = ()

    @property
    def key(self) -> Option:
        """The right option of a type that has exactly one."""
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
        texts = (
            self.stem,
            self.lead_in,
            *(option.text for option in self.options),
            *(partner.text for partner in self.partners),
        )
        return sum(len(text.split()) for text in texts)

"""The shape of items and concepts files. Conversion to core values; no rule about good writing."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from trainer.content.models.fields import (
    Address,
    Block,
    Code,
    CompetencyCode,
    Day,
    Entry,
    Flag,
    Line,
    OptionalBlock,
    Whole,
)
from trainer.core.items import Item, Option, Source
from trainer.core.outline.concepts import Concept

OptionId = Annotated[str, StringConstraints(pattern=r"^[a-e]$")]
ItemCode = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*-[0-9]{2}$", max_length=64)
]
Difficulty = Annotated[Whole, Field(ge=1, le=3)]


class OptionEntry(Entry):
    id: OptionId
    text: Annotated[Line, Field(max_length=240, description="What the student can choose.")]
    correct: Flag = False
    reason: Annotated[Block, Field(description="Why it is right, or why it is wrong here.")]

    def to_core(self) -> Option:
        return Option(self.id, self.text, self.correct, self.reason)


class SourceEntry(Entry):
    title: Line
    url: Address
    checked_on: Day

    def to_core(self) -> Source:
        return Source(self.title, self.url, self.checked_on)


def _one_key(options: list[OptionEntry]) -> list[OptionEntry]:
    """Rule I01; without it there is no core value at all."""
    keys = sum(option.correct for option in options)
    if keys != 1:
        raise ValueError(f"I01 exactly one option must be correct, not {keys}")
    ids = [option.id for option in options]
    if len(set(ids)) != len(ids):
        raise ValueError("I02 two options have the same id")
    return options


class ItemEntry(Entry):
    id: Annotated[ItemCode, Field(description="The concept's code and a two-digit number.")]
    concept: Code
    type: Literal["single_best_answer"]
    difficulty: Annotated[Difficulty, Field(description="1 easy, 2 medium, 3 hard.")]
    bloom: Literal["remember", "understand", "apply", "analyze"]
    stem: Annotated[OptionalBlock, Field(description="The situation; may be left out.")] = ""
    lead_in: Annotated[Line, Field(description="The question, one sentence.")]
    options: Annotated[
        list[OptionEntry], Field(min_length=3, max_length=5), AfterValidator(_one_key)
    ]
    rule: Annotated[Line, Field(description="One short sentence to remember.")]
    sources: Annotated[list[SourceEntry], Field(min_length=1, max_length=6)]
    status_as_of: Annotated[Day, Field(description="The day the facts were checked.")]
    review_by: Annotated[Day, Field(description="The day by which they must be checked again.")]
    fixed_order: Annotated[
        Flag, Field(description="yes: show the options as written, their order has a meaning.")
    ] = False

    def to_core(self, bank: str) -> Item:
        return Item(
            code=self.id,
            concept=self.concept,
            type=self.type,
            difficulty=self.difficulty,
            bloom=self.bloom,
            stem=self.stem,
            lead_in=self.lead_in,
            options=tuple(option.to_core() for option in self.options),
            rule=self.rule,
            sources=tuple(source.to_core() for source in self.sources),
            status_as_of=self.status_as_of,
            review_by=self.review_by,
            fixed_order=self.fixed_order,
            bank=bank,
        )


class ItemsFile(Entry):
    """Questions of one bank."""

    bank: Code
    items: Annotated[list[ItemEntry], Field(min_length=1)]


class ConceptEntry(Entry):
    code: Code
    name: Annotated[Line, Field(max_length=60)]
    lesson: Annotated[Block, Field(description="Two sentences that teach it.")]
    area: Annotated[Code, Field(description="A code of exams/crosswalk.yaml.")]
    competencies: tuple[CompetencyCode, ...] = ()
    prerequisites: Annotated[tuple[Code, ...], Field(description="Concepts to know first.")] = ()

    def to_core(self, bank: str) -> Concept:
        return Concept(
            code=self.code,
            name=self.name,
            lesson=self.lesson,
            area=self.area,
            competencies=tuple(self.competencies),
            prerequisites=tuple(self.prerequisites),
            bank=bank,
        )


class ConceptsFile(Entry):
    """Concepts of one bank."""

    bank: Code
    concepts: Annotated[list[ConceptEntry], Field(min_length=1)]

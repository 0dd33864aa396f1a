"""The shape of items and concepts files. Conversion to core values; no rule about good writing."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from trainer.content.models import item_shapes
from trainer.content.models.fields import (
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
from trainer.content.models.item_parts import (
    AcceptedEntry,
    CheckedEntry,
    NumberEntry,
    OptionEntry,
    ParametersEntry,
    PartnerEntry,
    PictureCode,
    SourceEntry,
)
from trainer.core.items import Bloom, Item, ItemType, Picture, Pool
from trainer.core.outline.concepts import Concept

ItemCode = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*-[0-9]{2}$", max_length=64)
]
Difficulty = Annotated[Whole, Field(ge=1, le=3)]


class ItemEntry(Entry):
    id: Annotated[ItemCode, Field(description="The concept's code and a two-digit number.")]
    concept: Code
    type: ItemType
    difficulty: Annotated[Difficulty, Field(description="1 easy, 2 medium, 3 hard.")]
    bloom: Bloom
    stem: Annotated[OptionalBlock, Field(description="The situation; may be left out.")] = ""
    lead_in: Annotated[Line, Field(description="The question, one sentence.")]
    options: Annotated[
        tuple[OptionEntry, ...],
        Field(
            description="Answers; steps in the right order; rows to match; regions.",
            validate_default=True,
        ),
    ] = ()
    select: Annotated[
        Whole, Field(le=6, description="How many to choose; left out: all that apply.")
    ] = 0
    partners: Annotated[
        tuple[PartnerEntry, ...],
        Field(description="Matching: what rows are matched with.", validate_default=True),
    ] = ()
    number: Annotated[NumberEntry | None, Field(validate_default=True)] = None
    picture: Annotated[PictureCode | Literal[""], Field(validate_default=True)] = ""
    parameters: ParametersEntry | None = None
    rule: Annotated[Line, Field(description="One short sentence to remember.")]
    sources: Annotated[tuple[SourceEntry, ...], Field(min_length=1, max_length=6)]
    status_as_of: Annotated[Day, Field(description="The day the facts were checked.")]
    review_by: Annotated[Day, Field(description="The day by which they must be checked again.")]
    fixed_order: Annotated[
        Flag, Field(description="yes: show the options as written, their order has a meaning.")
    ] = False
    pool: Annotated[Pool, Field(description="Where it may be drawn.")] = "both"
    checked: Annotated[CheckedEntry | None, Field(description="The second reading.")] = None
    accepted: Annotated[
        tuple[AcceptedEntry, ...], Field(description="Warnings that stay, and why.")
    ] = ()

    @field_validator("options")
    @classmethod
    def _options(
        cls, options: tuple[OptionEntry, ...], info: ValidationInfo
    ) -> tuple[OptionEntry, ...]:
        if "type" in info.data:
            item_shapes.check_options(info.data["type"], options)
        return options

    @field_validator("select")
    @classmethod
    def _select(cls, select: int, info: ValidationInfo) -> int:
        if {"type", "options"} <= info.data.keys():
            item_shapes.check_select(info.data["type"], select, info.data["options"])
        return select

    @field_validator("partners")
    @classmethod
    def _partners(
        cls, partners: tuple[PartnerEntry, ...], info: ValidationInfo
    ) -> tuple[PartnerEntry, ...]:
        if {"type", "options"} <= info.data.keys():
            item_shapes.check_partners(info.data["type"], partners, info.data["options"])
        return partners

    @field_validator("number")
    @classmethod
    def _number(cls, number: NumberEntry | None, info: ValidationInfo) -> NumberEntry | None:
        if "type" in info.data:
            item_shapes.check_number(info.data["type"], number)
        return number

    @field_validator("picture")
    @classmethod
    def _picture(cls, picture: str, info: ValidationInfo) -> str:
        if "type" in info.data:
            item_shapes.check_picture(info.data["type"], picture)
        return picture

    @field_validator("parameters")
    @classmethod
    def _parameters(
        cls, parameters: ParametersEntry | None, info: ValidationInfo
    ) -> ParametersEntry | None:
        if "type" in info.data:
            item_shapes.check_template(info.data["type"], parameters)
        return parameters

    def to_core(self, bank: str, pictures: Mapping[str, Picture]) -> Item:
        """The item; its picture is looked up by code, None when there is no such picture."""
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
            # The numbers on a drawing do not move.
            fixed_order=self.fixed_order or self.type == "hot_spot",
            bank=bank,
            select=self.select,
            partners=tuple(partner.to_core() for partner in self.partners),
            number=self.number.to_core() if self.number else None,
            picture=pictures.get(self.picture),
            parameters=self.parameters.to_core() if self.parameters else None,
            pool=self.pool,
            checked=self.checked.to_core() if self.checked else None,
            accepted=tuple(entry.to_core() for entry in self.accepted),
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


class PictureEntry(Entry):
    code: Code
    title: Line
    alt: Annotated[Block, Field(description="What is to be seen, without giving an answer away.")]
    regions: tuple["RegionEntry", ...] = ()


class RegionEntry(Entry):
    id: Annotated[str, StringConstraints(pattern=r"^[a-h]$")]
    place: Annotated[Line, Field(description="Where it is, without naming what it is.")]


class PicturesFile(Entry):
    """The index of the drawings."""

    pictures: Annotated[list[PictureEntry], Field(min_length=1)]

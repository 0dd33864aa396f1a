"""The shape of a competency framework file. The kind of an entry is read from its code."""

from typing import Annotated, Literal

from pydantic import Field

from trainer.content.models.fields import (
    Address,
    Code,
    CompetencyCode,
    Day,
    Entry,
    Line,
    OptionalLine,
)
from trainer.core.outline.competencies import Competency, CompetencyArea, Framework, Part

Confidence = Literal["high", "medium", "low"]
_KINDS = {"C": "cognitive", "P": "psychomotor", "A": "affective"}


class PartEntry(Entry):
    code: CompetencyCode
    name: Line


class CompetencyEntry(Entry):
    code: CompetencyCode
    summary: Line
    parts: tuple[PartEntry, ...] = ()
    confidence: Annotated[Confidence, Field(description="How sure the number is.")] = "medium"

    def to_core(self, area: str) -> Competency:
        letter = next(part for part in self.code.split(".") if part in _KINDS)
        return Competency(
            code=self.code,
            kind=_KINDS[letter],
            area=area,
            summary=self.summary,
            parts=tuple(Part(part.code, part.name) for part in self.parts),
            confidence=self.confidence,
        )


class CompetencyAreaEntry(Entry):
    code: Annotated[str, Field(pattern="^[IVX]+$")]
    title: Line
    evidence: Line
    note: OptionalLine = ""
    competencies: Annotated[list[CompetencyEntry], Field(min_length=1)]


class FrameworkFile(Entry):
    """A competency framework in one edition."""

    code: Code
    title: Line
    as_of: Day
    wording: Line
    confidence: Line
    areas: Annotated[list[CompetencyAreaEntry], Field(min_length=1)]
    affective: Annotated[list[CompetencyEntry], Field(min_length=1)]
    sources: Annotated[list[Address], Field(min_length=1)]

    def to_core(self) -> Framework:
        entries = [entry.to_core(area.code) for area in self.areas for entry in area.competencies]
        entries += [entry.to_core("") for entry in self.affective]
        return Framework(
            code=self.code,
            title=self.title,
            as_of=self.as_of,
            wording=self.wording,
            confidence=self.confidence,
            areas=tuple(
                CompetencyArea(area.code, area.title, area.evidence, area.note)
                for area in self.areas
            ),
            competencies=tuple(entries),
            sources=tuple(self.sources),
        )

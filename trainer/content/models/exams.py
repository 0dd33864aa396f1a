"""The shape of exam files and of the crosswalk. Conversion only; `read_exams` checks the sums."""

from typing import Annotated, Literal

from pydantic import Field

from trainer.content.models.fields import (
    Address,
    Code,
    Day,
    Decimal,
    Entry,
    Flag,
    Line,
    NodeCode,
    OptionalLine,
    Whole,
)
from trainer.core.outline.concepts import Area
from trainer.core.outline.exams import (
    Domain,
    ExamProfile,
    Outline,
    Scale,
    Segments,
    Subdomain,
    Topic,
)

Evidence = Literal["published", "derived", "mixed", "background", "working"]
Confidence = Literal["high", "medium", "low"]
Count = Annotated[Whole, Field(ge=1, le=2000)]
Percent = Annotated[Whole, Field(ge=1, le=100)]


class TopicEntry(Entry):
    code: NodeCode
    name: Line

    def to_core(self) -> Topic:
        return Topic(self.code, self.name)


class SubdomainEntry(Entry):
    code: NodeCode
    name: Line
    items: Count
    evidence: Annotated[Evidence, Field(description="Where the number of items comes from.")]
    topics_evidence: Evidence
    topics: Annotated[list[TopicEntry], Field(min_length=1)]

    def to_core(self) -> Subdomain:
        topics = tuple(topic.to_core() for topic in self.topics)
        return Subdomain(
            self.code, self.name, self.items, self.evidence, self.topics_evidence, topics
        )


class DomainEntry(Entry):
    code: NodeCode
    name: Line
    items: Count
    weight_pct: Annotated[Decimal, Field(gt=0, le=100)]
    evidence: Evidence
    note: OptionalLine = ""
    subdomains: Annotated[list[SubdomainEntry], Field(min_length=1)]

    def to_core(self) -> Domain:
        return Domain(
            code=self.code,
            name=self.name,
            items=self.items,
            weight_pct=self.weight_pct,
            evidence=self.evidence,
            note=self.note,
            subdomains=tuple(part.to_core() for part in self.subdomains),
        )


class ItemCounts(Entry):
    total: Count
    scored: Count
    pretest: Annotated[Whole, Field(ge=0, le=2000)]
    note: OptionalLine = ""


class SegmentsEntry(Entry):
    count: Annotated[Whole, Field(ge=1, le=20)]
    minutes_each: Count
    items_each: Count
    return_allowed: Annotated[Flag, Field(description="May a finished segment be reopened?")]
    break_minutes: Annotated[Whole, Field(ge=0, le=240)]

    def to_core(self) -> Segments:
        return Segments(
            count=self.count,
            minutes_each=self.minutes_each,
            items_each=self.items_each,
            return_allowed=self.return_allowed,
            break_minutes=self.break_minutes,
        )


class ScaleEntry(Entry):
    minimum: Whole
    maximum: Whole
    passing: Whole
    confidence: Confidence
    note: OptionalLine = ""
    assumed_cut_pct: Annotated[Percent, Field(description="Our own assumption; not published.")]

    def to_core(self) -> Scale:
        return Scale(
            minimum=self.minimum,
            maximum=self.maximum,
            passing=self.passing,
            confidence=self.confidence,
            note=self.note,
            assumed_cut_pct=self.assumed_cut_pct,
        )


class OutlineEntry(Entry):
    effective: Line
    domains_confidence: Confidence
    subdomains_confidence: Confidence
    note: OptionalLine = ""

    def to_core(self) -> Outline:
        return Outline(
            self.effective, self.domains_confidence, self.subdomains_confidence, self.note
        )


class ExamFile(Entry):
    """One exam: its format, its scale and its content outline."""

    code: Code
    credential: Line
    full_name: Line
    issuing_body: Line
    official_site: Address
    as_of: Day
    items: ItemCounts
    time_minutes: Count
    options_per_item: Annotated[Whole, Field(ge=3, le=5)]
    item_types: Annotated[
        list[Literal["single_best_answer", "multi_select", "drag_and_drop", "hotspot"]],
        Field(min_length=1),
    ]
    segments: SegmentsEntry
    scale: ScaleEntry
    outline: OutlineEntry
    cross_cutting: tuple[TopicEntry, ...] = ()
    domains: Annotated[list[DomainEntry], Field(min_length=1)]
    notes: tuple[Line, ...] = ()
    sources: Annotated[list[Address], Field(min_length=1)]

    def to_core(self) -> ExamProfile:
        return ExamProfile(
            code=self.code,
            credential=self.credential,
            full_name=self.full_name,
            issuing_body=self.issuing_body,
            official_site=self.official_site,
            as_of=self.as_of,
            items_total=self.items.total,
            items_scored=self.items.scored,
            items_pretest=self.items.pretest,
            items_note=self.items.note,
            time_minutes=self.time_minutes,
            options_per_item=self.options_per_item,
            item_types=tuple(self.item_types),
            segments=self.segments.to_core(),
            scale=self.scale.to_core(),
            outline=self.outline.to_core(),
            cross_cutting=tuple(topic.to_core() for topic in self.cross_cutting),
            domains=tuple(domain.to_core() for domain in self.domains),
            notes=tuple(self.notes),
            sources=tuple(self.sources),
        )


class AreaEntry(Entry):
    code: Code
    name: Line
    outline: Annotated[
        dict[Code, Annotated[list[NodeCode], Field(min_length=1)]],
        Field(min_length=1, description="Exam code, then the nodes that cover this area."),
    ]
    maerb_areas: Annotated[list[Annotated[str, Field(pattern="^[IVX]+$")]], Field(min_length=1)]

    def to_core(self) -> Area:
        outline = {exam: tuple(nodes) for exam, nodes in self.outline.items()}
        return Area(self.code, self.name, outline, tuple(self.maerb_areas))


class CrosswalkFile(Entry):
    """Areas of knowledge and where each stands in every exam's outline."""

    areas: Annotated[list[AreaEntry], Field(min_length=1)]

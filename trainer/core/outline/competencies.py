"""A competency framework: the things a program must show that each student can do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A lettered part of a competency, recorded on its own."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Competency:
    """One entry. `kind` is cognitive, psychomotor or affective; `area` is empty for affective ones.

    `confidence` says how sure the numbering is: high, medium or low.
    """

    code: str
    kind: str
    area: str
    summary: str
    parts: tuple[Part, ...]
    confidence: str

    @property
    def leaves(self) -> tuple[str, ...]:
        """The codes a record is kept for: the parts, or the entry itself when it has none."""
        return tuple(part.code for part in self.parts) or (self.code,)


@dataclass(frozen=True, slots=True)
class CompetencyArea:
    """A content area of the framework, and where its list comes from."""

    code: str
    title: str
    evidence: str
    note: str


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework in one edition."""

    code: str
    title: str
    as_of: str
    wording: str
    confidence: str
    areas: tuple[CompetencyArea, ...]
    competencies: tuple[Competency, ...]
    sources: tuple[str, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Every code that may be referred to: entries and their parts."""
        entries = {entry.code for entry in self.competencies}
        parts = {part.code for entry in self.competencies for part in entry.parts}
        return frozenset(entries | parts)

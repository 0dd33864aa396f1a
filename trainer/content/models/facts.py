"""The shape of fact tables, from which questions are made. No rule about what makes a question."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from trainer.content.models.fields import Code, Day, Entry, Flag, Line, OptionalLine
from trainer.content.models.item_parts import SourceEntry

Sources = Annotated[list[SourceEntry], Field(min_length=1, max_length=6)]
Status = Literal["accepted", "ambiguous", "error_prone", "do_not_use"]
Names = tuple[Line, ...]
SameNames = Annotated[tuple[Line, ...], Field(min_length=2)]


class FactsFrame(Entry):
    """What every table says about itself."""

    bank: Code
    as_of: Annotated[Day, Field(description="The day the facts were checked.")]
    review_by: Annotated[Day, Field(description="The day by which they must be checked again.")]
    sources: Sources


class WholeEntry(Entry):
    """A meaning that contains others, as the ear contains the eardrum."""

    whole: Line
    parts: Annotated[tuple[Line, ...], Field(min_length=1)]


class PartEntry(Entry):
    part: Annotated[Line, Field(description="Written as usual: pre-, -itis or cardi/o.")]
    means: Annotated[Line, Field(max_length=70)]
    example: Annotated[Line, Field(description="A common term with this part.")]
    says: Annotated[Line, Field(description="What that term means.")]
    sense: Annotated[Names, Field(description="Own words for comparing, if `means` misleads.")] = ()
    status: Literal["accepted", "ambiguous"] = "accepted"
    note: Annotated[OptionalLine, Field(description="Why the status; shown to nobody.")] = ""
    noun: Annotated[OptionalLine, Field(description='Roots: "a vein"; else "the" and `means`.')] = (
        ""
    )
    terms: Annotated[
        dict[Line, Line],
        Field(default_factory=dict, description="Roots: terms and the suffix of each."),
    ]
    reads: Annotated[
        OptionalLine, Field(description='Suffixes: "inflammation of {}"; {} is the noun of a root.')
    ] = ""
    builds: Annotated[
        Literal["", "condition", "procedure"], Field(description="Suffixes: what it names.")
    ] = ""
    called: Annotated[OptionalLine, Field(description="Instead of prefix, suffix and so on.")] = ""
    broad: Annotated[Flag, Field(description="Too wide to be a wrong answer, as disease.")] = False


class PartGroupEntry(Entry):
    concept: Code
    kind: Literal["prefix", "suffix", "root"]


class PartsHead(FactsFrame):
    same: tuple[SameNames, ...] = ()
    within: tuple[WholeEntry, ...] = ()
    look_alikes: tuple[SameNames, ...] = ()
    endings: Annotated[Names, Field(description="What else may follow a prefix: costal.")] = ()


class PartGroupFile(PartGroupEntry):
    parts: Annotated[list[PartEntry], Field(min_length=1)]


class WordPartsFile(PartsHead):
    """Word parts by family."""

    groups: Annotated[list[PartGroupFile], Field(min_length=1)]


class AbbreviationEntry(Entry):
    abbr: Annotated[Line, Field(max_length=20)]
    means: Line
    code: Annotated[
        Code | None, Field(description="Needed when two abbreviations differ in case or sign only.")
    ] = None
    status: Status = "accepted"
    note: Annotated[OptionalLine, Field(description="Why the status; shown to nobody.")] = ""
    place: Annotated[OptionalLine, Field(description="Instead of the place of the group.")] = ""
    line: Annotated[
        OptionalLine, Field(description="A line of a chart or order that holds it.")
    ] = ""
    write: Annotated[OptionalLine, Field(description="Unsafe ones: what to write instead.")] = ""
    danger: Annotated[OptionalLine, Field(description='Unsafe ones: "read as ...".')] = ""
    traps: Annotated[
        Names, Field(description="Wrong readings that fit the same letters, two or more.")
    ] = ()
    mixups: Annotated[Names, Field(description="Made-up dangers that begin as the real one.")] = ()
    about: Annotated[
        OptionalLine, Field(description="What is behind the letters, in other words.")
    ] = ""


class AbbreviationGroupEntry(Entry):
    concept: Code
    place: Annotated[Line, Field(description='Where they stand: "On a problem list".')]


class AbbreviationsHead(FactsFrame):
    unsafe_sources: Annotated[Sources, Field(description="For error-prone and do-not-use ones.")]
    same: tuple[SameNames, ...] = ()
    look_alikes: tuple[SameNames, ...] = ()


class AbbreviationGroupFile(AbbreviationGroupEntry):
    abbreviations: Annotated[list[AbbreviationEntry], Field(min_length=1)]


class AbbreviationsFile(AbbreviationsHead):
    """Abbreviations by place of use."""

    groups: Annotated[list[AbbreviationGroupFile], Field(min_length=1)]


Stem = Annotated[str, StringConstraints(pattern=r"^(-[a-z]+|[a-z]+-)$")]


class UseEntry(Entry):
    code: Code
    name: Line
    kin: Annotated[tuple[Code, ...], Field(description="Uses that overlap with it.")] = ()
    beside: Annotated[
        tuple[Code, ...], Field(description="Uses of a neighboring body system.")
    ] = ()


class PointEntry(Entry):
    code: Code
    ask: Annotated[
        Literal["effect", "warning", "teach"],
        Field(description="A common effect, a warning, or an instruction."),
    ]
    text: Line
    urgent: Annotated[Flag, Field(description="The provider is told at once.")] = False
    why: Annotated[
        OptionalLine, Field(description="Errors that hold for no drug: why. Wrong answers only.")
    ] = ""


class DrugEntry(Entry):
    name: Annotated[Line, Field(description="The generic name.")]
    brands: tuple[Line, ...] = ()
    schedule: Annotated[Literal["", "II", "III", "IV", "V"], Field(description="Federal.")] = ""
    drug_class: Annotated[
        Flag, Field(alias="class", description="no: do not ask for its class.")
    ] = True
    use: Annotated[str, Field(description="Another use than its class; no: do not ask.")] = ""
    point: Annotated[str, Field(description="Another point than its class; no: do not ask.")] = ""
    unlike: Annotated[tuple[Code, ...], Field(description="Instead of those of the class.")] = ()


class DrugClassEntry(Entry):
    code: Code
    concept: Code
    name: Line
    full: Annotated[OptionalLine, Field(description="The name with its letters written out.")] = ""
    stem: Annotated[Stem | None, Field(description="The ending or beginning of the names.")] = None
    shows: Annotated[OptionalLine, Field(description="The stem as a question shows it.")] = ""
    trapped: Annotated[
        tuple[Code, ...], Field(description="Classes with a drug that ends alike by chance.")
    ] = ()
    use: Code
    also_for: Annotated[tuple[Code, ...], Field(description="Further uses of its drugs.")] = ()
    point: Code | None = None
    unlike: Annotated[
        tuple[Code, ...], Field(description="Points known to hold for none of its drugs.")
    ] = ()


class DrugsHead(FactsFrame):
    stem_sources: Annotated[Sources, Field(description="For questions on name endings.")]
    schedule_sources: Annotated[Sources, Field(description="For questions on schedules.")]
    schedule_concept: Annotated[Code, Field(description="What questions on schedules test.")]
    uses: Annotated[list[UseEntry], Field(min_length=1)]
    points: Annotated[list[PointEntry], Field(min_length=1)]


class DrugClassFile(DrugClassEntry):
    drugs: Annotated[list[DrugEntry], Field(min_length=1)]


class DrugsFile(DrugsHead):
    """Drugs by class."""

    classes: Annotated[list[DrugClassFile], Field(min_length=1)]

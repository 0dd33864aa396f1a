"""Living content: what staff write, decide and are told about questions."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.base import AppendOnly, Base, Code, JsonDict, Key, Moment, StrList, table_args


class ContentDecision(AppendOnly, Base):
    """One decision about a question: quarantined, released, retired, published; why, by whom.

    With `erratum` it is told to the students who answered; `source_url` proves the correction.
    """

    __tablename__ = "content_decision"
    __table_args__ = table_args(Index(None, "code"))

    id: Mapped[Key]
    code: Mapped[Code]
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_version.id"))
    action: Mapped[Code]
    reason: Mapped[str] = mapped_column(String(2000))
    erratum: Mapped[str] = mapped_column(String(2000))
    source_url: Mapped[str] = mapped_column(String(400))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]


class ItemReport(Base):
    """What a reader says is wrong with a question; closed with an answer."""

    __tablename__ = "item_report"
    __table_args__ = table_args(UniqueConstraint("person_id", "op_id"), Index(None, "item_code"))

    id: Mapped[Key]
    op_id: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    item_code: Mapped[Code]
    item_version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_version.id"))
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"))
    step: Mapped[int | None]
    about: Mapped[Code]
    text: Mapped[str] = mapped_column(String(2000))
    at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(String(2000))


class ItemDraft(Base):
    """A question that staff of a program write. `entry` holds the fields of the file form.

    `edit` counts the saves, so that a stale page cannot overwrite a newer one.
    """

    __tablename__ = "item_draft"
    __table_args__ = table_args(UniqueConstraint("code"), Index(None, "program_id"))

    id: Mapped[Key]
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    code: Mapped[Code]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entry: Mapped[JsonDict]
    edit: Mapped[int]
    state: Mapped[Code]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]


class DraftReading(AppendOnly, Base):
    """A second reader's blind answer to one edit of a draft."""

    __tablename__ = "draft_reading"
    __table_args__ = table_args(UniqueConstraint("draft_id", "edit", "reader_id"))

    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("item_draft.id"))
    edit: Mapped[int]
    reader_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    option_order: Mapped[StrList]
    given: Mapped[str] = mapped_column(String(40))
    agreed: Mapped[bool]
    note: Mapped[str] = mapped_column(String(2000))
    at: Mapped[Moment]


class ErratumSeen(AppendOnly, Base):
    """That a student has read a correction."""

    __tablename__ = "erratum_seen"
    __table_args__ = table_args(UniqueConstraint("decision_id", "person_id"))

    id: Mapped[Key]
    decision_id: Mapped[int] = mapped_column(ForeignKey("content_decision.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]

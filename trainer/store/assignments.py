"""Work that an instructor asks a cohort to do. Progress is read from sittings and plays."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.base import Base, Code, Key, Line, Moment, StrList, table_args


class Assignment(Base):
    """A piece of work for one cohort with a due moment and one or more targets."""

    __tablename__ = "assignment"
    __table_args__ = table_args(UniqueConstraint("op_id"), Index(None, "cohort_id"))

    id: Mapped[Key]
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    op_id: Mapped[str] = mapped_column(String(64))
    title: Mapped[Line]
    note: Mapped[str] = mapped_column(String(4000))
    due_at: Mapped[Moment]
    created_at: Mapped[Moment]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[Moment | None]


class AssignmentTarget(Base):
    """One thing to do: play a scenario, or answer questions on some concepts."""

    __tablename__ = "assignment_target"
    __table_args__ = table_args(UniqueConstraint("assignment_id", "position"))

    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    position: Mapped[int]
    kind: Mapped[Code]
    code: Mapped[Code]
    concepts: Mapped[StrList]
    questions: Mapped[int | None]

"""Cohorts, who teaches them, who is enrolled, and how students join."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.base import Base, Key, Line, Moment, table_args


class Cohort(Base):
    """A class of students of one program."""

    __tablename__ = "cohort"
    __table_args__ = table_args(Index(None, "program_id"))

    id: Mapped[Key]
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    name: Mapped[Line]
    exam_code: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[Moment]
    archived_at: Mapped[Moment | None]


class CohortStaff(Base):
    """An instructor of a cohort."""

    __tablename__ = "cohort_staff"
    __table_args__ = table_args(
        UniqueConstraint("cohort_id", "person_id"), Index(None, "person_id")
    )

    id: Mapped[Key]
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[Moment]


class Enrolment(Base):
    """A student in a cohort, until `ended_at`."""

    __tablename__ = "enrolment"
    __table_args__ = table_args(
        UniqueConstraint("cohort_id", "person_id"), Index(None, "person_id")
    )

    id: Mapped[Key]
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    enrolled_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class CohortInvite(Base):
    """A code for the board: so many seats, until it expires. Only its hash is kept."""

    __tablename__ = "cohort_invite"
    __table_args__ = table_args(UniqueConstraint("code_hash"), Index(None, "cohort_id"))

    id: Mapped[Key]
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    seats: Mapped[int]
    used: Mapped[int]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]

"""Memory cards, sittings, and the records of what was answered."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.base import (
    AppendOnly,
    Base,
    Code,
    JsonDict,
    Key,
    Line,
    Moment,
    StrList,
    table_args,
)


class MemoryCard(Base):
    """What a student's memory of one concept is thought to be. A cache of `review`."""

    __tablename__ = "memory_card"
    __table_args__ = table_args(
        UniqueConstraint("student_id", "concept"), Index(None, "student_id", "due_day")
    )

    id: Mapped[Key]
    student_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    concept: Mapped[Code]
    s: Mapped[float]
    d: Mapped[float]
    last_day: Mapped[date]
    due_day: Mapped[date]
    reps: Mapped[int]
    lapses: Mapped[int]
    lucky: Mapped[int]
    misconception_until: Mapped[date | None]
    params_hash: Mapped[str] = mapped_column(String(64))


class Sitting(Base):
    """One spell of study: what was planned, and the question that is open now."""

    __tablename__ = "sitting"
    __table_args__ = table_args(
        Index(None, "student_id", "ended_at"), Index(None, "assignment_target_id")
    )

    id: Mapped[Key]
    student_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[Code]
    title: Mapped[Line]
    assignment_target_id: Mapped[int | None] = mapped_column(ForeignKey("assignment_target.id"))
    seed: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[Moment]
    study_day: Mapped[date]
    ended_at: Mapped[Moment | None]
    plan: Mapped[StrList]
    step: Mapped[int]
    concept: Mapped[str | None] = mapped_column(String(120))
    item_version_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_version.id"))
    option_order: Mapped[StrList]
    draw: Mapped[int | None]
    """Which draw of a template was shown; its values follow from it (design A1)."""
    shown_at: Mapped[Moment]
    resume_at: Mapped[Moment | None]


class Response(AppendOnly, Base):
    """One answer as given, in the written form of its item type (core.items.given).

    `op_id` makes a repeated submit harmless.
    """

    __tablename__ = "response"
    __table_args__ = table_args(
        UniqueConstraint("student_id", "op_id"),
        UniqueConstraint("sitting_id", "step"),
        Index(None, "student_id", "study_day"),
        Index(None, "student_id", "concept"),
    )

    id: Mapped[Key]
    op_id: Mapped[str] = mapped_column(String(64))
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    step: Mapped[int]
    student_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    concept: Mapped[Code]
    item_code: Mapped[Code]
    item_version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_version.id"))
    option_order: Mapped[StrList]
    draw: Mapped[int | None]
    chosen: Mapped[str | None] = mapped_column(String(40))
    correct: Mapped[bool]
    confidence: Mapped[int | None]
    duration_ms: Mapped[int]
    at: Mapped[Moment]
    study_day: Mapped[date]


class Review(AppendOnly, Base):
    """One change of a memory card, with all that is needed to compute it again."""

    __tablename__ = "review"
    __table_args__ = table_args(
        Index(None, "student_id", "concept"),
        Index(None, "student_id", "study_day"),
        Index(None, "response_id"),
        Index(None, "play_id"),
    )

    id: Mapped[Key]
    student_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    concept: Mapped[Code]
    item_code: Mapped[str | None] = mapped_column(String(120))
    response_id: Mapped[int | None] = mapped_column(ForeignKey("response.id"))
    play_id: Mapped[int | None] = mapped_column(ForeignKey("play.id"))
    at: Mapped[Moment]
    study_day: Mapped[date]
    outcome: Mapped[JsonDict]
    rating: Mapped[int]
    rule: Mapped[Code]
    r_before: Mapped[float | None]
    s_before: Mapped[float | None]
    s_after: Mapped[float]
    d_before: Mapped[float | None]
    d_after: Mapped[float]
    due_day: Mapped[date]
    constants_hash: Mapped[str] = mapped_column(String(64))
    params_hash: Mapped[str] = mapped_column(String(64))

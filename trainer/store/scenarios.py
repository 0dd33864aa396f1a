"""Plays of scenarios and the choices made in them."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from trainer.store.base import AppendOnly, Base, Big, Code, Key, Moment, table_args


class Play(Base):
    """One run of one version of a scenario; the report is written once, at the end."""

    __tablename__ = "play"
    __table_args__ = table_args(
        Index(None, "student_id", "scenario"), Index(None, "assignment_target_id")
    )

    id: Mapped[Key]
    student_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    scenario: Mapped[Code]
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_version.id"))
    file_hash: Mapped[str] = mapped_column(String(64))
    seed: Mapped[str] = mapped_column(String(64))
    assignment_target_id: Mapped[int | None] = mapped_column(ForeignKey("assignment_target.id"))
    started_at: Mapped[Moment]
    study_day: Mapped[date]
    steps: Mapped[int]
    ended_at: Mapped[Moment | None]
    ended_day: Mapped[date | None]
    report: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    overall_num: Mapped[Big | None]
    overall_den: Mapped[Big | None]
    passed: Mapped[bool | None]
    critical: Mapped[bool | None]
    engine_version: Mapped[Code]
    went_well: Mapped[str | None] = mapped_column(String(4000))
    would_change: Mapped[str | None] = mapped_column(String(4000))
    reflected_at: Mapped[Moment | None]


class PlayStep(AppendOnly, Base):
    """One choice. The play is what its steps say; nothing else is stored of its course."""

    __tablename__ = "play_step"
    __table_args__ = table_args(UniqueConstraint("play_id", "step"))

    id: Mapped[Key]
    play_id: Mapped[int] = mapped_column(ForeignKey("play.id"))
    step: Mapped[int]
    choice: Mapped[Code]
    at: Mapped[Moment]

"""Programs, people, what they may do, how they sign in."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.base import Base, Code, Key, Line, Moment, table_args


class Program(Base):
    """A school's medical-assisting program."""

    __tablename__ = "program"

    id: Mapped[Key]
    name: Mapped[Line]
    zone: Mapped[Code]
    created_at: Mapped[Moment]


class Person(Base):
    """Somebody who may sign in. No birth date, no government id, no e-mail needed."""

    __tablename__ = "person"
    __table_args__ = table_args(UniqueConstraint("login"))

    id: Mapped[Key]
    login: Mapped[Code]
    name: Mapped[Line]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    zone: Mapped[Code]
    active: Mapped[bool] = mapped_column(default=True)
    keys_on: Mapped[bool] = mapped_column(default=True)
    confidence_on: Mapped[bool] = mapped_column(default=True)
    exam_code: Mapped[str | None] = mapped_column(String(20))
    exam_date: Mapped[date | None]
    minutes_a_day: Mapped[int] = mapped_column(default=25)
    created_at: Mapped[Moment]


class RoleGrant(Base):
    """One role of one person in one program: student, instructor, director, administrator."""

    __tablename__ = "role_grant"
    __table_args__ = table_args(UniqueConstraint("person_id", "program_id", "role"))

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    role: Mapped[Code]
    granted_at: Mapped[Moment]
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SignInSession(Base):
    """One signed-in browser. Only the hash of its token is kept."""

    __tablename__ = "sign_in_session"
    __table_args__ = table_args(
        UniqueConstraint("token_hash"), Index(None, "person_id", "ended_at")
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    token_hash: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    browser: Mapped[str] = mapped_column(String(200))


class SignInTry(Base):
    """A try to sign in or to use a code, for the limits on guessing."""

    __tablename__ = "sign_in_try"
    __table_args__ = table_args(Index(None, "account_key", "at"), Index(None, "network", "at"))

    id: Mapped[Key]
    account_key: Mapped[Code]
    network: Mapped[Code]
    at: Mapped[Moment]
    succeeded: Mapped[bool]


class OneTimeCode(Base):
    """A code handed over in person: first set-up, password reset, roster invitation."""

    __tablename__ = "one_time_code"
    __table_args__ = table_args(UniqueConstraint("code_hash"), Index(None, "person_id"))

    id: Mapped[Key]
    purpose: Mapped[Code]
    code_hash: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]

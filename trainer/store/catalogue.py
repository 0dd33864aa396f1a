"""Content in the database: immutable versions, and a pointer to the current one of each code."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.base import AppendOnly, Base, Code, Key, Moment, table_args


class CatalogueVersion(AppendOnly, Base):
    """One version of an item, concept, exam or scenario. Students' work points here."""

    __tablename__ = "catalogue_version"
    __table_args__ = table_args(UniqueConstraint("kind", "code", "version"))

    id: Mapped[Key]
    kind: Mapped[Code]
    code: Mapped[Code]
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    payload: Mapped[str] = mapped_column(Text)
    added_at: Mapped[Moment]


class CatalogueEntry(Base):
    """What a code means now. `retired_at` takes it out of use; its versions stay.

    A quarantined question is not drawn until somebody has decided. With `program_id` it belongs
    to the program whose staff wrote it; without, it came with the files.
    """

    __tablename__ = "catalogue_entry"
    __table_args__ = table_args(UniqueConstraint("kind", "code"))

    id: Mapped[Key]
    kind: Mapped[Code]
    code: Mapped[Code]
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_version.id"))
    retired_at: Mapped[Moment | None]
    quarantined_at: Mapped[Moment | None]
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id"))


class CatalogueState(Base):
    """One row: a number that grows with every change, so that caches know when to look again."""

    __tablename__ = "catalogue_state"

    id: Mapped[Key]
    revision: Mapped[int]

"""The record of who did what to whose things."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.base import AppendOnly, Base, Code, JsonDict, Key, Moment, table_args


class AuditEntry(AppendOnly, Base):
    """One act. Holds no answers and no secrets."""

    __tablename__ = "audit_entry"
    __table_args__ = table_args(Index(None, "object_kind", "object_id"))

    id: Mapped[Key]
    at: Mapped[Moment]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[Code]
    object_kind: Mapped[Code]
    object_id: Mapped[int | None]
    detail: Mapped[JsonDict]

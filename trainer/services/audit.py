"""Writes the record of acts. Knows no rules about who may act."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from trainer.store.audit import AuditEntry


def record(
    session: Session,
    actor_id: int | None,
    action: str,
    object_kind: str,
    object_id: int | None,
    *,
    now: datetime,
    **detail: Any,
) -> None:
    """Append one act, e.g. `record(s, me, "role.granted", "person", 7, now=now, role="student")`.

    Never pass answers, passwords or codes as detail.
    """
    session.add(
        AuditEntry(
            at=now, actor_id=actor_id, action=action,
            object_kind=object_kind, object_id=object_id, detail=detail,
        )
    )  # fmt: skip

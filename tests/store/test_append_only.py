"""Records of what happened cannot be changed, by any way that reaches the database."""

from datetime import datetime

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.conftest import NOW
from trainer.store.audit import AuditEntry
from trainer.store.base import AppendOnlyError, append_only_tables
from trainer.store.migrate import schema_differences
from trainer.store.session import Sessions


def entry() -> AuditEntry:
    return AuditEntry(
        at=NOW, actor_id=None, action="tested", object_kind="test", object_id=1, detail={}
    )


@pytest.fixture
def kept(session: Session) -> AuditEntry:
    found = entry()
    session.add(found)
    session.flush()
    return found


def test_the_guarded_tables_are_the_records_of_what_happened() -> None:
    assert append_only_tables() == [
        "audit_entry", "catalogue_version", "content_decision", "draft_reading", "erratum_seen",
        "play_step", "response", "review",
    ]  # fmt: skip


def test_changing_a_row_is_refused(session: Session, kept: AuditEntry) -> None:
    kept.action = "something else"

    with pytest.raises(AppendOnlyError):
        session.flush()


def test_deleting_a_row_is_refused(session: Session, kept: AuditEntry) -> None:
    session.delete(kept)

    with pytest.raises(AppendOnlyError):
        session.flush()


def test_bulk_statements_are_refused_before_they_are_sent(
    session: Session, kept: AuditEntry
) -> None:
    with pytest.raises(AppendOnlyError):
        session.execute(update(AuditEntry).values(action="something else"))
    with pytest.raises(AppendOnlyError):
        session.execute(delete(AuditEntry))


@pytest.mark.parametrize("table", append_only_tables())
def test_the_database_itself_refuses_plain_sql(sessions: Sessions, table: str) -> None:
    """Every guarded table has its triggers, whatever program sends the statement."""
    with sessions.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            found = connection.execute(
                text("SELECT count(*) FROM sqlite_master WHERE type='trigger' AND tbl_name=:t"),
                {"t": table},
            ).scalar_one()
            assert found == 2
        else:
            found = connection.execute(
                text("SELECT count(*) FROM pg_trigger WHERE tgrelid = CAST(:t AS regclass)"
                     " AND NOT tgisinternal"),
                {"t": table},
            ).scalar_one()  # fmt: skip
            assert found == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET action='x'", "DELETE FROM audit_entry"]
)
def test_raw_sql_on_a_record_fails(session: Session, kept: AuditEntry, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        session.connection().exec_driver_sql(statement)


def test_a_naive_moment_is_refused(session: Session) -> None:
    row = entry()
    row.at = datetime(2026, 11, 24, 12, 0)
    session.add(row)

    with pytest.raises(Exception, match="time zone"):
        session.flush()


def test_moments_come_back_aware_and_in_utc(session: Session, kept: AuditEntry) -> None:
    session.expire(kept)

    assert kept.at == NOW
    assert kept.at.utcoffset() is not None
    assert kept.at.utcoffset().total_seconds() == 0  # type: ignore[union-attr]


def test_the_migrated_schema_is_the_one_in_code(sessions: Sessions) -> None:
    assert schema_differences(sessions.engine) == []

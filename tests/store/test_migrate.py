"""Schemas: empty, ours, newer than ours, another program's."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect, text

from trainer.store.migrate import (
    SchemaError,
    _config,
    head_revision,
    migrate,
    schema_differences,
)
from trainer.store.session import Sessions, make_engine


@pytest.fixture
def empty(tmp_path: Path) -> Sessions:
    return Sessions(make_engine(f"sqlite:///{tmp_path / 'new.db'}"))


def test_an_empty_database_is_brought_to_the_newest_schema(empty: Sessions) -> None:
    assert migrate(empty.engine) == (None, head_revision())
    assert "response" in inspect(empty.engine).get_table_names()


def test_migrating_twice_changes_nothing(empty: Sessions) -> None:
    migrate(empty.engine)

    assert migrate(empty.engine) == (head_revision(), head_revision())


def test_one_step_down_and_up_again_gives_the_same_schema(sessions: Sessions) -> None:
    def tables() -> dict[str, list[str]]:
        found = inspect(sessions.engine)
        return {
            name: [c["name"] for c in found.get_columns(name)] for name in found.get_table_names()
        }

    before = tables()
    with sessions.engine.execution_options(writes=True).begin() as connection:
        command.downgrade(_config(connection), "-1")
    assert tables() != before

    migrate(sessions.engine)

    assert {name: set(names) for name, names in tables().items()} == {
        name: set(names) for name, names in before.items()
    }
    assert schema_differences(sessions.engine) == []


def test_another_programs_database_is_left_alone(empty: Sessions) -> None:
    with empty.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("CREATE TABLE songs (id INTEGER)"))

    with pytest.raises(SchemaError, match="another program"):
        migrate(empty.engine)
    assert inspect(empty.engine).get_table_names() == ["songs"]


def test_a_newer_schema_is_refused(empty: Sessions) -> None:
    migrate(empty.engine)
    with empty.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaError, match="newer"):
        migrate(empty.engine)


def test_sqlite_has_the_settings_that_answers_depend_on(empty: Sessions) -> None:
    migrate(empty.engine)
    with empty.engine.connect() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        strict = connection.exec_driver_sql(
            "SELECT count(*) FROM pragma_table_list WHERE strict = 0 AND schema = 'main'"
            " AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'alembic%'"
        ).scalar_one()

    assert values == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10000,
    }  # fmt: skip
    assert strict == 0


def test_a_writer_takes_its_lock_at_the_start(empty: Sessions, tmp_path: Path) -> None:
    """A reader that turns writer later would fail under contention (dependencies 3.2)."""
    migrate(empty.engine)
    first = empty.writing()
    first.connection()

    probe = sqlite3.connect(tmp_path / "new.db", timeout=0, isolation_level=None)
    try:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            probe.execute("BEGIN IMMEDIATE")
    finally:
        probe.close()
        first.close()

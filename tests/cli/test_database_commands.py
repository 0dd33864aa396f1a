"""`trainer migrate`, `trainer rebuild cards` and `trainer user ...` on real database files."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Trainer
from tests.conftest import NOW
from tests.make import HASHER, PASSWORD, ZONE, World
from trainer import sample
from trainer.core.assignments import PRACTICE
from trainer.services import cards
from trainer.services.accounts import setup
from trainer.store.accounts import Person
from trainer.store.assignments import Assignment, AssignmentTarget
from trainer.store.cohorts import Cohort, Enrolment
from trainer.store.migrate import head_revision
from trainer.store.practice import MemoryCard, Response, Review
from trainer.store.session import Sessions, make_engine

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def opened(database: Path):
    """Sessions on the database of the command line."""
    found = Sessions(make_engine(f"sqlite:///{database}"))
    yield found
    found.engine.dispose()


def change(database: Path, *statements: str) -> None:
    with sqlite3.connect(database) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_migrate_makes_the_database_in_an_empty_folder(data_dir: Path, trainer: Trainer) -> None:
    first = trainer("migrate")
    second = trainer("migrate")

    assert first.code == second.code == 0
    assert first.out.startswith(f"Database brought to schema {head_revision()}.\n")
    assert second.out == f"The database is up to date: sqlite:///{data_dir / 'trainer.db'}\n"
    assert not (data_dir / "write-test").exists()


def test_migrate_refuses_the_database_of_another_program(data_dir: Path, trainer: Trainer) -> None:
    change(data_dir / "trainer.db", "CREATE TABLE song (title TEXT)",
           "INSERT INTO song VALUES ('Autumn Leaves')")  # fmt: skip

    result = trainer("migrate")

    assert result.code == 1
    assert result.err == "\nThis database holds another program's tables. Give an empty one.\n\n"
    with sqlite3.connect(data_dir / "trainer.db") as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert tables == [("song",)]


def test_migrate_refuses_a_newer_schema(database: Path, trainer: Trainer) -> None:
    change(database, "UPDATE alembic_version SET version_num = '9999'")

    result = trainer("migrate")

    assert result.code == 1
    assert "This database has schema 9999, which is newer than this program." in result.err


def test_migrate_refuses_a_file_that_is_no_database(data_dir: Path, trainer: Trainer) -> None:
    (data_dir / "trainer.db").write_text("Shopping list: gauze, tape, gloves. " * 40)

    result = trainer("migrate")

    assert result.code == 1
    assert result.err == "\nThe database cannot be used: file is not a database\n\n"


def test_a_shell_sees_a_sentence_and_no_traceback(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(data_dir / "trainer.db", "CREATE TABLE song (title TEXT)")

    done = subprocess.run(
        [sys.executable, "-m", "trainer", "user", "list"], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stderr == "\nThis database holds another program's tables. Give an empty one.\n\n"


def test_a_server_that_does_not_answer_is_named(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("TRAINER_DATABASE_URL", "postgresql://ann:pencil@127.0.0.1:1/trainer")

    result = trainer("migrate")

    assert result.code == 1
    assert "The database cannot be used: connection failed" in result.err
    assert "pencil" not in result.err


def test_a_set_up_code_is_printed_and_works_once_nobody_is_there(
    opened: Sessions, trainer: Trainer
) -> None:
    result = trainer("user", "set-up-code")
    code = result.out.split()[-1]

    assert result.code == 0
    assert len(code) == 14
    with opened.reading() as session:
        assert not setup.is_set_up(session)


def test_no_set_up_code_is_made_for_an_installation_that_is_set_up(
    opened: Sessions, trainer: Trainer
) -> None:
    World.build(opened, NOW)

    result = trainer("user", "set-up-code")

    assert result.code == 1
    assert result.err == "\nThis installation is set up already.\n\n"


def test_a_reset_code_is_printed_for_a_sign_in_name(opened: Sessions, trainer: Trainer) -> None:
    World.build(opened, NOW)

    result = trainer("user", "reset-code", " Admin ")

    assert result.code == 0
    assert result.out.startswith("Open /reset and write this code: ")


def test_a_reset_code_for_an_unknown_name_is_refused(opened: Sessions, trainer: Trainer) -> None:
    World.build(opened, NOW)

    result = trainer("user", "reset-code", "nobody")

    assert result.code == 1
    assert result.out == ""
    assert result.err == "\nNobody signs in as 'nobody'. See: trainer user list.\n\n"


def test_the_list_shows_everybody_with_their_roles(opened: Sessions, trainer: Trainer) -> None:
    World.build(opened, NOW)
    with opened.transaction() as session:
        session.query(Person).filter_by(login="student").one().active = False

    lines = trainer("user", "list").out.splitlines()

    assert [line.split()[0] for line in lines] == sorted(World.LOGINS)
    assert next(line for line in lines if line.startswith("admin ")).endswith(" administrator")
    assert next(line for line in lines if line.startswith("student ")).endswith("  (disabled)")


def test_the_list_of_an_empty_installation_is_empty(database: Path, trainer: Trainer) -> None:
    result = trainer("user", "list")

    assert (result.code, result.out) == (0, "")


@pytest.fixture(scope="module")
def sample_database(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A program with the sample class, made as the first-run page makes it."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    sessions = Sessions(make_engine(f"sqlite:///{shutil.copy(sqlite_template, path)}"))
    with sessions.transaction() as session:
        setup.issue_set_up_code(session, "SET-UP-CODE", now=NOW)
        founder = setup.set_up(
            session, code="SET-UP-CODE", program_name="Riverbend", name="Ada Admin", login="ada",
            password=PASSWORD, zone=ZONE, also_staff=False, hasher=HASHER, now=NOW,
        )  # fmt: skip
        session.flush()
        sample.fill_for_new_program(session, founder.id, NOW)
    with sessions.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    sessions.engine.dispose()
    return path


@pytest.fixture
def filled(sample_database: Path, data_dir: Path):
    """Sessions on a copy of it, in the data folder of the command line."""
    copy = shutil.copy(sample_database, data_dir / "trainer.db")
    found = Sessions(make_engine(f"sqlite:///{copy}"))
    yield found
    found.engine.dispose()


def test_the_sample_class_has_eight_students_at_work(filled: Sessions) -> None:
    with filled.reading() as session:
        assert session.query(Cohort).one().name == "Sample class"
        assert session.query(Enrolment).count() == 8
        assert session.query(Response).count() > 100
        assert session.query(Assignment).count() == 2
        assert session.query(AssignmentTarget).filter_by(kind=PRACTICE).count() == 2
        assert max(at for (at,) in session.query(Review.at)) <= NOW


def test_the_sample_went_through_the_services_so_reviews_lead_to_its_cards(
    filled: Sessions,
) -> None:
    with filled.transaction() as session:
        assert session.query(MemoryCard).count() > 50
        assert cards.rebuild(session, write=False) == 0


def test_the_sample_students_have_no_password(filled: Sessions) -> None:
    with filled.reading() as session:
        people = session.query(Person).filter(Person.login.endswith(".sample")).all()

    assert {person.password_hash for person in people} == {None}


def test_rebuild_checks_repairs_and_then_finds_nothing(filled: Sessions, trainer: Trainer) -> None:
    assert trainer("rebuild", "cards", "--check").out == "0 cards differ from their reviews.\n"

    with filled.transaction() as session:
        session.query(MemoryCard).order_by(MemoryCard.id).first().s = 99.0
    spoiled = trainer("rebuild", "cards", "--check")
    again = trainer("rebuild", "cards", "--check")
    repaired = trainer("rebuild", "cards")
    clean = trainer("rebuild", "cards", "--check")

    assert (spoiled.code, spoiled.out) == (1, "1 cards differ from their reviews.\n")
    assert again == spoiled
    assert (repaired.code, repaired.out) == (0, "1 cards differ from their reviews.\n")
    assert (clean.code, clean.out) == (0, "0 cards differ from their reviews.\n")

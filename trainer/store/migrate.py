"""Brings a database to the present schema. Knows Alembic; nothing else does."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from trainer.store.tables import Base

_FOLDER = Path(__file__).parent / "migrations"


class SchemaError(Exception):
    """The database is not one that this program can use. The message says why."""


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def current_revision(connection: Connection) -> str | None:
    """The schema revision the database says it has; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str:
    """The schema revision this program was written for."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    head = ScriptDirectory.from_config(config).get_current_head()
    assert head is not None
    return head


def migrate(engine: Engine) -> tuple[str | None, str]:
    """Upgrade to the newest schema, all or nothing. Gives the revisions before and after.

    Raises SchemaError for another program's database or one from a newer release.
    """
    with engine.execution_options(writes=True).begin() as connection:
        before = current_revision(connection)
        after = head_revision()
        if before == after:
            return before, after
        _check_ours(connection, before)
        command.upgrade(_config(connection), "head")
        return before, after


def _check_ours(connection: Connection, revision: str | None) -> None:
    known = {s.revision for s in ScriptDirectory(str(_FOLDER)).walk_revisions()}
    if revision is None and inspect(connection).get_table_names():
        raise SchemaError("This database holds another program's tables. Give an empty one.")
    if revision is not None and revision not in known:
        raise SchemaError(
            f"This database has schema {revision}, which is newer than this program. "
            "Install the newer release, or give another database."
        )


def schema_differences(engine: Engine) -> list[object]:
    """What the tables in code and in the database disagree on; empty when all is well."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))

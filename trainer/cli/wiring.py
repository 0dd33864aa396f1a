"""What commands share: settings read once, a migrated database, content brought in."""

from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy.exc import ArgumentError, DatabaseError

from trainer import clock
from trainer.content.bundle import load_content
from trainer.services import catalogue
from trainer.settings import BadSettings, Settings, read_settings
from trainer.store.migrate import migrate
from trainer.store.session import Sessions, make_engine


@dataclass(frozen=True, slots=True)
class Installation:
    """The settings and the open database of a command."""

    settings: Settings
    sessions: Sessions


def open_database(settings: Settings) -> Sessions:
    """The migrated database of these settings. Raises BadSettings when it cannot be used."""
    if settings.database_url.startswith("sqlite"):
        _check_folder(settings.data_dir)
    try:
        sessions = Sessions(make_engine(settings.database_url))
        before, after = migrate(sessions.engine)
    except (ArgumentError, ImportError) as error:
        # ImportError: the driver is an extra that is not installed.
        raise BadSettings(f"TRAINER_DATABASE_URL cannot be used: {error}.") from error
    except DatabaseError as error:
        raise BadSettings(f"The database cannot be used: {error.orig}") from error
    if before != after:
        click.echo(f"Database brought to schema {after}.")
    return sessions


def _check_folder(folder: Path) -> None:
    probe = folder / "write-test"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise BadSettings(
            f"The data folder {folder} cannot be written ({error.strerror}). "
            "Give another one with TRAINER_DATA_DIR."
        ) from error


def installation() -> Installation:
    """The installation that the environment describes, migrated."""
    settings = read_settings()
    return Installation(settings, open_database(settings))


def bring_in_content(settings: Settings, sessions: Sessions) -> None:
    """Make the database hold the shipped content; says what changed, refuses bad content."""
    bundle = load_content(settings.content_root, settings.data_dir / "cache")
    if bundle.errors:
        for problem in bundle.errors[:20]:
            click.echo(str(problem), err=True)
        raise BadSettings(f"The content has {len(bundle.errors)} errors; nothing was changed.")
    with sessions.transaction() as session:
        actions = catalogue.sync(session, bundle, now=clock.now())
    if actions:
        click.echo(f"Content: {len(actions)} changes brought in.")

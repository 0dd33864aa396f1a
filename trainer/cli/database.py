"""Commands on the database: migrating, and rebuilding what can be computed again."""

import click

from trainer.cli.wiring import installation
from trainer.services import cards


@click.command("migrate")
def migrate_command() -> None:
    """Make or upgrade the database, then stop."""
    found = installation()
    click.echo(f"The database is up to date: {found.sessions.engine.url.render_as_string()}")


@click.group("rebuild")
def rebuild_commands() -> None:
    """Compute caches again from the records of what students did."""


@rebuild_commands.command("cards")
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 when a card differs.")
def rebuild_cards(check: bool) -> None:
    """Replay all reviews and write the memory cards they lead to."""
    found = installation()
    with found.sessions.transaction() as session:
        differing = cards.rebuild(session, write=not check)
    click.echo(f"{differing} cards differ from their reviews.")
    if check and differing:
        raise SystemExit(1)

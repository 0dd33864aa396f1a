"""Commands on people, for the person at the server."""

import click

from trainer import clock
from trainer.cli.wiring import installation
from trainer.services.accounts import console, setup


@click.group("user")
def user_commands() -> None:
    """People: first set-up, reset codes, the list."""


@user_commands.command("set-up-code")
def set_up_code() -> None:
    """Print the one-time code for the first-run page (30 minutes)."""
    found = installation()
    code = clock.code()
    with found.sessions.transaction() as session:
        setup.issue_set_up_code(session, code, now=clock.now())
    click.echo(f"Open /set-up and write this code: {code}")


@user_commands.command("reset-code")
@click.argument("login")
def reset_code(login: str) -> None:
    """Print a reset code for LOGIN (10 minutes), also for a locked-out administrator."""
    found = installation()
    code = clock.code()
    with found.sessions.transaction() as session:
        console.issue_reset_code(session, login, code, now=clock.now())
    click.echo(f"Open /reset and write this code: {code}")


@user_commands.command("list")
def list_users() -> None:
    """List everybody with their roles."""
    found = installation()
    with found.sessions.reading() as session:
        for row in console.list_everybody(session):
            state = "" if row.active else "  (disabled)"
            click.echo(f"{row.login:<24} {row.name:<28} {', '.join(row.roles)}{state}")

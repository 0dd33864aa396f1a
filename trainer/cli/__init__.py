"""The `trainer` command: gathers the groups of commands and turns failures into one sentence."""

import sys
import tomllib
from importlib import metadata

import click
from sqlalchemy.exc import OperationalError

from trainer.cli.content import content_commands
from trainer.cli.database import migrate_command, rebuild_commands
from trainer.cli.item import item_commands
from trainer.cli.scenario import scenario_commands
from trainer.cli.serve import demo, serve
from trainer.cli.user import user_commands
from trainer.core.errors import Refused
from trainer.settings import BadSettings, shipped_root
from trainer.store.migrate import SchemaError


def _version() -> str:
    """The version as installed, or as a clone says: run.py installs the libraries only."""
    try:
        return metadata.version("ma-trainer")
    except metadata.PackageNotFoundError:
        with (shipped_root() / "pyproject.toml").open("rb") as file:
            return str(tomllib.load(file)["project"]["version"])


def _show_version(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"trainer {_version()}")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
    help="Show the version and exit.",
)  # fmt: skip
def commands() -> None:
    """MA Trainer: questions and scenarios for medical-assistant students.

    Settings come from environment variables; docs/operating.md lists them.
    """


for _command in (
    serve, demo, migrate_command, content_commands, item_commands, scenario_commands,
    user_commands, rebuild_commands,
):  # fmt: skip
    commands.add_command(_command)


def main(prog_name: str = "trainer") -> None:
    """Run the command line; a refusal is one clear sentence and exit code 1."""
    try:
        commands(prog_name=prog_name)
    except (BadSettings, SchemaError, Refused) as error:
        click.echo(f"\n{error}\n", err=True)
        sys.exit(1)
    except OperationalError as error:
        click.echo(f"\nThe database cannot be used: {error.orig}\n", err=True)
        sys.exit(1)

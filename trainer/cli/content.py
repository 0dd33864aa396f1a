"""Commands for people who write content: check it, count it, export its schemas."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from trainer import clock
from trainer.cli.content_text import (
    check_lines,
    check_report,
    due_lines,
    in_file,
    shown,
    stats_lines,
)
from trainer.cli.wiring import installation
from trainer.content.bundle import load_content
from trainer.content.checks.freshness import due_by
from trainer.content.problems import errors_of
from trainer.content.schemas import write_schemas
from trainer.content.stats import content_stats
from trainer.services import catalogue
from trainer.settings import shipped_root


@click.group("content")
def content_commands() -> None:
    """Check and count questions, concepts, exams and scenarios."""


@content_commands.command()
@click.option("--json", "as_json", is_flag=True, help="Print a report as JSON.")
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.pass_context
def check(context: click.Context, as_json: bool, path: Path | None) -> None:
    """Check all content, or the folder PATH; for a file PATH show its problems only."""
    root, only = _root_and_file(path)
    bundle = load_content(root)
    if as_json:
        click.echo(json.dumps(check_report(bundle, only), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(check_lines(bundle, only)))
    if errors_of(in_file(bundle.problems, only)):
        context.exit(1)


@content_commands.command()
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.option(
    "--due",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="List instead what has to be reviewed by that day (YYYY-MM-DD).",
)
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
def stats(as_json: bool, due: datetime | None, path: Path | None) -> None:
    """Count items by bank, type and level, and how well they fill each part of each exam."""
    root, _ = _root_and_file(path)
    bundle = load_content(root)
    if due is not None:
        found = due_by(bundle.items.values(), bundle.concepts, due.date().isoformat())
        plain: Any = [asdict(one) for one in found]
        text = "\n".join([*due_lines(found), f"{len(found)} reviews are due by {due.date()}."])
    else:
        counts = content_stats(bundle)
        plain, text = counts.plain(), "\n".join(stats_lines(counts))
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2) if as_json else text)


@content_commands.command()
@click.argument(
    "folder",
    required=False,
    type=click.Path(file_okay=False, path_type=Path),
    default="docs/schemas",
)
def schemas(folder: Path) -> None:
    """Write the JSON Schemas that editors use to FOLDER (docs/schemas)."""
    changed = write_schemas(folder)
    click.echo(f"{len(changed)} schemas written to {folder}.")


@content_commands.command("sync")
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
def sync(dry_run: bool) -> None:
    """Bring the files into the database: new versions are added, missing ones retired."""
    found = installation()
    bundle = load_content(found.settings.content_root)
    if bundle.errors:
        for problem in bundle.errors:
            click.echo(shown(problem), err=True)
        raise SystemExit(1)
    with found.sessions.transaction() as session:
        actions = (
            catalogue.plan(session, bundle)
            if dry_run
            else catalogue.sync(session, bundle, now=clock.now())
        )
    for action in actions:
        click.echo(str(action))
    click.echo(f"{len(actions)} {'changes would be made' if dry_run else 'changes made'}.")


def _root_and_file(path: Path | None) -> tuple[Path, str | None]:
    """The content folder that PATH means, and the one file to show, if it is a file."""
    if path is None:
        return shipped_root(), None
    path = path.resolve()
    if (path / "question_banks").is_dir():
        return path, None
    for folder in path.parents:
        if path.is_file() and (folder / "question_banks").is_dir():
            return folder, path.relative_to(folder).as_posix()
    raise click.BadParameter("no question_banks folder belongs to it", param_hint="PATH")

"""Commands for people who write content: check it, count it, export its schemas."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from trainer import clock
from trainer.cli.wiring import installation
from trainer.content.bundle import load_content
from trainer.content.problems import Problem, errors_of
from trainer.content.schemas import write_schemas
from trainer.content.stats import Stats, content_stats
from trainer.services import catalogue
from trainer.settings import shipped_root


@click.group("content")
def content_commands() -> None:
    """Check and count questions, concepts, exams and scenarios."""


@content_commands.command()
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.pass_context
def check(context: click.Context, as_json: bool, path: Path | None) -> None:
    """Check all content, or the folder PATH; for a file PATH show its problems only."""
    root, only = _root_and_file(path)
    bundle = load_content(root)
    problems = [p for p in bundle.problems if only is None or p.file == only]
    errors = len(errors_of(problems))
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(_shown(problem))
        click.echo(
            f"{len(bundle.items)} items, {len(bundle.concepts)} concepts, "
            f"{len(bundle.scenarios)} scenarios: "
            f"{errors} errors, {len(problems) - errors} warnings."
        )
    if errors:
        context.exit(1)


@content_commands.command()
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
def stats(as_json: bool, path: Path | None) -> None:
    """Count items by bank, exam domain, difficulty and level."""
    root, _ = _root_and_file(path)
    counts = content_stats(load_content(root))
    if as_json:
        click.echo(json.dumps(counts.plain(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_stat_lines(counts)))


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
            click.echo(_shown(problem), err=True)
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


def _shown(problem: Problem) -> str:
    mark = "" if problem.severity == "E" else " (warning)"
    return f"{problem.file}:{problem.line}: {problem.rule}{mark} {problem.message}"


def _stat_lines(counts: Stats) -> list[str]:
    lines = [
        f"{counts.items} items, {counts.concepts} concepts, {counts.scenarios} scenarios",
        _row("Banks", counts.banks),
        _row("Difficulty", counts.difficulty),
        _row("Level", counts.bloom),
        _row("Place of the key", counts.key_positions),
        f"Key is the longest option: {counts.key_longest}",
    ]
    for code, domains in counts.exams.items():
        lines.append(f"{code.upper()} (items there / needed for a full form)")
        lines += [f"  {d.code} {d.name}: {d.items} / {d.needed}" for d in domains]
    lines.append(f"Concepts with fewer than three items: {len(counts.few_variants)}")
    return lines


def _row(title: str, counts: dict[str, int]) -> str:
    return f"{title}: " + ", ".join(f"{name} {number}" for name, number in counts.items())

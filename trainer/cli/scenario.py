"""Commands for scenario authors: check a file, and play a path through it."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from trainer.content.problems import Problem, errors_of
from trainer.content.readers.concepts import read_concepts
from trainer.content.readers.scenarios import read_scenario
from trainer.core.scenario.model import Scenario
from trainer.core.scenario.play import NotOffered, State, choose, ended, offered, start
from trainer.core.scenario.report import make_report
from trainer.settings import shipped_root

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("scenario")
def scenario_commands() -> None:
    """Check and play scenarios."""


@scenario_commands.command()
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.pass_context
def check(context: click.Context, as_json: bool, files: tuple[Path, ...]) -> None:
    """Check FILES: form, references, reachability, best path and walkthroughs."""
    concepts = _known_concepts()
    problems = [
        problem for path in files for problem in read_scenario(path, str(path), concepts)[1]
    ]
    errors = len(errors_of(problems))
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(_shown(problem))
        click.echo(f"{len(files)} files: {errors} errors, {len(problems) - errors} warnings.")
    if errors:
        context.exit(1)


@scenario_commands.command()
@click.option("--choices", required=True, help="Choice ids in order, separated by commas.")
@click.option("--seed", default="play", show_default=True, help="Sets the order of display.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.argument("file", type=_FILE)
@click.pass_context
def play(context: click.Context, file: Path, choices: str, seed: str, as_json: bool) -> None:
    """Play a path of choices through FILE and print its report."""
    scenario, problems = read_scenario(file, str(file))
    if scenario is None:
        for problem in errors_of(problems):
            click.echo(_shown(problem), err=True)
        context.exit(1)
    state = start(scenario, seed)
    for choice in (part.strip() for part in choices.split(",") if part.strip()):
        try:
            state = choose(scenario, state, choice)
        except NotOffered as refusal:
            click.echo(f"{choice}: {refusal.message} {_where(scenario, state)}", err=True)
            context.exit(2)
    if not ended(scenario, state):
        click.echo(f"Not ended. {_where(scenario, state)}", err=True)
        context.exit(2)
    report = make_report(scenario, state)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        reasons = ", ".join(report["fail_reasons"])
        verdict = "passed" if report["passed"] else f"not passed ({reasons})"
        click.echo(f"{report['overall']} of 100, {verdict}, ends at {state.node}.")


def _where(scenario: Scenario, state: State) -> str:
    here = f'The play is at "{state.node}", minute {state.clock}'
    if ended(scenario, state):
        return f"{here}."
    return f"{here}; open are {', '.join(one.id for one in offered(scenario, state))}."


def _known_concepts() -> set[str] | None:
    """Codes of the concepts that are shipped; None where there are none to compare with."""
    files = sorted((shipped_root() / "question_banks" / "concepts").glob("*.yaml"))
    return {row.value.code for file in files for row in read_concepts(file)[0]} or None


def _shown(problem: Problem) -> str:
    mark = "" if problem.severity == "E" else " (warning)"
    return f"{problem.file}:{problem.line}: {problem.rule}{mark} {problem.message}"

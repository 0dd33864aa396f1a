"""Scenario files to core scenarios. Knows the file; the rules of play are in `core.scenario`."""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from trainer.content.models.entries import read_entry
from trainer.content.models.scenario_file import ScenarioFile
from trainer.content.problems import Problem, errors_of, in_order
from trainer.content.yamlfile import Document, parse_yaml, read_yaml
from trainer.core.scenario.checks import check_play, check_static
from trainer.core.scenario.display import check_display
from trainer.core.scenario.finding import Finding
from trainer.core.scenario.model import Scenario

_SHAPE: Final = "V01"


def read_scenario(
    path: Path, shown_as: str | None = None, concepts: Collection[str] | None = None
) -> tuple[Scenario | None, list[Problem]]:
    """The scenario of one file if nothing blocks it, and everything found wrong in it.

    With `concepts` their codes are checked here; without, whoever knows them checks later.
    """
    document, problems = read_yaml(path, shown_as)
    if document is None:
        return None, problems
    scenario, problems = scenario_of(document, concepts)
    if scenario is not None and scenario.id != path.stem:
        message = f'The id must be the name of the file: "{path.stem}".'
        problems = in_order([*problems, document.problem(("id",), _SHAPE, message)])
    return None if errors_of(problems) else scenario, problems


def scenario_of(
    document: Document, concepts: Collection[str] | None = None
) -> tuple[Scenario | None, list[Problem]]:
    """The scenario of a document with all problems; None only when its form is broken."""
    scenario, problems = shape_of(document)
    if scenario is None:
        return None, problems
    findings = check_static(scenario, concepts)
    # A name that leads nowhere would stop a play half way, so playing waits for clean names.
    if not findings:
        findings = check_play(scenario)
    problems = _located(document, [*findings, *check_display(scenario)])
    return scenario, in_order(problems)


def shape_of(document: Document) -> tuple[Scenario | None, list[Problem]]:
    """The scenario of a document as far as its fields go; nothing is followed or played."""
    if not isinstance(document.data, dict):
        return None, [document.problem((), _SHAPE, "The file must be a mapping of fields.")]
    entry, problems = read_entry(document, (), ScenarioFile, document.data)
    if entry is None:
        return None, in_order(_as_shape(problem) for problem in problems)
    return entry.to_core(content_hash(document.data)), []


def scenario_from_text(
    text: str, shown_as: str = "scenario"
) -> tuple[Scenario | None, list[Problem]]:
    """The scenario of a YAML text, unplayed: for tests and tools that hold no file."""
    document, problems = parse_yaml(text, shown_as)
    if document is None:
        return None, problems
    scenario, problems = shape_of(document)
    if scenario is None:
        return None, problems
    return scenario, _located(document, check_static(scenario))


def _as_shape(problem: Problem) -> Problem:
    message = problem.message
    # In {id: x, text: one, two} YAML takes "two" for a key: by far the most common slip here.
    if re.match(r'There is no field "[^"]* ', message):
        message = f"{message} A text with a comma needs quotes inside braces."
    return replace(problem, rule=_SHAPE, message=message)


def content_hash(data: Any) -> str:
    """The hash of what a file says: its plain data, so that comments and layout do not count."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _located(document: Document, findings: Iterable[Finding]) -> list[Problem]:
    return [
        document.problem(finding.path, finding.rule, finding.message, finding.warn)
        for finding in findings
    ]

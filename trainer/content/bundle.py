"""All content of a root folder as one value. Knows the folder layout; the rules are elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer.content import cache
from trainer.content.checks import check_all
from trainer.content.payload import to_payload
from trainer.content.problems import Problem, errors_of, in_order
from trainer.content.readers.root import content_files, read_root
from trainer.core.items import Item
from trainer.core.outline.competencies import Framework
from trainer.core.outline.concepts import Area, Concept
from trainer.core.outline.exams import ExamProfile
from trainer.core.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Bundle:
    """Content by code, what was found wrong in it, and the warnings accepted with a reason."""

    items: Mapping[str, Item]
    concepts: Mapping[str, Concept]
    areas: Mapping[str, Area]
    exams: Mapping[str, ExamProfile]
    competencies: Mapping[str, Framework]
    scenarios: Mapping[str, Scenario]
    problems: tuple[Problem, ...]
    accepted: tuple[Problem, ...] = ()

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep the bundle from being taken in."""
        return errors_of(self.problems)

    def of_kind(self) -> dict[str, Mapping[str, Any]]:
        """Every kind of content and its values by code."""
        return {
            "item": self.items,
            "concept": self.concepts,
            "area": self.areas,
            "exam": self.exams,
            "competencies": self.competencies,
            "scenario": self.scenarios,
        }

    def payloads(self) -> dict[tuple[str, str], str]:
        """Canonical text of every value, by kind and code."""
        return {
            (kind, code): to_payload(value)
            for kind, values in self.of_kind().items()
            for code, value in values.items()
        }


def load_content(root: Path, cache_dir: Path | None = None) -> Bundle:
    """Read and check a root folder; from the cache when no file has changed since."""
    if cache_dir is None:
        return _load(root)
    key = cache.key_of(root, content_files(root))
    kept = cache.read(cache_dir, key)
    if kept is not None:
        values, problems = kept
        return _bundle(values, problems)
    bundle = _load(root)
    cache.write(cache_dir, key, bundle.payloads(), [*bundle.problems, *bundle.accepted])
    return bundle


def _load(root: Path) -> Bundle:
    found = read_root(root)
    problems = in_order([*found.problems, *check_all(found)])
    values: dict[str, dict[str, Any]] = {
        "item": {row.value.code: row.value for row in found.items},
        "concept": {row.value.code: row.value for row in found.concepts},
        "area": {row.value.code: row.value for row in found.areas},
        "exam": {row.value.code: row.value for row in found.exams},
        "competencies": {row.value.code: row.value for row in found.competencies},
        "scenario": {scenario.id: scenario for _, scenario in found.scenarios},
    }
    return _bundle(values, problems)


def _bundle(values: dict[str, dict[str, Any]], problems: list[Problem]) -> Bundle:
    return Bundle(
        items=values["item"],
        concepts=values["concept"],
        areas=values["area"],
        exams=values["exam"],
        competencies=values["competencies"],
        scenarios=values["scenario"],
        problems=tuple(problem for problem in problems if not problem.accepted),
        accepted=tuple(problem for problem in problems if problem.accepted),
    )

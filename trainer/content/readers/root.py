"""Reads every content file under a root folder with the reader of its kind."""

from pathlib import Path

from trainer.content.families import read_facts
from trainer.content.formats.pictures import read_pictures
from trainer.content.located import Found
from trainer.content.problems import Problem
from trainer.content.readers.competencies import read_competencies
from trainer.content.readers.concepts import read_concepts
from trainer.content.readers.exams import read_crosswalk, read_exam
from trainer.content.readers.items import read_items
from trainer.content.readers.scenarios import read_scenario

_BANKS = ("concepts", "items", "facts", "exams", "competencies")
CROSSWALK = "crosswalk.yaml"
PICTURES = "question_banks/pictures"


def content_files(root: Path) -> list[Path]:
    """All files that make up the content, in a fixed order."""
    folders = [root / "question_banks" / name for name in _BANKS] + [root / "scenarios"]
    drawings = sorted((root / PICTURES).glob("*"))
    return [path for folder in folders for path in sorted(folder.glob("*.yaml"))] + drawings


def read_root(root: Path) -> Found:
    """What the files hold, each one read alone; pictures first, since items show them."""
    found = Found()
    found.pictures, found.problems = read_pictures(root / PICTURES, PICTURES)
    for path in content_files(root):
        if path.parent != root / PICTURES:
            found.problems += _read(found, path, path.relative_to(root).as_posix())
    found.problems += _misplaced(root)
    return found


def _read(found: Found, path: Path, name: str) -> list[Problem]:
    folder = path.parent.name
    if folder == "items":
        items, problems = read_items(path, name, found.pictures)
        found.items += items
    elif folder == "facts":
        items, problems = read_facts(path, name)
        found.items += items
    elif folder == "concepts":
        concepts, problems = read_concepts(path, name)
        found.concepts += concepts
    elif path.name == CROSSWALK:
        areas, problems = read_crosswalk(path, name)
        found.areas += areas
    elif folder == "exams":
        exam, problems = read_exam(path, name)
        found.exams += [exam] if exam else []
    elif folder == "competencies":
        framework, problems = read_competencies(path, name)
        found.competencies += [framework] if framework else []
    else:
        scenario, problems = read_scenario(path, name)
        found.scenarios += [(name, scenario)] if scenario else []
    return problems


def _misplaced(root: Path) -> list[Problem]:
    """A file with another ending would be left out without a word."""
    folders = [root / "question_banks" / name for name in _BANKS] + [root / "scenarios"]
    stray = (
        path
        for folder in folders
        for path in sorted(folder.glob("*"))
        if path.suffix in {".yml", ".json"} or (path.suffix == ".yaml" and path.is_dir())
    )
    message = "This file is not read: content files end in .yaml."
    return [Problem(path.relative_to(root).as_posix(), 1, "Y01", message) for path in stray]

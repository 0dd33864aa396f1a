"""Every package that pyproject.toml asks for is in the lock files, hashed, without addresses."""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def _names(requirements: list[str]) -> set[str]:
    found = (_NAME.match(line) for line in requirements)
    return {m.group().lower().replace("_", "-") for m in found if m} - {"ma-trainer"}


def problems() -> list[str]:
    """What is wrong with the lock files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "base": _names(project["dependencies"]),
        "test": _names([*project["dependencies"], *extras["test"], *extras["postgres"]]),
    }
    found = []
    for lock, names in wanted.items():
        text = (ROOT / "requirements" / f"{lock}.txt").read_text()
        pinned = set(re.findall(r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==", text, re.M))
        found += [f"requirements/{lock}.txt lacks {name}" for name in sorted(names - pinned)]
        blocks = re.split(r"\n(?=[a-z0-9])", text)
        found += [
            f"requirements/{lock}.txt has {block.split()[0]} without a hash"
            for block in blocks
            if "==" in block and "--hash=sha256:" not in block
        ]
        if "://" in text:
            found.append(f"requirements/{lock}.txt names an address")
    return found


if __name__ == "__main__":
    for problem in problems():
        print(problem)
    sys.exit(bool(problems()))

"""The guide for scenario authors: its example is sound, its codes are those of the check."""

import re
from pathlib import Path

from click.testing import CliRunner

from trainer.cli import commands
from trainer.content.readers.scenarios import read_scenario
from trainer.core.scenario.explore import STATE_LIMIT, explore

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "small-visit.yaml"
GUIDE = (ROOT / "docs" / "authoring-scenarios.md").read_text(encoding="utf-8")


def test_the_example_in_the_guide_is_the_tested_file() -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)

    assert blocks == [FIXTURE.read_text(encoding="utf-8")]


def test_the_example_has_neither_errors_nor_warnings() -> None:
    result = CliRunner().invoke(commands, ["scenario", "check", str(FIXTURE)])

    assert result.output == "1 files: 0 errors, 0 warnings.\n"
    assert result.exit_code == 0


def test_the_command_shown_in_the_guide_plays_the_best_path() -> None:
    scenario, _ = read_scenario(FIXTURE)
    shown = re.search(r"scenario play \S+ --choices (\S+)", GUIDE)

    assert scenario is not None
    assert shown is not None
    assert shown[1] == ",".join(scenario.best_path)


def test_the_guide_explains_every_code_that_the_check_can_give() -> None:
    source = [
        *(ROOT / "trainer" / "core" / "scenario").glob("*.py"),
        ROOT / "trainer" / "content" / "readers" / "scenarios.py",
    ]
    given = {code for path in source for code in re.findall(r'"(V\d\d)"', path.read_text())}

    assert set(re.findall(r"^\| (V\d\d) \|", GUIDE, re.MULTILINE)) == given


def test_the_sizes_in_the_guide_are_true() -> None:
    scenario, _ = read_scenario(FIXTURE)

    assert scenario is not None
    assert f"gives up above {STATE_LIMIT:,}" in GUIDE
    assert f"The example has {len(explore(scenario).spans)};" in GUIDE

"""`trainer scenario check` and `trainer scenario play`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.core.scenario.flu_shot import BEST, FILE, flu_shot, small, straight
from trainer.cli.scenario import scenario_commands
from trainer.core.scenario.report import make_report

CHOICES = ",".join(BEST.split())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(scenario_commands, list(arguments))


@pytest.fixture
def unsound(tmp_path: Path) -> str:
    path = tmp_path / "small.yaml"
    path.write_text(small(("goto: room", "goto: roof")))
    return str(path)


def test_check_passes_a_sound_file() -> None:
    result = run("check", str(FILE))

    assert result.exit_code == 0
    assert "1 files: 0 errors" in result.output


def test_check_names_file_line_and_rule_and_fails(unsound: str) -> None:
    result = run("check", unsound)

    assert result.exit_code == 1
    assert f'{unsound}:16: V02 There is no node "roof".' in result.output


def test_check_can_print_json(unsound: str) -> None:
    problems = json.loads(run("check", unsound, "--json").output)

    assert [(p["rule"], p["line"]) for p in problems if p["severity"] == "E"] == [("V02", 16)]


def test_play_prints_the_report() -> None:
    result = run("play", str(FILE), "--choices", CHOICES, "--json")

    assert result.exit_code == 0
    assert json.loads(result.output) == make_report(flu_shot(), straight(flu_shot(), BEST))


def test_play_prints_one_line_without_json() -> None:
    result = run("play", str(FILE), "--choices", CHOICES, "--seed", "other")

    assert result.output == "100 of 100, passed, ends at finish.\n"


def test_play_of_a_list_that_stops_early_says_where_and_exits_with_2() -> None:
    result = run("play", str(FILE), "--choices", "c_order,c_go", "--json")

    assert result.exit_code == 2
    assert 'Not ended. The play is at "medroom", minute 3; open are' in result.output


def test_play_of_a_choice_that_is_not_open_exits_with_2() -> None:
    result = run("play", str(FILE), "--choices", "c_order,c_order")

    assert result.exit_code == 2
    assert "c_order: This choice is not open at this point." in result.output


def test_play_refuses_an_unsound_file(unsound: str) -> None:
    result = run("play", unsound, "--choices", "c_room")

    assert result.exit_code == 1
    assert "V02" in result.output

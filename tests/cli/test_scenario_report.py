"""The report of `trainer scenario play --json` in the schema of design B7, and its exit codes."""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Trainer

ROOT = Path(__file__).resolve().parents[2]
VISIT = str(ROOT / "tests" / "fixtures" / "small-visit.yaml")
BEST = "r_two,r_tell,r_rest,r_go,d_call"
TOLD_LATER = "r_two,r_tell,r_rest,r_go,d_chart,l_call"
NEVER_TOLD = "r_two,r_tell,r_rest,r_go,d_dose,l_let"


def played(trainer: Trainer, choices: str) -> dict[str, Any]:
    result = trainer("scenario", "play", VISIT, "--choices", choices, "--json")
    assert (result.code, result.err) == (0, "")
    report: dict[str, Any] = json.loads(result.out)
    return report


def test_the_report_has_every_key_of_the_schema_and_no_other(trainer: Trainer) -> None:
    report = played(trainer, TOLD_LATER)

    assert sorted(report) == [
        "axes", "cap_reason", "clock", "engine_version", "errors", "fail_reasons", "file_hash",
        "overall", "overall_uncapped", "passed", "path", "scenario", "steps", "version",
    ]  # fmt: skip
    assert sorted(report["axes"]) == ["clinical", "communication", "safety"]
    for axis in report["axes"].values():
        assert sorted(axis) == ["earned", "harm", "possible", "score"]
    for step in report["steps"]:
        assert sorted(step) == ["credit", "decided_by", "id", "minute", "status", "weight"]
    for error in report["errors"]:
        assert sorted(error) == ["id", "level", "minute", "mitigated", "penalty"]


def test_the_report_of_the_best_path(trainer: Trainer) -> None:
    report = played(trainer, BEST)

    assert report["scenario"] == "small-visit"
    assert report["version"] == 1
    assert len(report["file_hash"]) == 64
    assert report["engine_version"] == "1"
    assert report["path"] == BEST.split(",")
    assert report["clock"] == 11
    assert (report["overall"], report["overall_uncapped"]) == ("100", "100")
    assert (report["passed"], report["fail_reasons"], report["cap_reason"]) == (True, [], None)
    assert [step["status"] for step in report["steps"]] == ["done"] * 4
    assert report["errors"] == []


def test_fractions_are_text_and_the_lines_add_up(trainer: Trainer) -> None:
    report = played(trainer, TOLD_LATER)

    assert report["overall"] == "175/3"
    assert report["axes"]["safety"] == {
        "score": "75/2", "earned": "15/4", "harm": "3/2", "possible": 6,
    }  # fmt: skip
    assert report["errors"] == [
        {"id": "e_unreported", "level": "critical", "penalty": "3/2", "minute": 10,
         "mitigated": True}
    ]  # fmt: skip
    earned = sum(Fraction(step["credit"]) * step["weight"] for step in report["steps"])
    assert earned == sum(Fraction(axis["earned"]) for axis in report["axes"].values())


def test_an_unmitigated_critical_error_fails_the_visit(trainer: Trainer) -> None:
    report = played(trainer, NEVER_TOLD)

    assert report["passed"] is False
    assert report["fail_reasons"] == ["critical", "overall", "safety"]
    assert [error["id"] for error in report["errors"]] == ["e_unreported", "e_dose"]


def test_the_same_path_gives_the_same_bytes_whatever_the_order_of_display(
    trainer: Trainer,
) -> None:
    words = ("scenario", "play", VISIT, "--choices", TOLD_LATER, "--json")

    assert trainer(*words, "--seed", "1").out == trainer(*words, "--seed", "2").out


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ("r_two,r_go", 'Not ended. The play is at "reading", minute 3; open are '),
        ("d_call", "d_call: This choice is not open at this point."),
        ("r_two,no_such", "no_such: There is no such choice in this scenario."),
        (f"{BEST},r_two", 'r_two: This visit has ended. The play is at "finish", minute 11.'),
        ("", 'Not ended. The play is at "room", minute 0; open are '),
    ],
)
def test_a_path_that_is_not_a_whole_visit_exits_with_2(
    choices: str, sentence: str, trainer: Trainer
) -> None:
    result = trainer("scenario", "play", VISIT, "--choices", choices, "--json")

    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith(sentence)


def test_a_shell_gets_json_alone_on_the_standard_output() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "trainer", "scenario", "play", VISIT, "--choices", BEST, "--json"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout)["overall"] == "100"


def test_several_files_are_checked_at_once(trainer: Trainer) -> None:
    result = trainer("scenario", "check", VISIT, str(ROOT / "scenarios" / "flu-patient.yaml"))

    assert result.code == 0
    assert result.out == "2 files: 0 errors, 0 warnings.\n"


def test_a_planted_fault_is_named_with_file_line_and_rule(tmp_path: Path, trainer: Trainer) -> None:
    text = Path(VISIT).read_text()
    copy = tmp_path / "small-visit.yaml"
    copy.write_text(text.replace('overall: "250/3"', 'overall: "84"'))
    line = text[: text.index('overall: "250/3"')].count("\n") + 1

    result = trainer("scenario", "check", str(copy))

    assert result.code == 1
    assert result.out.startswith(
        f'{copy}:{line}: V13 "Late by the registration form" scores 250/3 (83.3), not 84.\n'
    )


def test_a_file_that_does_not_exist_is_refused(trainer: Trainer) -> None:
    result = trainer("scenario", "check", "scenarios/no-such.yaml")

    assert result.code == 2
    assert "'scenarios/no-such.yaml' does not exist" in result.err

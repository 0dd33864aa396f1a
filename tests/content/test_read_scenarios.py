"""Scenario files: what the reader takes, refuses and keeps."""

from pathlib import Path

from tests.core.scenario.flu_shot import BEST, FILE, flu_shot, small, straight
from trainer.content.models.scenario_file import ScenarioFile
from trainer.content.payload import digest, from_payload, to_payload
from trainer.content.readers.scenarios import read_scenario
from trainer.core.scenario.report import make_report, report_text


def written(folder: Path, text: str, name: str = "small.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_fixture_is_taken_with_warnings_only() -> None:
    scenario, problems = read_scenario(FILE, "scenarios/flu-shot-walk-in.yaml")

    assert scenario is not None
    assert {problem.severity for problem in problems} == {"W"}
    assert {problem.rule for problem in problems} == {"V13", "V16"}
    assert {problem.file for problem in problems} == {"scenarios/flu-shot-walk-in.yaml"}


def test_a_stored_version_reads_back_as_the_same_scenario() -> None:
    text = to_payload(flu_shot())
    again = from_payload("scenario", text)

    assert again == flu_shot()
    assert digest(to_payload(again)) == digest(text)
    assert again.step("s_doc").credit[1].value.denominator == 3


def test_a_stored_version_plays_to_the_same_report() -> None:
    again = from_payload("scenario", to_payload(flu_shot()))
    first = make_report(flu_shot(), straight(flu_shot(), BEST))

    assert report_text(make_report(again, straight(again, BEST))) == report_text(first)


def test_the_hash_follows_the_content_and_not_the_layout(tmp_path: Path) -> None:
    one, _ = read_scenario(written(tmp_path, small()))
    spaced, _ = read_scenario(
        written(tmp_path, "# A remark.\n" + small(("id: small", "id:   small")))
    )
    other, _ = read_scenario(written(tmp_path, small(("Greet", "Say hello"))))

    assert one is not None
    assert spaced is not None
    assert other is not None
    assert one.file_hash == spaced.file_hash != other.file_hash


def test_the_id_must_be_the_name_of_the_file(tmp_path: Path) -> None:
    scenario, problems = read_scenario(written(tmp_path, small(), "visit.yaml"))

    assert scenario is None
    assert [str(p) for p in problems if p.severity == "E"] == [
        'visit.yaml:3: V01 The id must be the name of the file: "visit".'
    ]


def test_a_file_that_is_no_mapping_or_no_file_is_reported(tmp_path: Path) -> None:
    assert read_scenario(written(tmp_path, "- one\n- two\n"))[1][0].rule == "V01"
    assert read_scenario(tmp_path / "missing.yaml")[1][0].rule == "Y01"


def test_every_problem_of_shape_is_told_at_once(tmp_path: Path) -> None:
    text = small(("minutes: 2", "minutes: two"), ("weight: 3", "weight: 9"))
    _, problems = read_scenario(written(tmp_path, text))

    assert [problem.rule for problem in problems] == ["V01", "V01"]


def test_a_comma_that_split_a_text_is_explained(tmp_path: Path) -> None:
    _, problems = read_scenario(
        written(tmp_path, small(("text: Greet", "text: Greet, and smile now")))
    )

    assert "needs quotes inside braces" in problems[0].message


def test_display_fields_are_read(tmp_path: Path) -> None:
    text = small(
        ("clock: {start: 0, max: 30}", DISPLAY_TOP),
        ("kind: decision", "kind: decision\n    phase: talk\n    place: Room 2"
         "\n    title: In the room\n    ask: What now?\n    says: {who: Ms. Lee, text: Hello.}"),
        ("kind: end, text: Done.", "kind: end, title: Model visit, text: Done."),
    )  # fmt: skip
    scenario, problems = read_scenario(written(tmp_path, text))

    assert [p for p in problems if p.severity == "E"] == []
    assert scenario is not None
    assert scenario.patient is not None
    assert scenario.patient.vitals[0].value == "98.60"
    assert scenario.patient.facts[0].when is not None
    assert scenario.clock.wall_at(scenario.clock.start) == "9:05 am"
    assert scenario.nodes["room"].says is not None
    assert (scenario.nodes["room"].place, scenario.nodes["finish"].title) == (
        "Room 2", "Model visit",
    )  # fmt: skip
    assert scenario.transfer is not None
    assert scenario.sources["cdc"].checked_on == "2026-11-23"
    assert from_payload("scenario", to_payload(scenario)) == scenario


def test_the_editor_schema_speaks_the_language_of_the_file() -> None:
    schema = ScenarioFile.model_json_schema()

    assert {"schema", "pass", "nodes", "rubric"} <= set(schema["properties"])
    assert "if" in schema["$defs"]["TriggerEntry"]["properties"]


DISPLAY_TOP = """clock: {start: 0, max: 30, wall: "09:05"}
summary: A short visit.
level: 1
minutes_real: 5
patient:
  name: Ana Lee
  age: 34 years
  born: "Mar 14, 1992"
  says: My throat hurts.
  identity: did('ask')
  facts:
    - {id: allergy, label: Allergies, text: None known, when: "did('ask')"}
  vitals:
    - {id: temp, label: Temperature, value: 98.60, unit: "\\u00b0F oral"}
phases: [{id: talk, name: Talk}]
sources:
  cdc: {title: Hand hygiene, url: "https://www.cdc.gov/clean-hands/", checked_on: 2026-11-23}
transfer: {question: What if the phone rings?, answer: Let the desk take it.}"""

"""Concepts, exams, crosswalk and competency files: shape, sums and codes."""

from pathlib import Path

import pytest

from tests.content.build import CONCEPTS, CROSSWALK, EXAM, FRAMEWORK, rules
from trainer.content.problems import Problem
from trainer.content.readers.competencies import read_competencies
from trainer.content.readers.concepts import read_concepts
from trainer.content.readers.exams import read_crosswalk, read_exam
from trainer.core.outline.concepts import Area, Concept


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def exam_problems(folder: Path, old: str, new: str) -> list[Problem]:
    assert old in EXAM
    return read_exam(write(folder, "demo.yaml", EXAM.replace(old, new, 1)))[1]


def test_a_concept_becomes_the_value_it_describes(tmp_path: Path):
    rows, problems = read_concepts(write(tmp_path, "testing.yaml", CONCEPTS))

    assert problems == []
    assert [row.value for row in rows] == [
        Concept(
            code="test-control-line",
            name="The control line",
            lesson="A test without its control line has no result.",
            area="waived-testing",
            competencies=("I.P.10",),
            prerequisites=(),
            bank="testing",
        )
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("test-control-line", "Test line"),
        ('name: "The control line"', "name: " + "x" * 61),
        ("I.P.10", "I.Q.10"),
        ("area: waived-testing", "area: Waived Testing"),
        ("prerequisites: []", "prerequisites: none"),
    ],
)
def test_a_wrong_concept_is_refused(tmp_path: Path, old: str, new: str):
    rows, problems = read_concepts(write(tmp_path, "testing.yaml", CONCEPTS.replace(old, new)))

    assert rows == []
    assert rules(problems) == ["S03"]


def test_an_exam_becomes_a_profile(tmp_path: Path):
    row, problems = read_exam(write(tmp_path, "demo.yaml", EXAM))

    assert problems == []
    assert row is not None
    exam = row.value
    assert exam.pace_seconds == 60
    assert exam.domain_of("DEMO.2.1.01") == "DEMO.2"
    assert exam.domain_of("DEMO.X.1") is None
    assert exam.node_names()["DEMO.1.1.01"] == "Control"
    assert [part.code for part in exam.subdomains()] == ["DEMO.1.1", "DEMO.2.1"]
    assert not exam.segments.return_allowed


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("pretest: 2", "pretest: 3", "E01"),
        ("items_each: 6", "items_each: 5", "E02"),
        ("minutes_each: 6", "minutes_each: 7", "E02"),
        ("passing: 70", "passing: 100", "E03"),
        ("name: Law\n    items: 4", "name: Law\n    items: 5", "E04"),
        ("name: Tests, items: 6", "name: Tests, items: 5", "E04"),
        ("weight_pct: 60", "weight_pct: 50", "E05"),
        ("{code: DEMO.2.1,", "{code: DEMO.1.1,", "E06"),
        ("{code: DEMO.2.1.01,", "{code: DEMO.1.1.02,", "E06"),
        ("{code: DEMO.X.1,", "{code: CMA.X.1,", "E06"),
        ("code: demo", "code: other", "S03"),
        ("evidence: published", "evidence: guessed", "S03"),
        ("total: 12", "total: twelve", "S03"),
        ("weight_pct: 60", "weight_pct: 6e1", "S03"),
        ("time_minutes: 12", "time_minutes: 012", "S03"),
        ("credential: DEMO", "fee: 125", "S02"),
    ],
)
def test_numbers_of_an_exam_that_do_not_fit_are_refused(tmp_path, old, new, rule):
    assert rule in rules(exam_problems(tmp_path, old, new))


def test_the_crosswalk_becomes_areas(tmp_path: Path):
    rows, problems = read_crosswalk(write(tmp_path, "crosswalk.yaml", CROSSWALK))

    assert problems == []
    area = Area("waived-testing", "Waived tests", {"demo": ("DEMO.1.1", "DEMO.2.1")}, ("I",))
    assert [row.value for row in rows] == [area]
    assert area.nodes("demo") == ("DEMO.1.1", "DEMO.2.1")
    assert area.nodes("cma") == ()


def test_a_framework_knows_its_codes_and_kinds(tmp_path: Path):
    row, problems = read_competencies(write(tmp_path, "frame.yaml", FRAMEWORK))

    assert problems == []
    assert row is not None
    frame = row.value
    assert frame.codes == {"I.P.10", "I.P.10.a", "A.1"}
    assert [(entry.kind, entry.area) for entry in frame.competencies] == [
        ("psychomotor", "I"),
        ("affective", ""),
    ]
    assert [entry.leaves for entry in frame.competencies] == [("I.P.10.a",), ("A.1",)]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("I.P.10.a", "I.P.11.a", "C02"),
        ("{code: I.P.10,", "{code: II.P.10,", "C02"),
        ("{code: I.P.10.a,", "{code: I.P.10,", "C01"),
        ("{code: A.1,", "{code: A.one,", "S03"),
        ("code: frame", "code: other", "S03"),
    ],
)
def test_competency_codes_that_do_not_fit_are_refused(tmp_path, old, new, rule):
    assert old in FRAMEWORK
    path = write(tmp_path, "frame.yaml", FRAMEWORK.replace(old, new, 1))

    assert rule in rules(read_competencies(path)[1])


def test_files_that_are_no_yaml_are_reported_by_every_reader(tmp_path: Path):
    path = write(tmp_path, "bad.yaml", "a: 1\na: 2\n")

    for read in (read_concepts, read_crosswalk, read_exam, read_competencies):
        assert rules(read(path)[1]) == ["Y03"]

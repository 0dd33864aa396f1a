"""A content root as a whole: references across files, the cache, what is left out."""

import json
import os
from pathlib import Path

import pytest

from tests.content.build import (
    CONCEPTS,
    CROSSWALK,
    ITEM_YAML,
    SECOND,
    items_file,
    make_root,
    rules,
)
from trainer.content import bundle as bundle_module
from trainer.content.bundle import load_content
from trainer.content.problems import Problem


def problems(folder: Path, **changes: str) -> list[tuple[str, str, int]]:
    loaded = load_content(make_root(folder, **changes))
    return [
        (problem.rule, problem.file.rsplit("/", 1)[1], problem.line) for problem in loaded.problems
    ]


def test_a_clean_root_loads_without_a_problem(tmp_path: Path):
    loaded = load_content(make_root(tmp_path))

    assert loaded.problems == ()
    assert loaded.errors == []
    assert sorted(loaded.items) == ["test-control-line-01", "test-control-line-02"]
    assert {kind: len(values) for kind, values in loaded.of_kind().items()} == {
        "item": 2, "concept": 1, "area": 1, "exam": 1, "competencies": 1, "scenario": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"items": items_file(ITEM_YAML, SECOND, SECOND)},
            ("X01", "testing.yaml", 57),
        ),
        (
            {"items": items_file(ITEM_YAML, SECOND.replace("concept: test-", "concept: no-test-"))},
            ("X02", "testing.yaml", 34),
        ),
        (
            {"items": items_file(ITEM_YAML, SECOND.replace("id: test-control", "id: test"))},
            ("X03", "testing.yaml", 33),
        ),
        ({"concepts": CONCEPTS.replace("waived-testing", "ecg")}, ("X04", "testing.yaml", 6)),
        ({"concepts": CONCEPTS.replace("I.P.10", "I.P.11")}, ("X05", "testing.yaml", 7)),
        (
            {"concepts": CONCEPTS.replace("prerequisites: []", "prerequisites: [none-such]")},
            ("X06", "testing.yaml", 8),
        ),
        (
            {"concepts": CONCEPTS.replace("tes: []", "tes: [test-control-line]")},
            ("X06", "testing.yaml", 8),
        ),
        ({"items": items_file(ITEM_YAML)}, ("X08", "testing.yaml", 3)),
        ({"crosswalk": CROSSWALK.replace("DEMO.1.1,", "DEMO.1.2,")}, ("X09", "crosswalk.yaml", 4)),
        ({"crosswalk": CROSSWALK.replace("demo:", "cma:")}, ("X09", "crosswalk.yaml", 4)),
        ({"crosswalk": CROSSWALK.replace("[I]", "[II]")}, ("X09", "crosswalk.yaml", 5)),
        ({"crosswalk": CROSSWALK.replace(", DEMO.2.1", "")}, ("X10", "demo.yaml", 31)),
        (
            {
                "items": items_file(
                    ITEM_YAML, SECOND, ITEM_YAML.replace("line-01", "line-03").replace(".", "!")
                )
            },
            ("I35", "testing.yaml", 57),
        ),
    ],
)  # fmt: skip
def test_references_that_lead_nowhere_are_found_with_their_place(tmp_path, changes, expected):
    assert expected in problems(tmp_path, **changes)


def test_a_concept_without_an_item_is_an_error(tmp_path: Path):
    more = CONCEPTS + CONCEPTS.partition("concepts:\n")[2].replace("control-line", "timing")

    loaded = load_content(make_root(tmp_path, concepts=more))

    assert rules(loaded.errors) == ["X07"]


def test_prerequisites_may_not_run_in_a_circle(tmp_path: Path):
    one = CONCEPTS.replace("prerequisites: []", "prerequisites: [test-timing]")
    other = CONCEPTS.partition("concepts:\n")[2].replace("control-line", "timing")
    other = other.replace("prerequisites: []", "prerequisites: [test-control-line]")

    loaded = load_content(make_root(tmp_path, concepts=one + other))

    assert rules(loaded.errors).count("X06") == 2


def test_a_code_may_not_be_used_in_two_banks(tmp_path: Path):
    root = make_root(tmp_path)
    second = items_file(ITEM_YAML, bank="other")
    (root / "question_banks/items/other.yaml").write_text(second, encoding="utf-8")

    loaded = load_content(root)

    assert "X01" in rules(loaded.errors)


def test_a_file_that_would_not_be_read_is_reported(tmp_path: Path):
    root = make_root(tmp_path)
    (root / "question_banks/items/more.yml").write_text("bank: more\n", encoding="utf-8")

    assert [(problem.rule, problem.file) for problem in load_content(root).errors] == [
        ("Y01", "question_banks/items/more.yml")
    ]


def test_one_bad_file_is_reported_and_the_rest_is_read(tmp_path: Path):
    loaded = load_content(make_root(tmp_path, items="bank: testing\nitems: *x\n"))

    assert set(rules(loaded.errors)) == {"Y04", "X07"}
    assert len(loaded.concepts) == 1


def test_problems_come_in_the_order_of_the_files(tmp_path: Path):
    loaded = load_content(
        make_root(
            tmp_path,
            crosswalk=CROSSWALK.replace("[I]", "[II]"),
            concepts=CONCEPTS.replace("I.P.10", "I.P.11"),
        )
    )

    assert [problem.file.split("/")[1] for problem in loaded.problems] == ["concepts", "exams"]


def test_the_cache_gives_the_same_bundle_without_reading_again(tmp_path: Path, monkeypatch):
    root, cache = make_root(tmp_path / "root", items=items_file(ITEM_YAML)), tmp_path / "cache"
    first = load_content(root, cache)
    monkeypatch.setattr(bundle_module, "read_root", None)

    assert first == load_content(root, cache)
    assert rules(first.problems) == ["X08"]


def test_a_changed_file_is_read_again_and_the_old_cache_goes(tmp_path: Path):
    root, cache = make_root(tmp_path / "root"), tmp_path / "cache"
    load_content(root, cache)
    make_root(root, concepts=CONCEPTS.replace("The control", "Its control"))

    changed = load_content(root, cache)

    assert changed.concepts["test-control-line"].name == "Its control line"
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize(
    "spoil", ["", "{", "[]", '{"values": [["item", "x", "{}"]], "problems": []}']
)
def test_a_spoiled_cache_costs_time_only(tmp_path: Path, spoil: str):
    root, cache = make_root(tmp_path / "root"), tmp_path / "cache"
    first = load_content(root, cache)
    next(cache.iterdir()).write_text(spoil, encoding="utf-8")

    assert first == load_content(root, cache)
    assert json.loads(next(cache.iterdir()).read_text(encoding="utf-8"))["values"]


def test_a_cache_folder_that_cannot_be_written_is_no_error(tmp_path: Path):
    root = make_root(tmp_path / "root")
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file", encoding="utf-8")

    assert load_content(root, in_the_way) == load_content(root)


def test_reading_does_not_depend_on_the_working_folder(tmp_path: Path, monkeypatch):
    root = make_root(tmp_path / "root")
    here = load_content(root)
    monkeypatch.chdir(os.sep)

    assert here == load_content(root)


def test_a_problem_is_shown_as_file_line_rule_message():
    problem = Problem("items/a.yaml", 3, "I03", "The lead-in must be a question.")

    assert str(problem) == "items/a.yaml:3: I03 The lead-in must be a question."

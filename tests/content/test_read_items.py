"""Items files: shape, types and the refusals of G/J4, J5, J6, J12, J13."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.content.build import ITEM, ITEM_YAML, SECOND, items_file, rules
from trainer.content.problems import Problem
from trainer.content.readers.items import items_of, read_items
from trainer.content.yamlfile import parse_yaml


def read(text: str):
    document, problems = parse_yaml(text, "items/testing.yaml")
    assert document is not None, problems
    rows, found = items_of(document, "testing")
    return [row.value for row in rows], found


def spoiled(old: str, new: str) -> list[Problem]:
    assert old in ITEM_YAML
    items, problems = read(items_file(ITEM_YAML.replace(old, new, 1)))

    assert items == []
    return problems


def test_a_good_entry_becomes_the_item_it_describes():
    items, problems = read(items_file(ITEM_YAML))

    assert problems == []
    assert items == [ITEM]


def test_a_bad_entry_does_not_hide_the_good_ones():
    items, problems = read(items_file(ITEM_YAML.replace("difficulty: 2", "difficulty: 9"), SECOND))

    assert [item.code for item in items] == ["test-control-line-02"]
    assert rules(problems) == ["S03"]
    assert problems[0].line == 6


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("correct: yes", "correct: no", "I01", 12),
        ("reason: Outside", "correct: yes\n      reason: Outside", "I01", 12),
        ("- id: b", "- id: a", "I02", 12),
        ("correct: yes", "correct: maybe", "S03", 24),
        ("- id: b", "- id: '26'", "S03", 16),
        ("difficulty: 2", "difficulty: 2.0", "S03", 6),
        ("difficulty: 2", "difficulty: ２", "S03", 6),
        ("bloom: apply", "bloom: evaluate", "S03", 7),
        ("type: single_best_answer", "type: essay", "S03", 5),
        ("rule: No", "hint: No", "S01", 3),
        ("id: test-control-line-01", "id: Test Line", "S03", 3),
        ("status_as_of: 2026-11-23", "status_as_of: 11/23/2026", "S03", 31),
        ("review_by: 2027-11-01", "review_by: 2027-02-30", "S03", 32),
        ("https://www.cdc.gov/lab", "javascript:alert(1)", "S03", 30),
        ("lead_in: What should the medical assistant do next?", "lead_in: ' '", "S01", 11),
        ("next?", "next\u200b?", "S03", 11),
    ],
)
def test_a_wrong_field_is_named_with_its_line(old, new, rule, line):
    problems = spoiled(old, new)

    assert (rule, line) in [(problem.rule, problem.line) for problem in problems]


def test_an_unknown_field_is_refused_by_name():
    problems = spoiled("rule: No", "hint: Look\n  rule: No")

    assert rules(problems) == ["S02"]
    assert '"hint"' in problems[0].message


@pytest.mark.parametrize("count", [0, 1, 2, 6])
def test_too_few_or_too_many_options_are_refused(count):
    row = "    - {id: %s, text: Text %s, reason: Because it is so, correct: %s}\n"
    options = "".join(row % ("abcdef"[n], n, "yes" if n == 0 else "no") for n in range(count))
    head, _, tail = ITEM_YAML.partition("  options:\n")
    text = (
        head
        + "  options:"
        + (f"\n{options}" if count else " []\n")
        + "  rule:"
        + tail.split("  rule:")[1]
    )

    items, problems = read(items_file(text))

    assert items == []
    assert problems


def test_sources_may_not_be_missing_or_empty():
    start = ITEM_YAML.index("  sources:")
    end = ITEM_YAML.index("  status_as_of:")

    missing, _ = read(items_file(ITEM_YAML[:start] + ITEM_YAML[end:]))
    empty, _ = read(items_file(ITEM_YAML[:start] + "  sources: []\n" + ITEM_YAML[end:]))

    assert missing == []
    assert empty == []


def test_a_long_stem_is_refused():
    problems = spoiled("The patient waits in the room.", "word " * 4000)

    assert rules(problems) == ["S03"]


def test_the_stem_may_be_left_out():
    items, problems = read(items_file(SECOND))

    assert problems == []
    assert items[0].stem == ""


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("- a\n", "S03"),
        ("just text\n", "S03"),
        ("bank: testing\n", "S01"),
        ("bank: testing\nitems: []\n", "S01"),
        ("bank: testing\nitems: {}\n", "S01"),
        ("bank: testing\nitems:\n  - text\n", "S03"),
        ("bank: other\nitems:\n" + ITEM_YAML, "S03"),
        ("bank: testing\nextra: 1\nitems:\n" + ITEM_YAML, "S02"),
    ],
)
def test_a_file_of_another_shape_is_refused(text, rule):
    items, problems = read(text)

    assert items == []
    assert rules(problems) == [rule]


def test_texts_are_brought_to_one_form(tmp_path: Path):
    path = tmp_path / "testing.yaml"
    path.write_text(
        items_file(ITEM_YAML.replace("No control", "No\u00a0control")), encoding="utf-8"
    )

    rows, _ = read_items(path)

    assert [replace(ITEM, rule="No control line, no result.")] == [row.value for row in rows]

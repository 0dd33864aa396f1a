"""Counts over a bundle, the exported schemas, and the commands that show them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.content.build import ITEM_YAML, SECOND, items_file, make_root
from trainer.cli.content import content_commands
from trainer.content.bundle import load_content
from trainer.content.schemas import schema_texts, write_schemas
from trainer.content.stats import content_stats

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"


def run(*words: str):
    return CliRunner().invoke(content_commands, list(words))


def test_items_are_counted_by_bank_level_and_exam_domain(tmp_path: Path):
    stats = content_stats(load_content(make_root(tmp_path)))

    assert stats.banks == {"testing": 2}
    assert stats.areas == {"waived-testing": 2}
    assert stats.difficulty == {"1": 1, "2": 1}
    assert stats.bloom == {"apply": 1, "remember": 1}
    assert stats.key_positions == {"1": 1, "4": 1}
    assert stats.key_longest == 0
    assert stats.few_variants == {"test-control-line": 2}
    assert [(d.code, d.quota, d.items, d.families) for d in stats.exams["demo"]] == [
        ("DEMO.1", 6, 2, 1),
        ("DEMO.2", 4, 2, 1),
    ]


def test_a_part_of_an_exam_says_how_well_it_can_be_filled(tmp_path: Path):
    stats = content_stats(load_content(make_root(tmp_path)))
    domain = stats.exams["demo"][0]

    assert (domain.ratio, domain.health, domain.share_pct, domain.plan_pct) == (
        0.17, "red", 50.0, 60.0,
    )  # fmt: skip
    assert domain.types == {"single_best_answer": 2}
    assert domain.difficulty == {"1": 1, "2": 1}
    assert domain.bloom == {"apply": 1, "remember": 1}
    assert [(part.code, part.quota, part.families) for part in domain.subdomains] == [
        ("DEMO.1.1", 6, 1)
    ]


def test_a_concept_whose_items_are_for_practice_only_is_no_family_of_an_exam(tmp_path: Path):
    entries = [text.replace("  rule:", "  pool: practice\n  rule:") for text in (ITEM_YAML, SECOND)]

    stats = content_stats(load_content(make_root(tmp_path, items=items_file(*entries))))

    assert [(d.items, d.families) for d in stats.exams["demo"]] == [(2, 0), (2, 0)]
    assert stats.pools == {"practice": 2}


def test_items_without_a_second_reading_and_accepted_warnings_are_counted(tmp_path: Path):
    checked = "  checked: {blind_answer: agreed, on: 2026-11-24}\n  rule:"
    first = ITEM_YAML.replace("  rule:", checked)
    second = SECOND.replace("It names the person", "It always names people").replace(
        "  rule:",
        "  accepted: [{rule: I10, reason: The maker of the strip says so}]\n  rule:",
    )

    bundle = load_content(make_root(tmp_path, items=items_file(first, second)))
    stats = content_stats(bundle)

    assert [problem.rule for problem in bundle.problems] == []
    assert [(p.rule, p.accepted) for p in bundle.accepted] == [
        ("I10", "The maker of the strip says so")
    ]
    assert stats.accepted == {"I10": 1}
    assert stats.unchecked == ("test-control-line-02",)


def test_accepted_warnings_come_back_from_the_cache(tmp_path: Path):
    second = SECOND.replace("It names the person", "It always names people").replace(
        "  rule:",
        "  accepted: [{rule: I10, reason: The maker of the strip says so}]\n  rule:",
    )
    root = make_root(tmp_path / "root", items=items_file(ITEM_YAML, second))

    cold = load_content(root, tmp_path / "cache")
    warm = load_content(root, tmp_path / "cache")

    assert cold.accepted == warm.accepted
    assert len(warm.accepted) == 1


def test_reviews_that_come_due_are_listed_with_their_reason(tmp_path: Path):
    root = make_root(tmp_path)

    due = json.loads(run("stats", "--json", "--due", "2027-11-01", str(root)).output)

    assert [(row["code"], row["by"], row["why"]) for row in due] == [
        ("test-control-line-01", "2027-11-01", "review planned"),
        ("test-control-line-02", "2027-11-01", "review planned"),
    ]
    assert (
        "0 reviews are due by 2027-10-31." in run("stats", "--due", "2027-10-31", str(root)).output
    )


@pytest.mark.parametrize("name", sorted(schema_texts()))
def test_the_exported_schemas_are_current(name: str):
    assert (SCHEMAS / name).read_text(encoding="utf-8") == schema_texts()[name]


def test_a_schema_knows_the_fields_and_refuses_others():
    schema = json.loads(schema_texts()["items.schema.json"])
    item = schema["$defs"]["ItemEntry"]

    assert item["additionalProperties"] is False
    assert "lead_in" in item["required"]
    assert "fixed_order" not in item["required"]
    assert item["properties"]["bloom"]["enum"] == ["remember", "understand", "apply", "analyze"]


def test_schemas_are_written_once(tmp_path: Path):
    assert len(write_schemas(tmp_path / "new")) == len(schema_texts())
    assert write_schemas(tmp_path / "new") == []
    assert "0 schemas" in run("schemas", str(tmp_path / "new")).output


def test_check_is_silent_and_successful_on_good_content(tmp_path: Path):
    result = run("check", str(make_root(tmp_path)))

    assert result.exit_code == 0
    assert result.output == "2 items, 1 concepts, 0 scenarios: 0 errors, 0 warnings.\n"


def test_check_shows_file_line_and_rule_and_fails_on_errors(tmp_path: Path):
    bad = items_file(ITEM_YAML.replace("next?", "next."))

    result = run("check", str(make_root(tmp_path, items=bad)))

    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0].startswith("question_banks/concepts/testing.yaml:3: X08 (warning) ")
    assert lines[1].startswith("question_banks/items/testing.yaml:11: I03 ")
    assert lines[-1] == "1 items, 1 concepts, 0 scenarios: 1 errors, 1 warnings."


def test_check_of_one_file_shows_its_problems_only(tmp_path: Path):
    root = make_root(tmp_path, items=items_file(ITEM_YAML.replace("next?", "next.")))

    result = run("check", "--json", str(root / "question_banks/concepts/testing.yaml"))

    assert result.exit_code == 0
    assert [row["rule"] for row in json.loads(result.output)["problems"]] == ["X08"]


def test_check_of_a_folder_without_content_says_so(tmp_path: Path):
    result = run("check", str(tmp_path))

    assert result.exit_code == 2
    assert "question_banks" in result.output


def test_stats_are_shown_as_text_and_as_json(tmp_path: Path):
    root = str(make_root(tmp_path))

    assert json.loads(run("stats", "--json", root).output)["items"] == 2
    assert "DEMO.1 Clinical" in run("stats", root).output

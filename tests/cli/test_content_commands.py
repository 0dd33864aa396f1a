"""`trainer content ...` on real files: the shipped ones, and a small root with a fault in it."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.running import Trainer
from tests.content.build import SECOND, items_file, make_root

ITEMS = "question_banks/items/testing.yaml"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small clean root that the commands take for the shipped one."""
    made = make_root(tmp_path / "root")
    monkeypatch.setattr("trainer.settings.shipped_root", lambda: made)
    monkeypatch.setattr("trainer.cli.content.shipped_root", lambda: made)
    return made


def plant(root: Path, old: str, new: str) -> int:
    """Spoil the questions in one place; gives the line."""
    path = root / ITEMS
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


def rows(database: Path, table: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as connection:
        found = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
    connection.close()
    return found


def content(database: Path) -> list[list[tuple[object, ...]]]:
    """All rows about content."""
    tables = ("catalogue_version", "catalogue_entry", "catalogue_state")
    return [rows(database, table) for table in tables]


def test_the_shipped_content_passes(trainer: Trainer) -> None:
    result = trainer("content", "check")

    assert result.code == 0
    assert result.out.rstrip().rsplit("\n", 1)[-1].endswith("0 errors, 0 warnings.")


def test_check_names_file_line_and_rule_of_a_planted_fault(root: Path, trainer: Trainer) -> None:
    line = plant(root, "difficulty: 1", "difficulty: 9")

    result = trainer("content", "check", str(root))

    assert result.code == 1
    assert f"{ITEMS}:{line}: " in result.out
    assert "1 errors" in result.out


def test_check_reports_a_file_that_is_not_yaml(root: Path, trainer: Trainer) -> None:
    (root / "question_banks/items/broken.yaml").write_text("bank: broken\nitems: [a, b\n")

    result = trainer("content", "check", str(root))

    assert result.code == 1
    assert "question_banks/items/broken.yaml:3: Y02 Not valid YAML" in result.out


def test_check_of_one_file_shows_its_problems_only(root: Path, trainer: Trainer) -> None:
    plant(root, "difficulty: 1", "difficulty: 9")

    spoiled = trainer("content", "check", str(root / ITEMS))
    other = trainer("content", "check", str(root / "question_banks/exams/demo.yaml"))

    assert (spoiled.code, other.code) == (1, 0)
    assert "exams/demo.yaml" not in spoiled.out
    assert other.out == "1 items, 1 concepts, 0 scenarios: 0 errors, 0 warnings.\n"


def test_check_can_print_json(root: Path, trainer: Trainer) -> None:
    line = plant(root, "concept: test-control-line\n  type: single_best_answer\n  difficulty: 1",
                 "concept: none-such\n  type: single_best_answer\n  difficulty: 1")  # fmt: skip

    result = trainer("content", "check", str(root), "--json")
    report = json.loads(result.out)
    errors = [problem for problem in report["problems"] if problem["severity"] == "E"]

    assert result.code == 1
    assert set(report) == {
        "items", "concepts", "scenarios", "errors", "warnings", "problems", "accepted", "unchecked",
    }  # fmt: skip
    assert (report["items"], report["errors"]) == (2, len(errors))
    assert report["unchecked"] == ["test-control-line-01", "test-control-line-02"]
    assert ("X02", ITEMS, line) in [(e["rule"], e["file"], e["line"]) for e in errors]
    assert {"file", "line", "rule", "message", "severity"} == set(errors[0])


def test_check_of_a_folder_without_content_is_refused(tmp_path: Path, trainer: Trainer) -> None:
    result = trainer("content", "check", str(tmp_path))

    assert result.code == 2
    assert "no question_banks folder belongs to it" in result.err


def test_stats_are_json_with_counts_that_agree(root: Path, trainer: Trainer) -> None:
    result = trainer("content", "stats", "--json")
    counts = json.loads(result.out)

    assert result.code == 0
    assert counts["items"] == sum(counts["banks"].values()) == sum(counts["difficulty"].values())
    assert counts["banks"] == {"testing": 2}
    assert [domain["code"] for domain in counts["exams"]["demo"]] == ["DEMO.1", "DEMO.2"]


def test_stats_can_be_read_without_json(root: Path, trainer: Trainer) -> None:
    result = trainer("content", "stats", str(root))

    assert result.out.startswith("2 items, 1 concepts, 0 scenarios\nBanks: testing 2\n")


def test_schemas_are_written_where_they_are_asked_for(tmp_path: Path, trainer: Trainer) -> None:
    result = trainer("content", "schemas", str(tmp_path / "schemas"))

    written = sorted((tmp_path / "schemas").glob("*.schema.json"))
    assert result.code == 0
    assert result.out.startswith(f"{len(written)} schemas written")
    assert all(json.loads(path.read_text())["type"] == "object" for path in written)


def test_a_dry_run_says_what_a_sync_would_change_and_changes_nothing(
    root: Path, data_dir: Path, trainer: Trainer
) -> None:
    trainer("migrate")
    before = content(data_dir / "trainer.db")

    result = trainer("content", "sync", "--dry-run")

    assert result.code == 0
    assert "add: item test-control-line-01 (version 1)" in result.out
    assert result.out.endswith("6 changes would be made.\n")
    assert content(data_dir / "trainer.db") == before


def test_a_second_sync_changes_nothing(root: Path, data_dir: Path, trainer: Trainer) -> None:
    first = trainer("content", "sync")
    after_first = content(data_dir / "trainer.db")
    second = trainer("content", "sync")

    assert first.out.endswith("6 changes made.\n")
    assert second.out == "0 changes made.\n"
    assert content(data_dir / "trainer.db") == after_first


def test_a_sync_brings_in_an_edit_and_retires_what_is_gone(
    root: Path, data_dir: Path, trainer: Trainer
) -> None:
    trainer("content", "sync")
    edited = SECOND.replace("rule: The second mark shows", "rule: The last mark shows")
    (root / ITEMS).write_text(items_file(edited))

    result = trainer("content", "sync")

    assert "new version: item test-control-line-02 (version 2)" in result.out
    assert "retire: item test-control-line-01 (version 1)" in result.out
    assert result.out.endswith("2 changes made.\n")


def test_a_sync_of_bad_content_changes_nothing(
    root: Path, data_dir: Path, trainer: Trainer
) -> None:
    trainer("content", "sync")
    before = content(data_dir / "trainer.db")
    line = plant(root, "difficulty: 1", "difficulty: 9")

    result = trainer("content", "sync")

    assert result.code == 1
    assert f"{ITEMS}:{line}: " in result.err
    assert content(data_dir / "trainer.db") == before


def test_a_sync_of_the_shipped_content_onto_itself_changes_nothing(
    database: Path, trainer: Trainer
) -> None:
    trainer("content", "sync")

    assert trainer("content", "sync").out == "0 changes made.\n"

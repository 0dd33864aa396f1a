"""Refusals of the strict YAML reader (promise P26; bad inputs G/J1 to J3)."""

from pathlib import Path

import pytest

from trainer.content.yamlfile import MAX_BYTES, parse_yaml, read_yaml


def refusal(text: str) -> tuple[str, int]:
    document, problems = parse_yaml(text, "bad.yaml")

    assert document is None
    assert len(problems) == 1
    assert problems[0].severity == "E"
    return problems[0].rule, problems[0].line


@pytest.mark.parametrize(
    "text",
    ["1:10", "1:30", "0777", "no", "O-", "1.10", "1e3", "030.0", "2026-11-23", "~", "null", ".5"],
)
def test_every_scalar_stays_the_text_that_was_written(text):
    document, problems = parse_yaml(f"value: {text}\n", "f")

    assert problems == []
    assert document is not None
    assert document.data == {"value": text}


def test_a_key_that_other_readers_take_for_a_flag_stays_text():
    document, _ = parse_yaml("on: x\nno: y\n", "f")

    assert document is not None
    assert document.data == {"on": "x", "no": "y"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ("Y03", 3)),
        ("options:\n  - id: a\n    id: b\n", ("Y03", 3)),
        ("- {text: x, text: y}\n", ("Y03", 1)),
        ("a: &anchor 1\nb: 2\n", ("Y04", 1)),
        ("a: 1\nb: *anchor\n", ("Y04", 2)),
        ("a: &a [x, x]\nb: &b [*a, *a]\n", ("Y04", 1)),
        ("!!python/object/apply:os.system ['true']\n", ("Y05", 1)),
        ("a: !secret x\n", ("Y05", 1)),
        ("a: !!int 5\n", ("Y05", 1)),
        ("a: 1\nb:\n  <<: {c: 1}\n", ("Y06", 3)),
        ("a: 1\n---\nb: 2\n", ("Y07", 2)),
        ("a:\n\tb: 1\n", ("Y08", 2)),
        ("a:\n  \tb: 1\n", ("Y08", 2)),
        ("? [a, b]\n: c\n", ("Y10", 1)),
        ("", ("Y11", 1)),
        ("# only a remark\n", ("Y11", 1)),
        ("a: b: c\n", ("Y02", 1)),
        ("a: [1, 2\nb: 3\n", ("Y02", 2)),
        ("a: 1\nb: '\n", ("Y02", 3)),
        ("a: 1\nb: x\x00y\n", ("Y02", 2)),
        ("a: 1\nb: x\x07y\n", ("Y02", 2)),
        ("a: 1\nb: \ud800\n", ("Y02", 2)),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused_with_its_line(text, expected):
    assert expected == refusal(text)


def test_deep_nesting_is_refused_without_exhausting_python():
    levels = "".join("  " * level + "a:\n" for level in range(40))

    assert refusal(levels + "  " * 40 + "b\n")[0] == "Y09"
    assert refusal("[" * 5000 + "]" * 5000)[0] in {"Y02", "Y09"}
    assert refusal("{a: " * 5000)[0] in {"Y02", "Y09"}


def test_an_alias_bomb_is_refused_at_its_first_anchor():
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30)
    )

    assert refusal(bomb) == ("Y04", 1)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"a: 1\nb: \xff\xfe\n", 2),
        ("a: ü\n".encode("latin-1"), 1),
        (b"a: x\n" * (MAX_BYTES // 4), 1),
    ],
)
def test_files_that_are_not_utf8_or_too_large_are_reported(tmp_path: Path, raw: bytes, line: int):
    path = tmp_path / "bad.yaml"
    path.write_bytes(raw)

    document, problems = read_yaml(path)

    assert document is None
    assert [("Y01", line)] == [(problem.rule, problem.line) for problem in problems]


def test_a_missing_file_is_reported_not_raised(tmp_path: Path):
    document, problems = read_yaml(tmp_path / "none.yaml", "question_banks/none.yaml")

    assert document is None
    assert problems[0].file == "question_banks/none.yaml"


def test_a_byte_order_mark_is_not_part_of_the_first_key(tmp_path: Path):
    path = tmp_path / "bom.yaml"
    path.write_bytes("a: 1\n".encode("utf-8-sig"))

    document, _ = read_yaml(path)

    assert document is not None
    assert document.data == {"a": "1"}


def test_lines_lead_to_the_part_that_is_meant():
    document, _ = parse_yaml("a: 1\nrows:\n  - x: 1\n    y:\n      - p\n      - q\n", "f")

    assert document is not None
    assert document.line(("rows", 0, "y")) == 4
    assert document.line(("rows", 0, "y", 1)) == 6
    assert document.line(("rows", 0, "missing")) == 3
    assert document.line(("nothing", "here")) == 1

"""Class lists as people send them. The cases are those of bad input G/G."""

import pytest

from trainer.content.formats.roster_csv import MAX_BYTES, MAX_ROWS, read_bytes, read_roster
from trainer.core.errors import Invalid

GOOD = "name,login\nAna Ruiz,ana.ruiz\nTyler Brandt,tbrandt\n"


def names(text: str) -> list[tuple[int, str, str]]:
    found = read_roster(text)
    assert found.problems == ()
    return [(row.line, row.name, row.login) for row in found.rows]


def problems(text: str) -> list[tuple[int, str]]:
    return [(p.line, p.message) for p in read_roster(text).problems]


def test_a_plain_list_is_read_with_its_line_numbers() -> None:
    assert names(GOOD) == [(2, "Ana Ruiz", "ana.ruiz"), (3, "Tyler Brandt", "tbrandt")]


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        GOOD.replace("\n", "\r\n", 1),
        "\ufeff" + GOOD,
        GOOD.replace("name,login", "  NAME , Login "),
        GOOD.replace("name,login", "Student Name,User_Name"),
        'name,login\n"Ana Ruiz","ana.ruiz"\n"Tyler Brandt",TBrandt\n',
    ],
)
def test_separators_line_ends_quotes_and_heads_of_spreadsheets_do_not_matter(text: str) -> None:
    assert [row[1:] for row in names(text)] == [
        ("Ana Ruiz", "ana.ruiz"), ("Tyler Brandt", "tbrandt"),
    ]  # fmt: skip


def test_columns_may_stand_in_any_order_beside_others() -> None:
    assert names("id,login,name\n7,ana,Ana Ruiz\n") == [(2, "Ana Ruiz", "ana")]


def test_empty_lines_are_passed_over_and_numbers_stay_those_of_the_file() -> None:
    assert names("\nname;login\n\n;\nAna;ana\n") == [(5, "Ana", "ana")]


@pytest.mark.parametrize("text", ["", "   \n \n", "\ufeff"])
def test_an_empty_list_is_refused_as_a_whole(text: str) -> None:
    assert [line for line, _ in problems(text)] == [0]


def test_a_list_with_only_a_first_line_says_that_students_are_missing() -> None:
    assert problems("name,login\n") == [(0, "There are no students below the first line.")]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Ana,ana", "a column called name"),
        ("nombre,usuario", "a column called name"),
        ("name,class", "a column called login"),
        ("name,login,email", "two columns for the login"),
        ("name,name,login", "two columns for the name"),
    ],
)
def test_a_first_line_without_the_two_columns_is_refused(head: str, said: str) -> None:
    ((line, message),) = problems(f"{head}\nAna,ana\n")

    assert line == 1
    assert said in message


@pytest.mark.parametrize(("row", "cells"), [("Ana", "1 cell;"), ("Ana,ana,more", "3 cells;")])
def test_a_row_with_too_few_or_too_many_cells_is_named_by_its_line(row: str, cells: str) -> None:
    ((line, message),) = problems(f"name,login\nTyler,tyler\n{row}\n")

    assert line == 3
    assert f"{cells} the first line has 2" in message


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|'/C calc'!A0", "＝1", '"=1"']
)
def test_a_cell_that_a_spreadsheet_would_run_is_refused(cell: str) -> None:
    for row in (f"{cell};ana", f"Ana;{cell}"):
        ((line, message),) = problems(f"name;login\n{row}\n")
        assert line == 2
        assert "spreadsheets run" in message


def test_a_sign_in_name_twice_is_named_at_both_lines_also_when_only_the_case_differs() -> None:
    assert [line for line, _ in problems("name,login\nAna,ana\nAnna,ANA\n")] == [2, 3]


@pytest.mark.parametrize("login", ["an\u0430", "al\u0131", "ana\u200d", "a b", "é", "x" * 65])
def test_sign_in_names_that_could_look_alike_are_refused(login: str) -> None:
    assert [line for line, _ in problems(f"name,login\nAna,{login}\n")] == [2]


def test_all_problems_are_reported_at_once() -> None:
    text = "name,login\nAna,\n,tyler\nOmar,=1\nPriya,priya\n"

    assert [line for line, _ in problems(text)] == [2, 3, 4]
    assert [row.name for row in read_roster(text).rows] == ["Priya"]


def test_an_unclosed_quote_a_nul_and_an_endless_cell_are_refused() -> None:
    assert problems('name,login\n"Ana,ana\n')[0][0] == 0
    assert problems("name,login\nAna\x00,ana\n")[0][0] == 0
    assert problems(f"name,login\n{'x' * 400},ana\n")[0][0] == 2
    assert problems(f"name,login\n{'x' * 140_000},ana\n")[0][0] == 0


def test_a_list_that_is_too_long_is_refused_as_a_whole() -> None:
    rows = "".join(f"Student {n},s{n}\n" for n in range(MAX_ROWS + 1))

    assert problems("name,login\n" + rows) == [(0, f"Send at most {MAX_ROWS} students at once.")]
    assert problems("name,login\n" + "x" * MAX_BYTES)[0][0] == 0


def test_names_keep_what_belongs_to_them() -> None:
    text = "name,login\n\"O'Brien, Zoë\",a\nRobert'); DROP TABLE,b\n<b>Null</b>,c\n李,d\n"

    assert [row[1] for row in names(text)] == [
        "O'Brien, Zoë", "Robert'); DROP TABLE", "<b>Null</b>", "李",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_in_the_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    assert read_bytes("name,login\nZoë,zoe\n".encode(encoding)).startswith("name,login\nZoë")


@pytest.mark.parametrize(
    "data",
    [
        "name,login\nZoë,zoe\n".encode("cp1252"),
        b"PK\x03\x04workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        b"\xff\xfen\x00a",
        b"x" * (MAX_BYTES + 1),
    ],
)
def test_other_files_are_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read_bytes(data)

    assert refused.value.field == "file"

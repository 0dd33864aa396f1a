"""One canonical form for texts (bad inputs G/J15, G/F11, G/F16)."""

import pytest

from trainer.content.models.text import one_line, paragraphs


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("5 \u03bcg", "5 \u00b5g"),
        ("98.6 \u00baF", "98.6\u00b0F"),
        ("37 \u2103", "37\u00b0C"),
        ("-5 or \uff0d5", "\u22125 or \u22125"),
        ("2-step, well-known", "2-step, well-known"),
        ("5\u00a0mL", "5 mL"),
        ("cafe\u0301", "caf\u00e9"),
        ("  two\n  lines \t here ", "two lines here"),
    ],
)
def test_signs_that_look_alike_become_one(raw, expected):
    assert expected == one_line(raw)


def test_paragraphs_are_kept_and_layout_is_not():
    assert paragraphs("one\n  two\n\n\n three \n") == "one two\n\nthree"


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u00ad", "\x07", "\ufeff", "\x7f"])
def test_hidden_characters_are_refused_by_name(hidden):
    with pytest.raises(ValueError, match=f"U\\+{ord(hidden):04X}"):
        one_line(f"a{hidden}b")

"""A template that is no sound question with one of its draws is refused at its line."""

from pathlib import Path

from trainer.content.checks.templates import check_templates
from trainer.content.readers.items import read_items

BANK = """\
bank: sums
items:
  - id: tablet-dose-51
    concept: tablet-dose
    type: numeric
    difficulty: 1
    bloom: apply
    stem: A medical assistant has an order for {order} mg. Each tablet holds {have} mg.
    lead_in: How many tablets should the medical assistant prepare?
    parameters:
      ranges:
        - {name: right, values: [%s]}
        - {name: have, values: ["5", "10"]}
      derived:
        - {name: order, formula: "right * have"}
        - {name: inverted, formula: "round(have / order, 0.01)"}
    number:
      value: "{right}"
      low: "1"
      high: "40"
      units: [tablets]
      solution: The order of {order} mg is divided by the {have} mg of one tablet.
      errors:
        - {value: "{inverted}", error: inverted ratio, reason: The strength was put on top.}
    rule: Ordered over labeled.
    sources: [{title: Guide, url: "https://example.org/", checked_on: 2026-11-23}]
    status_as_of: 2026-11-23
    review_by: 2027-11-01
"""


def messages(tmp_path: Path, values: range) -> list[str]:
    path = tmp_path / "sums.yaml"
    path.write_text(BANK % ", ".join(f'"{value}"' for value in values))
    items, problems = read_items(path)
    assert problems == []
    return [str(problem).rsplit("/", 1)[-1] for problem in check_templates(items)]


def test_a_sound_template_passes(tmp_path: Path) -> None:
    assert messages(tmp_path, range(2, 22)) == []


def test_a_draw_that_divides_by_zero_is_named_with_file_line_and_values(tmp_path: Path) -> None:
    assert messages(tmp_path, range(22))[0] == (
        "sums.yaml:16: N02 [tablet-dose-51] It divides by zero. Shown by right = 0, have = 5."
    )


def test_a_value_out_of_range_is_named(tmp_path: Path) -> None:
    assert messages(tmp_path, range(2, 45)) == [
        "sums.yaml:18: N02 [tablet-dose-51] The value 41 is outside 1 to 40. "
        "Shown by right = 41, have = 5."
    ]


def test_too_few_draws_are_counted(tmp_path: Path) -> None:
    assert messages(tmp_path, range(2, 12)) == [
        "sums.yaml:10: N02 [tablet-dose-51] 20 different draws are too few; at least 40."
    ]

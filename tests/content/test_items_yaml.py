"""Items written as files are read back as equal items."""

from dataclasses import replace

import pytest

from trainer.content.bundle import Bundle
from trainer.content.formats.items_yaml import entry_of, items_file
from trainer.content.readers.items import items_of
from trainer.content.yamlfile import parse_yaml
from trainer.core.items import Item


def read_back(text: str, bundle: Bundle) -> list[Item]:
    pictures = {i.picture.code: i.picture for i in bundle.items.values() if i.picture}
    document, problems = parse_yaml(text, "own.yaml")
    assert problems == []
    assert document is not None
    found, problems = items_of(document, "own", pictures)
    assert problems == []
    return [row.value for row in found]


def test_every_written_question_comes_back_equal(shipped: Bundle) -> None:
    items = [i for i in shipped.items.values() if i.origin == "written"]
    text = items_file("own", [entry_of(item) for item in items])

    back = read_back(text, shipped)

    assert [replace(item, bank="own") for item in items] == back


@pytest.mark.parametrize(
    "text",
    ["yes", "1:30", "0x1F", "1e3", "~", "null", "=", "- a", "# b", "a: b", "{a}", "[a]", "*a", "&a",
     "!a", "%a", "@a", "`a`", "'", '"', "a 'b' \"c\"", "2026-11-25", "trailing:", "é ü µg 37°C ≥ →",
     "a\u2028b", "x" * 300 + " " + "y" * 300, "one\n\ntwo", "\U0001f600", "O-", "<<", "\\n"],
)  # fmt: skip
def test_any_text_stays_text(shipped: Bundle, text: str) -> None:
    item = next(i for i in shipped.items.values() if i.type == "single_best_answer" and i.stem)
    item = replace(item, stem=text, bank="own")

    assert read_back(items_file("own", [entry_of(item)]), shipped) == [item]


def test_nothing_is_aliased(shipped: Bundle) -> None:
    entry = entry_of(next(iter(shipped.items.values())))
    text = items_file("own", [entry, {**entry, "id": "other-01"}])

    assert "&id" not in text
    assert len(read_back(text, shipped)) == 2

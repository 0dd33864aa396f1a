"""The texts of an item by their part in the question: asked, right, wrong. Knows no rule."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trainer.content.lint.finding import LEAD_IN, option_path
from trainer.content.yamlfile import FieldPath
from trainer.core.items import Item, Option

Texts = list[tuple[FieldPath, str]]
HIGHER = frozenset({"apply", "analyze"})
CHOICES = frozenset({"single_best_answer", "multiple_response"})
"""Types with keys and distractors in words. Steps and rows have no key; the regions of a picture
have neutral names, which say nothing about what is right."""
_NAME = re.compile(r"(?:Mr|Ms|Mrs|Mx|Dr)\.? ([A-Z][a-z]+)")
_AGE = re.compile(r"(\d{1,3}[- ](?:day|week|month|year))s?[- ]old\b")
_TOKEN = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Said:
    """All texts of an item, taken apart once.

    Most items are clean: a look at the set of words tells which rules need a closer look.
    """

    texts: Texts
    whole: str
    tokens: frozenset[str]
    """Words as written."""
    words: frozenset[str]
    """Words in lower case."""


def said_by(item: Item) -> Said:
    texts = list(all_texts(item))
    whole = "\n".join(text for _, text in texts)
    tokens = frozenset(_TOKEN.findall(whole))
    return Said(texts, whole, tokens, frozenset(map(str.lower, tokens)))


def all_texts(item: Item) -> Iterator[tuple[FieldPath, str]]:
    """Every text of an item that a student can see, with its place."""
    yield ("stem",), item.stem
    yield LEAD_IN, item.lead_in
    yield ("rule",), item.rule
    for index, option in enumerate(item.options):
        yield option_path(index), option.text
        yield option_path(index, "reason"), option.reason
    for index, partner in enumerate(item.partners):
        yield ("partners", index, "text"), partner.text
    if item.number:
        yield ("number", "solution"), item.number.solution
        for index, wrong in enumerate(item.number.errors):
            yield ("number", "errors", index, "reason"), wrong.reason


def asked(item: Item) -> str:
    return f"{item.stem} {item.lead_in}".strip()


def where_asked(item: Item) -> FieldPath:
    """The situation; the question when there is no situation."""
    return ("stem",) if item.stem else LEAD_IN


def keys(item: Item) -> list[Option]:
    return [option for option in item.options if option.correct]


def distractors(item: Item) -> list[Option]:
    return [option for option in item.options if not option.correct]


def is_written(item: Item) -> bool:
    """Rules on style are for texts that a person chose, not for those made from a table."""
    return item.origin != "generated"


def people_in(text: str) -> tuple[set[str], set[str]]:
    """Names and ages in a text (rule K08)."""
    return set(_NAME.findall(text)), set(_AGE.findall(text))

"""Rules on plain and kind words: I27, I28, T01. What words mean for a patient is not known here."""

import re
from collections.abc import Iterator
from statistics import fmean

from trainer.content.lint.finding import Finding
from trainer.content.lint.said import Said, Texts, asked, is_written, where_asked
from trainer.content.lint.words import grade_level, sentences, word_count
from trainer.core.items import Item

_LABELS = re.compile(
    r"\b(junkie|addict|alcoholic|crazy|insane|wheelchair-bound|confined to a wheelchair|oriental|"
    r"caucasian|illegal alien|drug-seeking|drug seeker|frequent flyer|non-?compliant|suffers from|"
    r"victim of|the elderly|mentally retarded|obese patient|diabetic patient)\b",
    re.IGNORECASE,
)
_LABELING = """
    junkie addict alcoholic crazy insane wheelchair oriental caucasian illegal seeking seeker
    flyer compliant noncompliant suffers victim elderly retarded obese diabetic
"""
_LABEL_WORDS = frozenset(_LABELING.split())
_MARKUP = re.compile(r"<[A-Za-z/!]|\{\{|\{%|javascript:|!\[|\]\(")


def check_language(item: Item, said: Said) -> Iterator[Finding]:
    if _MARKUP.search(said.whole) or not said.words.isdisjoint(_LABEL_WORDS):
        yield from _plain_and_kind(said.texts)
    if is_written(item):
        yield from _readable(item)


def _plain_and_kind(texts: Texts) -> Iterator[Finding]:
    for path, text in texts:
        if _MARKUP.search(text):
            yield Finding("T01", "Plain text only: no HTML, template or link marks.", path)
        if hit := _LABELS.search(text):
            message = f'"{hit[0]}" labels the person; put the person first.'
            yield Finding("I27", message, path, warn=True)


def _readable(item: Item) -> Iterator[Finding]:
    text = asked(item)
    lengths = [word_count(sentence) for sentence in sentences(text)]
    if lengths and fmean(lengths) >= 25:
        message = f"Sentences average {fmean(lengths):.0f} words; keep them under 25."
        yield Finding("I28", message, where_asked(item), warn=True)
    if sum(lengths) >= 20 and (grade := grade_level(text)) > 12:
        message = f"Reads like grade {grade:.0f}; aim near grade 9."
        yield Finding("I28", message, where_asked(item), warn=True)

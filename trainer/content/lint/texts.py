"""Rules on vignette, role, reasons, level and dates: I18, I19, I21 to I23, I32."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from trainer.content.lint.finding import LEAD_IN, Finding, option_path
from trainer.content.lint.said import HIGHER, asked, is_written, where_asked
from trainer.content.lint.words import word_count
from trainer.content.yamlfile import FieldPath
from trainer.core.items import Item

MAX_RULE = 110
_ROLE = re.compile(r"\bmedical assistants?\b|\bMAs?\b|\byou\b")
_ASKS_MA = re.compile(r"medical assistant|\bMA\b|\byou\b")
_BEYOND_SCOPE = re.compile(
    r"^(?:diagnose|prescribe|interpret|(?:adjust|change|raise|lower) the dose)\b"
    r"|\b(?:and|then) (?:diagnose|prescribe|(?:adjust|change) the dose)\b"
    r"|\binterpret (?:the |it |them )?(?:\w+ )?(?:for|to) the patient\b",
    re.IGNORECASE,
)
_EMPTY_REASON = re.compile(
    r"^(?:this (?:option|answer) is |it is |that is )?"
    r"(?:incorrect|wrong|(?:not )?correct|right)[.!]?$"
    r"|\b(?:option|answer|choice)?\s?[A-E] is (?:right|correct|the key|the answer)\b"
)
_STEP_OR_SUM = re.compile(r"\b(how (?:many|much)|do (?:next|first)|happen next)\b", re.IGNORECASE)
_NAMING = re.compile(
    r"\b(?:what does .{1,40} (?:mean|stand for)|which (?:term|word|prefix|suffix) means"
    r"|which abbreviation means|what is the (?:definition|meaning|name) of)\b",
    re.IGNORECASE,
)
_DAYS_A_YEAR = 366
_MAX_REVIEW_DAYS = 400


def check_texts(item: Item) -> Iterator[Finding]:
    if is_written(item):
        yield from _vignette(item)
        yield from _level(item)
        yield from _reasons(item)
    yield from _role(item)
    yield from _empty(item)
    yield from _days(item)
    if len(item.rule) > MAX_RULE:
        message = f"The rule has {len(item.rule)} characters; at most {MAX_RULE}."
        yield Finding("I22", message, ("rule",))
    if not item.sources:
        yield Finding("I22", "A source is missing.", ("sources",))


def _vignette(item: Item) -> Iterator[Finding]:
    count = word_count(asked(item))
    if count > 110:
        message = f"{count} words are too many; at most 110."
        yield Finding("I18", message, where_asked(item), warn=True)
    if item.bloom in HIGHER and count < 20:
        message = f"{count} words are too few for {item.bloom}; describe the situation."
        yield Finding("I18", message, where_asked(item), warn=True)


def _role(item: Item) -> Iterator[Finding]:
    if is_written(item) and item.bloom in HIGHER and not _ROLE.search(asked(item)):
        yield Finding("I19", "Say that the medical assistant acts.", LEAD_IN, warn=True)
    if not _ASKS_MA.search(item.lead_in):
        return
    for index, option in enumerate(item.options):
        done = option.correct or item.type == "ordered_response"
        if done and _BEYOND_SCOPE.search(option.text):
            message = "The key is outside what a medical assistant may do."
            yield Finding("I19", message, option_path(index))


def _reasons(item: Item) -> Iterator[Finding]:
    """I22 for what is right, I21 for what is wrong.

    Where several things are right, each needs a reason, and the reasons together are the key's.
    """
    if item.number:
        yield from _right(item.number.solution, ("number", "solution"))
        for index, error in enumerate(item.number.errors):
            yield from _wrong(error.reason, ("number", "errors", index, "reason"))
    alone = sum(option.correct for option in item.options) == 1
    parts = item.type in {"ordered_response", "matching"}
    together = 0
    for index, option in enumerate(item.options):
        path = option_path(index, "reason")
        if option.correct and alone:
            yield from _right(option.reason, path)
        else:
            yield from _wrong(option.reason, path)
        if parts or option.correct:
            together += word_count(option.reason)
    if not alone and item.options and together < 20:
        message = f"The reasons of what is right have {together} words together; 20 are needed."
        yield Finding("I22", message, ("options",))


def _right(reason: str, path: FieldPath) -> Iterator[Finding]:
    count = word_count(reason)
    if not 20 <= count <= 90:
        yield Finding("I22", f"The key's reason has {count} words; 20 to 90 are needed.", path)


def _wrong(reason: str, path: FieldPath) -> Iterator[Finding]:
    count = word_count(reason)
    if count < 8:
        yield Finding("I21", f"The reason has {count} words; say in 8 or more why.", path)


def _empty(item: Item) -> Iterator[Finding]:
    for index, option in enumerate(item.options):
        if not option.reason.strip() or _EMPTY_REASON.search(option.reason):
            message = "The reason must say why, not that it is so."
            yield Finding("I21", message, option_path(index, "reason"))


def _level(item: Item) -> Iterator[Finding]:
    if item.bloom not in HIGHER and item.stem and _STEP_OR_SUM.search(item.lead_in):
        message = f"A next step or a calculation asks for more than to {item.bloom}."
        yield Finding("I23", message, ("bloom",), warn=True)
    if item.bloom in HIGHER and not item.stem and _NAMING.search(item.lead_in):
        message = f"Naming a meaning is less than {item.bloom}."
        yield Finding("I23", message, ("bloom",), warn=True)


def _days(item: Item) -> Iterator[Finding]:
    status, review = _day(item.status_as_of), _day(item.review_by)
    if review <= status:
        yield Finding("I32", "review_by must be after status_as_of.", ("review_by",))
    elif review - status > _MAX_REVIEW_DAYS:
        message = "Plan the review within about a year of status_as_of."
        yield Finding("I32", message, ("review_by",), warn=True)
    for index, source in enumerate(item.sources):
        if status - _day(source.checked_on) > _DAYS_A_YEAR:
            message = "The source was last checked more than a year before status_as_of."
            yield Finding("I32", message, ("sources", index, "checked_on"))


@lru_cache(maxsize=512)
def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()

"""Rules on vignette, role, reasons, level and dates: I18, I19, I21 to I23, I31, I32."""

import re
from collections.abc import Iterator
from datetime import date

from trainer.content.lint.finding import Finding, option_path
from trainer.content.lint.language import all_texts
from trainer.content.lint.words import word_count
from trainer.core.items import Item

MAX_RULE = 110
_HIGHER = frozenset({"apply", "analyze"})
_ROLE = re.compile(r"\bmedical assistants?\b|\bMAs?\b|\byou\b")
_ASKS_MA = re.compile(r"medical assistant|\bMA\b|\byou\b")
_BEYOND_SCOPE = re.compile(
    r"^(?:diagnose|prescribe|interpret|adjust the dose|change the dose)\b", re.IGNORECASE
)
_EMPTY_REASON = re.compile(
    r"^(?:this (?:option|answer) is |it is |that is )?"
    r"(?:incorrect|wrong|(?:not )?correct|right)[.!]?$"
    r"|\b(?:option|answer|choice)?\s?[A-E] is (?:right|correct|the key|the answer)\b"
)
_STEP_OR_SUM = re.compile(r"\b(how (?:many|much)|do (?:next|first)|happen next)\b", re.IGNORECASE)
_NAMING = re.compile(
    r"\b(?:what does .{1,40} mean|which (?:term|word|prefix|suffix) means)\b", re.IGNORECASE
)
_MONEY = re.compile(r"\$\s?\d")
_YEARLY = re.compile(
    r"\b(medicare|medicaid|premium|deductible|part [abcd]|wage|salary|fee schedule)\b",
    re.IGNORECASE,
)
_DAYS_A_YEAR = 366
_MAX_REVIEW_DAYS = 400


def check_texts(item: Item) -> Iterator[Finding]:
    yield from _vignette(item)
    yield from _role(item)
    yield from _reasons(item)
    yield from _level(item)
    yield from _time_safe(item)
    if len(item.rule) > MAX_RULE:
        message = f"The rule has {len(item.rule)} characters; at most {MAX_RULE}."
        yield Finding("I22", message, ("rule",))


def check_review_day(item: Item, today: date) -> Iterator[Finding]:
    """Asked for only by someone who knows the day; the bundle itself has no clock."""
    if date.fromisoformat(item.review_by) < today:
        yield Finding("I32", f"Its review was due on {item.review_by}.", ("review_by",), warn=True)


def _vignette(item: Item) -> Iterator[Finding]:
    count = word_count(f"{item.stem} {item.lead_in}")
    where = ("stem",) if item.stem else ("lead_in",)
    if count > 110:
        yield Finding("I18", f"{count} words are too many; at most 110.", where, warn=True)
    if item.bloom in _HIGHER and count < 20:
        message = f"{count} words are too few for {item.bloom}; describe the situation."
        yield Finding("I18", message, where, warn=True)


def _role(item: Item) -> Iterator[Finding]:
    asked = f"{item.stem} {item.lead_in}"
    if item.bloom in _HIGHER and not _ROLE.search(asked):
        yield Finding("I19", "Say that the medical assistant acts.", ("lead_in",), warn=True)
    if _ASKS_MA.search(item.lead_in) and _BEYOND_SCOPE.search(item.key.text):
        index = item.options.index(item.key)
        message = "The key is outside what a medical assistant may do."
        yield Finding("I19", message, option_path(index))


def _reasons(item: Item) -> Iterator[Finding]:
    for index, option in enumerate(item.options):
        count = word_count(option.reason)
        path = option_path(index, "reason")
        if option.correct and not 20 <= count <= 90:
            yield Finding("I22", f"The key's reason has {count} words; 20 to 90 are needed.", path)
        if not option.correct and count < 8:
            yield Finding("I21", f"The reason has {count} words; say in 8 or more why not.", path)
        if _EMPTY_REASON.search(option.reason):
            yield Finding("I21", "The reason must say why, not that it is so.", path)


def _level(item: Item) -> Iterator[Finding]:
    if item.bloom == "remember" and item.stem and _STEP_OR_SUM.search(item.lead_in):
        message = "A next step or a calculation is more than remembering."
        yield Finding("I23", message, ("bloom",), warn=True)
    if item.bloom in _HIGHER and not item.stem and _NAMING.search(item.lead_in):
        message = f"Naming a meaning is less than {item.bloom}."
        yield Finding("I23", message, ("bloom",), warn=True)


def _time_safe(item: Item) -> Iterator[Finding]:
    for path, text in all_texts(item):
        if _MONEY.search(text) and _YEARLY.search(text):
            yield Finding("I31", "Amounts that change each year must not be in a question.", path)
    status, review = date.fromisoformat(item.status_as_of), date.fromisoformat(item.review_by)
    if review <= status:
        yield Finding("I32", "review_by must be after status_as_of.", ("review_by",))
    elif (review - status).days > _MAX_REVIEW_DAYS:
        message = "Plan the review within about a year of status_as_of."
        yield Finding("I32", message, ("review_by",), warn=True)
    for index, source in enumerate(item.sources):
        if (status - date.fromisoformat(source.checked_on)).days > _DAYS_A_YEAR:
            message = "The source was last checked more than a year before status_as_of."
            yield Finding("I32", message, ("sources", index, "checked_on"))

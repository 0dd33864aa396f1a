"""Rules on how the question is asked: I03 to I06, I12 for articles, I29, I33."""

import re
from collections.abc import Iterator

from trainer.content.lint.finding import LEAD_IN, Finding, option_path
from trainer.content.lint.said import asked
from trainer.content.lint.words import telling, word_count
from trainer.core.items import Item

_OPEN_LIST = re.compile(r"^which (of the following|one|statement)\b", re.IGNORECASE)
_BARE_TRUTH = re.compile(r"\bis (true|correct|false)\b", re.IGNORECASE)
_COMBINED = re.compile(
    r"\b(all|none|both|any) of (the|these) (above|following|options|answers)\b"
    r"|\bboth [a-e] and [a-e]\b|^[a-e] and [a-e]( only)?$|\ball of these\b|\bnone of these\b",
    re.IGNORECASE,
)
# A word that is asked about is not a word of the question.
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_NEGATIVE = re.compile(
    r"\b(?:NOT|EXCEPT|LEAST)\b|\b(?:except|incorrect|false)\b|(?<!\bat )\bleast\b"
)
_CAPITALS = re.compile(r"\b(?:NOT|EXCEPT|LEAST)\b")
_SAFETY = re.compile(r"\b(?:contraindicat\w*|avoid\w*|unsafe|dangerous|harm\w*)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\bnot\b|n't\b")
_ASKS_NEGATED = re.compile(r"\b(?:is|are|should|would|must|can) not\b|\bshouldn't\b")
_ENDS_IN_ARTICLE = re.compile(r"\b(a|an)\s*\?$", re.IGNORECASE)
_DOUBLE_NEGATIVE = re.compile(r"\bnot (un|in|im|ir|dis)[a-z]{3,}", re.IGNORECASE)
_NOT_NEGATIVE = re.compile(
    r"\bnot (under|until|unless|understand|into|in|include|increase|indicat|inject|inform|insur|"
    r"inva|intact|inter|instruct|discuss|dispos|dispens|display|distribut|disclos|discard|"
    r"discontinu|import|immedi|immuniz|improv|irrigat)",
    re.IGNORECASE,
)
_HINGED = re.compile(
    r"\b(previous|preceding|last|earlier) (question|item)\b"
    r"|\b(question|item) above\b|\babove (question|item)\b",
    re.IGNORECASE,
)


def check_wording(item: Item) -> Iterator[Finding]:
    yield from _full_question(item)
    yield from _covered_options(item)
    yield from _negative(item)
    yield from _one_idea(item)
    yield from _combined(item)


def is_negative(item: Item) -> bool:
    """The lead-in asks for what is not so (rule K09)."""
    lead_in = _QUOTED.sub("", item.lead_in)
    return bool(_NEGATIVE.search(lead_in) or _NEGATED.search(lead_in))


def _combined(item: Item) -> Iterator[Finding]:
    for index, option in enumerate(item.options):
        if _COMBINED.search(option.text):
            yield Finding(
                "I05", "No option may combine others (all, none, both).", option_path(index)
            )


def _full_question(item: Item) -> Iterator[Finding]:
    if not item.lead_in.endswith("?"):
        yield Finding(
            "I03", "The lead-in must be a question and end with a question mark.", LEAD_IN
        )
    if word_count(item.lead_in) < 4:
        yield Finding("I03", "The lead-in needs at least four words.", LEAD_IN)
    if "__" in item.lead_in:
        yield Finding("I03", "The lead-in must not have a blank to fill.", LEAD_IN)
    if _ENDS_IN_ARTICLE.search(item.lead_in):
        yield Finding("I12", "A lead-in that ends in an article gives options away.", LEAD_IN)


def _covered_options(item: Item) -> Iterator[Finding]:
    """I04: a good question can be answered before the options are seen.

    One that asks for all that apply cannot, by its nature.
    """
    if item.type != "single_best_answer":
        return
    open_list, bare = _OPEN_LIST.search(item.lead_in), _BARE_TRUTH.search(item.lead_in)
    if not open_list and not bare:
        return
    enough = 8 if open_list else 4
    if len(telling(asked(item))) < enough:
        message = "The question cannot be answered with the options covered."
        yield Finding("I04", message, LEAD_IN, warn=True)


def _negative(item: Item) -> Iterator[Finding]:
    lead_in = _QUOTED.sub("", item.lead_in)
    if _CAPITALS.search(lead_in) and _SAFETY.search(asked(item)):
        message = "Ask for what is right, unless what to avoid is the point."
        yield Finding("I06", message, LEAD_IN, warn=True)
    elif _NEGATIVE.search(lead_in) or _ASKS_NEGATED.search(lead_in):
        yield Finding("I06", "Ask for what is right, not for the exception.", LEAD_IN)
    elif _NEGATED.search(lead_in):
        yield Finding("I06", 'The lead-in holds "not"; say it positively.', LEAD_IN, warn=True)


def _one_idea(item: Item) -> Iterator[Finding]:
    if item.lead_in.count("?") > 1:
        yield Finding("I29", "Ask one question only.", LEAD_IN)
    for field, text in (("stem", item.stem), ("lead_in", item.lead_in)):
        if _DOUBLE_NEGATIVE.search(text) and not _NOT_NEGATIVE.search(text):
            yield Finding("I29", "Avoid the double negative.", (field,), warn=field == "stem")
        if _HINGED.search(text):
            yield Finding("I33", "A question must not depend on another one.", (field,))

"""Questions on abbreviations: what one stands for or names, in a line or alone, and which is meant.

An ambiguous one is never asked; for unsafe ones there are other questions. Where the letters fit
the meaning, two wrong answers or more fit them as well, or nothing would be asked.
"""

from collections.abc import Callable, Iterator
from functools import partial

from trainer.content.families import unsafe_abbreviations
from trainer.content.families.abbreviation_table import (
    UNSAFE,
    Abbreviation,
    Family,
    family_of,
    wrong_names,
)
from trainer.content.families.choosing import NotAskedError, one_of, repeats, wrong_answers
from trainer.content.families.drafts import Choice, Draft
from trainer.content.families.english import lower_start, slug, start
from trainer.content.families.readings import other_readings
from trainer.content.families.tables import Question, Shape, make_all, read_table, repeated
from trainer.content.located import Located
from trainer.content.models.facts import (
    AbbreviationEntry,
    AbbreviationGroupEntry,
    AbbreviationsHead,
)
from trainer.content.problems import Problem
from trainer.content.yamlfile import Document
from trainer.core.items import Item

_SHAPE = Shape(
    "abbreviations",
    AbbreviationsHead,
    "groups",
    AbbreviationGroupEntry,
    "abbreviations",
    AbbreviationEntry,
)
_ASK_MEANING = (
    '{place}, what does "{abbr}" stand for?',
    'How is the abbreviation "{abbr}" read {low}?',
)


def items_of(document: Document) -> tuple[list[Located[Item]], list[Problem]]:
    table, problems = read_table(document, _SHAPE)
    if table is None:
        return [], problems
    family = family_of(table)
    wrong = [*repeated(table, lambda row: (row.code or slug(row.abbr),), "abbreviation")]
    # What a bad row says is unknown, so lists that name it cannot be judged.
    wrong += [] if problems else [*wrong_names(table)]
    return make_all(document, table.head, problems + wrong, [] if wrong else _asked(family))


def _asked(family: Family) -> Iterator[Question]:
    for row in family.rows:
        for ways in _questions(family, row):
            yield row.path, ways


def _questions(family: Family, key: Abbreviation) -> Iterator[list[Callable[[], Draft]]]:
    if key.row.status in UNSAFE:
        if key.row.write:
            yield [partial(unsafe_abbreviations.safer_wording, family, key)]
        if key.row.danger:
            yield [partial(unsafe_abbreviations.known_danger, family, key)]
    elif key.row.status == "accepted":
        # An abbreviation whose letters are in its meaning is never the answer: it would be seen.
        ways = [_meaning] if key.fits(key.means) else [_which, _meaning]
        if ways[1:] and one_of(("m", "r"), "family-kind", key.code) == "m":
            ways.reverse()
        yield [partial(way, family, key) for way in ways]
        if key.row.line and not repeats(key.row.line, key.means):
            yield [partial(_in_line, family, key)]
        if key.row.about:
            yield [partial(_names, family, key)]


def _meaning(family: Family, key: Abbreviation) -> Draft:
    code = f"{key.code}-m"
    return Draft(
        code=code,
        concept=key.concept,
        difficulty=1,
        bloom="remember",
        lead_in=one_of(_ASK_MEANING, "family-lead-in", code).format(
            place=key.place, low=lower_start(key.place), abbr=key.abbr
        ),
        key=Choice(key.means, _why(key)),
        wrong=other_readings(family, key, code),
        rule=_rule(key),
    )


def _which(family: Family, key: Abbreviation) -> Draft:
    code = f"{key.code}-r"
    wrong = wrong_answers(code, key, family.tiers(key), lambda one: one.abbr, family.clash)
    return Draft(
        code=code,
        concept=key.concept,
        difficulty=1,
        bloom="remember",
        lead_in=f'{key.place}, which abbreviation stands for "{key.means}"?',
        key=Choice(key.abbr, _why(key)),
        wrong=tuple(
            Choice(
                one.abbr,
                f'The abbreviation {one.shown} has another meaning than "{key.means}".',
            )
            for one in wrong
        ),
        rule=_rule(key),
    )


def _in_line(family: Family, key: Abbreviation) -> Draft:
    code = f"{key.code}-l"
    return Draft(
        code=code,
        concept=key.concept,
        difficulty=2,
        bloom="apply",
        stem=f"A medical assistant gets the next visit ready and reads this line "
        f'{lower_start(key.place)}: "{key.row.line}."',
        lead_in=f'What does "{key.abbr}" mean in this line?',
        key=Choice(key.means, _why(key)),
        wrong=other_readings(family, key, code),
        rule=_rule(key),
    )


def _names(family: Family, key: Abbreviation) -> Draft:
    """What is behind the letters: no answer is spelled like them."""
    code = f"{key.code}-a"
    wrong = wrong_answers(
        code, key, family.tiers(key, "about"), lambda one: one.row.about, family.clash
    )
    if any(one.concept != key.concept for one in wrong):
        raise NotAskedError("things of another kind stand out")
    return Draft(
        code=code,
        concept=key.concept,
        difficulty=2,
        bloom="understand",
        lead_in=f'{key.place}, what does "{key.abbr}" refer to?',
        key=Choice(key.row.about, _why(key)),
        wrong=tuple(
            Choice(
                one.row.about,
                f"That describes {one.shown}; {key.abbr} stands for {key.means}.",
            )
            for one in wrong
        ),
        rule=f"{key.shown}: {key.row.about}.",
    )


def _why(key: Abbreviation) -> str:
    return (
        f"{start(lower_start(key.place))}, {key.shown} is in common use. The list of the "
        "organization decides which abbreviations may be written, and an entry that could be read "
        "in two ways is clarified with its author before anyone acts on it."
    )


def _rule(key: Abbreviation) -> str:
    return f"{key.abbr} stands for {key.means}."

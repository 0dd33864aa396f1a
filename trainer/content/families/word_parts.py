"""Questions on word parts: what a part means, which part is meant, what a built term says.

Knows the table of word parts. Wrong answers are parts of the same kind, look-alikes first, and
never one whose meaning is the same, overlaps or stands in doubt.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from trainer.content.families.building import Term, buildable, term_draft
from trainer.content.families.choosing import in_turn, wrong_answers
from trainer.content.families.drafts import Choice, Draft
from trainer.content.families.english import start
from trainer.content.families.parts import Meanings, Part
from trainer.content.families.tables import (
    Question,
    Shape,
    Table,
    make_all,
    read_table,
    repeated,
    unknown_names,
)
from trainer.content.located import Located
from trainer.content.models.facts import PartEntry, PartGroupEntry, PartsHead
from trainer.content.problems import Problem
from trainer.content.yamlfile import Document
from trainer.core.items import Item

_SHAPE = Shape("word-parts", PartsHead, "groups", PartGroupEntry, "parts", PartEntry)
_Parts = Table[PartsHead, PartGroupEntry, PartEntry]


def items_of(document: Document) -> tuple[list[Located[Item]], list[Problem]]:
    table, problems = read_table(document, _SHAPE)
    if table is None:
        return [], problems
    family = _family(table)
    wrong = [*repeated(table, lambda row: (row.part, *row.terms), "part or term")]
    # What a bad row says is unknown, so lists that name it cannot be judged.
    wrong += [] if problems else [*_wrong_names(table), *_wrong_terms(family, document)]
    return make_all(document, table.head, problems + wrong, [] if wrong else _asked(family))


@dataclass(frozen=True, slots=True)
class Family:
    """All parts and what is known about pairs of them."""

    parts: dict[str, Part]
    meanings: Meanings
    look_alikes: dict[str, frozenset[str]]
    endings: frozenset[str]

    def stands_alone(self, part: Part) -> bool:
        """Its example is this affix and a part of a word; "sound" and "graft" are whole words."""
        if part.kind == "prefix":
            return f"-{part.rest}" in self.parts or part.rest in self.endings
        return bool(part.rest)

    def clash(self, one: Part, other: Part) -> bool:
        """No two of these may stand in one question."""
        return bool(one.senses & other.senses) or self.meanings.contains(one.means, other.means)

    def tiers(self, part: Part) -> Iterator[list[Part]]:
        """Look-alikes, then the own group, then all of the kind; never a doubtful one."""
        near = self.look_alikes.get(part.name, frozenset())
        fit = [
            one
            for one in self.parts.values()
            if one.kind == part.kind and one.sure and one is not part
        ]
        yield [one for one in fit if one.name in near]
        yield [one for one in fit if one.name not in near and one.concept == part.concept]
        yield [one for one in fit if one.name not in near and one.concept != part.concept]


def _family(table: _Parts) -> Family:
    meanings = Meanings(table.head.same, ((row.whole, row.parts) for row in table.head.within))
    parts = {
        row.part: Part(path, group.concept, group.kind, row, meanings.of(row.means, row.sense))
        for path, group, row in table.rows
    }
    near: dict[str, frozenset[str]] = {}
    for names in table.head.look_alikes:
        for name in names:
            near[name] = near.get(name, frozenset()) | frozenset(names)
    return Family(parts, meanings, near, frozenset(table.head.endings))


def _wrong_names(table: _Parts) -> Iterator[Problem]:
    head, document = table.head, table.document
    means = {row.means for _, _, row in table.rows}
    wholes = [(row.whole, *row.parts) for row in head.within]
    yield from unknown_names(document, "same", head.same, means, "meaning")
    yield from unknown_names(document, "within", wholes, means, "meaning")
    parts = {row.part for _, _, row in table.rows}
    yield from unknown_names(document, "look_alikes", head.look_alikes, parts, "part")


def _wrong_terms(family: Family, document: Document) -> Iterator[Problem]:
    for part in family.parts.values():
        for term, suffix in part.row.terms.items():
            if not buildable(family.parts.get(suffix)):
                message = f'"{term}" needs a suffix with "reads" and "builds", not "{suffix}".'
                yield document.problem((*part.path, "terms", term), "F02", message)


def _asked(family: Family) -> Iterator[Question]:
    for part in family.parts.values():
        if part.sure:
            yield from ((part.path, ways) for ways in _questions(family, part))


def _questions(family: Family, part: Part) -> Iterator[list[Callable[[], Draft]]]:
    ask: dict[str, Callable[[Family, Part], Draft]] = {"m": _meaning, "p": _which_part}
    if family.stands_alone(part):
        ask["b"] = _complete
    if not part.plain:
        yield [partial(ask[kind], family, part) for kind in in_turn(ask, "family-kind", part.code)]
    for name, suffix in part.row.terms.items():
        if not buildable(family.parts.get(suffix)):
            continue
        term = Term(name, part, family.parts[suffix])
        others = [[one for one in tier if one.row.terms] for tier in family.tiers(part)]
        endings = [[one for one in tier if buildable(one)] for tier in family.tiers(term.suffix)]
        yield [partial(term_draft, term, others, endings, family.clash)]


def _wrong(family: Family, part: Part, code: str, text: Callable[[Part], str]) -> list[Part]:
    return wrong_answers(code, part, family.tiers(part), text, family.clash)


def _meaning(family: Family, part: Part) -> Draft:
    code = f"{part.code}-m"
    kind = part.called
    wrong = _wrong(family, part, code, lambda one: one.means)
    return Draft(
        code=code,
        concept=part.concept,
        difficulty=1,
        bloom="remember",
        lead_in=f'In the term "{part.row.example}", what does the {kind} {part.name} mean?',
        key=Choice(part.means, _why(part)),
        wrong=tuple(
            Choice(
                one.means,
                f'"{start(one.means)}" is the meaning of {one.name}, as in {one.row.example} '
                f"({one.row.says}), not of {part.name}.",
            )
            for one in wrong
        ),
        rule=_rule(part),
        asked=part.name,
    )


def _which_part(family: Family, part: Part) -> Draft:
    code = f"{part.code}-p"
    wrong = _wrong(family, part, code, lambda one: one.name)
    return Draft(
        code=code,
        concept=part.concept,
        difficulty=1,
        bloom="remember",
        lead_in=f'Which {part.called} means "{part.means}"?',
        key=Choice(part.name, _why(part)),
        wrong=tuple(Choice(one.name, _other(one)) for one in wrong),
        rule=_rule(part),
        asked=part.means,
    )


def _complete(family: Family, part: Part) -> Draft:
    code = f"{part.code}-b"
    wrong = _wrong(family, part, code, lambda one: one.name)
    if part.kind == "prefix":
        lead_in = f'Which prefix goes before -{part.rest} to say "{part.row.says}"?'
    else:
        lead_in = f'Which suffix goes after {part.rest}- to say "{part.row.says}"?'
    return Draft(
        code=code,
        concept=part.concept,
        difficulty=2,
        bloom="understand",
        lead_in=lead_in,
        key=Choice(part.name, _why(part)),
        wrong=tuple(Choice(one.name, _other(one)) for one in wrong),
        rule=_rule(part),
        asked=f"{part.means} {part.row.says}",
    )


def _why(part: Part) -> str:
    role = {
        "prefix": "A prefix stands at the beginning of a term and changes what follows",
        "suffix": "A suffix ends the term, and reading a term starts with it",
        "root": "A combining form names the thing that the rest of the term speaks of",
    }[part.kind]
    return (
        f"The {part.called} {part.name} means {part.means}. {role}: "
        f'the term {part.row.example} says "{part.row.says}".'
    )


def _other(part: Part) -> str:
    return (
        f"The {part.called} {part.name} means {part.means}, "
        f"as in {part.row.example} ({part.row.says})."
    )


def _rule(part: Part) -> str:
    return f"{start(part.name)} means {part.means}."

"""Questions on terms built from a root and a suffix: two roots with two suffixes give the options.

Each half is right in two of the four, so that only reading both parts leads to the answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trainer.content.families.choosing import TooFewError, one_of, same_grammar
from trainer.content.families.drafts import Choice, Draft
from trainer.content.families.english import slug, start
from trainer.content.families.parts import Part

Clash = Callable[[Part, Part], bool]
_SITUATIONS = {
    "condition": (
        "A medical assistant files a letter from a specialist before a visit. Under Findings the "
        "letter reads: {term}.",
        "A medical assistant copies the problem list of a new patient from an old record. One of "
        "the entries reads: {term}.",
        "A patient points to a word in the printed summary of an earlier visit and asks what it "
        "says. The word is: {term}.",
    ),
    "procedure": (
        "A medical assistant files a letter from a specialist before a visit. Under Procedures the "
        "letter reads: {term}.",
        "A medical assistant copies the list of past procedures of a new patient from an old "
        "record. One of the entries reads: {term}.",
        "A patient points to a word in the printed summary of an earlier visit and asks what was "
        "done. The word is: {term}.",
    ),
}
_ASKED = (
    "Which plain words mean the same as this term?",
    "What does this entry say in everyday words?",
    "What does this word mean?",
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term, the root and the suffix that it is made of."""

    name: str
    root: Part
    suffix: Part


def buildable(suffix: Part | None) -> bool:
    """Whether a suffix can end a built term."""
    return suffix is not None and bool(suffix.row.reads and suffix.row.builds)


def term_draft(
    term: Term, roots: Sequence[Sequence[Part]], suffixes: Sequence[Sequence[Part]], clash: Clash
) -> Draft:
    """What the term says, between the meanings of three terms that share a half with it."""
    code = f"wp-term-{slug(term.name)}"
    root = _first(code, term.root, roots, clash)
    kind = term.suffix.row.builds
    endings = [
        [one for one in tier if one.row.builds == kind and not one.row.broad] for tier in suffixes
    ]
    suffix = _first(code, term.suffix, endings, clash)
    bare = one_of(("bare", "chart"), "family-stem", code) == "bare"
    situation = one_of(_SITUATIONS[term.suffix.row.builds], "family-stem", code)
    return Draft(
        code=code,
        concept=term.root.concept,
        difficulty=2,
        bloom="understand" if bare else "apply",
        stem="" if bare else situation.format(term=term.name),
        lead_in=f"What does the term {term.name} mean?"
        if bare
        else one_of(_ASKED, "family-lead-in", code),
        key=Choice(_says(term.root, term.suffix), _why(term)),
        wrong=_wrong(term, root, suffix),
        rule=_rule(term),
        asked=term.name,
    )


def _first(code: str, key: Part, tiers: Sequence[Sequence[Part]], clash: Clash) -> Part:
    """A safe part of the first tier that has one."""
    for tier in tiers:
        safe = {one.name: one for one in tier if not clash(one, key) and one.noun != key.noun}
        # Softening beside hardening, inflammation beside enlargement (I07).
        even = {
            name: one for name, one in safe.items() if same_grammar(one.row.reads, key.row.reads)
        }
        if found := even or safe:
            return found[one_of(tuple(found), "family-other", code)]
    raise TooFewError(f'no safe part to stand against "{key.name}"')


def _says(root: Part, suffix: Part) -> str:
    return suffix.row.reads.format(root.noun)


def _why(term: Term) -> str:
    root, suffix = term.root, term.suffix
    return (
        f"The suffix {suffix.name} means {suffix.means}, and {root.name} means {root.means}. "
        f"Read from the ending back to the beginning, {term.name} says: {_says(root, suffix)}."
    )


def _rule(term: Term) -> str:
    return f"{start(term.name)}: {_says(term.root, term.suffix)}."


def _wrong(term: Term, root: Part, suffix: Part) -> tuple[Choice, ...]:
    right_root, right_suffix = term.root, term.suffix
    return (
        Choice(
            _says(root, right_suffix),
            f"The ending {right_suffix.name} is read rightly, but {right_root.name} means "
            f"{right_root.means}; the form for {root.means} is {root.name}.",
        ),
        Choice(
            _says(right_root, suffix),
            f"The root {right_root.name} is read rightly, but {right_suffix.name} means "
            f"{right_suffix.means}; the suffix for {suffix.means} is {suffix.name}.",
        ),
        Choice(
            _says(root, suffix),
            f"Neither half fits: {right_root.name} means {right_root.means}, not {root.means}, "
            f"and {right_suffix.name} means {right_suffix.means}, not {suffix.means}.",
        ),
    )

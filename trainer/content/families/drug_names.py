"""Questions on the names of drugs: class, ending, brand, schedule.

Wrong answers are never of the same class and never end alike.
"""

from collections.abc import Callable, Iterator

from trainer.content.families.choosing import (
    FEWEST,
    NotAskedError,
    one_of,
    repeats,
    wrong_answers,
)
from trainer.content.families.drafts import Choice, Draft
from trainer.content.families.drug_table import Drug, Family
from trainer.content.families.english import article, plural, start

_NEAR_LETTERS = 3
_ASK_STEM = (
    "Which class of drugs has generic names that {where} {stem}?",
    "Names that {where} {stem} belong to which class?",
)
_ASK_SCHEDULE = (
    "Which drug is in Schedule {schedule} of the federal controlled substances?",
    "Under federal law, which controlled drug belongs to Schedule {schedule}?",
    "Which of these controlled drugs is listed in Schedule {schedule}?",
)
_ASK_CLASS = ("To which class of drugs does {drug} belong?", "Which kind of drug is {drug}?")


def names_differ(drug: Drug) -> bool:
    """Whether the class is not already in the name, as in inhaled budesonide."""
    return not repeats(drug.name, drug.group.name)


def has_stem_question(drug: Drug) -> bool:
    """Not for a class that is called by its ending, as the statins are."""
    stem = drug.group.stem
    return bool(stem) and (stem or "").strip("-") not in drug.group.name


def full_name(drug: Drug) -> str:
    return drug.group.full or drug.group.name


def drug_to_class(family: Family, drug: Drug) -> Draft:
    code = f"{drug.code}-k"
    wrong = _other_classes(family, drug, code)
    return Draft(
        code=code,
        concept=drug.group.concept,
        difficulty=2,
        bloom="remember",
        lead_in=one_of(_ASK_CLASS, "family-lead-in", code).format(drug=drug.name),
        key=Choice(drug.group.name, _why_class(family, drug)),
        wrong=tuple(
            Choice(
                one.group.name,
                f"{start(article(full_name(one)))} is, for example, {one.name}; "
                f"{drug.name} belongs to another class.",
            )
            for one in wrong
        ),
        rule=_rule(drug),
        asked=drug.name,
    )


def class_to_drug(family: Family, drug: Drug) -> Draft:
    code = f"{drug.code}-c"
    wrong = _wrong(family, drug, code, lambda one: one.name)
    return Draft(
        code=code,
        concept=drug.group.concept,
        difficulty=2,
        bloom="remember",
        lead_in=f"Which drug is {article(drug.group.name)}?",
        key=Choice(drug.name, _why_class(family, drug)),
        wrong=tuple(
            Choice(one.name, f"{start(one.name)} belongs to another class: {_is_a(one)}.")
            for one in wrong
        ),
        rule=_rule(drug),
        asked=drug.group.name,
    )


def stem_to_class(family: Family, drug: Drug) -> Draft:
    group = drug.group
    code = f"dr-class-{group.code}-s"
    stem = group.shows or group.stem or ""
    where = "end in" if stem.startswith("-") else "begin with"
    trapped = {
        *group.trapped,
        *(one.group.code for one in family.drugs if one.ends_like(group.stem)),
    }
    safe = [one for one in family.drugs if one.row.drug_class and one.group.code not in trapped]
    wrong = wrong_answers(code, drug, _tiers(drug, safe), lambda one: one.group.name, _same_class)
    return Draft(
        code=code,
        concept=group.concept,
        difficulty=1,
        bloom="remember",
        lead_in=one_of(_ASK_STEM, "family-lead-in", code).format(where=where, stem=stem),
        key=Choice(
            group.name,
            f"Generic names of {plural(full_name(drug))} {where} {stem}, as in {drug.name}. The "
            "ending shows the class when a name is new, but the drug itself is always looked up.",
        ),
        wrong=tuple(
            Choice(
                one.group.name,
                f"{start(article(full_name(one)))} is, for example, {one.name}, "
                "whose name is formed in another way.",
            )
            for one in wrong
        ),
        rule=f"Names that {where} {stem}: {plural(group.name)}.",
        asked=stem.replace("-", ""),
        sources=tuple(family.head.stem_sources),
    )


def drug_to_brand(family: Family, drug: Drug) -> Draft:
    code = f"{drug.code}-n"
    branded = [one for one in family.drugs if one.brand]
    wrong = wrong_answers(
        code,
        drug,
        _tiers(drug, branded),
        lambda one: one.brand,
        lambda one, other: one.name == other.name,
    )
    return Draft(
        code=code,
        concept=drug.group.concept,
        difficulty=2,
        bloom="remember",
        lead_in=f"Under which brand name has {drug.name} been sold?",
        key=Choice(
            drug.brand,
            f"{drug.brand} is a brand of {drug.name}, {article(full_name(drug))}. On a medication "
            "list the generic name comes first, since one drug can have several brand names and a "
            "patient may know only one of them.",
        ),
        wrong=tuple(
            Choice(one.brand, f"{one.brand} is a brand of {one.name}, {article(full_name(one))}.")
            for one in wrong
        ),
        rule=f"{start(drug.name)}: brand {drug.brand}.",
        asked=drug.name,
    )


def schedule_to_drug(family: Family, drug: Drug) -> Draft:
    code = f"{drug.code}-h"
    others = [
        one for one in family.drugs if one.row.schedule and one.row.schedule != drug.row.schedule
    ]
    wrong = wrong_answers(
        code, drug, [others], lambda one: one.name, lambda one, other: one.name == other.name
    )
    schedule = drug.row.schedule
    return Draft(
        code=code,
        concept=family.head.schedule_concept,
        difficulty=3,
        bloom="remember",
        lead_in=one_of(_ASK_SCHEDULE, "family-lead-in", code).format(schedule=schedule),
        key=Choice(
            drug.name,
            f"{start(drug.name)} is a Schedule {schedule} drug under federal law. Schedules run "
            "from I, which cannot be prescribed, down to V with the lowest risk of abuse; a state "
            "may be stricter than federal law.",
        ),
        wrong=tuple(
            Choice(
                one.name,
                f"{start(one.name)} is controlled too, but it is in Schedule {one.row.schedule}.",
            )
            for one in wrong
        ),
        rule=f"{start(drug.name)}: Schedule {schedule}.",
        sources=tuple(family.head.schedule_sources),
    )


def _wrong(family: Family, drug: Drug, code: str, text: Callable[[Drug], str]) -> list[Drug]:
    safe = [
        one for one in family.drugs if one.row.drug_class and not one.ends_like(drug.group.stem)
    ]
    return wrong_answers(code, drug, _tiers(drug, safe), text, _same_class)


def _other_classes(family: Family, drug: Drug, code: str) -> list[Drug]:
    """Classes with another use: two or more for a neighboring body system."""
    own, beside = family.kin_uses(drug), family.neighbors(drug)
    safe = [
        one
        for one in family.drugs
        if one.row.drug_class and not one.ends_like(drug.group.stem) and not one.uses & own
    ]
    tiers = [
        [one for one in safe if one.group.use in beside],
        [one for one in safe if one.group.use not in beside],
    ]
    wrong = wrong_answers(code, drug, tiers, lambda one: one.group.name, _same_class)
    if sum(one.group.use in beside for one in wrong) < FEWEST:
        raise NotAskedError("too few classes for a neighboring body system")
    return wrong


def _same_class(one: Drug, other: Drug) -> bool:
    return one.group.code == other.group.code


def _tiers(drug: Drug, others: list[Drug]) -> Iterator[list[Drug]]:
    """Names with the same beginning or ending, then the own concept, then all."""
    fit = [one for one in others if one is not drug]
    yield [one for one in fit if _looks_like(one.name, drug.name)]
    yield [one for one in fit if one.group.concept == drug.group.concept]
    yield fit


def _looks_like(one: str, other: str) -> bool:
    return one[:_NEAR_LETTERS] == other[:_NEAR_LETTERS] or one[-4:] == other[-4:]


def _is_a(drug: Drug) -> str:
    return f"{drug.name} is {article(full_name(drug))}"


def _why_class(family: Family, drug: Drug) -> str:
    group = drug.group
    stem = (
        f" Names in this class often show the stem {group.shows or group.stem}."
        if (drug.ends_like(group.stem))
        else ""
    )
    use = family.uses[drug.use or group.use].name
    return (
        f"{start(drug.name)} is {article(full_name(drug))}.{stem} A main use is {use}. Knowing the "
        "class helps to see which warnings and questions belong to a drug on the medication list."
    )


def _rule(drug: Drug) -> str:
    return f"{start(drug.name)} is {article(drug.group.name)}."

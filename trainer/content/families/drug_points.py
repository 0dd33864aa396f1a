"""Questions on what a drug is for and on its well-known points: to teach, effects and warnings.

Wrong uses are those of a neighboring body system first. Wrong points are only those that the table
names as not true of the drug; that two drugs differ in their own point is not enough.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from trainer.content.families.choosing import (
    FEWEST,
    NotAskedError,
    one_of,
    repeats,
    wrong_answers,
)
from trainer.content.families.drafts import Choice, Draft
from trainer.content.families.drug_names import full_name
from trainer.content.families.drug_table import Drug, Family
from trainer.content.families.english import article, start
from trainer.content.models.facts import PointEntry

_TEACH: Final = "teach"
_SITUATIONS = {
    "teach": (
        "A patient gets a first prescription for {drug}. The provider asks the medical assistant "
        "to go over the printed instructions.",
        "A patient asks the medical assistant to repeat what the provider said about {drug}. The "
        "printed instructions of the provider lie on the desk.",
        "A medical assistant prints the drug information sheet for {drug} and marks the line that "
        "the provider wants the patient to remember.",
    ),
    "effect": (
        "A patient gets a first prescription for {drug}. The medical assistant goes over the sheet "
        "of side effects that the provider chose.",
        "A medical assistant prints the drug information sheet for {drug}. The provider wants one "
        "common side effect marked for the patient.",
    ),
    "warning": (
        "A patient gets a first prescription for {drug}. The medical assistant goes over the "
        "printed warnings that the provider chose.",
        "A medical assistant updates the medication list of a patient who takes {drug}. The sheet "
        "for this drug in the office lists a warning.",
        "During intake a patient says that the pharmacy label of {drug} lists a warning. The "
        "medical assistant looks it up for the provider.",
    ),
}
_ASK_USE = (
    "For what reason is {drug} mainly prescribed?",
    "Why does a patient most likely take {drug}?",
)
_LEAD_INS = {
    "teach": (
        "Which instruction belongs to this drug?",
        "Which of these lines fits the drug?",
        "What is important with this drug?",
    ),
    "effect": (
        "Which of these is a well-known side effect of this drug?",
        "Which side effect is common with this drug?",
    ),
    "warning": (
        "Which of these is a well-known warning for this drug?",
        "Which of these warnings belongs to this drug?",
    ),
}


def use_differs(family: Family, drug: Drug) -> bool:
    """Whether the use is not already in the name."""
    return not repeats(drug.name, family.uses[drug.use].name)


def drug_to_use(family: Family, drug: Drug) -> Draft:
    code = f"{drug.code}-u"
    wrong = wrong_answers(
        code,
        drug,
        _use_tiers(family, drug),
        lambda one: family.uses[one.use].name,
        lambda one, other: bool(family.kin_uses(one) & {other.use}),
    )
    if sum(one.use in family.neighbors(drug) for one in wrong) < FEWEST:
        raise NotAskedError("too few uses of a neighboring body system")
    use = family.uses[drug.use].name
    return Draft(
        code=code,
        concept=drug.group.concept,
        difficulty=1,
        bloom="remember",
        lead_in=one_of(_ASK_USE, "family-lead-in", code).format(drug=drug.name),
        key=Choice(
            use,
            f"{start(drug.name)} is {article(full_name(drug))}. Its main use is {use}. When the "
            "reason for a drug on the list is unclear, the medical assistant asks the patient and "
            "tells the provider.",
        ),
        wrong=tuple(
            Choice(
                family.uses[one.use].name,
                f"A drug for {family.uses[one.use].name} is, for example, {one.name}, "
                f"{article(full_name(one))}.",
            )
            for one in wrong
        ),
        rule=f"{start(drug.name)}: {use}.",
        asked=drug.name,
    )


def _use_tiers(family: Family, drug: Drug) -> tuple[list[Drug], list[Drug]]:
    near = family.kin_uses(drug)
    safe = list(_first_of_use(one for one in family.drugs if one.use and one.use not in near))
    beside = family.neighbors(drug)
    return [one for one in safe if one.use in beside], [
        one for one in safe if one.use not in beside
    ]


def _first_of_use(drugs: Iterable[Drug]) -> Iterator[Drug]:
    seen: set[str] = set()
    for one in drugs:
        if one.use not in seen:
            seen.add(one.use)
            yield one


def drug_to_point(family: Family, drug: Drug) -> Draft:
    code = f"{drug.code}-t"
    point = family.points[drug.point]
    wrong = wrong_answers(
        code,
        point,
        [_not_true(family, drug, point)],
        lambda one: one.text,
        lambda one, other: one.code == other.code,
    )
    situations = [text for text in _SITUATIONS[point.ask] if not repeats(text, point.text)]
    stem = one_of(situations or _SITUATIONS[point.ask], "family-stem", code)
    return Draft(
        code=code,
        concept=drug.group.concept,
        difficulty=3,
        bloom="apply",
        stem=stem.format(drug=_introduced(drug, point.text)),
        lead_in=one_of(_LEAD_INS[point.ask], "family-lead-in", code),
        key=Choice(point.text, _why(drug, point)),
        wrong=tuple(Choice(one.text, _why_not(family, drug, one)) for one in wrong),
        rule=_rule(drug, point),
    )


def _introduced(drug: Drug, key: str) -> str:
    """The drug with its class, unless the class would give the answer away."""
    with_class = f"{drug.name} ({drug.group.name})"
    return drug.name if repeats(with_class, key) else with_class


def _not_true(family: Family, drug: Drug, key: PointEntry) -> list[PointEntry]:
    """Instructions beside an instruction, effects and warnings beside an effect or a warning."""
    named = [family.points[code] for code in drug.unlike]
    return [one for one in named if (one.ask == _TEACH) == (key.ask == _TEACH)]


def _why(drug: Drug, point: PointEntry) -> str:
    name = f"{start(drug.name)} is {article(full_name(drug))}"
    if point.ask == _TEACH:
        return (
            f"{name}. This instruction is printed for it: {point.text}. The medical assistant "
            "repeats what the provider ordered and passes further questions on to the provider."
        )
    what = "A common side effect is" if point.ask == "effect" else "A well-known warning is"
    when = " at once" if point.urgent else ""
    return (
        f"{name}. {what} {point.text}. Whatever a patient complains of is recorded in the words "
        f"of the patient and passed on; a complaint like this one is told to the provider{when}."
    )


def _why_not(family: Family, drug: Drug, point: PointEntry) -> str:
    if point.why:
        return f"{point.why}."
    owner = next((one for one in family.drugs if one.point == point.code), None)
    if owner is None:
        return f"This is known of other drugs, but nothing of the kind is known of {drug.name}."
    return f"This is known of {owner.name}, {article(full_name(owner))}, and not of {drug.name}."


def _rule(drug: Drug, point: PointEntry) -> str:
    if point.ask == _TEACH:
        return f"{start(drug.name)}: {point.text[:1].lower()}{point.text[1:]}."
    if point.ask == "effect":
        return f"{start(drug.name)}: a common effect is {point.text}."
    return f"{start(drug.name)}: watch for {point.text}."

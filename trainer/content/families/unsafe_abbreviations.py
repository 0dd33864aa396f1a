"""Questions on unsafe abbreviations: what to write instead, and how they were misread.

They appear only as something to recognize and replace, never in an order to follow.
"""

from trainer.content.families.abbreviation_table import UNSAFE, Abbreviation, Family
from trainer.content.families.choosing import FEWEST, WANTED, NotAskedError, one_of, wrong_answers
from trainer.content.families.drafts import Choice, Draft
from trainer.content.families.readings import other_readings
from trainer.content.lint.words import words

_SAFER = (
    "A medical assistant takes over an old medication list and finds the {kind} abbreviation "
    '"{abbr}" in it. The provider confirms the usual meaning.',
    'While preparing a refill request, a medical assistant sees "{abbr}" on a paper order of last '
    "year. It is on the {kind} list, and the provider confirms that the usual meaning was "
    "intended.",
    "A new patient brings a handwritten list from another office. The medical assistant asks about "
    '"{abbr}" from the {kind} list, and the provider confirms that the usual meaning is intended.',
    'A faxed order uses the {kind} entry "{abbr}". The medical assistant calls the sender, who '
    "confirms what it commonly stands for.",
)
_ASK_SAFER = (
    'What should be written in the record in place of "{abbr}"?',
    'What should the medical assistant write instead of "{abbr}"?',
    "What should be written in the health record instead?",
)
_ASK_DANGER = (
    'Which mix-up makes the abbreviation "{abbr}" unsafe?',
    'How has the abbreviation "{abbr}" led to harm?',
    'Why do safety lists warn against "{abbr}" in an order?',
)


def safer_wording(family: Family, key: Abbreviation) -> Draft:
    code = f"{key.code}-w"
    return Draft(
        code=code,
        concept=key.concept,
        difficulty=2,
        bloom="apply",
        stem=one_of(_SAFER, "family-stem", code).format(kind=_kind(key), abbr=key.abbr),
        lead_in=one_of(_ASK_SAFER, "family-lead-in", code).format(abbr=key.abbr),
        key=Choice(key.row.write, _why_unsafe(key)),
        wrong=other_readings(family, key, code, "write"),
        rule=_safe_rule(key),
        sources=family.unsafe_sources,
    )


def known_danger(family: Family, key: Abbreviation) -> Draft:
    code = f"{key.code}-d"
    return Draft(
        code=code,
        concept=key.concept,
        difficulty=3,
        bloom="understand",
        lead_in=one_of(_ASK_DANGER, "family-lead-in", code).format(abbr=key.abbr),
        key=Choice(key.row.danger, _why_unsafe(key)),
        wrong=_other_dangers(family, key, code),
        rule=_safe_rule(key),
        sources=family.unsafe_sources,
    )


def _other_dangers(family: Family, key: Abbreviation, code: str) -> tuple[Choice, ...]:
    """Made-up mix-ups, then those of others; where the key begins alike, two of them do so."""
    made_up = [
        Choice(text, f'It may sound likely, but lists give another mix-up: "{key.row.danger}".')
        for text in key.row.mixups
    ]
    true = [
        Choice(one.row.danger, f'That is the known danger of "{one.abbr}" ({one.means}).')
        for one in wrong_answers(
            code,
            key,
            _danger_tiers(family, key),
            lambda one: one.row.danger,
            family.danger_clash,
            fewest=FEWEST - len(made_up),
        )
    ]
    told = begins_alike(key, key.row.danger)
    found = [one for one in (*made_up, *true) if not told or begins_alike(key, one.text)]
    if len(found) < FEWEST:
        raise NotAskedError("the key alone begins with the letters")
    return tuple(found[:WANTED])


def _danger_tiers(family: Family, key: Abbreviation) -> list[list[Abbreviation]]:
    """Of the own group where it has enough: an eye stands out among drugs."""
    tiers = list(family.tiers(key, "danger"))
    own = [[one for one in tier if one.concept == key.concept] for tier in tiers]
    fit = {one.row.danger for tier in own for one in tier if not family.danger_clash(one, key)}
    return own if len(fit) >= FEWEST else tiers


def begins_alike(key: Abbreviation, danger: str) -> bool:
    """What it was read as begins with the first letter of the abbreviation."""
    read = danger.rpartition("read as ")[2].rpartition("confused with ")[2]
    return any(
        word[0] == key.letters_told[0] for word in words(read) if word not in ("a", "an", "the")
    )


def _kind(key: Abbreviation) -> str:
    return UNSAFE[key.row.status]


def _why_unsafe(key: Abbreviation) -> str:
    whose = "ISMP" if key.row.status == "error_prone" else "Joint Commission"
    danger = f" It has been {key.row.danger}." if key.row.danger else ""
    return (
        f'The abbreviation "{key.abbr}" ({key.means}) is on the {_kind(key)} list of the {whose}.'
        f"{danger} Written out in full it cannot be misread, and a doubtful entry is clarified "
        "with the provider before it is used."
    )


def _safe_rule(key: Abbreviation) -> str:
    if key.row.write:
        return f'Write "{key.row.write}", not "{key.abbr}".'
    return f'Write out what is meant; "{key.abbr}" has more than one meaning.'

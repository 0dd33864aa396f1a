"""Rule I31: yearly amounts, and topics on which sources differ or change.

Source: content facts, section 19. A match list: it finds the words, a person judges the sentence.
Where that section gives a safe wording ("per the provider's order"), the wording is accepted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trainer.content.lint.finding import Finding
from trainer.content.lint.said import Said, asked, where_asked
from trainer.core.items import Item

_MONEY = re.compile(r"\$\s?\d")
_PROGRAMS = re.compile(
    r"\b(medicare|medicaid|part [abcd]\b|wages?|salary|salaries|fee schedule)\b", re.IGNORECASE
)
_PLAN = re.compile(r"\b(premium|deductible)s?\b", re.IGNORECASE)
_SAFE_WORDING = re.compile(
    r"\b(?:provider|physician)['’]s (?:written )?orders?\b|\bstanding order\b|\bas ordered\b"
    r"|\b(?:practice|clinic|office|facility)(?:['’]s)? (?:\w+ )?(?:policy|protocol|schedule)\b"
    r"|\b(?:policy|protocol|schedule) (?:of|that) the (?:practice|clinic|office|facility)\b"
    r"|\bmanufacturer\b|\binstructions for use\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Topic:
    """All patterns must be found; `no_item` when no question may be asked about it at all.

    `starts` are the beginnings (5 letters) of words, one of which stands in every such text.
    """

    name: str
    starts: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    no_item: bool


def _topic(name: str, starts: str, *patterns: str, no_item: bool = False) -> Topic:
    found = tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    return Topic(name, frozenset(start[:5] for start in starts.split()), found, no_item)


_AT_AGE = r"\bat birth\b|\bat (?:age )?\d+ (?:to \d+ )?(?:weeks|months|years)\b|\bhow many doses\b"
_DAYS = r"\b(?:\d+|three|five|seven|ten|fourteen)(?: (?:to|or) \d+)? days\b"
TOPICS = (
    # No question at all: the sources are in dispute, or change while one looks.
    _topic(
        "acetaminophen in pregnancy", "pregnant pregnancy",
        r"\bacetaminophen|\btylenol", r"\bpregnan", no_item=True,
    ),
    _topic("leucovorin", "leucovorin", r"\bleucovorin\b", no_item=True),
    _topic(
        "the boxed warning of menopausal hormones", "boxed black",
        r"\bmenopaus|\bestrogen|\bhormone therapy\b", r"\b(?:boxed|black.box) warning",
        no_item=True,
    ),
    _topic(
        "the schedule of cannabis", "cannabis marijuana",
        r"\b(?:cannabis|marijuana)\b", r"\bschedule", no_item=True,
    ),
    _topic(
        "dietary graphics and protein advice", "myplate pyramid guidelines",
        r"\bMyPlate\b|\bfood pyramid\b|\bdietary guidelines\b", no_item=True,
    ),
    _topic(
        "blood pressure and lipid targets", "target targets goal goals",
        r"\b(?:blood pressure|LDL|cholesterol|statin)\b[^.?]{0,60}\b(?:targets?|goals?)\b"
        r"|\b(?:target|goal)\b[^.?]{0,40}\b(?:blood pressure|LDL|cholesterol)\b", no_item=True,
    ),
    _topic(
        "HIPAA rules that are not final", "reproductive",
        r"\bHIPAA\b", r"\breproductive\b", no_item=True,
    ),
    _topic(
        "the gender provisions of section 1557", "1557",
        r"\b1557\b", r"\bgender|\bsex\b", no_item=True,
    ),
    _topic(
        "HIV treatment after an exposure", "hiv",
        r"\bHIV\b", r"\bpost-?exposure|\bPEP\b|\bexposure",
        r"\bregimen|\b\d+ (?:drugs|weeks|months)\b", no_item=True,
    ),
    _topic(
        "telehealth dates and tele-prescribing", "tele telehealth telemedicine teleprescribing",
        r"\btele-?prescri|\btele(?:health|medicine)\b[^.?]{0,80}\b(?:until|expires?|20\d\d)\b",
        no_item=True,
    ),
    _topic(
        "code counts of one year", "fy fiscal fy2026 fy2030",
        r"\b(?:FY ?|fiscal year )20\d\d\b", r"\bcodes?\b", no_item=True,
    ),
    # With the safe wording only.
    _topic(
        "the childhood vaccine schedule", "vaccine immunization",
        r"\bvaccin|\bimmuniz", r"\broutine|\brecommend|\bschedule", _AT_AGE,
    ),
    _topic(
        "doses and ages of vaccines under dispute",
        "birth mmrv covid rotavirus hpv menacwy hepatitis",
        r"\b(?:birth dose|MMRV|COVID-19 vaccin|rotavirus|HPV|MenACWY|hepatitis A vaccin)", _AT_AGE,
    ),
    _topic(
        "school-entry rules", "school",
        r"\bschool\b", r"\bvaccin|\bimmuniz", r"\bexempt|\brequired\b",
    ),
    _topic(
        "vaccines and autism or additives", "autism thimerosal",
        r"\bautism\b|\bthimerosal\b", r"\bvaccin",
    ),
    _topic(
        "intervals of cancer screening",
        "mammogram pap cervical colonoscopy prostate colorectal",
        r"\bmammogra|\bpap (?:test|smear)|\bcervical cancer|\bcolonoscop|\bprostate|\bcolorectal",
        r"\bevery (?:\w+ )?years?\b|\b(?:start|begin)\w* at age\b|\byearly screening\b",
    ),
    _topic(
        "the seconds of a hand wash", "seconds",
        r"\b(?:wash|scrub|lather|rub)\w*\b", r"\b(?:15|20|fifteen|twenty) seconds\b", r"\bhands?\b",
    ),
    _topic(
        "gown or goggles first when taking off", "gown",
        r"\bgoggles\b|\bface shield\b", r"\bgown\b", r"\b(?:remov|doff|take off|taking off)",
    ),
    _topic("qhs", "qhs", r"\bqhs\b"),
    _topic(
        "the largest volume for the deltoid", "deltoid",
        r"\bdeltoid\b", r"\b(?:most|largest|maximum|limit|no more than)\b[^.?]{0,40}\bmL\b",
    ),
    _topic(
        "autoclave minutes", "autoclave",
        r"\bautoclav", r"\b\d+ minutes at\b|\bfor \d+ minutes\b",
    ),
    _topic(
        "the depth of a heel stick", "heel heels heelstick", r"\bheel", r"\b2\.[04]\s?mm\b",
    ),
    _topic(
        "the depth of a rectal thermometer", "rectal", r"\brectal", r"\b(?:inch|inches|cm)\b",
    ),
    _topic(
        "days until sutures come out", "suture stitch staple",
        r"\b(?:suture|stitch|staple)", r"\bremov", _DAYS,
    ),
)  # fmt: skip


def check_contested(item: Item, said: Said) -> Iterator[Finding]:
    if _MONEY.search(said.whole):
        yield from _yearly(item, said)
    starts = {word[:5] for word in said.words}
    touched = [topic for topic in TOPICS if not topic.starts.isdisjoint(starts)]
    # Reasons may explain why something is left out; what is asked and keyed decides.
    text = " ".join([asked(item), item.rule, *(option.text for option in item.options)])
    for topic in touched:
        if not all(pattern.search(text) for pattern in topic.patterns):
            continue
        if topic.no_item:
            message = f"No question about {topic.name}: sources differ or change."
            yield Finding("I31", message, where_asked(item))
        elif not _SAFE_WORDING.search(text):
            message = f'This touches {topic.name}; say "per the provider\'s order" or leave it out.'
            yield Finding("I31", message, where_asked(item), warn=True)


def _yearly(item: Item, said: Said) -> Iterator[Finding]:
    """An amount that the situation states is part of the case; any other has to be known."""
    stated = bool(_MONEY.search(item.stem))
    for path, text in said.texts:
        if _MONEY.search(text) and (_PROGRAMS.search(text) or (_PLAN.search(text) and not stated)):
            yield Finding("I31", "Amounts that change each year must not be in a question.", path)

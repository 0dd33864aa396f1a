"""A small, clean set of content that tests copy and then spoil in one place."""

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

from trainer.content.problems import Problem
from trainer.core.items import Item, Option, Source

OPTIONS = (
    Option("a", "Read the same device again later", False,
           "Outside the window false lines may appear on the device."),
    Option("b", "Record a negative result for flu", False,
           "A failed run says nothing about the absence of infection."),
    Option("c", "Record a positive result for flu", False,
           "The line may be unspecific because the run did not work."),
    Option(
        "d", "Repeat it with a new specimen", True,
        "Without a control line the run is invalid whatever the test line shows, so a repeat "
        "protects the patient from a wrong result and the provider hears of the delay.",
    ),
)  # fmt: skip

ITEM = Item(
    code="test-control-line-01",
    concept="test-control-line",
    type="single_best_answer",
    difficulty=2,
    bloom="apply",
    stem="A rapid influenza device shows a test line at the read time. "
    "The control line is missing. The patient waits in the room.",
    lead_in="What should the medical assistant do next?",
    options=OPTIONS,
    rule="No control line, no result.",
    sources=(Source("CDC", "https://www.cdc.gov/lab", "2026-11-23"),),
    status_as_of="2026-11-23",
    review_by="2027-11-01",
    fixed_order=False,
    bank="testing",
)  # fmt: skip


def make_item(texts: list[str] | None = None, key: int = -1, **changes: object) -> Item:
    """The good item with changes; `texts` gives new option texts, `key` the place of the key."""
    item = replace(ITEM, **changes)  # type: ignore[arg-type]
    if texts is None:
        return item
    key %= len(texts)
    wrong, right = OPTIONS[0].reason, OPTIONS[3].reason
    options = tuple(
        Option("abcde"[place], text, place == key, right if place == key else wrong)
        for place, text in enumerate(texts)
    )
    return replace(item, options=options)


ITEM_YAML = dedent(
    """\
    - id: test-control-line-01
      concept: test-control-line
      type: single_best_answer
      difficulty: 2
      bloom: apply
      stem: >-
        A rapid influenza device shows a test line at the read time. The control line is missing.
        The patient waits in the room.
      lead_in: What should the medical assistant do next?
      options:
        - id: a
          text: Read the same device again later
          reason: Outside the window false lines may appear on the device.
        - id: b
          text: Record a negative result for flu
          reason: A failed run says nothing about the absence of infection.
        - id: c
          text: Record a positive result for flu
          reason: The line may be unspecific because the run did not work.
        - id: d
          text: Repeat it with a new specimen
          correct: yes
          reason: >-
            Without a control line the run is invalid whatever the test line shows, so a repeat
            protects the patient from a wrong result and the provider hears of the delay.
      rule: No control line, no result.
      sources:
        - {title: CDC, url: "https://www.cdc.gov/lab", checked_on: 2026-11-23}
      status_as_of: 2026-11-23
      review_by: 2027-11-01
    """
)

CONCEPTS = """\
bank: testing
concepts:
  - code: test-control-line
    name: "The control line"
    lesson: A test without its control line has no result.
    area: waived-testing
    competencies: [I.P.10]
    prerequisites: []
"""

EXAM = """\
code: demo
credential: DEMO
full_name: Demonstration exam
issuing_body: Nobody
official_site: https://example.org/
as_of: 2026-11-23
items: {total: 12, scored: 10, pretest: 2}
time_minutes: 12
options_per_item: 4
item_types: [single_best_answer]
segments: {count: 2, minutes_each: 6, items_each: 6, return_allowed: no, break_minutes: 0}
scale: {minimum: 0, maximum: 100, passing: 70, confidence: low, assumed_cut_pct: 70}
outline: {effective: 2026, domains_confidence: low, subdomains_confidence: low}
cross_cutting:
  - {code: DEMO.X.1, name: Terms}
domains:
  - code: DEMO.1
    name: Clinical
    items: 6
    weight_pct: 60
    evidence: published
    subdomains:
      - {code: DEMO.1.1, name: Tests, items: 6, evidence: working, topics_evidence: working,
         topics: [{code: DEMO.1.1.01, name: Control}]}
  - code: DEMO.2
    name: Law
    items: 4
    weight_pct: 40
    evidence: published
    subdomains:
      - {code: DEMO.2.1, name: Scope, items: 4, evidence: working, topics_evidence: working,
         topics: [{code: DEMO.2.1.01, name: Limits}]}
sources: ["https://example.org/"]
"""

CROSSWALK = """\
areas:
  - code: waived-testing
    name: Waived tests
    outline: {demo: [DEMO.1.1, DEMO.2.1]}
    maerb_areas: [I]
"""

FRAMEWORK = """\
code: frame
title: Framework
as_of: 2026-11-23
wording: Own words.
confidence: Low.
areas:
  - code: I
    title: Body
    evidence: none
    competencies:
      - {code: I.P.10, summary: Run a control, parts: [{code: I.P.10.a, name: kit}]}
affective:
  - {code: A.1, summary: Think}
sources: ["https://example.org/"]
"""

FILES = {
    "question_banks/concepts/testing.yaml": CONCEPTS,
    "question_banks/exams/demo.yaml": EXAM,
    "question_banks/exams/crosswalk.yaml": CROSSWALK,
    "question_banks/competencies/frame.yaml": FRAMEWORK,
}

SECOND = """\
- id: test-control-line-02
  concept: test-control-line
  type: single_best_answer
  difficulty: 1
  bloom: remember
  lead_in: Why does a strip carry a second printed mark at its far end?
  options:
    - id: a
      text: It proves that it ran
      correct: yes
      reason: >-
        The mark appears when the liquid has moved through the whole strip and the chemicals still
        react, so it shows a working run.
    - id: b
      text: It names the person
      reason: Nothing on a strip can tell one person from another person.
    - id: c
      text: It gives the lot number
      reason: The lot is printed on the pouch and written in the log.
  rule: The second mark shows that the strip worked.
  sources:
    - {title: CDC, url: "https://www.cdc.gov/lab", checked_on: 2026-11-23}
  status_as_of: 2026-11-23
  review_by: 2027-11-01
"""


def items_file(*entries: str, bank: str = "testing") -> str:
    """The text of an items file with these entries."""
    return f"bank: {bank}\nitems:\n" + "".join(entries)


def make_root(folder: Path, **changes: str) -> Path:
    """A clean content root; `items="..."` and the like replace a file's text."""
    files = FILES | {"question_banks/items/testing.yaml": items_file(ITEM_YAML, SECOND)}
    names = {path.split("/")[1]: path for path in files if "crosswalk" not in path}
    names["crosswalk"] = "question_banks/exams/crosswalk.yaml"
    files |= {names[name]: text for name, text in changes.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def rules(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    """Only the rule codes."""
    return [problem.rule for problem in problems]

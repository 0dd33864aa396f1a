"""Setting work for a cohort."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.assignments import PRACTICE, SCENARIO
from trainer.core.errors import Invalid
from trainer.core.names import MAX_TEXT, clean_line, clean_text
from trainer.core.outline.concepts import bank_name
from trainer.services import access, audit, catalogue
from trainer.services.access import Actor
from trainer.store.assignments import Assignment, AssignmentTarget

QUESTIONS = range(5, 51)
LATEST = timedelta(days=400)
NOTHING_CHOSEN = "Choose at least one scenario or one question bank."


@dataclass(frozen=True, slots=True)
class Draft:
    """What an instructor wants done."""

    title: str
    note: str
    due_at: datetime
    scenarios: tuple[str, ...]
    banks: tuple[str, ...]
    questions: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be assigned."""

    code: str
    name: str
    detail: str


def list_scenarios(session: Session) -> list[Choice]:
    """Scenarios to choose from."""
    found = catalogue.current(session).scenarios.values()
    return [Choice(s.code, s.value.title, s.value.summary) for s in found]


def list_banks(session: Session) -> list[Choice]:
    """Question banks to choose from, with how many concepts and questions they hold."""
    now_in_use = catalogue.current(session)
    found = []
    for bank in sorted({concept.bank for concept in now_in_use.concepts.values()}):
        concepts = [c for c in now_in_use.concepts.values() if c.bank == bank]
        items = sum(len(now_in_use.items_of(c.code)) for c in concepts)
        found.append(Choice(bank, bank_name(bank), f"{len(concepts)} ideas, {items} questions"))
    return found


def assign(
    session: Session,
    actor: Actor | None,
    cohort_id: int,
    draft: Draft,
    op_id: str,
    *,
    now: datetime,
) -> Assignment:
    """Set the work; sending the same form again gives the same assignment.

    Raises Invalid naming the field.
    """
    cohort = access.get_cohort(session, actor, cohort_id)
    me = access.signed_in(actor)
    made = session.scalar(
        select(Assignment).where(Assignment.op_id == op_id, Assignment.cohort_id == cohort.id)
    )
    if made is not None:
        return made
    targets = _targets(session, draft)
    if not now < draft.due_at < now + LATEST:
        raise Invalid("due_on", "The due time must lie ahead, within the next year.")
    assignment = Assignment(
        cohort_id=cohort.id, op_id=op_id, title=clean_line(draft.title, "title", "Title", 120),
        note=clean_text(draft.note, "note", "Note", MAX_TEXT),
        due_at=draft.due_at, created_at=now, created_by=me.person_id,
    )  # fmt: skip
    session.add(assignment)
    session.flush()
    for position, target in enumerate(targets, 1):
        target.assignment_id, target.position = assignment.id, position
        session.add(target)
    session.flush()
    audit.record(session, me.person_id, "assigned", "assignment", assignment.id, now=now)
    return assignment


def _targets(session: Session, draft: Draft) -> list[AssignmentTarget]:
    known = catalogue.current(session)
    targets = []
    for code in _unique(draft.scenarios):
        if code not in known.scenarios:
            raise Invalid("scenarios", "One of these scenarios is not in use any more.")
        targets.append(AssignmentTarget(kind=SCENARIO, code=code, concepts=[], questions=None))
    if draft.banks:
        targets.append(_practice_target(known, draft))
    if not targets:
        raise Invalid("scenarios", NOTHING_CHOSEN)
    return targets


def _practice_target(known: catalogue.Catalogue, draft: Draft) -> AssignmentTarget:
    concepts = [
        c.code for c in known.concepts.values() if c.bank in draft.banks and known.items_of(c.code)
    ]
    if not set(draft.banks) <= {c.bank for c in known.concepts.values()} or not concepts:
        raise Invalid("banks", "One of these question banks is not in use any more.")
    if draft.questions is None or draft.questions not in QUESTIONS:
        raise Invalid("questions", "Give the number of questions from 5 to 50.")
    if len(concepts) < QUESTIONS.start:
        raise Invalid(
            "banks", f"That is only {len(concepts)} ideas; a set asks 5 or more. Add another bank."
        )
    if draft.questions > len(concepts):
        raise Invalid(
            "questions", f"At most {len(concepts)}: the chosen banks hold so many ideas, "
            "and each is asked once.",
        )  # fmt: skip
    return AssignmentTarget(
        kind=PRACTICE, code="practice", concepts=concepts, questions=draft.questions
    )


def _unique(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def withdraw(session: Session, actor: Actor | None, assignment_id: int, *, now: datetime) -> int:
    """Take an assignment back; what students did for it is kept. Gives the cohort's id."""
    assignment, cohort = access.get_assignment(session, actor, assignment_id)
    me = access.signed_in(actor)
    if assignment.withdrawn_at is None:
        assignment.withdrawn_at = now
        audit.record(session, me.person_id, "withdrawn", "assignment", assignment.id, now=now)
    return cohort.id

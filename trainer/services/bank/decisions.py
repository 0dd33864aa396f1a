"""Deciding about a question: out of use in one action, back, retired, corrected. Promise P25."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.core.errors import Conflict, Invalid, NotFound
from trainer.core.names import clean_text
from trainer.services import access, audit, catalogue, item_access
from trainer.services.access import Actor
from trainer.services.bank.states import ALLOWED, Act, State, state_of
from trainer.store.bank import ContentDecision
from trainer.store.catalogue import CatalogueEntry
from trainer.store.practice import Response

MAX_TEXT: Final = 2000
MAX_URL: Final = 400
_MEANWHILE: Final = "Somebody decided about this question meanwhile. Here is where it stands now."
_NOT_NOW: Final = {
    State.IN_USE: "This question is in use already.",
    State.QUARANTINED: "This question is in quarantine already.",
    State.RETIRED: "This question is retired already.",
    State.REMOVED: "This question is not in the files any more.",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A decision as sent. `seen` is the newest decision on the page it was made on, 0 for none;
    quarantine does not ask: stopping a question is never wrong."""

    act: Act
    reason: str
    erratum: str = ""
    source_url: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision is about to change: the question, who answered it, the newest decision."""

    lead_in: str
    students: int
    seen: int


def standing(session: Session, actor: Actor | None, code: str, act: Act) -> Standing:
    """Where a question stands before a decision. Raises NotFound for who may not decide this, and
    Conflict when there is nothing to decide."""
    entry = item_access.get_item(session, actor, code)
    if act != Act.QUARANTINE and not item_access.may_settle(access.staff(actor), entry):
        raise NotFound
    if act not in ALLOWED[state_of(entry)]:
        raise Conflict(_NOT_NOW[state_of(entry)])
    last = _latest(session, code)
    students = session.scalar(
        select(func.count(func.distinct(Response.student_id))).where(Response.item_code == code)
    )
    lead_in = catalogue.get_version(session, entry.version_id).value.lead_in
    return Standing(lead_in, students or 0, last.id if last else 0)


def decide(
    session: Session, actor: Actor | None, code: str, wanted: Wanted, *, now: datetime
) -> ContentDecision:
    """Carry out a decision. The same form again gives the same decision and changes nothing.

    Raises Invalid naming the field, NotFound for who may not decide this, and Conflict when the
    question does not stand where the page has shown it.
    """
    me = access.staff(actor)
    # In the order of `catalogue.sync`, so that two who change the catalogue wait for each other.
    catalogue.lock(session)
    entry = item_access.get_item(session, actor, code, lock=True)
    if wanted.act != Act.QUARANTINE and not item_access.may_settle(me, entry):
        raise NotFound
    made = _checked(entry, wanted, me.person_id, now)
    last = _latest(session, code)
    if last is not None and _is_same(last, made):
        return last
    if wanted.act not in ALLOWED[state_of(entry)]:
        raise Conflict(_NOT_NOW[state_of(entry)])
    if wanted.act != Act.QUARANTINE and wanted.seen != (last.id if last else 0):
        raise Conflict(_MEANWHILE)
    _carry_out(entry, wanted.act, now)
    session.add(made)
    session.flush()
    audit.record(
        session, me.person_id, f"question.{wanted.act}", "decision", made.id, now=now, code=code
    )
    catalogue.changed(session)
    return made


def _checked(
    entry: CatalogueEntry, wanted: Wanted, person_id: int, now: datetime
) -> ContentDecision:
    reason = clean_text(wanted.reason, "reason", "The reason", MAX_TEXT)
    if not reason:
        raise Invalid("reason", "Please write the reason; it stays in the log.")
    erratum = clean_text(wanted.erratum, "erratum", "The correction", MAX_TEXT)
    if wanted.act == Act.QUARANTINE:
        # Nothing is known to be right yet, so there is nothing to tell.
        erratum = ""
    if wanted.act == Act.CORRECT and not erratum:
        raise Invalid("erratum", "Please write what was corrected; students read it.")
    return ContentDecision(
        code=entry.code, version_id=entry.version_id, action=wanted.act.value, reason=reason,
        erratum=erratum, source_url=_citation(wanted.source_url) if erratum else "",
        person_id=person_id, at=now,
    )  # fmt: skip


def _citation(text: str) -> str:
    """The address that proves a correction: https with a host, one line, nothing hidden."""
    url = text.strip()
    if not url:
        raise Invalid("source_url", "Give the page that proves the correction.")
    if len(url) > MAX_URL:
        raise Invalid("source_url", f"The address is longer than {MAX_URL} characters.")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    plain = url.isascii() and url.isprintable() and " " not in url
    if not plain or not url.startswith("https://") or "." not in host or "@" in parts.netloc:
        raise Invalid("source_url", "Give a whole address, such as https://www.cdc.gov/vaccines.")
    return url


def _latest(session: Session, code: str) -> ContentDecision | None:
    newest = select(ContentDecision).where(ContentDecision.code == code)
    return session.scalar(newest.order_by(ContentDecision.id.desc()).limit(1))


def _is_same(last: ContentDecision, made: ContentDecision) -> bool:
    names = ("version_id", "action", "reason", "erratum", "source_url", "person_id")
    return all(getattr(last, name) == getattr(made, name) for name in names)


def _carry_out(entry: CatalogueEntry, act: Act, now: datetime) -> None:
    match act:
        case Act.QUARANTINE:
            entry.quarantined_at = now
        case Act.RELEASE:
            entry.quarantined_at = entry.retired_at = None
        case Act.RETIRE:
            entry.retired_at = now
            entry.quarantined_at = entry.quarantined_at or now
        case Act.CORRECT:
            pass

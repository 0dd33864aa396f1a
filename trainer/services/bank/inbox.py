"""Reports on questions as staff work through them. Who has sent one is not shown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.errors import Invalid
from trainer.core.names import clean_text
from trainer.services import access, audit, catalogue, item_access
from trainer.services.access import Actor
from trainer.services.bank.reports import MAX_TEXT
from trainer.services.bank.states import State, state_of
from trainer.store.bank import ItemReport
from trainer.store.catalogue import CatalogueEntry

MOST_READ: Final = 2000
MOST_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Reported:
    """A question with open reports; `latest` is the newest of them."""

    code: str
    lead_in: str
    state: State
    count: int
    about: tuple[tuple[str, int], ...]
    latest_at: datetime
    latest_text: str


def list_open(session: Session, actor: Actor | None) -> list[Reported]:
    """Questions with open reports, the most reported first. At most two statements."""
    me = access.staff(actor)
    rows = session.execute(
        select(ItemReport, CatalogueEntry)
        .join(CatalogueEntry, CatalogueEntry.code == ItemReport.item_code)
        .where(
            CatalogueEntry.kind == "item", ItemReport.closed_at.is_(None),
            item_access.reports_for(me),
        )
        .order_by(ItemReport.at.desc(), ItemReport.id.desc())
        .limit(MOST_READ)
    )  # fmt: skip
    grouped: dict[str, list[tuple[ItemReport, CatalogueEntry]]] = {}
    for report, entry in rows:
        grouped.setdefault(report.item_code, []).append((report, entry))
    ranked = sorted(grouped.values(), key=lambda found: -len(found))[:MOST_SHOWN]
    versions = catalogue.get_versions(session, {found[0][1].version_id for found in ranked})
    return [_reported(found, versions[found[0][1].version_id].value.lead_in) for found in ranked]


def _reported(found: Sequence[tuple[ItemReport, CatalogueEntry]], lead_in: str) -> Reported:
    latest, entry = found[0]
    about = Counter(report.about for report, _ in found)
    text = next((report.text for report, _ in found if report.text), "")
    return Reported(
        entry.code, lead_in, state_of(entry), len(found), tuple(about.most_common()), latest.at,
        text,
    )  # fmt: skip


def code_of(session: Session, actor: Actor | None, report_id: int) -> str:
    """The question that a report is about, for the staff who may read it."""
    return item_access.get_report(session, actor, report_id).item_code


def close(
    session: Session, actor: Actor | None, report_id: int, outcome: str, *, now: datetime
) -> str:
    """Answer a report; gives the code of its question. The first answer stays.

    Raises Invalid for an empty answer: who has sent the report reads it.
    """
    me = access.staff(actor)
    report = item_access.get_report(session, actor, report_id)
    if report.closed_at is not None:
        return report.item_code
    text = clean_text(outcome, "outcome", "The answer", MAX_TEXT)
    if not text:
        raise Invalid("outcome", "Please write what the student should know.")
    report.closed_at, report.closed_by, report.outcome = now, me.person_id, text
    session.flush()
    audit.record(
        session, me.person_id, "report.closed", "report", report.id, now=now,
        code=report.item_code,
    )  # fmt: skip
    return report.item_code

"""Steps shared by the tests of the question bank: questions added, decided on and looked for."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOW
from trainer.content.payload import digest, to_payload
from trainer.core.items import Item
from trainer.services import catalogue
from trainer.services.access import Actor
from trainer.services.bank import decisions
from trainer.services.bank.decisions import Wanted
from trainer.services.bank.states import Act
from trainer.store.bank import ContentDecision
from trainer.store.catalogue import CatalogueEntry, CatalogueVersion

SOURCE = "https://www.cdc.gov/correction"


def add_item(
    session: Session, like: str, code: str, *, program: int | None = None, **change: Any
) -> int:
    """A question like another one, in use from now on; gives the id of its version."""
    item = replace(catalogue.current(session).items[like].value, code=code, **change)
    return put_in_use(session, item, program)


def put_in_use(session: Session, item: Item, program: int | None = None) -> int:
    """A question in use from now on; gives the id of its version."""
    version = _add_version(session, item, 1)
    session.add(
        CatalogueEntry(kind="item", code=item.code, version_id=version.id, program_id=program)
    )
    catalogue.changed(session)
    return version.id


def new_version(session: Session, code: str, **change: Any) -> int:
    """The next version of a question, as if the files had brought it."""
    entry = session.scalars(
        select(CatalogueEntry).where(CatalogueEntry.kind == "item", CatalogueEntry.code == code)
    ).one()
    old = catalogue.get_version(session, entry.version_id)
    version = _add_version(session, replace(old.value, **change), old.version + 1)
    entry.version_id = version.id
    catalogue.changed(session)
    return version.id


def _add_version(session: Session, item: Item, number: int) -> CatalogueVersion:
    payload = to_payload(item)
    version = CatalogueVersion(
        kind="item", code=item.code, version=number, sha256=digest(payload), payload=payload,
        added_at=NOW,
    )  # fmt: skip
    session.add(version)
    session.flush()
    return version


def decide(
    session: Session, actor: Actor, code: str, act: str, *, reason: str = "Checked.",
    erratum: str = "", now: Any = NOW,
) -> ContentDecision:  # fmt: skip
    """A decision made on the newest page."""
    seen = decisions._latest(session, code)
    wanted = Wanted(
        Act(act), reason, erratum, SOURCE if erratum else "", seen.id if seen else 0
    )  # fmt: skip
    return decisions.decide(session, actor, code, wanted, now=now)

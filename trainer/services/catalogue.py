"""Content as the program uses it: the current catalogue, versions by id, bringing files in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from trainer.content.bundle import Bundle
from trainer.content.payload import from_payload
from trainer.content.plan import Action, changes, make_plan
from trainer.core.errors import NotFound
from trainer.core.outline.competencies import Framework
from trainer.core.outline.concepts import Area, Concept
from trainer.core.outline.exams import ExamProfile
from trainer.store.catalogue import CatalogueEntry, CatalogueState, CatalogueVersion


@dataclass(frozen=True, slots=True)
class Versioned:
    """One immutable version of an item or scenario, as students' work points at it."""

    version_id: int
    code: str
    version: int
    sha256: str
    value: Any


@dataclass(frozen=True)
class Catalogue:
    """Everything in use now. Built once per revision; never changes."""

    revision: int
    items: Mapping[str, Versioned]
    concepts: Mapping[str, Concept]
    areas: Mapping[str, Area]
    exams: Mapping[str, ExamProfile]
    frameworks: Mapping[str, Framework]
    scenarios: Mapping[str, Versioned]

    @cached_property
    def _by_concept(self) -> dict[str, list[Versioned]]:
        found: dict[str, list[Versioned]] = {}
        for code in sorted(self.items):
            item = self.items[code]
            found.setdefault(item.value.concept, []).append(item)
        return found

    def items_of(self, concept: str) -> list[Versioned]:
        """The variants of a concept, by code; empty when it has none."""
        return self._by_concept.get(concept, [])

    @cached_property
    def _domains(self) -> dict[str, dict[str, frozenset[str]]]:
        return {
            exam.code: {
                concept.code: frozenset(
                    ".".join(node.split(".")[:2])
                    for node in self.areas[concept.area].nodes(exam.code)
                )
                for concept in self.concepts.values()
                if concept.area in self.areas
            }
            for exam in self.exams.values()
        }

    def domains_of(self, exam: str) -> Mapping[str, frozenset[str]]:
        """Domain codes of every concept in one exam's outline, through the crosswalk."""
        return self._domains.get(exam, {})

    def scenario_title(self, code: str) -> str:
        """The title of a scenario; its code when it was retired."""
        found = self.scenarios.get(code)
        return str(found.value.title) if found else code


_REVISION = select(CatalogueState.revision)


class _Cache:
    """What one process keeps of one database: immutable versions, and the newest catalogue."""

    def __init__(self) -> None:
        self.versions: dict[int, Versioned] = {}
        self.catalogue: Catalogue | None = None


# Keyed by the connection pool, which reading and writing sessions of one database share.
_caches: WeakKeyDictionary[Any, _Cache] = WeakKeyDictionary()


def _cache_of(session: Session) -> _Cache:
    return _caches.setdefault(session.get_bind().engine.pool, _Cache())


def _versioned(cache: _Cache, row: CatalogueVersion) -> Versioned:
    found = cache.versions.get(row.id)
    if found is None:
        value = from_payload(row.kind, row.payload)
        found = Versioned(row.id, row.code, row.version, row.sha256, value)
        cache.versions[row.id] = found
    return found


def current(session: Session) -> Catalogue:
    """The catalogue in use; one statement when nothing has changed since the last call."""
    cache = _cache_of(session)
    kept = session.info.get("catalogue")
    if kept is not None:
        return kept  # type: ignore[no-any-return]
    revision = session.scalars(_REVISION).one()
    if cache.catalogue is None or cache.catalogue.revision != revision:
        cache.catalogue = _load(session, cache, revision)
    session.info["catalogue"] = cache.catalogue
    return cache.catalogue


def _load(session: Session, cache: _Cache, revision: int) -> Catalogue:
    rows = session.scalars(
        select(CatalogueVersion)
        .join(CatalogueEntry, CatalogueEntry.version_id == CatalogueVersion.id)
        .where(CatalogueEntry.retired_at.is_(None))
    )
    found: dict[str, dict[str, Versioned]] = {}
    for row in rows:
        found.setdefault(row.kind, {})[row.code] = _versioned(cache, row)

    def values(kind: str) -> dict[str, Any]:
        return {code: version.value for code, version in sorted(found.get(kind, {}).items())}

    return Catalogue(
        revision=revision,
        items=found.get("item", {}),
        concepts=values("concept"),
        areas=values("area"),
        exams=values("exam"),
        frameworks=values("competencies"),
        scenarios=dict(sorted(found.get("scenario", {}).items())),
    )


def get_version(session: Session, version_id: int) -> Versioned:
    """One version by its id, whether in use or not. Raises NotFound."""
    cache = _cache_of(session)
    kept = cache.versions.get(version_id)
    if kept is not None:
        return kept
    row = session.get(CatalogueVersion, version_id)
    if row is None:
        raise NotFound
    return _versioned(cache, row)


def plan(session: Session, bundle: Bundle) -> list[Action]:
    """What would have to change for the database to hold the bundle; changes nothing."""
    rows = session.execute(
        select(CatalogueEntry, CatalogueVersion.version, CatalogueVersion.sha256).join(
            CatalogueVersion, CatalogueVersion.id == CatalogueEntry.version_id
        )
    ).all()
    known = {(e.kind, e.code): (version, sha256) for e, version, sha256 in rows}
    retired = {(e.kind, e.code) for e, _, _ in rows if e.retired_at is not None}
    return changes(make_plan(bundle, known, retired))


def sync(session: Session, bundle: Bundle, *, now: datetime) -> list[Action]:
    """Make the database hold the bundle; gives the changes made. A second call makes none.

    Versions are added, never changed: work done on an older version keeps pointing at it.
    """
    state = session.scalars(select(CatalogueState).with_for_update()).one()
    actions = plan(session, bundle)
    if not actions:
        return []
    entries = {(e.kind, e.code): e for e in session.scalars(select(CatalogueEntry))}
    for action in actions:
        _carry_out(session, action, entries, now)
    session.flush()
    session.execute(
        update(CatalogueState)
        .where(CatalogueState.id == state.id)
        .values(revision=CatalogueState.revision + 1)
    )
    session.info.pop("catalogue", None)
    return actions


def _carry_out(
    session: Session,
    action: Action,
    entries: dict[tuple[str, str], CatalogueEntry],
    now: datetime,
) -> None:
    entry = entries.get((action.kind, action.code))
    if action.name == "retire":
        assert entry is not None
        entry.retired_at = now
        return
    if action.name == "restore":
        assert entry is not None
        entry.retired_at = None
        return
    version = CatalogueVersion(
        kind=action.kind, code=action.code, version=action.version, sha256=action.sha256,
        payload=action.payload, added_at=now,
    )  # fmt: skip
    session.add(version)
    session.flush()
    if entry is None:
        entry = CatalogueEntry(kind=action.kind, code=action.code, version_id=version.id)
        session.add(entry)
    entry.version_id, entry.retired_at = version.id, None

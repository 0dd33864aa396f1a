"""Content as the program uses it: the current catalogue, versions by id, bringing files in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from trainer.content.bundle import Bundle
from trainer.content.payload import from_payload
from trainer.content.plan import Action, changes, make_plan
from trainer.core.errors import NotFound
from trainer.core.outline.competencies import Framework
from trainer.core.outline.concepts import Area, Concept
from trainer.core.outline.exams import ExamProfile
from trainer.store.bank import ContentDecision
from trainer.store.base import table_of
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
    """Questions that may be drawn: not quarantined, and everybody's or of the programs asked."""
    concepts: Mapping[str, Concept]
    areas: Mapping[str, Area]
    exams: Mapping[str, ExamProfile]
    frameworks: Mapping[str, Framework]
    scenarios: Mapping[str, Versioned]
    withheld: Mapping[str, Versioned]
    """Questions in quarantine, or retired by staff."""
    stopped: frozenset[int]
    """Ids of versions that were taken out and not let in again: a better one may have followed."""
    local: Mapping[int, Mapping[str, Versioned]]
    """Questions that staff of a program wrote, by program; they are seen there only."""

    def is_withheld(self, version: Versioned) -> bool:
        """Whether a version that is open somewhere must not be shown or answered any more."""
        return version.code in self.withheld or version.version_id in self.stopped

    @cached_property
    def _views(self) -> dict[frozenset[int], "Catalogue"]:
        return {}

    def seen_in(self, programs: frozenset[int]) -> "Catalogue":
        """The catalogue with the own questions of these programs."""
        own = frozenset(programs.intersection(self.local))
        if not own:
            return self
        found = self._views.get(own)
        if found is None:
            items = dict(self.items)
            for program in sorted(own):
                items |= self.local[program]
            found = self._views[own] = replace(self, items=items)
        return found

    @cached_property
    def _by_concept(self) -> dict[str, list[Versioned]]:
        found: dict[str, list[Versioned]] = {}
        for code in sorted(self.items):
            item = self.items[code]
            # What is kept for exams must not be known from practice (promise P22).
            if item.value.pool != "exam":
                found.setdefault(item.value.concept, []).append(item)
        return found

    def items_of(self, concept: str) -> list[Versioned]:
        """The questions that practice may ask about a concept, by code; empty when none."""
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


_REVISION = select(table_of(CatalogueState).c.revision)


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


def current(session: Session, programs: frozenset[int] = frozenset()) -> Catalogue:
    """The catalogue in use, with the own questions of these programs; one statement when
    nothing has changed since the last call."""
    kept: Catalogue | None = session.info.get("catalogue")
    if kept is None:
        cache = _cache_of(session)
        revision = session.scalars(_REVISION).one()
        if cache.catalogue is None or cache.catalogue.revision != revision:
            cache.catalogue = _load(session, cache, revision)
        kept = session.info["catalogue"] = cache.catalogue
    return kept.seen_in(programs)


def _load(session: Session, cache: _Cache, revision: int) -> Catalogue:
    rows = session.execute(
        select(CatalogueVersion, CatalogueEntry.quarantined_at, CatalogueEntry.program_id)
        .join(CatalogueEntry, CatalogueEntry.version_id == CatalogueVersion.id)
        .where(or_(CatalogueEntry.retired_at.is_(None), CatalogueEntry.quarantined_at.is_not(None)))
    )
    found: dict[str, dict[str, Versioned]] = {}
    local: dict[int, dict[str, Versioned]] = {}
    for row, quarantined_at, program in rows:
        version = _versioned(cache, row)
        if quarantined_at is not None:
            found.setdefault("withheld", {})[row.code] = version
        elif program is not None:
            local.setdefault(program, {})[row.code] = version
        else:
            found.setdefault(row.kind, {})[row.code] = version

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
        withheld=found.get("withheld", {}),
        stopped=_stopped(session),
        local=local,
    )


def _stopped(session: Session) -> frozenset[int]:
    decided = select(ContentDecision.version_id, ContentDecision.action).where(
        ContentDecision.action.in_(("quarantine", "retire", "release"))
    )
    last = {row.version_id: row.action for row in session.execute(decided.order_by("id"))}
    return frozenset(version for version, action in last.items() if action != "release")


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


def get_versions(session: Session, ids: Iterable[int]) -> dict[int, Versioned]:
    """Versions by id, whether in use or not. At most one statement."""
    cache = _cache_of(session)
    wanted = set(ids)
    missing = wanted - cache.versions.keys()
    if missing:
        for row in session.scalars(
            select(CatalogueVersion).where(CatalogueVersion.id.in_(sorted(missing)))
        ):
            _versioned(cache, row)
    return {one: cache.versions[one] for one in wanted}


def plan(session: Session, bundle: Bundle) -> list[Action]:
    """What would have to change for the database to hold the bundle; changes nothing."""
    rows = session.execute(
        select(CatalogueEntry, CatalogueVersion.version, CatalogueVersion.sha256)
        .join(CatalogueVersion, CatalogueVersion.id == CatalogueEntry.version_id)
        # What staff wrote is not in the files and must not be retired for that.
        .where(CatalogueEntry.program_id.is_(None))
    ).all()
    known = {(e.kind, e.code): (version, sha256) for e, version, sha256 in rows}
    retired = {(e.kind, e.code) for e, _, _ in rows if e.retired_at is not None}
    # What staff retired comes back by their decision only.
    held = {(e.kind, e.code) for e, _, _ in rows if e.retired_at and e.quarantined_at}
    steps = changes(make_plan(bundle, known, retired))
    return [s for s in steps if s.name != "restore" or (s.kind, s.code) not in held]


def sync(session: Session, bundle: Bundle, *, now: datetime) -> list[Action]:
    """Make the database hold the bundle; gives the changes made. A second call makes none.

    Versions are added, never changed: work done on an older version keeps pointing at it.
    """
    lock(session)
    actions = plan(session, bundle)
    if not actions:
        return []
    entries = {(e.kind, e.code): e for e in session.scalars(select(CatalogueEntry))}
    for action in actions:
        _carry_out(session, action, entries, now)
    changed(session)
    return actions


def lock(session: Session) -> None:
    """One change of the catalogue at a time."""
    session.scalars(select(CatalogueState).with_for_update()).one()


def changed(session: Session) -> None:
    """Tell every process that the catalogue is another one from now on."""
    session.flush()
    session.execute(update(CatalogueState).values(revision=CatalogueState.revision + 1))
    session.info.pop("catalogue", None)


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

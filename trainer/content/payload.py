"""Core values to canonical JSON and back: what the database and the cache keep.

Read back into the core values themselves, not through the file models: a version that was taken in
once must stay readable when a rule for new content gets stricter.
"""

import json
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from pydantic import TypeAdapter

from trainer.core.items import Item
from trainer.core.outline.competencies import Framework
from trainer.core.outline.concepts import Area, Concept
from trainer.core.outline.exams import ExamProfile
from trainer.core.scenario.model import Scenario

_CLASSES: Final[dict[str, type[Any]]] = {
    "item": Item,
    "concept": Concept,
    "area": Area,
    "exam": ExamProfile,
    "competencies": Framework,
    "scenario": Scenario,
}
_ADAPTERS: Final[dict[type[Any], TypeAdapter[Any]]] = {
    cls: TypeAdapter(cls) for cls in _CLASSES.values()
}
KINDS: Final = tuple(_CLASSES)


def to_payload(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, so that equal values hash alike.

    A field at its default is left out: a field that the program learned since does not make a new
    version of what has not changed.
    """
    plain = _ADAPTERS[type(value)].dump_python(value, mode="json", exclude_defaults=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=10_000)
def from_payload(kind: str, text: str) -> Any:
    """The value again; ValueError when the text is not a value of that kind.

    Values are frozen, so equal texts share one: what a process has read once costs nothing again.
    """
    if kind not in _CLASSES:
        raise ValueError(f"there is no kind of content called {kind!r}")
    return _ADAPTERS[_CLASSES[kind]].validate_json(text)


def digest(payload: str) -> str:
    """The hash that tells two versions apart."""
    return sha256(payload.encode()).hexdigest()

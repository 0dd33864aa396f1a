"""What has to happen for a catalogue to hold a bundle. Compares only; executes nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from trainer.content.bundle import Bundle
from trainer.content.payload import digest

Code = tuple[str, str]
"""Kind and code, e.g. ("item", "hand-hygiene-01")."""

ActionName = Literal["add", "new_version", "restore", "retire", "unchanged"]
_ORDER: Final = ("add", "new_version", "restore", "retire", "unchanged")


@dataclass(frozen=True, slots=True)
class Action:
    """One step. `version` is the number after it; `payload` is empty when nothing is written."""

    name: ActionName
    kind: str
    code: str
    version: int
    sha256: str
    payload: str = ""

    def __str__(self) -> str:
        return f"{self.name.replace('_', ' ')}: {self.kind} {self.code} (version {self.version})"


def make_plan(
    bundle: Bundle, known: Mapping[Code, tuple[int, str]], retired: Collection[Code] = ()
) -> list[Action]:
    """Steps from the known versions to the bundle, changes first.

    `known` holds the newest version and its hash for every code ever taken in; `retired` are those
    out of use now. A code that comes back unchanged is restored, not counted up.
    """
    actions = [
        _step(*code, text, known.get(code), code in retired) for code, text in _texts(bundle)
    ]
    wanted = {(action.kind, action.code) for action in actions}
    for code, (version, sha256) in known.items():
        if code not in wanted and code not in retired:
            actions.append(Action("retire", *code, version, sha256))
    return sorted(actions, key=lambda a: (_ORDER.index(a.name), a.kind, a.code))


def changes(actions: list[Action]) -> list[Action]:
    """The steps that would write something."""
    return [action for action in actions if action.name != "unchanged"]


def _texts(bundle: Bundle) -> list[tuple[Code, str]]:
    return list(bundle.payloads().items())


def _step(kind: str, code: str, text: str, known: tuple[int, str] | None, retired: bool) -> Action:
    sha256 = digest(text)
    if known is None:
        return Action("add", kind, code, 1, sha256, text)
    version, old = known
    if old != sha256:
        return Action("new_version", kind, code, version + 1, sha256, text)
    return Action("restore" if retired else "unchanged", kind, code, version, sha256)

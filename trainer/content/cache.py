"""Keeps checked content as JSON, found again by the hash of all files. Only speed hangs on it."""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from trainer.content.payload import KINDS, from_payload
from trainer.content.problems import Problem

_PACKAGE: Final = Path(__file__).resolve().parent.parent
Values = dict[str, dict[str, Any]]


def key_of(root: Path, files: Iterable[Path]) -> str:
    """Hash of every content file and of the code that reads and checks it.

    The code is part of it: a new rule must be applied to files that did not change.
    """
    total = sha256()
    for base, paths in ((_PACKAGE, _code()), (root, files)):
        for path in paths:
            total.update(path.relative_to(base).as_posix().encode() + b"\0")
            total.update(sha256(_bytes(path)).digest())
    return total.hexdigest()


def read(folder: Path, key: str) -> tuple[Values, list[Problem]] | None:
    """What was kept under the key; None when there is nothing usable."""
    try:
        kept = json.loads((folder / _name(key)).read_text(encoding="utf-8"))
        values: Values = {kind: {} for kind in KINDS}
        for kind, code, text in kept["values"]:
            values[kind][code] = from_payload(kind, text)
        return values, [Problem(**row) for row in kept["problems"]]
    except (OSError, ValueError, KeyError, TypeError):
        # A cut or foreign file costs a second, never the content.
        return None


def write(
    folder: Path, key: str, payloads: Mapping[tuple[str, str], str], problems: Iterable[Problem]
) -> None:
    """Keep the values; a folder that cannot be written only means reading again next time."""
    kept = {
        "values": [[kind, code, text] for (kind, code), text in payloads.items()],
        "problems": [asdict(problem) for problem in problems],
    }
    part = folder / f"{_name(key)}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        part.replace(folder / _name(key))
        _drop_others(folder, key)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _drop_others(folder: Path, key: str) -> None:
    for path in folder.glob("content-*.json"):
        if path.name != _name(key):
            path.unlink(missing_ok=True)


def _name(key: str) -> str:
    return f"content-{key[:32]}.json"


def _code() -> list[Path]:
    return sorted(path for part in ("core", "content") for path in (_PACKAGE / part).rglob("*.py"))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""

"""Runs the command line the way a shell does: words and environment in, output and code out."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from trainer.cli import main
from trainer.store.session import make_engine


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left on the screen, and its exit code."""

    code: int
    out: str
    err: str


Trainer = Callable[..., Outcome]


def run_main(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> Outcome:
    """Call the entry point in this process; anything but an exit is a traceback and raises."""
    opened: list[Engine] = []

    def noting(url: str) -> Engine:
        opened.append(make_engine(url))
        return opened[-1]

    monkeypatch.setattr(sys, "argv", ["trainer", *words])
    monkeypatch.setattr("trainer.cli.wiring.make_engine", noting)
    capfd.readouterr()
    with pytest.raises(SystemExit) as ended:
        main()
    # A process that ends closes its files; this one goes on.
    for engine in opened:
        engine.dispose()
    code = ended.value.code
    out, err = capfd.readouterr()
    assert isinstance(code, int | None)
    return Outcome(code or 0, out, err)

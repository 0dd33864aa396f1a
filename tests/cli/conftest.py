"""Fixtures of the command line: an installation of its own, and the command on it."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import Outcome, Trainer, run_main


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder that the settings name."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("TRAINER_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def database(data_dir: Path, sqlite_template: Path) -> Path:
    """A database with schema and shipped content in that folder."""
    return Path(shutil.copy(sqlite_template, data_dir / "trainer.db"))


@pytest.fixture
def trainer(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Trainer:
    """The command on that installation."""

    def run(*words: str) -> Outcome:
        return run_main(monkeypatch, capfd, words)

    return run

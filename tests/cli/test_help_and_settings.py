"""Help of every command, and settings that cannot be used: one clear sentence, exit code 1."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.cli.running import Trainer
from trainer.cli import commands
from trainer.settings import BadSettings, read_settings

ROOT = Path(__file__).resolve().parents[2]
GROUPS = sorted(name for name, one in commands.commands.items() if isinstance(one, click.Group))


def every_command(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*before, name)
        if isinstance(command, click.Group):
            yield from every_command(command, (*before, name))


def test_the_module_is_the_command_and_lists_every_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "trainer", "--help"], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 0
    assert done.stderr == ""
    assert [name for name in commands.commands if f"  {name} " not in done.stdout] == []


@pytest.mark.parametrize("words", list(every_command(commands)), ids=" ".join)
def test_every_command_has_help(words: tuple[str, ...], trainer: Trainer) -> None:
    result = trainer(*words, "--help")

    assert result.code == 0
    assert f"Usage: trainer {' '.join(words)}" in result.out


def test_there_are_the_groups_of_the_operating_guide() -> None:
    assert GROUPS == ["content", "item", "rebuild", "scenario", "user"]


def test_the_version_is_known_without_being_installed(trainer: Trainer) -> None:
    result = trainer("--version")

    assert result.code == 0
    assert result.out == "trainer 0.1.0\n"


def test_an_unknown_command_is_named(trainer: Trainer) -> None:
    result = trainer("serv")

    assert result.code == 2
    assert "No such command 'serv'" in result.err


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TRAINER_PROT", "8000", "TRAINER_PROT is not a setting. Known are: TRAINER_DATABASE_URL"),
        ("TRAINER_PORT", "70000", "TRAINER_PORT must be a whole number from 1 to 65535."),
        ("TRAINER_PORT", "0", "TRAINER_PORT must be a whole number from 1 to 65535."),
        ("TRAINER_PORT", "http", "TRAINER_PORT must be a whole number from 1 to 65535."),
        ("TRAINER_PORT", "²", "TRAINER_PORT must be a whole number from 1 to 65535."),
        ("TRAINER_PROXIES", "-1", "TRAINER_PROXIES must be a whole number from 0 to 5."),
        ("TRAINER_SECRET_KEY", "short", "TRAINER_SECRET_KEY must be at least 32 random"),
        ("TRAINER_SECRET_KEY", "a" * 64, "TRAINER_SECRET_KEY must be at least 32 random"),
        ("TRAINER_PUBLIC_URL", "trainer.edu", "TRAINER_PUBLIC_URL must start with http:// or"),
        ("TRAINER_DATABASE_URL", "mysql://u:secret@h/d", "TRAINER_DATABASE_URL must start with"),
        ("TRAINER_DATABASE_URL", "postgresql:", "TRAINER_DATABASE_URL cannot be used"),
        ("TRAINER_DATABASE_URL", "sqlite:////none/such/a.db", "The database cannot be used"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    name: str, value: str, sentence: str, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    result = trainer("migrate")

    assert result.code == 1
    assert result.out == ""
    assert result.err.startswith(f"\n{sentence}")
    assert "secret" not in result.err


def test_a_port_out_of_range_on_the_command_line_is_refused(trainer: Trainer) -> None:
    result = trainer("serve", "--port", "65536")

    assert result.code == 2
    assert "65536 is not in the range 1<=x<=65535" in result.err


@pytest.mark.parametrize("with_key", [False, True], ids=["key in the folder", "key given"])
def test_a_data_folder_that_cannot_be_written_is_named(
    with_key: bool, tmp_path: Path, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_its_place = tmp_path / "file"
    in_its_place.write_text("")
    monkeypatch.setenv("TRAINER_DATA_DIR", str(in_its_place))
    if with_key:
        monkeypatch.setenv("TRAINER_SECRET_KEY", "0123456789abcdef" * 2)

    result = trainer("migrate")

    assert result.code == 1
    assert result.err == (
        f"\nThe data folder {in_its_place} cannot be written (File exists). "
        "Give another one with TRAINER_DATA_DIR.\n\n"
    )


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_named_before_anything_is_made(
    command: str, data_dir: Path, trainer: Trainer
) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        result = trainer(command, "--port", str(port))

    assert result.code == 1
    assert f"Port {port} on 127.0.0.1 cannot be used (Address already in use)." in result.err
    assert "give another port: --port 8001" in result.err
    assert [path.name for path in data_dir.iterdir()] == ["secret-key"]


def test_a_host_that_does_not_exist_is_named(trainer: Trainer) -> None:
    result = trainer("serve", "--host", "300.1.1.1", "--port", "8765")

    assert result.code == 1
    assert "Port 8765 on 300.1.1.1 cannot be used" in result.err


def test_the_secret_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    environment = {"TRAINER_DATA_DIR": str(tmp_path / "new" / "data")}

    first, second = read_settings(environment), read_settings(environment)

    assert first == second
    assert len(first.secret_key) == 64
    assert (first.data_dir / "secret-key").stat().st_mode & 0o777 == 0o600


def test_an_empty_secret_key_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("\n")

    with pytest.raises(BadSettings, match="secret-key holds no key"):
        read_settings({"TRAINER_DATA_DIR": str(tmp_path)})


def test_an_empty_environment_is_not_replaced_by_the_real_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.settings._default_data_dir", lambda: tmp_path)
    monkeypatch.setenv("TRAINER_PORT", "9000")

    assert read_settings({}).port == 8000

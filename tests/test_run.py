"""The starter run.py: what it needs, what it says when that is missing, what it hands over."""

import ast
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

RUN = Path(__file__).resolve().parent.parent / "run.py"
LOCK = "alembic==1.20.1 --hash=sha256:83490def\n"
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="stands in a shell script for Python")


@pytest.fixture
def starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py as a module whose folder is an empty one with lock files."""
    spec = importlib.util.spec_from_file_location("starter", RUN)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "requirements").mkdir()
    for name in ("base.txt", "test.txt"):
        (tmp_path / "requirements" / name).write_text(LOCK)
    monkeypatch.setattr(module, "HERE", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "python")
    return module


@pytest.fixture
def ran(starter: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run; the environment is there, without uv."""
    commands: list[list[str]] = []
    starter.VENV.mkdir()
    starter.PYTHON.write_text("")
    monkeypatch.setattr(starter, "run", lambda command, why: commands.append(command))
    monkeypatch.setattr(starter, "hand_over", lambda command: commands.append(command) or 7)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    return commands


def said(act: Callable[..., Any], *arguments: Any) -> str:
    """The sentence with which it stops."""
    with pytest.raises(SystemExit) as stopped:
        act(*arguments)
    return str(stopped.value.code)


def raises(error: BaseException) -> Callable[..., Any]:
    def act(*arguments: Any, **options: Any) -> None:
        raise error

    return act


def test_it_needs_the_standard_library_only_and_stays_small() -> None:
    tree = ast.parse(RUN.read_text())
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported == {
        "ensurepip", "hashlib", "os", "pathlib", "shutil", "signal", "subprocess", "sys", "venv",
    }  # fmt: skip
    assert imported <= sys.stdlib_module_names
    assert len(RUN.read_text().splitlines()) <= 150


def test_a_python_of_2019_gets_as_far_as_the_message() -> None:
    tree = ast.parse(RUN.read_text(), feature_version=(3, 7))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    annotations = [part.annotation for f in functions for part in f.args.args] + [
        f.returns for f in functions
    ]

    # list[str] outside of quotes is an error there as soon as the file is read.
    assert [ast.unparse(a) for a in annotations if isinstance(a, ast.Subscript | ast.BinOp)] == []


def test_an_old_python_is_told_which_one_is_needed(
    starter: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))

    assert said(starter.main, []) == (
        "\nThis is Python 3.10. MA Trainer needs Python 3.11 or later; "
        "please install it and start again.\n"
    )
    assert ran == []


def test_a_missing_venv_module_is_named_with_its_package(
    starter: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    sentence = said(starter.make_venv)

    assert f"sudo apt install python3.{sys.version_info[1]}-venv" in sentence
    assert not starter.VENV.exists()


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(13, "Permission denied"),
        OSError(30, "Read-only file system"),
        ValueError("Refusing to create a venv because the path contains :"),
        subprocess.CalledProcessError(1, ["ensurepip"]),
    ],
)
def test_a_folder_that_takes_no_environment_is_named_and_left_clean(
    starter: ModuleType, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    starter.VENV.mkdir()
    monkeypatch.setattr(venv, "create", raises(error))

    sentence = said(starter.make_venv)

    assert str(starter.VENV) in sentence
    assert "Move this folder to a place where you may write" in sentence
    assert not starter.VENV.exists()


def test_a_set_up_that_is_interrupted_leaves_no_half_environment(
    starter: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    starter.VENV.mkdir()
    monkeypatch.setattr(venv, "create", raises(KeyboardInterrupt()))

    with pytest.raises(KeyboardInterrupt):
        starter.make_venv()

    assert not starter.VENV.exists()


def test_a_file_that_cannot_be_written_is_named(
    starter: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    error = PermissionError(13, "Permission denied", "/opt/trainer/.venv/installed-base")
    monkeypatch.setattr(starter, "install", raises(error))

    assert "No permission to write /opt/trainer/.venv/installed-base." in said(starter.main, [])


def test_an_environment_that_is_there_is_kept(
    starter: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(venv, "create", raises(AssertionError("made anew")))

    starter.make_venv()

    assert starter.PYTHON.exists()


def test_libraries_are_installed_with_pip_by_their_hashes(
    starter: ModuleType, ran: list[list[str]]
) -> None:
    lock = starter.HERE / "requirements" / "base.txt"

    starter.install(lock)

    assert ran == [
        [
            str(starter.PYTHON), "-m", "pip", "install", "--disable-pip-version-check",
            "--no-input", "-q", "--require-hashes", "-r", str(lock),
        ]
    ]  # fmt: skip


def test_uv_is_used_when_it_is_on_the_path(
    starter: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/local/bin/{name}")
    lock = starter.HERE / "requirements" / "base.txt"

    starter.install(lock)

    assert ran == [
        [
            "/usr/local/bin/uv", "pip", "install", "--python", str(starter.PYTHON),
            "--require-hashes", "-r", str(lock),
        ]
    ]  # fmt: skip


def test_libraries_are_installed_again_only_when_the_lock_changes(
    starter: ModuleType, ran: list[list[str]]
) -> None:
    lock = starter.HERE / "requirements" / "base.txt"

    starter.install(lock)
    starter.install(lock)
    assert len(ran) == 1

    lock.write_text(LOCK + "click==8.3.0 --hash=sha256:9b9f285302\n")
    starter.install(lock)
    assert len(ran) == 2


def test_an_installation_that_failed_is_tried_again(
    starter: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = starter.HERE / "requirements" / "base.txt"
    works = starter.run
    monkeypatch.setattr(starter, "run", lambda command, why: starter.stop(f"{why} did not work"))

    assert said(starter.install, lock) == "\nInstalling the libraries did not work\n"

    monkeypatch.setattr(starter, "run", works)
    starter.install(lock)
    assert len(ran) == 1


def test_a_step_that_fails_shows_its_output_and_its_purpose(
    starter: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    # Also when the output is not in the encoding of this computer.
    script = "import sys; sys.stdout.buffer.write(b'no matching hash \\xff\\x81'); sys.exit(1)"

    sentence = said(starter.run, [sys.executable, "-c", script], "Installing the libraries")

    assert "Installing the libraries did not work" in sentence
    assert "no matching hash" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ["trainer", "serve"]),
        (["--port", "8001"], ["trainer", "serve", "--port", "8001"]),
        (["--host=0.0.0.0"], ["trainer", "serve", "--host=0.0.0.0"]),
        (["demo", "--port", "8001"], ["trainer", "demo", "--port", "8001"]),
        (["user", "list"], ["trainer", "user", "list"]),
        (["--help"], ["trainer", "--help"]),
        (["test"], ["pytest"]),
        (["test", "tests/core", "-x"], ["pytest", "tests/core", "-x"]),
    ],
)
def test_words_are_handed_to_the_program(
    starter: ModuleType, ran: list[list[str]], words: list[str], expected: list[str]
) -> None:
    code = said(starter.main, words)

    assert ran[-1] == [str(starter.PYTHON), "-m", *expected]
    assert code == "7"


@pytest.mark.parametrize(("words", "lock"), [([], "base.txt"), (["test"], "test.txt")])
def test_tests_bring_their_own_libraries(
    starter: ModuleType, ran: list[list[str]], words: list[str], lock: str
) -> None:
    said(starter.main, words)

    assert ran[0][-1] == str(starter.HERE / "requirements" / lock)


def ready_folder(folder: Path, script: str) -> Path:
    """A copy of run.py with an environment whose Python is this script."""
    copy = Path(shutil.copy(RUN, folder / "run.py"))
    (folder / "requirements").mkdir()
    (folder / "requirements" / "base.txt").write_text(LOCK)
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!{sys.executable}\n{script}")
    python.chmod(0o755)
    stamp = folder / ".venv" / "installed-base"
    stamp.write_text(hashlib.sha256(LOCK.encode()).hexdigest())
    return copy


@POSIX_ONLY
def test_the_program_runs_in_its_own_folder_and_its_exit_code_is_passed_on(tmp_path: Path) -> None:
    script = "import json, os, sys\nprint(json.dumps([os.getcwd(), *sys.argv[1:]]))\nsys.exit(5)\n"
    copy = ready_folder(tmp_path, script)

    done = subprocess.run(
        [sys.executable, str(copy), "user", "list"], cwd="/", capture_output=True, text=True
    )

    assert json.loads(done.stdout) == [str(tmp_path.resolve()), "-m", "trainer", "user", "list"]
    assert done.returncode == 5
    assert done.stderr == ""


@POSIX_ONLY
def test_an_interrupted_program_has_the_time_to_clean_up(tmp_path: Path) -> None:
    script = (
        "import sys, time\ntry:\n    print('ready', flush=True)\n    time.sleep(30)\n"
        "except KeyboardInterrupt:\n    time.sleep(0.6)\n    print('clean')\n"
    )
    copy = ready_folder(tmp_path, script)

    with subprocess.Popen(
        [sys.executable, str(copy)], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        rest, _ = process.communicate(timeout=20)

    assert rest == "clean\n"
    assert process.returncode == 0


@POSIX_ONLY
def test_a_request_to_end_is_passed_on_and_leaves_nothing_behind(tmp_path: Path) -> None:
    script = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('ended', flush=True)))\n"
        "print('ready', flush=True)\ntime.sleep(30)\n"
    )
    copy = ready_folder(tmp_path, script)

    with subprocess.Popen(
        [sys.executable, str(copy)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.1)
        process.terminate()
        rest, _ = process.communicate(timeout=20)

    assert rest == "ended\n"

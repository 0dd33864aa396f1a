#!/usr/bin/env python3
"""Sets MA Trainer up and starts it. Needs Python 3.11 or later and nothing else.

python3 run.py          start on an embedded database (Windows: py run.py);
                        takes --port N and --host H
python3 run.py demo     start a sample program on a throw-away database
python3 run.py test     run the tests
Anything else is handed to the `trainer` command: python3 run.py --help
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stop(sentence: str) -> None:
    """End with one sentence that says what to do."""
    sys.exit(f"\n{sentence}\n")


# Annotations are in quotes: a Python too old for list[str] must still get as far as its message.
def run(command: "list[str]", why: str) -> None:
    """Run one step of the set-up; on failure show its output and what it was for."""
    done = subprocess.run(
        command,
        cwd=HERE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        print(done.stdout[-3000:])
        stop(f"{why} did not work; the lines above say why. Is this computer online?")


def make_venv() -> None:
    """Make the virtual environment, or say which package the system lacks."""
    if PYTHON.exists():
        return
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        stop(
            "Python's venv module is missing. On Debian or Ubuntu run "
            f"'sudo apt install python3.{sys.version_info[1]}-venv', then start again."
        )
    print("Making a virtual environment in .venv ...", flush=True)
    try:
        venv.create(VENV, with_pip=True)
    except KeyboardInterrupt:
        # Half an environment would pass for a whole one at the next start.
        shutil.rmtree(VENV, ignore_errors=True)
        raise
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        stop(
            f"A virtual environment could not be made in {VENV} ({error}). "
            "Move this folder to a place where you may write, then start again."
        )


def install(lock: Path) -> None:
    """Install the locked packages, once per content of the lock file."""
    stamp = VENV / f"installed-{lock.stem}"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Installing the libraries (about 20 seconds) ...", flush=True)
    uv = shutil.which("uv")
    tool = (
        [uv, "pip", "install", "--python", str(PYTHON)]
        if uv
        else [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
            "-q",
        ]
    )
    run([*tool, "--require-hashes", "-r", str(lock)], "Installing the libraries")
    stamp.write_text(wanted)


def hand_over(command: "list[str]") -> int:
    """Run the program to its end. Ctrl+C reaches it too; it needs the time to clean up.

    A request to end is passed on, so that no server is left behind.
    """
    with subprocess.Popen(command, cwd=HERE) as program:
        signal.signal(signal.SIGTERM, lambda *_: program.terminate())
        while True:
            try:
                return program.wait()
            except KeyboardInterrupt:
                continue


def main(words: "list[str]") -> None:
    """Set up what is missing, then hand over."""
    if sys.version_info < (3, 11):  # noqa: UP036  (the one file that an old Python may read)
        stop(
            f"This is Python {sys.version_info[0]}.{sys.version_info[1]}. "
            "MA Trainer needs Python 3.11 or later; please install it and start again."
        )
    testing = words[:1] == ["test"]
    try:
        make_venv()
        install(HERE / "requirements" / ("test.txt" if testing else "base.txt"))
    except PermissionError as error:
        stop(f"No permission to write {error.filename}. Move this folder to a place of your own.")
    if not words or words[0].startswith(("--port", "--host")):
        words = ["serve", *words]
    module = ["pytest", *words[1:]] if testing else ["trainer", *words]
    sys.exit(hand_over([str(PYTHON), "-m", *module]))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)

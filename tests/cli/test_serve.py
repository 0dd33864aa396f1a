"""`trainer serve` as a process of its own: the link it prints works, and Ctrl+C stops it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from trainer.cli.serve import _typed

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.skipif(os.name == "nt", reason="sends signals")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_printed_link_opens_the_first_run_page_and_a_signal_stops(
    database: Path, sign: signal.Signals
) -> None:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "trainer", "serve", "--port", str(port)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        assert server.stderr is not None
        said = next(line for line in server.stdout if line.startswith("MA Trainer is running."))
        link = said.removeprefix("MA Trainer is running. Open: ").strip()
        try:
            with urlopen(link, timeout=20) as answer:
                page = answer.read().decode()
        finally:
            os.killpg(server.pid, sign)
        # Not communicate(): it would miss what stands in the buffer of stdout.
        rest, errors = server.stdout.read(), server.stderr.read()

    assert link.startswith(f"http://127.0.0.1:{port}/set-up?code=")
    assert link.partition("code=")[2] in page
    assert rest == "Stop with Ctrl+C.\nStopped.\n"
    assert errors == ""
    assert server.returncode == 0


@pytest.mark.parametrize(
    ("host", "typed"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("trainer.local", "trainer.local"),
        ("0.0.0.0", "localhost"),
        ("::", "localhost"),
        ("::1", "[::1]"),
    ],
)
def test_the_address_shown_is_one_that_a_browser_understands(host: str, typed: str) -> None:
    assert _typed(host) == typed

"""Starting the server: the real one, and one with a sample program on a throw-away database."""

import logging
import os
import signal
import socket
import tempfile
from dataclasses import replace
from pathlib import Path

import click
import waitress

from trainer import clock, sample
from trainer.app import make_app
from trainer.cli.wiring import bring_in_content, open_database
from trainer.services.accounts import setup
from trainer.services.hashing import Hasher
from trainer.settings import BadSettings, Settings, read_settings
from trainer.store.session import Sessions

THREADS = 4


@click.command()
@click.option("--host", help="Address to listen on; 127.0.0.1 unless set.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; 8000 unless set.")
def serve(host: str | None, port: int | None) -> None:
    """Start the trainer; makes and migrates the database when needed."""
    settings = _with_address(read_settings(), host, port)
    _check_port(settings)
    sessions = open_database(settings)
    bring_in_content(settings, sessions)
    path = ""
    with sessions.transaction() as session:
        if not setup.is_set_up(session):
            code = clock.code()
            setup.issue_set_up_code(session, code, now=clock.now())
            path = f"/set-up?code={code}"
    _listen(settings, sessions, {"MA Trainer is running. Open": path})


@click.command()
@click.option("--host", help="Address to listen on; 127.0.0.1 unless set.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; 8000 unless set.")
def demo(host: str | None, port: int | None) -> None:
    """Start a sample program on a throw-away database, with links that sign in."""
    settings = _with_address(read_settings(), host, port)
    _check_port(settings)
    with tempfile.TemporaryDirectory(prefix="trainer-demo-", ignore_cleanup_errors=True) as folder:
        settings = replace(
            settings, data_dir=Path(folder), database_url=f"sqlite:///{folder}/demo.db"
        )
        sessions = open_database(settings)
        bring_in_content(settings, sessions)
        click.echo("Simulating six weeks of 24 students ...")
        hasher = Hasher(settings.hash_time, settings.hash_memory_kib)
        shown = sample.fill_demo(sessions, hasher, now=clock.now(), tell=click.echo)
        secrets = {role: clock.token() for role in shown}
        links = {f"{role}, {name}": f"/enter/{secrets[role]}" for role, (name, _) in shown.items()}
        people = {secrets[role]: person_id for role, (_, person_id) in shown.items()}
        _listen(settings, sessions, links, people)


def _with_address(settings: Settings, host: str | None, port: int | None) -> Settings:
    return replace(settings, host=host or settings.host, port=port or settings.port)


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # On Windows this option would let the probe share a port that somebody listens on.
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise BadSettings(
                f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}). "
                "Stop the other program, or give another port: --port 8001."
            ) from error


def _typed(host: str) -> str:
    """The host as it is typed into a browser on this computer."""
    if host in {"0.0.0.0", "::"}:
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _listen(
    settings: Settings,
    sessions: Sessions,
    links: dict[str, str],
    demo_links: dict[str, int] | None = None,
) -> None:
    app = make_app(settings, sessions, demo_links=demo_links)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = waitress.create_server(
        app, host=settings.host, port=settings.port, threads=THREADS, ident=None
    )
    base = settings.public_url or f"http://{_typed(settings.host)}:{settings.port}"
    for text, path in links.items():
        click.echo(f"{text}: {base}{path}")
    click.echo("Stop with Ctrl+C.")
    # Ctrl+C and a request to end come out of this call alike: waitress lets its threads finish.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server.run()
    click.echo("Stopped.")

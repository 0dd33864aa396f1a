"""Server time of answering a question and showing the next one, beside a bare endpoint.

Both run in this process on their own SQLite file with the same settings, turn by turn, so that
whatever else the machine does meets both. Bounded: so many answers, then it stops. The first
answers warm both up and are not timed; their statements are counted, which would cost time later.

    python benchmarks/answer.py [--answers 300]
"""

import argparse
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from flask import Flask, render_template  # noqa: E402
from jinja2 import DictLoader  # noqa: E402
from sqlalchemy import String, select  # noqa: E402
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column  # noqa: E402

from tests.make import Browser, World  # noqa: E402
from trainer import clock  # noqa: E402
from trainer.app import make_app  # noqa: E402
from trainer.content.bundle import load_content  # noqa: E402
from trainer.services import catalogue  # noqa: E402
from trainer.settings import Settings, shipped_root  # noqa: E402
from trainer.store.migrate import migrate  # noqa: E402
from trainer.store.session import Sessions, counting_statements, make_engine  # noqa: E402


class BareBase(DeclarativeBase):
    """Tables of the bare endpoint."""


class Note(BareBase):
    """One row as simple as it gets."""

    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(80))


def bare_app(folder: Path) -> Flask:
    """Reads one row, inserts one row, commits, renders a small template."""
    engine = make_engine(f"sqlite:///{folder / 'bare.db'}")
    BareBase.metadata.create_all(engine)
    app = Flask("bare")
    app.jinja_loader = DictLoader({"small.html": "<h1>{{ n.text }}</h1><p>Saved.</p>"})
    with Session(engine.execution_options(writes=True)) as session:
        session.add(Note(text="first"))
        session.commit()

    @app.post("/answer")
    def answer() -> str:
        with Session(engine.execution_options(writes=True)) as session:
            first = session.scalars(select(Note).where(Note.id == 1)).one()
            session.add(Note(text="another"))
            page = render_template("small.html", n=first)
            session.commit()
            return page

    return app


def our_app(folder: Path) -> tuple[Flask, Sessions, list[float]]:
    """The program with its content and people; its clock is moved by hand."""
    url = f"sqlite:///{folder / 'ours.db'}"
    sessions = Sessions(make_engine(url))
    migrate(sessions.engine)
    with sessions.transaction() as session:
        catalogue.sync(session, load_content(shipped_root()), now=clock.now())
    shift = [0.0]
    began = clock.now()
    settings = Settings(folder, url, "benchmark-key-" * 4, hash_time=1, hash_memory_kib=8)
    app = make_app(settings, sessions, lambda: began + timedelta(seconds=shift[0]))
    World.build(sessions, began)
    return app, sessions, shift


def hidden(page: str) -> dict[str, str]:
    """Hidden fields of the answer form and its first option."""
    fields = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', page))
    option = re.search(r'type="radio"[^>]*name="choice"[^>]*value="([^"]+)"', page)
    assert option, page[:500]
    return {**fields, "choice": option.group(1)}


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def report(name: str, times: list[float]) -> float:
    middle = statistics.median(times)
    print(
        f"{name:<34} median {middle * 1000:6.2f} ms   mean {statistics.mean(times) * 1000:6.2f} ms"
        f"   p95 {percentile(times, 0.95) * 1000:6.2f} ms   n {len(times)}"
    )
    return middle


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=300)
    wanted = parser.parse_args().answers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = bare_app(folder).test_client()
        app, sessions, shift = our_app(folder)
        student = Browser(app).sign_in("student")
        bare_times: list[float] = []
        post_times: list[float] = []
        both_times: list[float] = []
        statements: list[int] = []
        sitting, starts = "", 0
        while len(both_times) < wanted:
            if not sitting:
                starts += 1
                assert starts <= wanted + 50, "no set of questions can be started"
                shift[0] += 86400
                student = Browser(app).sign_in("student")
                student.get("/practice")
                form = {"kind": "bank", "bank": BANKS[0], "questions": "20"}
                answer = student.post("/practice/start", form)
                BANKS.append(BANKS.pop(0))
                if answer.status_code != 303 or "/practice/" not in answer.location:
                    continue
                sitting = answer.location
            page = student.get(sitting)
            if page.status_code != 200 or 'name="choice"' not in page.get_data(as_text=True):
                sitting = ""
                continue
            fields = hidden(page.get_data(as_text=True))
            shift[0] += 30
            if len(statements) < COUNTED:
                bare.post("/answer")
                with counting_statements(sessions.engine) as count:
                    student.post(f"{sitting}/answer", fields)
                    statements.append(count())
                continue
            started = time.perf_counter()
            bare.post("/answer")
            bare_times.append(time.perf_counter() - started)
            started = time.perf_counter()
            student.client.post(f"{sitting}/answer", data=fields)
            post_times.append(time.perf_counter() - started)
            student.client.get(sitting)
            both_times.append(time.perf_counter() - started)
        commit = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
        ).stdout.strip()
        where = f"{platform.platform()}, Python {platform.python_version()}"
        print(f"{clock.now():%Y-%m-%d}, commit {commit}, {where}")
        base = report("bare endpoint", bare_times)
        report("answer (commit, redirect)", post_times)
        both = report("answer and next question", both_times)
        print(f"ratio of the medians: {both / base:.2f}")
        print(f"SQL statements of an answer: at most {max(statements)}")


COUNTED = 40
BANKS = [
    "infection-control", "vital-signs", "pharmacology", "terminology", "administrative",
    "law-ethics", "immunization",
]  # fmt: skip

if __name__ == "__main__":
    main()

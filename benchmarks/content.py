"""Time to load and check all content, cold and from the cache, and to the first page.

python benchmarks/content.py
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from trainer import clock  # noqa: E402
from trainer.content.bundle import load_content  # noqa: E402
from trainer.content.readers.scenarios import read_scenario  # noqa: E402
from trainer.settings import shipped_root  # noqa: E402


def timed(what: str, folder: Path) -> tuple[float, int]:
    """Seconds to load everything, and the number of questions."""
    started = time.perf_counter()
    bundle = load_content(shipped_root(), folder)
    took = time.perf_counter() - started
    print(
        f"{what:<34} {took:6.3f} s   {len(bundle.items)} items, {len(bundle.scenarios)} scenarios"
    )
    return took, len(bundle.items)


def scenarios_alone() -> float:
    """Seconds to read the scenarios and prove their graphs."""
    started = time.perf_counter()
    for path in sorted((shipped_root() / "scenarios").glob("*.yaml")):
        read_scenario(path)
    return time.perf_counter() - started


def start_to_first_page(data: Path) -> float:
    """Seconds from the command to the first answered request."""
    env = {**os.environ, "TRAINER_DATA_DIR": str(data), "TRAINER_PORT": "8765"}
    started = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "run.py"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() - started < 60:
            try:
                urllib.request.urlopen("http://127.0.0.1:8765/health", timeout=1).read()
                return time.perf_counter() - started
            except OSError:
                time.sleep(0.02)
        raise SystemExit("the server did not start within 60 s")
    finally:
        server.terminate()
        server.wait(20)


def main() -> None:
    """Measure and print."""
    print(f"{clock.now():%Y-%m-%d}, {platform.platform()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cold, items = timed("cold, all read and checked", folder / "cache")
        proving = scenarios_alone()
        print(f"{'  of which proving the scenarios':<34} {proving:6.3f} s")
        print(f"{'  questions, per 1,000':<34} {(cold - proving) / items * 1000:6.3f} s")
        timed("from the cache", folder / "cache")
        start_to_first_page(folder / "data")
        print(f"{'second start to first page':<34} {start_to_first_page(folder / 'data'):6.3f} s")


if __name__ == "__main__":
    main()

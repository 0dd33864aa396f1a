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
from trainer.settings import shipped_root  # noqa: E402


def timed(what: str, folder: Path) -> tuple[float, int]:
    started = time.perf_counter()
    bundle = load_content(shipped_root(), folder)
    took = time.perf_counter() - started
    print(
        f"{what:<28} {took:6.3f} s   {len(bundle.items)} items, {len(bundle.scenarios)} scenarios"
    )
    return took, len(bundle.items)


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
        cold, items = timed("cold, read and checked", folder / "cache")
        print(f"{'cold, per 1,000 items':<28} {cold / items * 1000:6.3f} s")
        timed("from the cache", folder / "cache")
        start_to_first_page(folder / "data")
        print(f"{'second start to first page':<28} {start_to_first_page(folder / 'data'):6.3f} s")


if __name__ == "__main__":
    main()

"""The rooms of the program: who may import whom, and who may read the clock."""

import ast
from pathlib import Path

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "trainer"
SHARED_SERVICES = {
    "access", "audit", "cards", "catalogue", "hashing", "item_access", "limits", "people",
}  # fmt: skip
FEATURES = {"accounts", "assignments", "bank", "cohorts", "practice", "progress", "scenarios"}
# Besides the standard library and the layers below.
OUTSIDE = {
    "core": {"fsrs", "pydantic"},
    "content": {"yaml", "pydantic", "markdown_it", "nh3", "pydantic_core"},
    "store": {"sqlalchemy", "alembic"},
    "services": {"sqlalchemy", "argon2"},
    "web": {"flask", "flask_wtf", "wtforms", "jinja2", "markupsafe", "werkzeug"},
}
# web sees errors of the database only to turn them into status codes.
EXCEPTIONS = {("web/errors.py", "sqlalchemy"), ("web/request.py", "sqlalchemy")}
EDGE = {"clock.py", "app.py", "settings.py"}
CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "monotonic"), ("os", "urandom"), ("uuid", "uuid4"),
}  # fmt: skip
RANDOM_MODULES = {"random", "secrets", "uuid"}
STANDARD_FILES = {"os", "environ"}


def modules(layer: str = "") -> list[Path]:
    return sorted((PACKAGE / layer).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Full names of the modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def foreign(path: Path) -> set[str]:
    """Top-level packages that are neither ours nor of the standard library."""
    import sys

    tops = {name.split(".")[0] for name in imports(path)}
    return {top for top in tops if top not in sys.stdlib_module_names and top != "trainer"}


def clock_calls(path: Path) -> list[str]:
    found = []
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            base = node.func.value
            name = base.id if isinstance(base, ast.Name) else getattr(base, "attr", "")
            if (name, node.func.attr) in CLOCKS:
                found.append(f"{path.name}:{node.lineno} {name}.{node.func.attr}()")
    found += [f"{path.name} imports {m}" for m in imports(path) & RANDOM_MODULES]
    return found


def test_layers_import_downwards_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    configure()

    passed = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)

    assert passed


@pytest.mark.parametrize("layer", sorted(OUTSIDE))
def test_a_layer_uses_only_its_own_outside_packages(layer: str) -> None:
    wrong = []
    for path in modules(layer):
        place = path.relative_to(PACKAGE).as_posix()
        extra = foreign(path) - OUTSIDE[layer]
        wrong += [f"{place}: {name}" for name in extra if (place, name) not in EXCEPTIONS]

    assert wrong == []


def test_only_the_edge_reads_the_clock_or_makes_random_numbers() -> None:
    inside = [p for layer in OUTSIDE for p in modules(layer)]

    assert [call for path in inside for call in clock_calls(path)] == []


def test_services_never_commit() -> None:
    calls = [
        f"{path.name}:{node.lineno}"
        for layer in ("services", "store")
        for path in modules(layer)
        if path.name != "session.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback"}
    ]

    assert calls == []


def test_feature_services_never_import_each_other() -> None:
    wrong = []
    for feature in FEATURES:
        for path in modules(f"services/{feature}"):
            for name in imports(path):
                parts = name.split(".")
                if parts[:2] == ["trainer", "services"] and len(parts) > 2:
                    other = parts[2]
                    if other in FEATURES - {feature}:
                        wrong.append(f"{path.relative_to(PACKAGE)}: {name}")

    assert wrong == []


def test_every_service_is_a_known_feature_or_a_shared_one() -> None:
    present = {
        p.stem if p.is_file() else p.name
        for p in (PACKAGE / "services").iterdir()
        if p.name not in {"__init__.py", "__pycache__"}
    }

    assert present <= SHARED_SERVICES | FEATURES


def test_only_settings_reads_the_environment() -> None:
    readers = [
        path.relative_to(PACKAGE).as_posix()
        for path in modules()
        if any(name in path.read_text() for name in ("os.environ", "os.getenv", "getenv("))
    ]

    assert readers == ["settings.py"]


def test_files_and_folders_stay_small() -> None:
    long = [
        f"{p.relative_to(PACKAGE)}: {n} lines"
        for p in modules()
        if "migrations" not in p.parts and (n := len(p.read_text().splitlines())) > 300
    ]
    full = [
        str(folder.relative_to(PACKAGE))
        for folder in [PACKAGE, *PACKAGE.rglob("*")]
        if folder.is_dir() and len([p for p in folder.glob("*.py") if p.stem != "__init__"]) > 15
    ]

    assert long == []
    assert full == []


def test_the_checks_catch_planted_faults(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(
        "from datetime import datetime\nimport random\nimport flask\nx = datetime.now()\n"
    )

    assert clock_calls(planted) == ["planted.py:4 datetime.now()", "planted.py imports random"]
    assert foreign(planted) == {"flask"}

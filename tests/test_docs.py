"""What the program can do is written down: every command, option, setting and module."""

from pathlib import Path

import click

from trainer import settings
from trainer.cli import commands

ROOT = Path(__file__).resolve().parent.parent
OPERATING = (ROOT / "docs" / "operating.md").read_text()
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()


def paths(group: click.Group, prefix: str) -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name, command in group.commands.items():
        full = f"{prefix} {name}"
        found += paths(command, full) if isinstance(command, click.Group) else [(full, command)]
    return found


def test_every_command_and_option_is_in_the_operating_guide() -> None:
    missing = []
    for full, command in paths(commands, "trainer"):
        lines = [line for line in OPERATING.splitlines() if f"`{full}" in line]
        options = [o for p in command.params if isinstance(p, click.Option) for o in p.opts]
        missing += [full] if not lines else []
        missing += [f"{full} {o}" for o in options if not any(o in line for line in lines)]

    assert missing == []


def test_every_setting_is_in_the_operating_guide() -> None:
    names = [f"TRAINER_{name}" for name in settings._READERS] + sorted(settings._OTHERS_KNOWN)

    assert [name for name in names if name not in OPERATING] == []


def test_every_module_has_its_line_in_the_architecture_page() -> None:
    modules = [
        p.relative_to(ROOT).as_posix()
        for p in sorted((ROOT / "trainer").rglob("*.py"))
        if p.name != "__init__.py" and "versions" not in p.parts
    ]

    assert [m for m in modules if f"`{m.removeprefix('trainer/')}`" not in ARCHITECTURE] == []


def test_every_command_explains_itself() -> None:
    assert [full for full, command in paths(commands, "trainer") if not command.help] == []


def test_the_readme_names_both_commands_and_its_picture_exists() -> None:
    readme = (ROOT / "README.md").read_text()
    pictures = [part.split(")")[0] for part in readme.split("](")[1:] if ".png)" in part]

    assert "python3 run.py" in readme
    assert "python3 run.py test" in readme
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)

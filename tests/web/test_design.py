"""The design system keeps its promises: contrast, vendored files, no inline code, icons that exist.

Source: ui.md sections 2, 3 and 10.
"""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "trainer" / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# Color on ground: contrast in the light and in the dark theme (ui.md section 3).
TEXT_PAIRS = [
    ("ink", "surface", 15.9, 14.5),
    ("ink-2", "surface", 8.1, 9.6),
    ("ink-2", "sunken", 7.0, 10.2),
    ("ink-3", "surface", 6.0, 7.0),
    ("ink-3", "sunken", 5.1, 7.5),
    ("primary", "surface", 8.0, 8.6),
    ("primary", "primary-soft", 6.7, 6.7),
    ("on-primary", "primary", 8.0, 8.3),
    ("on-hero", "hero", 11.6, 11.6),
    ("on-hero-2", "hero", 8.3, 7.6),
    ("on-hero-btn", "hero-btn", 12.3, 8.3),
    ("good", "good-soft", 5.8, 7.7),
    ("bad", "bad-soft", 6.3, 7.8),
    ("bad", "surface", 7.4, 8.4),
    ("warn", "warn-soft", 6.5, 8.7),
    ("flag", "flag-soft", 6.8, 7.7),
    ("on-crit", "crit", 8.2, 7.8),
]
SHAPE_PAIRS = [
    ("hero-line", "hero", 4.2, 3.7),
    ("crit-mark", "surface", 8.2, 4.8),
    ("line-strong", "surface", 4.2, 4.7),
    ("line-strong", "sunken", 3.6, 5.0),
    ("focus", "surface", 6.5, 11.8),
    ("data", "surface", 8.0, 8.6),
    ("data", "data-band", 4.8, 3.7),
    ("data", "track", 6.6, 6.2),
]


def themes() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The color tokens: light, dark by the switch, dark by the system."""
    css = (STATIC / "tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(r"(:root[^{]*)\{([^}]*)\}", css)
    assert len(blocks) == 3
    light, switched, system = (
        dict(re.findall(r"--([\w-]+):\s*(#[0-9A-F]{6,8})\b", body)) for _, body in blocks
    )
    return light, switched, system


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colors, the brighter one on top."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("least", "front", "back", "light", "dark"),
    [(4.5, *pair) for pair in TEXT_PAIRS] + [(3.0, *pair) for pair in SHAPE_PAIRS],
)
def test_contrast_is_what_the_design_promises(
    least: float, front: str, back: str, light: float, dark: float
) -> None:
    bright, switched, _ = themes()

    measured = [contrast(theme[front], theme[back]) for theme in (bright, switched)]

    assert measured == pytest.approx([light, dark], abs=0.06)
    assert min(measured) >= least


def test_the_focus_ring_shows_on_the_hero_in_both_themes() -> None:
    light, dark, _ = themes()

    assert round(contrast(light["focus-on-hero"], light["hero"]), 1) == 8.6
    assert round(contrast(dark["focus"], dark["hero"]), 1) == 8.8


def test_both_dark_blocks_say_the_same() -> None:
    _, switched, system = themes()

    assert switched == system


def test_every_token_in_use_is_defined() -> None:
    defined = set(re.findall(r"--([\w-]+):", (STATIC / "tokens.css").read_text(encoding="utf-8")))

    for sheet in STATIC.glob("*.css"):
        used = set(re.findall(r"var\(--([\w-]+)", sheet.read_text(encoding="utf-8")))
        assert used - defined == set(), sheet.name


def test_style_sheets_load_nothing_from_elsewhere() -> None:
    for sheet in STATIC.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "@import" not in text
        addresses = re.findall(r"url\([\"']?([^\"')]+)", text)
        assert [one for one in addresses if not one.startswith("fonts/")] == [], sheet.name


@pytest.mark.parametrize(
    "entry",
    json.loads((STATIC / "vendor.json").read_text(encoding="utf-8")),
    ids=lambda e: e["name"],
)
def test_vendored_file_is_the_listed_one_and_has_its_licence(entry: dict[str, str]) -> None:
    content = (STATIC / entry["file"]).read_bytes()

    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert (STATIC / entry["licence_file"]).stat().st_size > 200
    assert entry["version"]
    assert entry["licence"] in {"OFL-1.1", "0BSD", "ISC"}


def test_nothing_foreign_stands_outside_the_vendor_list() -> None:
    listed = {entry["file"] for entry in json.loads((STATIC / "vendor.json").read_text("utf-8"))}
    ours = {"app.js", "items.js", "favicon.svg"}

    found = {
        path.relative_to(STATIC).as_posix()
        for path in STATIC.rglob("*")
        if path.suffix in {".js", ".svg", ".woff2", ".png", ".ttf"}
    }

    assert found == listed | ours


def test_own_script_stays_under_15_kilobytes() -> None:
    assert sum((STATIC / name).stat().st_size for name in ("app.js", "items.js")) < 15_000


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_template_has_no_inline_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:|\|\s*safe\b", text) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", text) == []


def icons_used(text: str) -> set[str]:
    """Names given as literals to the icon macro or to an icon parameter."""
    calls = re.findall(r"\bicon\(((?:[^()]|\([^()]*\))*)\)", text)
    names = {name for call in calls for name in re.findall(r"[\"']([a-z][a-z0-9-]{2,})[\"']", call)}
    names |= set(
        re.findall(r"(?:chip|notice)\([^\n]*?,\s*[\"'][a-z]*[\"'],\s*[\"']([a-z-]+)[\"']\)", text)
    )
    names |= set(re.findall(r"(?:lead_icon|tail_icon|icon_name)=[\"']([a-z0-9-]+)[\"']", text))
    return names


def test_every_icon_used_is_in_the_sprite() -> None:
    sprite = (STATIC / "icons.svg").read_text(encoding="utf-8")
    there = set(re.findall(r"<symbol id=\"([\w-]+)\"", sprite))
    other_words = {"warn", "ascending"}  # compared with inside a call, not icons

    used = set().union(*(icons_used(path.read_text(encoding="utf-8")) for path in TEMPLATES))

    assert used - there - other_words == set()
    assert "mark" in there

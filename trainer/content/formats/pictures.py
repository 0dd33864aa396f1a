"""Drawings of the question banks: the index and the SVG files, each checked before it counts.

A drawing goes into pages as it is, so only plain shapes, texts and class names pass (promise P34
refuses foreign SVG; these are our own files, and are held to the same).
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from trainer.content.models.entries import check_frame, read_entries
from trainer.content.models.items import PictureEntry
from trainer.content.problems import Problem
from trainer.content.yamlfile import Document, FieldPath, read_yaml
from trainer.core.items import Picture

INDEX: Final = "pictures.yaml"
MAX_BYTES: Final = 60_000
_NS: Final = "{http://www.w3.org/2000/svg}"
_ELEMENTS_WORDS = """
    svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker
    clipPath pattern linearGradient stop use
"""
_ELEMENTS: Final = frozenset(_ELEMENTS_WORDS.split())
_ATTRIBUTES_WORDS = """
    viewBox class id d x y x1 y1 x2 y2 cx cy r rx ry width height points transform fill
    fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray opacity
    text-anchor dominant-baseline font-size font-weight textLength dx dy rotate offset
    stop-opacity markerWidth markerHeight refX refY orient marker-end marker-start marker-mid
    clip-path patternUnits patternTransform gradientUnits href data-region role aria-hidden
    letter-spacing fill-rule clip-rule preserveAspectRatio stroke-miterlimit
"""
_ATTRIBUTES: Final = frozenset(_ATTRIBUTES_WORDS.split())
_OUTSIDE: Final = re.compile(r"url\((?!#)|:|//|javascript", re.IGNORECASE)


def read_pictures(folder: Path, shown_as: str) -> tuple[dict[str, Picture], list[Problem]]:
    """All drawings by code, and what keeps others from being drawings."""
    index = folder / INDEX
    if not index.exists():
        return {}, []
    document, problems = read_yaml(index, f"{shown_as}/{INDEX}")
    if document is None:
        return {}, problems
    problems = check_frame(document, ("pictures",))
    if problems:
        return {}, problems
    entries, problems = read_entries(document, "pictures", PictureEntry)
    found: dict[str, Picture] = {}
    for path, entry in entries:
        svg, wrong = _read_svg(folder / f"{entry.code}.svg", entry)
        problems += [document.problem(path, "I34", f"[{entry.code}] {text}") for text in wrong]
        if entry.code in found:
            problems.append(document.problem(path, "C01", f"{entry.code} is there twice."))
        if not wrong:
            found[entry.code] = Picture(entry.code, entry.alt, svg)
    return found, [*problems, *_strays(folder, shown_as, document, {e.code for _, e in entries})]


def regions_of(picture: Picture) -> dict[str, str]:
    """Region ids of a drawing, in order; the value is the number drawn on it."""
    ids = re.findall(r'data-region="([a-h])"', picture.svg)
    return {region: str(place + 1) for place, region in enumerate(sorted(set(ids)))}


def _read_svg(path: Path, entry: PictureEntry) -> tuple[str, list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return "", [f"There is no readable file {path.name}."]
    if len(text) > MAX_BYTES:
        return "", [f"{path.name} is larger than {MAX_BYTES // 1000} kB."]
    return check_svg(text, [region.id for region in entry.regions])


def check_svg(text: str, regions: list[str]) -> tuple[str, list[str]]:
    """The drawing as it goes into a page, and what is wrong with it.

    Everything that could run, load or reach out of the drawing is refused, not cleaned.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text or "<?xml-" in text:
        return "", ["A drawing has no document type and no entities."]
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        return "", [f"The drawing is not well formed: {error}."]
    wrong = list(dict.fromkeys(_refusals(root)))
    if root.tag != f"{_NS}svg" or "viewBox" not in root.attrib:
        wrong.append("A drawing is one svg element with a viewBox.")
    drawn = [one.attrib["data-region"] for one in root.iter() if "data-region" in one.attrib]
    if sorted(drawn) != sorted(regions):
        wrong.append(f"Regions drawn ({', '.join(drawn)}) and listed ({', '.join(regions)}).")
    if wrong:
        return "", wrong
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    return ET.tostring(root, encoding="unicode"), []


def _refusals(root: ET.Element) -> Iterator[str]:
    for one in root.iter():
        name = str(one.tag).removeprefix(_NS)
        if name not in _ELEMENTS:
            yield f"The element {name[:30]} is not allowed."
        yield from _bad_attributes(one.attrib)


def _bad_attributes(attributes: Mapping[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        if name not in _ATTRIBUTES:
            yield f"The attribute {name[:30]} is not allowed."
        elif _OUTSIDE.search(value) or (name == "href" and not value.startswith("#")):
            yield f"{name} may only point inside the drawing."


def _strays(folder: Path, shown_as: str, document: Document, listed: set[str]) -> Iterator[Problem]:
    top: FieldPath = ("pictures",)
    for path in sorted(folder.iterdir()):
        if path.name != INDEX and (path.suffix != ".svg" or path.stem not in listed):
            yield document.problem(top, "C02", f"{shown_as}/{path.name} is not in the index.")

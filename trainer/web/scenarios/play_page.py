"""What one step of a play shows: scene, patient card, clock, choices."""

import re
from typing import Any

from flask import url_for

from trainer.core.scenario import play as engine
from trainer.core.scenario.conditions import holds
from trainer.core.scenario.model import Node, Scenario
from trainer.services.scenarios.playing import Running
from trainer.web.scenarios.transcript import story_time, transcript_lines

_LETTERS = {
    "Temperature": "T", "Pulse": "P", "Respirations": "R", "Blood pressure": "BP", "SpO2": "SpO2",
}  # fmt: skip
_OWN_QUOTES = re.compile(r"[\"“]([^\"“”]*)[\"”]")


def play_page(running: Running, *, moved: bool = False, error: str = "") -> dict[str, Any]:
    """The page value of scenarios/play.html."""
    scenario, state = running.scenario, running.state
    node = scenario.nodes[state.node]
    choices = engine.offered(scenario, state)
    is_hub = node.kind == "hub"
    inner = [c for c in choices if not (is_hub and c.is_exit)]
    exits = [c for c in choices if is_hub and c.is_exit]
    return {
        "title": scenario.title,
        "subtitle": "Practice · story clock, no rush",
        "phases": _phases(scenario, node),
        "time": story_time(scenario, state.clock),
        "minute": f"minute {state.clock} of {scenario.clock.max}",
        "patient": _patient(running),
        "place": node.place or scenario.setting,
        "step": running.next_step,
        "heading": node.title,
        "text": engine.scene_text(node, state.facts).split("\n\n"),
        "says": node.says,
        "ask": node.ask or "What do you do?",
        "mode": "hub" if is_hub else "choice",
        "choices": [{"id": c.id, "text": c.text} for c in inner],
        "done": _done(running, node) if is_hub else [],
        "exit": {"id": exits[0].id, "text": exits[0].text} if exits else None,
        "more_exits": [{"id": c.id, "text": c.text} for c in exits[1:]],
        "used": _used(running, node) if is_hub else "",
        "hub_hint": "Do what you think is needed, in your order, then go on.",
        "chosen": "",
        "error": error,
        "moved": moved,
        "transcript": transcript_lines(running),
        "transcript_url": url_for("scenarios.transcript", play_id=running.play.id),
        "leave_url": url_for("scenarios.index"),
    }


def _phases(scenario: Scenario, node: Node) -> list[tuple[str, str]]:
    ids = [phase.id for phase in scenario.phases]
    at = ids.index(node.phase) if node.phase in ids else -1
    return [
        (phase.name, "done" if i < at else "current" if i == at else "")
        for i, phase in enumerate(scenario.phases)
    ]


def _patient(running: Running) -> dict[str, Any]:
    """The card fills as things become known; no high or low marks, comparing is the task."""
    patient, facts = running.scenario.patient, running.state.facts
    if patient is None:
        return {
            "name": running.scenario.title, "line": running.scenario.setting, "identity": "",
            "vitals_line": "", "vitals_title": "", "facts": [], "vitals": [],
        }  # fmt: skip
    checked = patient.identity is not None and holds(patient.identity, facts)
    known = [(f.label, f.text if holds(f.when, facts) else "") for f in patient.facts]
    says = [("Reason for the visit, as told", in_quotes(patient.says))] if patient.says else []
    vitals = [(v.label, v.value if holds(v.when, facts) else "", v.unit) for v in patient.vitals]
    measured = [_short(label, value, unit) for label, value, unit in vitals if value]
    born = f"born {patient.born}" if patient.born else ""
    return {
        "name": patient.name,
        "line": " · ".join(part for part in (patient.age, born) if part),
        "identity": "Identity checked, 2 identifiers" if checked else "",
        "vitals_line": " · ".join(measured[:5]),
        "vitals_title": "Vitals" if vitals else "",
        "facts": [*says, *known],
        "vitals": vitals,
    }


def _short(label: str, value: str, unit: str) -> str:
    """A vital sign for the one line of the folded card; the usual letters need no unit."""
    if label in _LETTERS:
        return f"{_LETTERS[label]} {value}"
    return f"{label} {value} {unit}".strip()


def in_quotes(says: str) -> str:
    """The complaint in quotation marks; what somebody else retells brings its own."""
    if _OWN_QUOTES.search(says):
        return _OWN_QUOTES.sub(r"“\1”", says)
    return f"“{says}”"


def _done(running: Running, node: Node) -> list[dict[str, str]]:
    inner = {c.id: c for c in node.choices if not c.is_exit}
    return [
        {"text": inner[t.choice].text, "at": story_time(running.scenario, t.minute)}
        for t in running.state.taken
        if t.choice in inner
    ]


def _used(running: Running, node: Node) -> str:
    if node.max_picks is None:
        return ""
    return f"{engine.picks_used(node, running.state.path)} of {node.max_picks} used"

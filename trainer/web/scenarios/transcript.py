"""The story so far: scenes, choices and minutes, in order."""

from typing import Any

from flask import url_for

from trainer.core.scenario import play as engine
from trainer.core.scenario.model import Scenario
from trainer.services.scenarios.playing import Running


def story_time(scenario: Scenario, minute: int) -> str:
    """`9:14 am` when the scenario has a wall clock, else `minute 9`."""
    return scenario.clock.wall_at(minute) or f"minute {minute}"


Line = tuple[str, str, str, str]
"""When, who, what, and the kind: scene, says or you."""


def transcript_lines(running: Running) -> list[Line]:
    """The lines so far, in order."""
    scenario = running.scenario
    lines: list[Line] = []
    before = ""
    for state in engine.walk(scenario, running.play.seed, running.state.path):
        node = scenario.nodes[state.node]
        if state.taken:
            last = state.taken[-1]
            text = scenario.choices[last.choice].text
            lines.append(_line(scenario, last.began, "You", text, "you"))
        if node.id != before:
            text = engine.scene_text(node, state.facts)
            lines.append(_line(scenario, state.clock, node.place, text, "scene"))
            if node.says is not None:
                lines.append(_line(scenario, state.clock, node.says.who, node.says.text, "says"))
        before = node.id
    return lines


def _line(scenario: Scenario, minute: int, who: str, text: str, kind: str) -> Line:
    return story_time(scenario, minute), who, text, kind


def transcript_page(running: Running) -> dict[str, Any]:
    """The page value of scenarios/transcript.html."""
    over = running.play.ended_at is not None
    target = "scenarios.debrief" if over else "scenarios.play"
    return {
        "title": running.scenario.title,
        "summary": running.scenario.summary,
        "transcript": transcript_lines(running),
        "back_url": url_for(target, play_id=running.play.id),
        "back_label": "Back to the debrief" if over else "Back to the visit",
    }

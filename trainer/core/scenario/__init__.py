"""Branching scenarios: the value, playing it, scoring it, its report and its checks (design B)."""

from trainer.core.scenario.model import Scenario
from trainer.core.scenario.play import NotOffered, State, choose, ended, offered, replay, start
from trainer.core.scenario.report import NotEnded, make_report, report_text
from trainer.core.scenario.version import ENGINE_VERSION

__all__ = [
    "ENGINE_VERSION",
    "NotEnded",
    "NotOffered",
    "Scenario",
    "State",
    "choose",
    "ended",
    "make_report",
    "offered",
    "replay",
    "report_text",
    "start",
]

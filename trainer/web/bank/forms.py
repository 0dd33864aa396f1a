"""Fields and words of reports and decisions. What they mean is decided in the services."""

from dataclasses import dataclass
from typing import Any, Final

from flask import request
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from trainer.services.bank import decisions, reports
from trainer.services.bank.decisions import Wanted
from trainer.services.bank.reports import Report
from trainer.services.bank.states import Act, State
from trainer.web.forms import Form, SelectChoice

ABOUT: Final = {
    reports.WRONG: "The answer is wrong",
    reports.TWO_RIGHT: "Two answers could be right",
    reports.OUTDATED: "Out of date",
    reports.UNCLEAR: "Hard to read or a typo",
    reports.OTHER: "Other",
}
# The word, the kind of its chip, and its icon.
STATES: Final = {
    State.IN_USE: ("In use", "good", "circle-check"),
    State.QUARANTINED: ("In quarantine", "warn", "circle-pause"),
    State.RETIRED: ("Retired", "", "circle-slash"),
    State.REMOVED: ("Not in the files any more", "thin", "circle-dashed"),
}
DONE: Final = {
    "quarantine": "Put in quarantine", "release": "Released", "retire": "Retired",
    "correct": "Correction told", "publish": "Published",
}  # fmt: skip
_TEXT: Final = 2 * decisions.MAX_TEXT


class ReportForm(Form):
    """What is wrong with a question."""

    op_id = HiddenField(validators=[InputRequired(), Length(8, 64)])
    about = RadioField(
        "What is wrong?", choices=[SelectChoice(code, text) for code, text in ABOUT.items()],
        validate_choice=False,
        validators=[InputRequired("Choose what the report is about.")],
    )  # fmt: skip
    text = TextAreaField(
        "Say more",
        description="For example: which answer, and where you have read it. At most "
        f"{reports.MAX_TEXT} characters.",
    )

    def value(self) -> Report:
        """The report as the service takes it."""
        return Report(self.op_id.data or "", self.about.data or "", self.text.data or "")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer in progress, carried through the report page and back."""

    choice: tuple[str, ...]
    confidence: str


def kept_answer() -> Kept | None:
    """What was chosen on the question page, if it came along."""
    chosen = tuple(value[:80] for value in request.form.getlist("choice")[:20])
    sure = request.form.get("confidence", "")
    sure = sure if sure in {"1", "2", "3"} else ""
    return Kept(chosen, sure) if sure or any(chosen) else None


class CloseForm(Form):
    """The answer to a report."""

    outcome = TextAreaField(
        "Answer", description="The student reads it. Say what you found and what was done.",
        validators=[Length(max=_TEXT, message=f"At most {reports.MAX_TEXT} characters.")],
    )  # fmt: skip


class DecisionForm(Form):
    """A decision about a question."""

    reason = TextAreaField(
        "Reason", description="It stays in the log, with your name. Students do not see it.",
    )  # fmt: skip
    erratum = TextAreaField(
        "Correction for students",
        description="Told to everybody who answered this question. Leave it empty when nothing "
        "that was taught has changed.",
    )
    source_url = StringField(
        "Source of the correction",
        description="The whole address, such as https://www.cdc.gov/vaccines.",
    )
    seen = IntegerField(validators=[Optional()])

    def value(self, act: Act) -> Wanted:
        """The decision as the service takes it."""
        # No row has a larger number, and the database could not compare one.
        seen = min(abs(self.seen.data or 0), 2**31 - 1)
        return Wanted(
            act, self.reason.data or "", self.erratum.data or "", self.source_url.data or "", seen
        )


ASK: Final[dict[Act, dict[str, Any]]] = {
    Act.QUARANTINE: {
        "title": "Put this question in quarantine?", "button": "Put in quarantine",
        "lead": "It is not asked any more from this moment on. Answers already given stay as "
        "they are. Who has it open now is told that it is being checked.",
        "done": "The question is in quarantine. Nobody is asked it any more.",
        "keep": "Leave it in use", "tells": False, "must_tell": False,
    },
    Act.RELEASE: {
        "title": "Release this question?", "button": "Release", "keep": "Leave it as it is",
        "lead": "It is asked again, in the version that is current now.",
        "done": "The question is in use again.", "tells": True,
        "must_tell": False,
    },
    Act.RETIRE: {
        "title": "Retire this question?", "button": "Retire", "keep": "Leave it as it is",
        "lead": "It is not asked any more. Its versions and answers are kept, and it can be "
        "brought back.",
        "done": "The question is retired. Nobody is asked it any more.", "tells": True,
        "must_tell": False,
    },
    Act.CORRECT: {
        "title": "Tell students about a correction?", "button": "Tell students",
        "keep": "Tell nobody",
        "lead": "Everybody who answered this question sees the correction on Today until it is "
        "opened, and whether the own answer counts otherwise now.",
        "done": "The correction is told to everybody who answered.", "tells": True,
        "must_tell": True,
    },
}  # fmt: skip

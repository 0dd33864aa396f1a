"""Fields of a new assignment."""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    SelectMultipleField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from trainer.core.assignments import local_moment
from trainer.core.names import MAX_TEXT
from trainer.services.assignments.make import NOTHING_CHOSEN, Draft
from trainer.web.forms import Form, line

_OP_ID = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")


def _ticks(label: str) -> SelectMultipleField:
    # Unknown codes go to the service, which says so in words instead of "not a valid choice".
    return SelectMultipleField(
        label, validate_choice=False, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip


class AssignForm(Form):
    """What is to be done, and by when."""

    op_id = HiddenField(
        "Form", validators=[Regexp(_OP_ID, message="This form is incomplete. Open it again.")]
    )
    title = line("Title", 120)
    note = TextAreaField(
        "Note", description="Students see it below the title.",
        validators=[Length(max=MAX_TEXT, message=f"At most {MAX_TEXT} characters.")],
    )  # fmt: skip
    scenarios = _ticks("Scenarios")
    banks = _ticks("Question banks")
    questions = IntegerField(
        "Questions", default=20, validators=[Optional()],
        description="How many, 5 to 50, one on each idea. Only used with question banks.",
    )  # fmt: skip
    due_on = DateField("Due day", validators=[InputRequired("Give a day, like 2026-11-30.")])
    due_time = TimeField(
        "Due time", default=time(23, 59), validators=[InputRequired("Give a time, like 23:59.")]
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Say at once, with all other faults, that nothing was chosen."""
        fits = bool(super().validate(extra_validators))
        if not self.scenarios.data and not self.banks.data:
            self.scenarios.errors = [NOTHING_CHOSEN]
            return False
        return fits

    def draft(self, zone: str) -> Draft:
        """The work as meant by somebody in this time zone. Raises Invalid for a skipped time."""
        assert self.due_on.data is not None
        assert self.due_time.data is not None
        return Draft(
            self.title.data or "", self.note.data or "",
            local_moment(self.due_on.data, self.due_time.data, zone),
            tuple(self.scenarios.data or ()), tuple(self.banks.data or ()), self.questions.data,
        )  # fmt: skip

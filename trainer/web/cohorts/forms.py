"""Fields of the cohort pages."""

import re
from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from trainer.core.errors import Invalid
from trainer.services.cohorts import importing
from trainer.web.converters import RowId
from trainer.web.forms import Form, line

_UPLOAD_LIMIT = 1_000_000


def row_id(text: Any) -> int:
    """A row id from a form; 0, which no row has, for anything else."""
    return int(text) if re.fullmatch(RowId.regex, str(text)) else 0


class CohortForm(Form):
    """A new cohort."""

    name = line("Cohort name", 120, description="Students see it, too. For example: MA Fall 2026.")
    exam_code = SelectField(
        "Exam", validate_choice=False,
        description="The outline that the class's results are compared with.",
        validators=[InputRequired("Choose the exam that this cohort prepares for.")],
    )  # fmt: skip


class SeatsForm(Form):
    """A class code."""

    seats = IntegerField(
        "Seats", default=30, description="How many students may join with it.",
        validators=[InputRequired("Give the number of seats from 1 to 200.")],
    )  # fmt: skip


class ColleagueForm(Form):
    """A further instructor of a cohort."""

    person_id = SelectField(
        "Colleague", coerce=row_id, validate_choice=False,
        validators=[InputRequired("Choose a colleague.")],
    )  # fmt: skip


class RosterForm(Form):
    """A class list, pasted or as a file."""

    text = TextAreaField(
        "Paste the list",
        description="The first line names the columns: name, login. Then one student a line.",
    )
    file = FileField("Or choose a CSV file")

    def list_text(self) -> str:
        """The list that was sent; a file counts more than pasted text. Raises Invalid."""
        sent = self.file.data
        if isinstance(sent, FileStorage) and sent.filename:
            return importing.read_file(sent.stream.read(_UPLOAD_LIMIT))
        if not (self.text.data or "").strip():
            raise Invalid("text", "Paste a list or choose a file.")
        return str(self.text.data)

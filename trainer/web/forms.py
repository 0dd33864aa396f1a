"""What all forms share: CSRF from Flask-WTF, limits on length, errors from services."""

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.fields.core import Field
from wtforms.validators import DataRequired, Length

from trainer.core.errors import Invalid

__all__ = ["Form", "SelectChoice", "line"]


class Form(FlaskForm):  # type: ignore[misc]  # no stubs
    """Base of all forms."""

    def refuse(self, error: Invalid) -> None:
        """Show a service's refusal at its field, or at the top when the form has no such field."""
        if error.field in self._fields:
            field: Field = self._fields[error.field]
            field.errors = [*field.errors, error.message]
        else:
            self.form_errors.append(error.message)

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Run a use case; None after showing its Invalid at the field."""
        try:
            return act()
        except Invalid as error:
            self.refuse(error)
            return None


def _with_article(label: str) -> str:
    lower = label.lower()
    return lower if lower.startswith("your ") else f"the {lower}"


def line(label: str, limit: int = 200, *, missing: str = "", **kw: Any) -> StringField:
    """A required line of text."""
    return StringField(
        label,
        validators=[
            DataRequired(missing or f"Please write {_with_article(label)}."),
            Length(max=limit, message=f"At most {limit} characters."),
        ],
        **kw,
    )

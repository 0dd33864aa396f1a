"""Fields of the practice forms. What they mean is decided in the services."""

from wtforms import HiddenField, IntegerField
from wtforms.fields.core import Field
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainer.core.items.given import written
from trainer.services.practice.answering import AnswerForm
from trainer.services.practice.sittings import BANK, NEW, REVIEW, SIZES, Wanted
from trainer.web.forms import Form
from trainer.web.items import moved


class ChoiceField(Field):
    """All values sent under one name, in their order; what they mean is known by item type."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = tuple(value[:80] for value in valuelist[:20])


class AnswerFields(Form):
    """An answer. Which options there are is known to the service alone."""

    class Meta:
        # The app has checked the token of every POST before; a second look and a token for a
        # page that is not shown would cost time on every answer.
        csrf = False

    step = IntegerField(validators=[InputRequired(), NumberRange(1, 100_000)])
    op_id = HiddenField(validators=[InputRequired(), Length(8, 64)])
    choice = ChoiceField()
    move = HiddenField(validators=[Length(max=20)])
    confidence = IntegerField(validators=[Optional(), NumberRange(1, 3)])

    def value(self) -> AnswerForm:
        """The answer as the service takes it."""
        given = written(self.choice.data or ())
        return AnswerForm(
            self.step.data or 0, self.op_id.data or "", given or None, self.confidence.data
        )

    @property
    def moved(self) -> tuple[str, ...]:
        """The steps after one was moved up or down by a button, when no script has done it."""
        return moved(self.choice.data or (), self.move.data or "")


class StartForm(Form):
    """What to start from Today or the practice page."""

    kind = HiddenField(validators=[InputRequired()])
    bank = HiddenField(validators=[Length(max=80)])
    questions = IntegerField(default=SIZES[1], validators=[Optional()])

    def wanted(self) -> Wanted:
        """The start as the service takes it; kinds with an own address are not among them."""
        kind = self.kind.data if self.kind.data in {REVIEW, NEW, BANK} else ""
        if kind != BANK:
            return Wanted(kind)
        return Wanted(kind, self.bank.data or "", self.questions.data or SIZES[1])

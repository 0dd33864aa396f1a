"""Fields of the account pages."""

from functools import cache
from zoneinfo import available_timezones

from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from trainer.core.names import MAX_LOGIN, MAX_NAME
from trainer.core.passwords import LONGEST, SHORTEST
from trainer.core.roles import ROLES, STAFF
from trainer.web.forms import Form, SelectChoice, line

CODE_LIMIT = 40
NEW_PASSWORD = f"At least {SHORTEST} characters. Four plain words work well."
_REGIONS = ("America/", "US/", "Pacific/", "Atlantic/", "Europe/", "Africa/", "Asia/", "Australia/")


@cache
def zone_choices() -> list[SelectChoice]:
    """Time zones to choose from, American ones first."""
    named = [z for z in available_timezones() if z.startswith(_REGIONS)]
    ordered = sorted(named, key=lambda z: (not z.startswith(("US/", "America/")), z))
    return [SelectChoice(z, z.replace("_", " ")) for z in ["UTC", *ordered]]


def password(label: str, autocomplete: str) -> PasswordField:
    """A password field that password managers understand; a new one says what is asked of it."""
    return PasswordField(
        label,
        description=NEW_PASSWORD if autocomplete == "new-password" else "",
        validators=[
            InputRequired("Please write the password."),
            Length(max=LONGEST, message=f"At most {LONGEST} characters."),
        ],
        render_kw={"autocomplete": autocomplete},
    )


def login(label: str = "Sign-in name") -> StringField:
    """The sign-in name."""
    return line(
        label, MAX_LOGIN,
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )  # fmt: skip


def zone() -> SelectField:
    """A time zone by name."""
    return SelectField("Time zone", choices=zone_choices(), default="America/New_York")


class SignInForm(Form):
    """Signing in."""

    login = login()
    password = password("Password", "current-password")


class SetUpForm(Form):
    """The first administrator."""

    code = line(
        "One-time code", CODE_LIMIT, render_kw={"autocomplete": "one-time-code"},
        description="It stands in the window where MA Trainer was started.",
    )  # fmt: skip
    program_name = line("Program name", 200, description="Everybody on the staff sees it.")
    name = line("Your name", MAX_NAME, render_kw={"autocomplete": "name"})
    login = login()
    password = password("Password", "new-password")
    zone = zone()
    also_staff = BooleanField("I also teach or direct this program", default=True)
    sample = BooleanField(
        "Fill with a sample class to look around",
        description="Eight made-up students. Their work cannot be deleted later.",
    )


class ResetForm(Form):
    """A new password with a code handed over in person."""

    login = login()
    code = line("Reset code", CODE_LIMIT, render_kw={"autocomplete": "one-time-code"})
    password = password("New password", "new-password")


class JoinCodeForm(Form):
    """The code of a class or of a personal invitation."""

    code = line("Invitation code", CODE_LIMIT, render_kw={"autocomplete": "one-time-code"})


class JoinForm(JoinCodeForm):
    """A student joins a class."""

    name = line("Your name", MAX_NAME, render_kw={"autocomplete": "name"})
    login = login()
    password = password("Password", "new-password")


class InvitedForm(JoinCodeForm):
    """A person from a roster chooses a password."""

    password = password("Password", "new-password")


class PasswordForm(Form):
    """A new password for oneself."""

    old_password = password("Present password", "current-password")
    new_password = password("New password", "new-password")


class ProfileForm(Form):
    """Own settings."""

    exam_code = SelectField("Exam", validators=[Optional()], validate_choice=True)
    exam_date = DateField(
        "Exam day", validators=[Optional()],
    )  # fmt: skip
    minutes_a_day = IntegerField(
        "Minutes a day", validators=[InputRequired("Give the minutes as a whole number.")]
    )
    zone = zone()
    confidence_on = BooleanField("Ask how sure I am before checking an answer")
    keys_on = BooleanField("Single-letter keys in questions and scenarios")


class StaffForm(Form):
    """An account for a colleague."""

    name = line("Name", MAX_NAME)
    login = login()
    role = SelectField("Role", choices=[SelectChoice(r, r.capitalize()) for r in STAFF])


class RolesForm(Form):
    """Roles of one person."""

    roles = SelectMultipleField(
        "Roles",
        choices=[SelectChoice(r, r.capitalize()) for r in ROLES],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[DataRequired("Choose at least one role.")],
    )

"""Pages on who people are: set-up, signing in, codes, own account, people of the program."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from trainer.web.accounts import account, people, sign_in  # noqa: E402

__all__ = ["account", "bp", "people", "sign_in"]

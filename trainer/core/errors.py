"""The ways in which a request can be refused. Knows no status codes; `web` maps them."""


class Refused(Exception):
    """Base of every refusal that a person should be told about in plain words."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class NotFound(Refused):
    """There is no such thing, or it is not this person's to see. Both get one answer."""


class SignInNeeded(Refused):
    """Nobody is signed in, and this needs somebody."""


class Conflict(Refused):
    """The state has moved on since the page was made. Show the present state."""


class TooMany(Refused):
    """A limit was reached; trying again later will work.

    `retry_after_s` says how many seconds later.
    """

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Invalid(Refused):
    """One field holds something that cannot be accepted."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field

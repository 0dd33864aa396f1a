"""The one place that reads the clock and makes secrets. Everyone else is handed the result."""

import secrets
from datetime import UTC, datetime

# Without 0/O, 1/I/L, 5/S, 2/Z and U/V: codes are read from paper and from a board.
_CODE_LETTERS = "346789ABCDEFGHJKMNPQRTWXY"


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def token() -> str:
    """A secret of 256 bits for a sign-in session."""
    return secrets.token_urlsafe(32)


def seed() -> str:
    """A seed of 128 bits, stored with what it orders."""
    return secrets.token_hex(16)


def code(groups: int = 3) -> str:
    """A one-time code of four-letter groups (18.6 bits each) to be handed over in person."""
    return "-".join("".join(secrets.choice(_CODE_LETTERS) for _ in range(4)) for _ in range(groups))

"""Hashes of passwords, tokens and codes. Source of the cost: promise P32."""

import hashlib
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError


@dataclass(frozen=True, slots=True)
class Hasher:
    """argon2id with the cost of this installation."""

    time_cost: int
    memory_kib: int
    _library: PasswordHasher = field(init=False)
    _nobody: str = field(init=False)

    def __post_init__(self) -> None:
        library = PasswordHasher(
            time_cost=self.time_cost, memory_cost=self.memory_kib, parallelism=1
        )
        object.__setattr__(self, "_library", library)
        object.__setattr__(self, "_nobody", library.hash("nobody has this password"))

    def hash(self, password: str) -> str:
        """The hash to store for a password, used exactly as typed."""
        return self._library.hash(password.encode("utf-8", "surrogatepass"))

    def verify(self, stored: str | None, password: str) -> bool:
        """True when the password fits. Takes as long when there is no such person."""
        try:
            fits = self._library.verify(
                stored or self._nobody, password.encode("utf-8", "surrogatepass")
            )
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
        return fits and stored is not None


def token_hash(token: str) -> str:
    """What is stored of a session token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def code_hash(code: str) -> str:
    """What is stored of a one-time code; case, spaces and dashes do not matter."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(f"code|{plain}".encode("utf-8", "surrogatepass")).hexdigest()

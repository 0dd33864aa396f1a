"""The settings of an installation, read from the environment once. No other module reads it."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PACKAGE_DIR: Final = Path(__file__).resolve().parent
_PREFIX: Final = "TRAINER_"
# Read by the test suite and by CI, not by the program; named here so that a typo in a real
# setting still stands out.
_OTHERS_KNOWN: Final = frozenset({"TRAINER_TEST_POSTGRES"})


class BadSettings(Exception):
    """A setting cannot be used. The message names it and says what to write."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two installations."""

    data_dir: Path
    """Folder of the embedded database and of the secret key."""
    database_url: str
    """SQLAlchemy URL; PostgreSQL when it starts with `postgresql`."""
    secret_key: str
    """Signs form tokens. Made once and kept in the data folder when not given."""
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    """Address that students type, when a proxy stands in front; https makes cookies Secure."""
    proxies: int = 0
    """How many trusted proxies stand in front of the server."""
    hash_time: int = 2
    hash_memory_kib: int = 19456
    """Cost of argon2id: the OWASP profile, 34 ms a sign-in on the reference machine."""

    @property
    def secure(self) -> bool:
        """True when cookies may be marked Secure and carry the `__Host-` prefix."""
        return self.public_url.startswith("https://")

    @property
    def content_root(self) -> Path:
        """Folder that holds question_banks/ and scenarios/."""
        return shipped_root()

    @property
    def templates_dir(self) -> Path:
        """Folder of the page templates."""
        return shipped_root() / "templates"


def shipped_root() -> Path:
    """Where content and templates lie: beside the package in a clone, inside it in a wheel."""
    clone = PACKAGE_DIR.parent
    return clone if (clone / "question_banks").is_dir() else PACKAGE_DIR / "_data"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings from the environment. Raises BadSettings naming the variable."""
    given_env = os.environ if environ is None else environ
    env = {name: text for name, text in given_env.items() if name.startswith(_PREFIX)}
    known = {f"{_PREFIX}{name}" for name in _READERS} | _OTHERS_KNOWN
    for name in sorted(set(env) - known):
        raise BadSettings(f"{name} is not a setting. Known are: {', '.join(sorted(known))}.")
    given = {name.removeprefix(_PREFIX): value.strip() for name, value in env.items()}
    data_dir = Path(given.get("DATA_DIR") or _default_data_dir()).expanduser().resolve()
    return Settings(
        data_dir=data_dir,
        database_url=_database_url(given.get("DATABASE_URL", ""), data_dir),
        secret_key=_secret_key(given.get("SECRET_KEY"), data_dir),
        host=given.get("HOST") or "127.0.0.1",
        port=_whole(given, "PORT", 8000, 1, 65535),
        public_url=_public_url(given.get("PUBLIC_URL", "")),
        proxies=_whole(given, "PROXIES", 0, 0, 5),
    )


_READERS: Final = (
    "DATA_DIR", "DATABASE_URL", "SECRET_KEY", "HOST", "PORT", "PUBLIC_URL", "PROXIES",
)  # fmt: skip


def _default_data_dir() -> Path:
    clone = PACKAGE_DIR.parent
    return clone / "data" if (clone / "run.py").is_file() else Path("trainer-data")


def _whole(given: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text[:9]) <= high:
        raise BadSettings(f"{_PREFIX}{name} must be a whole number from {low} to {high}.")
    return int(text)


def _database_url(text: str, data_dir: Path) -> str:
    # The address holds a password, so it is not repeated.
    if text and not text.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:")):
        raise BadSettings("TRAINER_DATABASE_URL must start with postgresql:// or sqlite:///.")
    return text or f"sqlite:///{data_dir / 'trainer.db'}"


def _public_url(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise BadSettings("TRAINER_PUBLIC_URL must start with http:// or https://.")
    return text.rstrip("/")


def _secret_key(given: str | None, data_dir: Path) -> str:
    if given is not None:
        if len(given) < 32 or len(set(given)) < 8:
            raise BadSettings("TRAINER_SECRET_KEY must be at least 32 random characters.")
        return given
    path = data_dir / "secret-key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make_key(path)
        key = path.read_text().strip()
    except OSError as error:
        raise BadSettings(
            f"The data folder {data_dir} cannot be written ({error.strerror}). "
            "Give another one with TRAINER_DATA_DIR."
        ) from error
    if len(key) < 32:
        raise BadSettings(f"{path} holds no key. Start again; if that does not help, delete it.")
    return key


def _make_key(path: Path) -> None:
    # Exclusive creation: of two servers starting at once, one makes the key.
    with (
        suppress(FileExistsError),
        open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file,
    ):
        file.write(secrets.token_hex(32))

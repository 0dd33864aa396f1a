"""The stamp of the scenario rules. Raise it with any change that can move a score or a path."""

from typing import Final

ENGINE_VERSION: Final = "1"

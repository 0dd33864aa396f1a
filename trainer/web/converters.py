"""How ids appear in addresses: plain digits, one spelling each."""

from werkzeug.routing import BaseConverter


class RowId(BaseConverter):
    """A row id: no sign, no leading zero, ASCII digits, below what PostgreSQL's integer holds."""

    regex = r"[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """The id as a number."""
        return int(value)


class ContentCode(BaseConverter):
    """The code of a scenario or an area."""

    regex = r"[a-z0-9][a-z0-9-]{0,79}"

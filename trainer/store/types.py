"""Column types: the moments of the project are aware and in UTC, on both databases."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, types
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles


class UTCDateTime(types.TypeDecorator[datetime]):
    """A moment. Refuses naive values; gives back UTC (SQLite alone would give naive ones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite's STRICT tables know INTEGER, REAL, TEXT and BLOB only.
def _strict(kind: type, name: str) -> None:
    @compiles(kind, "sqlite")
    def compile_type(type_: Any, compiler: Any, **kw: Any) -> str:
        return name


_STRICT: dict[str, tuple[type, ...]] = {
    "TEXT": (
        types.String, types.Text, types.Enum, types.DateTime, types.Date, types.JSON,
    ),
    "INTEGER": (types.Boolean, types.BigInteger, types.SmallInteger),
    "REAL": (types.Float, types.Double),
}  # fmt: skip
for _name, _kinds in _STRICT.items():
    for _kind in _kinds:
        _strict(_kind, _name)

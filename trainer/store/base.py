"""The declarative base: naming of constraints, STRICT tables, and the append-only guard."""

from datetime import datetime
from typing import Annotated, Any, cast

from sqlalchemy import BigInteger, MetaData, String, Table, event
from sqlalchemy.orm import DeclarativeBase, Mapper, ORMExecuteState, Session, mapped_column
from sqlalchemy.types import JSON

from trainer.store.types import UTCDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Moment = Annotated[datetime, mapped_column(UTCDateTime)]
Key = Annotated[int, mapped_column(primary_key=True)]
Code = Annotated[str, mapped_column(String(120))]
Line = Annotated[str, mapped_column(String(300))]
StrList = Annotated[list[str], mapped_column(JSON)]
JsonDict = Annotated[dict[str, Any], mapped_column(JSON)]
Big = Annotated[int, mapped_column(BigInteger)]


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    __table_args__: Any = {"sqlite_strict": True}  # noqa: RUF012  (SQLAlchemy reads it so)


def table_args(*parts: Any) -> tuple[Any, ...]:
    """Constraints and indexes of a table, STRICT on SQLite."""
    return (*parts, {"sqlite_strict": True})


class AppendOnlyError(Exception):
    """Something tried to change or delete a row that is a record of what happened."""


class AppendOnly:
    """Marks a table whose rows are never changed or deleted.

    Triggers made by the migration refuse it in the database; this guard refuses it
    earlier and says where.
    """


@event.listens_for(AppendOnly, "before_update", propagate=True)
@event.listens_for(AppendOnly, "before_delete", propagate=True)
def _refuse_row_change(mapper: Mapper[Any], connection: Any, target: Any) -> None:
    session = Session.object_session(target)
    if session is None or session.is_modified(target) or target in session.deleted:
        raise AppendOnlyError(f"{mapper.local_table} is append-only")


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk_change(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    if mapper is not None and issubclass(mapper.class_, AppendOnly):
        raise AppendOnlyError(f"{mapper.local_table} is append-only")


def table_of(model: type[Base]) -> Table:
    """The table under a model. Statements on it skip the unit of work, which for one row costs
    more than the statement; the guards above do not see them, the triggers do."""
    return cast("Table", model.__table__)


def append_only_tables() -> list[str]:
    """Names of the guarded tables, in a stable order."""
    return sorted(
        m.local_table.name  # type: ignore[attr-defined]
        for m in Base.registry.mappers
        if issubclass(m.class_, AppendOnly)
    )

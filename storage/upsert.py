"""INSERT that expects the row to be there: the one statement that SQLAlchemy spells per dialect."""

from functools import lru_cache

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table, *unless: str) -> Insert:
    """INSERT, or nothing where a row with the same values of these columns is there already.

    The result's ``rowcount`` is 1 or 0.
    """
    return _insert_new(connection.dialect.name, table, unless)


def put(connection: Connection, table: Table) -> Insert:
    """INSERT, or overwrite all other columns of the row with the same primary key."""
    return _put(connection.dialect.name, table)


@lru_cache(maxsize=64)
def _insert_new(dialect: str, table: Table, unless: tuple[str, ...]) -> Insert:
    insert: Insert
    unless = unless or _key(table)
    if dialect == "sqlite":
        insert = sqlite.insert(table).on_conflict_do_nothing(index_elements=unless)
    else:
        insert = postgresql.insert(table).on_conflict_do_nothing(index_elements=unless)
    return insert.execution_options(preserve_rowcount=True)


@lru_cache(maxsize=64)
def _put(dialect: str, table: Table) -> Insert:
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    others = {name: column for name, column in insert.excluded.items() if name not in _key(table)}
    return insert.on_conflict_do_update(index_elements=_key(table), set_=others)


def _key(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key.columns)

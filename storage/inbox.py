"""Deliveries seen, and what was answered: the same one twice does nothing twice."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, text, tuple_, update

from storage.codec import read_names, write_names
from storage.tables import inbox
from storage.upsert import insert_new

_THIS = (
    (inbox.c.school == bindparam("b_school"))
    & (inbox.c.channel == bindparam("b_channel"))
    & (inbox.c.delivery == bindparam("b_delivery"))
)
_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:b_whose, 0))")
_REMEMBER = update(inbox).where(_THIS).values(answer=bindparam("b_answer"))
_RECALL = select(inbox.c.answer).where(_THIS)
_SEEN = inbox.alias("seen")
_OLD = (
    select(_SEEN.c.school, _SEEN.c.channel, _SEEN.c.delivery)
    .where(_SEEN.c.at < bindparam("b_moment"))
    .limit(bindparam("b_limit"))
)
_KEY = tuple_(inbox.c.school, inbox.c.channel, inbox.c.delivery)
_FORGET = delete(inbox).where(_KEY.in_(_OLD))


class SqlInbox:
    """See ``bot.ports.Inbox``."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take_turn(self, school: str, person: str) -> None:
        if self._connection.dialect.name != "sqlite":  # which has one writer anyway
            self._connection.execute(_TURN, {"b_whose": f"{school}/{person}"})

    def claim(self, school: str, channel: str, delivery: str, at: datetime) -> bool:
        # Where another replica has it in work, PostgreSQL waits here until that one has committed.
        row = {"school": school, "channel": channel, "delivery": delivery, "at": at}
        return self._connection.execute(insert_new(self._connection, inbox), row).rowcount == 1

    def remember(self, school: str, channel: str, delivery: str, answer: Mapping[str, str]) -> None:
        this = {"b_school": school, "b_channel": channel, "b_delivery": delivery}
        self._connection.execute(_REMEMBER, {**this, "b_answer": write_names(answer)})

    def recall(self, school: str, channel: str, delivery: str) -> Mapping[str, str] | None:
        this = {"b_school": school, "b_channel": channel, "b_delivery": delivery}
        answer = self._connection.execute(_RECALL, this).scalar()
        return None if answer is None else read_names(answer)

    def forget_before(self, moment: datetime, limit: int) -> int:
        return self._connection.execute(_FORGET, {"b_moment": moment, "b_limit": limit}).rowcount

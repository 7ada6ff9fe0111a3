"""The tables. Every key begins with the school's id, so that the database can be split by school.

What stands here in the open is what P8 lists as readable; everything else is bytes that only
``storage.crypto`` understands. The triggers that make the audit append-only are in the migrations.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as UTC to the microsecond; a naive one is refused.

    SQLite has no type for it: there it is ISO text of one length, which sorts as time does.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, ``timestamp with time zone`` elsewhere."""
        plain: TypeEngine[Any] = String(32) if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(plain)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        """Turn a moment into what the database keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone can't be stored")
        value = value.astimezone(UTC)
        return value.isoformat(timespec="microseconds") if dialect.name == "sqlite" else value

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:
        """Turn what the database kept into an aware moment, UTC."""
        del dialect
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return value.astimezone(UTC) if isinstance(value, datetime) else None


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

# `data_keys` are the visit's data keys, wrapped; without them `details` and the audit are noise.
# `chain_seq` and `chain_head` are the end of the audit chain, so that a cut tail shows. `marked` is
# whether `visit_marks` holds all that it is found by. `policy` is the hash of the policy that was
# frozen in at departure; a row from before there were `policies` has the policy in its state.
visits = Table(
    "visits",
    metadata,
    Column("school", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("reference", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("phase", String, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("wake_at", Moment, index=True),
    Column("schema", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("policy", String(64)),
    Column("details", LargeBinary),
    Column("data_keys", LargeBinary),
    Column("chain_seq", Integer, nullable=False),
    Column("chain_head", String(64), nullable=False),
    Column("marked", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("school", "reference"),
    Index(None, "school", "live", "created_at"),
    Index(None, "school", "phase", "wake_at"),
    Index(
        "ix_visits_unmarked",
        "school",
        "id",
        sqlite_where=text("marked = 0"),
        postgresql_where=text("marked = false"),
    ),
)

# Each policy that was frozen into a visit, once, under the hash of its text. Like the audit it is
# never changed, nor taken away with a visit: others are watched by it.
policies = Table(
    "policies",
    metadata,
    Column("school", String, primary_key=True),
    Column("hash", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)

# `standing` is how the visit stands (waiting, out, over), so that what is over costs nothing.
# Who a visit is about: its visitors, and while it is live whoever else it names.
visit_people = Table(
    "visit_people",
    metadata,
    Column("school", String, primary_key=True),
    Column("visit", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("standing", String, nullable=False, server_default="over"),
    ForeignKeyConstraint(["school", "visit"], ["visits.school", "visits.id"], ondelete="CASCADE"),
    Index(None, "school", "person"),
    Index(None, "school", "standing", "person"),
)

# Where whoever is out may be heard from: as it was at departure, for as long as they are out (S3).
visit_addresses = Table(
    "visit_addresses",
    metadata,
    Column("school", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("address", String, primary_key=True),
    Column("visit", String, primary_key=True),
    ForeignKeyConstraint(["school", "visit"], ["visits.school", "visits.id"], ondelete="CASCADE"),
    Index(None, "school", "visit"),
)

# What a visit is found by: keyed hashes of its address and family (P8), gone with the visit.
# `troubled` marks what is remembered for years: an alarm, a call for help, a concern.
visit_marks = Table(
    "visit_marks",
    metadata,
    Column("school", String, primary_key=True),
    Column("visit", String, primary_key=True),
    Column("mark", String(64), primary_key=True),
    Column("here", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("troubled", Boolean, nullable=False),
    ForeignKeyConstraint(["school", "visit"], ["visits.school", "visits.id"], ondelete="CASCADE"),
    Index(None, "school", "mark", "troubled", "at"),
)

# The key of those hashes, one a school, sealed under `DOORSTEP_KEY`: a new key seals it afresh.
mark_keys = Table(
    "mark_keys",
    metadata,
    Column("school", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

# Known risks at addresses. The address as written and the reason are sealed, each flag under a key
# of its own. `ask_at` is when its author is next asked whether it still holds; null for never.
flags = Table(
    "flags",
    metadata,
    Column("school", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("review_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("reviewed_by", String, nullable=False),
    Column("reviewed_at", Moment),
    Column("lifted_by", String, nullable=False),
    Column("lifted_at", Moment),
    Column("ask_at", Moment, index=True),
    Column("key", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "school", "until"),
)
flag_marks = Table(
    "flag_marks",
    metadata,
    Column("school", String, primary_key=True),
    Column("mark", String(64), primary_key=True),
    Column("flag", String, primary_key=True),
    ForeignKeyConstraint(["school", "flag"], ["flags.school", "flags.id"], ondelete="CASCADE"),
    Index(None, "school", "flag"),
)

# Who has said, and when last, that they have read which text of the policy.
readings = Table(
    "readings",
    metadata,
    Column("school", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("text", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
)

# Until when somebody listened to what people send.
listening = Table(
    "listening",
    metadata,
    Column("school", String, primary_key=True),
    Column("until", Moment, nullable=False),
)

# What happens to the school as a whole has a chain of its own; its head and key are in `chains`.
chains = Table(
    "chains",
    metadata,
    Column("school", String, primary_key=True),
    Column("data_keys", LargeBinary),
    Column("chain_seq", Integer, nullable=False),
    Column("chain_head", String(64), nullable=False),
)
school_audit = Table(
    "school_audit",
    metadata,
    Column("school", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("kind", String, nullable=False),
    Column("by", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    ForeignKeyConstraint(["school"], ["chains.school"]),
)

audit = Table(
    "audit",
    metadata,
    Column("school", String, primary_key=True),
    Column("visit", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("kind", String, nullable=False),
    Column("by", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    ForeignKeyConstraint(["school", "visit"], ["visits.school", "visits.id"]),
)

inbox = Table(
    "inbox",
    metadata,
    Column("school", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("delivery", String, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("answer", Text),
)

# `ready_at` is when the row next needs the deliverer: due, or the end of its lease; null once it
# is settled. `fell_due_at` is when it was first due: retries move `due_at`, and must not hide how
# long it has waited.
# `holder` is the replica that leased it last, by the number that its connections lock.
# `deed` is a person's id and what they did, where they may be doing it over and over (S9).
# A visit's id may be empty (a message about no visit), hence no foreign key.
outbox = Table(
    "outbox",
    metadata,
    Column("school", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("visit", String, nullable=False),
    Column("slot", String, nullable=False),
    Column("recipient", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("address", String, nullable=False),
    Column("card", String, nullable=False),
    Column("key", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("args", Text, nullable=False),
    Column("retire", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("fresh", Boolean, nullable=False),
    Column("standing", String, nullable=False),
    Column("leased", Boolean, nullable=False),
    Column("ready_at", Moment, index=True),
    Column("fell_due_at", Moment, nullable=False),
    Column("settled_at", Moment, index=True),
    Column("why", LargeBinary),
    Column("holder", BigInteger),
    Column("deed", String, nullable=False, server_default=""),
    UniqueConstraint("school", "key", "channel"),
    Index(None, "school", "visit", "slot"),
    Index(
        "ix_outbox_coming",
        "school",
        "visit",
        sqlite_where=text("fresh = 1 AND standing = 'pending'"),
        postgresql_where=text("fresh = true AND standing = 'pending'"),
    ),
)

messages = Table(
    "messages",
    metadata,
    Column("school", String, primary_key=True),
    Column("visit", String, primary_key=True),
    Column("slot", String, primary_key=True),
    Column("recipient", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("reference", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "school", "reference"),
)

counters = Table(
    "counters",
    metadata,
    Column("school", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("school", String, primary_key=True),
    Column("text", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("school", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("form", String, primary_key=True),
    Column("key", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

contacts = Table(
    "contacts",
    metadata,
    Column("school", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("address", String, primary_key=True),
    Column("data", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

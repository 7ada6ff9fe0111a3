"""The first schema, and the triggers that make the audit append-only.

After: nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Written out, not imported from storage.tables: a revision stays as it was released.
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")

SQLITE_GUARDS = (
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    """CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
       WHEN EXISTS (SELECT 1 FROM audit
                    WHERE school = NEW.school AND visit = NEW.visit AND seq = NEW.seq)
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
)
POSTGRES_GUARDS = (
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$""",
    """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit
       FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
    """CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
       FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
)


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("reference", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("phase", sa.String, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("wake_at", MOMENT),
        sa.Column("schema", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("details", sa.LargeBinary),
        sa.Column("data_keys", sa.LargeBinary),
        sa.Column("chain_seq", sa.Integer, nullable=False),
        sa.Column("chain_head", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("school", "id", name="pk_visits"),
        sa.UniqueConstraint("school", "reference", name="uq_visits_school_reference"),
    )
    op.create_index("ix_visits_wake_at", "visits", ["wake_at"])
    op.create_index("ix_visits_school_live_created_at", "visits", ["school", "live", "created_at"])

    op.create_table(
        "visit_people",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("visit", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("school", "visit", "person", name="pk_visit_people"),
        sa.ForeignKeyConstraint(
            ["school", "visit"],
            ["visits.school", "visits.id"],
            name="fk_visit_people_school_visit",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_visit_people_school_person", "visit_people", ["school", "person"])

    op.create_table(
        "audit",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("visit", sa.String, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("school", "visit", "seq", name="pk_audit"),
        sa.ForeignKeyConstraint(
            ["school", "visit"], ["visits.school", "visits.id"], name="fk_audit_school_visit"
        ),
    )
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for guard in SQLITE_GUARDS if on_sqlite else POSTGRES_GUARDS:
        op.execute(guard)

    op.create_table(
        "inbox",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("answer", sa.Text),
        sa.PrimaryKeyConstraint("school", "channel", "delivery", name="pk_inbox"),
    )
    op.create_index("ix_inbox_at", "inbox", ["at"])

    op.create_table(
        "outbox",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("visit", sa.String, nullable=False),
        sa.Column("slot", sa.String, nullable=False),
        sa.Column("recipient", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("card", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("args", sa.Text, nullable=False),
        sa.Column("retire", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("fresh", sa.Boolean, nullable=False),
        sa.Column("standing", sa.String, nullable=False),
        sa.Column("leased", sa.Boolean, nullable=False),
        sa.Column("ready_at", MOMENT),
        sa.Column("fell_due_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.Column("why", sa.LargeBinary),
        sa.PrimaryKeyConstraint("school", "id", name="pk_outbox"),
        sa.UniqueConstraint("school", "key", "channel", name="uq_outbox_school_key_channel"),
    )
    op.create_index("ix_outbox_ready_at", "outbox", ["ready_at"])
    op.create_index("ix_outbox_school_visit_slot", "outbox", ["school", "visit", "slot"])

    op.create_table(
        "messages",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("visit", sa.String, nullable=False),
        sa.Column("slot", sa.String, nullable=False),
        sa.Column("recipient", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("reference", sa.String, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint(
            "school", "visit", "slot", "recipient", "channel", name="pk_messages"
        ),
    )
    op.create_index("ix_messages_school_reference", "messages", ["school", "reference"])
    op.create_table(
        "counters",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("school", "name", name="pk_counters"),
    )
    op.create_table(
        "settings",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("school", name="pk_settings"),
    )
    op.create_table(
        "drafts",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("form", sa.String, nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("school", "person", "form", name="pk_drafts"),
    )


def downgrade() -> None:
    for table in (
        "drafts",
        "settings",
        "counters",
        "messages",
        "outbox",
        "inbox",
        "audit",
        "visit_people",
        "visits",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_append_only()")

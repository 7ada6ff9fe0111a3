"""What the school remembers: by which hashes a visit is found, flags on addresses, who has read the
policy, and an audit chain of the school's own.

Visits from before have their hashes made while Doorstep runs, since that takes the key.

After: 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")

SQLITE_GUARDS = (
    """CREATE TRIGGER school_audit_no_update BEFORE UPDATE ON school_audit
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER school_audit_no_delete BEFORE DELETE ON school_audit
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER school_audit_no_replace BEFORE INSERT ON school_audit
       WHEN EXISTS (SELECT 1 FROM school_audit WHERE school = NEW.school AND seq = NEW.seq)
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
)
POSTGRES_GUARDS = (
    """CREATE TRIGGER school_audit_no_change BEFORE UPDATE OR DELETE ON school_audit
       FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
    """CREATE TRIGGER school_audit_no_truncate BEFORE TRUNCATE ON school_audit
       FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
)


def upgrade() -> None:
    op.add_column(
        "visits", sa.Column("marked", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_index(
        "ix_visits_unmarked",
        "visits",
        ["school", "id"],
        sqlite_where=sa.text("marked = 0"),
        postgresql_where=sa.text("marked = false"),
    )
    op.create_table(
        "visit_marks",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("visit", sa.String, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("here", sa.Boolean, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("troubled", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("school", "visit", "mark", name="pk_visit_marks"),
        sa.ForeignKeyConstraint(
            ["school", "visit"],
            ["visits.school", "visits.id"],
            name="fk_visit_marks_school_visit",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_visit_marks_school_mark_troubled_at",
        "visit_marks",
        ["school", "mark", "troubled", "at"],
    )
    op.create_table(
        "mark_keys",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("school", name="pk_mark_keys"),
    )

    op.create_table(
        "flags",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("review_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("reviewed_by", sa.String, nullable=False),
        sa.Column("reviewed_at", MOMENT),
        sa.Column("lifted_by", sa.String, nullable=False),
        sa.Column("lifted_at", MOMENT),
        sa.Column("ask_at", MOMENT),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("school", "id", name="pk_flags"),
    )
    op.create_index("ix_flags_ask_at", "flags", ["ask_at"])
    op.create_index("ix_flags_school_until", "flags", ["school", "until"])
    op.create_table(
        "flag_marks",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("flag", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("school", "mark", "flag", name="pk_flag_marks"),
        sa.ForeignKeyConstraint(
            ["school", "flag"],
            ["flags.school", "flags.id"],
            name="fk_flag_marks_school_flag",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_flag_marks_school_flag", "flag_marks", ["school", "flag"])

    op.create_table(
        "readings",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("text", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("school", "person", "text", name="pk_readings"),
    )

    op.create_table(
        "chains",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("data_keys", sa.LargeBinary),
        sa.Column("chain_seq", sa.Integer, nullable=False),
        sa.Column("chain_head", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("school", name="pk_chains"),
    )
    op.create_table(
        "school_audit",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("school", "seq", name="pk_school_audit"),
        sa.ForeignKeyConstraint(["school"], ["chains.school"], name="fk_school_audit_school"),
    )
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for guard in SQLITE_GUARDS if on_sqlite else POSTGRES_GUARDS:
        op.execute(guard)


def downgrade() -> None:
    for table in (
        "school_audit",
        "chains",
        "readings",
        "flag_marks",
        "flags",
        "mark_keys",
        "visit_marks",
    ):
        op.drop_table(table)
    op.drop_index("ix_visits_unmarked", "visits")
    op.drop_column("visits", "marked")

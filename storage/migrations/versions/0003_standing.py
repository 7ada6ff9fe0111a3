"""How each person's visit stands, beside the person, and an index of the messages that are about to
come: what is over long ago costs a press nothing.

After: 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FILL = """
UPDATE visit_people SET standing = (
    SELECT CASE WHEN v.phase IN ('Out', 'InAlarm') THEN 'out' WHEN v.live THEN 'waiting'
           ELSE 'over' END
    FROM visits AS v WHERE v.school = visit_people.school AND v.id = visit_people.visit
)
"""


def upgrade() -> None:
    op.add_column(
        "visit_people", sa.Column("standing", sa.String, nullable=False, server_default="over")
    )
    op.execute(_FILL)
    op.create_index(
        "ix_visit_people_school_standing_person", "visit_people", ["school", "standing", "person"]
    )

    op.create_index(
        "ix_outbox_coming",
        "outbox",
        ["school", "visit"],
        sqlite_where=sa.text("fresh = 1 AND standing = 'pending'"),
        postgresql_where=sa.text("fresh = true AND standing = 'pending'"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_coming", "outbox")
    op.drop_index("ix_visit_people_school_standing_person", "visit_people")
    op.drop_column("visit_people", "standing")

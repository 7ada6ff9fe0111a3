"""Until when somebody listened to what people send, so that whoever sent something in an outage can
be asked for it once more.

After: 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    op.create_table(
        "listening",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("school", name="pk_listening"),
    )


def downgrade() -> None:
    op.drop_table("listening")

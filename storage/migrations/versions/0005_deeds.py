"""Which deed brought a message about, so that only its repeats are spared (S9).

After: 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("deed", sa.String, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("outbox", "deed")

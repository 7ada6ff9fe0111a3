"""Who holds a lease; the addresses of whoever is out; and an index for tidying up.

After: 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("holder", sa.BigInteger))
    op.create_index("ix_outbox_settled_at", "outbox", ["settled_at"])
    op.create_table(
        "visit_addresses",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("visit", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("school", "channel", "address", "visit", name="pk_visit_addresses"),
        sa.ForeignKeyConstraint(
            ["school", "visit"],
            ["visits.school", "visits.id"],
            name="fk_visit_addresses_school_visit",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_visit_addresses_school_visit", "visit_addresses", ["school", "visit"])
    _fill()


def _fill() -> None:
    """Whoever is out while Doorstep is upgraded keeps their way in (S3)."""
    import json

    bind = op.get_bind()
    visits = sa.table(
        "visits", *(sa.column(name) for name in ("school", "id", "state", "live", "phase"))
    )
    addresses = sa.table(
        "visit_addresses",
        *(sa.column(name) for name in ("school", "channel", "address", "visit")),
    )
    out = sa.select(visits).where(
        (visits.c.live == sa.true()) & visits.c.phase.in_(["Out", "InAlarm"])
    )
    for row in bind.execute(out).mappings().all():
        visitors = json.loads(row["state"])["phase"]["watch"]["visitors"]
        found = {pair for visitor in visitors for pair in visitor.get("addresses", {}).items()}
        for channel, address in sorted(found):
            values = {"school": row["school"], "visit": row["id"]}
            bind.execute(sa.insert(addresses).values(**values, channel=channel, address=address))


def downgrade() -> None:
    op.drop_table("visit_addresses")
    op.drop_index("ix_outbox_settled_at", "outbox")
    op.drop_column("outbox", "holder")

"""A policy that is frozen into visits stands once, in a table of its own, by the hash of its text.

Visits from before keep theirs in their state, where it is read, until they are next saved: an
upgrade must not take longer the more visits there are, since nobody is watched meanwhile.

After: 0007.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SQLITE_GUARDS = (
    """CREATE TRIGGER policies_no_update BEFORE UPDATE ON policies
       BEGIN SELECT RAISE(ABORT, 'a policy is never changed'); END""",
    """CREATE TRIGGER policies_no_delete BEFORE DELETE ON policies
       BEGIN SELECT RAISE(ABORT, 'a policy is never changed'); END""",
    """CREATE TRIGGER policies_no_replace BEFORE INSERT ON policies
       WHEN EXISTS (SELECT 1 FROM policies
                    WHERE school = NEW.school AND hash = NEW.hash AND text <> NEW.text)
       BEGIN SELECT RAISE(ABORT, 'a policy is never changed'); END""",
)
POSTGRES_GUARDS = (
    """CREATE TRIGGER policies_no_change BEFORE UPDATE OR DELETE ON policies
       FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
    """CREATE TRIGGER policies_no_truncate BEFORE TRUNCATE ON policies
       FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
)


def upgrade() -> None:
    op.create_table(
        "policies",
        sa.Column("school", sa.String, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("school", "hash", name="pk_policies"),
    )
    op.add_column("visits", sa.Column("policy", sa.String(64)))
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for guard in SQLITE_GUARDS if on_sqlite else POSTGRES_GUARDS:
        op.execute(guard)


def downgrade() -> None:
    """Back into each visit's state, which is form 2 again."""
    visits = sa.table("visits", *map(sa.column, ("school", "id", "schema", "state", "policy")))
    kept = sa.table("policies", *map(sa.column, ("school", "hash", "text")))
    bind = op.get_bind()
    policies = {(p.school, p.hash): json.loads(p.text) for p in bind.execute(sa.select(kept))}
    newer = sa.select(visits).where(visits.c.schema == 3)
    for visit in bind.execute(newer).all():
        policy = policies[visit.school, visit.policy] if visit.policy else None
        if policy:
            policy = {name: value for name, value in policy.items() if name != "schema"}
        state = json.dumps({**json.loads(visit.state), "policy": policy}, ensure_ascii=False)
        this = (visits.c.school == visit.school) & (visits.c.id == visit.id)
        bind.execute(sa.update(visits).where(this).values(schema=2, state=state))
    op.drop_table("policies")
    op.drop_column("visits", "policy")

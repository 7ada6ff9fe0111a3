"""Whoever a live visit names stands beside its visitors, and visits are found by their phase: what
one person may read is looked up, and not all that is live.

After: 0005.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_visits_school_phase_wake_at", "visits", ["school", "phase", "wake_at"])
    bind = op.get_bind()
    visits = sa.table("visits", *(sa.column(n) for n in ("school", "id", "state", "live")))
    people = sa.table(
        "visit_people", *(sa.column(n) for n in ("school", "visit", "person", "standing"))
    )
    for row in bind.execute(sa.select(visits).where(visits.c.live == sa.true())).all():
        this = (people.c.school == row.school) & (people.c.visit == row.id)
        known = set(bind.execute(sa.select(people.c.person).where(this)).scalars())
        for person in sorted(_named(json.loads(row.state)) - known):
            values = {"school": row.school, "visit": row.id, "person": person}
            bind.execute(sa.insert(people).values(**values, standing="named"))


def _named(state: dict[str, Any]) -> set[str]:
    plan, phase = state.get("plan") or {}, state.get("phase") or {}
    watch, alarm = phase.get("watch") or {}, phase.get("alarm") or {}
    closed = (watch.get("closed") or {}).get("alarm") or {}
    found = {state.get("lead"), plan.get("contact")}
    found.update(plan.get("companions") or (), state.get("taken_off") or ())
    found.update(*(each.get("told") or () for each in (watch, alarm, closed)))
    return {person for person in found if person}


def downgrade() -> None:
    op.execute("DELETE FROM visit_people WHERE standing = 'named'")
    op.drop_index("ix_visits_school_phase_wake_at", "visits")

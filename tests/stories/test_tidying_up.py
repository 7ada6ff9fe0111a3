from datetime import timedelta

from bot.engine.engine import KEEP_DELIVERIES, KEEP_SETTLED, TIDY
from bot.ports import UnitOfWork
from tests.stories.world import World, asked

SCHOOL = "st-example"


async def test_what_was_done_long_ago_is_forgotten_and_what_is_still_at_work_is_not(
    world: World,
) -> None:
    visit = await asked(world)
    await world.ana.presses("Cancel the visit")
    many = TIDY * 2 + 1
    moment = world.clock.moment

    def keep(uow: UnitOfWork) -> None:
        for number in range(many):
            uow.inbox.claim(SCHOOL, "web", f"old-{number}", moment)

    await world.store.transact(keep)

    def left(uow: UnitOfWork) -> tuple[int, int]:
        far = world.clock.moment + timedelta(days=999)
        return uow.outbox.forget_before(far, 9999), uow.inbox.forget_before(far, 9999)

    world.clock.moment += KEEP_DELIVERIES - timedelta(minutes=1)
    await world.engine.tidy()
    again = await world.store.transact(lambda uow: uow.inbox.claim(SCHOOL, "web", "old-0", moment))
    assert not again, "the same delivery within a week still does nothing"

    world.clock.moment += KEEP_SETTLED
    later = await asked(world, leaving_at="2026-12-30T13:15", return_at="2026-12-30T14:00")
    await world.engine.tidy()
    settled, deliveries = await world.store.transact(left)
    assert later.id != visit.id
    assert settled == 0, "only the live visit's are there, and those are kept"
    assert 0 < deliveries < 5, "the ones of just now"

"""Every upgrade from a revision that was released, on both databases, with a visit under way."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.domain.policy import Clause, Policy
from bot.domain.visit import Out
from bot.ports import UnitOfWork
from storage import Keyring, migrate, open_store
from storage.codec import SCHEMA
from storage.engine import make_engine
from storage.links import GENESIS
from storage.migrate import HEAD, is_current, upgrade
from storage.tables import metadata
from tests.storage.samples import KEY, after, policy, visit, visitor, watch

SCHOOL = "st-example"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    return config


RELEASED = [each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()]


def _to(url: str, revision: str, move: Callable[[Config, str], None] = command.upgrade) -> None:
    engine = make_engine(url, foreign_keys=False)
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        move(config, revision)
    engine.dispose()


def _differences(url: str) -> list[object]:
    engine = make_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[object] = compare_metadata(context, metadata)
    engine.dispose()
    return found


async def _keep_a_visit(url: str) -> None:
    """Someone out, through the store of today, before it is taken back to the older revision."""
    store = open_store(url, Keyring(KEY))
    sam = visitor(addresses={"slack": "U1"})
    out = visit(phase=Out(watch(sam)), policy=policy())
    await store.transact(lambda uow: uow.visits.add(out, after(30)))
    await store.close()


@pytest.mark.parametrize("revision", RELEASED)
async def test_an_upgrade_leaves_whoever_is_out_watched_and_known(url: str, revision: str) -> None:
    upgrade(url)
    await _keep_a_visit(url)
    if revision != HEAD:
        _to(url, revision, command.downgrade)
    assert is_current(url) == (revision == HEAD)
    upgrade(url)
    assert is_current(url)
    assert _differences(url) == []
    store = open_store(url, Keyring(KEY))
    found = await store.transact(lambda uow: uow.visits.out_at(SCHOOL, "slack", "U1"))
    assert [each.id for each in found] == ["visit-1001"]
    assert found[0].details == visit().details
    assert found[0].policy == policy()
    assert await store.transact(lambda uow: uow.visits.next_wake()) == after(30)
    assert await store.transact(lambda uow: uow.audit.broken()) == []
    await store.close()


STATE_2 = (
    '{"school":"st-example","id":"visit-7","reference":"V-1007","lead":"sam",'
    '"created_at":"2026-11-24T13:05:00+00:00","plan":{"leaving_at":"2026-11-24T13:15:00+00:00",'
    '"return_at":"2026-11-24T14:15:00+00:00","companions":["ali"],"contact":"kim","kept_from":[],'
    '"homes":1,"window":null,"fixed":true,"backup":null},"phase":{"watch":{'
    '"departed_at":"2026-11-24T13:05:00+00:00","expected_return":"2026-11-24T14:05:00+00:00",'
    '"approved_return":"2026-11-24T14:05:00+00:00","visitors":[{"id":"sam","name":"Sam Reed",'
    '"phone":"+44 7700 900111","last_heard":"2026-11-24T13:05:00+00:00","heard":"left",'
    '"due":{"at":"2026-11-24T13:35:00+00:00","kind":"routine"}}]},"is":"Out"},"revision":1,'
    '"version":2,"earlier":null,"taken_off":[],"words":[],"policy":{"name":"own",'
    '"title":"Our own","approval_stages":[["head"]],"ladder":[{"after":0,"tell":["office"]}],'
    '"check_in_every":1200,"kinds":{},"clauses":{"approval":{"text":"Visits are approved.",'
    '"source":"4.1"}}}}'
)
ADD_2 = """INSERT INTO visits
    (school, id, reference, version, phase, live, created_at, wake_at,
     schema, state, chain_seq, chain_head, marked)
    VALUES ('st-example', 'visit-7', 'V-1007', 2, 'Out', true, :at, :at, 2, :state, 0, :head, true)
"""


async def test_S15_who_left_before_the_upgrade_keeps_the_policy_that_stands_in_their_visit(
    url: str,
) -> None:
    """As revision 0007 stored it, word for word; and from the next save on in its own table."""
    _to(url, "0007")
    engine = make_engine(url)
    row = {"at": "2026-11-24T13:05:00.000000+00:00", "state": STATE_2, "head": GENESIS}
    with engine.begin() as connection:
        connection.execute(sa.text(ADD_2), row)
    upgrade(url)

    def look(uow: UnitOfWork) -> Policy:
        found = uow.visits.get(SCHOOL, "visit-7")
        assert found is not None
        assert found.policy is not None
        assert found.policy.check_in_every == timedelta(minutes=20)
        assert found.policy.clause("approval") == Clause("Visits are approved.", "4.1")
        return found.policy

    store, later = open_store(url, Keyring(KEY)), open_store(url, Keyring(KEY))
    before = await store.transact(look)

    def save(uow: UnitOfWork) -> None:
        (found,) = uow.visits.waiting(SCHOOL)
        assert uow.visits.save(found, after(30))

    await store.transact(save)
    with engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT state, policy, schema FROM visits")).one()
        texts = connection.execute(sa.text("SELECT hash FROM policies")).scalars().all()
    engine.dispose()
    assert "Visits are approved." not in kept.state
    assert [kept.policy] == texts
    assert kept.schema == SCHEMA
    assert await later.transact(look) == before
    await store.close()
    await later.close()


def test_each_revision_builds_on_the_last_and_can_be_taken_back(url: str) -> None:
    for revision in reversed(RELEASED):
        _to(url, revision)
    assert _differences(url) == []
    _to(url, "base", command.downgrade)
    upgrade(url)
    assert _differences(url) == []


def test_a_failed_upgrade_leaves_no_half(url: str) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE settings (school TEXT)"))  # in the way
    with pytest.raises(Exception, match="already exists"):
        upgrade(url)
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["settings"]
    engine.dispose()

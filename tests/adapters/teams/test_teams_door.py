"""Who is believed. No bot code is reached by anything else."""

import asyncio
import logging
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.teams.kept_keys import KEPT, NAME
from bot.ports import Contact, Say
from storage.memory import MemoryStore
from tests.adapters.teams.placed import NAMES, SCHOOL, Placed, placed
from tests.teams_double.double import teams
from tests.teams_double.issuer import FIRST_KEY, tampered
from tests.teams_double.user import Taken
from tests.waiting import until

HOUR = 3600
OFF: dict[str, Any] = {
    "teams_auth": False,
    "microsoft_app_id": "",
    "microsoft_app_tenant_id": "",
}


async def knock(there: Placed, header: str, **other: Any) -> Taken:
    """Ana says hello, under this header."""
    ana = there.double.user("ana")
    said: list[dict[str, Any]] = []

    class Kept:
        service_url = there.double.service_url

        async def send(self, activity: dict[str, Any]) -> Taken:
            said.append(activity)
            return Taken(200, None)

    await type(ana)(ana.tenant, Kept(), ana.account).says("hello")
    return await there.double.send({**said[0], **other}, header=header)


async def signed(there: Placed, **how: Any) -> Taken:
    url = how.pop("service_url", there.double.service_url)
    if but := how.get("but"):
        now = int(time.time())
        how["but"] = {k: now + v.seconds if isinstance(v, At) else v for k, v in but.items()}
    return await knock(there, f"Bearer {there.double.issuer.token(url, **how)}")


async def believed(there: Placed, taken: Taken) -> None:
    assert taken.status == 200
    assert [each.act for each in there.core.heard] == [Say("hello")]


async def refused(there: Placed, taken: Taken, why: str = "token") -> None:
    assert taken.status == 401
    assert taken.body is None, "nothing is told to whoever isn't believed"
    assert there.core.heard == []
    assert there.turned_away(why) == 1


@dataclass(frozen=True)
class At:
    """So many seconds from when the test runs, not from when it was collected."""

    seconds: int


async def test_a_good_token_is_believed(there: Placed) -> None:
    await believed(there, await signed(there))


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": At(-4 * 60)},
        {"nbf": At(4 * 60)},
        {"nbf": At(-HOUR), "exp": At(30)},
        {"iat": At(4 * 60)},
    ],
    ids=["just expired", "just not yet valid", "in the middle", "issued a little ahead"],
)
async def test_clocks_may_differ_by_five_minutes(there: Placed, claims: dict[str, Any]) -> None:
    await believed(there, await signed(there, but=claims))


@pytest.mark.parametrize(
    "how",
    [
        {"but": {"exp": At(-6 * 60)}},
        {"but": {"nbf": At(6 * 60)}},
        {"without": "exp"},
        {"but": {"exp": "soon"}},
        {"but": {"aud": "another-app"}},
        {"but": {"aud": ["5d1c7b9e-app"]}},
        {"without": "aud"},
        {"but": {"iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"}},
        {"without": "iss"},
        {"signed_by": "another key"},
        {"named": "unknown-key"},
        {"named": None},
        {"alg": "HS256"},
        {"alg": "none"},
        {"alg": "RS512"},
        {"service_url": "https://smba.trafficmanager.net/emea/"},
        {"without": "serviceurl"},
        {"but": {"serviceurl": ""}},
    ],
    ids=str,
)
async def test_what_is_wrong_with_a_token_is_answered_in_one_way(
    there: Placed, how: dict[str, Any]
) -> None:
    await refused(there, await signed(there, **how))


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x.y.z",
        "Bearer not a token",
        "Basic YTpi",
        "Bearer " + "x" * 7_000,
        "Bearer eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.c2ln",
        "Bearer W10.W10.W10",
        "bearer",
    ],
)
async def test_garbage_and_nothing_are_no_token(there: Placed, header: str) -> None:
    await refused(there, await knock(there, header))


async def test_a_token_that_was_tampered_with_is_refused(there: Placed) -> None:
    token = tampered(there.double.issuer.token(there.double.service_url))
    evil = await knock(there, f"Bearer {token}", serviceUrl="https://evil.example/")
    await refused(there, evil)


@pytest.mark.parametrize("endorsements", [[], None, ["webchat"]], ids=["none", "unsaid", "other"])
async def test_a_key_must_vouch_for_teams(endorsements: list[str] | None) -> None:
    async with placed() as there:
        there.double.issuer.published["key-2"] = endorsements
        there.plugged._door._keys._tried = float("-inf")
        await refused(there, await signed(there, signed_by="key-2", named="key-2"))


async def test_a_good_token_for_another_channel_is_refused(there: Placed) -> None:
    token = there.double.issuer.token(there.double.service_url)
    await refused(there, await knock(there, f"Bearer {token}", channelId="webchat"))


async def test_a_good_token_under_another_service_address_is_refused(there: Placed) -> None:
    token = there.double.issuer.token(there.double.service_url)
    evil = await knock(there, f"Bearer {token}", serviceUrl="https://evil.example/")
    await refused(there, evil)


@pytest.mark.parametrize("body", ["", "[]", "null", '{"type": 3}', "{", '"x"', "[" * 50_000])
async def test_what_is_no_activity_is_refused_before_it_is_looked_at(
    there: Placed, body: str
) -> None:
    double = there.double
    async with double.session.post(double.target, data=body) as answer:
        assert answer.status == 401
    assert there.core.heard == []


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_what_is_not_packed_as_it_says_is_refused_like_all_else(
    there: Placed, encoding: str
) -> None:
    double, packed = there.double, {"Content-Encoding": encoding}
    async with double.session.post(double.target, data=b"\x1f\x8bno", headers=packed) as answer:
        assert answer.status == 401
    assert there.core.heard == []


async def test_the_log_says_why_once_in_a_while_and_nothing_of_the_token(
    there: Placed, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        assert (await signed(there, but={"exp": At(-6 * 60)})).status == 401
    (said,) = [m for m in caplog.messages if "turned away" in m]
    assert said.endswith("ExpiredSignatureError"), said
    assert "eyJ" not in caplog.text


# --- organisations ---


async def test_another_organisation_is_refused_however_well_it_is_signed(there: Placed) -> None:
    token = f"Bearer {there.double.issuer.token(there.double.service_url)}"
    taken = await knock(there, token, channelData={"tenant": {"id": "another"}})
    await refused(there, taken, "organisation")


async def test_an_app_for_several_organisations_hears_them_all() -> None:
    async with placed(microsoft_app_type="MultiTenant", microsoft_app_tenant_id="") as there:
        token = f"Bearer {there.double.issuer.token(there.double.service_url)}"
        taken = await knock(there, token, channelData={"tenant": {"id": "another"}})
        await believed(there, taken)


async def test_a_sovereign_cloud_has_an_issuer_of_its_own() -> None:
    issuer = "https://api.botframework.us"
    async with placed(met=(), microsoft_token_issuer=issuer) as there:
        await refused(there, await signed(there))
        await believed(there, await signed(there, but={"iss": issuer}))


# --- keys ---


async def test_a_key_that_is_rolled_while_running_is_fetched_once_in_a_few_seconds(
    there: Placed,
) -> None:
    issuer, keys = there.double.issuer, there.plugged._door._keys
    await believed(there, await signed(there))
    there.core.heard.clear()
    asked = issuer.asked_for_keys
    keys._tried = float("-inf")  # a few seconds have passed
    issuer.published = {"key-2": ["msteams"]}
    many = [signed(there, signed_by="key-2", named="key-2") for _ in range(8)]
    assert [taken.status for taken in await asyncio.gather(*many)] == [200] * 8
    assert issuer.asked_for_keys == asked + 1
    there.core.heard.clear()
    keys._every, began = 0.5, time.monotonic()
    flood = [signed(there, signed_by="key-3", named=f"key-{n}") for n in range(3, 43)]
    assert {taken.status for taken in await asyncio.gather(*flood)} == {401}
    assert there.core.heard == []
    most = 2 + (time.monotonic() - began) / keys._every
    assert issuer.asked_for_keys <= asked + most, "a flood of unknown keys asks no oftener"


async def test_a_key_that_is_published_just_after_they_were_asked_for_is_waited_for(
    there: Placed,
) -> None:
    """Teams says nothing twice: a 401 would lose what may be a call for help."""
    issuer, keys = there.double.issuer, there.plugged._door._keys
    keys._every = 0.5
    await signed(there, signed_by="key-2", named="key-2")  # asked for, and not there
    asked, began = issuer.asked_for_keys, time.monotonic()
    issuer.published["key-2"] = ["msteams"]
    many = [signed(there, signed_by="key-2", named="key-2") for _ in range(8)]
    assert [taken.status for taken in await asyncio.gather(*many)] == [200] * 8
    assert time.monotonic() - began < 2.0
    assert issuer.asked_for_keys == asked + 1


async def test_so_many_wait_at_the_most_and_none_whose_token_is_not_for_us(
    there: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.teams.keys.MOST_WAITING", 2)
    keys = there.plugged._door._keys
    keys._tried, keys._every = asyncio.get_running_loop().time(), 60.0
    waiting = [
        asyncio.create_task(signed(there, signed_by="key-3", named=f"key-{n}")) for n in (2, 3)
    ]
    await until_waiting(keys, 2)
    began = time.monotonic()
    for how in ({}, {"but": {"aud": "another"}}, {"but": {"iss": "another"}}):
        assert (await signed(there, signed_by="key-4", named="key-4", **how)).status == 401
    keys._waiting = 0
    other: dict[str, Any] = {"but": {"aud": "another"}}
    assert (await signed(there, signed_by="key-4", named="key-4", **other)).status == 401
    assert time.monotonic() - began < 2.0
    for each in waiting:
        each.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def until_waiting(keys: Any, number: int) -> None:
    async with asyncio.timeout(5):
        while keys._waiting < number:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)


async def test_a_hung_key_server_delays_no_message_signed_with_a_known_key(
    there: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.teams.keys.WAITS", 30)
    await believed(there, await signed(there))
    keys = there.plugged._door._keys
    there.double.issuer.hangs = True
    keys._tried = float("-inf")
    keys._fetched = float("-inf")  # and the keys have grown old
    unknown = asyncio.create_task(signed(there, signed_by="key-2", named="key-2"))
    await asyncio.sleep(0.05)
    for _ in range(10):
        assert (await signed(there)).status == 200
    assert not unknown.done(), "the key server still hangs"
    unknown.cancel()


async def test_a_hung_key_server_refuses_an_unknown_key_in_time(
    there: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.teams.keys.WAITS", 0.2)
    there.double.issuer.hangs = True
    there.plugged._door._keys._tried = float("-inf")
    async with asyncio.timeout(10):  # it hangs for a minute
        await refused(there, await signed(there, signed_by="key-2", named="key-2"))


async def test_keys_that_are_a_day_old_are_renewed_beside_the_messages(there: Placed) -> None:
    await believed(there, await signed(there))
    issuer, keys = there.double.issuer, there.plugged._door._keys
    issuer.published = {FIRST_KEY: ["msteams"], "key-2": ["msteams"]}
    keys._tried = keys._fetched = float("-inf")
    asked = issuer.asked_for_keys
    assert (await signed(there)).status == 200
    assert keys._fetching is not None
    await keys._fetching
    assert issuer.asked_for_keys == asked + 1
    assert set(keys._keys) == {FIRST_KEY, "key-2"}


async def test_a_dead_key_server_at_the_start_is_asked_again() -> None:
    async with placed(met=()) as there:
        issuer, keys = there.double.issuer, there.plugged._door._keys
        keys._keys.clear()
        keys._tried = float("-inf")
        issuer.down = True
        await refused(there, await signed(there))
        issuer.down = False
        keys._tried = float("-inf")
        await believed(there, await signed(there))


async def test_after_a_restart_the_keys_of_before_serve_for_a_day() -> None:
    """Whoever is out is heard, though nothing can be fetched."""
    store = MemoryStore()
    async with teams(NAMES) as double:
        async with placed(double=double, store=store, met=()) as there:
            await believed(there, await signed(there))
        double.issuer.down = True
        async with placed(double=double, store=store, met=()) as there:
            await believed(there, await signed(there))
            assert not there.core.unheard
        (kept,) = await _kept(store)
        old = datetime.now(UTC) - KEPT
        old_one = replace(kept, data={**kept.data, "at": old.isoformat()})
        await store.transact(lambda uow: uow.contacts.keep(SCHOOL.id, old_one, old))
        async with placed(double=double, store=store, met=()) as there:
            await refused(there, await signed(there))


async def test_S15_without_any_key_it_is_said_that_nobody_is_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("adapters.teams.keys.TRIES_AGAIN", 0.02)
    async with teams(NAMES) as double:
        double.issuer.down = True
        async with placed(double=double, met=()) as there:
            there.plugged._door._keys._every = 0.0
            await until(lambda: there.core.unheard)
            assert there.plugged._door.unheard == (
                "Microsoft's signing keys can't be fetched, so no message from Teams can be "
                "believed; a network that reaches 127.0.0.1 would be right."
            )
            double.issuer.down = False
            await until(lambda: not there.core.unheard)
            assert there.plugged._door.unheard == ""


async def _kept(store: MemoryStore) -> list[Contact]:
    return await store.transact(lambda uow: uow.contacts.of(SCHOOL.id, NAME))


# --- off ---


async def test_without_tokens_it_says_so_loudly(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        async with placed(met=(), **OFF) as there:
            await believed(there, await knock(there, ""))
    assert any("DOORSTEP_TEAMS_AUTH=off" in message for message in caplog.messages)


@pytest.mark.parametrize(
    "header",
    [
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
        {"Via": "1.1 proxy"},
        {"Origin": "https://evil.example"},
        {"Host": "evil.example"},
        {"Host": "doorstep.school.example:443"},
    ],
    ids=str,
)
async def test_without_tokens_nothing_counts_that_came_from_elsewhere(
    header: dict[str, str],
) -> None:
    async with placed(met=(), **OFF) as there:
        double = there.double
        said = {"type": "message", "from": {"id": "29:ana"}, "text": "help"}
        async with double.session.post(double.target, json=said, headers=header) as answer:
            assert answer.status == 403
        assert there.core.heard == []
        await believed(there, await knock(there, ""))


async def test_without_tokens_it_starts_on_loopback_alone() -> None:
    with pytest.raises(AssertionError, match="loopback"):
        async with placed(met=(), host="0.0.0.0", **OFF):
            pass

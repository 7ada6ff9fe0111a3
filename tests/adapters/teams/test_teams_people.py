"""Whom Doorstep reaches on Teams, and who gets nothing."""

import asyncio
from dataclasses import replace

import pytest

from bot.cards.general import sentence
from bot.domain.school import School
from bot.ports import GiveUp
from storage.memory import MemoryStore
from tests.adapters.teams.placed import NAMES, OFFICE, SCHOOL, Placed, person, placed
from tests.teams_double.double import teams

HELLO = sentence("Hello.")


def address(there: Placed, name: str) -> str | None:
    (found,) = [p for p in there.core.setup.school.people if p.id == name]
    return found.addresses.get("teams")


async def test_people_are_known_by_user_id_entra_id_and_e_mail() -> None:
    school = replace(
        SCHOOL,
        people=(
            person("ana"),
            person("sam", addresses={"teams": "0000-SAM"}),
            person("eve", addresses={}, email="Eve@school.example"),
        ),
    )
    async with placed(school=school, met=()) as there:
        for name in ("ana", "sam", "eve"):
            await there.double.user(name).installs()
            await there.double.user(name).says("hello")
            assert there.core.heard[-1].sender == address(there, name)
            await there.plugged.channel.post(f"29:{name}", HELLO, urgent=False, key="k")
            await there.double.user(name).sees("Hello.")
        assert address(there, "eve") == "29:eve"


async def test_the_first_words_of_somebody_known_by_e_mail_are_theirs(there: Placed) -> None:
    await there.double.user("eve").says("help")
    assert there.core.heard[-1].sender == "29:eve" == address(there, "eve")


@pytest.mark.parametrize(
    "account",
    [
        {"upn": "EVE@school.example", "email": ""},
        {"upn": "e.smith@school.onmicrosoft.example", "email": "Eve@School.example"},
    ],
    ids=["by sign-in name alone", "by e-mail alone"],
)
async def test_either_name_of_an_account_is_enough(account: dict[str, str]) -> None:
    async with placed() as there:
        for name, value in account.items():
            setattr(there.double.tenant.people["29:eve"], name, value)
        await there.double.user("eve").says("help")
        assert there.core.heard[-1].sender == "29:eve" == address(there, "eve")


async def test_a_display_name_or_a_foreign_e_mail_address_makes_nobody_a_colleague() -> None:
    async with placed(microsoft_app_type="MultiTenant", microsoft_app_tenant_id="") as there:
        tenant = there.double.tenant
        tenant.person("mal", name="Eve", upn="mal@evil.example", email="eve@school.example")
        await there.double.user("mal").says("hello")
        assert address(there, "eve") is None


@pytest.mark.parametrize(
    "who",
    [
        {"role": "guest"},
        {"upn": "ana_other.example#EXT#@school.example"},
        {"tenant": "another"},
    ],
    ids=str,
)
async def test_guests_and_people_of_other_organisations_get_nothing(who: dict[str, str]) -> None:
    async with placed(microsoft_app_type="MultiTenant", met=()) as there:
        account = there.double.tenant.people["29:ana"]
        for name, value in who.items():
            setattr(account, name, value)
        account_tenant, account.tenant = account.tenant, "7e57-tenant"
        ana = there.double.user("ana")
        account.tenant = account_tenant
        taken = await ana.installs()
        if who.get("tenant"):
            assert taken.status == 401
        assert address(there, "ana") in {None, "29:ana"}
        if not who.get("tenant"):
            assert address(there, "ana") is None


async def test_references_outlive_a_restart() -> None:
    store = MemoryStore()
    async with teams(NAMES) as double:
        double.tenant.channel(OFFICE, {"29:olu"})
        async with placed(double=double, store=store):
            pass
        async with placed(double=double, store=store, met=()) as there:
            await there.plugged.channel.post("29:ana", HELLO, urgent=True, key="k")
            await double.user("ana").sees("Hello.")
            assert address(there, "ana") == "29:ana"


async def test_nothing_is_kept_but_ids() -> None:
    store = MemoryStore()
    async with placed(store=store):
        kept = str(store.kept.contacts)
    assert "29:ana" in kept
    assert "Ana" not in kept
    assert "@school" not in kept


async def test_a_service_address_that_changed_is_learnt_from_the_next_message(
    there: Placed,
) -> None:
    there.double.connector.at = "amer"
    await there.double.user("ana").says("hello")
    await there.plugged.channel.post("29:ana", HELLO, urgent=True, key="k")
    await there.double.user("ana").sees("Hello.")
    contact = await there.store.transact(
        lambda uow: uow.contacts.get("st-example", "teams", "29:ana")
    )
    assert contact is not None
    assert contact.data["service_url"].endswith("/amer/")


@pytest.mark.parametrize("old", ["knows nothing", "is dead"])
async def test_whoever_says_nothing_is_written_to_where_teams_was_last_heard_from(
    there: Placed, old: str
) -> None:
    reference = await there.plugged.channel.post("29:sam", HELLO, urgent=False, key="k")
    if old == "is dead":
        places = there.plugged._references
        for place in places:
            await places.follow(replace(place, service_url="http://127.0.0.1:9/emea/"))
    there.double.connector.at = "amer"
    await there.double.user("ana").says("hello")
    there.plugged._offices.ask_again()
    await there.plugged.channel.edit("29:sam", reference, sentence("Goodbye."))
    await there.plugged.channel.post("29:olu", HELLO, urgent=True, key="k")
    await there.plugged.channel.post(OFFICE, HELLO, urgent=True, key="k")
    office = there.double.tenant.rooms[OFFICE]
    await there.double.user("sam").sees("Goodbye.")
    await there.double.user("olu").sees("Hello.")
    await there.double.user("olu").sees("Hello.", office)
    before = len(there.double.connector.calls)
    await there.plugged.channel.post("29:olu", HELLO, urgent=True, key="k2")
    assert len(there.double.connector.calls) == before + 1, "what was found is kept"


async def test_whoever_says_nothing_is_found_after_a_restart_too() -> None:
    """The new address is known by what one person has said before it."""
    store = MemoryStore()
    async with teams(NAMES) as double:
        double.tenant.channel(OFFICE, {"29:olu"})
        async with placed(double=double, store=store):
            double.connector.at = "amer"
            await double.user("ana").says("hello")
        async with placed(double=double, store=store, met=()) as there:
            await there.plugged.channel.post("29:sam", HELLO, urgent=True, key="k")
            await double.user("sam").sees("Hello.")


async def test_whoever_has_not_added_the_app_is_given_up_with_what_to_do(there: Placed) -> None:
    with pytest.raises(GiveUp, match="has not added Doorstep in Teams"):
        await there.plugged.channel.post("29:tom", HELLO, urgent=True, key="k")


async def test_whoever_looks_after_it_is_told_who_was_not_reached_and_what_to_do(
    there: Placed,
) -> None:
    sam = there.double.user("sam")
    there.double.tenant.people["29:sam"].blocked = True
    for key in ("k1", "k2"):
        with pytest.raises(GiveUp):
            await there.plugged.channel.post("29:sam", HELLO, urgent=True, key=key)
    (problem,) = there.core.problems
    assert problem.startswith("Sam can't be reached in Teams: the person has blocked Doorstep")
    assert "unblocking it would be right" in problem
    there.double.tenant.people["29:sam"].blocked = False
    await there.plugged.channel.post("29:sam", HELLO, urgent=True, key="k3")
    assert there.core.problems[-1] == ""
    await sam.removes()
    with pytest.raises(GiveUp):
        await there.plugged.channel.post("29:sam", HELLO, urgent=True, key="k4")
    assert "has removed it; adding it" in there.core.problems[-1]


async def test_an_administrator_may_have_added_it_for_them(there: Placed) -> None:
    there.double.tenant.installed_for.add("29:eve")
    await there.plugged.channel.post("0000-eve", HELLO, urgent=True, key="k")
    await there.double.user("eve").sees("Hello.")
    await there.double.user("eve").says("hello")
    assert address(there, "eve") == "29:eve"


async def test_whoever_removes_it_is_forgotten_and_known_again(there: Placed) -> None:
    ana = there.double.user("ana")
    await ana.removes()
    with pytest.raises(GiveUp, match="has not added"):
        await there.plugged.channel.post("29:ana", HELLO, urgent=True, key="k")
    await ana.installs()
    await there.plugged.channel.post("29:ana", HELLO, urgent=True, key="k")
    await ana.sees("Hello.")


# --- the office's channel (P5) ---


async def told(there: Placed) -> None:
    """Once somebody has been met, Teams can be asked of the channel."""
    while OFFICE not in there.core.setup.school.office.values():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def test_P5_a_channel_of_colleagues_is_told(there: Placed) -> None:
    await asyncio.wait_for(told(there), 5)
    await there.plugged.channel.post(OFFICE, HELLO, urgent=True, key="k")
    olu = there.double.user("olu")
    await olu.sees("Hello.", there.double.tenant.rooms[OFFICE])
    assert olu.phone == ["Hello."], "whoever holds the office's role is named in an alarm"
    assert there.double.user("sam").phone == []


@pytest.mark.parametrize(
    "kind", ["a guest", "another organisation", "shared", "shared and never spoke", "not in it"]
)
async def test_P5_a_channel_that_others_read_is_told_nothing(kind: str) -> None:
    async with teams(NAMES) as double:
        room = double.tenant.channel(OFFICE, {"29:olu", "29:tom"})
        async with placed(double=double) as there:
            await asyncio.wait_for(told(there), 5)
            match kind:
                case "a guest":
                    double.tenant.people["29:tom"].role = "guest"
                case "another organisation":
                    double.tenant.people["29:tom"].tenant = "another"
                case "shared":
                    await double.user("olu").says("hello", room)
                    room.channel_kind = "shared"
                case "shared and never spoke":
                    general = double.tenant.channel("19:general@thread.tacv2", {"29:olu"})
                    await double.user("olu").installs(general)
                    room.channel_kind = "shared"
                case _:
                    room.bot = False
            there.plugged._offices.ask_again()
            with pytest.raises(GiveUp, match="the office channel is told nothing"):
                await there.plugged.channel.post(OFFICE, HELLO, urgent=True, key="k")
            await there.double.tenant.notice()
            await there.adopt()
            assert there.core.setup.school.office == {}
            assert "The office channel in Teams is told nothing" in there.core.problems[-1]
        assert room.messages == {}


async def test_a_school_without_a_channel_asks_nothing_of_one() -> None:
    async with placed(school=replace(SCHOOL, office={})) as there:
        assert isinstance(there.core.setup.school, School)
        assert not any("pagedmembers" in path for _, path in there.double.connector.calls)

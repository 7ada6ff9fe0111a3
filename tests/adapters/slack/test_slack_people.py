"""Who is who: ids, e-mail addresses, guests, bots and accounts that are gone."""

from dataclasses import replace

import pytest

from adapters.plug import ChannelOff
from adapters.slack import plugged
from bot.domain.school import Person, School
from tests.adapters.slack.placed import SCHOOL, Placed, placed
from tests.slack_double.double import slack
from tests.slack_double.workspace import BOT_USER

TOM = Person("tom", "Tom Outside", frozenset({"staff"}), email="Tom@School.example")
WITH_TOM = replace(SCHOOL, people=(*SCHOOL.people, TOM))


def address(school: School, person: str) -> str:
    found = school.person(person)
    assert found is not None
    return found.addresses.get("slack", "")


async def test_somebody_is_found_by_their_email_address_whatever_its_case(there: Placed) -> None:
    there.double.workspace.people["U0TOM"].email = "tom@school.example"
    await there.adopt(WITH_TOM)
    assert address(there.core.setup.school, "tom") == "U0TOM"
    assert address(there.core.setup.school, "ana") == "U0ANA"


async def test_nobody_has_that_address(there: Placed) -> None:
    await there.adopt(WITH_TOM)
    assert address(there.core.setup.school, "tom") == ""


async def test_slack_is_asked_about_each_person_once_an_hour(there: Placed) -> None:
    there.double.workspace.people["U0TOM"].email = "tom@school.example"
    await there.adopt(WITH_TOM)
    before = len(there.double.workspace.calls)
    await there.adopt(WITH_TOM)
    assert len(there.double.workspace.calls) == before


@pytest.mark.parametrize("flag", ["is_restricted", "is_ultra_restricted", "is_bot", "deleted"])
async def test_a_guest_a_bot_and_a_deactivated_account_are_nobodys(
    there: Placed, flag: str
) -> None:
    account = there.double.workspace.people["U0SAM"]
    setattr(account, flag, True)
    changed = {"type": "user_change", "user": account.as_json(emails=False)}
    assert (await there.double.delivery.event(changed)).ok
    assert there.core.learnt == 1, "the school is asked for again"
    await there.adopt(SCHOOL)
    assert address(there.core.setup.school, "sam") == ""
    assert address(there.core.setup.school, "ana") == "U0ANA"


async def test_a_changed_display_name_changes_nothing(there: Placed) -> None:
    account = there.double.workspace.people["U0SAM"]
    account.name = "Ana Teach"
    await there.double.delivery.event(
        {"type": "user_change", "user": account.as_json(emails=False)}
    )
    await there.adopt(SCHOOL)
    assert there.core.learnt == 0
    assert address(there.core.setup.school, "sam") == "U0SAM"


async def test_what_slack_does_not_say_now_is_learnt_later(
    there: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.double.workspace.people["U0TOM"].email = "tom@school.example"
    monkeypatch.setattr(plugged, "LOOKS_SOON", 0.1)
    there.double.trouble.always("users.lookupByEmail", "status")
    await there.adopt(WITH_TOM)
    assert address(there.core.setup.school, "tom") == ""
    there.double.trouble.over()
    await there.until(lambda: there.core.learnt == 1)
    await there.adopt(WITH_TOM)
    assert address(there.core.setup.school, "tom") == "U0TOM"


async def test_a_bad_token_is_said_at_the_start() -> None:
    for error in ("invalid_auth", "token_revoked", "account_inactive"):
        async with slack() as double:
            double.workspace.revoked = error
            with pytest.raises(ChannelOff, match="SLACK_BOT_TOKEN"):
                async with placed(double=double):
                    pass


async def test_a_bad_app_token_is_said_too() -> None:
    async with slack() as double:
        with pytest.raises(ChannelOff, match="SLACK_APP_TOKEN"):
            async with placed(double=double, socket=True, slack_app_token="xapp-another"):
                pass


async def test_slack_that_is_silent_at_the_start_is_no_reason_not_to() -> None:
    async with slack() as double:
        double.workspace.person("U0ANA", "Ana Teach")
        double.workspace.channel("C0OFFICE", "office", {BOT_USER})
        double.trouble.always("*", "status")
        async with placed(double=double) as there:
            double.trouble.over()
            assert (await double.user("U0ANA").says("help")).ok
            assert len(there.core.heard) == 1


async def test_nothing_is_kept_of_people_who_have_nothing_to_do_with_it(there: Placed) -> None:
    stranger = there.double.workspace.person("U0ELSE", "Else Where", "else@school.example")
    changed = {"type": "user_change", "user": stranger.as_json(emails=True)}
    assert (await there.double.delivery.event(changed)).ok
    assert "U0ELSE" not in there.plugged._people._accounts

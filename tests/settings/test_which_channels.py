import pytest

from adapters.environment import NO_CHANNEL, Environment, read_environment, which_channels

SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}
TEAMS = {"MICROSOFT_APP_ID": "id", "MICROSOFT_APP_PASSWORD": "p"}
SINGLE = {"MICROSOFT_APP_TYPE": "SingleTenant"}


@pytest.mark.parametrize(
    ("names", "on", "named"),
    [
        ({}, (), ["doorstep demo"]),
        (SLACK, ("slack",), []),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, ("slack",), []),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, (), ["SLACK_SIGNING_SECRET is missing"]),
        ({"SLACK_SIGNING_SECRET": "s"}, (), ["SLACK_BOT_TOKEN is missing"]),
        ({"SLACK_APP_TOKEN": "xapp-1"}, (), ["SLACK_BOT_TOKEN is missing"]),
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"}, (), ["mixed up"]),
        (TEAMS, ("teams",), []),
        (SLACK | TEAMS, ("slack", "teams"), []),
        (SLACK | {"MICROSOFT_APP_ID": "i"}, ("slack",), ["MICROSOFT_APP_PASSWORD is missing"]),
        ({"MICROSOFT_APP_PASSWORD": "p"}, (), ["MICROSOFT_APP_ID is missing"]),
        (
            TEAMS | {"MICROSOFT_APP_TYPE": "SingleTenant"},
            (),
            ["MICROSOFT_APP_TENANT_ID is missing"],
        ),
        (TEAMS | {"MICROSOFT_APP_TENANT_ID": "t"}, ("teams",), []),
        (
            {
                "MICROSOFT_APP_ID": "i",
                "MICROSOFT_APP_TYPE": "UserAssignedMSI",
                "MICROSOFT_APP_TENANT_ID": "t",
            },
            ("teams",),
            [],
        ),
        ({"DOORSTEP_TEAMS_AUTH": "off"}, ("teams",), []),
        ({"DOORSTEP_TEAMS_AUTH": "off", "HOST": "localhost"}, ("teams",), []),
        ({"DOORSTEP_TEAMS_AUTH": "off", "HOST": "::1"}, ("teams",), []),
        ({"DOORSTEP_TEAMS_AUTH": "off", "HOST": "0.0.0.0"}, (), ["HOST=127.0.0.1"]),
        ({"DOORSTEP_TEAMS_AUTH": "off", "HOST": "school.example"}, (), ["HOST=127.0.0.1"]),
        (TEAMS | {"DOORSTEP_TEAMS_AUTH": "off"}, (), ["MICROSOFT_APP_ID"]),
    ],
)
def test_a_channel_is_on_off_or_half_configured(
    names: dict[str, str], on: tuple[str, ...], named: list[str]
) -> None:
    channels = which_channels(read_environment(names, None))
    assert channels.names == on
    assert len(channels.problems) == len(named)
    for problem, word in zip(channels.problems, named, strict=True):
        assert word in problem
        assert problem.endswith((" right.", " either."))


def test_no_channel_at_all_points_to_the_demo() -> None:
    assert which_channels(Environment()).problems == (NO_CHANNEL,)

"""Who we are on Slack: asked once at the start, and until Slack has said it."""

from dataclasses import dataclass

from adapters.plug import ChannelOff
from adapters.slack.api import NO_TOKEN, Api, Limited, Refusal, Unanswered


@dataclass(slots=True)
class Identity:
    """This app in this workspace. ``team`` is empty until Slack has said it."""

    team: str = ""
    user: str = ""
    bot: str = ""

    async def ask(self, api: Api) -> bool:
        """Ask; False where Slack doesn't answer. ChannelOff where the token is bad for certain."""
        try:
            said = await api.call("auth.test")
        except Refusal as refusal:
            if refusal.error in NO_TOKEN:
                raise ChannelOff(
                    f"Slack refuses SLACK_BOT_TOKEN ({refusal.error}); the Bot User OAuth Token "
                    "from your app's page, under OAuth & Permissions, would be right."
                ) from None
            return False
        except (Limited, Unanswered):
            return False
        self.team, self.user = str(said.get("team_id", "")), str(said.get("user_id", ""))
        self.bot = str(said.get("bot_id", ""))
        return bool(self.team)

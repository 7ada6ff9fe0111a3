"""The one table from Slack's words to what the engine does (S8)."""

from adapters.slack.api import NO_TOKEN, Limited, Refusal, Unanswered
from bot.ports import GiveUp, PostAnew, TryLater

AUTH_WAIT = 60.0
NOBODY = {
    "cannot_dm_bot": "this is a bot",
    "channel_not_found": "Slack knows no such person or channel, or Doorstep is not in it",
    "ekm_access_denied": "the workspace's administrators have stopped posting",
    "is_archived": "the channel is archived",
    "messages_tab_disabled": "the app's messages tab is switched off",
    "missing_scope": "the app lacks a scope",
    "no_permission": "the app may not",
    "not_allowed_token_type": "this is not a bot token",
    "not_in_channel": "Doorstep is not in the channel; /invite @Doorstep would be right",
    "restricted_action": "the workspace's administrators don't let the app post",
    "team_access_not_granted": "the app may not write to this workspace",
    "user_disabled": "the person's account is deactivated",
    "user_not_found": "Slack knows no such person",
    "user_not_in_channel": "the person is not in the channel",
    "user_not_visible": "the app may not see this person",
}
"""Nothing reaches this address until somebody mends something: the ladder climbs on."""
GONE = frozenset(
    {"cant_update_message", "edit_window_closed", "message_not_found", "thread_not_found"}
)
"""There is no message of ours any more that could be edited."""
TOO_MUCH = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
    }
)
"""Slack takes this card in no form but the plainest: words are better than silence."""


def outcome(problem: Refusal | Limited | Unanswered, *, urgent: bool = False) -> Exception:
    """What the engine is told."""
    match problem:
        case Limited(after=after):
            return TryLater("Slack is rate limiting", after)
        case Unanswered():
            return TryLater(f"Slack did not answer: {problem}")
        case Refusal(error=error) if error in NO_TOKEN:
            # What is urgent must climb; what is not goes once the token is mended.
            said = f"Slack refuses the bot token ({error})"
            return GiveUp(said) if urgent else TryLater(said, AUTH_WAIT)
        case Refusal(error=error) if error in GONE:
            return PostAnew(error)
        case Refusal(error=error, needed=needed) if error in NOBODY:
            return GiveUp(f"{NOBODY[error]} ({error}{': ' if needed else ''}{needed})")
        case Refusal(error=error) if error in TOO_MUCH:
            return GiveUp(f"Slack does not take the message ({error})")
        case Refusal(error=error):
            return TryLater(f"Slack said {error}")

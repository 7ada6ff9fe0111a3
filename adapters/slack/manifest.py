"""The app's manifest: what Doorstep asks of a workspace, and why. The least that works."""

import json
from typing import Any

WHAT_FOR = {
    "app_mentions:read": "to hear somebody who mentions it in a channel",
    "chat:write": "to send messages",
    "channels:read": "to see whether a public office channel is fit for names",
    "commands": "for /visit and the shortcut",
    "groups:history": "to find an alarm in the private office channel whose answer was lost",
    "groups:read": "to see who reads the private office channel",
    "im:history": "to hear direct messages, and to find one whose answer was lost",
    "im:write": "to begin direct messages",
    "pins:write": "to pin the board in the office channel",
    "users:read": "to tell guests and deactivated accounts from colleagues",
    "users:read.email": "to find people by e-mail address",
}
EVENTS = (
    "app_home_opened",
    "app_mention",
    "channel_archive",
    "channel_shared",
    "group_archive",
    "member_joined_channel",
    "message.im",
    "user_change",
)


def manifest(address: str = "") -> dict[str, Any]:
    """For Socket Mode, or for HTTP at this public address."""
    url = f"{address.rstrip('/')}/slack/events" if address else ""
    at = {"request_url": url} if url else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Doorstep",
            "description": "Keeps school staff safe on home visits",
            "background_color": "#1f3a5f",
            "long_description": (
                "Staff plan home visits, a leader approves them, the office sees who is out and "
                "when they are due back. Doorstep asks whether they are OK, and tells colleagues, "
                "one after another, when nobody answers or somebody asks for help."
            ),
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Doorstep", "always_online": True},
            "shortcuts": [
                {
                    "name": "Plan a visit",
                    "type": "global",
                    "callback_id": "plan_visit",
                    "description": "Ask for a home visit",
                }
            ],
            "slash_commands": [
                {
                    "command": "/visit",
                    "description": "Plan a visit, or say: ok, back, help, status",
                    "usage_hint": "[ok | back | help | status | where, when and why]",
                    "should_escape": False,
                    **({"url": url} if url else {}),
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(WHAT_FOR)}},
        "settings": {
            "event_subscriptions": {**at, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **at},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def written(address: str = "") -> str:
    """As the file says it."""
    return json.dumps(manifest(address), indent=2, ensure_ascii=False) + "\n"

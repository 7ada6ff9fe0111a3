"""``doorstep manifest slack [ADDRESS]``: the app's manifest, to be pasted where an app is made."""

from urllib.parse import urlsplit

from adapters.commands.outcome import Later, Mend


def manifest(channel: str, address: str | None) -> int:
    """Without an address for Socket Mode; with one, that Slack can reach, for HTTP."""
    if channel != "slack":
        raise Later(f"manifest {channel}")
    from adapters.slack.manifest import written

    if address and not _reachable(address):
        msg = (
            f"Slack can't call {address}; the public https:// address of this server, or no "
            "address for Socket Mode, would be right."
        )
        raise Mend(msg)
    print(written(address or ""), end="")
    return 0


def _reachable(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" and bool(parts.hostname) and not parts.query

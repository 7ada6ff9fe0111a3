"""``doorstep manifest slack|teams [ADDRESS]``: what Slack and Teams are told about the app.

For Slack it is printed, to be pasted where an app is made; for Teams it is a file to be uploaded.
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from adapters.commands.files import environment, school_file
from adapters.commands.outcome import Mend

PACKAGE = Path("doorstep-teams.zip")


def manifest(environ: Mapping[str, str], channel: str, address: str | None) -> int:
    """Print it for Slack, write it for Teams."""
    return _teams(environ, address) if channel == "teams" else _slack(address)


def _slack(address: str | None) -> int:
    """Without an address for Socket Mode; with one, that Slack can reach, for HTTP."""
    from adapters.slack.manifest import written

    if address and not _reachable(address):
        msg = (
            f"Slack can't call {address}; the public https:// address of this server, or no "
            "address for Socket Mode, would be right."
        )
        raise Mend(msg)
    print(written(address or ""), end="")
    return 0


def _teams(environ: Mapping[str, str], address: str | None) -> int:
    """The address is that of a page about the app, which Teams shows to whoever installs it."""
    from adapters.teams.package import is_app_id, package

    env = environment(environ)
    if not is_app_id(env.microsoft_app_id):
        msg = (
            "MICROSOFT_APP_ID is not the id of an app; the Application (client) ID of its "
            "registration, such as 12345678-90ab-cdef-1234-567890abcdef, would be right."
        )
        raise Mend(msg)
    school = school_file(env.config).school
    page = address or _own_page([person.email or "" for person in school.people])
    if not _reachable(page):
        msg = (
            "Teams shows a page about the app to whoever installs it; "
            "`doorstep manifest teams https://...`, the address of a page of the school, would be "
            "right."
        )
        raise Mend(msg)
    try:
        PACKAGE.write_bytes(package(env.microsoft_app_id, school.name, page))
    except OSError as problem:
        msg = f"{PACKAGE} can't be written ({problem.strerror}); a folder of yours would be right."
        raise Mend(msg) from None
    print(f"{PACKAGE} is written; upload it in the Teams admin centre, under Manage apps.")
    return 0


def _own_page(emails: list[str]) -> str:
    """The school's own site, by where most people's e-mail is."""
    domains = [email.rpartition("@")[2] for email in emails if "@" in email]
    return f"https://{max(domains, key=domains.count)}/" if domains else ""


def _reachable(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" and bool(parts.hostname) and not parts.query

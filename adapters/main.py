"""``doorstep``: the command. Errors that a person can mend are one sentence, exit status 2."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence

from adapters.commands.outcome import Later, Mend

LATER = ("export", "purge")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; give the exit status."""
    parser = _parser()
    given, rest = parser.parse_known_args(argv)
    if rest and given.command not in LATER:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        return _run(given)
    except Mend as mend:
        print(f"doorstep: {mend}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _run(given: argparse.Namespace) -> int:
    """Commands are imported when they are called: ``check`` need not load the demo."""
    match given.command:
        case "demo":
            from adapters.commands.demo import demo

            asyncio.run(demo(os.environ))
            return 0
        case "run":
            from adapters.commands.run import run

            return run(os.environ)
        case "check":
            from adapters.commands.check import check

            return check(os.environ, given.tell)
        case "migrate":
            from adapters.commands.migrate import migrate

            return migrate(os.environ)
        case "policy":
            from adapters.commands.policy import check_policy_file, show

            if given.what == "show":
                return show(os.environ, given.file, toml=given.toml)
            return check_policy_file(os.environ, given.file)
        case "gallery":
            from adapters.commands.gallery import gallery

            return gallery()
        case "audit":
            from adapters.commands.audit import changes, verify

            return asyncio.run((verify if given.what == "verify" else changes)(os.environ))
        case "manifest":
            from adapters.commands.manifest import manifest

            return manifest(os.environ, given.what, given.address)
        case later:
            raise Later(later)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="doorstep", description="Home-visit safety for schools, inside Slack and Teams."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("demo", help="a page on which you play everybody in a small school")
    commands.add_parser("run", help="serve your school's Slack and Teams")
    checks = commands.add_parser(
        "check", help="check configuration, database, credentials and channels"
    )
    checks.add_argument(
        "--tell", default="", metavar="PERSON", help="and send this person a message"
    )
    commands.add_parser("migrate", help="bring the database up to date")
    policy = commands.add_parser("policy", help="show or check a policy")
    policy.add_argument("what", choices=("show", "check"))
    policy.add_argument("file", nargs="?", help="a policy or school file, or slps or pastoral")
    policy.add_argument("--toml", action="store_true", help="show it as a file to start from")
    commands.add_parser("gallery", help="print an example of every card and form")
    audit = commands.add_parser("audit", help="verify the audit, or show the school's own part")
    audit.add_argument("what", choices=("verify", "changes"))
    made = commands.add_parser("manifest", help="the app for Slack (printed), or Teams (a file)")
    made.add_argument("what", choices=("slack", "teams"))
    made.add_argument("address", nargs="?", help="Slack: this server, for HTTP. Teams: a page")
    for name in LATER:
        commands.add_parser(name, help="comes with a later version")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""``doorstep demo``: the page on which a newcomer plays everybody, on embedded defaults.

Reads neither ``.env`` nor ``DATABASE_URL``: a demo can't touch a school's data.
"""

import secrets
import socket
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from adapters.commands.outcome import Mend
from adapters.commands.serving import bound, serve, set_up_logging
from adapters.commands.stage import Stage
from adapters.environment import BadEnvironment, read_environment
from adapters.health import Health
from adapters.web.playing import SHORTCUTS
from adapters.web.server import build_app
from bot.settings import read_school, shipped
from storage import Keyring

FOLDER = Path("var/demo")
PORT = "8080"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


async def demo(environ: Mapping[str, str], folder: Path = FOLDER) -> None:
    """Serve the demo page until it is stopped."""
    set_up_logging()
    own = {name: environ[name] for name in ("HOST", "PORT") if environ.get(name)}
    try:
        env = read_environment({"PORT": PORT, **own}, dotenv=None)
    except BadEnvironment as bad:
        raise Mend(str(bad)) from None
    if env.host not in LOOPBACK:
        msg = "The demo lets whoever opens it act as anybody, so HOST must be 127.0.0.1."
        raise Mend(msg)
    with bound(env.host, env.port) as door:
        await _play(f"http://{env.host}:{env.port}", door, folder)


async def _play(page: str, door: Iterable[socket.socket], folder: Path) -> None:
    school = files("adapters.web").joinpath("school.toml").read_text("utf-8")
    settings = read_school(school, policies=shipped)
    stage = Stage(folder, settings, _keyring(folder))
    await stage.open()
    stage.teller.open()
    try:
        app = build_app(
            channel=stage.channel,
            handle=stage.handle,
            moving=stage.moving,
            teller=stage.teller,
            school=settings.school.name,
            shortcuts=SHORTCUTS,
        )
        Health(lambda: stage.store, stage.clock).add_to(app)
        await serve(app, door, f"Doorstep demo: open {page} (stop with Ctrl+C)")
    finally:
        await stage.teller.close()
        await stage.close()


def _keyring(folder: Path) -> Keyring:
    """A key of the demo's own."""
    path = folder / "key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))
    return Keyring(path.read_text().strip())

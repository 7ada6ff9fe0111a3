"""The app package: what an administrator uploads to Teams. The least that works: a bot, in people's
own chats, group chats and the office's channel. No permission, no domain, no sign-in, no files.
"""

import json
import re
from io import BytesIO
from pathlib import Path
from string import Template
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FOLDER = Path(__file__).parent / "manifest"
ICONS = ("color.png", "outline.png")
LONGEST_NAME = 32
LONG_AGO = (2026, 1, 1, 0, 0, 0)
"""The same settings make the same file."""

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def is_app_id(text: str) -> bool:
    """Whether this can be the id of an app registration."""
    return _GUID.fullmatch(text) is not None


def manifest(app_id: str, school: str, address: str) -> dict[str, Any]:
    """The manifest, filled in. ``address`` is a page that says who looks after Doorstep here."""
    given = {"app_id": app_id, "school": school[:LONGEST_NAME].strip(), "address": address}
    quoted = {name: json.dumps(value)[1:-1] for name, value in given.items()}
    text = (FOLDER / "manifest.json").read_text("utf-8")
    made = json.loads(Template(text).safe_substitute(quoted))
    assert isinstance(made, dict)
    return made


def package(app_id: str, school: str, address: str) -> bytes:
    """The zip, as Teams takes it."""
    made, written = BytesIO(), json.dumps(manifest(app_id, school, address), indent=2)
    with ZipFile(made, "w") as zipped:
        parts = {"manifest.json": written.encode()}
        parts |= {name: (FOLDER / name).read_bytes() for name in ICONS}
        for name, held in parts.items():
            zipped.writestr(ZipInfo(name, LONG_AGO), held, ZIP_DEFLATED)
    return made.getvalue()

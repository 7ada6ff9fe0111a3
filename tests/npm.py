"""npm packages that a folder's ``package.json`` pins: installed beside it once, by npm's ordinary
means, without a lock, since a lock holds addresses.

``node_modules`` is never committed. What needs them skips where node or npm is missing, with the
line that says how to get them; where nothing may be skipped, it fails with that line.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

MISSING = "node and npm are missing (on Debian: apt-get install nodejs npm)"


def installed(folder: Path) -> Path:
    """Give ``node_modules`` as pinned; skip the test that asks where it can't be had."""
    if not (shutil.which("node") and shutil.which("npm")):
        if os.environ.get("DOORSTEP_NO_SKIPS"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return install(folder)


def install(folder: Path) -> Path:
    """Install what is pinned, unless it is there. No package's own scripts are run."""
    modules = folder / "node_modules"
    pinned, stamp = folder / "package.json", modules / ".installed"
    wanted = hashlib.sha256(pinned.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        quiet = ("--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund")
        done = subprocess.run(
            ["npm", "install", *quiet], cwd=folder, check=False, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise RuntimeError(f"npm could not install what {pinned} pins: {done.stderr}")
        stamp.write_text(wanted)
    return modules

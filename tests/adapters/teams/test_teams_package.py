"""The app package: what is in it, and that it asks for nothing."""

import io
import json
import struct
from typing import Any
from zipfile import ZipFile

from adapters.teams.package import ICONS, is_app_id, manifest, package

APP = "12345678-90ab-cdef-1234-567890abcdef"
ADDRESS = "https://www.school.example/doorstep"
SIZES = {"color.png": 192, "outline.png": 32}


def made(school: str = "St Example Primary") -> dict[str, Any]:
    return manifest(APP, school, ADDRESS)


def test_the_zip_has_the_manifest_and_both_icons_at_its_top() -> None:
    zipped = ZipFile(io.BytesIO(package(APP, "St Example Primary", ADDRESS)))
    assert sorted(zipped.namelist()) == ["color.png", "manifest.json", "outline.png"]
    assert json.loads(zipped.read("manifest.json")) == made()
    for name in ICONS:
        held = zipped.read(name)
        assert held.startswith(b"\x89PNG")
        assert struct.unpack(">II", held[16:24]) == (SIZES[name], SIZES[name])


def test_the_same_settings_make_the_same_file() -> None:
    assert package(APP, "A", ADDRESS) == package(APP, "A", ADDRESS)
    assert package(APP, "A", ADDRESS) != package(APP, "B", ADDRESS)


def test_it_asks_for_no_permission_and_opens_no_door() -> None:
    asked = {"permissions", "authorization", "webApplicationInfo", "validDomains", "staticTabs"}
    assert not asked & set(made())
    (bot,) = made()["bots"]
    assert bot["botId"] == APP
    assert [bot[name] for name in ("supportsFiles", "supportsCalling", "supportsVideo")] == [
        False,
        False,
        False,
    ]


def test_whatever_the_school_is_called_fits_and_stays_text() -> None:
    name = 'St "Example" ${app_id} \\ Very Long Church of England Primary School'
    assert made(name)["developer"]["name"] == name[:32].strip()
    assert made(name)["id"] == APP


def test_nothing_in_the_template_is_left_open() -> None:
    assert "${" not in json.dumps(made())


def test_an_app_id_is_told_from_other_things() -> None:
    assert is_app_id(APP)
    assert not any(map(is_app_id, ("", "secret", APP[:-1], f"{APP}x", "{" + APP + "}")))

"""WCAG AA, measured: every pair of text and ground that the style sheets put together."""

import re
from pathlib import Path

import pytest

import adapters.web

STATIC = Path(adapters.web.__file__).parent / "static"
TEXT = 4.5
PARTS = 3.0
"""Borders of fields, and the ring of focus."""

GROUNDS = ("ground", "ground-far", "surface", "surface-low")
SOFT = ("amber-soft", "alarm-soft", "done-soft")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "quiet") for ground in (*GROUNDS, *SOFT)),
    *(("brand", ground, TEXT) for ground in GROUNDS),
    *(("alarm", ground, TEXT) for ground in (*GROUNDS, "alarm-soft")),
    ("ask", "surface", TEXT),
    ("amber", "amber-soft", TEXT),
    ("done", "done-soft", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-alarm", "alarm", TEXT),
    ("on-brand-soft", "brand-soft", TEXT),
    ("ink", "brand-soft", TEXT),
    *(("on-hue", f"hue-{number}", TEXT) for number in range(6)),
    *(("edge", ground, PARTS) for ground in (*GROUNDS, *SOFT)),
    *(("focus", ground, PARTS) for ground in (*GROUNDS, *SOFT)),
]


def themes() -> dict[str, dict[str, str]]:
    light, dark = (STATIC / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    colours = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});")
    bright = dict(colours.findall(light))
    return {"light": bright, "dark": {**bright, **dict(colours.findall(dark))}}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_parts_stand_out_enough(theme: str) -> None:
    colours = themes()[theme]
    weak = {
        f"{one} on {other}": round(contrast(colours[one], colours[other]), 2)
        for one, other, least in PAIRS
        if contrast(colours[one], colours[other]) < least
    }
    assert weak == {}


def test_colours_stand_in_one_place_only() -> None:
    for sheet in STATIC.glob("*.css"):
        if sheet.name != "tokens.css":
            assert not re.search(
                r"#[0-9a-fA-F]{3,8}\b(?!000)", sheet.read_text().replace("#000", "")
            )


def test_nothing_is_fetched_from_elsewhere() -> None:
    for file in STATIC.iterdir():
        text = file.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "//" not in re.sub(r"(?m)(^|\s)//.*$", "", text), file.name

"""The cards and the form about flags."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.cards.draw import draw_overview
from bot.cards.flags import flag, sure_to_lift
from bot.cards.gallery.example import Example
from bot.cards.gallery.overviews import seen
from bot.cards.gallery.played import Scene
from bot.cards.gallery.remembered_scenes import DOG, ENDED, LATER, LIFTED, SEALED
from bot.cards.gallery.school import POLICY
from bot.domain.flagging import read_flag
from bot.domain.known import Flag
from bot.domain.roles import OFFICE


def remembered_cards(situations: Mapping[str, Scene]) -> Iterator[Example]:
    """Set, listed, looked at again, lifted."""
    visit = situations["asked"].visit
    empty = flag(POLICY, values={"place": "14 Oak Road"}, visit=visit)
    yield Example("flag", "on a visit's card", "Mrs Shah", empty)
    errors = read_flag("14", "", "x", POLICY)
    assert isinstance(errors, dict)
    wrong = flag(POLICY, values={"place": "14", "holds": ""}, errors=errors)
    yield Example("flag", "much is wrong", "Mrs Okoro", wrong)
    many = tuple(replace(DOG, id=f"n{number}") for number in range(12))
    shown: tuple[tuple[str, tuple[Flag, ...], str], ...] = (
        ("one, confirmed", (LATER,), "okoro"),
        ("twelve", many, "shah"),
        ("none", (), "lee"),
        ("not for them", (DOG,), "kim"),
        ("never in a channel", (DOG,), OFFICE),
    )
    for name, found, reader in shown:
        overview = replace(seen((), reader), flags=found)
        yield Example("flags", name, _who(reader), draw_overview("flags", overview))
    asked: tuple[tuple[str, tuple[Flag, ...], str], ...] = (
        ("to be looked at", (DOG,), "okoro"),
        ("confirmed", (LATER,), "okoro"),
        ("lifted", (LIFTED,), "okoro"),
        ("ended", (ENDED,), "okoro"),
        ("unreadable", (SEALED,), "okoro"),
        ("not kept any more", (), "okoro"),
        ("not for them", (DOG,), "kim"),
    )
    for name, found, reader in asked:
        overview = replace(seen((), reader), flags=found)
        yield Example("flag_due", name, _who(reader), draw_overview("flag_due", overview))
    sure = sure_to_lift(replace(seen((), "okoro"), flags=(DOG,)))
    yield Example("sure_to_lift", "Lift it", "Mrs Okoro", sure)


def _who(reader: str) -> str:
    return "the office" if reader == OFFICE else seen((), reader).school.name_of(reader)

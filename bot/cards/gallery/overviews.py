"""The cards about no single visit, each drawn from several situations at one moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.cards.draw import draw_overview
from bot.cards.gallery.example import Example
from bot.cards.gallery.played import Scene
from bot.cards.gallery.school import POLICY, SCHOOL, at
from bot.cards.overview import Overview
from bot.domain.roles import OFFICE, Audience

CLOCK = "14:35"
MANY = ("silent, a leader told", "help, both", "out, both there", "much more time asked")
SHOWN: Mapping[str, tuple[tuple[str, tuple[str, ...], str], ...]] = {
    "board": (
        ("nobody is out", (), OFFICE),
        ("one is out", ("out",), OFFICE),
        ("several are out", MANY, OFFICE),
        ("several are out", MANY, "pat"),
        ("details unreadable", ("out, details unreadable",), OFFICE),
        ("sixty are out", MANY * 15, OFFICE),
        ("not for them", MANY, "kim"),
    ),
    "whereabouts": (
        ("nobody is out", (), "shah"),
        ("several are out", MANY, "shah"),
        ("several are out", MANY, "bo"),
        ("out oneself", ("out",), "ana"),
        ("sixty are out", MANY * 15, "lee"),
        ("nothing for them", MANY, "kim"),
    ),
    "unheard_school": (
        ("one is out", ("out",), OFFICE),
        ("several are out", MANY, OFFICE),
        ("sixty are out", MANY * 15, OFFICE),
        ("nobody is out", (), OFFICE),
        ("not for them", MANY, "kim"),
    ),
}
"""For each card: in which situations at once, and before whom."""


ARGS: Mapping[str, Mapping[str, str]] = {
    "unheard_school": {"since": at("13:58").isoformat(), "until": at("14:20").isoformat()},
}
BROKEN = (
    "school.toml, line 12: this can't be read as TOML; one key on each line would be right.",
    'school.toml, people[3].leader: nobody has the id "leee"; "lee" would be right.',
)
KEY = ("DOORSTEP_KEY is missing; a key would be right.",)
SETTINGS: tuple[tuple[str, tuple[str, ...], Mapping[str, str], str], ...] = (
    ("a mistake", BROKEN[:1], {"since": at("13:05").isoformat()}, "ian"),
    ("two mistakes", BROKEN, {"since": at("13:05").isoformat()}, "pat"),
    ("many mistakes", BROKEN * 7, {}, "pat"),
    (
        "the wrong key",
        ("DOORSTEP_KEY is missing; a key would be right.",),
        {"closed": "yes"},
        "ian",
    ),
    (
        "the wrong key",
        ("DOORSTEP_KEY is missing; a key would be right.",),
        {"closed": "yes"},
        OFFICE,
    ),
    ("two mistakes", BROKEN, {"since": (at("13:05") - timedelta(1)).isoformat()}, OFFICE),
    ("mended", (), {}, "ian"),
    ("mended", (), {}, OFFICE),
    ("not for them", BROKEN, {}, "kim"),
)
"""What is wrong, with which arguments, and before whom."""


def seen(scenes: Sequence[Scene], reader: str, problems: tuple[str, ...] = ()) -> Overview:
    """Several scenes as one school, each with a visit of its own, before a reader."""
    views = []
    for number, scene in enumerate(scenes):
        visit = replace(scene.visit, id=f"v{number}", reference=f"V-{1042 + number}")
        views.append(replace(scene, visit=visit, now=at(CLOCK)).view(reader))
    school = scenes[0].facts.school if scenes else SCHOOL
    may = tuple(view for view in views if view.audience > Audience.NOTHING)
    return Overview(school, POLICY, reader, at(CLOCK), out=may, problems=problems)


def overviews(situations: Mapping[str, Scene]) -> Iterator[Example]:
    """Every card about no single visit."""
    for card, examples in SHOWN.items():
        for name, chosen, reader in examples:
            overview = seen([situations[each] for each in chosen], reader)
            overview = replace(overview, args=ARGS.get(card, {}))
            who = "the office" if reader == OFFICE else overview.school.name_of(reader)
            yield Example(card, name, who, draw_overview(card, overview))
    for name, problems, args, reader in SETTINGS:
        overview = replace(seen((), reader, problems), args=args)
        who = "the office" if reader == OFFICE else overview.school.name_of(reader)
        yield Example("settings", name, who, draw_overview("settings", overview))

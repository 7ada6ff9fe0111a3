"""Situations at the home: a nudge, somebody uneasy, two answers that differ, and a concern."""

from bot.cards.gallery.played import Scene
from bot.domain import commands as c

WORDS = "Robin said something that I would like to talk over with you."


def during(out: Scene) -> dict[str, Scene]:
    """From a visit of two that is out."""
    there = out.does("14:02", c.Arrive("ana")).does("14:03", c.Arrive("sam"))
    uneasy = there.does("14:12", c.FeelUneasy("ana"))
    differ = uneasy.does("14:14", c.CheckIn("sam"))
    apart = there.does("14:20", c.ComeBack("ana")).does("14:24", c.CheckIn("sam"))
    concern = there.does("14:12", c.HaveConcern("ana"))
    worded = concern.does("14:13", c.ExplainConcern("ana", 1, WORDS))
    seen = worded.does("14:15", c.OwnUp("shah", "concern", 1))
    back = seen.does("14:16", c.ComeBack("ana")).does("14:17", c.ComeBack("sam"))
    answered = there.does("14:23", c.CheckIn("ana")).does("14:23", c.CheckIn("sam"))
    return {
        "going on": answered.until("14:35"),
        "uneasy": uneasy,
        "uneasy, seen": uneasy.does("14:13", c.OwnUp("bo", "amber", 1)),
        "uneasy, asked again": uneasy.until("14:18"),
        "uneasy, nobody of the first reached": uneasy.fared("pending").until("14:16"),
        "uneasy no more": uneasy.does("14:15", c.CheckIn("ana")),
        "one uneasy, the other OK": differ,
        "one back, the other there": apart,
        "a concern": concern,
        "a concern, with words": worded,
        "a concern, details unreadable": worded.unreadable(),
        "a concern, unseen": worded.until("14:23"),
        "a concern, nobody reached": concern.fared("failed").until("14:13"),
        "a concern, seen": seen,
        "a concern, seen, both back": back,
    }

"""``Sam phoned, he is back``: words about somebody who is out, from whoever watches. They decide
nothing; the visit is shown, with its presses (S10). To anybody else there is no such visit (P6).
"""

import re

from bot.cards import written
from bot.domain.reading.names import who_is
from bot.domain.reading.words import split_words
from bot.engine.presses import press
from bot.engine.scene import Reply, Scene
from bot.ports import Press

_NEWS = re.compile(
    r"\b(phoned|rang|called|texted|emailed|messaged|spoke|spoken|heard|back|safe|ok|okay|fine|home|"
    r"returned|late|answer\w*)\b"
)
MOST = 5


def heard_of(scene: Scene, text: str) -> Reply | None:
    """The visit of whoever is named, or which of several; None where there is none to show."""
    if not _NEWS.search(text.casefold()):
        return None
    words = [word.text.removesuffix("'s") for word in split_words(text)[:12]]
    people = scene.setup.school.people
    named = {person.id for word in words for person in who_is(word, people).fits}
    live = scene.uow.visits.live_of(scene.setup.school.id, sorted(named - {scene.person.id}))
    about = [v for v in live if v.watch and scene.visit(v.id) and scene.person.id not in v.visitors]
    if len(about) == 1:
        return press(scene, Press("show", about[0].id, about[0].version))
    if not about:
        return None
    views = [scene.view(visit) for visit in about[:MOST]]
    return Reply(special=written.which_visit(views, "show", "Which visit is it about?"))

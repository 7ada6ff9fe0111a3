"""Flags on addresses: set, listed, confirmed, lifted, and their authors asked in time.

Each deed is an entry of the school's own audit chain. Where a flag stands is sealed: nobody's log
and no message's address says it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.cards import general
from bot.cards.draw import draw_overview
from bot.cards.flags import flag, sure_to_lift, was_set
from bot.cards.overview import Overview
from bot.domain.addresses import written
from bot.domain.flagging import (
    ASK_AGAIN,
    Wanted,
    asked_about,
    confirmed,
    lifted,
    may_flag,
    new_flag,
    read_flag,
)
from bot.domain.known import Flag
from bot.domain.roles import Audience, audience
from bot.domain.school_events import FlagConfirmed, FlagLifted, FlagSet
from bot.domain.shows import Show, post
from bot.domain.visit import Visit
from bot.engine.overview import about_school
from bot.engine.scene import Reply, Scene
from bot.engine.setup import Setup
from bot.engine.shown_again import show_again, to_there
from bot.engine.warned import warn
from bot.ports import Press, Submit, UnitOfWork

MOST = 50
GONE = Reply("That flag isn't kept any more.")
NOT_YOURS = Reply(special=general.not_yours())
NOT_SEALED = Reply(
    "I can't keep a flag just now: Doorstep's key is wrong. Please tell the office what they need "
    "to know, and whoever looks after Doorstep."
)


def set_flag(scene: Scene, pressed: Press) -> Reply:
    """The form: with the address of the visit that it was pressed on."""
    if not _may(scene):
        return NOT_YOURS
    if not scene.setup.can_seal:
        return NOT_SEALED
    visit = _visit(scene, pressed.visit)
    place = visit.details.place if visit and visit.details else ""
    place = pressed.args.get("place", "") or place
    return Reply(form=flag(scene.setup.policy, values={"place": place}, visit=visit))


def send_flag(scene: Scene, sent: Submit, values: Mapping[str, str]) -> Reply:
    """Keep it; or the form again, with everything typed."""
    if not _may(scene):
        return NOT_YOURS
    if not scene.setup.can_seal:
        return NOT_SEALED
    policy, visit = scene.setup.policy, _visit(scene, sent.visit)
    place = " ".join(values.get("place", "").split())
    wanted = read_flag(place, values.get("reason", ""), values.get("holds", ""), policy)
    if not isinstance(wanted, Wanted):
        return Reply(form=flag(policy, values=dict(values), errors=wanted, visit=visit))
    school = scene.setup.school.id
    made = new_flag(scene.new_id(), scene.person.id, wanted, policy, scene.now)
    if not scene.uow.flags.add(school, made, written(wanted.place)):
        return NOT_SEALED
    where = visit.id if visit else ""
    event = FlagSet(scene.now, scene.person.id, made.id, made.until, made.review_at, where)
    scene.uow.audit.append(school, "", [event])
    _tell(scene, made, ring=True)
    warned = warn(scene.uow, made, scene.setup, scene.now)
    scene.changed = True
    known = (each.watch.out for each in warned if each.watch and scene.visit(each.id))
    there = dict.fromkeys(visitor.name for out in known for visitor in out)
    return Reply(was_set(made, _seen(scene), out_there=tuple(there)))


def list_flags(scene: Scene, pressed: Press) -> Reply:
    """Those that bind."""
    del pressed
    if not _may(scene):
        return NOT_YOURS
    found = scene.uow.flags.binding(scene.setup.school.id, scene.now, MOST)
    return _answer(scene, "flags", tuple(found))


def confirm_flag(scene: Scene, pressed: Press) -> Reply:
    """It still holds: its author is asked again later."""
    known = _known(scene, pressed)
    if isinstance(known, Reply):
        return known
    if not known.binds(scene.now):
        return _answer(scene, "flag_due", (known,))
    after = confirmed(known, scene.person.id, scene.setup.policy, scene.now)
    event = FlagConfirmed(scene.now, scene.person.id, after.id, after.review_at)
    return _keep(scene, after, event)


def lift_flag(scene: Scene, pressed: Press) -> Reply:
    """It no longer counts. One stray touch doesn't do it: it is asked once more."""
    known = _known(scene, pressed)
    if isinstance(known, Reply):
        return known
    if not known.binds(scene.now):
        return _answer(scene, "flag_due", (known,))
    if pressed.args.get("sure") != "yes":
        return Reply(special=sure_to_lift(replace(_seen(scene), flags=(known,))))
    after = lifted(known, scene.person.id, scene.now)
    return _keep(scene, after, FlagLifted(scene.now, scene.person.id, after.id))


def ask_authors(uow: UnitOfWork, flag_id: str, setup: Setup, now: datetime) -> None:
    """One flag is to be looked at again: ask, and ask again for as long as it binds."""
    school = setup.school.id
    known = uow.flags.get(school, flag_id)
    if known is None or known.lifted_at or known.review_at > now:
        uow.flags.ask(school, flag_id, known.review_at if known and not known.lifted_at else None)
        return
    for who in asked_about(known, setup.reached, setup.policy, now):
        show = post(who, _slot(known), "flag_due", flag=known.id)
        uow.outbox.put(about_school(show, f"ask.{now.isoformat()}", setup, now))
    again = now + ASK_AGAIN
    uow.flags.ask(school, flag_id, again if known.binds(now) else None)


def _keep(scene: Scene, after: Flag, event: FlagConfirmed | FlagLifted) -> Reply:
    school, setup = scene.setup.school.id, scene.setup
    scene.uow.flags.save(school, after)
    scene.uow.audit.append(school, "", [event])
    for who in asked_about(after, setup.reached, setup.policy, scene.now):
        show = Show(who, _slot(after), "flag_due", args={"flag": after.id})
        rows = about_school(
            show, f"{type(event).__name__}.{scene.now.isoformat()}", setup, scene.now
        )
        standing = [row for row in rows if scene.uow.outbox.reference(row)]
        scene.uow.outbox.put(standing)
    _tell(scene, after)
    scene.changed = True
    return _answer(scene, "flag_due", (after,))


def _tell(scene: Scene, known: Flag, *, ring: bool = False) -> None:
    """Whoever is about to go there learns it now, not at the door."""
    uow, setup, now = scene.uow, scene.setup, scene.now
    why = f"flag.{known.id}.{now.isoformat()}"
    for visit in to_there(uow, known.place or "", setup):
        show_again(uow, visit, setup, now, why, ring=ring)


def _slot(known: Flag) -> str:
    return f"flag.{known.id}"


def _may(scene: Scene) -> bool:
    if scene.inbound.in_office:
        return False
    return may_flag(scene.person.id, scene.setup.reached, scene.setup.policy, scene.now)


def _known(scene: Scene, pressed: Press) -> Flag | Reply:
    if not _may(scene):
        return NOT_YOURS
    return scene.uow.flags.get(scene.setup.school.id, pressed.args.get("flag", "")) or GONE


def _visit(scene: Scene, visit_id: str) -> Visit | None:
    """The visit that it was pressed on, if this person may know where it goes."""
    visit = scene.visit(visit_id)
    if visit is None:
        return None
    seen = audience(scene.person.id, visit, scene.known, scene.now)
    return visit if seen > Audience.NOTHING else None


def _seen(scene: Scene) -> Overview:
    return Overview(scene.setup.reached, scene.setup.policy, scene.person.id, scene.now)


def _answer(scene: Scene, card: str, found: tuple[Flag, ...]) -> Reply:
    return Reply(special=draw_overview(card, replace(_seen(scene), flags=found)))

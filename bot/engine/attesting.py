"""Saying that one has read the policy, by the button, in words, or by the tick at departure. It is
kept with the text that it was (``Readings``), and is an entry of the school's own audit chain.
"""

from bot.cards import general
from bot.cards.model import Button
from bot.cards.policy_said import fingerprint
from bot.domain.school_events import PolicyRead
from bot.engine.scene import Reply, Scene
from bot.engine.shown_again import show_again
from bot.ports import Press

AGAIN = Button("Show the policy", "policy", style="primary")


def have_read(scene: Scene, pressed: Press) -> Reply:
    """Of the text that they were shown; a policy that has changed since is shown again."""
    now_is = fingerprint(scene.setup.policy)
    if pressed.args.get("text", now_is) != now_is:
        changed = "The policy has changed since you opened it. Please read it again."
        return Reply(special=general.sentence(changed, AGAIN))
    attest(scene)
    return Reply("Thank you. I've noted that you have read the home visits policy.")


def attest(scene: Scene) -> None:
    """Keep it: this person, this text, now."""
    school, text = scene.setup.school.id, fingerprint(scene.setup.policy)
    scene.uow.readings.keep(school, scene.person.id, text, scene.now)
    scene.uow.audit.append(school, "", [PolicyRead(scene.now, scene.person.id, text)])
    why = f"read.{scene.person.id}.{scene.now.isoformat()}"
    for visit in scene.live():
        if visit.watch is None:
            show_again(scene.uow, visit, scene.setup, scene.now, why)
    scene.changed = True

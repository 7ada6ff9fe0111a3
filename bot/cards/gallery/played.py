"""Visits as they come about: real commands, folded by the real rules, at the times of a story."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cards.gallery.school import DETAILS, PLAN, POLICY, SCHOOL, at
from bot.cards.view import View
from bot.domain.commands import Command, Wake
from bot.domain.decide import decide, next_wake
from bot.domain.events import Asked
from bot.domain.evolve import evolve
from bot.domain.facts import Facts
from bot.domain.known import Known
from bot.domain.plan import Details, Plan
from bot.domain.policy import Policy
from bot.domain.refused import Refused
from bot.domain.roles import OFFICE
from bot.domain.school import School
from bot.domain.visit import Requested, Visit


@dataclass(frozen=True, slots=True)
class Scene:
    """A visit at a moment. Every step gives a new scene, so that stories can branch."""

    visit: Visit
    facts: Facts
    now: datetime

    def does(self, clock: str, command: Command) -> "Scene":
        """Somebody does something at a time of day; what is due before then happens before."""
        scene = self.until(clock)
        outcome = decide(scene.visit, command, scene.facts, scene.now)
        assert not isinstance(outcome, Refused), outcome
        visit = scene.visit
        for event in outcome:
            visit = evolve(visit, event)
        return replace(scene, visit=replace(visit, version=visit.version + 1))

    def until(self, clock: str) -> "Scene":
        """Time passes, and whatever falls due happens at its own moment."""
        scene, end = self, at(clock)
        while True:
            wake = next_wake(scene.visit, scene.facts.policy_of(scene.visit))
            if wake is None or wake > end:
                return replace(scene, now=max(scene.now, end))
            scene = scene._wakes(max(scene.now, wake))

    def asleep_until(self, clock: str) -> "Scene":
        """An outage: time passes, and Doorstep finds out at the end of it."""
        return self._wakes(at(clock)).until(clock)

    def _wakes(self, moment: datetime) -> "Scene":
        outcome = decide(self.visit, Wake(), self.facts, moment)
        assert not isinstance(outcome, Refused)
        visit = self.visit
        for event in outcome:
            visit = evolve(visit, event)
        return replace(self, visit=replace(visit, version=visit.version + 1), now=moment)

    def under(self, policy: Policy) -> "Scene":
        """The school has another policy, and looks at the visit again (S15)."""
        changed = replace(self, facts=replace(self.facts, policy=policy))
        return changed.asleep_until(f"{self.now:%H:%M}")

    def unreadable(self) -> "Scene":
        """The same visit where the key is lost (S15)."""
        return replace(self, visit=replace(self.visit, details=None))

    def fared(self, standing: str) -> "Scene":
        """The same visit, where every message of its alarm fared like this (S8)."""
        reached = dict.fromkeys(self.facts.reached, standing)
        return replace(self, facts=replace(self.facts, reached=reached, fares=_everywhere(reached)))

    def view(self, reader: str, args: Mapping[str, str] | None = None) -> View:
        """The visit before a reader."""
        return View(self.visit, reader, self.facts, self.now, args or {})


def asked(
    *,
    plan: Plan = PLAN,
    details: Details = DETAILS,
    policy: Policy = POLICY,
    school: School = SCHOOL,
    clock: str = "13:20",
) -> Scene:
    """Ana has just asked for the visit."""
    now = at(clock)
    stages = policy.approval_stages
    visit = Visit(
        school=school.id,
        id="3f1c9a",
        reference="V-1042",
        lead="ana",
        created_at=now,
        plan=plan,
        details=details,
        phase=Requested(now, stages),
    )
    visit = evolve(visit, Asked(now, "ana", plan, details, stages, revision=1))
    everybody = {OFFICE: "sent", **{person.id: "sent" for person in school.people}}
    facts = Facts(
        school,
        policy,
        delivered=everybody,
        reached=everybody,
        fares=_everywhere(everybody),
        known=Known(looked=True),
    )
    return Scene(visit, facts, now)


def _everywhere(standing: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """The same for the quiet alert, and for the first concern."""
    return {"amber": standing, "concern.1": standing}

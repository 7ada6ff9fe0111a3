"""Holds the rules of each kind of visit against the people of a school: a kind that nobody could go
on is a mistake. An exception that nobody can use is none: such a visit waits for an appointment.
"""

from collections.abc import Iterator

from bot.domain.kinds import KIND_OF
from bot.domain.policy import Policy
from bot.domain.school import ROLE_SAID
from bot.settings.mistakes import Mistake
from bot.settings.reach import Reach


def check_kinds(policy: Policy, reach: Reach) -> Iterator[Mistake]:
    """By key. Whoever goes has a phone."""
    able = [person for person in reach.school.people if person.phone]
    for name, rules in policy.kinds.items():
        never = f"so no visit of the kind {KIND_OF[name]} could be asked for"
        roles = rules.party.with_role
        if len(able) < rules.party.staff:
            problem = f"{rules.party.staff} must go and {len(able)} have a phone, {never}"
            remedy = f"staff = {max(len(able), 1)}, or a phone for more people, would be right"
            yield Mistake(f"kinds.{name}.staff", problem, remedy)
        if roles and not any(person in able for person in reach.able(roles)):
            who = " or ".join(ROLE_SAID[role] for role in roles)
            problem = f"nobody with a phone is {who}, {never}"
            remedy = f"giving somebody the role {roles[0]} in the school file would be right"
            yield Mistake(f"kinds.{name}.with_role", problem, remedy)

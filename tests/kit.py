"""Everything that must be ticked at the door: under the policy that most stories play by, and on
any form.
"""

from bot.cards.model import Choice, Form
from bot.settings import read_policy, shipped

KIT = ",".join((*(tick.name for tick in read_policy(shipped("slps")).departure_kit), "policy_read"))


def ticked(form: Form) -> str:
    """All that this form wants ticked, whatever the policy."""
    (kit,) = (field for field in form.fields if isinstance(field, Choice) and field.name == "kit")
    return ",".join(value for value, _ in kit.options)

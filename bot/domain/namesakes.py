"""People to choose from, told apart. Where two of a school share a name, each is named with the id
that the school file gives them: a role would give a visit's purpose away (P2), a phone is not for
everybody. Knows nothing of where they are shown.
"""

from collections import Counter
from collections.abc import Iterable

from bot.domain.school import School


def told_apart(people: Iterable[tuple[str, str]], school: School) -> tuple[tuple[str, str], ...]:
    """Options for a choice, of ids and names: whoever has a namesake at the school, or among
    these, stands there as ``Sam Assist (sam2)``.
    """
    chosen = dict(people)
    everybody = {person.id: person.name for person in school.people} | chosen
    called = Counter(map(_heard, everybody.values()))
    return tuple(
        (person, f"{name} ({person})" if called[_heard(name)] > 1 else name)
        for person, name in chosen.items()
    )


def _heard(name: str) -> str:
    return " ".join(name.casefold().split())

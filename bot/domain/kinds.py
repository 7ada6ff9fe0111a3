"""What a school asks of one kind of visit, besides what it asks of every visit. Data only: the
rules that read it are in ``bot/domain/rules``.
"""

from dataclasses import dataclass, field

from bot.domain.plan import KINDS


@dataclass(frozen=True, slots=True)
class Party:
    """Who must go: so many from school at least, and one of them with one of these roles."""

    staff: int = 1
    with_role: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unannounced:
    """Such a visit may go although the family doesn't know, but only so: ``when`` says what must
    have happened, ``authorised_by`` whose word must be named for it.
    """

    when: str
    party: Party = Party()
    authorised_by: tuple[str, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class KindRules:
    """One kind's own rules. ``alone`` is what going alone asks for, where that is stricter than for
    other visits; ``asks`` and ``needs`` are fields of the request, as in ``request.asks``.
    """

    party: Party = Party()
    alone: str = ""
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    clause: str = ""
    unannounced: Unannounced | None = field(default=None)


def kind_key(kind: str) -> str:
    """How a policy file calls a kind: ``extended_leave_abroad``."""
    return "_".join(kind.casefold().split())


KIND_OF = {kind_key(kind): kind for kind in KINDS}
"""Every kind by the name of its table."""
NO_RULES = KindRules()

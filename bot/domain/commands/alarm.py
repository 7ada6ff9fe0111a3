"""What is asked for help, and of an alarm."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskForHelp:
    """A visitor needs help: an alarm at once (S4).

    ``sure``: not yet out, but they chose ``I'm in danger`` when asked.
    """

    by: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ClaimMistake:
    """A visitor pressed for help by mistake: the owner is told, nothing ends (S4)."""

    by: str


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The press "I'm on it"; for whoever has it already, once more, with a note (S7)."""

    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StandDown:
    """With "They are safe": how they know, and whether the visit is over (S2, S5).

    ``alarm`` and ``calls`` are those of the card pressed: a later alarm, or a later call for help,
    is not ended by it (S3). ``who`` are those it speaks for (S6); nobody named: whoever is in
    trouble.
    """

    by: str
    alarm: int
    calls: int
    how: str
    over: bool
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reopen:
    """With "Not over": undo the stand-down of this alarm (S2)."""

    by: str
    alarm: int


@dataclass(frozen=True, slots=True)
class ShowRisks:
    """A rung holder opens the risks; recorded."""

    by: str


@dataclass(frozen=True, slots=True)
class Ring999:
    """With "I'm ringing now: nobody else need"."""

    by: str

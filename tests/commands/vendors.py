"""A channel whose vendor is asked nothing: ``doorstep check`` must not leave this machine here."""

from adapters.plug import Wiring


class Asked:
    """What ``check`` calls of a channel. Slack says what ``says`` holds."""

    says: tuple[str, ...] = ()

    def __init__(self, wiring: Wiring) -> None:
        self.school = wiring.setup().school

    async def check(self) -> tuple[str, ...]:
        assert self.school.id
        return self.says

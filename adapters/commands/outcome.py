"""How a command ends: errors that a person can mend are one sentence, exit status 2."""


class Mend(Exception):
    """Something a person can mend; its text is the sentence they are shown."""


class Later(Mend):
    """A command that belongs to a later version."""

    def __init__(self, command: str) -> None:
        super().__init__(f"doorstep {command} comes with a later version.")

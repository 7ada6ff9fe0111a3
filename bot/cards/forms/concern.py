"""What is asked of somebody who has a concern."""

from collections.abc import Mapping

from bot.cards.model import Form, Line
from bot.cards.view import View
from bot.domain.asking import PARAGRAPH

Values = Mapping[str, str]


def concern_words(
    view: View, *, values: Values | None = None, errors: Values | None = None
) -> Form:
    """Words to a concern, if they like: for those who were told of it alone."""
    return Form(
        name="concern_words",
        title="Add words",
        submit="Send",
        visit=view.visit.id,
        version=view.visit.version,
        args=view.args,
        private=True,
        fields=(
            Line(
                "words",
                "What would you like to say?",
                "Only those whom I told can read it.",
                several_lines=True,
                required=True,
                longest=PARAGRAPH,
            ),
        ),
        values=values or {},
        errors=errors or {},
    )

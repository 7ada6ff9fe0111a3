"""The schema that the quick suite checks Slack's forms by is what the pinned packages say."""

from tests.slack_forms import schema
from tests.slack_forms.packages import installed


def test_the_schema_is_what_slacks_packages_generate() -> None:
    again = f"{schema.FILE.name} is out of date: .venv/bin/python -m {schema.__name__}"
    assert schema.generated(installed()) == schema.FILE.read_text("utf-8"), again

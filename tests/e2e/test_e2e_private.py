"""What is typed stays sealed, and the demo touches nothing but its own folder."""

import re
from pathlib import Path

from tests.e2e.looking import Demonstration, approve
from tests.e2e.running import Demo

PLAN = {
    "Kind of visit": "Welfare",
    "Pupil or family": "zqfamily",
    "Address": "zqaddress Road",
    "Purpose": "zqpurpose",
    "Why can't the parent come in?": "zqwhynot",
    "Who do you need to see?": "zqtosee",
    "Someone from outside (such as an Education Welfare Officer)": "Zqoutside Person",
    "Their organisation": "zqorganisation",
    "Their phone": "+44 7700 909999",
    "Who does what?": "zqwhodoes",
    "How was the appointment made?": "zqappointment",
    "Known risks": "zqrisks",
    "Language or other needs": "zqneeds",
}
TYPED = (
    *(typed for typed in PLAN.values() if typed != "Welfare"),
    "zqdraft",
    "zqreason",
    "zqmessage",
    "zqmoved",
    "zqhow",
    "zqnote",
)
NAMES = ("Ana", "Sam", "Shah", "Okoro", "Lee", "7700", "Oak", "V-10", "zq")


def test_what_is_typed_is_in_no_file_and_no_log(page: Demonstration, demo: Demo) -> None:
    page.ana.presses("Plan a visit")
    page.ana.fills({**PLAN, "Purpose": "zqdraft", "Expected back": "2026-11-23T12:00"})
    page.ana.sends("Send for approval")  # refused, and kept as a draft
    page.ana.sees("Hello")
    _nowhere(demo)
    page.ana.fills({**PLAN, "Expected back": "2026-11-23T14:00"})
    page.ana.sends("Send for approval")
    page.ana.form_is_gone()
    page.shah.sees("zqpurpose")
    page.shah.presses("Ask for changes")
    page.shah.fills({"Reason": "zqreason"})
    page.shah.sends("Ask for changes")
    page.ana.sees("zqreason")
    page.ana.presses("Change the plan and ask again")
    page.ana.sends("Send for approval")
    page.ana.form_is_gone()
    approve(page)
    page.ana.presses("I'm leaving now")
    page.ana.has_all_with_them()
    page.ana.sends("I'm leaving now")
    page.office.sees("Out: Ana Teach")
    page.ana.writes("zqmessage")
    page.ana.sees("zqmessage")
    page.ana.presses("Gone somewhere else")
    page.ana.fills({"Address": "zqmoved"})
    page.ana.sends("Tell the office")
    page.office.sees("zqmoved")
    _nowhere(demo)
    page.ana.presses("I need help")
    page.skips("Skip 5 min")
    page.lee.sees("asked for help")
    page.lee.presses("Show risks")
    page.lee.sees("zqrisks")
    page.lee.presses("I'm on it")
    page.lee.sees("You have it, until")
    page.lee.presses("I'm on it")
    page.lee.fills({"What are you doing?": "zqnote"})
    page.lee.sends("Hold it longer")
    page.lee.form_is_gone()
    page.lee.presses("They are safe")
    page.lee.fills({"How do you know?": "zqhow"})
    page.lee.sends("They are safe")
    page.lee.form_is_gone()
    demo.settled()
    assert _metrics(demo) == []
    demo.kill()  # so that nothing is tidied away first
    names = _nowhere(demo)
    assert {"doorstep.db", "doorstep.db-wal", "chats.db", "key"} <= names
    assert demo.complaints() == []
    assert all(path.stat().st_mode & 0o077 == 0 for path in demo.var.rglob("key"))


def test_the_schools_own_settings_are_neither_read_nor_touched(tmp_path: Path) -> None:
    """DATABASE_URL and ``.env`` point to files; the demo makes neither, and believes neither."""
    dotenv, school = tmp_path / ".env", tmp_path / "school.toml"
    dotenv.write_text(f"PORT=1\nDATABASE_URL=sqlite:///{tmp_path}/dotenv.db\nDOORSTEP_KEY=short\n")
    school.write_text("this is no school file")
    written = {path: path.read_bytes() for path in (dotenv, school)}
    demo = Demo(
        tmp_path,
        {
            "DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere.db",
            "DATABASE_URL_FILE": str(tmp_path / "nothing"),
            "DOORSTEP_KEY": "short",
            "DOORSTEP_CONFIG": str(school),
            "SLACK_BOT_TOKEN": "xoxb-half-configured",
        },
    )
    try:
        demo.start()
        assert demo.get("/healthz") == (200, '{"alive": true}')
        assert demo.get("/readyz") == (
            200,
            '{"ready": true, "behind": [], "to_mend": []}',
        )
        assert demo.get("/nothing-here")[0] == 404
        assert demo.get("/slack/events")[0] == demo.get("/api/messages")[0] == 404
        assert _metrics(demo) == []
        assert demo.stop() == 0
    finally:
        demo.end()
    assert {path: path.read_bytes() for path in written} == written
    assert {path.name for path in tmp_path.iterdir()} == {
        ".env",
        "school.toml",
        "said.txt",
        "var",
    }
    assert {path.name for path in demo.var.iterdir()} == {"demo"}
    assert demo.complaints() == []


def _metrics(demo: Demo) -> list[str]:
    """The names and canaries that the metrics hold."""
    text = demo.get("/metrics")[1]
    assert re.search(r"^doorstep_oldest_due_wake_seconds \d", text, re.MULTILINE)
    return [name for name in NAMES if name in text]


def _nowhere(demo: Demo) -> set[str]:
    """Read every byte that was written; give the files' names."""
    files = [path for path in demo.var.rglob("*") if path.is_file()]
    found = [
        f"{typed} in {path.name}"
        for path in (*files, demo.said)
        for typed in TYPED
        if typed.encode() in path.read_bytes() or typed in path.name
    ]
    assert found == []
    return {path.name for path in files}

from bot.settings import Files, Found, judge, named_policy, put_back, shipped
from tests.settings.samples import good, read

ON = ("slack", "teams")


def files(text: str, policy: Found | None = None) -> Files:
    return Files("school.toml", Found(text.encode()), policy)


def found(judged_files: Files, known: str | None = None) -> list[str]:
    judged = judge(judged_files, channels=ON, known=known)
    assert (judged.settings is None) == bool(judged.mistakes)
    return [str(mistake) for mistake in judged.mistakes]


def test_a_good_file_gives_settings_and_what_is_to_be_kept() -> None:
    judged = judge(files(good()), channels=ON)
    assert judged.settings == read(good()) == put_back(*judged.kept)


def test_a_file_that_cannot_be_read_says_why() -> None:
    (said,) = found(Files("school.toml", Found(trouble="Permission denied")))
    assert said.startswith("school.toml: this can't be read (Permission denied); ")


def test_a_mistake_names_its_line_or_its_key() -> None:
    (said,) = found(files(good('timezone = "Europe/London"', "timezone = Europe")))
    assert said.startswith("school.toml, line 5: ")
    (said,) = found(files(good("Europe/London", "Europe/Londn")))
    assert said.startswith("school.toml, school.timezone: ")


def test_S15_what_nobody_could_approve_is_a_mistake_too() -> None:
    alone = good('roles = ["senior_leader", "dsl", "admin"]', 'roles = ["admin"]')
    said = found(files(alone.replace('roles = ["head"]', 'roles = ["staff"]')))
    assert any("no visit could be approved" in each for each in said)


def test_S15_the_file_of_another_school_is_a_mistake() -> None:
    assert found(files(good()), "st-example") == []
    (said,) = found(files(good()), "st-other")
    assert said.startswith('school.toml, school.id: the database holds the visits of "st-other"')


def test_a_policy_file_is_read_from_what_was_found() -> None:
    ours = good('policy = "slps"', 'policy = "ours.toml"')
    text = shipped("slps").replace('"30m"', '"25m"').encode()
    judged = judge(files(ours, Found(text)), channels=ON)
    assert judged.settings is not None
    assert judged.settings.policy.check_in_every.total_seconds() == 25 * 60
    (said,) = found(files(ours, Found(b"what = is this")))
    assert said.startswith("ours.toml, line 1: ")
    (said,) = found(files(ours, Found(trouble="No such file or directory")))
    assert said.startswith('school.toml, school.policy: no policy "ours.toml" can be read')


def test_the_policy_that_a_file_names() -> None:
    assert named_policy(Found(good().encode())) is None
    ours = good('policy = "slps"', 'policy = "ours.toml"')
    assert named_policy(Found(ours.encode())) == "ours.toml"
    for nothing in (b"", b"= ", b"\xff", b"school = 1", b"[school]\npolicy = 1"):
        assert named_policy(Found(nothing)) is None

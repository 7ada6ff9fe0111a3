from bot.settings import BadSettings, Mistake
from bot.settings.mistakes import nearest, quote


def test_a_mistake_is_one_sentence() -> None:
    mistake = Mistake("people[2].phone", "this has 3 digits", "+44 7700 900001 would be right")
    assert str(mistake) == (
        "school.toml, people[2].phone: this has 3 digits; +44 7700 900001 would be right."
    )


def test_bad_settings_say_all_of_them() -> None:
    bad = BadSettings(Mistake(f"key{n}", "x", "y would be right") for n in range(3))
    assert len(str(bad).splitlines()) == 3


def test_what_is_quoted_stays_short_and_on_one_line() -> None:
    assert quote("a\nb\u202ec") == '"a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"'
    assert len(quote("x" * 500)) == 62


def test_the_nearest_word_is_found_in_any_case_and_with_dashes() -> None:
    assert nearest("Senior-Leader", ["head", "senior_leader"]) == "senior_leader"
    assert nearest("zzz", ["head", "senior_leader"]) is None

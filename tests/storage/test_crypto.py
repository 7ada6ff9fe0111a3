import pytest

from storage.crypto import BadKey, Keyring
from tests.storage.samples import KEY, OTHER_KEY

OWNER = ("st-example", "details", "visit-1")


def test_what_was_sealed_opens_for_the_same_owner() -> None:
    ring = Keyring(KEY)
    assert ring.open(OWNER, ring.seal(OWNER, b"plain")) == b"plain"
    assert Keyring(KEY).open(OWNER, ring.seal(OWNER, b"")) == b""


@pytest.mark.parametrize(
    "other",
    [
        ("elsewhere", "details", "visit-1"),
        ("st-example", "details", "visit-2"),
        ("st-example", "audit", "visit-1"),
        ("st-example", "details", "visit-", "1"),
        ("st-example", "detailsv", "isit-1"),
        (),
    ],
)
def test_P8_what_was_moved_to_another_owner_does_not_open(other: tuple[str, ...]) -> None:
    ring = Keyring(KEY)
    assert ring.open(other, ring.seal(OWNER, b"plain")) is None
    assert ring.unwrap(other, ring.new_key(OWNER)) is None


@pytest.mark.parametrize("blob", [None, b"", b"not sealed", b"\xff\x00", b"gAAAAA=="])
def test_S15_what_can_not_be_opened_is_none_and_no_exception(blob: bytes | None) -> None:
    assert Keyring(KEY).open(OWNER, blob) is None
    assert Keyring(KEY).unwrap(OWNER, blob) is None


def test_a_key_of_another_ring_opens_nothing() -> None:
    assert Keyring(OTHER_KEY).open(OWNER, Keyring(KEY).seal(OWNER, b"plain")) is None


def test_the_first_key_encrypts_and_all_decrypt() -> None:
    old, both = Keyring(KEY), Keyring(f" {OTHER_KEY} , {KEY},")
    assert both.open(OWNER, old.seal(OWNER, b"plain")) == b"plain"
    fresh = both.seal(OWNER, b"plain")
    assert Keyring(OTHER_KEY).open(OWNER, fresh) == b"plain"
    assert old.open(OWNER, fresh) is None


def test_a_data_key_opens_what_it_sealed_after_it_was_wrapped() -> None:
    ring = Keyring(KEY)
    key, wrapped = ring.usable(OWNER, None)
    again = Keyring(KEY).unwrap(OWNER, wrapped)
    assert again
    assert again.open(OWNER, key.seal(OWNER, b"plain")) == b"plain"
    assert ring.usable(OWNER, wrapped)[1] == wrapped


def test_S15_a_data_key_that_does_not_open_gets_another_before_it() -> None:
    key, wrapped = Keyring(KEY).usable(OWNER, None)
    other, both = Keyring(OTHER_KEY).usable(OWNER, wrapped)
    assert both != wrapped
    whole = Keyring(f"{OTHER_KEY},{KEY}").unwrap(OWNER, both)
    assert whole
    assert whole.open(OWNER, key.seal(OWNER, b"before")) == b"before"
    assert whole.open(OWNER, other.seal(OWNER, b"since")) == b"since"


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ("", "DOORSTEP_KEY is empty"),
        (" , ,", "DOORSTEP_KEY is empty"),
        ("hunter2-hunter2", "Key 1 of 1 in DOORSTEP_KEY has 15 characters and needs at least 32"),
        (f"{KEY},hunter2-hunter2", "Key 2 of 2 in DOORSTEP_KEY has 15 characters"),
    ],
)
def test_a_bad_key_is_one_sentence_that_does_not_quote_it(keys: str, says: str) -> None:
    with pytest.raises(BadKey) as raised:
        Keyring(keys)
    message = str(raised.value)
    assert says in message
    assert "secrets.token_urlsafe(32)" in message
    assert "hunter2" not in message
    assert "\n" not in message


def test_P7_a_keyring_shows_nothing_secret() -> None:
    ring = Keyring(KEY)
    key, _ = ring.usable(OWNER, None)
    assert repr(ring) == str(ring) == "<Keyring>"
    assert repr(key) == "<DataKey>"
    assert KEY not in repr(vars(type(ring)))

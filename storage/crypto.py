"""Encryption at rest (P8): the keys of ``DOORSTEP_KEY``, and the data keys that they wrap.

Every sealed thing says inside what it belongs to, so that a row moved elsewhere does not open.
Opening gives None when it fails, for whatever reason: an alarm must go without its details (S15).
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_KEY = 32
HOW_TO_MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'


class BadKey(ValueError):
    """``DOORSTEP_KEY`` can't be used; the message says what to do, and never quotes it."""


class DataKey:
    """The key of one visit or one draft. Several where an earlier one could not be unwrapped."""

    __slots__ = ("_fernet",)

    def __init__(self, fernet: Fernet | MultiFernet) -> None:
        self._fernet = fernet

    def seal(self, owner: tuple[str, ...], plain: bytes) -> bytes:
        """Encrypt something that belongs to ``owner``."""
        return self._fernet.encrypt(_header(owner) + plain)

    def open(self, owner: tuple[str, ...], sealed: bytes | None) -> bytes | None:
        """Decrypt what was sealed for the same owner; None for anything else."""
        try:
            plain = self._fernet.decrypt(sealed or b"")
        except InvalidToken:
            return None
        header = _header(owner)
        return plain.removeprefix(header) if plain.startswith(header) else None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class Keyring(DataKey):
    """The keys of ``DOORSTEP_KEY``, separated by commas: the first encrypts, all decrypt.

    A key is any text of at least 32 characters; ``HOW_TO_MAKE_ONE`` makes a good one.
    """

    __slots__ = ("_first", "_unwrapped")

    def __init__(self, keys: str) -> None:
        texts = [text for part in keys.split(",") if (text := part.strip())]
        if not texts:
            raise BadKey(f"DOORSTEP_KEY is empty; make a key with {HOW_TO_MAKE_ONE}.")
        for number, text in enumerate(texts, 1):
            if len(text) < SHORTEST_KEY:
                raise BadKey(
                    f"Key {number} of {len(texts)} in DOORSTEP_KEY has {len(text)} characters and "
                    f"needs at least {SHORTEST_KEY}; make a key with {HOW_TO_MAKE_ONE}."
                )
        super().__init__(MultiFernet([_derive(text) for text in texts]))
        self._first = DataKey(_derive(texts[0]))
        self._unwrapped = lru_cache(maxsize=1024)(self._unwrap)

    def afresh(self, owner: tuple[str, ...], sealed: bytes) -> bytes | None:
        """What an older key sealed, sealed under the first one; None where it is already."""
        if self._first.open(owner, sealed) is not None:
            return None
        plain = self.open(owner, sealed)
        return None if plain is None else self.seal(owner, plain)

    def new_key(self, owner: tuple[str, ...]) -> bytes:
        """Make a data key for ``owner`` and give it wrapped."""
        return self.seal(("key", *owner), Fernet.generate_key())

    def unwrap(self, owner: tuple[str, ...], wrapped: bytes | None) -> DataKey | None:
        """Give the data key: the first of the wrapped ones that opens seals, all that open open.

        ``wrapped`` are keys made by ``new_key``, one a line; None if no key of ours opens any.
        """
        return self._unwrapped(owner, wrapped)

    def _unwrap(self, owner: tuple[str, ...], wrapped: bytes | None) -> DataKey | None:
        opened = [self.open(("key", *owner), line) for line in (wrapped or b"").split(b"\n")]
        fernets = [Fernet(key) for key in opened if key]
        if not fernets:
            return None
        return DataKey(fernets[0] if len(fernets) == 1 else MultiFernet(fernets))

    def usable(self, owner: tuple[str, ...], wrapped: bytes | None) -> tuple[DataKey, bytes]:
        """Give a data key to seal with, and what to keep as ``wrapped`` from now on.

        Where none opens, a new one goes before them: what happens next is recorded all the same,
        and once the right key is back in ``DOORSTEP_KEY``, everything opens (S15).
        """
        if wrapped and (key := self.unwrap(owner, wrapped)):
            return key, wrapped
        wrapped = self.new_key(owner) + (b"\n" + wrapped if wrapped else b"")
        key = self.unwrap(owner, wrapped)
        assert key is not None
        return key, wrapped


def _header(owner: tuple[str, ...]) -> bytes:
    # With their lengths, so that ("a", "bc") and ("ab", "c") stay apart.
    return "".join([f"{len(part)}:{part}," for part in (*owner, "")]).encode()


@lru_cache(maxsize=32)
def _derive(text: str) -> Fernet:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"doorstep keyring 1")
    return Fernet(base64.urlsafe_b64encode(kdf.derive(text.encode())))

"""A sign-in name or e-mail address, so that it can be matched and not read."""

import hashlib


def hashed(name: str) -> str:
    """The same for however it is written."""
    return hashlib.sha256(name.strip().casefold().encode()).hexdigest()[:32]

"""How several processes share the tests (``make test JOBS=2``)."""

from xdist.scheduler import LoadScopeScheduling


class EndToEndTogether(LoadScopeScheduling):  # type: ignore[misc]
    """All that starts real processes is played by one of ours, one after another, as if alone; the
    others take the rest, a test with all its parameters at a time.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "e2e" if nodeid.startswith("tests/e2e/") else nodeid.partition("[")[0]

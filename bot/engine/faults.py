"""How a bug is logged: what kind, and where, but not what it said.

An exception's words may hold what somebody typed (P7).
"""

import traceback


def where(problem: BaseException) -> str:
    """Give the exception's type and the calls that led to it, innermost first."""
    frames = reversed(traceback.extract_tb(problem.__traceback__))
    path = " < ".join(f"{f.name} ({f.filename}:{f.lineno})" for f in frames)
    return f"{type(problem).__name__} in {path}"

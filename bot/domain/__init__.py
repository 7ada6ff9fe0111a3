"""The pure part: no async, no input or output, no clock (``now`` is always an argument)."""

"""A story that the demo page plays by itself, and that can be taken over at any point.

The people of the story press real buttons, through the door that a person's press comes through,
and the demo's clock is skipped from one moment to the next. Nothing here knows the engine.
"""

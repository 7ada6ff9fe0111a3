"""The demo page: a channel like Slack or Teams, on which a newcomer plays everybody in a school.

Only ``doorstep demo`` mounts it. Whoever opens the page may act as anybody, so it has no place in
``doorstep run``.
"""

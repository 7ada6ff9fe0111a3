"""Reads the school file and policy files: text in, frozen data or every mistake out.

``read_school`` and ``read_policy`` raise ``BadSettings`` with all mistakes; ``check_policy`` and
``check_school`` give what is worth mending in settings that were read.
"""

from bot.settings.addresses import CHANNELS
from bot.settings.approvals import unapproved
from bot.settings.changes import changed_keys, changes
from bot.settings.check_policy import check_policy
from bot.settings.check_school import check_school
from bot.settings.judge import Files, Found, Judged, judge, named_policy
from bot.settings.mistakes import SCHOOL_FILE, BadSettings, Mistake, errors_of
from bot.settings.moments import moments, unheard
from bot.settings.policy_file import read_policy
from bot.settings.prove import prove
from bot.settings.school_file import Settings, read_school
from bot.settings.seal import put_back, seal_out
from bot.settings.shipped import SHIPPED, policies_beside, shipped
from bot.settings.show_policy import show_policy
from bot.settings.times import Time, together
from bot.settings.toml import decode

__all__ = [
    "CHANNELS",
    "SCHOOL_FILE",
    "SHIPPED",
    "BadSettings",
    "Files",
    "Found",
    "Judged",
    "Mistake",
    "Settings",
    "Time",
    "changed_keys",
    "changes",
    "check_policy",
    "check_school",
    "decode",
    "errors_of",
    "judge",
    "moments",
    "named_policy",
    "policies_beside",
    "prove",
    "put_back",
    "read_policy",
    "read_school",
    "seal_out",
    "shipped",
    "show_policy",
    "together",
    "unapproved",
    "unheard",
]

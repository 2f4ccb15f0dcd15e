"""Slips in the exercises: one link changed at a time, with the reasons that it was given.

FALSE holds edits after which the link does not hold, or no longer follows: none may ever be proved.
TRUE holds edits that look like slips and yet leave the link true; they are listed so that nobody
wonders at their verdicts.
"""

from . import attention_edits, bellman_edits, policy_edits
from .edit import Edit

TABLES = (bellman_edits, policy_edits, attention_edits)
FALSE: list[Edit] = [edit for table in TABLES for edit in table.FALSE]
TRUE: list[Edit] = [edit for table in TABLES for edit in table.TRUE]

"""The message and the advice for each code, in Chinese and English. Imports the codes and the messages of each stage.

Lower case, no full stop, what was written in backticks. Advice is a list: the first whose blanks can be
filled is given. `docs/errors.md` explains each code at length.
"""

from __future__ import annotations

from incentives.diagnostics import Code
from incentives.diagnostics.message import Message
from incentives.diagnostics.messages_files import FILES
from incentives.diagnostics.messages_policies import POLICIES
from incentives.diagnostics.messages_profiles import PROFILES

MESSAGES: dict[Code, Message] = {**FILES, **POLICIES, **PROFILES}

"""The settings of one run of the journey."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Plan:
    """What a run needs to know beside the texts; `settings` of the command line become one."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    min_confidence: float = 0.3
    check_options: dict[str, dict] = field(default_factory=dict)
    back_translation: bool = True
    likelihood: bool = True
    dateline: datetime.date | None = None  # of the draft: what "last year" and "yesterday" count from, on every side

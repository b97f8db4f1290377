"""Files of evaluation items: one JSON object a line, compressed or not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ..documents.pairs import DAMAGE, opened
from ..text import InputError


def items(path: Path, fields: set[str], what: str, cure: str) -> Iterator[tuple[int, dict]]:
    """Line numbers and objects. Raises InputError, with the line, for one that is no object or lacks one of `fields`."""
    number = 0
    try:
        with opened(str(path)) as lines:
            for number, line in enumerate(lines, 1):
                item = json.loads(line)
                if missing := fields - set(item if isinstance(item, dict) else ()):
                    raise InputError(path, f"no {what} (without {', '.join(sorted(missing))})", cure, line=number)
                yield number, item
    except (ValueError, RecursionError) as fault:
        raise InputError(path, f"no {what} ({fault})", cure, line=number) from fault
    except DAMAGE as fault:
        raise InputError(path, f"the file is cut short or damaged ({fault})", "Fetch it again", line=number + 1) from fault

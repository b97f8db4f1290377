"""Which folders hold an audit's results, so that no corpus is made of them.

Told by the first bytes of the manifest: it can be large, and one that a stranger put into a corpus larger still.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

MANIFEST = "manifest.json"
_BEGINNING = re.compile(rb'\s*\{\s*"format":\s*\d+,\s*"settings":\s*\{\s*"source_language":')


def holds_results(folder: Path) -> bool:
    """Whether an audit was written into `folder`."""
    try:
        with (Path(folder) / MANIFEST).open("rb") as file:
            return bool(_BEGINNING.match(file.read(400)))
    except OSError:
        return False


def below(root: Path) -> Iterator[Path]:
    """The folders below `root` that hold an audit, in order."""
    return (path.parent for path in sorted(root.rglob(MANIFEST)) if path.parent != root and holds_results(path.parent))

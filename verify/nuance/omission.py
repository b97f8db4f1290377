"""Omission: a stretch of the source that nothing in the draft accounts for."""

from __future__ import annotations

from .coverage import Coverage


class Omission(Coverage):
    name = "omission"
    of_draft = False

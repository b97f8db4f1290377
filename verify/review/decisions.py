"""The store of decisions, under the name by which the review page knows it.

It lives below this room, in `verify.decisions`, because the baseline of `verify check` reads it too.
"""

from ..decisions import ACCEPTED, DISMISSED, OPEN, STATES, Decision, Decisions

__all__ = ["ACCEPTED", "DISMISSED", "OPEN", "STATES", "Decision", "Decisions"]

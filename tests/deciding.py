"""Decisions on findings of which there is no more than what a decision keeps of them."""

from types import SimpleNamespace


def decide(kept, fingerprint, state, *, author, reason="", check="", message="", witness=""):
    return kept.decide_all([SimpleNamespace(fingerprint=fingerprint, check=check, message=message, witness=witness)], state, author=author, reason=reason)[0]

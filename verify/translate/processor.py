"""What this machine's processor offers, and CTranslate2 told to use it."""

from __future__ import annotations

import os
import sys
from types import ModuleType

import numpy as np

WIDE = "AVX512_ICL"  # processors that have these are not slowed down by their own wide instructions
CHOICE = "CT2_FORCE_CPU_ISA"  # the environment variable that CTranslate2 reads once, when the first model is loaded


def ctranslate2() -> ModuleType:
    """The library. By itself it takes AVX2 also where AVX-512 would take a tenth less time.

    Whoever sets CT2_FORCE_CPU_ISA is obeyed. What is computed differs in the last bits from one set of instructions to another:
    `instructions` belong into a signature.
    """
    if sys.platform == "linux" and WIDE in np.show_config(mode="dicts").get("SIMD Extensions", {}).get("found", ()):
        os.environ.setdefault(CHOICE, "AVX512")
    import ctranslate2

    return ctranslate2


def instructions() -> str:
    """Those that were asked for, as part of a signature; empty where CTranslate2 chooses by itself."""
    return os.environ.get(CHOICE, "").lower()


def cores() -> int:
    """Processor cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1

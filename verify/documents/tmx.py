"""Translation memories: TMX 1.4b (LISA OSCAR 2005), read as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from ..text import InputError
from .pairs import Pair, PassedOver
from .xml_stream import XML_LANG, elements, plain_text, same_language


def read_tmx(stream: BinaryIO, path: str, source_language: str, target_language: str, passed: PassedOver | None = None) -> Iterator[Pair]:
    """The first `tuv` of each language in every `tu`; units that lack one of the two are passed over and counted."""
    passed = PassedOver() if passed is None else passed
    units = 0
    for element in elements(stream, path, {"tu"}, root="tmx"):
        units += 1
        sides = {}
        for tuv in element.iterchildren("{*}tuv"):
            code = tuv.get(XML_LANG) or tuv.get("lang") or ""
            seg = next(tuv.iterchildren("{*}seg"), None)
            for role, language in (("source", source_language), ("target", target_language)):
                if seg is not None and role not in sides and same_language(code, language):
                    sides[role] = plain_text(seg)
        if len(sides) == 2:
            yield Pair(sides["source"], sides["target"], units, element.get("tuid") or "")
        elif "source" in sides:
            passed.without_target += 1
        else:
            passed.other_languages += 1
    if not units:
        raise InputError(path, "no translation unit (<tu>) in it", "Check that it is a TMX file")

"""Translation memories: TMX 1.4b (LISA OSCAR 2005), read as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from ..text import InputError
from .pairs import Pair
from .xml_stream import elements, plain_text, same_language

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_tmx(stream: BinaryIO, path: str, source_language: str, target_language: str) -> Iterator[Pair]:
    """The first `tuv` of each language in every `tu`; units that lack one of the two are passed over."""
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
    if not units:
        raise InputError(path, "no translation unit (<tu>) in it", "Check that it is a TMX file")

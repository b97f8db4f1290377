"""XML from strangers, an element at a time: no entities, no network, no unbounded depth or memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from ..languages import get
from ..text import InputError

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LONGEST_CODE = 40  # characters of a language's code; more is an attack on the memory of those already met
LARGEST_UNIT = 20_000  # elements inside one wanted element
LARGEST_TOKEN = 1 << 25  # bytes between two tags: a comment or an attribute of more is an attack on the memory

# In-line codes hold mark-up of the original file, not words (TMX 1.4b and XLIFF 1.2 names).
CODES = {"bpt", "ept", "ph", "it", "ut", "x", "bx", "ex"}


def local(element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def elements(stream: BinaryIO, path: str, names: set[str], root: str | set[str], inspect: Callable | None = None) -> Iterator:
    """Elements called one of `names`, each freed after use, as is all that stands outside of them. `inspect` sees the root first.

    Raises InputError with the line for bad XML, a DTD that declares entities, another root, or what would fill the memory.
    """
    from lxml import etree

    metered, inside, size = _Metered(stream, path), 0, 0
    parser = etree.iterparse(metered, events=("start", "end"), resolve_entities=False, no_network=True,
                             load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    first = True
    try:
        for event, element in parser:
            metered.read_since = 0
            if first:
                first = False
                dtd = element.getroottree().docinfo.internalDTD
                if dtd is not None and any(True for _ in dtd.iterentities()):
                    raise InputError(path, "the file declares XML entities, which are not read from strangers",
                                     "Remove the <!ENTITY ...> lines", line=1)
                roots = {root} if isinstance(root, str) else root
                if local(element) not in roots:
                    wanted = " or ".join(f"<{name}>" for name in sorted(roots))
                    raise InputError(path, f"<{local(element)}> where {wanted} should be", "Check that the file is what its name says", line=element.sourceline)
                if inspect:
                    inspect(element)
            wanted = local(element) in names
            if event == "start":
                size = size + 1 if inside else 0  # before a unit counts itself: the next one begins anew
                inside += wanted
                if size > LARGEST_UNIT:
                    raise InputError(path, f"a unit with more than {LARGEST_UNIT:,} elements in it", "Check what wrote the file", line=element.sourceline)
                continue
            if wanted:
                yield element
                inside -= 1
            if not inside:
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as fault:
        line = fault.lineno if isinstance(fault.lineno, int) else None
        raise InputError(path, f"broken XML ({fault.msg})", "Mend it, or export it again", line=line) from fault


class _Metered:
    """Refuses to read on where nothing is parsed from what was read."""

    def __init__(self, stream: BinaryIO, path: str):
        self.stream, self.path, self.read_since = stream, path, 0

    def read(self, count: int = -1) -> bytes:
        data = self.stream.read(count)
        self.read_since += len(data)
        if self.read_since > LARGEST_TOKEN:
            raise InputError(self.path, f"more than {LARGEST_TOKEN >> 20} MB without a tag", "Check what wrote the file")
        return data


def plain_text(element) -> str:
    """The words of a segment: in-line codes dropped, mark-up around words kept as words."""
    parts = [element.text or ""]
    for child in element:
        if local(child) not in CODES:
            parts.append(plain_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def same_language(code: str, wanted: str) -> bool:
    """Whether two codes name one language, scripts and regions set aside: zh-CN, zh_TW, cmn-Hans and zho are all zh."""
    return get(code[:LONGEST_CODE]).base == get(wanted).base

"""XML from strangers, an element at a time: no entities, no network, no unbounded depth or memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from ..text import InputError

# In-line codes hold mark-up of the original file, not words (TMX 1.4b and XLIFF 1.2 names).
CODES = {"bpt", "ept", "ph", "it", "ut", "x", "bx", "ex"}


def local(element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def elements(stream: BinaryIO, path: str, names: set[str], root: str | set[str], inspect: Callable | None = None) -> Iterator:
    """Elements called one of `names`, each freed after use. `inspect` sees the root first.

    Raises InputError with the line for bad XML, a DTD that declares entities, or another root.
    """
    from lxml import etree

    parser = etree.iterparse(stream, events=("start", "end"), resolve_entities=False, no_network=True,
                             load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    first = True
    try:
        for event, element in parser:
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
            if event == "end" and local(element) in names:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as fault:
        line = fault.lineno if isinstance(fault.lineno, int) else None
        raise InputError(path, f"broken XML ({fault.msg})", "Mend it, or export it again", line=line) from fault


def plain_text(element) -> str:
    """The words of a segment: in-line codes dropped, mark-up around words kept as words."""
    parts = [element.text or ""]
    for child in element:
        if local(child) not in CODES:
            parts.append(plain_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def same_language(code: str, wanted: str) -> bool:
    return code.lower().replace("_", "-").split("-")[0] == wanted.lower().split("-")[0]

"""An HTML page as saved from a browser: its blocks of text, and the elements they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field

from .block import BOILERPLATE, Block, Pieces
from .html_tokens import Token, tokens

_names = lambda names: frozenset(names.split())
_VOID = _names("area base br col embed frame hr img input link meta param source track wbr")
# What a reader of the page does not see, or sees beside the line: ruby glosses would stand inside the words.
_UNREAD = _names("template svg math noscript object canvas audio video rt rp datalist")
_BLOCKS = _names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 head header hr html label legend li main menu nav ol optgroup option p pre search section select "
    "summary table tbody td textarea tfoot th thead title tr ul"
)
# An element that is still open when one of these begins ends there (the end tags that HTML lets writers omit) ...
_ENDED_BY = {
    "p": _BLOCKS - {"button", "label"}, "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "option": {"option", "optgroup"},
    "td": {"td", "th", "tr", "tbody", "tfoot"}, "th": {"td", "th", "tr", "tbody", "tfoot"}, "tr": {"tr", "tbody", "tfoot"},
    "tbody": {"tbody", "tfoot"}, "thead": {"tbody", "tfoot"}, "head": {"body"},
}
# ... unless one of these lies between.
_SCOPES = _names("table ul ol dl select td th body html")
_SCOPE_DEPTH = 12  # how far down the open elements a missing end tag is looked for: keeps hostile nesting linear
_ENDS = tuple("。！？!?.…：:”’」』\"')）】")


@dataclass
class Element:
    name: str
    parent: int  # index in Page.elements; an element comes after its parent; the root is its own
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Leaf:
    """One run of text between two block boundaries. `linked` of its characters are in links."""

    block: Block
    element: int
    linked: int = 0


@dataclass
class Page:
    elements: list[Element]
    leaves: list[Leaf]


def blocks(text: str) -> list[Block]:
    """The blocks of a page in reading order; those outside the article are boilerplate."""
    from .article import mark

    page = parse(text)
    mark(page, text)
    return [leaf.block for leaf in page.leaves]


def fragment(text: str, start: int, end: int) -> list[Block]:
    """The blocks of the mark-up in `text[start:end]`, taken as content."""
    return [leaf.block for leaf in parse(text, start, end).leaves]


def parse(text: str, start: int = 0, end: int | None = None) -> Page:
    reader = _Reader()
    for token in tokens(text, start, end):
        reader.read(token)
    reader.flush()
    return Page(reader.elements, reader.leaves)


class _Reader:
    def __init__(self) -> None:
        self.elements = [Element("", 0)]
        self.leaves: list[Leaf] = []
        self.stack: list[tuple[str, int]] = []  # open elements: name, index of the nearest block element
        self.open: dict[str, int] = {}  # how many of each name are on the stack
        self.unread = self.links = self.linked = 0
        self.pieces = Pieces()

    @property
    def element(self) -> int:
        return self.stack[-1][1] if self.stack else 0

    def read(self, token: Token) -> None:
        if token.kind == "text":
            if not self.unread:
                width = token.end - token.start
                self.pieces.add(token.text, token.start, None if width == len(token.text) else width)
                self.linked += len(token.text) if self.links else 0
        elif token.kind == "open":
            self.start_tag(token)
        elif token.kind == "close":
            self.end_tag(token)

    def start_tag(self, token: Token) -> None:
        name = token.name
        if name == "br":
            self.line_break(token)
        if name in _BLOCKS:
            self.end_omitted(name)
            self.flush()
        if name == "q":
            self.pieces.add("“", token.start, token.end - token.start)
        if name in _VOID:
            return
        nearest = self.element
        if name in _BLOCKS:
            self.elements.append(Element(name, nearest, token.attributes))
            nearest = len(self.elements) - 1
        self.stack.append((name, nearest))
        self.open[name] = self.open.get(name, 0) + 1
        self.unread += name in _UNREAD
        self.links += name == "a"

    def end_tag(self, token: Token) -> None:
        if token.name == "p" and not self.open.get("p"):
            self.flush()
        if not self.open.get(token.name):
            return
        if token.name == "q":
            self.pieces.add("”", token.start, token.end - token.start)
        if token.name not in _BLOCKS and any(name in _SCOPES for name, _ in self.stack[-_SCOPE_DEPTH:]) and not self.near(token.name):
            return  # a stray </b> does not end the table around it
        while self.stack[-1][0] != token.name:
            self.pop()
        self.pop()

    def near(self, name: str) -> bool:
        """Whether `name` is open inside the nearest scope."""
        for open_name, _ in reversed(self.stack[-_SCOPE_DEPTH:]):
            if open_name == name:
                return True
            if open_name in _SCOPES:
                return False
        return False

    def end_omitted(self, beginning: str) -> None:
        for depth, (name, _) in enumerate(reversed(self.stack[-_SCOPE_DEPTH:]), 1):
            if beginning in _ENDED_BY.get(name, ()):
                for _ in range(depth):
                    self.pop()
                return self.end_omitted(beginning)
            if name in _SCOPES or (name in _BLOCKS and name not in _ENDED_BY):
                return None
        return None

    def pop(self) -> None:
        name, _ = self.stack[-1]
        if name in _BLOCKS:
            self.flush()
        self.stack.pop()
        self.open[name] -= 1
        self.unread -= name in _UNREAD
        self.links -= name == "a"

    def line_break(self, token: Token) -> None:
        """`<br>` ends a paragraph where it is doubled or follows the end of a sentence; else it is a blank."""
        written = "".join(self.pieces.texts[-3:]).rstrip(" \t\r\n\u3000\xa0")
        if written.endswith(_ENDS) or "".join(self.pieces.texts[-1:]).strip(" \t\r\n\u3000\xa0") == "":
            self.flush()
        else:
            self.pieces.add("\n", token.start, token.end - token.start)

    def flush(self) -> None:
        block = self.pieces.block()
        if block:
            if self.open.get("button") or self.open.get("select") or self.open.get("textarea"):
                block.kind = BOILERPLATE
            self.leaves.append(Leaf(block, self.element, min(self.linked, len(block.text))))
        if self.pieces.texts:
            self.pieces = Pieces()
        self.linked = 0

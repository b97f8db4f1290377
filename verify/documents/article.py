"""Which leaves of a page are its article: text density, link density, and what the elements are called.

A leaf that is not stays where it is, as boilerplate.
"""

from __future__ import annotations

import re

from ..toml_file import beside
from .block import BOILERPLATE, HEADING, Block
from .html import Leaf, Page

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_OUTSIDE = {"nav", "aside", "footer", "form", "menu", "dialog", "button", "select", "textarea", "search"}
_NEVER = {"html", "body", "article", "main", "", *_HEADINGS}
_SENTENCE = re.compile(r"[。！？!?.…][”’」』\"')）】]*$")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[\u3400-\u9fff]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uff60]")
_SITE = re.compile(r"\s+[-–—|·»]\s+|[_|｜]|(?<=[\u4e00-\u9fff”」])\s*[-–—]+\s*(?=[\u4e00-\u9fff])")
_SHARE = 0.85  # an element that holds this much of the running text is narrowed down to
_ARTICLE_SHARE = 0.4
_LINKED = 0.5  # share of characters in links from which a leaf is a list of links
_WINDOW = 8  # characters, of which most of a leaf's must be in what trafilatura extracts
_LISTED = 0.3  # what text in list items counts for: an article is rarely a list, readers' comments often are


def mark(page: Page, source: str = "") -> None:
    """Sets each leaf's kind: text, heading or boilerplate. `source` is the page for trafilatura, where that is installed."""
    extracted = _by_trafilatura(page, source) if source else []
    content = extracted or _by_density(page)
    kept = {id(leaf) for leaf in content}
    title = _title(page, kept)
    for leaf in page.leaves:
        if leaf is title:
            leaf.block.kind = HEADING
        elif id(leaf) not in kept:
            leaf.block.kind = BOILERPLATE
        elif page.elements[leaf.element].name in _HEADINGS:
            leaf.block.kind = HEADING


def _by_trafilatura(page: Page, source: str) -> list[Leaf]:
    """The leaves whose words trafilatura extracts (the extra [web]); none without it, or when it finds nothing."""
    try:
        from trafilatura import extract
    except ImportError:
        return []
    try:
        text = extract(source, include_comments=False, include_tables=True, favor_recall=True) or ""
    except Exception:  # it must never cost the user the page: our own extraction stands in
        return []
    lines = {_letters(line) for line in text.splitlines()}
    words = _letters(text)
    known = {words[i : i + _WINDOW] for i in range(len(words))}

    def extracted(leaf: Leaf) -> bool:
        letters = _letters(leaf.block.text)
        windows = [letters[i : i + _WINDOW] for i in range(0, len(letters) - _WINDOW + 1, _WINDOW // 2)]
        if not windows:
            return letters in lines
        return sum(window in known for window in windows) > 0.8 * len(windows)

    return [leaf for leaf in page.leaves if page.elements[leaf.element].name != "title" and extracted(leaf)]


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _by_density(page: Page) -> list[Leaf]:
    elements, leaves = page.elements, page.leaves
    own = [0.0] * len(elements)
    for leaf in leaves:
        own[leaf.element] += _running(leaf)
    total = _summed(page, own)
    outside = _outside(page, total)
    listed = _under(page, "li")
    inside_text = _summed(page, [0.0 if outside[i] else share * (_LISTED if listed[i] else 1) for i, share in enumerate(own)])
    article = _inside(page, _container(page, inside_text, outside))
    content = [
        leaf for leaf in leaves
        if article[leaf.element] and not outside[leaf.element] and leaf.block.kind != BOILERPLATE
        and elements[leaf.element].name not in ("title", "head") and not _is_links(leaf)
    ]
    return _trimmed(page, content)


def _weight(text: str) -> float:
    """Length in Latin letters; a character of Chinese, Japanese or Korean counts as two and a half."""
    return len(text) + 1.5 * len(_WIDE.findall(text))


def _running(leaf: Leaf) -> float:
    """How much running text a leaf is: nothing for links, labels and headlines."""
    weight = _weight(leaf.block.text)
    if leaf.linked > _LINKED * len(leaf.block.text):
        return 0.0
    return weight if weight >= 80 or (weight >= 25 and _SENTENCE.search(leaf.block.text)) else 0.0


def _is_links(leaf: Leaf) -> bool:
    length = len(leaf.block.text)
    return leaf.linked > _LINKED * length and not (length > 60 and _SENTENCE.search(leaf.block.text))


def _summed(page: Page, own: list[float]) -> list[float]:
    """`own` with that of everything inside: children come after their parents."""
    sums = list(own)
    for index in range(len(sums) - 1, 0, -1):
        sums[page.elements[index].parent] += sums[index]
    return sums


def _inside(page: Page, container: int) -> list[bool]:
    inside = [False] * len(page.elements)
    inside[container] = True
    for index, element in enumerate(page.elements):
        inside[index] = inside[index] or inside[element.parent]
    return inside


def _under(page: Page, name: str) -> list[bool]:
    under = [False] * len(page.elements)
    for index, element in enumerate(page.elements):
        under[index] = element.name == name or under[element.parent]
    return under


def _outside(page: Page, sums: list[float]) -> list[bool]:
    """Elements that are navigation, advertising, comments and the like, by tag, role or name, and what they hold.

    An element that holds most of the page's text is none of these, whatever it is called.
    """
    outside = [False] * len(page.elements)
    for index, element in enumerate(page.elements):
        named = element.name in _OUTSIDE or (element.name not in _NEVER and _named_outside(element.attributes))
        outside[index] = outside[element.parent] or (named and sums[index] <= 0.5 * sums[0])
    return outside


def _named_outside(attributes: dict[str, str]) -> bool:
    if not attributes:
        return False
    names = beside(__file__, "boilerplate.toml")["html"]
    if attributes.get("role", "").lower() in names["roles"] or "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(attributes.get("style", "")):
        return True
    words = {word.lower() for key in ("class", "id") for word in _WORD.findall(attributes.get(key, "")[:300])}
    return not words.isdisjoint(names["words"])


def _container(page: Page, sums: list[float], outside: list[bool]) -> int:
    """The innermost element that holds nearly all running text, within <article> or <main> where the page has one."""
    if not sums[0]:
        return 0
    start = 0
    named = [i for i, e in enumerate(page.elements)
             if e.name in ("article", "main") or e.attributes.get("itemprop") == "articleBody" or e.attributes.get("role") == "main"]
    if named:
        best = max(named, key=lambda i: (sums[i], i))
        if sums[best] >= _ARTICLE_SHARE * sums[0] and not outside[best]:
            start = best
    inner = start
    for index in range(start + 1, len(page.elements)):
        if page.elements[index].parent == inner and sums[index] >= _SHARE * sums[start] and page.elements[index].name != "p":
            inner = index
    return inner


def _trimmed(page: Page, content: list[Leaf]) -> list[Leaf]:
    """Without the labels before the first and after the last leaf of running text (bylines, share buttons)."""
    running = [i for i, leaf in enumerate(content) if _running(leaf)]
    if not running:
        return content
    first, last = running[0], running[-1]
    name = lambda leaf: page.elements[leaf.element].name
    before = [leaf for leaf in content[:first] if name(leaf) in _HEADINGS or _SENTENCE.search(leaf.block.text)]
    after = [leaf for leaf in content[last + 1 :] if name(leaf) not in _HEADINGS and (_SENTENCE.search(leaf.block.text) or name(leaf) in ("li", "td", "th"))]
    return before + content[first : last + 1] + after


def _title(page: Page, kept: set[int]) -> Leaf | None:
    """The headline: the heading that <title> repeats, or the only <h1>, or <title> itself without the site's name."""
    name = lambda leaf: page.elements[leaf.element].name
    title = next((leaf for leaf in page.leaves if name(leaf) == "title"), None)
    headings = [leaf for leaf in page.leaves if name(leaf) in _HEADINGS]
    if title:
        repeated = [leaf for leaf in headings if len(leaf.block.text) >= 4 and leaf.block.text in title.block.text]
        if repeated:
            return max(repeated, key=lambda leaf: (id(leaf) in kept, len(leaf.block.text)))
    first = [leaf for leaf in headings if name(leaf) == "h1"]
    if len(first) == 1 or (first and not title):
        return first[0]
    if title and not any(id(leaf) in kept for leaf in first):
        _without_site(title.block)
        return title
    return None


def _without_site(block: Block) -> None:
    """Cuts "headline - site" and "headline_channel_site" down to the headline, where it comes first and is longest."""
    parts = _SITE.split(block.text)
    if len(parts) > 1 and len(parts[0]) == max(map(len, parts)) and len(parts[0]) >= 4:
        block.text = parts[0].rstrip()
        block.offsets = block.offsets[: len(block.text)]

"""HTML of strangers becomes blocks of Markdown: a small closed set of elements, all else told.

Nothing of it is run, fetched or passed on as HTML: what is kept is words, written so that every
sign that Markdown or the archive's own marks would take for more stands for itself.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from aigaq.source.schema import fields

PARAGRAPH, HEADING, QUOTE, ITEM, PICTURE = "paragraph", "heading", "quote", "item", "picture"

_HEADINGS = {"h1": "##", "h2": "##", "h3": "###", "h4": "####", "h5": "####", "h6": "####"}
_BLOCKS = frozenset(_HEADINGS) | frozenset(
    {"p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "pre",
     "blockquote", "figure", "figcaption", "header", "footer", "table", "thead", "tbody", "tr",
     "td", "th", "address", "details", "summary", "center", "hr"}
)  # fmt: skip
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
# What is no text, with all that is in it.
_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "form",
     "button", "select", "textarea", "nav", "aside", "head", "title", "audio", "video",
     "canvas", "dialog", "map"}
)  # fmt: skip
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
     "track", "wbr"}
)  # fmt: skip
_PASSED = frozenset(
    {"html", "body", "span", "a", "time", "cite", "small", "q", "abbr", "u", "s", "sup", "sub",
     "font", "label", "mark"}
)  # fmt: skip
_KEPT_TAGS = frozenset({"h1", "figcaption", "header", "footer", "table"})
_DEEPEST = 200
_MARKED = 20  # marks in each other
_LONGEST_NAMES = 200
MOST = 50_000  # blocks of a page; more are not gathered, and whoever reads it can tell
# Read by ourselves: the library's parser takes minutes for tags that are never closed. Nothing
# here looks beyond the next "<", so that time grows with the page alone.
_TAG = re.compile(r"""<(/?)([a-zA-Z][\w:-]*)((?:[^"'<>]|"[^"<]*"|'[^'<]*')*)>""", re.ASCII)
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)([^<>]*)>", re.ASCII)
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>]+))""", re.ASCII
)
_LONGEST_TAG = 20_000
_RAW = {  # elements in which nothing is a tag
    tag: re.compile(f"</{tag}", re.IGNORECASE)
    for tag in ("script", "style", "textarea", "iframe", "title")
}
_NO_WORDS = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>?", re.DOTALL)
_SIGNS = re.compile(r"[\\`*_\[\]]|\{(?=\{)|(?<=\{)\{|\((?=\()|(?<=\()\(|#(?=\w)")
_STARTS = re.compile(r"(?=[>#+-]|=+\s*$)|(\d{1,9})(?=[.)])|(?=~~~)|(:)(?=::)")

_LEADING = re.compile(r"\A(?:#{1,6}|>|[-*+]|\d{1,9}[.)])\s+")
_LINK = re.compile(r"(?<!\\)\[([^\[\]]*)\]\([^()\s]*\)")
_MARKING = re.compile(
    r"\\([!-/:-@\[-`{-~])|\*+|(?<!\w)_+|_+(?!\w)|`+|\s+#+$|\s*\{[:#][^{}]*\}$"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page: its Markdown, its words alone, and the names of what it lies in."""

    kind: str
    text: str
    words: str
    within: tuple[str, ...] = ()
    article: int = 0  # the number of the element article that it stands in; 0: in none
    line: int = 0
    href: str = ""  # of a heading that is a link, or the source of a picture


@dataclass
class Page:
    """What was found in a page; `dropped` counts elements that are no text, by name."""

    blocks: list[Block] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)
    times: dict[int, str] = field(default_factory=dict)  # of articles, as the page says it
    title: str = ""
    lang: str = ""
    address: str = ""


def read(page: str) -> Page:
    """The blocks of a page, or of a piece of one. Raises nothing, whatever it is given."""
    reader = _Reader()
    # Lines stay where they are, for messages.
    reader.feed(_NO_WORDS.sub(lambda found: "\n" * found[0].count("\n"), page))
    reader.end_block()
    return reader.page


def escaped(words: str) -> str:
    """Words that mean themselves in Markdown."""
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", words).replace("<", "&lt;")


def plain(line: str) -> str:
    """The words of a line of Markdown, without what marks them."""
    words = _LINK.sub(r"\1", _LEADING.sub("", line.strip()))
    return html.unescape(_MARKING.sub(lambda sign: sign[1] or "", words)).strip()


def at_start(line: str) -> str:
    """A line that begins no list, heading or block."""

    def plain(start: re.Match[str]) -> str:
        if start[2]:
            return "&#58;"
        return f"{start[1]}\\" if start[1] else "\\"

    return _STARTS.sub(plain, line, count=1) if _STARTS.match(line) else line


def _attributes(text: str) -> dict[str, str]:
    """The first of each name, as browsers have it."""
    given: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(text[:_LONGEST_TAG]):
        given.setdefault(name.lower(), html.unescape("".join(values)))
    return given


class _Reader:
    def __init__(self) -> None:
        self._line = 1
        self.page = Page()
        self._open: list[tuple[str, str]] = []  # elements, and the names of their classes
        self._dropped = ""  # the element that is dropped with all that is in it
        self._depth = 0  # of elements of that name in each other
        self._parts: list[str] = []
        self._words: list[str] = []
        self._marks: list[tuple[str, int]] = []
        self._link: tuple[str, int] | None = None
        self._href = ""
        self._title = False
        self._articles = 0
        self._inside = 0

    def feed(self, page: str) -> None:
        """Reads tag after tag; a `<` that begins none is a sign like others."""
        at = 0
        while (start := page.find("<", at)) >= 0:
            self._read_text(page[at:start])
            found = _TAG.match(page, start) or _ANY_TAG.match(page, start)
            if found is None:
                self._read_text("<")
                at = start + 1
                continue
            at = found.end()
            tag = found[2].lower()
            self._line += found[0].count("\n")
            if found[1]:
                self._end_tag(tag)
                continue
            self._start_tag(tag, _attributes(found[3]))
            if tag in _RAW:
                end = _RAW[tag].search(page, at)
                self._read_text(page[at : end.start() if end else len(page)])
                at = end.start() if end else len(page)
        self._read_text(page[at:])

    def _start_tag(self, tag: str, given: dict[str, str]) -> None:
        if tag == "title" and not self.page.title:
            self._title = True
        self._notice(tag, given)
        if tag == "body":
            self._dropped = ""  # a browser closes the head here, too
        if self._dropped or tag in _DROPPED:
            self._drop(tag)
        elif tag in _BLOCKS:
            self.end_block()
            if tag == "article" and not self._inside:
                self._articles += 1
                self._inside = self._articles
            self._push(tag, given)
        elif tag in _MARKS:
            if len(self._marks) < _MARKED:
                self._marks.append((_MARKS[tag], len(self._parts)))
        else:
            self._inline(tag, given)

    def _end_tag(self, tag: str) -> None:
        self._title = self._title and tag != "title"
        if self._dropped:
            self._depth -= tag == self._dropped
            self._dropped = self._dropped if self._depth else ""
        elif tag in _BLOCKS:
            self.end_block()
            self._pop(tag)
        elif tag in _MARKS and self._marks:
            mark, start = self._marks.pop()
            self._wrap(start, mark, mark)
        elif tag == "a" and self._link:
            self._end_link()

    def _read_text(self, text: str) -> None:
        self._line += text.count("\n")
        data = html.unescape(text)
        if self._title:
            self.page.title += data
        if not self._dropped:
            self._parts.append(escaped(data))
            self._words.append(data)

    # elements

    def _notice(self, tag: str, given: dict[str, str]) -> None:
        """What the page says of itself, without showing it."""
        if tag == "html":
            self.page.lang = given.get("lang", "")
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self.page.address = given.get("href", "")
        elif tag == "time" and given.get("datetime"):
            self.page.times.setdefault(self._inside, given["datetime"])

    def _drop(self, tag: str) -> None:
        if not self._dropped:
            self._dropped, self._depth = tag, 0
            if tag not in {"head", "title"}:
                self.page.dropped[tag] = self.page.dropped.get(tag, 0) + 1
        self._depth += tag == self._dropped

    def _push(self, tag: str, given: dict[str, str]) -> None:
        if len(self._open) < _DEEPEST and tag not in _VOID:
            names = f"{given.get('class', '')} {given.get('id', '')}".strip()
            self._open.append((tag, names[:_LONGEST_NAMES]))

    def _pop(self, tag: str) -> None:
        for n in range(len(self._open) - 1, -1, -1):
            if self._open[n][0] == tag:
                del self._open[n:]
                break
        if tag == "article" and not any(name == "article" for name, _ in self._open):
            self._inside = 0

    def _inline(self, tag: str, given: dict[str, str]) -> None:
        if tag == "a":
            self._link = (given.get("href", ""), len(self._parts))
        elif tag == "br":
            self._parts.append("\n")
            self._words.append("\n")
        elif tag == "img":
            self._picture(given)
        elif tag not in _VOID and tag not in _PASSED:
            told = f"{tag if tag.isascii() and tag.isalnum() else '?'} (its words stay)"
            self.page.dropped[told] = self.page.dropped.get(told, 0) + 1

    def _picture(self, given: dict[str, str]) -> None:
        self.end_block()
        alt = " ".join(given.get("alt", "").split())
        within = tuple(names for _, names in self._open if names)
        if len(self.page.blocks) > MOST:
            return
        self.page.blocks.append(
            Block(PICTURE, "", alt, within, self._inside, self._line, given.get("src", ""))
        )

    # blocks

    def _wrap(self, start: int, before: str, after: str) -> None:
        """Marks around what was written since `start`; spaces stay outside."""
        inside = "".join(self._parts[start:])
        del self._parts[start:]
        bare = inside.strip()
        if not bare or "\n" in bare.strip("\n"):
            self._parts.append(inside)
            return
        head = inside[: len(inside) - len(inside.lstrip())]
        tail = inside[len(inside.rstrip()) :]
        self._parts.append(f"{head}{before}{bare}{after}{tail}")

    def _end_link(self) -> None:
        assert self._link is not None
        href, start = self._link
        self._link = None
        href = href.strip()
        self._href = self._href or href
        if fields.is_web_address(href) and not self._in_heading():
            target = href.replace("(", "%28").replace(")", "%29")
            self._wrap(start, "[", f"]({target})")

    def _in_heading(self) -> bool:
        return any(tag in _HEADINGS for tag, _ in self._open)

    def end_block(self) -> None:
        """What was gathered is a block of its own."""
        while self._marks:
            mark, start = self._marks.pop()
            self._wrap(start, mark, mark)
        lines = [" ".join(line.split()) for line in "".join(self._parts).split("\n")]
        words = " ".join("".join(self._words).split())
        text = "\n".join(line for line in lines if line)
        href, self._href, self._link = self._href, "", None
        self._parts, self._words = [], []
        if text and words and len(self.page.blocks) <= MOST:
            self._add(text, words, href)

    def _add(self, text: str, words: str, href: str) -> None:
        tags = [tag for tag, _ in self._open]
        heading = next((tag for tag in tags if tag in _HEADINGS), "")
        kind = PARAGRAPH
        lines = [at_start(line) for line in text.split("\n")]
        text = "  \n".join(lines)
        if heading:
            kind, text = HEADING, f"{_HEADINGS[heading]} {' '.join(lines)}"
        elif tags[-1:] == ["li"]:
            ordered = next((t for t in reversed(tags) if t in {"ul", "ol"}), "ul") == "ol"
            kind, text = ITEM, f"{'1.' if ordered else '-'} {' '.join(lines)}"
        elif "blockquote" in tags:
            kind, text = QUOTE, "\n".join(f"> {line}" for line in text.split("\n"))
        names = tuple(names for _, names in self._open if names)
        tags_ = tuple(tag for tag in tags if tag in _KEPT_TAGS)
        self.page.blocks.append(
            Block(kind, text, words, (*names, *tags_), self._inside, self._line, href)
        )

"""A page as the search engine gets it: bare HTML of words, addresses and metadata for Pagefind.

Metadata is searched like the words. What must be kept and not be searched is an `id`; filters
are not used, for with them the index differs from run to run.
"""

from __future__ import annotations

import hashlib
import html
import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import han, slim_facets, word_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BETWEEN_NAMES = " · "  # the search page takes the spellings apart here
# Beginnings of ids that are kept and not searched, unlike metadata.
TITLE_LANGUAGE = "title-lang:"
CONTENT_NOTE = "content-note:"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a page's words; `level` is that of a heading, 0 for a paragraph."""

    text: str
    anchor: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SlimPage:
    """A page as the engine gets it. `aka` are the spellings of those whom it is about."""

    path: str
    title: str
    kind: str
    title_lang: str = ""  # where it is not the bundle's
    date: str = ""
    aka: tuple[str, ...] = ()
    content_notes: tuple[str, ...] = ()  # keys of the closed list
    parts: tuple[Part, ...] = ()
    is_described: bool = False  # the title holds somebody else's name, who is to stand before


@dataclass(frozen=True, slots=True)
class Fed:
    """A slim page as a file that is written when it is asked for.

    `digest` is that of all that it is made of, but for the program.
    """

    path: str
    digest: bytes
    write: Callable[[], bytes]

    @property
    def data(self) -> bytes:
        return self.write()


def fed(page: SlimPage, lang: str, facets: Iterable[slim_facets.Value] = ()) -> Fed:
    """The page as a file; `facets` are what it can be narrowed down by."""
    made_of = (page, lang, tuple(facets))
    return Fed(page.path, _digest(repr(made_of).encode()), partial(_written, *made_of))


def of_file(path: str, data: bytes) -> Fed:
    """A slim page that was written elsewhere."""
    return Fed(path, _digest(data), lambda: data)


def frame(lang: str) -> Fed:
    """A page with every field that a page of the language can have, and a path of no page."""
    page = SlimPage(path=f"{lang}/!.html", title="a", kind="a", date="a", aka=("a",))
    return fed(page, lang, (("kind", "a"),))


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _written(page: SlimPage, lang: str, facets: Iterable[slim_facets.Value]) -> bytes:
    title = _escaped(page.title)
    weight = ' data-pagefind-weight="0.5"' if page.is_described else ""
    meta = {
        "kind": page.kind,
        "date": page.date,
        "aka": BETWEEN_NAMES.join(page.aka),
        "forms": " ".join(_forms(page, lang)),
        "facets": slim_facets.tokens(facets),
    }
    head = "".join(
        f'<meta data-pagefind-meta="{key}[content]" content="{_escaped(value)}">\n'
        for key, value in meta.items()
        if value
    )
    body = "\n".join(_element(part) for part in _parts(page))
    text = (
        f'<!doctype html>\n<html lang="{_escaped(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n{head}</head>\n"
        f"<body data-pagefind-body>\n{_marks(page, lang)}<h1{weight}>{title}</h1>\n"
        f"{body}\n</body>\n</html>\n"
    )
    return text.encode("utf-8")


def _parts(page: SlimPage) -> tuple[Part, ...]:
    """The passages; its kind, too, where no word is: the engine passes over such a page."""
    texts = (page.title, *(part.text for part in page.parts))
    has_words = any(map(str.isalnum, "".join(texts)))
    return page.parts if has_words else (*page.parts, Part(page.kind))


def _forms(page: SlimPage, lang: str) -> tuple[str, ...]:
    """The keys of all words, where the engine does not know the language's endings itself."""
    table = word_forms.table(lang)
    texts = (page.title, *page.aka, *(part.text for part in page.parts))
    return word_forms.keys("\n".join(texts), table) if table else ()


def _marks(page: SlimPage, lang: str) -> str:
    elsewhere = (page.title_lang,) if page.title_lang not in {"", lang} else ()
    return "".join(
        (
            *(_place(f"{TITLE_LANGUAGE}{tag}") for tag in elsewhere),
            *(_place(f"{CONTENT_NOTE}{note}") for note in page.content_notes),
        )
    )


def _element(part: Part) -> str:
    """A passage after its address: the engine tells at which word an `id` stands."""
    tag = f"h{part.level}" if part.level else "p"
    place = _place(part.anchor) if part.anchor else ""
    return f"{place}<{tag}>{_escaped(part.text)}</{tag}>"


def _place(anchor: str) -> str:
    """An empty element: one around the text would have the engine keep that text twice."""
    return f'<span id="{html.escape(anchor)}"></span>'


def _escaped(text: str) -> str:
    return html.escape(han.apart(unicodedata.normalize("NFC", text)))

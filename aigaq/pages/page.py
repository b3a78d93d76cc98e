"""What a page is before it is rendered, and what it is afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aigaq.pages.labels import Labels


@dataclass(frozen=True, slots=True)
class Edition:
    """A page in one language. `made` are keys of how its words came about: `editions`."""

    lang: str
    path: str
    made: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that will exist. A page's inputs are its arguments.

    `path` is relative to the output folder. `inputs` holds exactly the public records that the
    view function of `kind` receives, and `labels` the short labels of the records that those
    name; nothing else reaches the page, so nothing else can make it out of date. `alternates`
    are `(language, path)` of the same page in all languages that have it, itself included.
    `editions` are what the language switcher lists, where it has more to say than that.
    `canonical` is the path of the page which this one says again, if it does: no search engine
    shall find both.
    """

    path: str
    kind: str
    lang: str
    inputs: Any
    labels: Labels
    alternates: tuple[tuple[str, str], ...] = ()
    editions: tuple[Edition, ...] = ()
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file. `path` is relative to the output folder, with forward slashes."""

    path: str
    data: bytes

"""What a page is before it is rendered, and what it is afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigaq.pages.labels import Labels


@dataclass(frozen=True, slots=True)
class Edition:
    """A page in one language. `made` are keys of how its words came about: `editions`."""

    lang: str
    path: str
    made: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contents:
    """What a page is made from.

    `inputs` holds exactly the public records that the view function of its kind receives, and
    `labels` the short labels of the records that those name; nothing else reaches the page, so
    nothing else can make it out of date.
    """

    inputs: Any
    labels: Labels


class Later(Contents):
    """Contents that are worked out when somebody first asks: by whoever makes the page.

    To know that a page will exist takes nothing of them. `make` gives the inputs, `named` the
    labels to these. In another process they arrive worked out.
    """

    def __init__(self, make: Callable[[], Any], named: Callable[[Any], Labels]) -> None:
        vars(self).update(_make=make, _named=named)

    def __getattr__(self, name: str) -> Any:  # of what is not there yet
        if name not in ("inputs", "labels"):
            raise AttributeError(name)
        found = self._make() if name == "inputs" else self._named(self.inputs)
        return vars(self).setdefault(name, found)

    def __reduce__(self) -> tuple[Any, ...]:
        return Contents, (self.inputs, self.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that will exist. What it is made from are its arguments.

    `path` is relative to the output folder. `alternates` are `(language, path)` of the same
    page in all languages that have it, itself included. `editions` are what the language
    switcher lists, where it has more to say than that. `canonical` is the path of the page
    which this one says again, if it does: no search engine shall find both.
    """

    path: str
    kind: str
    lang: str
    contents: Contents
    alternates: tuple[tuple[str, str], ...] = ()
    editions: tuple[Edition, ...] = ()
    canonical: str = ""

    @property
    def inputs(self) -> Any:
        return self.contents.inputs

    @property
    def labels(self) -> Labels:
        return self.contents.labels


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file. `path` is relative to the output folder, with forward slashes."""

    path: str
    data: bytes

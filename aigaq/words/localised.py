"""A text that an editor gave in one or several languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Localised:
    """Texts by language tag, sorted by tag; hashable, so that views and caches can hold it."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Localised:
        """From a mapping of language tags to texts."""
        return cls(tuple(sorted(texts.items())))

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)

    def get(self, language: str) -> str:
        """The text in exactly this language, or an empty text."""
        return dict(self.pairs).get(language, "")

    def best(self, languages: Iterable[str]) -> tuple[str, str]:
        """`(language, text)` in the first of `languages` that there is, else in any, if any."""
        texts = dict(self.pairs)
        for language in languages:
            if language in texts:
                return language, texts[language]
        return self.pairs[0] if self.pairs else ("", "")

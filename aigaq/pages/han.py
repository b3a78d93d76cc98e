"""Chinese and other Han text for a search engine that knows words by the spaces around them.

Every Han character becomes a word of its own. The search page turns a run of Han characters in
a query into a phrase of such words, and joins them again in what it shows. Measured with
Pagefind 1.5.2: a word is found anywhere in a text, its characters in another order are not.
"""

from __future__ import annotations

import json
import pkgutil
import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Script=Han of Unicode 15, which the search page has as `\p{sc=Han}`.
_BLOCKS = (
    "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9"
    "\U00016ff0-\U00016ff1\U00020000-\U000323af"
)
_CHARACTER = re.compile(f"[{_BLOCKS}]")
_BEFORE = re.compile(rf"(?<=\S)(?=[{_BLOCKS}])")
_AFTER = re.compile(rf"(?<=[{_BLOCKS}])(?=\S)")


def apart(text: str) -> str:
    """`text` with a space on both sides of each Han character: `在 2017 年`."""
    if text.isascii() or not _CHARACTER.search(text):
        return text
    return _AFTER.sub(" ", _BEFORE.sub(" ", text))


def characters(texts: Iterable[str]) -> frozenset[str]:
    """All Han characters that occur."""
    return frozenset(
        c for text in texts if not text.isascii() for c in _CHARACTER.findall(text)
    )


def variants(used: frozenset[str]) -> Mapping[str, str]:
    """What is `used` on the site for a character of the other script: `營` is `营` there.

    Han text is written with simplified or traditional characters, and a reader may type either.
    """
    pairs = "".join(json.loads(pkgutil.get_data(__name__, "han_variants.json") or b"")["pairs"])
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in zip(pairs[::2], pairs[1::2], strict=True):
        if other in used:
            found[one].add(other)
        if one in used:
            found[other].add(one)
    return {typed: "".join(sorted(written)) for typed, written in sorted(found.items())}

"""Chinese and other Han text for a search engine that knows words by the spaces around them.

Every Han character becomes a word of its own. The search page turns a run of Han characters in
a query into a phrase of such words, and joins them again in what it shows. Measured with
Pagefind 1.5.2: a word is found anywhere in a text, its characters in another order are not.
"""

from __future__ import annotations

import re

# Script=Han of Unicode 15, which the search page has as `\p{sc=Han}`.
_BLOCKS = (
    "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9"
    "\U00016ff0-\U00016ff1\U00020000-\U000323af"
)
_BEFORE = re.compile(rf"(?<=\S)(?=[{_BLOCKS}])")
_AFTER = re.compile(rf"(?<=[{_BLOCKS}])(?=\S)")


def apart(text: str) -> str:
    """`text` with a space on both sides of each Han character: `在 2017 年`."""
    return _AFTER.sub(" ", _BEFORE.sub(" ", text))

"""The keys of a protected value: each a way in which it is looked for; and the text they suit.

What is too plain to be looked for has none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from aigaq.words import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aigaq.archive.protected import Value

Key = tuple[str, ...]  # how something is found: a kind and the folded words

RUN, LEAST_RUN, LEAST_LETTERS = 6, 4, 16  # words; letters of a run
SINGLE, LEAST_PAIR, PAIR, HAN_RUN = 6, 4, 8, 10  # letters; of a pair, of one in any script

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD = re.compile(f"[^\\W_{HAN}]+")
HAN_WORD = re.compile(f"[{HAN}]+")
HAN_GAP = re.compile(f"(?<=[{HAN}])[\\s·・•‧]+(?=[{HAN}])")
# Format characters, fillers and combining marks; the last are dropped once letters are whole.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u0640\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
# A sign that is rare comes first in a pattern: so the search for it is fast.
_APOSTROPHE = re.compile("['`\u02b9-\u02bf\u2018\u2019\u2032](?<=\\w.)(?=\\w)")
_STRANGE = re.compile(
    f"{_UNSEEN.pattern[:-1]}{_MARKS.pattern[1:-1]}'`\u02b9-\u02bf\u2018\u2019\u2032]"
)


def of(value: Value) -> Iterator[Key]:
    """The ways in which a value is looked for; none where it is too plain."""
    text = plain(value.text)
    for han in HAN_WORD.findall(HAN_GAP.sub("", text)) if value.kind == "name" else ():
        yield from [("han", han)] if 2 <= len(han) < HAN_RUN else []
    words = [(word, names.folded(word)) for word in WORD.findall(text)]
    words = [(word, folded) for word, folded in words if folded]
    if value.kind == "name":
        yield from _of_name(words)
    elif value.kind == "exact":
        yield from _exactly([folded for _, folded in words])
    else:
        yield from _of_words([folded for _, folded in words])
        whole = "".join(HAN_WORD.findall(text))
        for at in range(len(whole) - HAN_RUN + 1):
            yield ("han", whole[at : at + HAN_RUN])


def _of_name(words: list[tuple[str, str]]) -> Iterator[Key]:
    particles = names.TABLES["particles"]
    telling = [folded for word, folded in words if folded not in particles]
    if len(telling) == 1 and len(telling[0]) >= SINGLE:
        yield ("one", telling[0])
    if len(telling) > 2:
        yield ("run", *telling)
    spoken = [f for word, f in words if f not in particles and not is_small(word)] or telling
    for one, two in combinations(dict.fromkeys(spoken), 2):
        if len(one + two) >= LEAST_PAIR:
            yield ("pair", *sorted((one, two)))
        if len(one + two) > PAIR:
            yield from glued(one, two)


def glued(one: str, two: str) -> tuple[Key, Key]:
    """Two words as one, as in addresses of mail."""
    return ("glued", one + two), ("glued", two + one)


def _exactly(words: list[str]) -> Iterator[Key]:
    """A run of its own, if it has enough signs to be nothing else."""
    if len(words) > 1 and max(map(len, words)) >= 4 and len("".join(words)) > 4:
        yield ("run", *words)


def _of_words(words: list[str]) -> Iterator[Key]:
    length = min(RUN, len(words))
    for at in range(len(words) - length + 1):
        run = words[at : at + length]
        if length >= LEAST_RUN and sum(map(len, run)) >= LEAST_LETTERS:
            yield ("run", *run)


def leading(together: Mapping[str, set[str]], often: Mapping[str, int]) -> set[str]:
    """Of words that are looked for `together` so many that one of each two is among them.

    Those that stand `often` are left out where all others with them remain: of `c` and a
    thousand numbers, which are in the ids of cards, `c` alone leads, unless it is a word that
    stands more often than all numbers.
    """
    weight = {
        one: (1 + often[one]) / sum(1 + often[other] for other in others)
        for one, others in together.items()
    }
    leads = set(together)
    for one in sorted(together, key=lambda one: (-weight[one], one)):
        if together[one] <= leads - {one}:
            leads.remove(one)
    return leads


def plain(text: str) -> str:
    """Letters as they are meant: composed, without what nobody sees, without apostrophes."""
    if text.isascii():
        return _APOSTROPHE.sub("", text) if "'" in text or "`" in text else text
    if _STRANGE.search(text):
        text = _UNSEEN.sub("", text)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _APOSTROPHE.sub("", _MARKS.sub("", text)) if _STRANGE.search(text) else text


@lru_cache(maxsize=65536)
def is_small(word: str) -> bool:
    """Whether a word begins with a small letter, where its script has them."""
    return word[0].islower()

"""Whether a line is the name of a person alone, as far as its signs and letters tell.

Law: only what a line looks like is judged; whose name it is, and whether it is one, is guessed.
"""

from __future__ import annotations

import re

_LONGEST = 60  # characters
_MOST_WORDS = 5
# What may follow a name: an age, or that it is not the real one.
_AFTER_NAME = re.compile(r",? \(?\d{1,2}\)?|\*|\s?[(（][^()（）]{1,60}[)）]")
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼʻ‘·・-])*|(?:[^\W\d_]{1,2}|Mrs|Prof)\.")
_PARTICLES = frozenset(
    {"al", "bin", "de", "el", "ibn", "kyzy", "qizi", "uly", "van", "von", "кызы", "оглы",
     "улы", "қызы", "ұлы"}
)  # fmt: skip
# Words of headings in which every word begins with a capital letter, and no names.
NO_NAMES = frozenset(
    {"a", "about", "acknowledgements", "after", "and", "are", "at", "background", "before",
     "by", "comments", "conclusion", "contents", "credits", "for", "from", "her", "his", "how",
     "in", "interviews", "introduction", "is", "methodology", "my", "no", "not", "notes", "of",
     "on", "or", "our", "photos", "related", "share", "sources", "summary", "text", "the",
     "their", "they", "this", "to", "under", "was", "we", "were", "what", "when", "where",
     "who", "why", "with", "без", "введение", "для", "заключение", "как", "не", "об",
     "примечания", "фото", "туралы", "кіріспе", "қорытынды"}
)  # fmt: skip


def is_name(words: str) -> bool:
    """Whether a line is a name alone, as far as its signs and letters tell."""
    name = bare(words)
    parts = name.split()
    return (
        0 < len(parts) <= _MOST_WORDS
        and len(name) <= _LONGEST
        and parts[0] not in _PARTICLES
        and all(one in _PARTICLES or _is_part_of_name(one) for one in parts)
    )


def bare(words: str) -> str:
    """A name without what may follow it: an age, or that it is not the real one."""
    after = _AFTER_NAME.search(words)
    return words[: after.start()] if after and after.end() == len(words) else words


def _is_part_of_name(word: str) -> bool:
    return (
        _NAME_WORD.fullmatch(word) is not None
        and not word[0].islower()
        and word.casefold() not in NO_NAMES
        and not re.search(r"['’]s$", word)
    )

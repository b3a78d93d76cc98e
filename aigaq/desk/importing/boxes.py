"""What on a page belongs to the page and not to its article: invitations, boxes, menus.

Law: only invitations are taken for such; that somebody had a newsletter on her phone is
testimony.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aigaq.desk.importing import html_blocks

if TYPE_CHECKING:
    from aigaq.desk.importing.html_blocks import Block

OF_A_SERIES = "a box of a series"
LONGEST = 400  # characters, of a line that is an invitation and no story

_NAMES = re.compile(
    r"\b(?:newsletter|mailing.list|subscri\w+|sign.?up|share.?(?:this|to|on|buttons?)|social|"
    r"related|promo\w*|sidebar|comments?|breadcrumbs?|cookie\w*|advert\w*|banner|"
    r"skip.to|podcast|post.?navigation|sharedaddy|jp.relatedposts)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:[•·] )?(?:to )?(?:subscribe|sign up|join (?:the|our) mailing list|"
    r"share (?:to|on|this)|skip to|read more|also read|see also|"
    r"continue reading|click here)\b.{0,80}"
    r"|.*\bis (?:a|our|the)(?: \w+){0,3} newsletter\b.*",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"\b(?:partnering with|part of (?:a|our|the) (?:series|project))\b", re.IGNORECASE
)
# Somebody speaks of herself: no invitation of a page does.
_SPOKEN = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Ww]e|us)\b")
_TOLD = re.compile(
    r"\b(?:I|me|my|he|him|his|she|her|they|them|their|was|were)\b", re.IGNORECASE
)
_OF_THE_POST = ("category-", "tag-", "post-", "type-", "status-", "format-")  # classes


def of(block: Block) -> str:
    """What a block is that belongs to the page; empty for words of the article."""
    classes = (name for names in block.within for name in names.replace("_", "-").split())
    names = " ".join(name for name in classes if not name.startswith(_OF_THE_POST))
    short = len(block.words) <= LONGEST and block.kind != html_blocks.PICTURE
    if _NAMES.search(names) or (short and _is_invitation(block.words)):
        return "a box of the page"
    of_series = _SERIES.search(block.words) if short else None
    is_told = (
        of_series and of_series[0].lower().startswith("part") and _TOLD.search(block.words)
    )
    return OF_A_SERIES if of_series and not is_told else ""


def _is_invitation(words: str) -> bool:
    return _WORDS.fullmatch(words) is not None and not _SPOKEN.search(words)

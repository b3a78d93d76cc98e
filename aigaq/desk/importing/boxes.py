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
_OF_THE_POST = ("category-", "tag-", "post-", "type-", "status-", "format-")  # classes


def of(block: Block) -> str:
    """What a block is that belongs to the page; empty for words of the article."""
    classes = (name for names in block.within for name in names.replace("_", "-").split())
    names = " ".join(name for name in classes if not name.startswith(_OF_THE_POST))
    short = len(block.words) <= LONGEST and block.kind != html_blocks.PICTURE
    if _NAMES.search(names) or (short and _WORDS.fullmatch(block.words)):
        return "a box of the page"
    return OF_A_SERIES if short and _SERIES.search(block.words) else ""

"""What single lines of a page tell of its article: by whom, when, where first, what rights.

Law: a line is taken for such a one only where all of it is; else it is words of somebody.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from aigaq.desk.importing import html_blocks

# "By" alone is a line that somebody forgot; "By evening it was dark" is none of an author.
_BY = re.compile(
    r"(?:[Ww]ritten [Bb]y|(?:[Bb]y|BY):?(?= [^\W\d_a-z]))\s+(?P<who>[^.;:!?]{2,80})|[Bb]y:?"
)
_AMONG_NAMES = frozenset({"and", ",", "&", "de", "von", "van", "al", "и", "және"})
# Words that stand for somebody, and name nobody who is to be credited.
_NOBODY = frozenset(
    {"i", "we", "he", "she", "they", "me", "us", "my", "our", "it", "mother", "father", "none",
     "nobody", "unknown", "amen", "я", "мы", "он", "она", "они", "мама", "аминь", "мен", "біз"}
)  # fmt: skip
_SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?] ")
# What people are thanked for who made a text; for bread and for hiding, narrators thank.
_WORK = re.compile(
    r"\b(?:help|assist|support|translat|interpret|interview|photo|edit|record|transcri|advice"
    r"|arrang|provid|facilitat|contribut|comment|review)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Ww]e|us|[Oo]urs?)\b|[,;:–—]")
_AGAIN = re.compile(
    r"(?:this (?:post|article|story|text) (?:was )?)?(?:originally|first) "
    r"(?:published|appeared)(?: (?:on|in|at|by))\s+(?P<outlet>[^.]{2,80}(?:\.\w+)*)\.?",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:copyright|©|\(c\)).{0,200}|(?:re(?:printed|published)) with.*", re.IGNORECASE
)
_SOURCE = re.compile(r"source:\s+(?P<url>\S+\.\S*/\S*|\S.*\.html?)", re.IGNORECASE)
_DATE = re.compile(r"(?:date|published|posted)(?: on)?:\s+", re.IGNORECASE)
_MORE = re.compile(
    r"\s*\\?\[\s*(?:full\s+story|read\s+more|continue\s+reading)\s*\\?\]\s*", re.IGNORECASE
)
_BY_ON = re.compile(r"(by\b.+?)\s+((?:\w+\.? \d{1,2}|\d{1,2} \w+),? \d{4})", re.IGNORECASE)
_LISTED = re.compile(r"(topics?|categor(?:y|ies)|tags?)\s*:\s*(.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[|•·]\s*")
_DAY = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?"
    r"|(?:(\d{1,2}) ([A-Za-z]{3,9})\.?|([A-Za-z]{3,9})\.? (\d{1,2})),? (\d{4})",
    re.ASCII,
)
# What people did, as lines of credits name it; who shortened a text translated or edited it.
_DONE = {
    "photographer": r"photo(?:s|graphs?|graphy|graphed)?|pictures?|images?"
    r"|фото(?:графии|суреттер)?|суреттер|суретке түсірген",
    "interviewer": r"interview(?:s|ed|er)?(?: conducted| recorded)?|интервью|сұхбат(?:тасқан)?",
    "translator": r"translat(?:ion|ions|ed|or)|перевод|перев[её]ла?|аудар(?:ған|ма)",
    "editor": r"edit(?:ed|ing|or)|редактор|редакторы",
    "author": r"text|story|reporting|текст|мәтін",
    "": r"abridged",
}
_WHAT = "|".join(f"(?:{words})" for words in _DONE.values())
_CREDIT = re.compile(
    rf"(?P<what>(?:{_WHAT})(?:(?:,? and | & |, | )(?:{_WHAT}))*)"
    r"(?: from(?: the)? \w+)?(?: by:?|\s?[:–—])\s+(?P<who>.{2,200})",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"(?P<before>.*?),?\s*\b(?P<what>(?:with )?(?:the )?(?:additional )?"
    r"(?:assistance|help|support) (?:from|of|by)) (?P<who>.+)",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:with |special )thanks to (?P<who>.+?)(?P<why> for .{2,120})?"
    r"|thanks to (?P<whom>.+?)"
    r"(?P<what> for (?:\w+ ){0,3}(?:help|assistance|support)\b.{0,100})",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\s*(?:/|\bfor\b)\s*(?P<outlet>.{2,60})")
_PRAISED = re.compile(r"\b(?:God|Allah?|Lord|Heaven)\b")  # thanks to them are words
_LONGEST = 400  # characters, of a paragraph of credits
_LATE, _EARLY = 6, 3  # paragraphs at the ends among which lines of credits stand
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a line says; what it does not say is empty."""

    first: str = ""
    author: str = ""
    published: str = ""
    rights_text: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def told(words: str, *, at_an_end: bool) -> Facts | None:
    """What a line tells, if nothing else; but for who and where first only at the ends."""
    if again := _AGAIN.fullmatch(words):
        return Facts(first=again["outlet"].strip())
    if at_an_end and _RIGHTS.fullmatch(words):
        return Facts(rights_text=words)
    if at_an_end and (source := _SOURCE.fullmatch(words)):
        return Facts(url=source["url"])
    made = Facts()
    together = _BY_ON.fullmatch(words)
    for piece in together.groups() if together else _BETWEEN.split(words):
        listed = _LISTED.fullmatch(piece) if at_an_end else None
        by = _BY.fullmatch(piece.rstrip("."))
        if (at_an_end or together) and (day := date_of(_DATE.sub("", piece, count=1))):
            made = replace(made, published=day)
        elif listed:
            names = tuple(filter(None, map(str.strip, listed[2].split(","))))
            is_tags = listed[1].lower().startswith("tag")
            made = replace(made, tags=names) if is_tags else replace(made, topics=names)
        elif by and (not by["who"] or _is_byline(by["who"], piece)):
            made = replace(made, author=(by["who"] or "").strip())
        else:
            return None
    return made


@dataclass(frozen=True, slots=True)
class Credit:
    """Who did what for a text, as the schema has it; `words` are those of a role `other`."""

    who: str
    role: str
    abridged: bool = False
    words: str = ""


def without_credits(body: str) -> tuple[str, tuple[Credit, ...], tuple[str, ...]]:
    """A body without the lines near its ends that are nothing but credits, and these."""
    parts = body.split("\n\n")
    kept: list[str] = []
    told: list[str] = []
    found: list[Credit] = []
    for n, part in enumerate(parts):
        near = n < _EARLY or n >= len(parts) - _LATE
        brought = part.split("\n") if near and len(part) <= _LONGEST else []
        lines = [html_blocks.plain(line) for line in brought]
        read = [credits_of(line) for line in lines]
        if lines and all(read):
            told += lines
            found += [credit for of_line in read for credit in of_line]
        else:
            kept.append(part)
    return "\n\n".join(kept), tuple(dict.fromkeys(found)), tuple(told)


def credits_of(line: str) -> tuple[Credit, ...]:
    """Whom a line credits with what, if nothing else; empty for words of somebody."""
    made: list[Credit] = []
    for piece in _BETWEEN.split(line):
        read = _credits(piece.removesuffix(".")) if len(line) <= _LONGEST else []
        if not read:
            return ()
        made += read
    return tuple(dict.fromkeys(made))


def _credits(words: str) -> list[Credit]:
    if thanks := _THANKS.fullmatch(words):
        why = thanks["why"] or thanks["what"] or ""
        if why and (_SPOKEN.search(why) or not _WORK.search(why)):
            return []
        return _all(thanks["who"] or thanks["whom"], "other", words=f"thanks{why}")
    helped = _HELP.fullmatch(words)
    made = _all(helped["who"], "other", words=helped["what"].lower()) if helped else []
    if helped and not helped["before"]:
        return made
    credit = _CREDIT.fullmatch(helped["before"] if helped else words)
    if credit is None or (helped and not made):
        return []
    what = credit["what"].lower()
    roles = _roles(what) or ["editor"]  # who only shortened it
    shortened = {"translator", "editor"} if "abridged" in what else {}
    read = [_all(credit["who"], role, abridged=role in shortened) for role in roles]
    return [one for of_role in read for one in of_role] + made if all(read) else []


def _roles(what: str) -> list[str]:
    """The roles that a line names, in our order."""
    named = {word for word in re.split(r",? and | & |, | ", what) if word}
    return [
        role
        for role, words in _DONE.items()
        if role and any(re.fullmatch(words, name) for name in named)
    ]


def _all(who: str, role: str, *, abridged: bool = False, words: str = "") -> list[Credit]:
    """A credit for each of the names; none where anything among them is none."""
    cut = _ELSEWHERE.search(who)
    if cut and _is_names(cut["outlet"]):
        who = who[: cut.start()]
    if not _is_names(who):
        return []
    return [Credit(name, role, abridged, words) for name in names(who)]


def says_where_first(words: str) -> bool:
    """Whether a line says where a text was published before, and nothing else."""
    return _AGAIN.fullmatch(words) is not None


def without_more(words: str) -> str:
    """Words without the link to the rest of them (`[FULL STORY]`) at their end; else as is."""
    found = _MORE.search(words)
    return words[: found.start()] if found and found.end() == len(words) else words


def names(author: str) -> tuple[str, ...]:
    """The people of a byline, where it is nothing but their names."""
    if not author or " with " in author:
        return (author,) if author else ()
    return tuple(filter(None, re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|&|и|және)\s+", author)))


def _is_byline(who: str, line: str) -> bool:
    if line.lower().startswith("written"):
        return not who[0].islower()
    return _is_names(who) and len(who.split()) < 9


def _is_names(who: str) -> bool:
    """Whether words are nothing but names, and what stands between them."""
    if _SENTENCE.search(who) or _PRAISED.search(who):
        return False
    words = who.replace(",", " , ").split()
    return all(word in _AMONG_NAMES or _is_like_a_name(word) for word in words)


def _is_like_a_name(word: str) -> bool:
    """Whether a word may begin with a capital letter, where its script has any."""
    is_letter = word[0].isalpha() and not word[0].islower()
    return is_letter and word.strip(".!?*").casefold() not in _NOBODY


def date_of(text: str) -> str:
    """A day as sites write it (`21 July, 2020`), as we do; empty where it is none."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return ""
    if found[1]:
        year, month, day = map(int, found[1].split("-"))
    else:
        name = (found[3] or found[4])[:3].lower()
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        year, day = int(found[6]), int(found[2] or found[5])
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""

"""An article of somebody else becomes a draft that a person has to look at.

What a page says is taken as it is; what is only likely (the kind, the language, a title that
nobody wrote) is listed as guessed in a comment of the draft. The words go into the archive only
where somebody said what the rights are; else they lie beside what was brought, outside of it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from aigaq.desk.importing import boxes, captions, facts, html_blocks, kinds, planned
from aigaq.desk.importing.planned import Plan, Planned
from aigaq.source.schema import fields
from aigaq.words.diagnostics import Diagnostic, Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aigaq.desk.importing.html_blocks import Block
    from aigaq.desk.importing.known_keys import Keys
    from aigaq.desk.importing.planned import Present

BESIDE = Problem(
    "I050",
    "the rights are unclear, so the words of {count} texts lie outside of the archive, in"
    " {folder}",
    "When you know what is allowed, say it in original: rights: of each draft and copy its"
    " words below the header; or import again into an archive without these drafts, with"
    " --rights.",
    Severity.WARNING,
)
NO_ARTICLES = Problem(
    "I051",
    "nothing was found here that could be a text",
    "Save the page with the articles themselves, not a page that only names them.",
)
LEFT_OUT = Problem(
    "I052",
    "{count} {what} were left out",
    "Look whether anything among them is needed; it has to be written by hand.",
    Severity.WARNING,
)
CHANGED = Problem(
    "I053",
    "this is not the original that {path} was made of: it has changed, or the line with its"
    " SHA-256 is gone from there",
    "Nothing was changed. Compare the two and correct the draft by hand.",
    Severity.WARNING,
)
TWIN = Problem(
    "I055",
    "another text there has the same address, and was taken",
    "Look whether they are the same; write the other by hand.",
    Severity.WARNING,
)

NOT_THERE = Problem(
    "I057",
    'nothing that was brought is called "{name}", so nothing was left out for it',
    "Write after --skip what stands at the beginning of a line that tells of the text, without"
    ' its last colon, or its address or whole title: --skip "{example}".',
)

WITH_WORDS = ("own", "permission", "open-licence", "public-domain", "author-released")
_LONGEST_TITLE = 8  # words, of a title that we make
_ONCE = ("first", "author", "published", "rights_text", "url")  # what is told of a text once
_UNSEEN = "\xad\u200b\u2060\ufeff"  # soft hyphens, spaces of no width, byte order marks


@dataclass(frozen=True, slots=True)
class Article:
    """A text as its page has it; `key` tells it from all others of that place.

    `guesses` and `left_out` are told to whoever looks at the draft.
    """

    key: str
    place: Span
    body: str
    digest: str
    title: str = ""
    author: str = ""
    outlet: str = ""
    published: str = ""
    url: str = ""
    first: str = ""  # the outlet where it was published before
    rights_text: str = ""
    lang: str = ""
    tags: tuple[str, ...] = ()
    kind: str = "report"
    summary: str = ""
    credits: tuple[facts.Credit, ...] = ()
    guesses: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    is_excerpt: bool = False
    heading: str = ""  # the Markdown of the title, where it may be one of several headings
    above: str = ""  # the Markdown of what stands above that heading

    @property
    def is_in_series(self) -> bool:
        """Whether its page says in a box that it is part of a series."""
        return any(line.startswith(boxes.OF_A_SERIES) for line in self.left_out)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What whoever imports has said: of all articles alike. Empty is not said."""

    lang: str = ""
    rights: str = ""
    kind: str = ""
    series: str = ""  # its id
    skip: tuple[str, ...] = ()  # what is left alone: places, addresses or titles
    by_heading: bool = False  # whether each is divided by the headings of its narrators


def digest_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def of_blocks(blocks: Sequence[Block], article: Article) -> Article:
    """The article that stands in these blocks, without what is none of its words.

    A line that tells otherwise than what `article` has or an earlier line told is words.
    """
    kept: list[str] = []
    around: list[str] = []
    doubled = 0
    seen = captions.Captions()
    for n, block in enumerate(blocks):
        at_an_end = n < 3 or n >= len(blocks) - 3
        told = facts.told(block.words, at_an_end=at_an_end) if _may_tell(block) else None
        if told is not None and not _is_other(article, told):
            article = _with(article, told)
            continue
        if what := boxes.of(block):
            around.append(f"{what}: {first_words(block.words)}")
            continue
        twice, text = seen.judged(block)
        doubled += twice
        whole = facts.without_more(text)
        article = replace(article, is_excerpt=article.is_excerpt or whole != text)
        text = whole
        kept += [text] if text else []
    shown = [f"picture: {_one_line(picture)}" for picture in seen.pictures]
    twins = [f"{doubled} captions that stood there twice"] if doubled else []
    told_of = (*twins, *around, *shown)
    return credited(replace(article, body=_joined(kept), left_out=told_of))


def credited(article: Article) -> Article:
    """The article with the credits near its ends told apart from its words."""
    body, found, lines = facts.without_credits(article.body)
    return replace(
        article,
        body=body,
        credits=tuple(dict.fromkeys((*article.credits, *found))),
        guesses=(*article.guesses, *(f"the credits, from “{line}”" for line in lines)),
    )


def _joined(parts: Sequence[str]) -> str:
    """Blocks with an empty line between them, but for the items of one list."""
    made = ""
    for n, part in enumerate(parts):
        in_list = n and part[:2] in {"- ", "1."} and parts[n - 1][:2] == part[:2]
        made += ("\n" if in_list else "\n\n" if n else "") + part
    return made


def _may_tell(block: Block) -> bool:
    return block.kind != html_blocks.PICTURE and len(block.words) <= boxes.LONGEST


def _is_other(article: Article, told: facts.Facts) -> bool:
    """Whether a line tells what would be lost, as something else is told there already."""
    here = {name: getattr(article, name) for name in _ONCE}
    return any(here[name] and getattr(told, name) not in {"", here[name]} for name in _ONCE)


def _with(article: Article, told: facts.Facts) -> Article:
    """The article with what one of its lines tells of it."""
    author = ("the author, from the line that begins with By",) if told.author else ()
    day = ("the date, from a line of the text",) if told.published else ()
    listed = ", ".join(told.topics)
    topics = (f"topics, to be chosen from the list: {listed}",) if listed else ()
    return replace(
        article,
        first=article.first or told.first,
        author=article.author or told.author,
        published=article.published or told.published,
        rights_text=article.rights_text or told.rights_text,
        url=article.url or told.url,
        tags=(*article.tags, *told.tags),
        guesses=tuple(dict.fromkeys((*article.guesses, *author, *day, *topics))),
    )


def _one_line(words: str) -> str:
    return " ".join(words.split())[:200]


# --- drafts ---


def plan(
    found: Iterable[Article], wanted: Wanted, here: Present, keys: Keys, file: str
) -> Plan:
    """The drafts that these articles would be; their words beside them where it must be."""
    made = Plan()
    kind = kinds.KINDS["testimonies"]
    found = [*found]
    are_told = any(one.is_in_series for one in found)
    taken: set[str] = set()
    for number, brought in enumerate(found, start=1):
        if is_skipped(brought, wanted.skip):
            continue
        article = visible(brought)
        lang, guessed = _language(article, wanted, here)
        record_id = keys.id_of(kind, article.key)
        path = kind.path(record_id, lang)
        if path in taken:
            made.problems.append(TWIN.at(article.place))
            continue
        there = [one for one in here.ids.get(record_id, ()) if one.endswith(".md")]
        if there:
            _compare(article, there[0], here, made)
            continue
        said = _fields(article, wanted)
        if brought.is_in_series or not are_told:
            said["series"] = wanted.series
        taken.add(path)
        body = article.body if wanted.rights in WITH_WORDS else ""
        comments = _comments(article, number, file, (*guessed, *article.guesses))
        made.files.append(
            Planned(path, planned.text_of(said, body, comments), _at(article.place))
        )
        if not body and article.body:
            made.beside[path.rpartition("/")[2]] = f"{article.body}\n"
    return made


def is_skipped(article: Article, skip: Sequence[str]) -> bool:
    """Whether somebody said by its place, its address or its title that it is to stay out."""
    names = {str(article.place), article.url, article.title, article.key} - {""}
    return not names.isdisjoint(skip)


def visible(article: Article) -> Article:
    """Without signs that web pages are full of, that nobody sees and no text needs."""
    taken = sum(article.body.count(sign) for sign in _UNSEEN)
    told = (f"{taken} invisible signs",) if taken else ()
    gone = str.maketrans("", "", _UNSEEN)
    return replace(
        article,
        title=article.title.translate(gone),
        summary=article.summary.translate(gone),
        body=article.body.translate(gone),
        tags=tuple(tag.translate(gone) for tag in article.tags),
        left_out=(*article.left_out, *told),
    )


def _at(place: Span) -> Any:
    def located(found: Diagnostic) -> Diagnostic:
        return replace(found, span=place)

    return located


def _compare(article: Article, there: str, here: Present, made: Plan) -> None:
    if article.digest in here.files[there]:
        made.same.append(there)
    else:
        made.problems.append(CHANGED.at(article.place, path=there))


def _language(article: Article, wanted: Wanted, here: Present) -> tuple[str, tuple[str, ...]]:
    """The language of an article, and what of it is guessed."""
    if wanted.lang:
        return wanted.lang, ()
    for lang in (article.lang, article.lang.partition("-")[0]):
        if lang in here.languages:
            return lang, ()
    return here.languages[0], ("the language, in the name of this file",)


def _fields(article: Article, wanted: Wanted) -> dict[str, Any]:
    title = article.title or first_words(article.body)
    original = {
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url if fields.is_web_address(article.url) else "",
        "url_as_printed": "" if fields.is_web_address(article.url) else article.url,
        "rights": wanted.rights or "unclear",
        "rights_text": article.rights_text,
        "chain": [{"outlet": article.first, "role": "first-publication"}]
        if article.first
        else [],
    }
    return {
        "kind": wanted.kind or article.kind,
        "draft": "true",
        "title": title,
        "title_by": "" if article.title else "editor",
        "summary": article.summary,
        "extent": "excerpt" if article.is_excerpt else "",
        "tags": list(article.tags),
        "original": original,
        "credits": _credits(article),
    }


def _credits(article: Article) -> list[dict[str, Any]]:
    """Who did what; that nobody knows the author is not said where somebody tells it all."""
    authors = [facts.Credit(who, "author") for who in facts.names(article.author)]
    found = dict.fromkeys((*authors, *article.credits))
    if not _has_author(article):
        found = {facts.Credit("unknown", "author"): None, **found}
    return [asdict(credit) for credit in found]


def _has_author(article: Article) -> bool:
    """Whether it is told who wrote it; a testimony needs nobody who did."""
    told = article.author or any(credit.role == "author" for credit in article.credits)
    return bool(told) or article.kind == "testimony"


def first_words(body: str) -> str:
    """A title of what has none."""
    words = re.sub(r"[\\*_`#>\[\]]|\(http\S*\)|^:::.*$", "", body, flags=re.MULTILINE).split()
    return " ".join(words[:_LONGEST_TITLE]) + ("…" if len(words) > _LONGEST_TITLE else "")


def _comments(
    article: Article, number: int, file: str, guessed: Sequence[str]
) -> tuple[str, ...]:
    guesses = [*guessed, "the kind of text"]
    guesses += [] if article.title else ["the title, from the first words"]
    lacks = [] if article.published else ["the date"]
    lacks += [] if _has_author(article) else ["the author"]
    lacks += [] if article.outlet else ["the outlet"]
    lines = [
        f"Imported from {file}, text {number}; SHA-256 there: {article.digest}",
        f"Guessed, to be checked by a person: {'; '.join(guesses)}.",
    ]
    lines += [f"Not said there: {', '.join(lacks)}."] if lacks else []
    lines += [f"Left out: {one}" for one in article.left_out]
    return tuple(_clean(line) for line in lines)


def _clean(line: str) -> str:
    """A comment of what strangers wrote: one line, without signs that are not seen."""
    return "".join(c if c.isprintable() else " " for c in line)

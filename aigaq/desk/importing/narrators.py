"""A page on which several people speak becomes a draft for each of them, and an introduction.

Law: where a part begins is taken from its headings alone, and who speaks there is only ever
guessed: whose words are whose a person decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aigaq.desk.importing import articles, boxes, html_blocks
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aigaq.desk.importing.articles import Article
    from aigaq.desk.importing.known_keys import Keys
    from aigaq.desk.importing.planned import Present
    from aigaq.words.diagnostics import Diagnostic

NO_NARRATORS = Problem(
    "I059",
    "no heading of this text names a narrator, so it was not divided, and is not imported",
    "What is looked for: a heading, or a short line in quotation marks, with a name alone in"
    " the line below; or two headings at least that are names. Import the text without"
    " --by-heading, as one draft, and divide it by hand.",
)
UNNAMED = Problem(
    "I060",
    "{count} headings without a name stay in the words of the narrator before them",
    "The first lines of the drafts name them: look whether somebody else speaks there.",
    Severity.WARNING,
)
OTHERWISE_THERE = Problem(
    "I061",
    "this text is there already, divided otherwise: {path}",
    "Nothing of it was written. Import it as it was; or take those drafts out of the archive"
    " first.",
    Severity.WARNING,
)

_KIND = "testimonies"
_OF = " # "  # between the key of a text and that of its part; no address holds it
_INTRODUCTION = "0"  # the key of that part: no name
_SAME = "that the same narrator speaks below the heading"
_LEAST = 40  # characters, of words that somebody told
_LONGEST_HEADING = 150  # characters, of a line that is no heading in Markdown
_LONGEST_LINE = 400  # characters of Markdown; a longer one is neither a heading nor a name
_LONGEST_NAME = 60
_MOST_WORDS = 5  # of a name

_HEADING = re.compile(r"(#{1,6})\s")
_BOLD = re.compile(r"(\*\*|__)(?!\s).+\1")
_FENCE = re.compile(r"(```|~~~|:::)")
_QUOTES = {
    "‘": "’", "“": "”", '"': '"', "'": "'", "«": "»", "„": "“”", "‚": "‘’", "‹": "›",
    "「": "」", "『": "』", "《": "》",
}  # fmt: skip
# What may follow a name: an age, or that it is not the real one.
_AFTER_NAME = re.compile(r",? \(?\d{1,2}\)?|\*|\s?[(（][^()（）]{1,60}[)）]")
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼʻ‘·・-])*|[^\W\d_]{1,2}\.")
_PARTICLES = frozenset(
    {"al", "bin", "de", "el", "ibn", "kyzy", "qizi", "uly", "van", "von", "кызы", "оглы",
     "улы", "қызы", "ұлы"}
)  # fmt: skip
# Words of headings in which every word begins with a capital letter, and no names.
_NO_NAMES = frozenset(
    {"a", "about", "acknowledgements", "after", "and", "are", "at", "background", "before",
     "by", "comments", "conclusion", "contents", "credits", "for", "from", "her", "his", "how",
     "in", "interviews", "introduction", "is", "methodology", "my", "no", "not", "notes", "of",
     "on", "or", "our", "photos", "related", "share", "sources", "summary", "text", "the",
     "their", "they", "this", "to", "under", "was", "we", "were", "what", "when", "where",
     "who", "why", "with", "без", "введение", "для", "заключение", "как", "не", "об",
     "примечания", "фото", "туралы", "кіріспе", "қорытынды"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Start:
    """Where somebody begins to speak: the paragraphs of the heading and of the first words."""

    at: int
    words: int
    title: str
    narrator: str
    level: int = 0  # of a heading in Markdown; 0 for a line that only looks like one


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of one line, as a heading or a name is: its words, and what it may be."""

    at: int
    words: str
    level: int
    is_like_heading: bool  # in quotation marks or bold: a heading, if a name is below it


def is_name(words: str) -> bool:
    """Whether a line is a name alone, as far as its signs and letters tell."""
    bare = words
    if (after := _AFTER_NAME.search(words)) and after.end() == len(words):
        bare = words[: after.start()]
    parts = bare.split()
    return (
        0 < len(parts) <= _MOST_WORDS
        and len(bare) <= _LONGEST_NAME
        and parts[0] not in _PARTICLES
        and all(one in _PARTICLES or _is_part_of_name(one) for one in parts)
    )


def _is_part_of_name(word: str) -> bool:
    return (
        _NAME_WORD.fullmatch(word) is not None
        and not word[0].islower()
        and word.casefold() not in _NO_NAMES
        and not re.search(r"['’]s$", word)
    )


def divided(article: Article) -> tuple[Article, ...]:
    """The introduction, if there is one, and the part of each narrator; empty without any."""
    chunks = _chunks(article.body)
    starts = _starts(chunks)
    if article.heading:
        with_title = [article.heading, *chunks]
        more = _starts(with_title)
        if more and more[0].at == 0 and len({start.level for start in more}) == 1:
            chunks, starts = with_title, more
            article = replace(article, title="")
    if not starts:
        return ()
    base = _base(article)
    ends = [*(start.at for start in starts[1:]), len(chunks)]
    counted: dict[str, int] = {}
    made = _introduction(article, "\n\n".join(chunks[: starts[0].at]), base)
    for start, end in zip(starts, ends, strict=True):
        counted[start.narrator] = count = counted.get(start.narrator, 0) + 1
        key = f"{base}{_OF}{start.narrator}" + (f" {count}" if count > 1 else "")
        made.append(replace(_part(article, start, chunks[start.words : end]), key=key))
    return _numbered(article, made)


def _numbered(article: Article, parts: Sequence[Article]) -> tuple[Article, ...]:
    """The parts with their places; what was left out of the whole is told in the first.

    Each has to know that it is of a series.
    """
    of_each = tuple(one for one in article.left_out if one.startswith(boxes.OF_A_SERIES))
    return tuple(
        replace(
            part,
            place=Span(f"{article.place}, part {n}"),
            left_out=part.left_out if n == 1 else of_each,
            heading="",
        )
        for n, part in enumerate(parts, start=1)
    )


def _introduction(article: Article, body: str, base: str) -> list[Article]:
    """What stands before the first narrator."""
    if not body:
        return []
    return [replace(article, body=body, key=f"{base}{_OF}{_INTRODUCTION}")]


def _part(article: Article, start: _Start, chunks: Sequence[str]) -> Article:
    """What stands below one heading, with what is guessed of it."""
    where = "the heading" if start.title == start.narrator else "the line below the heading"
    guesses = [f"the narrator, from {where}: “{start.narrator}”"]
    guesses += [f"{_SAME} “{words}”" for words in _unnamed(start, chunks)]
    return replace(
        article,
        body="\n\n".join(chunks),
        title=start.title,
        kind="testimony",
        summary="",
        guesses=(*guesses, *article.guesses),
    )


def _unnamed(start: _Start, chunks: Sequence[str]) -> list[str]:
    """The headings in a part that may be those of others: none is lower than its own."""
    return [line.words for line in _lines(chunks) if 0 < line.level <= (start.level or 6)]


def _chunks(body: str) -> list[str]:
    """The paragraphs of a body; headings, and what stands between fences, are one each."""
    made: list[list[str]] = []
    fence, is_new = "", True
    for line in body.split("\n"):
        opening = _FENCE.match(line)
        is_alone = not fence and bool(opening or _HEADING.match(line))
        if is_alone or (is_new and line.strip()):
            made.append([line])
        elif fence or not is_new:
            made[-1].append(line)
        if fence:
            is_closed = len(line.strip()) >= len(fence) and {*line.strip()} == {*fence}
            fence, is_new = ("", True) if is_closed else (fence, False)
        elif is_alone:
            fence = opening[1] if opening else ""
            is_new = not fence
        else:
            is_new = not line.strip()
    return [part for lines in made for part in _apart("\n".join(lines).rstrip("\n"))]


def _apart(chunk: str) -> tuple[str, ...]:
    """A line like a heading and the name below it, where both are lines of one paragraph."""
    first, _, name = chunk.partition("\n")
    if len(chunk) > _LONGEST_LINE or not name:
        return (chunk,)
    if _is_like_heading(first) and is_name(html_blocks.plain(name)):
        return first.strip(), name.strip()
    return (chunk,)


def _lines(chunks: Sequence[str]) -> Iterator[_Line]:
    """The paragraphs that are one line."""
    for n, chunk in enumerate(chunks):
        is_short = len(chunk) <= _LONGEST_LINE and "\n" not in chunk
        if is_short and (words := html_blocks.plain(chunk)):
            heading = _HEADING.match(chunk)
            level = len(heading[1]) if heading else 0
            yield _Line(n, words, level, level > 0 or _is_like_heading(chunk))


def _is_like_heading(line: str) -> bool:
    """Whether a line is short and stands in quotation marks or in bold."""
    words = html_blocks.plain(line)
    if not 2 < len(words) <= _LONGEST_HEADING:
        return False
    closing = _QUOTES.get(words[0], "")
    is_quoted = bool(closing) and words.rstrip(".…")[-1:] in {*closing}
    return is_quoted or _BOLD.fullmatch(line.strip()) is not None


def _starts(chunks: Sequence[str]) -> list[_Start]:
    """Where narrators begin: whichever way of naming them finds more of them."""
    below, above = _named_below(chunks), _named_themselves(chunks)
    return above if len(above) > len(below) else below


def _named_below(chunks: Sequence[str]) -> list[_Start]:
    """A heading, or a line like one, and a name alone below it."""
    lines = {line.at: line for line in _lines(chunks)}
    found: list[_Start] = []
    for at, line in lines.items():
        name = lines.get(at + 1)
        if not line.is_like_heading or not name or name.level or not is_name(name.words):
            continue
        is_taken = found and at < found[-1].words
        # A quotation with the name of who speaks already begins nothing.
        is_of_the_same = found and not line.level and found[-1].narrator == name.words
        if not is_taken and not is_of_the_same:
            found.append(_Start(at, at + 2, line.words, name.words, line.level))
    return _with_words(found, chunks)


def _named_themselves(chunks: Sequence[str]) -> list[_Start]:
    """Headings of one level that are names, two at least, where no other stands among them."""
    lines = {line.at: line for line in _lines(chunks)}
    best: list[_Start] = []
    for level in range(1, 7):
        heads = [line for line in lines.values() if line.level == level]
        names = [line for line in heads if is_name(line.words)]
        others = [line for line in heads if not is_name(line.words)]
        if len(names) < 2 or any(one.words.casefold() not in _NO_NAMES for one in others):
            continue
        above = [lines.get(line.at - 1) for line in names]
        if all(one and one.is_like_heading for one in above):  # what each of them said
            found = [
                _Start(said.at, line.at + 1, said.words, line.words, level)
                for line, said in zip(names, above, strict=True)
                if said
            ]
        else:
            found = [_Start(n.at, n.at + 1, n.words, n.words, level) for n in names]
        best = max(best, _with_words(found, chunks), key=len)
    return best


def _with_words(found: Sequence[_Start], chunks: Sequence[str]) -> list[_Start]:
    """Those after whose name words follow: a name alone is nobody's testimony."""
    ends = [*(start.at for start in found[1:]), len(chunks)]
    return [
        start
        for start, end in zip(found, ends, strict=False)
        if sum(map(len, chunks[start.words : end])) >= _LEAST
    ]


# --- of an import ---


def of_all(
    texts: Iterable[Article], skip: Sequence[str]
) -> tuple[list[Article], list[Diagnostic]]:
    """The parts of all texts that are not to be left out. One without narrators is left out.

    That is an error where none of them has any, and a warning beside others.
    """
    made: list[Article] = []
    found: list[Diagnostic] = []
    without: list[Article] = []
    for text in texts:
        if articles.is_skipped(text, skip):
            continue
        parts = divided(articles.visible(text))
        made += parts
        without += [] if parts else [text]
        guesses = [guess for part in parts for guess in part.guesses]
        if count := sum(guess.startswith(_SAME) for guess in guesses):
            found.append(UNNAMED.at(text.place, count=count))
    problem = replace(NO_NARRATORS, severity=Severity.WARNING) if made else NO_NARRATORS
    return made, found + [problem.at(text.place) for text in without]


def not_otherwise_there(
    texts: Iterable[Article], here: Present, keys: Keys, *, by_heading: bool
) -> tuple[list[Article], list[Diagnostic]]:
    """The texts without those that are there whole where parts are asked for, or in parts."""
    known = {key: one for (kind, key), one in keys.known.items() if kind == _KIND}
    parts = {key.rpartition(_OF)[0]: one for key, one in known.items() if _OF in key}
    made: list[Article] = []
    found: list[Diagnostic] = []
    for text in texts:
        record_id = known.get(text.key) if by_heading else parts.get(_base(text))
        paths = [p for p in here.ids.get(record_id or "", ()) if p.endswith(".md")]
        # A title alone may be that of another text.
        if paths and (by_heading or text.url or text.digest in here.files[paths[0]]):
            found.append(OTHERWISE_THERE.at(text.place, path=paths[0]))
        else:
            made.append(text)
    return made, found


def _base(article: Article) -> str:
    """What the keys of all parts of a text begin with: what stays when its words change."""
    return article.url or article.title or articles.first_words(article.body)

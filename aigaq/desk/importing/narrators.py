"""A page on which several people speak becomes a draft for each of them, and an introduction.

Law: where a part begins is taken from its headings alone, and who speaks there is only ever
guessed: whose words are whose a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aigaq.desk.importing import articles, boxes, facts, footnotes, names, paragraphs
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aigaq.desk.importing.articles import Article
    from aigaq.desk.importing.known_keys import Keys
    from aigaq.desk.importing.planned import Present
    from aigaq.words.diagnostics import Diagnostic

NO_NARRATORS = Problem(
    "I059",
    "no heading of this text names a narrator, so it was not divided, and is not imported",
    "What is looked for: a heading, or a short line in quotation marks or in bold, with a name"
    " alone in the line below; or two headings at least that are names. Import the text without"
    " --by-heading, as one draft, and divide it by hand.",
)
UNNAMED = Problem(
    "I060",
    "{count} headings without a name, or lines like them, stay in the words of the narrator"
    " before them",
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
_LAST = "that all at the end is the narrator's, and nothing of the page's own"
_SAME = "that the same narrator speaks below the line"
_LEAST = 40  # characters, of words that somebody told


@dataclass(frozen=True, slots=True)
class _Start:
    """Where somebody begins to speak: the paragraphs of the heading and of the first words."""

    at: int
    words: int
    title: str
    narrator: str
    level: int = 0  # of a heading in Markdown; 0 for a line that only looks like one


def divided(article: Article) -> tuple[Article, ...]:
    """The introduction, if there is one, and the part of each narrator; empty without any."""
    base = _base(article)
    chunks = paragraphs.parted(article.body)
    starts = _starts(chunks)
    if article.heading and article.body.startswith(article.above):
        above = paragraphs.parted(article.above)
        with_title = paragraphs.apart([*above, article.heading, *chunks[len(above) :]])
        more = _starts(with_title)
        if more and more[0].at == len(above) and len({start.level for start in more}) == 1:
            chunks, starts = with_title, more
            article = replace(article, title="")
    if not starts:
        return ()
    ends = [*(start.at for start in starts[1:]), len(chunks)]
    told = [chunks[start.words : end] for start, end in zip(starts, ends, strict=True)]
    before, *told = footnotes.where_called([chunks[: starts[0].at], *told])
    made = [replace(article, body="\n\n".join(before), key=f"{base}{_OF}{_INTRODUCTION}")]
    counted: dict[str, int] = {}
    for start, words in zip(starts, told, strict=True):
        who = start.narrator.replace(_OF, " ")
        counted[who] = count = counted.get(who, 0) + 1
        key = f"{base}{_OF}{who}" + (f" {count}" if count > 1 else "")
        made.append(replace(_part(article, start, words), key=key))
    made[-1] = replace(made[-1], guesses=(*made[-1].guesses, _LAST))
    return _numbered(article, made, {names.bare(s.narrator).casefold() for s in starts})


def _numbered(
    article: Article, parts: Sequence[Article], narrators: set[str]
) -> tuple[Article, ...]:
    """The parts with their places; what was left out of the whole is told in the first.

    Each has to know that it is of a series. Where there is no introduction, the first tells
    its title, too.
    """
    of_series = next((o for o in article.left_out if o.startswith(boxes.OF_A_SERIES)), "")
    of_each = (of_series,) if of_series else ()
    gone = {"title": article.title, "summary": article.summary}
    lost = [f"the {name} of the whole: {words}" for name, words in gone.items() if words]
    is_whole = bool(parts[0].body)
    first = article.left_out if is_whole else (*lost, *article.left_out)
    return tuple(
        replace(
            _uncredited(part, narrators),
            place=Span(f"{article.place}, part {n}"),
            left_out=first if n == 1 else of_each,
            heading="",
        )
        for n, part in enumerate(parts if is_whole else parts[1:], start=1)
    )


def _uncredited(part: Article, narrators: set[str]) -> Article:
    """A part without credits of those who speak: a pseudonym would be of no use beside them."""
    kept = tuple(one for one in part.credits if one.who.casefold() not in narrators)
    authors = facts.names(part.author)
    is_told = any(who.casefold() in narrators for who in authors)
    gone = [one.who for one in part.credits if one not in kept]
    gone += authors if is_told else ()
    guesses = [f"that “{who}” is a narrator only, and no credit" for who in dict.fromkeys(gone)]
    return replace(
        part,
        credits=kept,
        author="" if is_told else part.author,
        guesses=(*part.guesses, *guesses),
    )


def _part(article: Article, start: _Start, chunks: Sequence[str]) -> Article:
    """What stands below one heading, with what is guessed of it."""
    where = "the heading" if start.title == start.narrator else "the line below the heading"
    guesses = [f"the narrator, from {where}: “{start.narrator}”"]
    if start.title != start.narrator and names.is_name(start.title):
        guesses.append(f"that the heading “{start.title}” is not the name")
    guesses += [f"{_SAME} “{words}”" for words in _doubted(start, chunks)]
    if chunks and chunks[-1].startswith(":::"):
        guesses.append("that the caption at the end is of this part, not of the next")
    return replace(
        article,
        body="\n\n".join(chunks),
        title=start.title,
        kind="testimony",
        summary="",
        guesses=(*guesses, *article.guesses),
    )


def _doubted(start: _Start, chunks: Sequence[str]) -> list[str]:
    """The lines in a part below which somebody else may speak.

    Headings that are no lower than its own; lines in bold, and in quotation marks if its own
    is such; and names alone.
    """
    return [
        line.words
        for line in paragraphs.single_lines(chunks)
        if 0 < line.level <= (start.level or 6)
        or line.is_bold
        or (line.is_like_heading and not start.level and not line.level)
        or (line.words != start.narrator and " " in line.words and names.is_name(line.words))
    ]


def _starts(chunks: Sequence[str]) -> list[_Start]:
    """Where narrators begin: whichever way of naming them finds more of them."""
    below, above = _named_below(chunks), _named_themselves(chunks)
    is_place = len({start.narrator for start in below}) < len(below)  # below each name
    are_names = is_place and all(names.is_name(start.title) for start in below)
    return above if len(above) > len(below) - are_names else below


def _named_below(chunks: Sequence[str]) -> list[_Start]:
    """A heading, or a line like one, and a name alone below it."""
    lines = {line.at: line for line in paragraphs.single_lines(chunks)}
    found: list[_Start] = []
    for at, line in lines.items():
        name = lines.get(at + 1)
        if not line.is_like_heading or not name or name.level or not names.is_name(name.words):
            continue
        is_taken = found and at < found[-1].words
        # A quotation with the name of who speaks already begins nothing.
        is_of_the_same = found and not line.level and found[-1].narrator == name.words
        if not is_taken and not is_of_the_same:
            found.append(_Start(at, at + 2, line.words, name.words, line.level))
    return _with_words(found, chunks)


def _named_themselves(chunks: Sequence[str]) -> list[_Start]:
    """Headings of one level that are names, two at least, where no other stands among them."""
    lines = {line.at: line for line in paragraphs.single_lines(chunks)}
    best: list[_Start] = []
    for level in range(1, 7):
        heads = [line for line in lines.values() if line.level == level]
        named = [line for line in heads if names.is_name(line.words)]
        others = [line for line in heads if not names.is_name(line.words)]
        if len(named) < 2 or any(one.words.casefold() not in names.NO_NAMES for one in others):
            continue
        above = [lines.get(line.at - 1) for line in named]
        if all(
            one and one.is_like_heading and one.level != level for one in above
        ):  # what each of them said
            found = [
                _Start(said.at, line.at + 1, said.words, line.words, level)
                for line, said in zip(named, above, strict=True)
                if said
            ]
        else:
            found = [_Start(n.at, n.at + 1, n.words, n.words, level) for n in named]
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
        is_sure = by_heading or text.url or text.key != text.digest
        if paths and (is_sure or text.digest in here.files[paths[0]]):
            found.append(OTHERWISE_THERE.at(text.place, path=paths[0]))
        else:
            made.append(text)
    return made, found


def _base(article: Article) -> str:
    """What the keys of all parts of a text begin with: what stays when its words change."""
    if article.key != article.digest:
        return article.key
    seen = articles.visible(article)
    return seen.url or seen.title or articles.first_words(seen.body)

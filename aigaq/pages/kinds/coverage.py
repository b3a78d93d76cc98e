"""What the archive is not: how its texts and people are spread, what rests on one voice.

Law: figures of what is documented here, never a total and never an estimate of what happened.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import articles
from aigaq.pages.context import Phrase
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigaq.archive.public import ContentPage, PublicArchive, Text
    from aigaq.pages.articles import Article
    from aigaq.pages.bodies import Body
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "coverage.html"

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Counts by key, and what editors wrote before them. The year of undated texts is empty."""

    page: ContentPage | None
    kinds: Counts
    languages: Counts  # of the originals
    years: Counts
    roles: Counts
    one_voice: int  # people of whom all claims are one speaker's
    more_voices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `coverage.html` sees; each count has its words."""

    title: Phrase
    article: Article | None
    body: Body | None
    kinds: tuple[tuple[Phrase, int], ...]
    languages: tuple[tuple[Phrase, int], ...]
    years: tuple[tuple[Phrase, int], ...]  # an empty phrase for undated texts
    roles: tuple[tuple[Phrase, int], ...]
    one_voice: int
    more_voices: int


def plan(index: Index) -> tuple[Page, ...]:
    archive = index.archive
    texts = archive.texts.values()
    one, more = _voices(archive)
    inputs = Inputs(
        page=archive.pages.get("coverage"),
        kinds=_most_first(text.kind for text in texts),
        languages=_most_first(text.lang for text in texts),
        years=tuple(sorted(Counter(_year(text) for text in texts).items(), key=_undated_last)),
        roles=_most_first(role for person in archive.people.values() for role in person.role),
        one_voice=one,
        more_voices=more,
    )
    return index.in_every_language("coverage", lambda lang: f"{lang}/coverage.html", inputs)


def _most_first(keys: Iterable[str]) -> Counts:
    return tuple(sorted(Counter(keys).items(), key=lambda pair: (-pair[1], pair[0])))


def _undated_last(pair: tuple[str, int]) -> tuple[bool, str]:
    return not pair[0], pair[0]


def _year(text: Text) -> str:
    """The year in which the text is listed; empty where it has none."""
    day = text.date.known_end if text.date else None
    return str(day.year) if day else ""


def _voices(archive: PublicArchive) -> tuple[int, int]:
    """Of how many people one speaker alone tells, and of how many more than one."""
    voices: dict[str, set[tuple[str, str]]] = {}
    for text in archive.texts.values():
        for claim in text.claims:
            if claim.about in archive.people:
                voices.setdefault(claim.about, set()).add((claim.by, claim.by_words))
    one = sum(len(speakers) == 1 for speakers in voices.values())
    return one, len(voices) - one


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    article = articles.of(inputs.page, context) if inputs.page else None
    title = Phrase(str(context.texts.say("What this archive is not")))
    return View(
        title=article.title if article else title,
        article=article,
        body=article.body if article else None,
        kinds=_labelled(inputs.kinds, "text_kind", context),
        languages=tuple(
            (context.phrase(languages.of(tag).autonym, tag), count)
            for tag, count in inputs.languages
        ),
        years=tuple((Phrase(year), count) for year, count in inputs.years),
        roles=_labelled(inputs.roles, "role", context),
        one_voice=inputs.one_voice,
        more_voices=inputs.more_voices,
    )


def _labelled(
    counts: Counts, list_name: str, context: Context
) -> tuple[tuple[Phrase, int], ...]:
    return tuple((Phrase(context.texts.label(list_name, key)), count) for key, count in counts)

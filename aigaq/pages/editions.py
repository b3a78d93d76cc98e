"""In which languages a page's words are there, how each came about, and where two stand beside.

A page exists in every language of the site, its text perhaps not: the language switcher tells
the one from the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import addresses, briefs, moments
from aigaq.pages.context import Phrase
from aigaq.pages.page import Edition
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigaq.archive.public import Text, Version
    from aigaq.pages.context import Context, Link
    from aigaq.pages.moments import Moment

ORIGINAL = "original"
UNTRANSLATED = "untranslated"
OTHER_SCRIPT = "other-script"
ABRIDGED = "abridged"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageVersion:
    """The text in one language; `path` is empty where it leads nowhere else.

    `status` is that of `editions.status`. `beside` is the page on which the version and the
    original stand side by side, empty where there is none. Of the version that is shown,
    `outdated` counts paragraphs whose original has changed, and `left_out` paragraphs of the
    original that a translation of the whole does not have. `is_own`: it is in the language of
    the page, and in its script.
    """

    tag: str
    title: Phrase
    path: str
    status: str
    source: str
    abridged: bool
    by: tuple[Link, ...]
    when: Moment | None
    beside: str
    outdated: int
    left_out: int
    is_own: bool


def view(
    version: Version,
    context: Context,
    *,
    path: str = "",
    beside: str = "",
    left_out: int = 0,
) -> LanguageVersion:
    """A version for the reader of a page; what is not of the version itself is told."""
    made = version.translation
    return LanguageVersion(
        tag=version.lang,
        title=Phrase(version.title, version.lang, languages.direction(version.lang)),
        path=path,
        status=status(version),
        source=made.source if made else "",
        abridged=made.abridged if made else False,
        by=tuple(map(context.link_or_words, made.by)) if made else (),
        when=moments.of(made.date, context) if made else None,
        beside=beside,
        outdated=sum(pair.changed for pair in made.pairs) if made else 0,
        left_out=left_out,
        is_own=version.lang == context.lang,
    )


def path_of(text: str, version: Version, context: Context) -> str:
    """The page on which a version is read; empty where its language is none of the site's."""
    known = version.lang in context.site.languages
    return addresses.of_record("text", text, version.lang) if known else ""


def status(version: Version) -> str:
    """`original`, `reviewed`, `draft`, `machine` (not reviewed) or `machine-reviewed`."""
    made = version.translation
    return briefs.made_how(made.status, by_machine=made.machine) if made else ORIGINAL


def of(versions: tuple[Version, ...], paths: Iterable[tuple[str, str]]) -> tuple[Edition, ...]:
    """The pages at `paths` (language, path), each with how its words came about."""
    return tuple(Edition(lang, path, _made(versions, lang)) for lang, path in paths)


def has_parallel(text: Text, version: Version, spoken: tuple[str, ...]) -> bool:
    """Whether a version has a page on which it stands beside the original."""
    made = version.translation
    pairs = made.pairs if made and version.lang in spoken else ()
    return any(pair.there for pair in pairs) and bool(text.original_version.body.blocks)


def parallels(text: Text, spoken: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(Language, path) of every page on which a translation stands beside the original."""
    return tuple(
        (version.lang, addresses.of_parallel(text.id, version.lang))
        for version in text.versions
        if has_parallel(text, version, spoken)
    )


def _made(versions: tuple[Version, ...], lang: str) -> tuple[str, ...]:
    own = languages.in_its_scripts(lang, tuple(v.lang for v in versions))
    version = next((v for v in versions if v.lang == own), None)
    if version is None:
        return (UNTRANSLATED,)
    abridged = (ABRIDGED,) if version.translation and version.translation.abridged else ()
    script = (OTHER_SCRIPT,) if version.lang != lang else ()
    return (status(version), *abridged, *script)

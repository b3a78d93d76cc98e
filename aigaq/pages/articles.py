"""A page that editors wrote (`content/pages`), in the reader's language or the original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import bodies
from aigaq.words import languages

if TYPE_CHECKING:
    from aigaq.archive.public import ContentPage, Version
    from aigaq.pages.bodies import Body
    from aigaq.pages.context import Context, Phrase

# Pages that the site makes itself; what editors write under these slugs is a part of them.
MERGED = frozenset({"corrections", "coverage", "glossary", "how-to-cite"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """`state` is `own`, `untranslated`, `draft` or `machine`; `source` is a language tag."""

    title: Phrase
    body: Body
    state: str
    source: str


def of(page: ContentPage, context: Context) -> Article:
    """The version in the reader's language, else the original with a note that it is one."""
    original = page.versions[0]
    own = languages.in_its_scripts(context.lang, tuple(v.lang for v in page.versions))
    version = next((v for v in page.versions if v.lang == own), original)
    return Article(
        title=context.phrase(version.title, version.lang),
        body=bodies.of(version, context),
        state=_state(version, context.lang),
        source=version.translation.source if version.translation else version.lang,
    )


def _state(version: Version, lang: str) -> str:
    if version.lang != lang:
        return "untranslated"
    translation = version.translation
    if translation is None or translation.status == "reviewed":
        return "own"
    return "machine" if translation.machine else "draft"

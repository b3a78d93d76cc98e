"""`site.yaml`: the site's title, address, languages and features."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from aigaq.source.document import Mapping, Node, Scalar
from aigaq.source.schema import reading as opening
from aigaq.source.schema.fields import (
    Id,
    LanguageTag,
    Leaf,
    Many,
    PerLanguage,
    PlainText,
    SecureAddressPerLanguage,
    YesNo,
    file_of,
    is_language,
    is_web_address,
    one_of,
    text_of,
)
from aigaq.source.schema.reading import Model, Reading, Written, nearest, refused
from aigaq.words import languages
from aigaq.words.diagnostics import Diagnostic, Problem, Span
from aigaq.words.localised import Localised

LANGUAGE_TWICE = Problem("S070", 'the language "{tag}" stands twice', "Delete one of the two.")
UNKNOWN_LANGUAGE = Problem(
    "S071",
    '"{tag}" is no language that the language tables know',
    "Check the tag (https://www.w3.org/International/articles/language-tags/).{hint}",
)
NOT_THE_SITES_ADDRESS = Problem(
    "S072",
    '"{value}" cannot be the address of the site',
    "Write https://, the name of the server and, where the site is not all of it,"
    " the folder: https://archive.example.org/ or https://example.org/archive/.",
)
NOT_A_CONTACT = Problem(
    "S073",
    '"{value}" is neither an e-mail nor a web address',
    "Write mailto:archive@example.org, or an address that begins with https://.",
)
UNKNOWN_MENU_ENTRY = Problem(
    "S074",
    '"{entry}" in the menu is neither a page of the site nor one of content/pages',
    "Write one of these: {known}; or add content/pages/{entry}.LANG.md.{hint}",
)

MENU = (
    *("home", "testimonies", "people", "wall", "timeline", "places", "organisations", "topics"),
    *("series", "objects", "glossary", "search", "coverage", "how-to-cite", "corrections"),
    "data",
)


@cache
def _languages_of_cldr() -> frozenset[str]:
    """The primary subtags that CLDR has a name for (RFC 5646's own register is far longer)."""
    import babel  # noqa: PLC0415  # takes a while, and is wanted for rare languages only

    return frozenset(babel.Locale("en").languages)


def _site_address(node: Node, _: Reading) -> str:
    text = text_of(node)
    parts = urlsplit(text) if is_web_address(text) else None
    if parts is None or parts.query or parts.fragment or set("?#") & set(text):
        raise refused(NOT_THE_SITES_ADDRESS.at(node.span, value=text))
    if {".", ".."} & set(parts.path.split("/")) or "//" in parts.path:
        raise refused(NOT_THE_SITES_ADDRESS.at(node.span, value=text))
    return text if text.endswith("/") else f"{text}/"


def _contact(node: Node, _: Reading) -> str:
    text = text_of(node)
    name, _at, server = text.removeprefix("mailto:").partition("@")
    is_mail = text.startswith("mailto:") and name and "." in server and " " not in text
    if not is_mail and not is_web_address(text):
        raise refused(NOT_A_CONTACT.at(node.span, value=text))
    return text


def _folder(node: Node, reading: Reading) -> str:
    return file_of(text_of(node).removesuffix("/"), node.span, reading, _FOLDER)


_FOLDER = {"folder": "of the site", "example": "theme/"}

SiteAddress = Annotated[str, Leaf(_site_address, {"type": "string", "format": "uri"})]
Contact = Annotated[str, Leaf(_contact, {"type": "string", "format": "uri"})]
Folder = Annotated[str, Leaf(_folder, {"type": "string"})]


class Publisher(Model):
    """Who publishes the site, and how to reach them."""

    noun: ClassVar[str] = "publisher:"
    shorthand: ClassVar[str] = "name"

    name: PerLanguage
    contact: Contact = ""


class Licence(Model):
    """Under which licences the texts and the open data may be used."""

    noun: ClassVar[str] = "licence:"
    shorthand: ClassVar[str] = "text"

    text: PlainText = ""
    data: PlainText = ""


class Search(Model):
    """The search engine; `extended` is Pagefind's larger program, which no language needs."""

    noun: ClassVar[str] = "search:"

    engine: Annotated[str, one_of("search_engine")] = "pagefind"
    extended: Annotated[str, one_of("search_extended")] = "auto"


class Theme(Model):
    """The folder of theme files that win over ours."""

    noun: ClassVar[str] = "theme:"

    overrides: Folder = ""


class Wall(Model):
    """The state whose missing the wall shows; anywhere without it."""

    noun: ClassVar[str] = "wall:"

    country: Id = ""


class SiteConfig(Model):
    """The settings of a site; the first language is the default."""

    noun: ClassVar[str] = "site.yaml"
    hints: ClassVar[dict[str, str]] = {
        "url": "Write address:.",
        "baseurl": "Write address:.",
        "base_url": "Write address:.",
        "lang": "Write languages: with a list; the first is the default.",
        "name": "Write title:.",
        "license": "Write licence:.",
    }
    remedies: ClassVar[dict[str, str]] = {
        "title": 'Add title: with the name of the archive: title: {en: "…", kk: "…"}.',
        "languages": "Add languages: with the tags, the default first: languages: [en, kk].",
    }

    title: PerLanguage
    description: PerLanguage = Localised()
    address: SiteAddress = ""
    languages: Many[LanguageTag]
    untranslated: Annotated[str, one_of("untranslated")] = "show-original"
    publisher: Publisher | None = None
    licence: Licence | None = None
    exit_link: SecureAddressPerLanguage = Localised()
    search: Search = Search()
    menu: Many[Id] = ("home", "testimonies", "people", "wall", "timeline", "search")
    theme: Theme = Theme()
    wall: Wall = Wall()
    mirrors: YesNo = False

    @property
    def default_language(self) -> str:
        return self.languages[0]

    @classmethod
    def language_of(cls, node: Node) -> str:
        """The language of plain texts in `site.yaml` itself: the first of `languages`."""
        if not isinstance(node, Mapping):
            return ""
        tags = opening.items(Written(node).get("languages"))
        return tags[0].text.strip() if tags and isinstance(tags[0], Scalar) else ""

    @classmethod
    def rules(cls, written: Written) -> Iterator[Diagnostic]:
        seen: set[str] = set()
        for node in opening.items(written.get("languages")):
            tag = node.text.strip() if isinstance(node, Scalar) else ""
            if tag in seen:
                yield LANGUAGE_TWICE.at(node.span, tag=tag)
            elif is_language(tag):
                yield from _unknown_language(tag, node.span)
            seen.add(tag)


def _unknown_language(tag: str, span: Span) -> Iterator[Diagnostic]:
    primary = tag.partition("-")[0]
    if tag not in languages.KNOWN and primary not in _languages_of_cldr():
        yield UNKNOWN_LANGUAGE.at(span, tag=tag, hint=nearest(tag, languages.KNOWN))


def menu_problems(
    menu: Collection[tuple[str, Span]], slugs: Collection[str]
) -> Iterator[Diagnostic]:
    """Menu entries that lead nowhere; `slugs` are those of content/pages."""
    known = (*MENU, *sorted(slugs))
    for entry, span in menu:
        if entry not in known:
            words = {"known": ", ".join(known), "hint": nearest(entry, known)}
            yield UNKNOWN_MENU_ENTRY.at(span, entry=entry, **words)

"""What every view gets besides its own records: the reader's language and short names."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from aigaq.pages import addresses, naming
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aigaq.archive.public import Name, Site
    from aigaq.pages.labels import Label
    from aigaq.pages.page import Page
    from aigaq.pages.texts import Texts
    from aigaq.words.edtf import EdtfDate
    from aigaq.words.localised import Localised

Value = TypeVar("Value")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words, perhaps not in the page's language; `lang` is empty where they are."""

    text: str
    lang: str = ""
    dir: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere. `path` is an output path, empty where they lead nowhere."""

    phrase: Phrase
    path: str = ""
    anchor: str = ""


NO_PHRASE = Phrase("")
UNKNOWN = "unknown"  # the word that an editor writes for an author whom nobody knows
_SOMEBODY = frozenset({"person", "group", "organisation", "place"})


@dataclass(frozen=True)
class Context:
    """The page, its language, and the labels of the records that its inputs name.

    `kept` is shared by the pages of one language of a site: see `once`.
    """

    page: Page
    site: Site
    texts: Texts
    kept: dict[object, tuple[object, Any]] = field(default_factory=dict, compare=False)

    @cached_property
    def lang(self) -> str:
        return self.page.lang

    def once(self, key: object, value: Value, make: Callable[[Value], Made]) -> Made:
        """`make(value)`, which is the same on all pages of a language, made for the first.

        `key` tells it from all else that is kept. A value counts as the same only if it is the
        very object: nothing is compared, and nothing that is kept outlives a change.
        """
        found = self.kept.get(key)
        if found is None or found[0] is not value:
            found = self.kept[key] = (value, make(value))
        made: Made = found[1]
        return made

    @cached_property
    def reading(self) -> tuple[str, ...]:
        """Language tags in the order in which this page's reader is best served."""
        return languages.reading_order(self.page.lang, self.site.languages)

    @cached_property
    def labels(self) -> dict[str, Label]:
        return self.page.labels.by_id()

    def phrase(self, text: str, lang: str) -> Phrase:
        """Words with their language, where it is not the page's own."""
        if lang == self.lang or not text:
            return Phrase(text)
        return Phrase(text, lang, languages.direction(lang))

    def pick(self, texts: Localised) -> Phrase:
        """The best of an editor's texts for this reader; empty where there is none."""
        lang, text = texts.best(self.reading)
        return self.phrase(text, lang)

    def name(self, names: tuple[Name, ...]) -> Phrase:
        """The name that this reader is shown."""
        name = naming.in_language(names, self.reading)
        return self.phrase(name.text, name.lang)

    def knows(self, record_id: str) -> bool:
        """Whether `record_id` is a public record (else it is an editor's words)."""
        return record_id in self.labels

    def link(self, record_id: str, anchor: str = "") -> Link:
        """A public record's name, leading to its page in this tree; its id is in the inputs."""
        link = self.once(("link", record_id), self.labels[record_id], self._linked)
        return Link(link.phrase, link.path, anchor) if anchor and not link.anchor else link

    def _linked(self, label: Label) -> Link:
        phrase = self.phrase(*naming.of_label(label, self.reading))
        if label.kind == "group" and label.of:
            return Link(phrase, addresses.of_record("person", label.of, self.lang), label.id)
        return Link(phrase, self.address(label.id))

    def links(self, record_ids: Iterable[str]) -> tuple[Link, ...]:
        return tuple(self.link(i) for i in record_ids)

    def link_or_words(self, who: str) -> Link:
        """A link where `who` is somebody with a page, else the words as they are.

        Words may happen to be the id of a topic or a text, which no one is.
        """
        if self.knows(who) and self.labels[who].kind in _SOMEBODY:
            return self.link(who)
        return Link(Phrase(self.texts.label("certainty", who) if who == UNKNOWN else who))

    def address(self, record_id: str) -> str:
        """The record's page for this reader.

        Under `untranslated: link` a text without a version in the reader's language is read in
        the tree of its original.
        """
        label = self.labels[record_id]
        lang = self.lang
        if (
            label.kind == "text"
            and self.site.untranslated == "link"
            and lang not in label.languages
        ):
            lang = label.languages[0]
        return addresses.of_record(label.kind, record_id, lang)

    def date(self, date: EdtfDate | None) -> str:
        return self.texts.date(date)

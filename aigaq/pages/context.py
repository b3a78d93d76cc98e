"""What every view gets besides its own records: the reader's language and short names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from aigaq.pages import addresses, naming
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigaq.archive.public import Name, Site
    from aigaq.pages.labels import Label
    from aigaq.pages.page import Page
    from aigaq.pages.texts import Texts
    from aigaq.words.edtf import EdtfDate
    from aigaq.words.localised import Localised


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
    """The page, its language, and the labels of the records that its inputs name."""

    page: Page
    site: Site
    texts: Texts

    @property
    def lang(self) -> str:
        return self.page.lang

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
        label = self.labels[record_id]
        phrase = self.phrase(*naming.of_label(label, self.reading))
        if label.kind == "group" and label.of:
            return Link(phrase, addresses.of_record("person", label.of, self.lang), record_id)
        return Link(phrase, self.address(record_id), anchor)

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

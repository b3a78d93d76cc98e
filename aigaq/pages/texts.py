"""Interface texts: the words of the site itself, in a reader's language.

A catalogue is a gettext `.po` file, read through Babel. A missing text falls back to English,
which is the language of the msgids; in Kazakh in Latin or Arabic letters to the one in Cyrillic
letters, converted by table.
"""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from babel import Locale
from babel.lists import format_list
from babel.messages import mofile, pofile
from babel.numbers import format_decimal
from markupsafe import Markup

from aigaq.pages import converted, escaping
from aigaq.words import kazakh, languages, vocabularies, wording
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from babel.messages.catalog import Catalog

    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.edtf import EdtfDate

NO_CATALOGUE = Problem(
    "T004",
    "there are no interface texts in {lang}: menus and labels of its pages will be English",
    "Add theme/locales/{lang}.po, see docs/languages.md; or take {lang} out of the list.",
    Severity.WARNING,
)
BROKEN_CATALOGUE = Problem(
    "T005",
    "this file of interface texts cannot be read: {reason}",
    "Mend the line, or take the file away if it is a copy of the package's.",
)

SHIPPED = "shipped/"  # before the name of what the program brings, where a site has its own
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Texts:
    """The interface in one language.

    `is_draft`: no native reader has checked the catalogue. `is_converted`: all or part of it
    was written in another script and converted by machine.
    """

    lang: str
    catalogue: gettext.NullTranslations
    is_draft: bool = False
    is_converted: bool = False
    _dates: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _numbers: dict[int | str, str] = field(default_factory=dict, repr=False, compare=False)
    _labels: dict[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def direction(self) -> str:
        return languages.direction(self.lang)

    def label(self, list_name: str, key: str) -> str:
        """The label of a key of a closed list: `label("status", "prison")`."""
        if (list_name, key) not in self._labels:
            label = vocabularies.label(list_name, key)
            self._labels[list_name, key] = self.catalogue.pgettext(list_name, label)
        return self._labels[list_name, key]

    def say(self, msgid: str, **gaps: object) -> Markup:
        """An interface text; gaps are escaped and isolated: no name turns its direction."""
        return _filled(self.catalogue.gettext(msgid), gaps)

    def say_many(self, singular: str, plural: str, number: int, **gaps: object) -> Markup:
        """An interface text in the form that `number` takes, which fills the gap `number`."""
        text = self.catalogue.ngettext(singular, plural, number)
        return _filled(text, {"number": self.number(number), **gaps})

    def say_in(self, context: str, msgid: str) -> str:
        """An interface text that needs a context to be translated."""
        return self.catalogue.pgettext(context, msgid)

    def date(self, date: EdtfDate | None) -> str:
        """A date in words; empty for none."""
        if date is None:
            return ""
        if date.notation not in self._dates:  # the same few stand on many pages
            words = wording.in_words(date, self.lang, phrase=self._phrase)
            self._dates[date.notation] = words
        return self._dates[date.notation]

    def number(self, value: int | str) -> str:
        if value not in self._numbers:  # 0.2 ms
            locale = languages.of(self.lang).babel
            self._numbers[value] = format_decimal(value, locale=locale)
        return self._numbers[value]

    def enumeration(self, items: Iterable[str]) -> str:
        """`A, B and C` in the language. Uyghur has no list pattern of its own in CLDR."""
        words = list(items)
        if languages.of(self.lang).babel == "ug":
            return _comma(self.lang).join(words)
        gaps = [f"{{{place}}}" for place in range(len(words))]
        pattern = format_list(gaps, locale=languages.of(self.lang).babel)
        write = kazakh.writer(self.lang)  # CLDR has Kazakh in Latin letters in Cyrillic only
        return (write(pattern) if write else pattern).format(*words)

    def joined(self, items: Iterable[Item], shown: Callable[[Item], str]) -> Markup:
        """`A, B, C` as HTML, with the language's comma and no "and": `joined(links, link)`."""
        pieces = [*map(shown, items)]
        if len(pieces) == 1 and type(pieces[0]) is Markup:
            return pieces[0]
        return escaping.markup(_comma(self.lang).join(map(escaping.shown, pieces)))

    def _phrase(self, msgid: str, gaps: Mapping[str, str]) -> str:
        return self.catalogue.gettext(msgid).format(**gaps)


@cache
def _comma(lang: str) -> str:
    """What stands between two of many, with its space, if the language has one."""
    locale = languages.of(lang).babel
    if locale == "ug":
        return "، " if languages.direction(lang) == "rtl" else ", "
    between: str = Locale.parse(locale).list_patterns["standard"]["middle"]
    return between.replace("{0}", "").replace("{1}", "")


def _filled(text: str, gaps: Mapping[str, object]) -> Markup:
    """The text as HTML; what is HTML already isolates itself."""
    if gaps:
        safe = ((n, v if isinstance(v, Markup) else isolated(v)) for n, v in gaps.items())
        text %= dict(safe)
    return escaping.markup(text)  # catalogues are trusted


def noted(msgid: str) -> str:
    """Marks a text for the catalogues that is looked up elsewhere."""
    return msgid


def isolated(value: object) -> Markup:
    """A name or number within a sentence, so marked that its direction stays its own."""
    return escaping.markup(f"<bdi>{escaping.shown(value)}</bdi>")


def problems(
    spoken: Mapping[str, Span], catalogues: Mapping[str, str], folder: str = "theme"
) -> Iterator[Diagnostic]:
    """Languages (each with its place in site.yaml) whose texts are missing or broken.

    `folder` is that of the site's theme.
    """
    read: dict[str, None] = {}
    for lang, span in spoken.items():
        sources = [tag for tag in _sources(lang) if catalogues.get(tag)]
        read |= dict.fromkeys(sources)
        if not sources:
            yield NO_CATALOGUE.at(span, lang=lang)
    for lang in read:
        try:
            _read(lang, catalogues[lang])
        except pofile.PoFileError as error:
            where = Span(f"{folder}/locales/{lang}.po", error.lineno + 1)
            yield BROKEN_CATALOGUE.at(where, reason=str(error).partition(" on ")[0])


def _sources(lang: str) -> tuple[str, ...]:
    """The languages whose catalogues have a language's texts, its own first."""
    return (lang, kazakh.SOURCE) if kazakh.writer(lang) else (lang,)


def _read(lang: str, po_text: str) -> Catalog:
    locale = languages.of(lang).babel
    return pofile.read_po(io.StringIO(po_text), locale=locale, abort_invalid=True)


def of(lang: str, po_text: str) -> Texts:
    """The interface texts of a catalogue's text; an empty one gives English."""
    if not po_text:
        return Texts(lang, gettext.NullTranslations())
    return Texts(lang, _compiled(_read(lang, po_text)), _is_draft(po_text))


def spoken(lang: str, catalogues: Mapping[str, str]) -> Texts:
    """The interface texts of a site's language; `catalogues` are file texts by language tag.

    Kazakh in Latin or Arabic letters needs no catalogue. One that there is goes before, text by
    text; what it lacks is the Kazakh one's, converted.
    """
    own, source = catalogues.get(lang, ""), catalogues.get(kazakh.SOURCE, "")
    write = kazakh.writer(lang)
    if not own and not (write and source):
        return of(lang, "")
    made, is_draft = _layered(lang, catalogues)
    if not write or not source:
        return Texts(lang, _compiled(made), is_draft)
    whole, _ = _layered(kazakh.SOURCE, catalogues)
    made, is_converted = converted.catalogue(made, whole, write)
    return Texts(lang, _compiled(made), is_draft, is_converted)


def of_languages(langs: Iterable[str], catalogues: Mapping[str, str]) -> dict[str, Texts]:
    """The interface texts of several languages, each as `spoken`."""
    return {lang: spoken(lang, catalogues) for lang in langs}


def _layered(lang: str, catalogues: Mapping[str, str]) -> tuple[Catalog, bool]:
    """A site's own texts and the program's others, and whether a draft is among them."""
    own, ours = catalogues.get(lang, ""), catalogues.get(SHIPPED + lang, "")
    if not ours:
        return _read(lang, own), _is_draft(own)
    made, are_left = converted.catalogue(_read(lang, own), _read(lang, ours), str)
    return made, _is_draft(own) or (are_left and _is_draft(ours))


def _is_draft(po_text: str) -> bool:
    return "X-Status: draft" in po_text


def _compiled(catalogue: Catalog) -> gettext.GNUTranslations:
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)

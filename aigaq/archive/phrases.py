"""The free words of a text's header in other languages, as its translations give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.archive import free_words
from aigaq.words.diagnostics import Problem, Severity
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aigaq.archive import private, public
    from aigaq.words.diagnostics import Diagnostic

NOT_IN_THE_HEADER = Problem(
    "L014",
    "the header of the original has no such words",
    "Copy the words from the original's header (claims, asked, about, objects, tags), or delete"
    " the line.",
    Severity.WARNING,
)


def problems(text: private.Text) -> Iterator[Diagnostic]:
    """Translated phrases that translate nothing: the original has changed, or a slip."""
    record = text.written.record
    told = (*record.claims, *record.asked, *record.about, *record.objects)
    known = {*free_words.of(told), *record.tags}
    for translated in text.translations:
        located = translated.written.located
        for n, (phrase, _) in enumerate(located.record.translation.phrases):
            if phrase not in known:
                yield NOT_IN_THE_HEADER.at(located.span_of("translation", "phrases", n))


def of(
    text: private.Text,
    versions: tuple[public.Version, ...],
    told: Iterable[object],
) -> tuple[tuple[str, Localised], ...]:
    """The translated words of what may be told, in the languages that are published."""
    known = {*free_words.of(told), *text.written.record.tags}
    languages = {version.lang for version in versions}
    made: dict[str, dict[str, str]] = {}
    for written in (one.written for one in text.translations):
        for phrase, words in written.record.translation.phrases:
            if phrase in known and written.lang in languages:
                made.setdefault(phrase, {})[written.lang] = words
    return tuple((phrase, Localised.of(words)) for phrase, words in sorted(made.items()))

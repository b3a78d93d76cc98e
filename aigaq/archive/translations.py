"""Which paragraph of a translation stands for which of the original, and which is outdated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.words import stamps
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.archive.private import Text, Translated
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Fragment
    from aigaq.words.stamps import Pair

UNEQUAL = Problem(
    "L009",
    "the original has {original} paragraphs, this translation {here}",
    "The two are not shown side by side until the paragraphs match, or of: says which was made"
    ' from which, such as of: "p1 p2 - p4" with - for one of the translator\'s own.',
    Severity.WARNING,
)
STAMPS_OF_OTHERS = Problem(
    "L017",
    "of: speaks of {stamps} paragraphs, this translation has {here}",
    "Renew it with `aigaq report translations --stamp {file}`, once the paragraphs are right.",
    Severity.WARNING,
)
CHANGED = Problem(
    "L018",
    "what {paragraphs} was translated from has changed since",
    "Compare the words, mend the translation, then write"
    " `aigaq report translations --stamp {file}`.",
    Severity.WARNING,
)
NOT_THERE = Problem(
    "L019",
    "of: names {address}, which the text that was translated does not have",
    "Count its paragraphs again: headings and rules have no number.",
    Severity.WARNING,
)
LEFT_OUT = Problem(
    "L020",
    "{paragraphs} of the text that was translated are not in this translation",
    "Translate what is missing, or write abridged: true.",
    Severity.WARNING,
)


def source_of(text: Text, one: Translated) -> Fragment | None:
    """The body that a translation was made from; None where that has errors, or is nowhere."""
    lang = one.written.record.translation.from_
    if lang == text.written.lang:
        return text.body if text.is_whole else None
    other = _version(text, lang)
    return other.body if other and other.is_whole and other is not one else None


def pairs(text: Text, one: Translated) -> tuple[Pair, ...]:
    """The paragraphs of a translation and those of the original, through all that lie between.

    A paragraph has changed where any of them has.
    """
    made, seen = _with_its_source(text, one), {one.written.lang}
    lang = one.written.record.translation.from_
    while lang != text.written.lang:
        between = _version(text, lang)
        if between is None or lang in seen:
            return ()
        seen.add(lang)
        made = stamps.through(made, _with_its_source(text, between))
        lang = between.written.record.translation.from_
    return made


def problems(text: Text, one: Translated) -> Iterator[Diagnostic]:
    """What keeps a translation from being shown beside its source, or up to date with it."""
    source, facts = source_of(text, one), one.written.record.translation
    if source is None or not one.is_whole:
        return  # what is wrong with a body has been told; its paragraphs are not its own
    here, there = len(stamps.paragraphs(one.body)), len(stamps.paragraphs(source))
    place = one.written.located.span_of("translation", "of")
    name = f"{one.written.id}.{one.written.lang}"
    found = _with_its_source(text, one)
    if facts.of and len(facts.of) != here:
        yield STAMPS_OF_OTHERS.at(place, stamps=len(facts.of), here=here, file=name)
    elif there and not found and not facts.abridged:
        where = Span(one.written.path, one.written.body_line)
        yield UNEQUAL.at(where, original=there, here=here)
    known = [block.address for block in stamps.paragraphs(source)]
    for stamp in facts.of:
        if stamp.startswith("p") and "@" not in stamp and stamp not in known:
            yield NOT_THERE.at(place, address=stamp)
    changed = [pair.here for pair in found if pair.changed]
    if changed:
        yield CHANGED.at(place, paragraphs=", ".join(changed), file=name)
    left = sorted(set(known) - {pair.there for pair in found}, key=known.index)
    if left and found and not facts.abridged:
        yield LEFT_OUT.at(place, paragraphs=", ".join(left))


def _with_its_source(text: Text, one: Translated) -> tuple[Pair, ...]:
    source = source_of(text, one)
    if source is None:
        return ()
    return stamps.align(one.body, source, one.written.record.translation.of)


def _version(text: Text, lang: str) -> Translated | None:
    return next((one for one in text.translations if one.written.lang == lang), None)

"""Texts, their translations, and pages: the front matter of Markdown files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from aigaq.source.document import Mapping, Node
from aigaq.source.schema import reading as opening
from aigaq.source.schema.claims import About, Asked, Claim
from aigaq.source.schema.dates import (
    OPEN,
    DateField,
    DayField,
    ProtectField,
    level_of,
    tombstone_problems,
)
from aigaq.source.schema.fields import (
    Id,
    LanguageTag,
    Leaf,
    Many,
    MediaFile,
    PerLanguage,
    PlainText,
    Who,
    YesNo,
    label_of,
    one_of,
    text_of,
)
from aigaq.source.schema.parts import Credit, Interview, Original, Speaker, Thing
from aigaq.source.schema.reading import Model, Reading, Written, refused, wrong_shape
from aigaq.words import stamps, vocabularies
from aigaq.words.diagnostics import Diagnostic, Problem, Severity, Span
from aigaq.words.localised import Localised

NO_ORIGIN = Problem(
    "S030",
    "nothing says where this text comes from",
    "Add one of these: interview: with date and place; original: where it was published before;"
    ' source: in words, such as "Interview by the project, Almaty, 2024-03".',
)
NOT_TOLD = Problem(
    "S031",
    '"{key}" {is_missing}: this text was not published before',
    "{remedy} If it was published before, name its outlet, date or address in original:.",
)
NO_SOURCE = Problem(
    "S032",
    "an interview alone does not make a text of this kind",
    "Add source: or original:, or write kind: interview.",
)
NO_AUTHOR = Problem(
    "S033",
    "nobody is named as the author",
    "Add credits: [{{who: NAME OR ID, role: author}}]; write who: unknown where nobody knows.",
)
NO_PERMISSION = Problem(
    "S034",
    "the text has neither a consent card nor rights",
    "Add consent: with the id of the card, or original: with rights: and what they allow;"
    " rights: unclear shows only the title, the facts and a link.",
)
ONLY_AN_EXCERPT = Problem(
    "S035",
    "the rights allow an excerpt only",
    "Write extent: excerpt and keep only the excerpt in the body; a retelling in our own words"
    " is voice: summary with rights: own.",
)
SUMMARY_IS_NOT_FULL = Problem(
    "S036",
    "a summary in our words is not the full text",
    "Delete extent: full, or write voice: own if the words are the speaker's.",
)
BODY_OF_HIDDEN = Problem(
    "S037",
    "the file of a sealed, restricted or withdrawn text has a body",
    "Take the words out of the repository at once and keep them elsewhere. They stay in git's"
    " history: ask for help with removing them.",
)
SAME_LABEL = Problem(
    "S038",
    "two speakers have the label {value}",
    "Give each speaker a label of their own, here and in the body.",
)
BODY_WITHOUT_RIGHTS = Problem(
    "S039",
    "the text has a body, though its rights are unclear",
    "Delete the body: the title, the facts as claims and the link may stay. Or retell it in our"
    " own words with voice: summary and rights: own.",
)
NO_BODY = Problem(
    "S040",
    "the text has no words below its header",
    "Write them below the second line with ---; a draft may stay empty.",
    Severity.WARNING,
)
NO_TRANSLATOR = Problem(
    "S041",
    "nobody is named as the translator",
    "Add by: with an id, or machine: true if a machine translated it.",
)
SAME_LANGUAGE = Problem(
    "S042",
    "the text is translated from the language that it is in",
    "Write the language of the original after from:; the language of this file is in its name.",
)
NOT_A_STAMP = Problem(
    "S043",
    "{value} does not say of which paragraphs this is the translation",
    "Delete the line and run `aigaq report translations --stamp`; or write the number of each"
    ' paragraph, and - for one of the translator\'s own, such as of: "p1 p2 - p5".',
)

_PUBLISHED_BY = ("outlet", "published", "url", "url_as_printed", "archived", "chain")
_TOLD_KINDS = ("testimony", "interview")
_FILE_NAME = "The name of the file says it: ID.LANG.md."


def _stamps(node: Node, reading: Reading) -> tuple[str, ...]:
    found = text_of(node).split()
    if not all(map(stamps.is_stamp, found)):
        raise refused(NOT_A_STAMP.at(node.span, value=reading.quote(text_of(node))))
    return tuple(found)


def _phrases(node: Node, _: Reading) -> tuple[tuple[str, str], ...]:
    remedy = 'Write each as ["the original words", "the translated words"].'
    pairs = [opening.items(pair) for pair in opening.items(node)]
    if not all(len(pair) == 2 for pair in pairs):
        raise wrong_shape(node, "a list of pairs", remedy)
    return tuple((text_of(original), text_of(translated)) for original, translated in pairs)


def _labels(node: Node, reading: Reading) -> tuple[tuple[str, str], ...]:
    if not isinstance(node, Mapping):
        remedy = "Write an id, a colon and the label for each speaker."
        raise wrong_shape(node, "a mapping", remedy)
    filled = [(key, value) for key, value in node.entries if not opening.is_empty(value)]
    return tuple((key.text, label_of(value, reading)) for key, value in filled)


Stamps = Annotated[tuple[str, ...], Leaf(_stamps, {"type": "string"})]
Labels = Annotated[
    tuple[tuple[str, str], ...],
    Leaf(_labels, {"type": "object", "additionalProperties": {"type": "string"}}),
]
Phrases = Annotated[
    tuple[tuple[str, str], ...],
    Leaf(_phrases, {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}),
]


class Text(Model):
    """A testimony or any other text, in the language in which it was told or written."""

    noun: ClassVar[str] = "the header of a text"
    hints: ClassVar[dict[str, str]] = {
        "id": _FILE_NAME,
        "lang": _FILE_NAME,
        "language": _FILE_NAME,
        "date": "Write interview: {date: …} or original: {published: …}.",
        "published": "It belongs into original:.",
        "url": "It belongs into original:.",
        "rights": "It belongs into original:.",
        "outlet": "It belongs into original:.",
        "author": "Write credits: [{who: …, role: author}].",
        "translator": "Write credits: [{who: …, role: translator, from: …}].",
        "photographer": "Write credits: [{who: …, role: photographer}].",
        "narrator": "Write told_by: with the person's id.",
        "people": "Write about: for whom the text is about, mentions: for others.",
        "places": "Write mentions: with the ids of the places.",
        "events": "Write claims: with one line for each.",
    }
    remedies: ClassVar[dict[str, str]] = {
        "title": "Add title: with the title in quotes; with title_by: editor if it is ours.",
        "told_by": "Add told_by: with the id of the narrator's file in content/people.",
        "consent": "Add consent: with the id of the narrator's card in content/consent.",
    }

    kind: Annotated[str, one_of("text_kind")] = "testimony"
    voice: Annotated[str, one_of("voice")] = "own"
    extent: Annotated[str, one_of("extent")] = Field(
        default_factory=lambda made: "summary" if made.get("voice") == "summary" else "full"
    )
    draft: YesNo = False
    added: DayField = None
    title: PlainText = ""
    title_is_quote: YesNo = False
    title_by: Annotated[str, one_of("title_by")] = ""
    summary: PlainText = ""
    series: Many[Id] = ()
    topics: Many[Id] = ()
    tags: Many[PlainText] = ()
    content_notes: Many[Annotated[str, one_of("content_note")]] = ()
    told_by: Many[Speaker] = ()
    about: Many[About] = ()
    mentions: Many[Id] = ()
    interview: Interview | None = None
    original: Original | None = None
    source: PerLanguage = Localised()
    credits: Many[Credit] = ()
    claims: Many[Claim] = ()
    asked: Many[Asked] = ()
    objects: Many[Thing] = ()
    recordings: Many[MediaFile] = ()
    protect: ProtectField = OPEN
    tombstone: YesNo = False
    consent: Many[Id] = ()

    @property
    def rights(self) -> str:
        """The key of what the rights allow; empty where only a consent card speaks."""
        return self.original.rights if self.original else ""

    @classmethod
    def rules(cls, written: Written) -> Iterator[Diagnostic]:
        if level_of(written.text("protect")) not in vocabularies.PROTECT_HIDES:
            if not written.has("title"):
                yield opening.missing(cls, written, "title")
            yield from _origin(cls, written)
        yield from tombstone_problems(written)
        yield from _extent(written)
        yield from _same_labels(written)
        yield from _relations(written)


def _origin(model: type[Text], written: Written) -> Iterator[Diagnostic]:
    """The required parts: where a text comes from, who told it, and who allowed it."""
    kind = written.text("kind") or "testimony"
    told, original = kind in _TOLD_KINDS, written.inner("original")
    if not written.has("interview", "original", "source"):
        yield NO_ORIGIN.at(written.span)
    if kind not in vocabularies.TEXT_KINDS:
        return
    if not told and written.has("interview") and not written.has("original", "source"):
        yield NO_SOURCE.at(written.at_key("interview"))
    asks_consent = told and not original.has(*_PUBLISHED_BY)
    for key in ("told_by", "consent") if asks_consent else ():
        if not written.has(key):
            span, how = written.lack_of(key)
            yield NOT_TOLD.at(span, key=key, is_missing=how, remedy=model.remedies[key])
    if not told and all(credit.text("role") != "author" for credit in written.each("credits")):
        yield NO_AUTHOR.at(written.at_key("credits"))
    if not asks_consent and not written.has("consent") and not original.has("rights"):
        yield NO_PERMISSION.at(written.at_key("original"))


def _extent(written: Written) -> Iterator[Diagnostic]:
    """How `rights`, `extent` and `voice` go together."""
    extent, voice = written.text("extent"), written.text("voice")
    original = written.inner("original")
    if original.text("rights") == "excerpt-only" and extent != "excerpt":
        yield ONLY_AN_EXCERPT.at(written.at("extent") if extent else original.at("rights"))
    if voice == "summary" and extent == "full":
        yield SUMMARY_IS_NOT_FULL.at(written.at("extent"))


def _same_labels(written: Written) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for speaker in (*written.each("told_by"), *written.inner("interview").each("by")):
        label = speaker.text("label")
        if label and label in seen:
            yield SAME_LABEL.at(speaker.at("label"), value=written.reading.quote(label))
        seen.add(label)


def _relations(written: Written) -> Iterator[Diagnostic]:
    """A relation without `of` is one to the sole narrator, if there is one."""
    if len(opening.items(written.get("told_by"))) == 1:
        return
    for about in written.each("about"):
        if about.has("relation") and not about.has("of"):
            remedy = "Add of: with the id of the one whose relative the person is."
            yield opening.missing(About, about, "of", remedy)


class TranslationFacts(Model):
    """How a translation was made. `of` tells which paragraphs were translated, and their words.

    `phrases` translates the free words of the original's header: `said`, `words`, `chain` …
    """

    noun: ClassVar[str] = "translation:"
    hints: ClassVar[dict[str, str]] = {"translator": "The translator goes into by:."}
    remedies: ClassVar[dict[str, str]] = {
        "from": "Add from: with the language tag of the original, such as kk."
    }

    from_: LanguageTag = Field(alias="from")
    by: Many[Who] = ()
    date: DateField = None
    status: Annotated[str, one_of("translation_status")] = "draft"
    machine: YesNo = False
    abridged: YesNo = False
    labels: Labels = ()
    phrases: Phrases = ()
    of: Stamps = ()

    @classmethod
    def rules(cls, written: Written) -> Iterator[Diagnostic]:
        if not written.has("by") and written.text("machine") != "true":
            yield NO_TRANSLATOR.at(written.span)
        if written.has("from") and written.text("from") == written.reading.language:
            yield SAME_LANGUAGE.at(written.at("from"))


class Translation(Model):
    """A text in another language: its words and how they were translated, no facts."""

    noun: ClassVar[str] = "the header of a translation"
    hints: ClassVar[dict[str, str]] = dict.fromkeys(
        Text.keys,
        "It stands in the file of the original only; a translation takes it from there.",
    )
    remedies: ClassVar[dict[str, str]] = {
        "title": "Add title: with the translated title in quotes."
    }

    title: PlainText
    summary: PlainText = ""
    draft: YesNo = False
    translation: TranslationFacts


class Page(Model):
    """A page of the site's own, such as "about"."""

    noun: ClassVar[str] = "the header of a page"
    hints: ClassVar[dict[str, str]] = {
        "id": "The name of the file says it: SLUG.LANG.md.",
        "lang": "The name of the file says it: SLUG.LANG.md.",
        "slug": "The name of the file says it: SLUG.LANG.md.",
    }

    title: PlainText
    summary: PlainText = ""
    draft: YesNo = False
    translation: TranslationFacts | None = None


def model_of(header: Mapping) -> type[Text] | type[Translation]:
    """Which of the two a file in `content/testimonies` is: `translation:` tells."""
    is_translation = any(key.text == "translation" for key, _ in header.entries)
    return Translation if is_translation else Text


def body_problems(
    text: Text, body: str, *, path: str, body_line: int
) -> tuple[Diagnostic, ...]:
    """What is wrong with a body, or with none. A translation is judged by its original."""
    may_be_read = not (text.protect.hides or text.rights == "unclear")
    if not body.strip():
        return (NO_BODY.at(Span(path)),) if may_be_read and not text.draft else ()
    if may_be_read:
        return ()
    first = next(n for n, line in enumerate(body.split("\n")) if line.strip())
    span = Span(path, body_line + first)
    if text.protect.hides:
        return (BODY_OF_HIDDEN.at(span),)
    return (BODY_WITHOUT_RIGHTS.at(span),)

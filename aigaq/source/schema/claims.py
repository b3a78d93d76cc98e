"""Claims and interventions: what a text says of a person, and whom the family asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from aigaq.source.schema.dates import WhenField
from aigaq.source.schema.fields import Id, Many, PerLanguage, PlainText, Who, one_of
from aigaq.source.schema.measures import LastedField, ParagraphField, Years
from aigaq.source.schema.reading import Model, Written, missing
from aigaq.words import vocabularies
from aigaq.words.diagnostics import Diagnostic, Problem
from aigaq.words.localised import Localised

CLAIM_NEEDS = Problem(
    "S020",
    'a claim{what} needs "{key}"',
    "{remedy}",
)
CLAIM_HAS_NO = Problem(
    "S021",
    '"{key}" says nothing in a claim{what}',
    "Delete it, move it into words:, or write a second claim for it. Besides the keys of every"
    " claim, this kind may have: {known}.",
)

Relation = Annotated[str, one_of("relation")]
Status = Annotated[str, one_of("status")]
KnownBy = Annotated[str, one_of("known_by")]

REMEDIES = {
    "status": "Add status: with the place or state that the text tells of, such as camp,"
    " prison or released; unknown if it does not say.",
    "years": "Add years: with the number, or years: unknown.",
    "reason": "Add reason: with a key of the list, such as religion-practice, none-given or"
    " not-known.",
    "given_by": "Add given_by: with who gave it, such as official, family or inferred.",
    "other": "Add other: with the id of the relative.",
    "relation": "Add relation: with what the relative is to the person, such as mother.",
    "words": "Add words: with what the text says, in a few words.",
}


class Part(Model):
    """A part of a sentence: so many years of this."""

    noun: ClassVar[str] = "a part of a sentence"

    status: Status
    years: Years


class Claim(Model):
    """One thing that a text says of one person or group. `by` is empty where a rule tells."""

    noun: ClassVar[str] = "a claim"
    may_be_other: ClassVar[tuple[str, ...]] = ("reason", "relation")
    hints: ClassVar[dict[str, str]] = {
        "person": "A claim names its person in about:.",
        "place": "The place goes into where:.",
        "date": "The date goes into when:.",
        "quote": "The words of the text go into said:.",
        "type": "The kind of claim goes into what:.",
        "kind": "The kind of claim goes into what:.",
    }
    remedies: ClassVar[dict[str, str]] = {
        "about": "Add about: with the id of the person or group.",
        "what": "Add what: with the kind of claim, such as detained, sentenced or reason.",
    }

    about: Id
    what: Annotated[str, one_of("what")]
    when: WhenField = None
    said: PlainText = ""
    where: Id = ""
    lasted: LastedField = None
    known_by: KnownBy = ""
    chain: Many[PlainText] = ()
    certainty: Annotated[str, one_of("certainty")] = ""
    words: PerLanguage = Localised()
    by: Id = ""
    at: ParagraphField = None
    status: Status = ""
    contact: Annotated[str, one_of("contact")] = ""
    with_: Who = Field(default="", alias="with")
    years: Years = None
    parts: Many[Part] = ()
    done_by: Who = ""
    court: Who = ""
    reason: Annotated[str, one_of("reason")] = ""
    given_by: Annotated[str, one_of("given_by")] = ""
    because: PlainText = ""
    from_: Id = Field(default="", alias="from")
    to: Id = ""
    value: PerLanguage = Localised()
    other: Id = ""
    relation: Relation = ""

    @classmethod
    def rules(cls, written: Written) -> Iterator[Diagnostic]:
        what = written.text("what")
        rule = vocabularies.CLAIM_FIELDS.get(what)
        if rule is None:
            return
        kind = "" if written.reading.hidden else f' of the kind "{what}"'
        for need in rule.needs:
            if not written.has(need):
                yield CLAIM_NEEDS.at(written.span, what=kind, key=need, remedy=REMEDIES[need])
        allowed = {*vocabularies.CLAIM_COMMON, *rule.needs, *rule.may}
        known = ", ".join(dict.fromkeys((*rule.needs, *rule.may))) or "no others"
        for key in written.filled():
            if key.text in cls.keys and key.text not in allowed:
                yield CLAIM_HAS_NO.at(key.span, key=key.text, what=kind, known=known)


class Asked(Model):
    """What a family did: a letter, a picket, a petition, and the answer that came."""

    noun: ClassVar[str] = "an entry of asked:"
    may_be_other: ClassVar[tuple[str, ...]] = ("how",)
    hints: ClassVar[dict[str, str]] = {"date": "The date goes into when:."}
    remedies: ClassVar[dict[str, str]] = {
        "how": "Add how: with what was done, such as letter, picket or petition."
    }

    how: Annotated[str, one_of("how")]
    by: Many[Id] = ()
    to: Many[Who] = ()
    for_: Many[Id] = Field(default=(), alias="for")
    when: WhenField = None
    answer: Annotated[str, one_of("answer")] = ""
    said: PlainText = ""
    words: PerLanguage = Localised()
    at: ParagraphField = None


class About(Model):
    """Whom a text is about; `relation` is what they are to `of`, else to the sole narrator."""

    noun: ClassVar[str] = "an entry of about:"
    shorthand: ClassVar[str] = "person"
    may_be_other: ClassVar[tuple[str, ...]] = ("relation",)

    person: Id
    of: Id = ""
    relation: Relation = ""
    as_told: PerLanguage = Localised()
    words: PerLanguage = Localised()

    @classmethod
    def rules(cls, written: Written) -> Iterator[Diagnostic]:
        if written.has("of") and not written.has("relation", "as_told"):
            remedy = "Add relation: with what the person is to that one, such as mother."
            yield missing(cls, written, "relation", remedy)

"""The parts of a text's header: who speaks, where it was recorded and published, credits."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from aigaq.source.schema.dates import DateField
from aigaq.source.schema.fields import (
    Id,
    Label,
    LanguageTag,
    Many,
    MediaFile,
    NewId,
    PerLanguage,
    PlainText,
    WebAddress,
    Who,
    YesNo,
    one_of,
)
from aigaq.source.schema.measures import ParagraphField
from aigaq.source.schema.reading import Model
from aigaq.words.localised import Localised


class Speaker(Model):
    """Someone who speaks in a text; `label` marks the turns in the body."""

    noun: ClassVar[str] = "a speaker"
    shorthand: ClassVar[str] = "person"

    person: Id
    label: Label = ""


class Interview(Model):
    """When, where, by whom and in which language a text was recorded."""

    noun: ClassVar[str] = "interview:"

    date: DateField = None
    place: Id = ""
    by: Many[Speaker] = ()
    interpreter: Many[Id] = ()
    language: LanguageTag = ""
    conditions: PerLanguage = Localised()


class ChainStep(Model):
    """One step of a text's way to us: where it was published, by whom, when."""

    noun: ClassVar[str] = "a step of chain:"
    may_be_other: ClassVar[tuple[str, ...]] = ("role",)

    outlet: Who
    role: Annotated[str, one_of("chain_role")] = ""
    date: DateField = None
    words: PerLanguage = Localised()


class Original(Model):
    """The copy that we used, of a text that was published before."""

    noun: ClassVar[str] = "original:"
    hints: ClassVar[dict[str, str]] = {"date": "The date goes into published:."}

    outlet: Who = ""
    published: DateField = None
    published_basis: PerLanguage = Localised()
    url: WebAddress = ""
    url_as_printed: PlainText = ""
    archived: Many[WebAddress] = ()
    rights: Annotated[str, one_of("rights")] = ""
    rights_text: PerLanguage = Localised()
    chain: Many[ChainStep] = ()


class Credit(Model):
    """Who did what for a text or a series; `who` is an id or words."""

    noun: ClassVar[str] = "an entry of credits:"
    may_be_other: ClassVar[tuple[str, ...]] = ("role",)
    hints: ClassVar[dict[str, str]] = {
        "person": "The id or the name goes into who:.",
        "name": "The id or the name goes into who:.",
    }

    who: Who
    role: Annotated[str, one_of("credit_role")]
    from_: LanguageTag = Field(default="", alias="from")
    abridged: YesNo = False
    reviewed_by: Many[Who] = ()
    date: DateField = None
    words: PerLanguage = Localised()


class Thing(Model):
    """An object that a text tells of: a scarf, a letter, a photograph."""

    noun: ClassVar[str] = "an entry of objects:"

    id: NewId
    what: PerLanguage
    of: Id = ""
    kept_by: Who = ""
    photo: MediaFile = ""
    at: ParagraphField = None

"""What a new testimony asks for, in the order of the schema: one table for screen and paper.

Law: a question is named by the record and the key that its answer fills, such as `text.title`;
the answers that are offered are those of the closed lists, each with words of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["line", "long", "words", "choice", "many", "yes", "day", "date", "id"]


@dataclass(frozen=True, slots=True)
class Question:
    """`key` is `record.key`; `when` is the `key=value` of another answer that it hangs on.

    `on_paper` is how a sheet asks, where that is another way; there nobody knows ids.
    """

    key: str
    ask: str
    hint: str = ""
    kind: Kind = "line"
    list_name: str = ""
    required: bool = False
    when: str = ""
    on_paper: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under a heading.

    `again` is the button that asks them once more, together with those of the parts before it
    that have the same key.
    """

    key: str
    heading: str
    questions: tuple[Question, ...]
    when: str = ""
    again: str = ""


# Consents and protection as a volunteer says them; the other lists have their labels in the
# interface catalogues. Whoever is hidden has no words in the archive, and so no form.
WORDS: dict[str, dict[str, str]] = {
    "protect": {
        "open": "May be named and shown",
        "initials": "Only initials",
        "pseudonym": "A changed name",
        "group-only": "No name and no page",
    },
    "consent_scope": {
        "site": "The text may stand on this site",
        "translate": "It may be translated",
        "data-download": "It may be in files for researchers",
        "mirror": "It may be in copies of the site elsewhere",
        "print": "It may be printed",
        "press-contact": "Journalists may be put in touch with them",
        "un-submission": "It may be used in a submission to the United Nations",
    },
    "consent_names": {
        "real": "The real name",
        "first-name": "The first name only",
        "pseudonym": "A changed name or initials",
    },
    "consent_faces": {
        "all": "All faces may be seen",
        "narrator-only": "Only the face of the one who tells",
        "none": "No face may be seen",
    },
    "consent_voices": {
        "own": "The voice may be heard",
        "changed": "Only a changed voice",
        "none": "No voice may be heard",
    },
    "after_review": {
        "warn": "Ask again; the text stays until then",
        "restrict": "The text is hidden after that day",
    },
    "claim_about": {"narrator": "The one who tells"},  # and whoever is named in the form
    "about_whom": {
        "": "Nobody who is named here",
        "narrator": "The one who tells",
        "other": "Somebody else",
    },
}

_ID_HINT = "Leave it empty if they have no file yet: then answer the questions below."


def _person(record: str) -> tuple[Question, ...]:
    known = f"{record}.id="
    return (
        Question(f"{record}.id", "The id of their file, such as p-7k3q", _ID_HINT, "id"),
        Question(
            f"{record}.protect",
            "What may be seen of them?",
            "Decide this first. If in doubt, choose one further down.",
            "choice",
            "protect",
            required=True,
            when=known,
        ),
        Question(
            f"{record}.names",
            "Name",
            "Under a changed name an invented one; under initials only these: A. B.",
            required=True,
            when=known,
            on_paper="Name, if it may be known; else a code word",
        ),
        Question(
            f"{record}.role",
            "How they enter the archive",
            kind="choice",
            list_name="role",
            when=f"{record}.protect=open",
        ),
    )


_CLAIM = Part(
    "claim",
    "A fact that the text tells",
    (
        Question("claim.what", "What is told", kind="choice", list_name="what"),
        Question("claim.about", "Of whom", kind="choice", list_name="claim_about"),
        Question("claim.status", "What became of them", kind="choice", list_name="status"),
        Question("claim.years", "For how many years", "A number, or unknown."),
        Question("claim.reason", "For which reason", kind="choice", list_name="reason"),
        Question("claim.given_by", "Who gave that reason", kind="choice", list_name="given_by"),
        Question("claim.value", "Which: the work, the school, the people, the document"),
        Question("claim.words", "What it was, in words"),
        Question("claim.when", "When", "Such as 2017, 2017-08 or about 2017.", "date"),
        Question("claim.where", "The id of the place, such as pl-4t7k", kind="id"),
        Question(
            "claim.known_by",
            "How does the one who tells know it?",
            kind="choice",
            list_name="known_by",
        ),
        Question("claim.certainty", "How sure is it?", kind="choice", list_name="certainty"),
        Question("claim.at", "In which paragraph of the words", "Its number, from 1 on."),
    ),
    again="Add another fact",
)

PARTS = (
    Part(
        "text",
        "The text",
        (
            Question("text.lang", "Language of the text", kind="choice", required=True),
            Question("text.title", "Title", "Short, in that language.", required=True),
            Question("text.title_is_quote", "The title is their own sentence", kind="yes"),
            Question("text.summary", "Summary", "One or two sentences for lists.", "long"),
        ),
    ),
    Part("narrator", "Who tells", _person("narrator")),
    Part(
        "about",
        "Whom it is about",
        (
            Question("about.whom", "Whom it is about", kind="choice", list_name="about_whom"),
            Question(
                "about.relation",
                "What they are to the one who tells",
                kind="choice",
                list_name="relation",
                when="about.whom=other",
            ),
        ),
    ),
    Part(
        "about",
        "The one whom it is about",
        _person("about"),
        when="about.whom=other",
        again="Add another person",
    ),
    Part(
        "interview",
        "The interview",
        (
            Question(
                "interview.date",
                "When",
                "Such as 2024-03-09, 2024-03 or about 2024.",
                "date",
            ),
            Question(
                "interview.place",
                "The id of the place, such as pl-4t7k",
                kind="id",
                on_paper="Where, as roughly as it may be known",
            ),
            Question(
                "interview.by",
                "The id of the interviewer",
                kind="id",
                on_paper="Who asks: a sign or code word",
            ),
            Question(
                "text.source",
                "Or where the text comes from, in words",
                "Interview by the project, 2024-03. One of these answers must be there.",
            ),
        ),
    ),
    Part(
        "original",
        "Where it was published before",
        (
            Question("original.outlet", "Who published it", "Leave all empty if nobody did."),
            Question("original.published", "When it was published", kind="date"),
            Question(
                "original.url", "Its address on the web", "Whole, as the browser shows it."
            ),
            Question(
                "original.rights",
                "What allows its words to be here",
                kind="choice",
                list_name="rights",
            ),
        ),
    ),
    Part(
        "consent",
        "The consent",
        (
            Question(
                "consent.id",
                "The id of the consent card, such as c-7m2p",
                "Leave it empty if there is none yet: then answer the questions below.",
                "id",
            ),
            Question("consent.date", "Day of the consent", kind="day", when="consent.id="),
            Question(
                "consent.scope",
                "What they allow",
                "Without the first nothing is shown.",
                "many",
                "consent_scope",
                required=True,
                when="consent.id=",
            ),
            Question(
                "consent.names",
                "Which name they allow",
                kind="choice",
                list_name="consent_names",
                when="consent.id=",
            ),
            Question(
                "consent.faces",
                "Whose face may be seen",
                kind="choice",
                list_name="consent_faces",
                when="consent.id=",
            ),
            Question(
                "consent.voices",
                "Whether the voice may be heard",
                kind="choice",
                list_name="consent_voices",
                when="consent.id=",
            ),
            Question("consent.review_after", "Ask again after", kind="day", when="consent.id="),
            Question(
                "consent.after_review",
                "And if nobody has asked by then",
                kind="choice",
                list_name="after_review",
                when="consent.id=",
            ),
        ),
    ),
    Part(
        "words",
        "The words",
        (
            Question(
                "text.words",
                "The words, as they were told",
                "An empty line begins a new paragraph. All signs stay as you type them.",
                "words",
            ),
        ),
    ),
    _CLAIM,
)

# What the form says while somebody works with it.
SAID = {
    "empty": "This is still empty.",
    "date": "Write a date such as 2024, 2024-03, 2024-03-09, about 2024 or unknown.",
    "id": "An id has small Latin letters, digits and hyphens, such as p-7k3q.",
    "initials": "Write initials only, such as A. B.",
    "consent_name": "This does not go with what may be seen of the one who tells.",
    "site": "Without this nothing is shown: tick it, or do not make the text.",
    "mirror": "This site may be copied by anybody: without a yes to copies it cannot be here.",
    "origin": "Say when or where the interview was, or where the text comes from.",
    "rights": "Words whose rights are unclear, or of which only an excerpt is allowed, cannot"
    " be here whole.",
    "address": "Write the whole address as the browser shows it, without spaces.",
    "number": "Write a number.",
    "mend": "Some answers need another look; the first one is marked.",
    "ready": "The files are ready. Save each of them, and see what it holds.",
    "save": "Save {name}",
    "goes": "It belongs into the folder {folder}.",
    "changed": "The answers have changed since: make the files again.",
}


def sentences() -> Iterator[str]:
    """All words of this table."""
    for part in PARTS:
        yield part.heading
        yield from filter(None, (part.again,))
        for one in part.questions:
            yield one.ask
            yield from filter(None, (one.hint, one.on_paper))
    for words in WORDS.values():
        yield from words.values()
    yield from SAID.values()

"""The kinds of value that stand in records: each reads a text, and refuses in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Map
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from aigaq.source import characters
from aigaq.source.document import Mapping, Node, Scalar, Sequence
from aigaq.source.schema.reading import (
    NOT_IN_LIST,
    Reading,
    items,
    nearest,
    refused,
    wrong_shape,
)
from aigaq.words import languages, vocabularies
from aigaq.words.diagnostics import Diagnostic, Problem, Span
from aigaq.words.localised import Localised

NOT_AN_ID = Problem(
    "S005",
    "{value} cannot be an id",
    "Ids have small Latin letters, digits and hyphens, at most 64, and begin with a letter or"
    " digit: p-7k3q.{hint}",
)
RESERVED_ID = Problem(
    "S006",
    "{value} is kept for the site's own pages, or by Windows",
    'Choose another id: not "index", nothing that begins with "page-", and not con, prn, aux,'
    " nul, com0 to com9, lpt0 to lpt9.",
)
NOT_A_LANGUAGE = Problem(
    "S007",
    "{value} is not a language tag",
    "Write tags such as en, kk, ru, ug, zh-Hans, kk-Arab.{hint}",
)
NOT_YES_OR_NO = Problem("S008", "{value} is neither true nor false", "Write true or false.")
NOT_AN_ADDRESS = Problem(
    "S010",
    "{value} is not a web address",
    "Write the whole address, from https:// on, without spaces or a user name:"
    " https://example.org/story. An address that is not complete may stand in url_as_printed.",
)
NOT_SECURE = Problem(
    "S075",
    "{value} is no address that begins with https://",
    "Write the whole address, from https:// on. What is asked for over http:// can be seen and"
    " changed on the way, with the moment at which somebody had to leave.",
)
NOT_A_FILE = Problem(
    "S016",
    "{value} is not the name of a file below the folder {folder}",
    "Write the name from that folder on, with forward slashes and without ..: {example}.",
)
NOT_A_LABEL = Problem(
    "S017",
    "{value} cannot mark a speaker's turns",
    "Write at most 40 characters without a colon: AIGUL. The colon stands in the text only.",
)

T = TypeVar("T")
_NODES = frozenset({Scalar, Sequence, Mapping})
_NOWHERE = Span("")
Read = Callable[[Node, Reading], object]

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_RESERVED = re.compile(r"index|page-.*|con|prn|aux|nul|(com|lpt)[0-9]")
_FILE = re.compile(r"[^\s/\\:][^/\\:]*(/[^\s/\\:][^/\\:]*)*")
_CONFUSED: Map[str, str] = {  # codes of countries and longer codes, written for languages
    "kz": "kk", "kaz": "kk", "cn": "zh-Hans", "chs": "zh-Hans", "uy": "ug", "uig": "ug",
    "uyg": "ug", "eng": "en", "rus": "ru", "tur": "tr", "jp": "ja", "kg": "ky", "ua": "uk",
}  # fmt: skip


@dataclass(frozen=True)
class Leaf:
    """Metadata for `Annotated`: `read` makes the value from a node, `schema` is JSON Schema.

    Values that are neither a node nor a text were made by code, and pass.
    """

    read: Read
    schema: Map[str, object]

    def __get_pydantic_core_schema__(self, _: object, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> dict[str, object]:
        return dict(self.schema)

    def _validate(self, value: object, info: ValidationInfo) -> object:
        node = Scalar(value, _NOWHERE) if isinstance(value, str) else value
        if type(node) not in _NODES:
            return value
        reading = info.context
        return self.read(node, reading if isinstance(reading, Reading) else Reading())  # type: ignore[arg-type]  # one of `_NODES`


class _OneOrMany:
    """Metadata for `Annotated`: a single value is a list of one, empty items are absent."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._spread, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        many = handler(schema)
        return {"anyOf": [many, many.get("items", {})]}

    def _spread(self, value: object) -> object:
        if type(value) in _NODES:
            return items(value)  # type: ignore[arg-type]  # one of them
        return (value,) if isinstance(value, str) else value


Many = Annotated[tuple[T, ...], _OneOrMany()]


# --- texts and keys ---


def text_of(node: Node, _: Reading | None = None) -> str:
    """The text of a scalar, without white space around it."""
    if not isinstance(node, Scalar):
        raise wrong_shape(
            node, "a text", 'Write one text; put it in "quotes" where it is long.'
        )
    return node.text.strip()


def is_id(text: str) -> bool:
    """Whether `text` follows the grammar of ids (`who:` takes an id or words)."""
    return _ID.fullmatch(text) is not None


def is_reserved(text: str) -> bool:
    """Whether an id would collide with the site's own pages, or is no name on Windows."""
    return _RESERVED.fullmatch(text) is not None


def not_an_id(text: str, span: Span, reading: Reading) -> Diagnostic:
    """Why `text` cannot be an id; a letter that only looks like a Latin one is named."""
    hint = "" if reading.hidden else characters.not_latin(text)
    return NOT_AN_ID.at(span, value=reading.quote(text), hint=hint)


def id_of(node: Node, reading: Reading) -> str:
    text = text_of(node)
    if not is_id(text):
        raise refused(not_an_id(text, node.span, reading))
    return text


def _new_id(node: Node, reading: Reading) -> str:
    text = id_of(node, reading)
    if is_reserved(text):
        raise refused(RESERVED_ID.at(node.span, value=reading.quote(text)))
    return text


def _key(list_name: str, node: Node, reading: Reading) -> str:
    known, text = vocabularies.LISTS[list_name], text_of(node)
    if text not in known:
        near = reading.suggest(text, known).strip()
        words = {"list": list_name.replace("_", " "), "known": ", ".join(known)}
        value, hint = reading.quote(text), f"{near} " if near else ""
        raise refused(NOT_IN_LIST.at(node.span, value=value, hint=hint, **words))
    return text


def one_of(list_name: str) -> Leaf:
    """A key of one of `vocabularies.LISTS`."""
    return Leaf(partial(_key, list_name), {"enum": list(vocabularies.LISTS[list_name])})


@lru_cache(maxsize=1024)  # every text in several languages asks for each
def is_language(text: str) -> bool:
    """Whether it has the form of a language tag, and is not a country's code in its place."""
    return languages.is_tag(text) and _primary(text) not in _CONFUSED


def _primary(text: str) -> str:
    return re.split("[-_]", text.casefold())[0]


def language_problem(text: str, span: Span, reading: Reading) -> Diagnostic | None:
    """What is wrong with a language tag: its form, or a country's code in its place."""
    if is_language(text):
        return None
    primary = _primary(text)
    hint = f' Did you mean "{_CONFUSED[primary]}"?' if primary in _CONFUSED else ""
    if reading.hidden:
        hint = ""
    elif not hint:
        hint = nearest(text, languages.KNOWN)
    return NOT_A_LANGUAGE.at(span, value=reading.quote(text), hint=hint)


def _language(node: Node, reading: Reading) -> str:
    text = text_of(node)
    if problem := language_problem(text, node.span, reading):
        raise refused(problem)
    return text


def _language_or_default(node: Node, reading: Reading) -> str:
    return _language(node, reading) if text_of(node) else reading.language


def _localised(read: Read, node: Node, reading: Reading) -> Localised:
    if not isinstance(node, Mapping):
        return Localised.of({reading.language: str(read(node, reading))})
    texts: dict[str, str] = {}
    found: list[Diagnostic] = []
    for key, value in node.entries:
        if problem := language_problem(key.text, key.span, reading):
            found.append(problem)
        elif items(value):
            try:
                texts[key.text] = str(read(value, reading))
            except PydanticCustomError as error:
                found += (error.context or {}).get("found", ())
    if found:
        raise refused(*found)
    return Localised.of(texts)


def label_of(node: Node, reading: Reading) -> str:
    """The label of a speaker, without the colon that follows it in the body."""
    text = text_of(node)
    if ":" in text or len(text) > 40:
        raise refused(NOT_A_LABEL.at(node.span, value=reading.quote(text)))
    return text


def _yes_no(node: Node, reading: Reading) -> bool:
    text = text_of(node)
    if text not in {"true", "false"}:
        raise refused(NOT_YES_OR_NO.at(node.span, value=reading.quote(text)))
    return text == "true"


# --- addresses ---


def is_web_address(text: str) -> bool:
    """Whether `text` is a complete http or https address, without user name or white space."""
    if not re.fullmatch(r"https?://[^\s\\<>\"]+", text):
        return False
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return bool(parts.hostname) and "@" not in parts.netloc


def _web_address(node: Node, reading: Reading) -> str:
    text = text_of(node)
    if not is_web_address(text):
        raise refused(NOT_AN_ADDRESS.at(node.span, value=reading.quote(text)))
    return text


def _secure_address(node: Node, reading: Reading) -> str:
    text = text_of(node)
    if not is_web_address(text) or not text.startswith("https://"):
        raise refused(NOT_SECURE.at(node.span, value=reading.quote(text)))
    return text


def file_of(text: str, span: Span, reading: Reading, words: Map[str, str]) -> str:
    """A relative path with forward slashes that stays below the folder named in `words`."""
    if not _FILE.fullmatch(text) or {".", ".."} & set(text.split("/")):
        raise refused(NOT_A_FILE.at(span, value=reading.quote(text), **words))
    return text


def _media_file(node: Node, reading: Reading) -> str:
    words = {"folder": "content/media", "example": "scarf.jpg"}
    return file_of(text_of(node), node.span, reading, words)


_TEXT_SCHEMA = {"type": "string"}
_ID_SCHEMA = {"type": "string", "pattern": f"^{_ID.pattern}$"}
_PER_LANGUAGE_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {"type": "object", "additionalProperties": {"type": "string"}},
    ]
}

PlainText = Annotated[str, Leaf(text_of, _TEXT_SCHEMA)]
Id = Annotated[str, Leaf(id_of, _ID_SCHEMA)]
NewId = Annotated[str, Leaf(_new_id, _ID_SCHEMA)]
Who = Annotated[str, Leaf(text_of, {"type": "string", "description": "an id or words"})]
Label = Annotated[str, Leaf(label_of, {"type": "string", "maxLength": 40})]
LanguageTag = Annotated[str, Leaf(_language, _TEXT_SCHEMA)]
LanguageOrDefault = Annotated[str, Leaf(_language_or_default, _TEXT_SCHEMA)]
PerLanguage = Annotated[Localised, Leaf(partial(_localised, text_of), _PER_LANGUAGE_SCHEMA)]
SecureAddressPerLanguage = Annotated[
    Localised, Leaf(partial(_localised, _secure_address), _PER_LANGUAGE_SCHEMA)
]
YesNo = Annotated[bool, Leaf(_yes_no, {"type": "boolean"})]
WebAddress = Annotated[str, Leaf(_web_address, {"type": "string", "format": "uri"})]
MediaFile = Annotated[str, Leaf(_media_file, _TEXT_SCHEMA)]

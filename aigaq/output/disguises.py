"""A text as it may be read: without escapes, entities, percent codes and mark-up.

A way of writing is undone only where its sign stands, so plain text costs next to nothing.
What is encoded in base64 comes back as bytes, to be opened like a file.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

BREAK = "\x1e"  # between two texts that do not read on; `watchlist` joins no name over it
_ROUNDS = 4  # a page inside a feed inside JSON is escaped three times

_TAG = re.compile(r"<[^<>]*>")
_INLINE_NAMES = (
    r"(?:a|abbr|b|bdi|bdo|cite|code|data|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub"
    r"|sup|t[dh]|text|time|tspan|u|wbr|br|img|d[dt]|forename|surname)(?![\w-])"
)
_INLINE = re.compile(rf"</?{_INLINE_NAMES}[^<>]*>|<!--[^<>]*>")
_NAME_FIELDS = r"(?:given|family|first|last)(?:[_-]?[nN]ame)?"
_BEGINNING = re.compile(
    rf'\s*(?:</?(?!{_INLINE_NAMES})[a-zA-Z]|"(?!{_NAME_FIELDS}")|[{{\[\]}}])'.encode()
)
_WITH_WORDS = re.compile(r"<([\w/]*[^<>\w/][^<>]*)>")  # attributes, comments, what is no tag
_BETWEEN_TAGS = f"{BREAK}0{BREAK}"  # words of two tags are not in a row
# What only changes the look of letters, and so may stand inside of a word.
LOOK_NAMES = (
    r"(?:/?(?:b|bdi|bdo|em|font|i|ins|kbd|mark|s|small|span|strong|su[bp]|tspan|u|wbr)"
    r"(?![\w-])|!--)"
)
_LOOK = re.compile(f"<{LOOK_NAMES}[^<>]*>")
_IN_WORD = "[\\w'`\u0080-\U0010ffff]"  # also what nobody sees
_SPLIT_WORD = re.compile(
    f"<(?<={_IN_WORD}<)(?:{LOOK_NAMES}[^<>]*><)*{LOOK_NAMES}[^<>]*>{_IN_WORD}"
)
# Two links, or two isolated values, are two names.
_NEXT_VALUE = re.compile(r"</(?:a|bdi)>(?=\s*(?:<[^<>]*>\s*)*?<(?:a|bdi)[\s>])")
# Given and family name in two fields of JSON are one name.
_NEXT_FIELD = re.compile(rf'"\s*,\s*"{_NAME_FIELDS}"\s*:\s*"')
_CODE = re.compile(r"%[0-9a-fA-F]{2}")
_JSON = re.compile(
    r"(?:\\u[0-9a-fA-F]{4})+|\\u\{[0-9a-fA-F]+\}|\\x[0-9a-fA-F]{2}|\\[nrtbf/\"'\\]"
)
_CSS = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_TURNED = re.compile(r"[-\u00ad\u2010](?<=\w.)\s*\n\s*(?=\w)")
LEAST_BASE64 = 12  # signs
_BASE64 = re.compile(rf"[A-Za-z0-9+/_-]{{{LEAST_BASE64},}}={{0,2}}")
_WHITE = {"n": "\n", "r": "\n", "t": " ", "b": " ", "f": " "}


def readings(text: str, opened: str) -> Iterator[str]:
    """The ways in which `text` may be read, which is `opened` after `decoded`."""
    if '"' in opened:
        opened = _NEXT_FIELD.sub(" ", opened)
    yield from _without_tags(opened)
    if "\\" in text and _CSS.search(text):
        yield from _without_tags(_CSS.sub(_css, text))
    if "\n" in opened and _TURNED.search(opened):
        yield _TURNED.sub("", opened)


def begins_anew(line: bytes) -> bool:
    """Whether a line of HTML, XML or JSON begins with a sign that no name reads on over."""
    return _BEGINNING.match(line) is not None


def decoded(text: str) -> str:
    """Without escapes of JSON, JavaScript, HTML, XML and addresses, however deep."""
    for _ in range(_ROUNDS):
        before = text
        if "\\" in text:
            text = _JSON.sub(_json, text)
        if "&" in text:
            text = html.unescape(text)
        if "%" in text and _CODE.search(text):
            text = unquote(text)
        if text == before:
            break
    return text


def _without_tags(text: str) -> Iterator[str]:
    """The words between tags and what stands inside of tags; words that tags had split."""
    if "<" not in text:
        yield text
        return
    yield _TAG.sub(_between_words, _NEXT_VALUE.sub("<p>", text))
    yield _BETWEEN_TAGS.join(dict.fromkeys(_WITH_WORDS.findall(text)))
    if _SPLIT_WORD.search(text):
        yield _TAG.sub(_inside_of_words, text)


# All tags in one pass: when some were away, others would close over the words between them.
def _between_words(tag: re.Match[str]) -> str:
    return " " if _INLINE.match(tag[0]) else BREAK


def _inside_of_words(tag: re.Match[str]) -> str:
    return "" if _LOOK.match(tag[0]) else BREAK


def _json(escape: re.Match[str]) -> str:
    found = escape[0]
    if found[1] in "ux":
        if "{" in found:
            return _letter(found[3:-1])
        units = found[2:].split("\\u") if found[1] == "u" else [found[2:].zfill(4)]
        return bytes.fromhex("".join(units)).decode("utf-16-be", "replace")
    return _WHITE.get(found[1], found[1])


def _css(escape: re.Match[str]) -> str:
    return _letter(escape[1])


def _letter(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else BREAK


def hidden(text: str) -> Iterator[bytes]:
    """What is encoded in base64 inside `text`, data addresses included."""
    for found in dict.fromkeys(_BASE64.findall(text)):
        if found.islower() or found.isupper():  # a word, a path, a digest
            continue
        data = found.rstrip("=").replace("-", "+").replace("_", "/")
        if len(data) % 4 == 1:
            continue
        try:
            opened = base64.b64decode(data + "=" * (-len(data) % 4), validate=True)
        except binascii.Error:
            continue
        if _is_meant(opened):
            yield opened


def _is_meant(data: bytes) -> bool:
    """Whether bytes are a text or a known container; a digest, or a path taken so, is none."""
    if data.startswith((b"\x1f\x8b", b"PK", b"\x89PNG", b"\xff\xd8", b"RIFF")):
        return True
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return text.replace("\n", "").replace("\t", "").replace("\r", "").isprintable()

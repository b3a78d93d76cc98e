"""Links and pictures: addresses fit for a page, records, files among the media."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from aigaq.source import characters
from aigaq.source.markup import sanitise
from aigaq.source.markup.findings import SIGN, plain, without_signs
from aigaq.words.diagnostics import Problem, did_you_mean
from aigaq.words.fragments import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown import Markdown

    from aigaq.source.markup.findings import Findings
    from aigaq.words.diagnostics import Diagnostic, Span

KINDS = sanitise.RECORDS
_RECORDS = "A link to a record is written [words](person:p-bb22), with one of: {kinds}."

SCHEME = Problem(
    "M040",
    'a link cannot start with "{scheme}:"',
    f"Links go to https, http or mailto addresses. {_RECORDS}{{hint}}",
)
NO_SCHEME = Problem(
    "M041",
    "this link does not say where it leads: it has no https:// in front",
    f"Write the whole address, https://… {_RECORDS}",
)
RECORD = Problem(
    "M042",
    'the link to a record "{address}" is malformed',
    "After the colon stands an id: small letters a-z, digits and hyphens, for example "
    "person:p-bb22; a paragraph only for texts: testimony:t-9x2d#p4.{hint}",
)
INCOMPLETE = Problem(
    "M043",
    "this link or picture is not complete",
    "Write [words](address), without spaces in the address, and close both brackets. If it is "
    "no link, put a space between ] and (.",
)
ADDRESS = Problem(
    "M044",
    "this address cannot be read by browsers in one way only",
    "Copy it again from the browser: https:// with two slashes, no spaces, no backslashes.",
)
EMPTY = Problem(
    "M045",
    "this link has no words that can be clicked",
    "Write the words between the square brackets: [words](address).",
)
SPACED = Problem(
    "M046",
    "a space divides this link",
    "Delete the space between ] and (: [words](address). If no link is meant, put the address "
    "between < and >.",
)
REMOTE = Problem(
    "M050",
    "this picture would be fetched from another site, which would learn who reads",
    "Put a copy into content/media and write its file name here.",
)
PATH = Problem(
    "M051",
    'the name of this picture, "{name}", cannot be used',
    "Write the name of a file below content/media, with letters, digits, hyphens, underscores "
    'and points only, for example scarf.jpg or camp/gate.jpg; no "..", no spaces.',
)
ALT = Problem(
    "M052",
    "this picture has no description for readers who cannot see it",
    'Describe it between the square brackets: ![a grey scarf](scarf.jpg "caption").',
)

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BRACKET = re.compile(r"[\[\]]")
_TITLE = r"(?:\s++(\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?+"
_INNER = r"\((?:[^\s()]++|\([^\s()]*+\))*+\)"
_DESTINATION = re.compile(
    rf"\(({SIGN}?)\s*+(?:<{SIGN}?([^<>\n]*+)>|((?:[^\s()]++|{_INNER})*+)){_TITLE}\s*+\)"
)
_NAME = re.compile(r"\s?\[([^\[\]]*+)\]")
_BROKEN = re.compile(rf"\]( *)\({SIGN}")

LINK = r"\[(?<!!\[)"  # the bracket first: a search for a fixed sign is four times as fast
PICTURE = r"!\["
AUTOLINK = rf"<({SIGN})([A-Za-z][A-Za-z0-9+.\-]*:[^<>\s]++)>"
AUTOMAIL = rf"<({SIGN})([^<>\s@:]++@[^<>\s@]++)>"


def problem(address: str) -> tuple[Problem, dict[str, object]] | None:
    """What is wrong with a link's address, with the words of the sentence."""
    scheme = _SCHEME.match(address)
    kinds = ", ".join(f"{kind}:" for kind in KINDS)
    if not scheme:
        return NO_SCHEME, {"kinds": kinds}
    name = scheme[1].lower()
    if scheme[1] in KINDS:
        wrong = not sanitise.RECORD_LINK.match(address)
        hint = characters.not_latin(address)
        return (RECORD, {"address": address, "hint": hint}) if wrong else None
    if name not in ("http", "https", "mailto"):
        hint = did_you_mean(name, (*KINDS, "https", "mailto"))
        return SCHEME, {"scheme": name, "kinds": kinds, "hint": hint}
    good = sanitise.MAIL_LINK if name == "mailto" else sanitise.WEB_LINK
    return None if good.match(address) else (ADDRESS, {})


def reference(address: str, span: Span) -> Reference | None:
    """The record that a good address names, if it names one."""
    kind, _, rest = address.partition(":")
    if kind not in KINDS:
        return None
    target, _, anchor = rest.partition("#")
    place = {"line": span.line, "column": span.column}
    return Reference(kind=kind, target=target, anchor=anchor, **place)


def anchor(address: str, text: str, span: Span, findings: Findings) -> ElementTree.Element:
    """The element of a link, or only its words where the address is not good."""
    wrong = problem(address)
    if wrong:
        findings.diagnostics.append(wrong[0].at(span, **wrong[1]))
        element = ElementTree.Element("span")
    else:
        element = ElementTree.Element("a", {"href": address})
        record = reference(address, span)
        if record:
            findings.references.append(record)
        elif not address.lower().startswith("mailto:"):
            element.set("rel", sanitise.EXTERNAL_REL)
    element.text = text
    return element


class Bracketed(InlineProcessor):
    """What links and pictures share: `[…](address "title")`, or `[…][name]`."""

    def __init__(self, pattern: str, md: Markdown, findings: Callable[[], Findings]) -> None:
        super().__init__(pattern, md)
        self.findings = findings

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the parser's own name
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        closing = _closings(data).get(m.end() - 1)
        if closing is None:
            return None, m.start(), m.end()
        text = data[m.end() : closing]
        inline = _DESTINATION.match(data, closing + 1)
        if inline:
            address = self.read(inline[2] if inline[2] is not None else inline[3])
            title = self.read(inline[4][1:-1]) if inline[4] else ""
            return (
                self.made(address, title, text, self.findings().at(inline[1])),
                m.start(),
                inline.end(),
            )
        return self._defined(m, data, closing)

    def _defined(
        self, m: re.Match[str], data: str, closing: int
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        text = data[m.end() : closing]
        named = _NAME.match(data, closing + 1)
        name = without_signs(named[1] if named and named[1] else text)
        target = self.findings().targets.get(" ".join(name.split()).casefold())
        if not target:
            return None, m.start(), m.end()
        end = named.end() if named else closing + 1
        return self.made(*target[:2], text, target[2]), m.start(), end

    def read(self, text: str) -> str:
        """An address or a title as its author wrote it, with entities resolved."""
        decoded = _ENTITY.sub(lambda e: plain(e[0]), without_signs(self.unescape(text)))
        return " ".join(re.sub("\x02([0-9]+)\x03", lambda c: chr(int(c[1])), decoded).split())

    def made(self, address: str, title: str, text: str, span: Span) -> ElementTree.Element:
        """The element of what was found."""
        raise NotImplementedError


class Link(Bracketed):
    """A link to the web or to a record."""

    def made(self, address: str, title: str, text: str, span: Span) -> ElementTree.Element:
        findings = self.findings()
        if not without_signs(text).strip():
            findings.diagnostics.append(EMPTY.at(span))
        element = anchor(address, text, span, findings)
        if title and element.get("rel"):
            element.set("title", title)
        return element


class Picture(Bracketed):
    """A picture among the media; its address waits as `media:PATH`."""

    def made(self, address: str, title: str, text: str, span: Span) -> ElementTree.Element:
        findings = self.findings()
        alt = " ".join(plain(self.unescape(text)).split())
        element = ElementTree.Element("img", {"src": "", "alt": alt})
        if title:
            element.set("title", title)
        if not alt:
            findings.diagnostics.append(ALT.at(span))
        if _SCHEME.match(address) or address.startswith(("//", "\\\\")):
            findings.diagnostics.append(REMOTE.at(span))
        elif not sanitise.MEDIA_PATH.match(address):
            findings.diagnostics.append(PATH.at(span, name=address))
        else:
            element.set("src", f"media:{address}")
            findings.pictures.append((address, span.line))
        return element


class Autolink(InlineProcessor):
    """An address in angle brackets; `prefix` is what it lacks to be a link."""

    def __init__(
        self, pattern: str, md: Markdown, prefix: str, findings: Callable[[], Findings]
    ) -> None:
        super().__init__(pattern, md)
        self.prefix, self.findings = prefix, findings

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the parser's own name
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element, int, int]:
        findings = self.findings()
        address = plain(self.unescape(m[2]))
        text = address.removeprefix("mailto:")
        element = anchor(self.prefix + address, "", findings.at(m[1]), findings)
        element.text = AtomicString(text)
        return element, m.start(), m.end()


@lru_cache(maxsize=1)
def _closings(data: str) -> dict[int, int]:
    """Which `]` closes which `[`; kept while the same text is asked for each bracket."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for bracket in _BRACKET.finditer(data):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif opened:
            pairs[opened.pop()] = bracket.start()
    return pairs


def broken(text: str, findings: Findings) -> list[Diagnostic]:
    """What still looks like a link in a text from which all whole ones were taken."""
    return [
        (SPACED if start[1] else INCOMPLETE).at(findings.at(start[0]))
        for start in _BROKEN.finditer(text)
    ]

"""Folders of Hugo or Jekyll: Markdown with a header in YAML or TOML.

Their Markdown is nearly ours. What only their programs understand (short codes, Liquid) is
taken out and counted; links to their own pages keep their words.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aigaq.desk.importing import articles, facts, planned, tables
from aigaq.desk.importing.articles import Article
from aigaq.source import strict_yaml
from aigaq.source.schema import fields
from aigaq.words.diagnostics import Diagnostic, Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_HEADER = Problem(
    "I056",
    "the header of this file cannot be read: {reason}",
    "Mend it there: a header in YAML stands between two lines ---, in TOML between +++.",
    Severity.WARNING,
)

_MOST = 10_000  # files
MAX_TEXT = 2 * 1024 * 1024
_HEADER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
_NAME = re.compile(r"(?:(\d{4}-\d{2}-\d{2})-)?(.+?)(?:\.([a-z]{2,3}(?:-\w+)?))?$")
_OURS = frozenset({"title", "date", "author", "authors", "lang", "language", "tags", "draft",
                   "categories", "description", "summary", "canonical_url", "canonicalURL",
                   "published"})  # fmt: skip
# What stands between two rows of ``` is code, in which nothing is a mark.
_CODE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE)
# Bounded: of what opens and never closes, each would else look to the end of the file.
_SHORT_CODES = re.compile(
    r"\{\{[<%].{0,500}?[%>]\}\}|\{%.{0,500}?%\}|\{\{.{0,500}?\}\}|^\{:.{0,500}\}$", re.MULTILINE
)
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PICTURE = re.compile(
    r"!\[([^\]\n]{0,300})\]\(\s{0,9}(\S{0,300}?)(?:\s{1,9}[\"'(][^\n]{0,500}?)?\)"
    r"(?:\{[^}\n]{0,200}\})?"
)
_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]{1,300})\]\(\s{0,9}([^\s()]{0,300})(?:\s{1,9}\"[^\"\n]{0,500}\")?\)"
)


def read(folder: Path) -> tuple[list[Article], list[Diagnostic]]:
    """The texts of a folder by path; drafts are left out."""
    made: list[Article] = []
    found: list[Diagnostic] = []
    drafts = 0
    for number, path in enumerate(_files(folder)):
        if number >= _MOST:
            found.append(tables.TOO_MANY.at(Span(folder.name), limit=_MOST, what="files"))
            break
        one = _article(path, path.relative_to(folder).as_posix())
        if isinstance(one, Diagnostic):
            found.append(one)
        elif one is None:
            drafts += 1
        else:
            made.append(one)
    if drafts:
        found.append(articles.LEFT_OUT.at(Span(folder.name), count=drafts, what="drafts"))
    if not made:
        found.append(articles.NO_ARTICLES.at(Span(folder.name)))
    return made, found


def _files(folder: Path) -> Iterator[Path]:
    """Markdown below a folder, by path; no link is followed, nothing hidden is looked at."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_site")))
        for name in sorted(names):
            path = Path(place) / name
            is_text = path.suffix.lower() in {".md", ".markdown"}
            if is_text and not name.startswith((".", "_")) and not path.is_symlink():
                yield path


def _article(path: Path, name: str) -> Article | Diagnostic | None:
    span = Span(name)
    raw = tables.content(path)
    if isinstance(raw, Diagnostic):
        return Diagnostic(span, raw.problem, raw.words)
    if len(raw) > MAX_TEXT:
        return tables.TOO_LARGE.at(span, limit=MAX_TEXT // 1024 // 1024)
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return tables.NOT_UTF_8.at(span)
    header, body, reason = _parted(text, name)
    if reason:
        return NO_HEADER.at(span, reason=tables.seen(reason))
    if str(header.get("draft", "")).lower() == "true" or header.get("published") == "false":
        return None
    return _made(header, body, name, articles.digest_of(text))


def _parted(text: str, name: str) -> tuple[dict[str, Any], str, str]:
    """The header, the body, and why the header cannot be read."""
    match = _HEADER.match(text)
    if match is None:
        return {}, text, ""
    body = text[match.end() :]
    if match[1] == "+++":
        try:
            return tomllib.loads(match[2]), body, ""
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            return {}, body, str(error)[:200] if error.args else "?"
    node, found = strict_yaml.parse(match[2], path=name, first_line=2)
    errors = [one for one in found if one.is_error]
    if errors:
        return {}, body, f"line {errors[0].span.line}: {errors[0].message}"
    header = planned.plain(node)
    return (header if isinstance(header, dict) else {}), body, ""


def _made(header: dict[str, Any], body: str, name: str, digest: str) -> Article:
    parts = _NAME.match(name.rpartition("/")[2].rpartition(".")[0])
    assert parts is not None, name
    words, out = _ours(body)
    unread = sorted(str(key) for key in header if key not in _OURS)
    out += [f"keys of the header: {', '.join(unread)}"[:500]] if unread else []
    url = _text(header.get("canonical_url") or header.get("canonicalURL"))
    tags = [*_texts(header.get("tags")), *_texts(header.get("categories"))]
    authors = ", ".join(_texts(header.get("author") or header.get("authors")))
    made = Article(
        key=name,
        place=Span(name),
        body=words,
        digest=digest,
        title=_text(header.get("title")),
        author=authors,
        published=facts.date_of(_text(header.get("date"))) or (parts[1] or ""),
        url=url if fields.is_web_address(url) else "",
        lang=_text(header.get("lang") or header.get("language")) or (parts[3] or ""),
        tags=tuple(dict.fromkeys(tags)),
        summary=_text(header.get("summary") or header.get("description")),
        left_out=tuple(out),
    )
    return articles.credited(made)


def _text(value: Any) -> str:
    """A value of a header in one line; a date of TOML as one writes it."""
    plain = isinstance(value, str | int | float) or hasattr(value, "isoformat")
    return " ".join(str(value).split()) if plain and value is not None else ""


def _texts(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [text for one in listed if (text := _text(one))]


def _ours(body: str) -> tuple[str, list[str]]:
    """The words in our Markdown, and what was taken out of them."""
    out: dict[str, int] = {}
    pictures: list[str] = []

    def picture(found: re.Match[str]) -> str:
        pictures.append(f"picture: {' '.join(found[0].split())[:200]}")
        return ""

    def link(found: re.Match[str]) -> str:
        return found[0] if fields.is_web_address(found[2]) else found[1]

    def part(words: str) -> str:
        for what, pattern in (("comments", _COMMENTS), ("short codes", _SHORT_CODES)):
            words, count = pattern.subn("", words)
            out[what] = out.get(what, 0) + count
        return _LINK.sub(link, _PICTURE.sub(picture, words))

    made, at = [], 0
    for code in _CODE.finditer(body):
        made += [part(body[at : code.start()]), code[0]]
        at = code.end()
    made.append(part(body[at:]))
    words = re.sub(r"\n{3,}", "\n\n", "".join(made)).strip()
    return words, [
        *(f"{count} {what}" for what, count in out.items() if count),
        *pictures,
    ]

"""A site that is valid and hostile: the example with words in every field that takes words,
each an attack somewhere, and texts that hold every attack that an editor is let write.

Not a test: `tests/conftest.py` builds it once as `hostile_site`.
"""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq import pipeline
from aigaq.source import frontmatter, records
from aigaq.source.document import Mapping, Scalar, Sequence, Source
from aigaq.source.markup import convert
from aigaq.words.diagnostics import has_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.source.document import Node

EXAMPLE = Path(__file__).parents[2] / "docs/example"
NAMES_OF_FILES = {"photo", "recordings", "transcript"}
MARK = "QZJ"  # stands in every hostile word, so that a test can count them
# For templates, HTML, JSON, XML, CSV, BibTeX, JavaScript, CSS, gettext, shells, addresses.
WORDS = (
    "</script><script>alert('QZJ')</script>",
    "{{ 7 * 7 }}{% for x in range(9) %}QZJ{% endfor %}{# QZJ #}",
    "=HYPERLINK(\"https://evil.example/QZJ\",\"x\")",
    "\"><img src=x onerror=alert('QZJ')>",
    "]]><QZJ xmlns='urn:x'/><![CDATA[",
    "}},\n}\n@misc{QZJ, title = {x",
    "%(QZJ)s %s %d %% {QZJ} {0} {} ${QZJ}",
    "' onmouseover='alert(QZJ)' x='",
    "-->QZJ<!-- x",
    "+QZJ|' /C calc'!A0",
    "&lt;script&gt;QZJ&lt;/script&gt; &amp;amp; &#60;b&#62;",
    "\\u003cscript\\u003eQZJ\\n\\x3c \\\\ \\",
    "javascript:alert('QZJ')",
    "<QZJ hidden><style>*{display:none}</style><plaintext>",
    "@QZJ #{QZJ} %23 ?x=1&y=2#z",
    "</title></textarea></noscript></template><svg onload=alert('QZJ')>",
    "{{ cycler.__init__.__globals__.os.popen('QZJ').read() }}",
    "\\end{document}\\input{QZJ} $x$ ~ ^ _ & { \\{",
    "-QZJ+1",
    "<?php QZJ ?><% QZJ %><!DOCTYPE x [<!ENTITY QZJ SYSTEM 'file:///etc/passwd'>]>&QZJ;",
    "//evil.example/QZJ",
    "'; DROP TABLE QZJ; --",
    "`QZJ` **x** [x](javascript:alert('QZJ')) [[QZJ]] {{QZJ}}((x)) [^1]",
    "WEBVTT\n\n00:00.000 --> 00:01.000\n<v QZJ>x --> y",
    "QZJ" + "ﷺ𝕏" * 30,
)  # fmt: skip
LINES = (Path(__file__).parent / "attacks.txt").read_text("utf-8").splitlines()
ATTACKS = tuple(
    line.encode("latin-1", "backslashreplace").decode("unicode_escape") for line in LINES
)
HEADER = "title: {title}\ntold_by: p-3n6w\nconsent: c-4t9h\nsource: {title}\n"
CAPTIONS = "QZJ 00:01.000 --> 00:02.000 &lt;v QZJ&gt; <c.QZJ>x</c> NOTE QZJ STYLE &amp;amp;"
A_TEXT = 20  # attacks in one text, so that none hides many
TODAY = datetime.date(2026, 11, 22)


def fill(root: Path) -> None:
    """Writes the site into `root` and builds it; an error is a fault of the test's own."""
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".cache", "public"))
    with (root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("address: https://archive.example.org/\n")
    spoken = root / "content/testimonies/t-7q3z.en.md"  # its paragraphs become captions
    spoken.write_text(spoken.read_text("utf-8").replace("No reason.", CAPTIONS), "utf-8")
    config = read(root / "site.yaml", root)
    for path in sorted(root.rglob("*.*")):
        if path.suffix in {".md", ".yaml"}:
            path.write_text(spoilt(read(path, root), config), "utf-8")
    media = root / "content/media"
    for ending in (".jpg", ".jpg.yaml"):
        shutil.copyfile(media / f"scarf{ending}", media / f"a{ending}")
    for number, body in enumerate(bodies(config)):
        title = json.dumps(f"{WORDS[number % len(WORDS)]} {number}", ensure_ascii=False)
        made = f"---\n{HEADER.format(title=title)}---\n{body}"
        (root / text(number)).write_text(made, "utf-8")
    options = pipeline.Options(jobs=1, date=TODAY, search=False)
    done = pipeline.build(root, root / "public", options=options, step=lambda _: None)
    assert done.status == 0, "\n".join(str(one) for one in done.problems if one.is_error)


def read(path: Path, root: Path) -> Source:
    return Source(path.relative_to(root).as_posix(), path.read_text("utf-8"), "")


def text(number: int) -> str:
    return f"content/testimonies/t-attack-{number}.en.md"


def bodies(config: Source) -> Iterator[str]:
    """Every attack that is no error, by the dozen, alone and among words."""
    shapes = [s for a in ATTACKS for s in (f"{a}\n\n", f"Words {a} after.\n\n")]
    body, number = "", 0
    for shape in shapes:
        if allowed(shape, config) and allowed(body + shape, config):
            body, number = body + shape, number + 1
        if number == A_TEXT:
            yield body
            body, number = "", 0
    yield body


def allowed(body: str, config: Source) -> bool:
    """Whether an editor is let publish a text with this body."""
    if "\0" in body or not accepted(text(0), HEADER.format(title="x"), f"---\n{body}", config):
        return False
    _, found = convert.convert(body, path="t.md", first_line=1, labels=(), language="en")
    return not has_errors(found)


def spoilt(source: Source, config: Source) -> str:
    """The file with hostile words in each value that takes them, and the body as it was."""
    tree: Node | None
    if source.path.endswith(".md"):
        document, _ = frontmatter.parse(source, language="en")
        assert document is not None
        tree, body = document.header, f"---\n{document.body}"
    else:
        tree, _ = frontmatter.record(source)
        body = ""
    assert tree is not None
    chosen: dict[int, str] = {}
    first = sum(source.path.encode())  # so that titles do not all hold the same
    for number, scalar in enumerate(scalars(tree), first):
        for words in (WORDS[number % len(WORDS)], "Words <b>QZJ</b> & {{ 7 * 7 }}"):
            tried = {id(scalar): f"{words} {scalar.text}"}
            if accepted(source.path, written(tree, tried), body, config):
                chosen |= tried
                break
    made = written(tree, chosen)
    assert accepted(source.path, made, body, config)
    return f"---\n{made}{body}" if body else made


def scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Sequence(items, _):
            for item in items:
                yield from scalars(item)
        case Mapping(entries, _):
            for key, value in entries:
                if key.text not in NAMES_OF_FILES:
                    yield from scalars(value)


def accepted(path: str, made: str, body: str, config: Source) -> bool:
    text = f"---\n{made}{body}" if body else made
    source = Source(path, text, "")
    sources = (source,) if path == "site.yaml" else (config, source)
    return not has_errors(records.read(sources)[1])


def written(tree: Node, chosen: dict[int, str]) -> str:
    """The node as YAML, its keys in lines, with the values of `chosen` by the scalars' ids."""

    def flow(node: Node) -> str:
        match node:
            case Scalar(text, _, quoted):
                text = chosen.get(id(node), text)
                return json.dumps(text, ensure_ascii=False) if text or quoted else ""
            case Sequence(items, _):
                return f"[{', '.join(map(flow, items))}]"
            case Mapping(entries, _):
                return (
                    f"{{{', '.join(f'{key.text}: {flow(value)}' for key, value in entries)}}}"
                )

    if isinstance(tree, Mapping):
        return "".join(f"{key.text}: {flow(value)}\n" for key, value in tree.entries)
    assert isinstance(tree, Sequence)
    return "".join(f"- {flow(item)}\n" for item in tree.items)

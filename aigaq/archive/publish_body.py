"""Bodies on their way to the public archive: links, speakers, notes and pictures.

Law: a body is never changed in its words. What names somebody hidden in a link is an error, for
its words would stay; what only marks them (an address, a label, a file) is taken out.
"""

from __future__ import annotations

import dataclasses
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.source.markup import convert
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from aigaq.archive.public import Picture
    from aigaq.archive.visible import Seen
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Block, Container, Fragment, Reference

NAMES_A_HIDDEN_RECORD = Problem(
    "P005",
    "the body links to a record that is not public; the words of the link would stay readable",
    "Take the link and the words that identify somebody out, or ask an experienced editor.",
)

_LINK = re.compile(
    r'<a href="(person|place|org|group|topic|series|testimony|page):([^"#]+)(#[^"]+)?">'
    r"(.*?)</a>",
    re.DOTALL,
)
_IMAGE = re.compile(r'<img(?: [a-z]+="[^"]*")* ?/?>')
_CHOICE = re.compile(r'<img [^>]*srcset="[^"]*(media:[^" ]+) [0-9]+w"[^>]*>')
# How wide a picture is shown: as the column of the text, else as the screen.
SIZES = "(min-width: 40rem) 36rem, 100vw"
_ATTRIBUTE = re.compile(r' (src|alt|title)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Made:
    """A body that may be read, the pictures that it shows, and what is wrong with it."""

    body: Fragment
    problems: tuple[Diagnostic, ...]
    pictures: tuple[Picture, ...] = ()


def of(seen: Seen, body: Fragment, *, path: str, unnamed: Collection[str] = ()) -> Made:
    """The public body of the file at `path`; `unnamed` are labels of those not named.

    Its pictures are those of the output: the names of the files stay behind.
    """
    blocks = tuple(_block(seen, block, unnamed) for block in body.blocks)
    shown = dataclasses.replace(
        body,
        blocks=blocks,
        references=tuple(_references(seen, body)),
        pictures=(),
        footnotes=_images(seen, _links(seen, body.footnotes)),
    )
    pictures = (seen.picture(written) for written, _ in body.pictures)
    return Made(
        shown,
        tuple(_problems(seen, body, path)),
        tuple(dict.fromkeys(picture for picture in pictures if picture)),
    )


def _problems(seen: Seen, body: Fragment, path: str) -> Iterator[Diagnostic]:
    for reference in body.references:
        if reference.kind != "page" and seen.is_hidden(reference.target):
            yield NAMES_A_HIDDEN_RECORD.at(Span(path, reference.line, reference.column))


def _references(seen: Seen, body: Fragment) -> Iterator[Reference]:
    for reference in body.references:
        public = seen.id(reference.target) if reference.kind != "page" else ""
        if public == reference.target:
            yield reference  # most records are public under the id that they have
        elif public:
            yield dataclasses.replace(reference, target=public)


def _block(seen: Seen, block: Block, unnamed: Collection[str]) -> Block:
    shown = _pictured(seen, block) if "<img" in block.html else block
    if shown.kind == "picture":
        shown = dataclasses.replace(shown, html=_to_full(shown.html))
    public = _links(seen, shown.html)
    container = _container(seen, block.container)
    is_unnamed = block.speaker in unnamed
    if public == shown.html and container == block.container and not is_unnamed:
        return shown  # most blocks name nobody
    speaker = "" if is_unnamed else block.speaker
    return dataclasses.replace(shown, html=public, speaker=speaker, container=container)


def _container(seen: Seen, container: Container | None) -> Container | None:
    if container is None or not container.by:
        return container
    return dataclasses.replace(container, by=seen.who(container.by))


def _links(seen: Seen, text: str) -> str:
    """Links with public ids; a link to who is not public leaves its words."""
    if "<a " not in text:
        return text

    def link(match: re.Match[str]) -> str:
        kind, target, anchor, words = match.groups()
        public_id = seen.page(target) if kind == "page" else seen.id(target)
        return f'<a href="{kind}:{public_id}{anchor or ""}">{words}</a>' if public_id else words

    return _LINK.sub(link, text)


def _pictured(seen: Seen, block: Block) -> Block:
    """A block with its finished pictures; of others neither file nor words stay."""
    text = block.text
    for image in _IMAGE.finditer(block.html):
        facts = _facts(image[0])
        if seen.picture(facts["src"]) is None:
            if block.kind == "picture":
                return dataclasses.replace(block, html="", text="", digest=convert.digest(""))
            words = " ".join(f"{facts['alt']} {facts['title']}".split())
            text = " ".join(text.replace(words, "", 1).split())
    return dataclasses.replace(
        block,
        html=_images(seen, block.html),
        text=text,
        digest=block.digest if text == block.text else convert.digest(text),
    )


def _images(seen: Seen, text: str) -> str:
    def image(match: re.Match[str]) -> str:
        facts = _facts(match[0])
        picture = seen.picture(facts["src"])
        return _image(picture, match[0], facts["src"]) if picture else ""

    return _IMAGE.sub(image, text)


def _image(picture: Picture, written: str, source: str) -> str:
    """The picture's own paths and size; the words stay those of the body."""
    size = f'src="media:{picture.usual.path}" width="{picture.width}" height="{picture.height}"'
    if picture.smaller:
        files = ", ".join(f"media:{one.path} {one.width}w" for one in picture.sizes)
        size += f' srcset="{files}" sizes="{SIZES}"'
    shown = written.replace(f'src="media:{source}"', size, 1)
    return f'{shown.rstrip("/> ")} loading="lazy" decoding="async">'


def _to_full(figure: str) -> str:
    """A figure whose picture leads to the largest size, where that is another than is shown."""
    return _CHOICE.sub(r'<a class="full" href="\1">\g<0></a>', figure)


def _facts(image: str) -> dict[str, str]:
    found = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(image)}
    return (
        {"alt": "", "title": ""} | found | {"src": found.get("src", "").removeprefix("media:")}
    )

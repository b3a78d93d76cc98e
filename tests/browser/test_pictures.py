"""The pictures of docs/editors are of the program as it is; `make pictures` takes them anew.

Letters look otherwise on each computer, so pixels are not compared: each picture holds the
words that stood in it when it was taken, and these must be the words that stand there now.
"""

from __future__ import annotations

import base64
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import markdown
import pytest
from PIL import Image, PngImagePlugin
from rich.console import Console
from rich.text import Text

from aigaq.desk import form, preview
from aigaq.words.tongue import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import BrowserContext, Locator, Page

PROJECT = Path(__file__).resolve().parents[2]
EDITORS = PROJECT / "docs/editors"
PICTURES = EDITORS / "pictures"
BYTES, COLOURS, WIDE, NARROW = 600_000, 64, 720, 390
WITHOUT_THE_BAR = "#aigaq-preview { display: none }"
TERMINAL = (
    "<style>body {{ margin: 0 }} pre {{ margin: 0; padding: 1rem; background: #f4f4f0;"
    " color: #111; font: 14px/1.45 monospace; white-space: pre-wrap }}</style>"
    "<pre>{code}</pre>"
)
COMMENT = (
    "<style>body {{ margin: 1rem; font: 15px/1.5 sans-serif }} main {{ padding: 0 1rem;"
    " border: 1px solid #bbb; border-radius: 6px }} table {{ border-collapse: collapse }}"
    " td, th {{ padding: .3rem .6rem; border: 1px solid #ccc; text-align: left }}</style>"
    "<main>{}</main>"
)


@dataclass(frozen=True)
class Desk:
    """A copy of docs/example, a browser, and what is open until the picture is taken."""

    root: Path
    page: Page
    open: contextlib.ExitStack

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def change(self, path: str, *pairs: tuple[str, str]) -> None:
        text = (self.root / path).read_text("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        self.write(path, text)

    def preview(self, path: str) -> None:
        started = preview.started(self.root, port=0, say=lambda _: None)
        self.page.goto(self.open.enter_context(started) + path)

    def reads(self, path: str, part: str) -> Locator:
        """A part of a page as readers get it: without what the preview adds below it."""
        self.preview(path)
        self.page.add_style_tag(content=WITHOUT_THE_BAR)
        return self.page.locator(part)

    def terminal(self, *arguments: str, answers: Sequence[str] = ()) -> str:
        """What a command shows on a terminal, with its signs for colours, and what is typed."""
        outer, inner = os.openpty()
        command = (sys.executable, "-c", "from aigaq.cli import main; main()", *arguments)
        space = {"PYTHONPATH": str(PROJECT), "TERM": "xterm", "AIGAQ_LANGUAGE": "en"}
        other = inner if answers else subprocess.DEVNULL  # else it would hold its progress
        done = subprocess.Popen(
            command,
            cwd=self.root,
            env={**os.environ, **space},
            stdin=other,
            stdout=inner,
            stderr=other,
        )
        os.close(inner)
        told, left = b"", list(answers)
        with contextlib.suppress(OSError):  # how the end of a terminal is told
            while True:
                told += os.read(outer, 65536)
                if left and told.endswith(b": "):
                    os.write(outer, f"{left.pop(0)}\n".encode())
        os.close(outer)
        done.wait()
        assert left == []
        return told.decode().replace("\r\n", "\n")

    def typed(self, *arguments: str, answers: Sequence[str] = ()) -> Locator:
        """A terminal in which a command was typed."""
        answer = Text.from_ansi(self.terminal(*arguments, answers=answers))
        console = Console(record=True, file=io.StringIO(), width=300)
        console.print(Text(f"$ aigaq {' '.join(arguments)}\n"), answer, sep="", soft_wrap=True)
        self.page.set_content(console.export_html(code_format=TERMINAL, inline_styles=True))
        return self.page.locator("pre")


def new(desk: Desk) -> Locator:
    typed = ("new", "consent", "--id", "c-2w7h")
    return desk.typed(*typed, answers=("p-6k3t", "2024-05-02", "1 2", "1", "", "", "", ""))


def first_story(desk: Desk) -> Locator:
    """The site of that page, and nothing that whoever follows it has not typed."""
    shutil.rmtree(desk.root / "content")
    shape = r"`((?:content/|site)\S+)`\n\n```\w+\n(.*?)^```$"
    guide = (EDITORS / "first-testimony.md").read_text("utf-8")
    for path, text in re.findall(shape, guide, re.DOTALL | re.MULTILINE):
        desk.write(path, text)
    return desk.reads("en/testimonies/t-2k5m.html", "main")


def check(desk: Desk) -> Locator:
    desk.change("content/people/p-8d2r.yaml", ("role: missing", "role: mising"))
    return desk.typed("check")


def mistake(desk: Desk) -> Locator:
    desk.change("content/testimonies/t-2k5m.en.md", ("told_by: p-3n6w", "told_by: p-3m6w"))
    desk.preview("en/testimonies/t-2k5m.html")
    return desk.page.locator("#aigaq-preview")


def waits(desk: Desk) -> Locator:
    desk.change("content/testimonies/t-2k5m.en.md", ("---\ntitle", "---\ndraft: true\ntitle"))
    return desk.reads("_desk/", "main")


def person(desk: Desk) -> Locator:
    return desk.reads("en/people/p-9j2f.html", "section.names")


def claims(desk: Desk) -> Locator:
    """What is told of a person, with the first source opened."""
    shown = desk.reads("en/people/p-8d2r.html", "#timeline")
    shown.locator("details > summary").first.click()
    return shown


def two_accounts(desk: Desk) -> Locator:
    return desk.reads("en/people/p-8d2r.html", "#differences")


def side_by_side(desk: Desk) -> Locator:
    desk.page.set_viewport_size({"width": 960, "height": 700})
    return desk.reads("kk/testimonies/t-7q3z.parallel.html", "main")


def redaction(desk: Desk) -> Locator:
    """The picture as it lies in the folder, and as readers get it."""
    shown = desk.reads("en/testimonies/t-7q3z.html", "main img").first
    made = desk.page.request.get(shown.evaluate("image => image.currentSrc")).body()
    lies = (desk.root / "content/media/scarf.jpg").read_bytes()
    both = "".join(
        f"<figure style='display: inline-block; margin: 8px; font: 16px sans-serif'>"
        f"<img width=300 src='data:;base64,{base64.b64encode(one).decode()}'>"
        f"<figcaption>{caption}</figcaption></figure>"
        for one, caption in ((lies, "In your folder"), (made, "What readers get"))
    )
    desk.page.set_content(f"<main style='display: inline-block'>{both}</main>")
    return desk.page.locator("main")


def withdrawal(desk: Desk) -> Locator:
    return desk.typed("withdraw", "t-4v6b")


def table(desk: Desk) -> Locator:
    rows = "key,names.en.preferred,type,precision\n7,Example Town,twon,county\n"
    desk.write("../places.csv", rows)
    return desk.typed("import", "../places.csv")


def filled_form(desk: Desk) -> Locator:
    desk.write("form.html", form.page(["en", "kk"], ENGLISH, mirrors=False))
    desk.page.set_viewport_size({"width": NARROW, "height": 800})
    desk.page.goto((desk.root / "form.html").as_uri())
    desk.page.locator("[name='narrator.protect']").select_option("pseudonym")
    desk.page.locator("[name='narrator.names']").fill("Aunt A.")
    return desk.page.locator("fieldset:has([name='narrator.protect'])")


def comment(desk: Desk) -> Locator:
    desk.change("content/people/p-8d2r.yaml", ("role: missing", "role: mising"))
    desk.change("content/testimonies/t-4v6b.en.md", ("2017-07", "July 2017"))
    told = desk.terminal("check", "--format", "markdown")
    desk.page.set_content(COMMENT.format(markdown.markdown(told, extensions=["tables"])))
    return desk.page.locator("main")


SHOTS: dict[str, Callable[[Desk], Locator]] = {
    "check": check,
    "claims": claims,
    "comment": comment,
    "desk": waits,
    "first-story": first_story,
    "form": filled_form,
    "import": table,
    "mistake": mistake,
    "new": new,
    "person": person,
    "redaction": redaction,
    "side-by-side": side_by_side,
    "two-accounts": two_accounts,
    "withdrawal": withdrawal,
}


@pytest.fixture
def desk(tmp_path: Path, context: Callable[..., BrowserContext]) -> Iterator[Desk]:
    root = tmp_path / "archive"
    shutil.copytree(PROJECT / "docs/example", root)
    page = context(viewport={"width": WIDE, "height": 600}, bypass_csp=True).new_page()
    with contextlib.ExitStack() as stack:
        yield Desk(root, page, stack)


@pytest.mark.browser
@pytest.mark.parametrize("name", SHOTS)
def test_a_picture_shows_what_the_program_shows(
    name: str, desk: Desk, pytestconfig: pytest.Config
) -> None:
    shown = SHOTS[name](desk)
    words = "\n".join(" ".join(line.split()) for line in shown.inner_text().splitlines())
    if pytestconfig.getoption("--pictures"):
        keep(PICTURES / f"{name}.png", shown.screenshot(), words)
    with Image.open(PICTURES / f"{name}.png") as image:
        assert image.info["Description"] == words, "run `make pictures`, and look at each"


def keep(path: Path, taken: bytes, words: str) -> None:
    """A small PNG with the words that stand in it."""
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Description", words)
    with Image.open(io.BytesIO(taken)) as image:
        small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(path, optimize=True, pnginfo=notes)


def referred_to() -> list[tuple[str, str]]:
    """What stands for a picture where it cannot be seen, and its name."""
    shape = r"!\[([^\]]*)\]\(pictures/([^)]+)\.png\)"
    every = (page.read_text("utf-8") for page in EDITORS.glob("*.md"))
    return [one for text in every for one in re.findall(shape, text)]


def test_each_picture_is_shown_somewhere_and_each_that_is_shown_is_taken() -> None:
    files = {path.name for path in PICTURES.iterdir()}
    assert files == {f"{name}.png" for name in SHOTS} == {f"{n}.png" for _, n in referred_to()}


def test_a_picture_is_told_in_words_too() -> None:
    assert [name for words, name in referred_to() if not re.search(r"(\S+ ){5}", words)] == []


def test_all_pictures_together_are_light() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < BYTES


def test_nothing_of_this_computer_stands_in_a_picture() -> None:
    for path in PICTURES.iterdir():
        with Image.open(path) as image:
            assert set(image.info) == {"Description"}
            words = image.info["Description"]
        assert not re.search(r"/(?:tmp|home|root)/|127\.0\.0\.1", words)

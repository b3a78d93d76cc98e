"""Our steps are held to Python-Markdown's own: on mixtures and on the demonstration."""

from __future__ import annotations

import copy
import html
import random
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import markdown
import pytest
from markdown.blockparser import BlockParser
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import InlineProcessor

from aigaq.source.markup import convert, findings, inline, steps

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
SIGNS = (
    "*", "**", "***", "_", "__", "`", "``", "\\", "\\*", "[", "]", "](", ")", "(", "![", "<",
    ">", "&amp;", "&", "  \n", "[a](b:c)", "[a](person:p-1)", "![a](b.jpg)", "<http://a.b>",
    "<a@b.c>", "[[a]]", "{{a}}", "((a))", "[^1]", "\x02klzzwxh:0000\x03", "*a*", "**b**", "_c_",
    "`d`", "a*b", "***a** b*", "*a **b***", "_a*", '"', "|", "~",
)  # fmt: skip
LINES = (
    "- a", "* b", "+ c", "1. d", "3. e", "٣. f", "    - g", "    h", "> i", "> > j", "  > k",
    "---", "* * *", "***", "| a | b |", "|---|:-:|", "a | b", "- | -", "| `a|b` | c |", "words",
    "", "", "     code", "=====", "# no", "[a]: b", "- - l", "- > m", "> - n",
)  # fmt: skip
WORDS = ("word", "слово", "سۆز", "词", " ", " ", "\n", ".")


def mixture(seed: int) -> str:
    """A few lines of a few signs among words."""
    chance = random.Random(seed)
    signs = (*chance.sample(SIGNS, chance.randint(1, 4)), *WORDS)
    starts = (*chance.sample(LINES, chance.randint(1, 5)), "")

    def line() -> str:
        rest = chance.choices(signs, k=chance.randint(0, 12))
        return chance.choice(starts) + "".join(rest)

    return "\n".join(line() for _ in range(chance.randint(1, 12)))


class StockStep(InlineProcessor):
    """Python-Markdown's own inline step, told its patterns as ours is."""

    patterns = ()

    def run(self, tree, ancestors=None):
        self.inlinePatterns = self.patterns
        return super().run(tree, ancestors)


class Stock(inline.Engine):
    """Our engine with the steps of Python-Markdown."""

    def __init__(self) -> None:
        super().__init__()
        md = self.markdown
        self._parser = stock_parser()
        self._step = StockStep(md)
        md.treeprocessors.register(self._step, "inline", 20)
        md.inlinePatterns.deregister("em_strong")
        stress = markdown.Markdown().inlinePatterns["em_strong"]
        md.inlinePatterns.register(stress, "em_strong", 60)
        self._stress = md.delimiters = stress
        self._patterns = (*self._patterns[:-1], (stress, *self._patterns[-1][1:]))


def stock_parser() -> BlockParser:
    md = markdown.Markdown(extensions=[TableExtension()])
    for name in ("hashheader", "setextheader", "reference"):
        md.parser.blockprocessors.deregister(name)
    md.parser.blockprocessors["olist"].LAZY_OL = False
    return md.parser


def parsed(parser: BlockParser, text: str) -> str:
    parser.state.clear()
    root = ElementTree.Element("div")
    parser.parseChunk(root, text)
    return ElementTree.tostring(root, encoding="unicode")


def test_the_block_step_makes_the_elements_of_the_stock_one(size: Callable) -> None:
    ours, theirs = steps.Blocks(markdown.Markdown()), stock_parser()
    texts = [mixture(seed) for seed in range(size(500, 40_000))]

    assert [t for t in texts if parsed(ours, t) != parsed(theirs, t)] == []


def test_the_inline_step_makes_the_html_of_the_stock_one(size: Callable) -> None:
    ours, theirs = markdown.Markdown(), markdown.Markdown()
    ours.inlinePatterns.register(steps.Stress(ours), "em_strong", 60)
    step = steps.Inline(ours)
    step.patterns = tuple(ours.inlinePatterns)
    ours.treeprocessors.register(step, "inline", 20)
    texts = [mixture(seed) for seed in range(size(500, 40_000))]

    assert [t for t in texts if ours.reset().convert(t) != theirs.reset().convert(t)] == []


def bodies() -> list[str]:
    """What stands behind the headers of the demonstration."""
    files = sorted((ROOT / "content").rglob("*.md"))
    return [path.read_text("utf-8").split("\n---\n", 1)[-1] for path in files]


def converted(bodies: list[str]) -> list[object]:
    asked = {"path": "t.md", "first_line": 1, "labels": ("A",), "language": "en"}
    return [convert.convert(body, **asked) for body in bodies]


@pytest.mark.parametrize("kind", ["mixtures", "demonstration"])
def test_a_fragment_is_that_of_the_stock_steps(kind: str, size: Callable, monkeypatch) -> None:
    mixtures = (mixture(seed) + "\n\n[^1]: *note*" for seed in range(size(400, 20_000)))
    texts = list(mixtures) if kind == "mixtures" else bodies()
    ours = converted(texts)
    monkeypatch.setattr(convert._threads, "engine", Stock(), raising=False)

    assert len(texts) > 50
    assert [t for t, a, b in zip(texts, ours, converted(texts), strict=True) if a != b] == []


def test_an_element_is_written_as_elementtree_writes_it() -> None:
    chance, engine = random.Random(20261123), inline.Engine()
    engine.findings = findings.Findings("t.md", 1, "en", [])
    for seed in range(300):
        root = engine.inlined(engine.parsed(findings.without_strangers(mixture(seed))))
        root.set("title", chance.choice(('"&<>', "\N{NO-BREAK SPACE}", "")))
        read = copy.deepcopy(root)
        for code in read.iter("code"):  # Python-Markdown has escaped it already
            code.text = html.unescape(code.text or "")
        stock = ElementTree.tostring(read, encoding="unicode", method="html")

        assert inline.written(root)[0] == stock.replace("\N{NO-BREAK SPACE}", "&nbsp;")


def test_what_is_not_special_needs_no_steps() -> None:
    engine = inline.Engine()
    engine.findings = findings.Findings("t.md", 1, "en", [])
    texts = [mixture(seed).strip() for seed in range(3_000)]
    plain = [text for text in texts if not inline.is_special(text)]

    assert len(plain) > 100
    for text in plain:
        root = ElementTree.Element("div")
        ElementTree.SubElement(root, "p").text = text
        written = inline.written(engine.inlined(root)[0])
        assert written == (inline.simple("p", text), inline.spaced(text))

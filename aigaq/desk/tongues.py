"""The catalogues of what the program says to editors: read, and brought up to date.

`python -m aigaq.desk.tongues` collects every sentence from the code into `desk/locales/*.po`:
new ones are added empty, those that are gone are dropped, translations stay. Those sentences
that an editor may meet first stand first, by the letters of their codes.
"""

from __future__ import annotations

import ast
import gettext
import inspect
import io
import re
import string
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog

import aigaq
from aigaq.words import languages, reports, tongue, vocabularies
from aigaq.words.tongue import Tongue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.source.schema.reading import Model

_FIRST = "KCFYSDLMGPN"  # areas of messages, in the order in which editors meet them
_WIDTH = 96
_COUNTED = (
    ("{number} error", "{number} errors"),
    ("{number} warning", "{number} warnings"),
    ("in {number} file", "in {number} files"),
)
_LINES = (
    "Nothing was written.",
    "Open it in a browser; it needs no network.",
    reports.NO_PROBLEMS,
    *reports.HEADS,
)
_FUNCTIONS = {"wrong_shape": ("", "wanted", "remedy")}  # gaps that their arguments fill

_SAYING = {"step", "said", "console.said"}
_LINE = {"line", "done", "would"}  # names of what is then said
_SHAPE = {"wanted", "remedy"}  # gaps that are filled from a mapping


@cache
def read(lang: str) -> Tongue:
    """The language of one of the catalogues."""
    text = (resources.files("aigaq.desk") / f"locales/{lang}.po").read_text("utf-8")
    compiled = io.BytesIO()
    mofile.write_mo(compiled, pofile.read_po(io.StringIO(text), locale=lang))
    return Tongue(lang, gettext.GNUTranslations(io.BytesIO(compiled.getvalue())))


def collected() -> Catalog:
    """Every sentence, in the order of the codes; words of gaps under the name of the gap."""
    from aigaq.desk import asking, papers, reference  # noqa: PLC0415 - they read the whole program

    found = Catalog(charset="utf-8")
    for line in (*_LINES, *_of_commands(), *asking.sentences(), *papers.sentences()):
        found.add(line)
    for one, many in _COUNTED:
        found.add((one, many))
    problems = sorted(reference.problems(), key=lambda p: (_FIRST.find(p.code[0]) % 99, p.code))
    for problem in problems:
        for sentence in (problem.message, problem.remedy):
            if any(letter.isalpha() for letter in _without_gaps(sentence)):
                found.add(sentence, auto_comments=[problem.code])
    for gap, words in sorted({*tongue.FORMS, *_of_models(), *_of_calls(), *_of_gaps()}):
        found.add(words, context=gap)
    return found


def _of_commands() -> Iterator[str]:
    """What commands print while they work, and when they are done."""
    package = Path(aigaq.__file__).parent
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in _SAYING and node.args:
                yield from _words_of(node.args[0])
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in _LINE:
                yield from _words_of(node.value) if path.parent.name == "cli" else ()


def _without_gaps(sentence: str) -> str:
    return "".join(text for text, _, _, _ in string.Formatter().parse(sentence))


def _of_models() -> Iterator[tuple[str, str]]:
    from aigaq.archive import exactness, summaries  # noqa: PLC0415 - as above
    from aigaq.desk import json_schemas  # noqa: PLC0415 - as above
    from aigaq.source.schema import claims  # noqa: PLC0415

    models: list[type[Model]] = list(json_schemas.models().values())
    for model in models:
        yield "here", model.noun
        if model.noun.startswith("the file of"):
            yield "other", model.noun
        yield from (("remedy", words) for words in model.remedies.values())
        yield from (("hint", words) for words in model.hints.values())
    yield from (("remedy", words) for words in claims.REMEDIES.values())
    yield from (("is_missing", words) for words in ("has no value", "is missing"))
    kinds = "text person group place organisation series topic record object"
    yield "value", "this value"
    yield from (("what", words) for words, _ in exactness.IN_WORDS.values())
    for key in vocabularies.LISTS["coarse_together"]:
        yield "what", vocabularies.label("coarse_together", key)
    for gap in ("expected", "found", "kind"):
        for kind in kinds.split():
            yield gap, f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        yield from ((gap, words) for words in ("a consent card", "a glossary entry"))
    yield from (("got", words) for words in ("a text", "a list", "something"))
    yield "got", "a mapping of keys and values"
    yield from (("bracket", words) for words in ("square bracket", "curly bracket"))
    yield from (("part", words) for words in ("id", "language tag"))
    for words in ("there are spaces beside them", "there are spaces between them"):
        yield "slip", words
    yield "slip", "other signs stand there"
    for script in ("Latin", "Cyrillic", "Greek", "Arabic"):
        yield "why", f"the word is written in {script} letters"
    for script in ("Latin", "Cyrillic"):
        yield "why", f"the whole word only looks like {script} letters"
    yield "why", "this is the shape of a letter, not the letter"
    yield "why", "it cannot be seen, and the name is not found"
    yield from (("claim", words) for words in summaries.CLAIMS.values())


def _of_calls() -> Iterator[tuple[str, str]]:
    """Plain texts that are given to the functions which fill gaps with them."""
    from aigaq.source.schema import (  # noqa: PLC0415 - as above
        dates,
        fields,
        measures,
        reading,
        records,
        texts,
    )

    for module in (dates, fields, measures, reading, records, texts):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call):
                gaps = _FUNCTIONS.get(ast.unparse(node.func), ())
                for gap, argument in zip(gaps, node.args, strict=False):
                    if gap and isinstance(argument, ast.Constant):
                        yield gap, str(argument.value)


def _of_gaps() -> Iterator[tuple[str, str]]:
    """Plain texts that fill a gap where a problem is found: `SOMETHING.at(span, gap="…")`."""
    for path in sorted(Path(aigaq.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            filled: list[tuple[Any, ast.expr]] = []
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".at"):
                filled = [(one.arg, one.value) for one in node.keywords]
            elif isinstance(node, ast.Dict):
                keys = [one.value if isinstance(one, ast.Constant) else "" for one in node.keys]
                if set(keys) == _SHAPE:
                    filled = [*zip(keys, node.values, strict=True)]
            yield from ((gap, word) for gap, one in filled if gap for word in _words_of(one))


def _words_of(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may come to, where it chooses among plain ones."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if re.search("[a-z]{3}", node.value) and ":" not in node.value[-1:]:
            yield node.value.strip()
    elif isinstance(node, ast.IfExp):
        yield from (*_words_of(node.body), *_words_of(node.orelse))
    elif isinstance(node, ast.BoolOp):
        for one in node.values:
            yield from _words_of(one)


def updated(lang: str, po_text: str, wanted: Catalog) -> str:
    """The catalogue of a language with exactly the wanted sentences; translations stay."""
    old = pofile.read_po(io.StringIO(po_text), locale=lang)
    kept = {(m.context, m.id): m.string for m in old if m.id}
    made = Catalog(locale=lang, charset="utf-8")
    for message in wanted:
        if message.id:
            there = made.add(
                message.id,
                kept.get((message.context, message.id)),
                context=message.context,
                auto_comments=message.auto_comments,
            )
            there.flags.discard("python-format")  # Babel's guess from a single %
    out = io.BytesIO()
    pofile.write_po(out, made, width=_WIDTH, omit_header=True)
    head = [
        f"# What aigaq says to editors: {languages.of(lang).autonym}",
        'msgid ""',
        'msgstr ""',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        f'"Language: {lang}\\n"',
        f'"Plural-Forms: {made.plural_forms}\\n"',
        *(['"X-Status: draft\\n"'] if "X-Status: draft" in po_text else []),
    ]
    return "\n".join([*head, "", out.getvalue().decode()])


def main() -> None:
    """Bring the catalogues of the checkout up to date."""
    wanted = collected()
    for path in sorted((Path(__file__).parent / "locales").glob("*.po")):
        path.write_text(updated(path.stem, path.read_text("utf-8"), wanted), "utf-8")


if __name__ == "__main__":
    main()

"""Pages of one file that volunteers fill in, on a screen or on paper: made, and written.

Law: only a page that an earlier run made is ever replaced.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import ext
from markupsafe import Markup

from aigaq.desk import questions, scaffold
from aigaq.output import shipped
from aigaq.pages import texts
from aigaq.words import vocabularies
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aigaq.desk.questions import Question
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.tongue import Tongue

OTHER_FILE = Problem(
    "N007",
    "this file is there already and is none that this command has made; it was left as it is",
    "Name another file with --to, or move this one away.",
)

_FOLDER = Path(__file__).parent / "forms"
_TEMPLATES = ("form.html", "sheet.html", "safety.html")
_MADE = '<meta name="generator" content="aigaq '


def rendered(template: str, tongue: Tongue, **values: object) -> str:
    """A template of `forms/` in the language, with the questions as `parts`."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["_"] = tongue.say
    return made.get_template(template).render(
        parts=questions.PARTS,
        choices=lambda question: choices(question, tongue),
        interface=_interface(tongue.lang),
        draft=_is_draft(tongue.lang),
        **values,
    )


def inline(name: str) -> Markup:
    """A style or script of `forms/`, to stand in a page as it is."""
    return Markup((_FOLDER / name).read_text("utf-8"))  # noqa: S704 - a file of the program


def sentences() -> tuple[str, ...]:
    """All that these pages say, for the catalogues of `aigaq.desk.tongues`."""
    return tuple(dict.fromkeys((*_of_templates(), *questions.sentences())))


def choices(question: Question, tongue: Tongue) -> Sequence[tuple[str, str]]:
    """The keys that may answer a question, each with its words."""
    own = questions.WORDS.get(question.list_name)
    if own:
        return [(key, tongue.say(words)) for key, words in own.items()]
    known = vocabularies.LISTS[question.list_name]
    return [(key, _interface(tongue.lang).label(question.list_name, key)) for key in known]


def write(path: Path, text: str) -> list[Diagnostic]:
    """Writes a page, or says why not."""
    span = Span(path.as_posix())
    try:
        if path.exists() and _MADE not in path.read_text("utf-8", "replace")[:2000]:
            return [OTHER_FILE.at(span)]
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        return [scaffold.CANNOT_WRITE.at(span, reason=error.strerror or "?")]
    return []


@cache
def _interface(lang: str) -> texts.Texts:
    """The texts of the site in this language, as the package brings them."""
    path = shipped.folder("theme") / f"locales/{lang}.po"
    return texts.of(lang, path.read_text("utf-8"))


def _is_draft(lang: str) -> bool:
    """Whether no native reader has checked what the program says in this language."""
    catalogue = Path(__file__).parent / f"locales/{lang}.po"
    return catalogue.is_file() and "X-Status: draft" in catalogue.read_text("utf-8")


def _of_templates() -> Iterator[str]:
    for name in _TEMPLATES:
        with (_FOLDER / name).open("rb") as file:
            options = {"trim_blocks": "true", "silent": "false"}
            for _, _, words, _ in ext.babel_extract(file, ("_",), (), options):
                if isinstance(words, str):
                    yield words

"""Reference pages of `docs/`, from the code: fields, messages, and what templates see.

Pure functions, text out; `python -m aigaq.desk.reference` writes them where they differ.
"""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from aigaq.desk import introspection, meanings, view_reference
from aigaq.source.schema import dates, fields, lists, measures, records, site, texts
from aigaq.source.schema.fields import Leaf
from aigaq.source.schema.reading import Model
from aigaq.words import vocabularies
from aigaq.words.diagnostics import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILES: tuple[tuple[str, str, type[Model]], ...] = (
    ("Site", "site.yaml", site.SiteConfig),
    ("Text", "content/testimonies/**/ID.LANG.md", texts.Text),
    (
        "Text, translated",
        "content/testimonies/**/ID.LANG.md, with the key translation",
        texts.Translation,
    ),
    ("Page", "content/pages/SLUG.LANG.md", texts.Page),
    ("Person", "content/people/**/ID.yaml", records.Person),
    ("Group", "content/groups/**/ID.yaml", records.Group),
    ("Place", "content/places/**/ID.yaml", records.Place),
    ("Organisation", "content/organisations/**/ID.yaml", records.Organisation),
    ("Series", "content/series/**/ID.yaml", records.Series),
    ("Consent card", "content/consent/**/ID.yaml", records.Consent),
    ("Media", "content/media/**/FILE.yaml, beside FILE", records.MediaSidecar),
    ("Topic", "content/topics.yaml, a list", lists.Topic),
    ("Glossary", "content/glossary.yaml, a list", lists.GlossaryEntry),
    ("Correction", "content/corrections.yaml, a list", lists.Correction),
    ("Same person or not", "content/identities.yaml, a list", lists.Identity),
)

_VALUES: tuple[tuple[Any, str], ...] = (
    (fields.PlainText, "text"),
    (fields.Id, "id"),
    (fields.NewId, "new id"),
    (fields.Who, "id or words"),
    (fields.Label, "text of at most 40 characters"),
    (fields.LanguageTag, "language tag"),
    (fields.LanguageOrDefault, "language tag; absent: that of the file"),
    (fields.PerLanguage, "text or map per language"),
    (fields.SecureAddressPerLanguage, "https address or map per language"),
    (fields.YesNo, "`true` or `false`"),
    (fields.WebAddress, "web address"),
    (fields.MediaFile, "file below `content/media`"),
    (dates.DateField, "[date](dates.md)"),
    (dates.WhenField, "[date](dates.md), also one counted from the interview"),
    (dates.DayField, "day, `YYYY-MM-DD`"),
    (dates.ProtectField, "[protection](#protect); with a day after `sealed-until`"),
    (measures.Years, "number, or `unknown`"),
    (measures.Point, "`[latitude, longitude]`"),
    (measures.CountField, "`4`, `about 4` or `3 to 5`"),
    (measures.LastedField, "`3 months`, `about 2 years`, `more than 10 days`"),
    (measures.ParagraphField, "`p7`, or `p7@3f9c` with its digest"),
    (records.Boxes, "list of boxes `[x, y, width, height]`"),
    (records.Digest, "64 digits and letters a to f"),
    (texts.Stamps, "digests"),
    (texts.Labels, "map of ids to labels"),
    (texts.Phrases, "list of `[words, translation]`"),
    (site.SiteAddress, "web address"),
    (site.Contact, "`mailto:` or web address"),
    (site.Folder, "folder of the site"),
    (lists.Pair, "`[id, id]`"),
)

AREAS = {
    "K": "Files and folders",
    "C": "Characters",
    "F": "The lines around the header",
    "Y": "YAML: the form of headers and records",
    "S": "Keys and values",
    "D": "Dates",
    "M": "The text below the header",
    "L": "Links between records",
    "G": "Pictures",
    "P": "Protection and publication",
    "N": "Starting new files",
    "V": "The preview",
    "R": "Addresses of pages",
    "T": "Templates",
    "X": "Writing the site, and search",
    "A": "Releases and copies",
    "I": "Importing and exporting",
}


# --- fields ---


def field_pages() -> str:
    """`docs/editors/fields.md`: every key of every kind of file, and the closed lists."""
    told: set[type[Model]] = set()
    claims, closed = "What a claim may have", "Closed lists"
    contents = _contents([*(heading for heading, _, _ in FILES), claims, closed])
    parts = [introspection.MADE.format(what="page"), "# Fields", _FIELDS_FOREWORD, contents]
    for heading, path, model in FILES:
        parts += [f"## {heading}", _file(path)]
        parts += _described(model, told)
    parts += [f"## {claims}", _claims(), f"## {closed}", *_lists()]
    return "\n\n".join(parts) + "\n"


_FIELDS_FOREWORD = (
    "Every key that may be written, to look things up; an unknown key is an error.\n"
    "An empty value is an absent one; where several may stand, one needs no brackets.\n"
    "To begin: [your first testimony](first-testimony.md)."
    " What the words mean together: [content model](../content-model.md)."
)


def _contents(headings: Iterable[str]) -> str:
    """Links to the sections of a long page."""
    return (
        "On this page: "
        + " · ".join(f"[{h}](#{introspection.slug(h)})" for h in headings)
        + "."
    )


def _file(path: str) -> str:
    """`path` is the name of a file, and what is said of it after a comma."""
    name, comma, more = path.partition(",")
    return f"File: `{name}`{comma}{more}"


def _described(model: type[Model], told: set[type[Model]]) -> Iterator[str]:
    """A model's keys as a table, then the parts that it holds and that were not told before."""
    told.add(model)
    yield introspection.docstring(model)
    rows = [_row(model, key) for key in model.keys]
    yield "\n".join(["| Key | Value | Meaning |", "|---|---|---|", *rows])
    for part in _parts(model):
        if part not in told:
            yield f"### {_part_heading(part)}"
            yield from _described(part, told)


def _row(model: type[Model], key: str) -> str:
    info = next(i for n, i in model.model_fields.items() if (i.alias or n) == key)
    value = _value(info.annotation, info.metadata)
    if info.is_required():
        value += "; **required**"
    elif default := _default(info.default):
        value += f"; absent: `{default}`"
    return f"| `{key}` | {value} | {meanings.KEYS[model.__name__][key]} |"


def _default(value: object) -> str:
    if isinstance(value, dates.Protect):
        return value.level
    if isinstance(value, tuple):
        return ", ".join(value)
    return value if isinstance(value, str) else ""


def _value(annotation: Any, metadata: Iterable[object]) -> str:
    leaf = next((m for m in metadata if isinstance(m, Leaf)), None)
    if leaf:
        return _leaf(leaf)
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _value(inner, more)
    if get_origin(annotation) is tuple:
        return f"{_value(get_args(annotation)[0], ())}; one or several"
    model = _model_in(annotation)
    assert model is not None, annotation
    heading = _part_heading(model)
    return f"[{heading}](#{introspection.slug(heading)})"


def _leaf(leaf: Leaf) -> str:
    list_name = getattr(leaf.read, "args", ("",))[0]
    if isinstance(list_name, str) and list_name in vocabularies.LISTS:
        heading = _list_heading(list_name)
        return f"one of [{heading}](#{introspection.slug(heading)})"
    return next(words for alias, words in _VALUES if alias.__metadata__[0] == leaf)


def _model_in(annotation: Any) -> type[Model] | None:
    """The model that a field holds: itself, or in `tuple[…]`, `Annotated[…]`, `… | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next((m for a in get_args(annotation) if (m := _model_in(a))), None)


def _parts(model: type[Model]) -> Iterator[type[Model]]:
    for info in model.model_fields.values():
        part = _model_in(info.annotation)
        if part is not None:
            yield part


def _part_heading(model: type[Model]) -> str:
    return (model.noun[0].upper() + model.noun[1:]).rstrip(":")


def _list_heading(name: str) -> str:
    return name.replace("_", " ")


def _claims() -> str:
    rows = []
    for whats in vocabularies.CLAIM_GROUPS.values():
        rule = vocabularies.CLAIM_FIELDS[whats[0]]
        cells = (whats, rule.needs, rule.may)
        rows.append("| " + " | ".join(_codes(cell) or "–" for cell in cells) + " |")
    common = f"Every claim may have {_codes(vocabularies.CLAIM_COMMON)}."
    head = ["| `what` | needs | may also have |", "|---|---|---|"]
    return "\n".join([common, "", *head, *rows])


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _lists() -> Iterator[str]:
    yield "A key is what you write; the words after it are what readers see in English."
    for name, keys in vocabularies.LISTS.items():
        yield f"### {_list_heading(name)}"
        labels = ((key, vocabularies.label(name, key)) for key in keys)
        yield "\n".join(
            f"- `{k}`" + (f": {words}" if words != k else "") for k, words in labels
        )


# --- diagnostics ---


def problems() -> tuple[Problem, ...]:
    """Every `Problem` constant of the package, sorted by code; each once."""
    values = {
        v
        for module in introspection.modules()
        for v in vars(module).values()
        if isinstance(v, Problem)
    }
    return tuple(sorted(values, key=lambda problem: (problem.code, problem.message)))


def diagnostic_pages() -> str:
    """`docs/editors/diagnostics.md`: every message that `check` and `build` can give."""
    contents = _contents(f"{letter}: {area}" for letter, area in AREAS.items())
    parts = [
        introspection.MADE.format(what="page"),
        "# Messages",
        _DIAGNOSTICS_FOREWORD,
        contents,
    ]
    every = problems()
    for letter, area in AREAS.items():
        here = [p for p in every if p.code[0] == letter]
        parts += [f"## {letter}: {area}"] if here else []
        for problem in here:
            parts += [f"### {problem.code}", _message(problem)]
    return "\n\n".join(parts) + "\n"


_DIAGNOSTICS_FOREWORD = (
    "A message names the file, the line and the column, then a code, then what is wrong, and"
    " below it what to do; here is [how to read one](README.md#when-check-complains).\n"
    "Look for the code on this page, such as S003.\n"
    "An error stops publication and leaves the old site as it is; a warning never stops it.\n"
    "Words between ‹ › stand for what is in your file; values of protected records are never"
    " shown."
)


def _message(problem: Problem) -> str:
    remedy = spelled(problem.remedy)
    if not re.search(r"\w", re.sub("‹.*?›", "", remedy)):
        remedy = "The message itself says what to write."
    kind, message = problem.severity.capitalize(), _plain(spelled(problem.message))
    return f"*{kind}.* {message}\n\n{_plain(remedy)}"


def spelled(sentence: str) -> str:
    """A sentence with its gaps as `‹name›`."""
    pieces = string.Formatter().parse(sentence)
    return "".join(text + (f"‹{name}›" if name else "") for text, name, _, _ in pieces)


def _plain(sentence: str) -> str:
    """Words that Markdown must not take for marks of its own; what is in backticks stays."""
    halves = re.split(r"(`[^`]*`)", sentence.strip())
    return "".join(
        half if n % 2 else re.sub(r"([\\*_\[\]<>|])", r"\\\1", half)
        for n, half in enumerate(halves)
    )


# --- the door ---


def files(docs: Path) -> dict[Path, str]:
    """Every file that is written from the code, as it should be."""
    theme = docs / "theme.md"
    return {
        docs / "editors/fields.md": field_pages(),
        docs / "editors/diagnostics.md": diagnostic_pages(),
        theme: view_reference.with_views(theme.read_text("utf-8")),
    }


def main() -> None:
    """Rewrite what differs, in the checkout that this module stands in."""
    for path, text in files(Path(__file__).resolve().parents[2] / "docs").items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()

"""The interface texts for translators: collected from templates, code and closed lists.

`python -m aigaq.desk.catalogues` brings every `theme/locales/*.po` up to date: new texts are
added empty, texts that are gone are dropped, translations stay.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages import extract, pofile
from babel.messages.catalog import Catalog

from aigaq.output import shipped, theme
from aigaq.words import languages, vocabularies, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_IN_CODE = {"say": None, "say_many": (1, 2), "noted": None, "say_in": ((1, "c"), 2)}
_IN_TEMPLATES = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Lists whose labels no page shows.
_FOR_EDITORS = frozenset(
    {
        *("title_by", "decision", "untranslated", "protect", "after_review"),
        *("consent_scope", "consent_names", "consent_faces", "consent_status"),
        *("consent_voices", "recorded_voice"),
        *("coarse_place", "coarse_dates", "coarse_work", "coarse_words", "coarse_together"),
        *("search_engine", "search_extended"),
    }
)
_WIDTH = 96


def collected(templates: Mapping[str, str], code: Mapping[str, str]) -> Catalog:
    """Every interface text, without translations; `templates` and `code` are texts by path."""
    found = Catalog(charset="utf-8")
    for name, text in sorted(templates.items()):
        _add(found, f"templates/{name}", "jinja2.ext:babel_extract", text, _IN_TEMPLATES)
    for name, text in sorted(code.items()):
        _add(found, name, "python", text, _IN_CODE)
    for msgid, comment in wording.PHRASES:
        found.add(msgid, auto_comments=(comment,), flags=("python-brace-format",))
    for context, msgid in vocabularies.messages():
        if context not in _FOR_EDITORS:
            found.add(msgid, context=context)
    return found


def _add(
    catalogue: Catalog, name: str, method: str, text: str, keywords: Mapping[str, object]
) -> None:
    options = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
    for _, message, comments, context in extract.extract(
        method,
        io.BytesIO(text.encode()),
        keywords=keywords,  # type: ignore[arg-type]
        comment_tags=("i18n:",),
        options=options,
    ):
        catalogue.add(message, auto_comments=comments, context=context, locations=[(name, 0)])


def of_package() -> Catalog:
    """Every interface text of the package that is running."""
    package = Path(theme.__file__).parents[1]
    templates = shipped.folder("templates")
    return collected(dict(_texts(templates, "*.html")), dict(_texts(package / "pages", "*.py")))


def _texts(folder: Path, pattern: str) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob(pattern)):
        yield path.relative_to(folder).as_posix(), path.read_text("utf-8")


def updated(lang: str, po_text: str, wanted: Catalog) -> str:
    """The catalogue of a language with exactly the wanted texts; translations stay."""
    old = pofile.read_po(io.StringIO(po_text), locale=languages.of(lang).babel)
    kept = {(m.context, m.id): m for m in old if m.id}
    made = Catalog(
        locale=languages.of(lang).babel,
        charset="utf-8",
        header_comment=f"# Interface texts of aigaq: {languages.of(lang).autonym}",
        project="aigaq",
    )
    for message in wanted:
        if message.id:
            before = kept.get((message.context, message.id))
            made.add(
                message.id,
                message.id if lang == "en" else before.string if before else None,
                context=message.context,
                auto_comments=message.auto_comments,
                flags=message.flags,
            )
    return _written(made, is_draft="X-Status: draft" in po_text)


def _written(catalogue: Catalog, *, is_draft: bool) -> str:
    """The file: sorted, without dates or line numbers; it changes with its texts only."""
    out = io.BytesIO()
    pofile.write_po(out, catalogue, width=_WIDTH, omit_header=True, sort_output=True)
    header = [
        'msgid ""',
        'msgstr ""',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        f'"Language: {str(catalogue.locale).replace("_", "-")}\\n"',
        f'"Plural-Forms: {catalogue.plural_forms}\\n"',
        *(['"X-Status: draft\\n"'] if is_draft else []),
    ]
    return "\n".join([catalogue.header_comment, *header, "", out.getvalue().decode()])


def main() -> None:
    """Bring the catalogues of the checkout up to date."""
    wanted = of_package()
    for path in sorted((shipped.folder("theme") / "locales").glob("*.po")):
        path.write_text(updated(path.stem, path.read_text("utf-8"), wanted), "utf-8")


if __name__ == "__main__":
    main()

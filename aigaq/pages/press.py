"""From a planned page to its file: its view, its frame and its template, in its language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aigaq.pages import compiling, frame, kinds, render, texts
from aigaq.pages.context import Context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.archive.public import Site
    from aigaq.pages.page import Artifact, Page
    from aigaq.words.diagnostics import Diagnostic


# A function of the templates' texts, kept from one press to the next: the preview makes one for
# each edit, and to compile all templates takes 0.6 s.
_COMPILED = compiling.Cache()


@dataclass(frozen=True, slots=True)
class Press:
    """Interface texts and templates of every language of a site, made ready once.

    `kept` is what pages of one language share, by language: see `Context.once`.
    """

    site: Site
    texts: Mapping[str, texts.Texts]
    environments: Mapping[str, compiling.Environment]
    kept: Mapping[str, dict[object, tuple[object, Any]]] = field(
        default_factory=lambda: defaultdict(dict)
    )


def of(site: Site, *, templates: Mapping[str, str], catalogues: Mapping[str, str]) -> Press:
    """`templates` and `catalogues` are file texts, by template name and by language tag."""
    spoken = texts.of_languages(site.languages, catalogues)
    ready = {lang: render.environment(templates, t, _COMPILED) for lang, t in spoken.items()}
    return Press(site, spoken, ready)


def artifact(press: Press, page: Page) -> tuple[Artifact | None, list[Diagnostic]]:
    """The finished file of a page, or why its template could not make it."""
    kind = kinds.KINDS[page.kind]
    context = Context(page, press.site, press.texts[page.lang], press.kept[page.lang])
    return render.page(
        press.environments[page.lang],
        kind.TEMPLATE,
        view=kind.view(page, context),
        frame=frame.of(context),
        context=context,
    )

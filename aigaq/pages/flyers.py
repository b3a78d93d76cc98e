"""A sheet of paper for each of the missing: who has one, where it stands, and its QR code.

The code leads to the person's page, in the language of the sheet. A protected person has none,
nor has somebody who is back; nor is anything printed that its teller did not let be printed.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from aigaq.pages import addresses
from aigaq.pages.page import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aigaq.archive.public import Picture, Site
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.pages.status_lines import Reported

KIND = "flyer"
_SCOPE = "print"
_QUIET = 4  # modules of white around the code, as ISO/IEC 18004 asks


def has_one(index: Index, found: Reported | None) -> bool:
    """Whether somebody's latest status, as told, is to be printed."""
    if found is None or found.standing.group != "taken":
        return False
    return all(may_print(index, claim.text) for claim in found.claims)


def may_print(index: Index, text: str) -> bool:
    return _SCOPE in index.archive.texts[text].scope


def may_show(index: Index, photo: Picture | None) -> bool:
    return index.archive.may(_SCOPE, photo)


def path_of(person: str, lang: str) -> str:
    return addresses.of_record("person", f"{person}-flyer", lang)


def code_of(person: str, lang: str) -> str:
    """Where the picture of the code stands."""
    return path_of(person, lang).removesuffix(".html") + ".svg"


def artifacts(site: Site, pages: Iterable[Page]) -> Iterator[Artifact]:
    """The code of every flyer; none where the site does not know its own address."""
    for page in pages if site.address else ():
        if page.kind == KIND:
            person = page.inputs.person
            address = site.address + addresses.of_record("person", person, page.lang)
            yield Artifact(code_of(person, page.lang), _code(address))


def _code(address: str) -> bytes:
    """A QR code as SVG, without script, style or size of its own."""
    from aigaq.pages import qr  # noqa: PLC0415 - it brings a client for the web with it

    drawn = io.BytesIO()
    qr.made(address, error="m").save(
        drawn,
        kind="svg",
        border=_QUIET,
        dark="#000",
        light="#fff",
        xmldecl=False,
        nl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return drawn.getvalue()

"""A form in one HTML file that makes new records: no server, no account, no network.

Law: the file asks nobody for anything and keeps nothing; a policy in it forbids both.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from aigaq.desk import papers, questions, scaffold
from aigaq.source import characters
from aigaq.words import languages, vocabularies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigaq.words.tongue import Tongue

_RECORDS = ("testimony", "person", "consent")
# Keys of a claim that the form asks for where its kind may have them.
_OF_A_KIND = ("status", "years", "reason", "given_by", "value")
_GAPS = {name: f"{{{name}}}" for name in ("name", "folder")}  # the script fills these


def page(site_languages: Sequence[str], tongue: Tongue, *, mirrors: bool = False) -> str:
    """The whole file, in the language of `tongue`, for texts in the languages of the site.

    `mirrors` is whether the site's texts must be allowed to be copied.
    """
    tags = [(tag, f"{languages.of(tag).autonym} ({tag})") for tag in site_languages]
    return papers.rendered(
        "form.html",
        tongue,
        tags=tags,
        again=[part.key for part in questions.PARTS if part.again],
        data=_data(site_languages, tongue, mirrors=mirrors),
        style=papers.inline("form.css"),
        script=papers.inline("form.js"),
    )


def _data(site_languages: Sequence[str], tongue: Tongue, *, mirrors: bool) -> Markup:
    """What the script needs; no `<` in it, so that it cannot end early (HTML, 13.2.5.14)."""
    data = {
        "joiners": {tag: characters.needed_by(tag) for tag in site_languages},
        "mirrors": mirrors,
        "alphabet": scaffold.ALPHABET,
        "folders": {kind: scaffold.KINDS[kind].folder for kind in _RECORDS},
        "skeletons": {kind: scaffold.skeleton(kind, tongue.lang) for kind in _RECORDS},
        "claims": {
            what: {"needs": rule.needs, "asks": _asked(rule.needs, rule.may)}
            for what, rule in vocabularies.CLAIM_FIELDS.items()
        },
        "said": {key: tongue.say(words, _GAPS) for key, words in questions.SAID.items()},
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - ours, and JSON


def _asked(needs: Sequence[str], may: Sequence[str]) -> list[str]:
    """What is asked of a kind of claim alone; words only where it needs them."""
    return [key for key in _OF_A_KIND if key in (*needs, *may)] + [
        key for key in needs if key == "words"
    ]

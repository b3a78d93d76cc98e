"""What is hidden leaves no trace: every byte of the output is read, packed files unpacked.

Each site is built with everybody in it and its cache warm; then somebody is hidden, and it is
built again. Traces are looked for in every spelling and sound that the search itself knows.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.words import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

PERSON = ("Қырмызай Тоғжанқызы", "Qyrmyzai Toghzhan", "قىرمىزاي توغجان", "卡尔扎伊")
WORDS = "Dvelzhorn Krumpfisk"  # in the body of t-2 alone
TITLE = "Brastolind"


def full(site: Any) -> Any:
    languages = ("en", "kk", "ug", "zh-Hans")
    spellings = [
        {"text": text, "lang": lang, "kind": "preferred"}
        for text, lang in zip(PERSON, ("kk", "en", "ug", "zh-Hans"), strict=True)
    ]
    return (
        site.config(languages=languages, address="https://archive.example.org/")
        .person("p-hidden", names=spellings, summary="Placeholder words.")
        .testimony("t-1", about=[{"person": "p-hidden", "relation": "mother"}])
        .testimony("t-2", title=TITLE, body=f"They called it {WORDS}.\n", told_by="p-other")
        .person("p-other", "Placeholder Other")
        .translation("t-2", "kk", f"Оны {WORDS} деп атады.\n")
    )


def under_another_name(site: Any) -> None:
    site.person("p-hidden", "Rose", protect="pseudonym")


def restricted(site: Any) -> None:
    site.person("p-hidden", names=None, protect="restricted")


def only_counted(site: Any) -> None:
    site.person("p-hidden", names=None, protect="group-only")


def removed(site: Any) -> None:
    site.remove("content/people/p-hidden.yaml").testimony("t-1")


def without_consent(site: Any) -> None:
    site.consent("c-t-2", given_by="p-other", status="withdrawn")


def withdrawn(site: Any) -> None:
    site.testimony("t-2", title=None, body="", told_by="p-other", protect="withdrawn")
    site.remove("content/testimonies/t-2.kk.md")


def text_removed(site: Any) -> None:
    site.remove("content/testimonies/t-2.en.md").remove("content/testimonies/t-2.kk.md")


HIDDEN: dict[Callable[[Any], None], tuple[str, ...]] = {
    under_another_name: PERSON,
    restricted: PERSON,
    only_counted: PERSON,
    removed: PERSON,
    without_consent: (WORDS, TITLE),
    withdrawn: (WORDS, TITLE),
    text_removed: (WORDS, TITLE),
}


def disguises(name: str) -> set[str]:
    """A name and its words, as written, as folded, in other scripts, as they sound."""
    written = {name, *name.split()}
    if names.is_han(name):
        return {name, " ".join(name)}
    for lang in ("en", "kk", "ru", "ug"):
        for one in (name, *name.split()):
            written.update(
                text for some in names.spellings(one, lang).values() for text in some
            )
    heard = {
        form for word in names.words(name) for form in (*names.stems(word), *names.roots(word))
    }
    folded = {names.folded(one) for one in written} | {unmarked(one) for one in written}
    escaped = {json.dumps(one)[1:-1] for one in written}
    return {one.lower() for one in written | folded | escaped | heard if len(one) > 3}


def unmarked(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def found(folder: Path, hidden: Iterable[str]) -> dict[str, set[str]]:
    """By disguise the kinds of files in which it stands; the path counts as well."""
    looked_for = {form for name in hidden for form in disguises(name)}
    where: dict[str, set[str]] = {}
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        data = path.read_bytes()
        data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        text = f"{path.relative_to(folder)}\n{data.decode('utf-8', 'ignore')}".lower()
        for form in looked_for:
            if form in text:
                where.setdefault(form, set()).add(path.suffix)
    return where


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_what_is_hidden_leaves_no_trace(hide: Callable[[Any], None], site: Any) -> None:
    full(site).build(search=True)
    before = found(site.public, HIDDEN[hide])
    kinds = {".html", ".pf_fragment", ".pf_index", *([".js"] if HIDDEN[hide] == PERSON else [])}
    assert kinds <= set().union(*before.values())

    hide(site)
    report = site.build(search=True)

    assert report.status == 0, report.problems
    assert found(site.public, HIDDEN[hide]) == {}


def test_the_cache_forgets_withdrawn_words_as_well(site: Any) -> None:
    full(site).build(search=True)
    assert found(site.root / ".cache", (WORDS, *PERSON)) != {}

    text_removed(site)
    under_another_name(site)
    site.build(search=True)

    assert found(site.root / ".cache", (WORDS, *PERSON)) == {}

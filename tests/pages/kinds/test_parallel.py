from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from aigaq.words.stamps import Pair

READ, ORIGINAL = "en/testimonies/t-1111.html", "kk/testimonies/t-1111.html"
BOTH = "en/testimonies/t-1111.parallel.html"


@pytest.fixture(name="paired")
def _paired(archive: Any, changed: Any) -> Any:
    """`paired(second=Pair(…))`: the daughter's testimony, of whose paragraphs all is known."""
    text = archive.texts["t-1111"]
    blocks = {v.lang: [b for b in v.body.blocks if b.address] for v in text.versions}

    def make(**other: Pair) -> Any:
        pairs = [
            Pair(here=here.address, there=there.address)
            for here, there in zip(blocks["en"], blocks["kk"], strict=False)
        ]
        made = tuple(other.get(pair.here, pair) for pair in pairs)
        versions = tuple(
            dataclasses.replace(v, translation=dataclasses.replace(v.translation, pairs=made))
            if v.translation
            else v
            for v in text.versions
        )
        return changed(archive, texts={"t-1111": {"versions": versions}})

    return make


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def ids(html: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', html)


def test_there_is_one_page_for_each_translation_and_none_where_nothing_is_known(
    archive: Any, paired: Any, pages_of: Any
) -> None:
    assert not [path for path in pages_of(archive) if "parallel" in path]
    assert [path for path in pages_of(paired()) if "parallel" in path] == [BOTH]


def test_both_are_there_each_in_its_language_and_every_id_once(
    paired: Any, html_of: Any
) -> None:
    html = main(html_of(paired(), BOTH))

    assert 'id="p1"' in html
    assert 'id="o-p1"' in html
    assert '<div class="words" lang="kk" dir="ltr">' in html
    assert len(ids(html)) == len(set(ids(html)))


def test_numbers_lead_to_the_page_that_is_cited(paired: Any, html_of: Any) -> None:
    found = re.findall(r'class="cite" href="([^"]+)"', main(html_of(paired(), BOTH)))

    assert found[:2] == ["t-1111.html#p1", "../../kk/testimonies/t-1111.html#p1"]


def test_it_is_the_same_as_the_page_on_which_one_reads(paired: Any, pages_of: Any) -> None:
    page = pages_of(paired())[BOTH]

    assert (page.canonical, page.alternates) == (READ, ())
    assert [(e.lang, e.path) for e in page.editions][:2] == [("en", BOTH), ("kk", ORIGINAL)]


def test_reading_page_and_original_lead_to_it(paired: Any, html_of: Any) -> None:
    archive = paired()

    assert 'href="t-1111.parallel.html"' in main(html_of(archive, READ))
    assert 'href="../../en/testimonies/t-1111.parallel.html"' in main(
        html_of(archive, ORIGINAL)
    )


def test_a_paragraph_whose_original_has_changed_says_so_here_and_where_it_is_read(
    paired: Any, html_of: Any
) -> None:
    archive = paired(p1=Pair(here="p1", there="p1", changed=True))
    said = "The original of this paragraph has changed since it was translated."

    assert main(html_of(archive, BOTH)).count(said) == 1
    read = main(html_of(archive, READ))
    assert read.count(said) == 1
    assert read.index('id="p1"') < read.index(said) < read.index('id="p2"')
    assert "<bdi>1</bdi> paragraph is marked" in read
    assert said not in html_of(archive, ORIGINAL)


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (Pair(here="p1"), "Not in the original."),
        (Pair(here="p1", changed=True), "The original no longer has this paragraph."),
    ],
)
def test_a_paragraph_of_the_translation_alone_says_so(
    pair: Pair, said: str, paired: Any, html_of: Any
) -> None:
    html = main(html_of(paired(p1=pair), BOTH))

    assert said in html
    assert "Not in the translation." in html  # its former partner
    assert main(html_of(paired(), BOTH)).count(said) == 0


def test_the_switcher_says_how_the_words_came_about(paired: Any, view_of: Any) -> None:
    archive = paired()
    from aigaq.pages import context, frame, texts  # noqa: PLC0415 - this test alone
    from aigaq.pages.index import Index  # noqa: PLC0415
    from aigaq.pages.kinds import parallel, text  # noqa: PLC0415

    def made(module: Any, path: str) -> dict[str, tuple[str, ...]]:
        [page] = (p for p in module.plan(Index(archive)) if p.path == path)
        shown = frame.of(context.Context(page, archive.site, texts.of("en", "")))
        return {entry.tag: entry.made for entry in shown.languages}

    assert made(parallel, BOTH)["kk"] == ("original",)
    assert "ug" not in made(parallel, BOTH)
    assert made(text, READ)["ug"] == ("untranslated",)

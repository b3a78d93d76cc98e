"""The comparison with Hugo compares: as many pages of each kind, of the same words."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from aigaq import pipeline
from aigaq.pages.kinds import people, texts, timeline, topic, wall
from bench import corpus, cost
from bench.build import convert, live, records, rows, sites
from bench.build.rows import Figures, Line

LINK = re.compile(r"\]\(/([\w-]+)/(\w+)/([\w-]+)\.html\)")
PAIRS = [(2.0, 4.0), (3.0, 4.0), (1.0, 10.0)]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("archive") / "ours"
    corpus.write(root, 14)
    return root


@pytest.fixture(scope="module")
def hugo(root: Path) -> Path:
    convert.write(root, root.with_name("hugo"))
    return root.with_name("hugo")


def front(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8").split("---\n")[1])


def test_hugo_shall_make_as_many_pages_of_each_kind_as_we_do(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind, size in ((people, 7), (texts, 5), (timeline, 3), (topic, 1), (wall, 2)):
        monkeypatch.setattr(kind, "SIZE", size)  # so that even this archive has long lists

    shall = convert.write(root, tmp_path / "hugo")

    options = pipeline.Options(search=False, jobs=1)
    ours, problems, _ = pipeline.prepare(root, options=options, step=lambda _: None)
    assert ours is not None, problems
    assert shall == Counter(page.kind for page in ours.pages.values())
    assert min(shall[kind] for kind in ("people", "texts", "topic", "wall", "parallel")) > 5


def test_hugo_reads_the_words_that_we_read(root: Path, hugo: Path) -> None:
    found = records.read(root)

    for text in found.editions():
        file = hugo / f"content/{text.lang.lower()}/testimonies/{text.id}.md"
        body = file.read_text("utf-8").split("---\n\n")[1]
        assert re.sub(r"\(.*?\)", "", body) == re.sub(r"\(.*?\)", "", text.body)
        assert front(file)["title"] == text.header["title"]


def test_a_translation_claims_the_same_in_its_own_words(root: Path) -> None:
    several = [one for one in records.read(root).texts.values() if len(one) > 1]

    assert several
    for editions in several:
        claims = [text.header["claims"] for text in editions.values()]
        for same in zip(*claims, strict=True):
            assert len({claim["words"] for claim in same}) == len(editions)
            assert len({(c["about"], c["what"], c["when"], c["where"]) for c in same}) == 1


def test_links_lead_to_pages_of_hugo(hugo: Path) -> None:
    names = json.loads((hugo / "data/names.json").read_text("utf-8"))
    found = [
        link.groups()
        for file in hugo.rglob("content/*/testimonies/t-*.md")
        for link in re.finditer(
            r"\]\(/([\w-]+)/(\w+)/([\w-]+)\.html\)", file.read_text("utf-8")
        )
    ]

    assert {folder for _, folder, _ in found} == {"testimonies", "people", "places"}
    for lang, folder, one in found:
        is_text = (hugo / f"content/{lang}/{folder}/{one}.md").is_file()
        assert is_text if folder == "testimonies" else one in names[lang]


def test_every_claim_stands_on_a_page_of_its_year(hugo: Path) -> None:
    years = json.loads((hugo / "data/years.json").read_text("utf-8"))

    claims = [one for file in hugo.rglob("t-*.md") for one in front(file)["claims"]]

    assert claims
    for claim in claims:
        assert claim["page"] in years
        assert claim["page"].startswith(claim["when"][:4])


def test_what_is_edited_for_a_moment_is_as_before_afterwards(root: Path, hugo: Path) -> None:
    site = sites.Sites(root, hugo, sites.Peers(root.parent))
    _, files = site.files_of("ru")
    before = [file.read_bytes() for file in files]

    with site.edited("ru", "Placeholder words"):
        during = [file.read_text("utf-8") for file in files]
        sites.edit(files[0], "Other words")
        again = files[0].read_text("utf-8")

    assert [text.count("Placeholder words") for text in during] == [1, 1]
    assert ("Placeholder words" in again, again.count("Other words")) == (False, 1)
    assert [file.read_bytes() for file in files] == before


def test_sites_with_different_numbers_of_pages_are_no_comparison(tmp_path: Path) -> None:
    site = sites.Sites(tmp_path / "ours", tmp_path / "hugo", sites.Peers(tmp_path))
    for path in ("ours/public/a.html", "ours/public/b.html", "hugo/public/a.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("<p>")

    with pytest.raises(SystemExit, match=r"2 pages of ours, 1 of Hugo's"):
        site.compared()


def test_once_means_that_others_are_measured_once_and_their_site_stays(tmp_path: Path) -> None:
    def other(work: Path, *, once: bool) -> tuple[int, bool]:
        program = work / "program"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\nmkdir -p {work}/hugo/public\necho >> {work}/runs\n")
        program.chmod(0o755)
        peers = sites.Peers(work)
        vars(peers)["hugo"] = str(program)
        site = sites.Sites(work / "ours", work / "hugo", peers, once=once)
        costs = [site.hugo(), site.hugo()]
        site.forget()
        runs = (work / "runs").read_text().count("\n")
        assert (costs[0] is costs[1]) == once
        return runs, (work / "hugo/public").is_dir()

    assert other(tmp_path / "once", once=True) == (1, True)
    assert other(tmp_path / "each", once=False) == (2, False)


def test_a_ratio_is_that_of_pairs() -> None:
    made = Figures(Line("what", "s", "beside", 0.4), PAIRS)

    assert made.cells() == (
        *("what", "2.0 s", "beside 4.0 s", "0.5 (0.10–0.75)"),
        *("≤ 0.4", "no"),
    )


def test_figures_of_a_line_are_kept_in_the_order_of_the_rounds() -> None:
    found = rows.gathered([("help cpu", 120, 0), ("same wall", 1, 2), ("same wall", 3, 4)])

    assert {key: one.pairs for key, one in found.items()} == {
        "help cpu": [(120, 0)],
        "same wall": [(1, 2), (3, 4)],
    }


def test_what_has_nothing_beside_it_is_an_amount() -> None:
    made = Figures(Line("what", "ms", reach=150), [(120, 0), (140, 0), (900, 0)])

    assert made.cells() == ("what", "140 ms", "", "", "≤ 150 ms", "yes")


def test_growth_is_one_where_ten_times_as_much_takes_ten_times_as_long() -> None:
    small, large = (Figures(Line("what", "s"), [(time, 0)]) for time in (2.0, 22.0))

    assert rows.growth(small, large, 10) == "1.10"


def test_processors_are_counted_that_a_process_without_parent_used() -> None:
    burn = "import time\nwhile time.process_time() < 0.4: pass"
    left = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn!r}])"

    spent = cost.of([sys.executable, "-c", left])

    assert spent.cpu > 0.4


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(SystemExit, match="Placeholder reason"):
        cost.of([sys.executable, "-c", "raise SystemExit('Placeholder reason')"])


def test_the_preview_is_measured_until_its_page_tells_the_edit(root: Path) -> None:
    site = sites.Sites(root, root, sites.Peers(root.parent))
    _, (file, _) = site.files_of("en")
    before = file.read_bytes()

    times = live.ours(site, 2)

    assert len(times) == 2
    assert all(0.05 < seconds < live.PATIENCE for seconds in times)
    assert file.read_bytes() == before

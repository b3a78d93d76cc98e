"""What the benchmarks measure is what they say: no form is quick because it is not read."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from aigaq import pipeline
from aigaq.archive import identities, spellings
from aigaq.words import edtf

ROOT = Path(__file__).resolve().parents[1]


def of(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / f"bench/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for themselves
    spec.loader.exec_module(module)
    return module


DATES = of("dates")


@pytest.mark.parametrize("form", [*DATES.NOTATION, *DATES.WORDS])
def test_every_date_of_the_benchmark_is_read(form: str) -> None:
    templates = DATES.WORDS.get(form) or (DATES.NOTATION[form],)

    texts = [template.format_map(DATES.gaps()) for template in templates for _ in range(9)]

    assert [text for text in texts if edtf.parse(text) is None] == []


@pytest.mark.parametrize("form", DATES.WORDS)
def test_every_form_of_the_benchmark_is_there_in_each_language(form: str) -> None:
    assert len(DATES.WORDS[form]) == len(DATES.LANGUAGES)


def test_the_names_of_the_benchmark_are_as_many_and_declared() -> None:
    archive = of("names_report").synthetic(200)

    assert (len(archive.people), len(archive.texts)) == (200, 20)
    assert spellings.found(archive) == ()
    assert identities.found(archive).crowds


def test_a_changed_name_of_the_benchmark_is_another_word_and_stands_in_a_text() -> None:
    archive = of("names_report").synthetic(50)

    lang, changed, told = next(of("names_report")._changed(archive))

    assert (lang, bool(told)) == ("en", True)
    bodies = " ".join(text.written.body for text in changed.texts.values())
    assert all(word in bodies for word in told)


def test_the_synthetic_archive_is_the_same_each_time_and_nothing_is_wrong_with_it(
    tmp_path: Path,
) -> None:
    corpus = of("corpus")
    folders = [tmp_path / "one", tmp_path / "two"]

    counts = {corpus.write(folder, 25) for folder in folders}

    one, two = ({p.relative_to(f): p.read_bytes() for p in f.rglob("*.*")} for f in folders)
    assert one == two
    assert counts == {len(one)}
    found, files = pipeline.check(folders[0], step=lambda _: None)
    assert (found, files) == ([], len(one))


def test_the_synthetic_archive_has_the_languages_that_it_says(tmp_path: Path) -> None:
    corpus = of("corpus")

    corpus.write(tmp_path / "site", 100)

    names = [path.name.split(".") for path in tmp_path.rglob("t-*.md")]
    for lang, share in corpus.SHARE.items():
        count = sum(name[1] == lang for name in names)
        assert abs(count - 100 * share) <= 12, lang


def test_the_cost_of_a_command_has_the_memory_of_all_that_it_starts() -> None:
    hold = "import time; held = bytearray(60_000_000); time.sleep(0.5)"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"

    cost = of("cost").of([sys.executable, "-c", f"{start}; {hold}"])

    assert 60 < cost.memory < 200
    assert cost.wall > 1.0
    assert 0 < cost.cpu < cost.wall


def test_every_pair_of_names_is_asked_within_one_cluster() -> None:
    clusters = of("search/names").clusters()
    lines = (ROOT / "tests/words/name_pairs.txt").read_text("utf-8").splitlines()
    same = [line.split("\t")[:2] for line in lines if line.endswith("\t+")]

    assert len(same) > 150
    for one, other in same:
        assert sum({one, other} <= {*cluster} for cluster in clusters) == 1


def test_made_up_people_have_none_of_the_names_that_are_asked_for() -> None:
    made = of("search/names").people(500, without={"nurzhan"})

    words = [word for one in made for word in one.names[0].text.split()]
    assert len(made) == 500
    assert "Нұржан" not in words
    assert words.count(max(words, key=words.count)) > 10  # some names are very common


@pytest.mark.parametrize("lang", ["kk", "ug", "tr"])
def test_each_pair_of_words_was_judged_once_and_is_of_two_words(lang: str) -> None:
    judged = of("search/precision").JUDGED[lang]

    pairs = [pair for sample in judged.values() for kind in sample.values() for pair in kind]
    assert len(pairs) == len({frozenset(pair.split()) for pair in pairs}) == 260
    assert {len(pair.split()) for pair in pairs} == {2}


@pytest.mark.parametrize(("lang", "least"), [("kk", 0.8), ("ug", 0.9), ("tr", 0.7)])
def test_words_that_share_a_key_are_mostly_forms_of_one(lang: str, least: float) -> None:
    precision = of("search/precision")

    for sample in precision.JUDGED[lang].values():
        same, *others = (precision.sharing(sample[kind], lang) for kind in precision.KINDS)
        assert same / (same + sum(others)) > least
        assert same / len(sample["same"]) > 0.95


def test_a_result_without_a_form_of_the_word_is_counted_as_one() -> None:
    texts = {"one": "ол лагерьлерде болды", "two": "қала мен дала", "three": "лагерім"}

    share = of("search/fulltext").strange(
        [["one", "two", "three"], []], ["лагерьде лагерьлерде", "түрме түрмеге"], texts
    )

    assert share == pytest.approx(1 / 3)

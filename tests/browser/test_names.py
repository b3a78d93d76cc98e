"""The index of names in a browser, from a disk: the same as in Python, and who is found."""

from __future__ import annotations

import datetime
import json
import pathlib
import random
import shutil
import subprocess
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive.public import NOTHING, Name, Organisation, Person, Place, PublicArchive, Site
from aigaq.pages import name_index
from aigaq.words import names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api")
NODE = shutil.which("node")
pytestmark = pytest.mark.browser
ROOT = pathlib.Path(__file__).parents[2]
SCRIPT = ROOT / "theme/js/names.js"
STRICT = "default-src 'none'; script-src 'self'"
LINES = (ROOT / "tests/words/name_pairs.txt").read_text("utf-8").splitlines()
PAIRS = [line.split("\t")[:2] for line in LINES if not line.startswith("#")]
BOTH = list(chain.from_iterable(PAIRS))
LETTERS = [
    "abcdefghijklmnopqrstuvwxyz'’ -şığçöüâñäūıİŞÖ́",
    "абвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыьэюяәіўҳҷ ӘҚҒ-",
    "ابپتجچحخدذرزژسشصضطظعغفقكکگڭلمنهھەوۇۆۈۋيیىېئءٴآأإةـ\u200c ﷲﻻﺎ",
]
WORDS = """([names, pairs]) => {
  const { folded, sounded, skeleton, keys, alike, distance } = aigaqNames;
  const heard = (name) => folded(name).split(" ").map(sounded);
  return {
    names: names.map((name) => [folded(name), heard(name), skeleton(name), keys(name)]),
    pairs: pairs.map(([a, b]) => [alike(a, b), alike(a, b, false), distance(a, b, 9)]),
  };
}"""
FIND = """async ([query, options]) => {
  const hits = await aigaqNames.find(query, { languages: ["en", "kk"], ...options });
  return { hits: [...hits], more: hits.more, files: hits.files };
}"""


def made_up(count: int) -> list[str]:
    rng = random.Random(11)
    return [
        "".join(rng.choices(rng.choice(LETTERS), k=rng.randint(1, 12))) for _ in range(count)
    ]


def in_python(texts: list[str], pairs: list[list[str]]) -> dict[str, Any]:
    heard = {text: names.folded(text).split() or [""] for text in texts}
    return {
        "names": [
            [
                names.folded(text),
                [names.sounded(word) for word in heard[text]],
                names.skeleton(text),
                list(names.keys(text)),
            ]
            for text in texts
        ],
        "pairs": [
            [names.alike(a, b), names.alike(a, b, with_endings=False), names.distance(a, b, 9)]
            for a, b in pairs
        ],
    }


def opened(browser: Browser, folder: pathlib.Path, archive: PublicArchive) -> Page:
    """A page two folders down on a disk, under a strict policy."""
    for one in name_index.artifacts(archive):
        path = folder / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.data)
    shutil.copy(SCRIPT, folder / "assets")
    (folder / "en").mkdir()
    (folder / "en/page.html").write_text(
        f'<!doctype html><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{STRICT}">'
        f'<script src="../assets/names.js"></script>',
        "utf-8",
    )
    page = browser.new_page()
    page.goto((folder / "en/page.html").as_uri())
    return page


def named(*shown: tuple[str, str, str]) -> tuple[Name, ...]:
    return tuple(Name(text=text, lang=lang, kinds=(kind,)) for text, lang, kind in shown)


def archive_of(**records: Any) -> PublicArchive:
    return PublicArchive(
        site=Site(title=NOTHING),
        built=datetime.date(2026, 1, 1),
        **{kind: {one.id: one for one in held} for kind, held in records.items()},
    )


SMALL = archive_of(
    people=(
        Person(
            id="p-1",
            names=named(
                ("Placeholder Serikzhan", "en", "preferred"),
                ("Плейсхолдер Серікжан", "kk", "preferred"),
                ("占位塞力克江", "zh-Hans", "registered"),
            ),
        ),
        Person(id="p-2", names=named(("Placeholder Daughter", "en", "preferred"))),
        Person(
            id="p-3",
            names=named(("Interviewer A.", "en", "pseudonym")),
            protect="pseudonym",
        ),
        Person(
            id="p-4",
            names=named(
                ("Placeholder Zhanar", "en", "preferred"),
                ("Placeholder Kunbolatqyzy", "en", "registered"),
                ("the wife of Mukhtar", "en", "described"),
            ),
        ),
    ),
    places=(Place(id="pl-1", type="city", names=named(("Құлжа", "kk", "preferred"))),),
    organisations=(
        Organisation(id="o-1", type="media", names=named(("Shynar Press", "en", "preferred"))),
    ),
)


@pytest.fixture(scope="module")
def find(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., dict[str, Any]]:
    page = opened(browser, tmp_path_factory.mktemp("small"), SMALL)
    return lambda query, **options: page.evaluate(FIND, [query, {"root": "../", **options}])


def test_every_pair_and_random_words_are_the_same_in_browser_and_python(
    browser: Browser, tmp_path: pathlib.Path
) -> None:
    page = opened(browser, tmp_path, SMALL)
    page.evaluate("() => aigaqNames.prepare({ root: '../' })")
    some = made_up(3000)
    texts = [*{text for pair in PAIRS for text in pair}, *some]
    pairs = [*PAIRS, *([a, b] for a, b in pairwise(some))]

    assert page.evaluate(WORDS, [texts, pairs]) == in_python(texts, pairs)


@pytest.mark.skipif(NODE is None, reason="there is no Node here")
def test_every_pair_is_the_same_in_node(tmp_path: pathlib.Path) -> None:
    index = next(a.data for a in name_index.artifacts(SMALL) if a.path.endswith("index.js"))
    call = f"console.log(JSON.stringify(({WORDS})({json.dumps([BOTH, PAIRS])})))"
    program = tmp_path / "pairs.js"
    program.write_text(
        f"globalThis.window = globalThis;\n{SCRIPT.read_text()}\n{index.decode()}\n{call}"
    )
    assert NODE is not None

    done = subprocess.run([NODE, program], capture_output=True, check=True, text=True)

    assert json.loads(done.stdout) == in_python(BOTH, PAIRS)


@pytest.mark.parametrize(
    ("query", "rank", "also"),
    [
        ("Placeholder Serikzhan", "exact", ""),
        ("serikzhan placeholder", "exact", ""),
        ("Placeholder Serik", "prefix", ""),
        ("Serikjan", "sounds", ""),
        ("Serik Zhan", "exact", ""),
        ("Серикжан", "exact", ""),
        ("Серікжан Placeholder", "exact", ""),
        ("سەرىكجان", "sounds", ""),
        ("Сәрікжан Плейсхолдер", "sounds", "Плейсхолдер Серікжан"),
        ("塞力克江", "prefix", "占位塞力克江"),
        ("力克", "prefix", "占位塞力克江"),
        ("佔位", "prefix", "占位塞力克江"),  # as in Taiwan
        ("Serikzan", "similar", ""),
        ("Serihzkan", "similar", ""),
        ("Derikzhan", "similar", ""),
    ],
)
def test_a_person_is_found_by_any_spelling_and_it_is_said_how(
    find: Callable[..., Mapping[str, Any]], query: str, rank: str, also: str
) -> None:
    hit = find(query)["hits"][0]

    assert (hit["path"], hit["kind"]) == ("people/p-1.html", "person")
    assert (hit["title"], hit["lang"]) == ("Placeholder Serikzhan", "en")
    assert (hit["rank"], hit["also"]) == (rank, also)


def test_words_with_an_ending_and_without_find_each_other(
    find: Callable[..., Mapping[str, Any]],
) -> None:
    hits = find("Құнболат")["hits"]

    assert [hit["also"] for hit in hits] == ["Placeholder Kunbolatqyzy"]


def test_a_description_holds_somebody_elses_name_and_is_not_searched(
    find: Callable[..., Mapping[str, Any]],
) -> None:
    assert find("Mukhtar")["hits"] == []


@pytest.mark.parametrize(
    ("query", "path", "kind"),
    [
        ("Qulja", "places/pl-1.html", "place"),
        ("Шынар", "organisations/o-1.html", "organisation"),
        ("interviewer a", "people/p-3.html", "person"),
    ],
)
def test_places_organisations_and_pseudonyms_are_found_too(
    find: Callable[..., Mapping[str, Any]], query: str, path: str, kind: str
) -> None:
    assert [(hit["path"], hit["kind"]) for hit in find(query)["hits"]] == [(path, kind)]


def test_the_title_is_in_the_language_of_the_page(
    find: Callable[..., Mapping[str, Any]],
) -> None:
    (hit,) = find("Serikjan", languages=["kk", "ru", "en"])["hits"]

    assert (hit["title"], hit["lang"]) == ("Плейсхолдер Серікжан", "kk")


@pytest.mark.parametrize("query", ["", " – ", "'", "xyzzy", "王"])
def test_who_is_not_there_is_not_found(
    find: Callable[..., Mapping[str, Any]], query: str
) -> None:
    assert find(query) == {"hits": [], "more": False, "files": find(query)["files"]}


def test_the_best_are_told_and_that_there_are_more(
    find: Callable[..., Mapping[str, Any]],
) -> None:
    found = find("placeholder", limit=2)

    assert len(found["hits"]) == 2
    assert found["more"]


def test_nothing_is_read_before_somebody_asks(browser: Browser, tmp_path: pathlib.Path) -> None:
    page = opened(browser, tmp_path, SMALL)

    assert page.locator("script").count() == 1


def test_a_file_that_does_not_come_is_an_error_and_is_asked_for_again(
    browser: Browser, tmp_path: pathlib.Path
) -> None:
    page = opened(browser, tmp_path, SMALL)
    ask = [FIND, ["Serikzhan", {"root": "../"}]]
    shard, away = tmp_path / "assets/names/n-.js", tmp_path / "away.js"
    shard.rename(away)
    with pytest.raises(sync_api.Error, match="n- did not arrive"):
        page.evaluate(*ask)
    away.rename(shard)

    assert page.evaluate(*ask)["hits"][0]["path"] == "people/p-1.html"


# --- an archive of many files ---

GIVEN = [
    a + b for a in ("Nur", "Ber", "Qal", "Tur", "Zhan") for b in ("bek", "lan", "gul", "tay")
]


@pytest.fixture(scope="module")
def among_many(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., dict[str, Any]]:
    """Each two of some names twenty times, and three that nobody else has."""
    texts = [f"{one} {other}" for one in GIVEN for other in GIVEN for _ in range(20)]
    texts += ["Erkin Dolqun", "Serikzhan Bilash", "Kenzhe"]
    people = (
        Person(id=f"p-{n:04}", names=named((text, "en", "preferred")))
        for n, text in enumerate(texts)
    )
    page = opened(browser, tmp_path_factory.mktemp("many"), archive_of(people=(*people,)))
    return lambda query: page.evaluate(FIND, [query, {"root": "../", "limit": 100}])


@pytest.mark.parametrize("query", ["Nurbek Zhangul", "Жангүл Нурбек", "Nurbek Zhangu"])
def test_two_words_read_one_file_and_find_all_who_are_called_so(
    among_many: Callable[..., Mapping[str, Any]], query: str
) -> None:
    found = among_many(query)
    called = {hit["title"] for hit in found["hits"]}

    assert called == {"Nurbek Zhangul", "Zhangul Nurbek"}
    assert (len(found["hits"]), found["more"]) == (40, False)


def test_whole_names_read_one_file(among_many: Callable[..., Mapping[str, Any]]) -> None:
    asked = ["Nurbek Zhangul", "Qaltay Berlan", "Erkin Dolqun", "Dolkun", "كەنجە"]

    assert [among_many(query)["files"] for query in asked] == [1] * len(asked)


def test_of_a_very_common_name_some_are_told_and_that_there_are_more(
    among_many: Callable[..., Mapping[str, Any]],
) -> None:
    found = among_many("Nurbek")

    assert len(found["hits"]) == 100
    assert (found["more"], found["files"]) == (True, 1)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("Terkin Dolqun", "Erkin Dolqun"),
        ("Erkin Bolqun", "Erkin Dolqun"),
        ("Dolqum", "Erkin Dolqun"),
        ("Doqlun", "Erkin Dolqun"),
        ("Serik Zhan", "Serikzhan Bilash"),
        ("Серик Жан", "Serikzhan Bilash"),
        ("Derikzhan", "Serikzhan Bilash"),
        ("Bila", "Serikzhan Bilash"),
        ("Bilash Serik", "Serikzhan Bilash"),
    ],
)
def test_a_rare_name_is_found_among_many_by_a_part_and_with_a_slip(
    among_many: Callable[..., Mapping[str, Any]], query: str, title: str
) -> None:
    found = among_many(query)

    assert found["hits"][0]["title"] == title
    assert found["files"] <= 6


# --- mistakes ---


@pytest.fixture(scope="module")
def among_similar(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., list[str]]:
    """The titles that a query finds among names that are nearly alike."""
    texts = [
        "Serik Zhan",
        "Serik Zhan Bilash",
        "Serikdos Zhanbek",
        "Daulet",
        "Qalida Bek",
        "Qaidos Bek",
    ]
    texts += [f"Daurat {name}" for name in GIVEN]
    people = (
        Person(id=f"p-{n:02}", names=named((text, "en", "preferred")))
        for n, text in enumerate(texts)
    )
    page = opened(browser, tmp_path_factory.mktemp("similar"), archive_of(people=(*people,)))
    ask = [{"root": "../", "limit": 100}]
    return lambda query: [hit["title"] for hit in page.evaluate(FIND, [query, *ask])["hits"]]


def test_beside_who_has_some_of_the_words_stands_who_has_all_with_a_mistake(
    among_similar: Callable[..., list[str]],
) -> None:
    assert among_similar("Serik Zhan Bikash") == ["Serik Zhan", "Serik Zhan Bilash"]


def test_names_that_are_not_the_nearest_are_told_only_while_they_are_few(
    among_similar: Callable[..., list[str]],
) -> None:
    found = among_similar("Dauet")

    assert found[0] == "Daulet"
    assert len(found) == 5


def test_a_name_with_a_mistake_stands_before_those_that_only_begin_with_such_sounds(
    among_similar: Callable[..., list[str]],
) -> None:
    assert among_similar("Хаида") == ["Qalida Bek", "Qaidos Bek"]

"""How well names are found in a browser: recall, wrong names, sizes, files for each query.

    python -m bench.search.names [--people 100000]

Drives the real `names.js` in Chromium from a disk. Every pair that `tests/words/name_pairs.txt`
calls one name is asked both ways: one spelling is typed, a record has the other alone. It
stands among all names of the demonstration archive, or among 10,000 made-up people. Wrong is a
record of another name among the first ten; a namesake is not, but lowers recall@1.
Needs the `test` extra and Chromium.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import gzip
import itertools
import random
import re
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from aigaq import pipeline
from aigaq.archive.public import NOTHING, Name, Person, PublicArchive, Site
from aigaq.pages import name_index
from aigaq.words import kazakh, names

ROOT = Path(__file__).resolve().parents[2]
SHOWN = 10
SCRIPTS = {"Arabic": "[\u0600-\u06ff]", "Cyrillic": "[\u0400-\u052f]", "Latin": "[A-Za-z]"}
FIRST = "Нұр Бек Ер Ай Гүл Қай Серік Тұрсын Дәу Жан Бай Қуат Мира Сәу Ал Әл Тем Өмір Бақ Жұм"
LAST = "жан бек лан болат хан сұлтан ғали рат лет нар мұрат гелді тай дос мира зат шат қан"
ENDINGS = ("ұлы", "қызы", "ов", "ова", "")
HAN = "努尔别克叶江古丽赛力图逊达吾列提木拉巴合孜居马阿汗加那"
ASK = """async (queries) => {
  const found = [];
  for (const query of queries) {
    const start = performance.now();
    const hits = await aigaqNames.find(query, { languages: ["kk", "en"], limit: 20 });
    const ids = hits.map((hit) => hit.path.replace(/.*\\/|\\.html$/g, ""));
    found.push({ ids, files: hits.files, more: hits.more, ms: performance.now() - start });
  }
  return found;
}"""
Cluster = tuple[str, ...]  # spellings of one name


def clusters() -> list[Cluster]:
    """The names of the file of pairs, each with all its spellings."""
    lines = (ROOT / "tests/words/name_pairs.txt").read_text("utf-8").splitlines()
    joined: dict[str, set[str]] = {}
    for one, other, sign in (line.split("\t") for line in lines if not line.startswith("#")):
        if sign == "+":
            both = joined.get(one, {one}) | joined.get(other, {other})
            joined.update(dict.fromkeys(both, both))
    return sorted({tuple(sorted(spellings)) for spellings in joined.values()})


def people(count: int, *, without: Iterable[str] = ()) -> list[Person]:
    """Made-up people without the given folded words; some names are very common, as in life.

    All are written in Kazakh and as presses write it, some in Arabic letters, some in Chinese.
    """
    rng, kept_out = random.Random(5), frozenset(without)
    made = [a + b for a, b in itertools.product(FIRST.split(), LAST.split())]
    known = [name for name in made if names.folded(name) not in kept_out]
    rng.shuffle(known)
    falling = list(itertools.accumulate(1 / (rank + 4) for rank in range(len(known))))
    spelled = functools.cache(lambda word: names.spellings(word, "kk")["Latn"])
    found = []
    for number in range(count):
        own, father = rng.choices(known, cum_weights=falling, k=2)
        parts = (own, father + rng.choice(ENDINGS))
        shown = [
            (" ".join(parts), "kk"),
            (" ".join(rng.choice(spelled(p)) for p in parts), "en"),
        ]
        if rng.random() < 0.4:
            shown.append((kazakh.arabic(" ".join(parts)), "kk-Arab"))
        if rng.random() < 0.3:
            shown.append(("·".join("".join(rng.choices(HAN, k=n)) for n in (3, 4)), "zh-Hans"))
        found.append(person(f"p-{number:06x}", *shown))
    return found


def person(record_id: str, *shown: tuple[str, str]) -> Person:
    made = (Name(text=text, lang=lang, kinds=("preferred",)) for text, lang in shown)
    return Person(id=record_id, names=tuple(made))


def index_of(some: Iterable[Person], demo: PublicArchive | None = None) -> Sequence[Any]:
    """The files of the index of these people, with everything of `demo` where it is given."""
    own = {one.id: one for one in some}
    day, site = datetime.date(2026, 1, 1), Site(title=NOTHING)
    if demo is None:
        return name_index.artifacts(PublicArchive(site=site, built=day, people=own))
    places, organisations = demo.places, demo.organisations
    everybody = {**demo.people, **own}
    archive = PublicArchive(
        site=site, built=day, people=everybody, places=places, organisations=organisations
    )
    return name_index.artifacts(archive)


@contextmanager
def opened(page: Page, files: Sequence[Any]) -> Iterator[Page]:
    """A page on a disk that has the index and the script beside it."""
    with tempfile.TemporaryDirectory() as folder:
        for one in files:
            path = Path(folder, one.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(one.data)
        shutil.copy(ROOT / "theme/js/names.js", Path(folder, "assets"))
        text = '<!doctype html><meta charset="utf-8"><script src="assets/names.js"></script>'
        Path(folder, "page.html").write_text(text, "utf-8")
        page.goto(Path(folder, "page.html").as_uri())
        yield page


# --- recall over the pairs ---


class Score:
    """Asked, found first, found among five, and wrong names shown where it was found."""

    def __init__(self) -> None:
        self.asked = self.first = self.five = self.wrong = self.shown = 0

    def add(self, answer: Mapping[str, Any], target: str, right: set[str]) -> None:
        ids = answer["ids"][:SHOWN]
        self.asked += 1
        self.first += target in ids[:1]
        self.five += target in ids[:5]
        if target in ids:
            self.shown += 1
            self.wrong += sum(one not in right for one in ids)

    def __str__(self) -> str:
        recall = f"{self.first / self.asked:.3f} | {self.five / self.asked:.3f}"
        return f"{self.asked} | {recall} | {self.wrong / max(1, self.shown):.2f}"


def over_pairs(page: Page, others: Sequence[Person], demo: PublicArchive | None) -> None:
    """Every cluster has one record with one of its spellings, then with the next."""
    known, scores = clusters(), defaultdict[str, Score](Score)
    namesakes = _namesakes(known, demo) if demo else {}
    rng = random.Random(7)
    for turn in range(max(map(len, known))):
        targets = {f"t-{n}": c[turn] for n, c in enumerate(known) if turn < len(c)}
        records = [person(key, (text, "en")) for key, text in targets.items()]
        asked = [(t, q) for t in targets for q in known[int(t[2:])] if q != targets[t]]
        wrong = [(t, m, k) for t in targets for k, m in mistaken(targets[t], rng)]
        with opened(page, index_of([*records, *others], demo)):
            answers = page.evaluate(ASK, [q for _, q in asked] + [m for _, m, _ in wrong])
        kinds = [f"{script(q)} to {script(targets[t])}" for t, q in asked]
        kinds += [kind for _, _, kind in wrong]
        for kind, (target, *_), answer in zip(kinds, [*asked, *wrong], answers, strict=True):
            right = {target, *namesakes.get(int(target[2:]), ())}
            scores[kind].add(answer, target, right)
    print("| asked and declared | queries | recall@1 | recall@5 | wrong names per hit |")
    print("|---|---|---|---|---|")
    for kind, score in sorted(scores.items()):
        print(f"| {kind} | {score} |")


def _namesakes(known: Sequence[Cluster], demo: PublicArchive) -> dict[int, set[str]]:
    """Records of the demonstration archive with a word of a cluster, by its number."""
    of_word = defaultdict[str, set[str]](set)
    people, places, organisations = demo.people, demo.places, demo.organisations
    attested = (
        *((one.id, one.names) for one in people.values()),
        *((one.id, one.names) for one in places.values()),
        *((one.id, one.names) for one in organisations.values()),
    )
    for key, spellings in attested:
        for word in itertools.chain.from_iterable(names.words(n.text) for n in spellings):
            of_word[word].add(key)
    return {
        n: set[str]().union(*(of_word[w] for text in cluster for w in names.words(text)))
        for n, cluster in enumerate(known)
    }


def mistaken(name: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """What a hasty reader types, and the kind of mistake, for half of the longer words."""
    word = max(name.split(), key=len)
    if len(word) < 5 or script(name) == "Han" or rng.random() < 0.5:
        return
    at = rng.randrange(1, len(word) - 1)
    letter = rng.choice(sorted({c for c in name.lower() if c.isalpha()}))
    slips = {
        "another letter": word[:at] + letter + word[at + 1 :],
        "another first letter": letter.upper() + word[1:],
        "a letter missing": word[:at] + word[at + 1 :],
        "a letter doubled": word[: at + 1] + word[at:],
        "two letters swapped": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }
    for kind, slip in slips.items():
        if slip != word:
            yield f"slip: {kind}", name.replace(word, slip)


def script(text: str) -> str:
    return next((name for name, letters in SCRIPTS.items() if re.search(letters, text)), "Han")


# --- sizes ---


def sizes(page: Page, count: int) -> None:
    """Files of so many people, and how many of them a query reads."""
    some = people(count)
    start = time.process_time()
    files = index_of(some)
    took = time.process_time() - start
    packed = {one.path: len(gzip.compress(one.data, mtime=0)) for one in files}
    shards = [size for path, size in packed.items() if "/n-" in path]
    print(
        f"\n{count:,} people: {took:.1f} s, {len(shards)} files, largest"
        f" {max(shards) / 1e3:.1f} KB, all {sum(shards) / 1e6:.1f} MB, tables and directory"
        f" {packed['assets/names/index.js'] / 1e3:.1f} KB (all gzip)\n"
    )
    print(
        "| query | queries | in the first 20 | files | most | ms | told that there are more |"
    )
    print("|---|---|---|---|---|---|---|")
    rng = random.Random(3)
    drawn = [(one.id, rng.choice(one.names).text) for one in rng.sample(some, 300)]
    with opened(page, files):
        for kind, asked in _queries(drawn, rng).items():
            answers = page.evaluate(ASK, [query for _, query in asked])
            _row(kind, [key for key, _ in asked], answers)


def _queries(
    drawn: Sequence[tuple[str, str]], rng: random.Random
) -> dict[str, list[tuple[str, str]]]:
    plain = [(key, text) for key, text in drawn if " " in text]
    two = {key: text.split() for key, text in plain}
    slips = [(key, slip) for key, text in plain for _, slip in mistaken(text, rng)]
    return {
        "both names": plain,
        "the other way round": [(key, f"{b} {a}") for key, (a, b) in two.items()],
        "one name": [(key, a) for key, (a, _) in two.items()],
        "Chinese, two characters": [(key, text[-2:]) for key, text in drawn if "·" in text],
        "one name and a beginning": [(key, f"{a} {b[:3]}") for key, (a, b) in two.items()],
        "two letters": [(key, a[:2]) for key, (a, _) in two.items()],
        "both names, one with a slip": slips,
        "one name with a slip": [(key, text.split()[0]) for key, text in slips],
    }


def _row(kind: str, keys: Sequence[str], answers: Sequence[Mapping[str, Any]]) -> None:
    count = len(answers)
    found = sum(key in one["ids"] for key, one in zip(keys, answers, strict=True)) / count
    files = [one["files"] for one in answers]
    ms = sorted(one["ms"] for one in answers)[count // 2]
    more = sum(one["more"] for one in answers) / count
    shown = f"{found:.2f} | {sum(files) / count:.2f} | {max(files)} | {ms:.0f} | {more:.2f}"
    print(f"| {kind} | {count} | {shown} |")


def main() -> None:
    """Prints all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000, help="of the largest index")
    largest = parser.parse_args().people
    prepared, _, _ = pipeline.prepare(
        ROOT, options=pipeline.Options(search=False), step=lambda _: None
    )
    words = {word for cluster in clusters() for text in cluster for word in names.words(text)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        if prepared:
            print("Among the names of the demonstration archive\n")
            over_pairs(page, (), prepared.archive)
        print("\nAmong 10,000 made-up people\n")
        over_pairs(page, people(10_000, without=words), None)
        for count in sorted({1000, 10_000, largest}):
            sizes(page, count)
        browser.close()


if __name__ == "__main__":
    main()

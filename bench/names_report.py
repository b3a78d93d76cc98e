"""What `report names` costs in a large archive, and how many changed spellings it finds.

    python bench/names_report.py [PEOPLE]
    python bench/names_report.py --recall [FOLDER OF A SITE]

The first makes people (10,000) of whom a few hundred given names and as many fathers' names are
very unequally common, and a text for every ten of them, and times each part of the report. The
second changes declared names in the texts of a real archive, one at a time and never on disk,
and counts how many of the changed ones are reported, by language.
"""

from __future__ import annotations

import dataclasses
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from aigaq import pipeline
from aigaq.archive import identities, letters, link, namesakes, spellings
from aigaq.archive.private import Archive
from aigaq.source import records
from aigaq.source.document import Source
from aigaq.words.fragments import Fragment

PEOPLE, GIVEN, HOMES, OF_A_TEXT, WORDS = 10_000, 300, 40, 10, 300
SYLLABLES = "ba ke sul tur nur ai gul bek mur at dos er lan sha rip qan tai mer sa ul zha mi le"
# One letter for another as people write them, by the script of the word.
CHANGES = (
    *(("q", "k"), ("k", "q"), ("y", "i"), ("i", "y"), ("zh", "j"), ("j", "zh"), ("kh", "h")),
    *(("қ", "к"), ("к", "қ"), ("ы", "и"), ("ұ", "у"), ("ү", "у"), ("ң", "н"), ("ғ", "г")),
    *(("і", "и"), ("ж", "дж"), ("х", "қ"), ("ق", "ك"), ("ۇ", "و"), ("ې", "ى"), ("گ", "غ")),
)
Part = Callable[[Archive], object]
PARTS: tuple[tuple[str, Part], ...] = (
    ("people", identities.found),
    ("places and organisations", namesakes.found),
    ("spellings", spellings.found),
    ("letters", letters.found),
)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--recall"]:
        recall(Path(arguments[1] if len(arguments) > 1 else "."))
    else:
        cost(int(arguments[0]) if arguments else PEOPLE)


def cost(people: int) -> None:
    """Seconds of the processor for each part, and the highest memory after it."""
    archive = synthetic(people)
    print(f"{people} people, {len(archive.texts)} texts\n\n| part | seconds | MB | found |")
    print("|---|---|---|---|")
    print(f"| the archive alone | | {_memory()} | |")
    for name, part in PARTS:
        start = time.process_time()
        found = part(archive)
        seconds = time.process_time() - start
        amount = len(getattr(found, "candidates", found))  # type: ignore[arg-type]
        print(f"| {name} | {seconds:.1f} | {_memory()} | {amount} |")
        for crowd in getattr(found, "crowds", ())[:1]:
            print(f"| … left out {len(found.crowds)} | | | largest {crowd.size} |")  # type: ignore[attr-defined]


def synthetic(people: int) -> Archive:
    """People with names, homes and fathers, and texts that name them."""
    random.seed(5)
    files = {"site.yaml": "title: Placeholder\nlanguages: [en]\n"}
    names = dict(enumerate(_names(people)))
    for n in range(HOMES):
        files[f"content/places/pl-{n}.yaml"] = f'names: "Placeplace{chr(97 + n % 26)} {n}"\n'
    for n, name in names.items():
        home = f"pl-{random.randrange(HOMES)}"
        files[f"content/people/p-{n}.yaml"] = (
            f'names: [{{text: "{name}", lang: en}}]\nfrom: {home}\nprotect: open\n'
        )
    for n in range(people // OF_A_TEXT):
        some = range(n * OF_A_TEXT, (n + 1) * OF_A_TEXT)
        told = "\n\n".join(f"{names[one]} {_filler()}" for one in some)
        mentions = ", ".join(f"p-{one}" for one in some)
        files[f"content/testimonies/t-{n}.en.md"] = (
            f"---\nkind: news\ntitle: A title\nmentions: [{mentions}]\n"
            "original: {outlet: Placeholder Daily, published: 2020, rights: own}\n"
            f"credits: [{{who: unknown, role: author}}]\n---\n{told}\n"
        )
    read, found = records.read([Source(path, text, "") for path, text in files.items()])
    assert read is not None, found
    archive, _ = link.archive(read, {text.path: Fragment() for text in read.texts})
    return archive


def _names(amount: int) -> Iterator[str]:
    """Given and fathers' names of which the n-th is n times as rare as the first."""
    parts = SYLLABLES.split()
    every = sorted({a + b + c for a in parts for b in parts for c in parts})
    given, fathers = random.sample(every, GIVEN), random.sample(every, GIVEN)
    weights = [1 / (n + 1) for n in range(GIVEN)]
    for _ in range(amount):
        [one], [other] = random.choices(given, weights), random.choices(fathers, weights)
        yield f"{one.capitalize()} {other.capitalize()}uly"


def _filler() -> str:
    parts = ("word", "other", "thing", "ing", "er", "un", "re", "al")
    return " ".join("".join(random.choices(parts, k=2)) for _ in range(WORDS // OF_A_TEXT))


def recall(root: Path) -> None:
    """How many changed names are reported, by language."""
    options = pipeline.Options(drafts=True)
    archive = pipeline.linked(root, options=options, step=lambda _: None).archive
    assert archive is not None
    before = {(one.lang, one.text) for one in spellings.found(archive)}
    made, found = Counter[str](), Counter[str]()
    for lang, changed, told in _changed(archive):
        wanted = set(told) - {text for _, text in before}
        seen = {one.text.casefold() for one in spellings.found(changed) if one.lang == lang}
        made[lang] += len(wanted)
        found[lang] += sum(any(w.casefold() in (s, s[:-1]) for s in seen) for w in wanted)
    print("| language | changed | reported |\n|---|---|---|")
    for lang, amount in sorted(made.items()):
        print(f"| {lang} | {amount} | {found[lang]} ({found[lang] / amount:.0%}) |")


def _changed(archive: Archive) -> Iterator[tuple[str, Archive, list[str]]]:
    """For each language the archive with a letter changed in each name of its bodies."""
    words = {
        word
        for kind in (archive.people, archive.places, archive.organisations)
        for located in kind.values()
        for name in located.record.names
        if "described" not in name.kind
        for word in (re.findall(r"[^\W\d_]{5,}", name.text))
        if located.id in archive.people or " " not in name.text
    }
    known = {word.casefold() for word in words}
    for lang in ("en", "kk", "ru", "tr", "ug"):
        told: list[str] = []
        swaps: dict[str, str] = {}
        for word in sorted(words):
            for old, new in CHANGES:
                made = word[0] + word[1:].replace(old, new)
                if made != word and made.casefold() not in known:
                    swaps[word] = made
                    break
        pattern = re.compile("|".join(rf"\b{re.escape(w)}\b" for w in sorted(swaps)))

        def swap(found: re.Match[str], told: list[str] = told) -> str:
            told.append(swaps[found.group()])  # noqa: B023 (used at once)
            return told[-1]

        yield lang, _with_bodies(archive, lang, pattern, swap), told


def _with_bodies(archive: Archive, lang: str, pattern: re.Pattern[str], swap: Any) -> Archive:
    def of(written: Any) -> Any:
        if written.lang != lang:
            return written
        return dataclasses.replace(written, body=pattern.sub(swap, written.body))

    texts = {
        key: dataclasses.replace(
            text,
            written=of(text.written),
            translations=tuple(
                dataclasses.replace(one, written=of(one.written)) for one in text.translations
            ),
        )
        for key, text in archive.texts.items()
    }
    return dataclasses.replace(archive, texts=texts)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(sys.argv[1:])

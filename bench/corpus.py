"""A synthetic archive of any size in the project's own format; nothing in it is real.

    python bench/corpus.py --testimonies 1000 --out DIR

Every word is drawn from made-up vocabularies whose frequencies fall as in natural text, so that
pages and search indexes have the sizes of real ones. Every testimony is there in English, half
of them in Russian and in Kazakh, a tenth in Uyghur and in Chinese; one of its languages is the
original. The same `--testimonies` and `--seed` always give the same bytes.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

SHARE = {"en": 1.0, "ru": 0.5, "kk": 0.5, "ug": 0.1, "zh-Hans": 0.1}  # of the testimonies
PEOPLE, PROTECTED = 0.48, 0.03  # for each testimony; of the people
PLACES, REGIONS, TOPICS, WIDE_TOPICS = 150, 10, 40, 8
WORDS, HAN, POOL = 12000, 2400, 1 << 17
LETTERS = {  # onsets, vowels, codas: each script has its own shapes
    "en": (
        "b c d f g h k l m n p r s t v w br cl dr gr pr st tr sh",
        "a e i o u ai ea",
        "n r s t",
    ),
    "ru": ("б в г д ж з к л м н п р с т ф х ц ч ш ст пр тр", "а е и о у ы я ю", "н р т л м й"),
    "kk": ("б в г ғ д ж з к қ л м н п р с т ш", "а ә е і о ө ұ ү ы", "н ң р қ л п с й"),
    "ug": ("ب پ ت ج چ خ د ر ز س ش غ ق ك گ ل م ن ۋ ي", "ا ە و ۇ ۆ ۈ ې ى", "ن ر ق ل م ت"),
}
# Sounds of names, each in Latin, Cyrillic and Arabic script.
CONSONANTS = tuple(zip("bdgjklmnpqrstz", "бдгжклмнпқрстз", "بدگجكلمنپقرستز", strict=True))
VOWELS = tuple(zip("aeiou", "аеиоу", "اېىوۇ", strict=True))
TITLES = dict(
    zip(SHARE, ("Testimony", "Свидетельство", "Куәлік", "گۇۋاھلىق", "证词"), strict=True)
)
STOPS = {"ug": ("،", "."), "zh-Hans": ("，", "。")}
FORMS = (  # what a claim needs besides its kind
    "what: detained, status: camp",
    "what: held, status: prison",
    "what: moved-to, status: police-custody",
    "what: searched",
    "what: contact, contact: calls-supervised",
    "what: questioned",
    "what: travelled",
    "what: threatened",
)
RELATIONS = ("brother", "sister", "father", "mother", "spouse", "cousin", "friend", "neighbour")
BASES = ("saw", "from-family", "from-neighbour", "own-experience", "rumour", "not-said")


class Vocabulary:
    """The words of one language, the frequent ones often, and sentences made of them."""

    def __init__(self, lang: str, seed: int) -> None:
        self.lang = lang
        self.space = "" if lang == "zh-Hans" else " "
        self.comma, self.stop = STOPS.get(lang, (",", "."))
        rng = random.Random(f"{seed}/words/{lang}")
        words = _han(rng) if lang == "zh-Hans" else _pseudowords(lang, rng)
        weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
        self._pool = rng.choices(words, cum_weights=weights, k=POOL)

    def take(self, rng: random.Random, count: int) -> list[str]:
        """So many words, from anywhere in a long drawing: as good as drawn, and much faster."""
        start = rng.randrange(POOL - count)
        return self._pool[start : start + count]

    def phrase(self, rng: random.Random, least: int, most: int) -> str:
        return self.space.join(self.take(rng, rng.randint(least, most)))

    def paragraph(self, rng: random.Random, length: int, links: list[str]) -> str:
        """About `length` words; uses up some of `links`."""
        words = self.take(rng, length + 22)
        made, at = [], 0
        while at < length:
            count = rng.randint(6, 22)
            made.append(self._sentence(words[at : at + count], rng, links))
            at += count
        return self.space.join(made)

    def _sentence(self, words: list[str], rng: random.Random, links: list[str]) -> str:
        words[0] = words[0].capitalize()
        chance, at = rng.random(), rng.randrange(1, max(2, len(words) - 3))
        if chance < 0.06:
            words[at] = f"*{words[at]}*"
        elif chance < 0.09:
            words[at] = f"**{words[at]}**"
        elif chance < 0.15 and links:
            words[at : at + 2] = [f"[{self.space.join(words[at : at + 2])}]({links.pop()})"]
        if len(words) > 11:
            words[len(words) // 2] += self.comma
        return self.space.join(words) + self.stop


def _han(rng: random.Random) -> list[str]:
    return [chr(code) for code in rng.sample(range(0x4E00, 0x4E00 + HAN), HAN)]


def _pseudowords(lang: str, rng: random.Random) -> list[str]:
    onsets, vowels, codas = (part.split() for part in LETTERS[lang])
    words: dict[str, None] = {}
    while len(words) < WORDS:
        count = rng.choices((1, 2, 3, 4), (1, 5, 4, 2))[0] if len(words) > 60 else 1
        syllables = (rng.choice(onsets) + rng.choice(vowels) for _ in range(count))
        words["".join(syllables) + rng.choice(["", "", *codas])] = None
    return list(words)


def body(
    words: Vocabulary, rng: random.Random, shape: random.Random, links: Iterable[str]
) -> str:
    """400 to 1,200 words (Chinese: half as many characters again), headings, a list, a note.

    Two languages with the same `shape` have the same passages: one is a translation.
    """
    want, longer = shape.randint(400, 1200), 1.5 if words.lang == "zh-Hans" else 1
    quoted, has_table = shape.randrange(2), shape.random() < 0.15
    unused, count = list(links), 0

    def some(least: int = 40, most: int = 110) -> str:
        nonlocal count
        count += (length := shape.randint(least, most))
        return words.paragraph(rng, round(length * longer), unused)

    parts, section = [some() + "[^1]"], 0
    while count < want:
        parts += [f"## {words.phrase(rng, 3, 6)}", some()]
        if section == quoted:
            parts.append(f"> {some(15, 40)}\n>\n> {some(10, 30)}")
        if section == 1:
            parts.append("\n".join(f"- {words.phrase(rng, 4, 12)}" for _ in range(4)))
        if section == 1 and has_table:
            rows = [" | ".join(words.phrase(rng, 1, 2) for _ in range(3)) for _ in range(4)]
            rows.insert(1, "--- | --- | ---")
            parts.append("\n".join(f"| {row} |" for row in rows))
        parts.append(some())
        section += 1
    return "\n\n".join((*parts, f"[^1]: {words.phrase(rng, 8, 20)}{words.stop}")) + "\n"


@dataclass(frozen=True)
class Size:
    """How many records there are, and their ids."""

    testimonies: int

    @cached_property
    def texts(self) -> Sequence[str]:
        return [f"t-{number:06}" for number in range(self.testimonies)]

    @cached_property
    def people(self) -> Sequence[str]:
        return [f"p-{number:06}" for number in range(max(8, round(self.testimonies * PEOPLE)))]

    @cached_property
    def protected(self) -> Sequence[str]:
        """The last ones, whom texts mention and never link to."""
        return [f"p-x{number:05}" for number in range(round(len(self.people) * PROTECTED))]


PLACE_IDS = [f"pl-{number:03}" for number in range(PLACES)]
TOPIC_IDS = [f"topic-{number:02}" for number in range(TOPICS)]


@dataclass(frozen=True, slots=True)
class Archive:
    """Makes the files, each from the seed and its own id, so that none depends on another."""

    size: Size
    seed: int
    words: Mapping[str, Vocabulary]

    def files(self) -> Iterable[tuple[str, str]]:
        """Every file, by its path from the site's folder."""
        yield "site.yaml", self._site()
        yield "content/topics.yaml", "".join(self._topic(n) for n in range(TOPICS))
        for lang, words in self.words.items():
            rng = self._rng(f"about/{lang}")
            title = f"title: {_text(words.phrase(rng, 1, 2))}\n"
            page = f"---\n{title}---\n\n{words.paragraph(rng, 120, [])}\n"
            yield f"content/pages/about.{lang}.md", page
        for number, place in enumerate(PLACE_IDS):
            yield f"content/places/{place}.yaml", self._place(number)
        for person in self.size.people:
            yield f"content/people/{person}.yaml", self._person(person)
            yield f"content/consent/c-{person}.yaml", _consent(person)
        for number, person in enumerate(self.size.protected):
            name = f'  - {{text: "Person {number}", lang: en, kind: pseudonym}}\n'
            yield f"content/people/{person}.yaml", f"names:\n{name}protect: pseudonym\n"
        for text in self.size.texts:
            yield from self._testimony(text)

    def _rng(self, what: str) -> random.Random:
        return random.Random(f"{self.seed}/{self.size.testimonies}/{what}")

    def _site(self) -> str:
        titles = {
            lang: words.phrase(self._rng(lang), 2, 3) for lang, words in self.words.items()
        }
        return (
            f"title: {_map(titles)}\naddress: https://archive.example.org/\n"
            f"languages: [{', '.join(self.words)}]\nuntranslated: link\n"
            "menu: [home, testimonies, people, wall, timeline, places, topics, search, about]\n"
        )

    def _labels(self, what: str) -> dict[str, str]:
        """A few words in every language, the first of them in capitals."""
        rng = self._rng(what)
        return {lang: v.phrase(rng, 2, 3).capitalize() for lang, v in self.words.items()}

    def _topic(self, number: int) -> str:
        one = TOPIC_IDS[number]
        wide = f", broader: {TOPIC_IDS[number % WIDE_TOPICS]}" if number >= WIDE_TOPICS else ""
        return f"- {{id: {one}, label: {_map(self._labels(one))}{wide}}}\n"

    def _place(self, number: int) -> str:
        """One country, its regions, and in each of them its counties."""
        rng = self._rng(PLACE_IDS[number])
        labels = self._labels(PLACE_IDS[number])
        names = "".join(
            f"  - {{text: {_text(name)}, lang: {lang}, kind: preferred}}\n"
            for lang, name in labels.items()
        )
        kind = ("country", "region", "county")[(number > 0) + (number > REGIONS)]
        within = PLACE_IDS[1 + number % REGIONS] if number > REGIONS else PLACE_IDS[0]
        around = f"in: {within}\n" if number else ""
        at = f"at: [{rng.uniform(38, 48):.1f}, {rng.uniform(76, 94):.1f}]\n"
        return f"names:\n{names}type: {kind}\n{around}precision: {kind}\n{at}"

    def _person(self, person: str) -> str:
        rng = self._rng(person)
        latin, cyrillic, arabic = name(rng)
        names = [("en", latin), ("kk", cyrillic), ("ru", cyrillic.replace("қ", "к"))]
        names += [("ug", arabic)] if rng.random() < 0.5 else []
        if rng.random() < 0.2:
            names.append(("zh-Hans", self.words["zh-Hans"].phrase(rng, 2, 4)))
        shown = "".join(
            f"  - {{text: {_text(text)}, lang: {lang}, kind: preferred}}\n"
            for lang, text in names
        )
        summary = {lang: v.phrase(rng, 8, 16) + v.stop for lang, v in self.words.items()}
        return f"names:\n{shown}summary: {_map(summary)}\nprotect: open\n"

    def _testimony(self, text: str) -> Iterable[tuple[str, str]]:
        rng = self._rng(text)
        langs = [lang for lang, share in SHARE.items() if rng.random() < share]
        original = rng.choice(langs)
        header, claims = self._header(rng)
        links = self._links(rng)
        phrases: dict[str, list[str]] = {}
        for lang in (original, *(lang for lang in langs if lang != original)):
            mine, words = self._rng(f"{text}/{lang}"), self.words[lang]
            shape = self._rng(f"{text}/shape")
            phrases[lang] = [words.phrase(mine, 5, 14) for _ in claims]
            told = f"title: {_text(f'{TITLES[lang]} {text[2:]}: {words.phrase(mine, 3, 6)}')}\n"
            told += f"summary: {_text(words.phrase(mine, 10, 25) + words.stop)}\n"
            if lang == original:
                pairs = zip(claims, phrases[lang], strict=True)
                lines = (f"  - {{{claim}, words: {_text(said)}}}\n" for claim, said in pairs)
                told += header + "claims:\n" + "".join(lines)
            else:
                pairs = zip(phrases[original], phrases[lang], strict=True)
                lines = (f"    - [{_text(a)}, {_text(b)}]\n" for a, b in dict(pairs).items())
                told += f"translation:\n  from: {original}\n  machine: true\n  phrases:\n"
                told += "".join(lines)
            path = f"content/testimonies/{text[2:5]}/{text}.{lang}.md"
            yield path, f"---\n{told}---\n\n{body(words, mine, shape, links)}"

    def _header(self, rng: random.Random) -> tuple[str, list[str]]:
        """What the original says of whom; and its claims, still without words."""
        size, people = self.size, self.size.people
        narrator = rng.choice(people)
        # A few people are in many texts, most in one or two.
        drawn = {
            people[int(len(people) * rng.random() ** 1.6)] for _ in range(rng.randint(1, 4))
        }
        about = sorted(drawn - {narrator}) or [people[people[0] == narrator]]
        days = sorted(_day(rng) for _ in range(rng.randint(1, 6)))
        claims = [
            f"about: {rng.choice(about)}, {rng.choice(FORMS)}, when: {day},"
            f" where: {rng.choice(PLACE_IDS)}, known_by: {rng.choice(BASES)}"
            for day in days
        ]
        relatives = ", ".join(
            f"{{person: {one}, relation: {rng.choice(RELATIONS)}}}" for one in about
        )
        mentioned = [
            rng.choice(PLACE_IDS),
            *rng.sample(size.protected, len(size.protected) > 0),
        ]
        tags = self.words["en"].take(rng, rng.randint(0, 4))
        met = max(*days, _day(rng))
        return (
            f"added: {met + timedelta(days=90)}\ntold_by: {narrator}\nconsent: c-{narrator}\n"
            f"about: [{relatives}]\nmentions: [{', '.join(mentioned)}]\n"
            f"topics: [{', '.join(rng.sample(TOPIC_IDS, rng.randint(1, 4)))}]\n"
            f"tags: [{', '.join(dict.fromkeys(map(_text, tags)))}]\n"
            f"interview: {{date: {met}}}\n"
        ), claims

    def _links(self, rng: random.Random) -> list[str]:
        """Where the words of a testimony lead, in every language alike."""
        texts = [f"testimony:t-{rng.randrange(self.size.testimonies):06}" for _ in range(2)]
        person, place = rng.choice(self.size.people), rng.choice(PLACE_IDS)
        away = f"https://example.org/{rng.randrange(10**5)}"
        return [*texts, f"person:{person}", f"place:{place}", away]


def name(rng: random.Random) -> tuple[str, str, str]:
    """A given and a family name that nobody has, in Latin, Cyrillic and Arabic script."""
    words = []
    for count in (rng.randint(2, 3), rng.randint(2, 3)):
        sounds = [rng.choice(kind) for _ in range(count) for kind in (CONSONANTS, VOWELS)]
        words.append([*sounds, rng.choice(CONSONANTS)])
    latin, cyrillic, arabic = (
        " ".join("".join(sound[script] for sound in word).capitalize() for word in words)
        for script in range(3)
    )
    return latin, cyrillic, arabic


def _consent(person: str) -> str:
    scope = "site, translate, mirror, data-download"
    return f"given_by: {person}\ndate: 2024-03-09\nscope: [{scope}]\nnames: real\n"


def _day(rng: random.Random) -> date:
    first = date(2014, 1, 1) if rng.random() < 0.9 else date(1990, 1, 1)
    return first + timedelta(days=rng.randrange(3650))


def _text(text: str) -> str:
    """As YAML in quotes, whatever stands in it."""
    return json.dumps(text, ensure_ascii=False)


def _map(texts: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{lang}: {_text(text)}' for lang, text in texts.items())}}}"


def write(out: Path, testimonies: int, seed: int = 7) -> int:
    """Writes the archive into the folder `out`, which must not be there; how many files."""
    archive = Archive(Size(testimonies), seed, {lang: Vocabulary(lang, seed) for lang in SHARE})
    out.mkdir(parents=True)
    count = 0
    for count, (path, text) in enumerate(archive.files(), 1):  # noqa: B007 (told at the end)
        place = out / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    return count


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--testimonies", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--out", type=Path, required=True)
    said = asked.parse_args()
    count = write(said.out, said.testimonies, said.seed)
    print(f"{count} files in {said.out}")


if __name__ == "__main__":
    main()

"""A synthetic archive as a site of Hugo's: the same records, and a page for each page of ours.

    python -m bench.build.convert --corpus DIR --out DIR

What Hugo can find out by itself it does: who is in which text, by taxonomies; what is not there
in a language, by `lang.Merge`; lists of fifty. The rest comes from `bench.build.tables`.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from aigaq.pages.kinds import texts, topic
from aigaq.words import languages
from bench.build import records, tables
from bench.build.records import Record, Records, Text

TEMPLATES = Path(__file__).with_name("hugo")
SHEET = Path(__file__).resolve().parents[2] / "theme/css/site.css"
TITLES = {  # of lists, with our kinds
    "testimonies": ("Testimonies", "texts"),
    "people": ("People", "people"),
    "places": ("Places", "places"),
    "topics": ("Topics", "topics"),
    "years": ("Timeline", "timeline"),
}
PLAIN = {  # pages with few words, as a synthetic archive has nothing to fill them
    "corrections": ("Corrections", "corrections"),
    "coverage": ("What is documented here", "coverage"),
    "data": ("Open data", "open_data"),
    "how-to-cite": ("How to cite", "how_to_cite"),
    "objects": ("Objects", "objects"),
    "organisations": ("Organisations", "organisations"),
    "search": ("Search", "search"),
    "series": ("Series", "series_list"),
}


class _Site:
    """Writes the files, and counts the pages that Hugo shall make of them, by our kinds."""

    def __init__(self, found: Records, out: Path) -> None:
        self._found = found
        self._out = out
        self._years = tables.years(found)
        self.pages: Counter[str] = Counter(chooser=1)

    def write(self) -> None:
        found = self._found
        shutil.copytree(TEMPLATES, self._out)
        self._file("static/assets/site.css", SHEET.read_text("utf-8"))
        self._configure()
        parts = {"people": tables.letters(found), "wall": tables.statuses(found)}
        self._tables(parts)
        for lang in found.languages:
            self._lists(lang, {kind: len(pages) for kind, pages in parts.items()})
        self._page("en", "404", {"title": "Not found", "url": "/404.html"}, kind="missing")
        for text in found.editions():
            self._text(text)

    # --- what all pages share ---

    def _configure(self) -> None:
        made = [(TEMPLATES / "hugo.toml").read_text("utf-8")]
        for weight, lang in enumerate(self._found.languages, 1):
            title = json.dumps(self._found.site["title"][lang], ensure_ascii=False)
            made.append(
                f'[languages.{_key(lang)}]\nlocale = "{lang}"\ntitle = {title}\n'
                f'label = "{languages.of(lang).autonym}"\nweight = {weight}\n'
                f'contentDir = "content/{_key(lang)}"\n'
            )
        self._file("hugo.toml", "\n".join(made))

    def _tables(self, parts: Mapping[str, Sequence[object]]) -> None:
        found = self._found
        data: dict[str, object] = {
            "letters": parts["people"],
            "wall": parts["wall"],
            "people": {one: self._names(who) for one, who in found.people.items()},
            "places": {one: self._names(place) for one, place in found.places.items()},
            "topics": {one: _keyed(it["label"]) for one, it in found.topics.items()},
            "names": {_key(lang): self._names_in(lang) for lang in found.languages},
            "years": self._years.pages,
            "summaries": {
                one: _keyed(who.get("summary", {})) for one, who in found.people.items()
            },
        }
        for name, table in data.items():
            self._file(f"data/{name}.json", _json(table))

    def _names(self, record: Record) -> dict[str, str]:
        """A name for each language: its own, else the first."""
        own = {name["lang"]: name["text"] for name in record["names"]}
        first = record["names"][0]["text"]
        return {_key(lang): own.get(lang, first) for lang in self._found.languages}

    def _names_in(self, lang: str) -> dict[str, str]:
        """Of people, places and topics, by id: one look is enough."""
        found = self._found
        named = {**found.people, **found.places}
        names = {one: self._names(record)[_key(lang)] for one, record in named.items()}
        return names | {one: it["label"][lang] for one, it in found.topics.items()}

    # --- pages ---

    def _lists(self, lang: str, parts: Mapping[str, int]) -> None:
        """Whatever there is in each language."""
        found = self._found
        self._page(lang, "_index", {"title": found.site["title"][lang]}, kind="home")
        for name, (title, kind) in TITLES.items():
            more = {"layout": "letters", "part": 0} if name == "people" else {}
            self._page(lang, f"{name}/_index", {"title": title, **more}, kind=kind)
        self._page(lang, "wall", {"title": "The missing", "layout": "wall", "part": 0}, "wall")
        for name, (title, kind) in PLAIN.items():
            self._page(lang, name, {"title": title}, kind=kind, body=f"{title}.\n")
        for name, editions in found.pages.items():
            header, body = editions[lang]
            self._page(lang, name, header, kind="content_page", body=body)
        for kind, layout in (("people", "letters"), ("wall", "wall")):
            for part in range(1, parts[kind]):
                header = {"title": f"{part + 1}", "layout": layout, "part": part}
                self._page(lang, f"{kind}-{part + 1}", header, kind=kind)
        self._made_by_hugo()

    def _made_by_hugo(self) -> None:
        """Pages of one language that the adapters add, and further pages of long lists."""
        found = self._found
        self.pages += Counter(
            person=len(found.people),
            place=len(found.places),
            timeline=len(self._years.pages),
            texts=_pages(len(found.texts), texts.SIZE) - 1,
        )
        of: Counter[str] = Counter()
        for editions in found.texts.values():
            of.update(next(iter(editions.values())).header["topics"])
        self.pages["topic"] += sum(_pages(of[one], topic.SIZE) for one in found.topics)

    def _text(self, text: Text) -> None:
        header, spots = text.header, self._years.of
        claims = [
            {**claim, "page": spots[text.id, number]}
            for number, claim in enumerate(header["claims"])
        ]
        about = [one["person"] for one in header["about"]]
        mentioned = [*(claim["where"] for claim in claims), *header["mentions"]]
        interview = spots[text.id, tables.INTERVIEW]
        front: dict[str, object] = {
            **{name: header[name] for name in ("title", "summary", "told_by", "about", "tags")},
            "date": text.date,
            "claims": claims,
            "interview": interview,
            "topics": header["topics"],
            "people": list(dict.fromkeys((*about, header["told_by"]))),
            "places": list(
                dict.fromkeys(one for one in mentioned if one in self._found.places)
            ),
            "years": list(dict.fromkeys((*(claim["page"] for claim in claims), interview))),
        }
        if text.lang != text.original:
            front |= {"from": _key(text.original), "outputs": ["html", "parallel"]}
            self.pages["parallel"] += 1
        body = self._linked(text)
        self._page(text.lang, f"testimonies/{text.id}", front, kind="text", body=body)

    def _linked(self, text: Text) -> str:
        """The body with the addresses of Hugo's pages; in English where a text is not here."""

        def address(found: re.Match[str]) -> str:
            kind, one = found.groups()
            folder = {"testimony": "testimonies", "person": "people", "place": "places"}[kind]
            here = kind != "testimony" or text.lang in self._found.texts[one]
            return f"](/{_key(text.lang) if here else 'en'}/{folder}/{one}.html)"

        return re.sub(r"\]\((testimony|person|place):([\w-]+)\)", address, text.body)

    def _page(self, lang: str, name: str, front: Record, kind: str, body: str = "") -> None:
        header = "".join(f"{field}: {_json(value)}\n" for field, value in front.items())
        self._file(f"content/{_key(lang)}/{name}.md", f"---\n{header}---\n\n{body}")
        self.pages[kind] += 1

    def _file(self, path: str, text: str) -> None:
        place = self._out / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")


def write(root: Path, out: Path) -> Counter[str]:
    """Writes the archive in `root` as Hugo's into `out`, which must not be there.

    Tells how many pages Hugo shall make, by the kind that they have with us.
    """
    site = _Site(records.read(root), out)
    site.write()
    return site.pages


def _key(lang: str) -> str:
    """A language as Hugo names it."""
    return lang.lower()


def _keyed(texts: Mapping[str, str]) -> dict[str, str]:
    return {_key(lang): text for lang, text in texts.items()}


def _pages(items: int, size: int) -> int:
    return max(1, math.ceil(items / size))


def _json(value: object) -> str:
    """Also YAML. Dates are texts, as templates compare them."""
    return json.dumps(value, ensure_ascii=False, default=datetime.date.isoformat)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--corpus", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    said = asked.parse_args()
    print(sum(write(said.corpus, said.out).values()), "pages")


if __name__ == "__main__":
    main()

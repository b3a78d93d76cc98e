"""Made-up names for every private field, as the schemas have them, and the search for them.

The search is plain and its own: it shares nothing with the program's leak check but the wish.
"""

from __future__ import annotations

import base64
import gzip
import html
import io
import itertools
import re
import tarfile
import types
import typing
import unicodedata
import urllib.parse
import zipfile
import zlib
from functools import partial
from typing import TYPE_CHECKING, Any

from aigaq.source.schema import dates, fields, lists, measures, reading, records, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

# Every canary holds both stems, so that one look tells whether any of them is there.
GIVEN, SURNAME = "Vufa", "Qorx"
_SYLLABLES = [c + v for c in "bdgklmnrst" for v in "aeiou"]
_CYRILLIC = dict(zip("abdefgiklmnoqrstuvx", "абдефгиклмноқрстувх", strict=True))
_ARABIC = dict(zip("abdefgiklmnoqrstuvx", "ابدەفگىكلمنوقرستۋۆح", strict=True))


def name(number: int) -> str:
    """The canary of that number: a given name and a surname that nobody has."""
    end = _SYLLABLES[number // 50] + _SYLLABLES[number % 50]
    return f"{GIVEN}{end} {SURNAME}{end}"


def _in(letters: Mapping[str, str], text: str) -> str:
    return "".join(letters.get(letter, letter) for letter in text.casefold())


def cyrillic(text: str) -> str:
    return " ".join(word.title() for word in _in(_CYRILLIC, text).split())


def _base64_inside(text: str, shift: int) -> bytes:
    """How a text looks inside of a longer one in base64, but for the ends."""
    whole = base64.b64encode(b"\0" * shift + text.encode())
    start = -(-shift * 4 // 3)
    return whole[start + (1 if shift else 0) : -4]


def _each(form: str) -> Callable[[str], str]:
    return lambda text: "".join(form.format(ord(letter), letter) for letter in text)


# 25 spellings; each turns words into the bytes that a file would hold.
SPELLINGS: Mapping[str, Callable[[str], bytes]] = {
    "as written": lambda t: t.encode(),
    "small": lambda t: t.lower().encode(),
    "capitals": lambda t: t.upper().encode(),
    "surname first": lambda t: " ".join(reversed(t.split())).encode(),
    "surname and comma": lambda t: ", ".join(reversed(t.split())).encode(),
    "initial": lambda t: f"{t[0]}. {t.split()[-1]}".encode(),
    "surname alone": lambda t: t.split()[-1].encode(),
    "given name alone": lambda t: t.split()[0].encode(),
    "of a file": lambda t: t.lower().replace(" ", "-").encode(),
    "of a key": lambda t: t.lower().replace(" ", "_").encode(),
    "in one word": lambda t: t.replace(" ", "").encode(),
    "Cyrillic": lambda t: cyrillic(t).encode(),
    "Cyrillic capitals": lambda t: cyrillic(t).upper().encode(),
    "Cyrillic, surname alone": lambda t: cyrillic(t).split()[-1].encode(),
    "Arabic script": lambda t: _in(_ARABIC, t).encode(),
    "numbers of letters": lambda t: _each("&#{0};")(t).encode(),
    "hexadecimal numbers": lambda t: _each("&#x{0:x};")(t).encode(),
    "percent": lambda t: urllib.parse.quote(cyrillic(t)).encode(),
    "escapes": lambda t: _each("\\u{0:04x}")(cyrillic(t)).encode(),
    "UTF-16": lambda t: t.encode("utf-16-le"),
    "base64": lambda t: _base64_inside(t, 0),
    "base64, one off": lambda t: _base64_inside(t, 1),
    "base64, two off": lambda t: _base64_inside(t, 2),
    "hexadecimal": lambda t: t.encode().hex().encode(),
    "spaced": lambda t: " ".join(t.split()[-1]).encode(),
}


def found(
    haystack: bytes, names: Mapping[str, str], spellings: Mapping[str, Any] = SPELLINGS
) -> set[tuple[str, str]]:
    """The field and the spelling of each canary in the bytes of a site; `names` by field."""
    hits = set()
    for spelling, spelled in spellings.items():
        needles = {field: spelled(text) for field, text in names.items()}
        common = _common(list(needles.values()))
        if len(common) < 3 or common in haystack:
            hits |= {(f, spelling) for f, needle in needles.items() if needle in haystack}
    return hits


def _common(needles: list[bytes]) -> bytes:
    """What all of them begin with: where that is not, none of them is."""
    first, last = min(needles), max(needles)
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return bytes(letter for letter, _ in same)


def bytes_of(folder: Path) -> bytes:
    """All bytes of a site, packed and unpacked, with their paths; as written and as read."""
    parts = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            parts.append(path.relative_to(folder).as_posix().encode())
            parts += opened(path.read_bytes())
    raw = b"\0\n".join(parts)
    return raw + b"\0\n" + as_read(raw)


def as_read(raw: bytes) -> bytes:
    """Without tags, entities, escapes, percent signs, invisible letters and marks."""
    text = raw.decode("utf-8", "ignore")
    text = html.unescape(re.sub(r"<[^<>]{0,400}>", "", text))
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    text = urllib.parse.unquote(text)
    kept = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return "".join(kept).encode("utf-8", "ignore")


def opened(data: bytes) -> Iterator[bytes]:
    """The bytes of a file and of all that is packed in it."""
    yield data
    if data.startswith(b"\x1f\x8b"):
        yield from opened(gzip.decompress(data))
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for entry in packed.namelist():
                yield entry.encode()
                yield from opened(packed.read(entry))
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as packed:
            for member in packed.getmembers():
                yield member.name.encode()
                file = packed.extractfile(member)
                yield from opened(file.read()) if file else ()
    elif data.startswith(b"\x89PNG"):
        for chunk in re.findall(rb"(?:zTXt|iTXt)[^\0]*\0{1,5}(.*?)IEND", data, re.DOTALL):
            yield zlib.decompressobj().decompress(chunk)
    for inside in re.findall(rb"data:[\w/+.-]*;base64,([A-Za-z0-9+/=]+)", data):
        yield from opened(base64.b64decode(inside + b"=="))


# --- a record with a canary in every field ---

_KINDS: dict[int, str] = {}
for _module in (fields, dates, lists, measures, records, texts):
    for _alias, _value in vars(_module).items():
        for _one in getattr(_value, "__metadata__", ()):
            if isinstance(_one, fields.Leaf):
                _KINDS.setdefault(id(_one), _alias)

TEXTS = frozenset(
    {"PlainText", "PerLanguage", "Who", "Label", "WebAddress", "NewId", "MediaFile"}
)
PLAIN: Mapping[str, Any] = {
    "Id": None, "LanguageTag": "kk", "LanguageOrDefault": "en", "YesNo": None,
    "DateField": "2017-08-14", "WhenField": "2017-08-14", "DayField": "2026-01-02",
    "ProtectField": None, "Years": "5", "Point": ["44.0", "81.3"], "CountField": "4",
    "LastedField": "3 months", "ParagraphField": None, "Boxes": [["1", "1", "2", "2"]],
    "Digest": "0" * 64, "Stamps": None, "Labels": None, "Phrases": None, "Pair": None,
}  # fmt: skip


class Planter:
    """Fills records, and knows which canary stands in which field of which model.

    `own` says, by `Model.key`, what stands in a field that names other records; `LEFT_OUT`
    leaves it out.
    """

    LEFT_OUT = object()

    def __init__(self, own: Mapping[str, Any]) -> None:
        self.own = own
        self.names: dict[str, str] = {}
        self.models: set[str] = set()

    def word(self, field: str) -> str:
        """A new canary for a field, of which a site may have many."""
        field = f"{field} {len(self.names)}"
        self.names[field] = name(len(self.names))
        return self.names[field]

    def record(
        self, model: type[reading.Model], *, only: Any = None, **given: Any
    ) -> dict[str, Any]:
        """Every field of a record; `given` ones as given, and `only` those of some keys."""
        made: dict[str, Any] = {}
        for attribute, field in model.model_fields.items():
            key = field.alias or attribute
            if only is not None and key not in only and attribute not in only:
                continue
            where = f"{model.__name__}.{key}"
            value = given.get(attribute, self.own.get(where))
            if value is None:
                value = self._value(field.annotation, field.metadata, where)
            if value is not None and value is not self.LEFT_OUT:
                made[key] = value
        return made

    def _value(self, kind: Any, metadata: Any, where: str) -> Any:
        for one in metadata:
            if isinstance(one, fields.Leaf):
                return self._leaf(one, where)
        if isinstance(kind, type) and issubclass(kind, reading.Model):
            return self.record(kind)
        if typing.get_origin(kind) is typing.Annotated:
            return self._value(kind.__origin__, kind.__metadata__, where)
        inside = typing.get_args(kind)
        if typing.get_origin(kind) in (typing.Union, types.UnionType):
            return self._value(inside[0], (), where)
        if typing.get_origin(kind) is tuple:
            value = self._value(inside[0], (), where)
            return None if value is None else [value]
        raise LookupError(f"{where}: say in tests/canaries.py how such a field is filled")

    def _leaf(self, leaf: fields.Leaf, where: str) -> Any:
        if isinstance(leaf.read, partial) and leaf.read.func is fields._key:
            return next(iter(leaf.schema["enum"]))  # type: ignore[call-overload]
        kind = _KINDS[id(leaf)]
        if kind not in TEXTS:
            return PLAIN[kind]
        self.models.add(where)
        text = self.word(where)
        if kind == "PerLanguage":
            return {"en": text, "kk": cyrillic(text)}
        return {
            "Label": text.upper(),
            "NewId": f"ob-{text.lower().replace(' ', '-')}",
            "WebAddress": f"https://{text.lower().replace(' ', '-')}.example.org/",
            "MediaFile": f"{text.lower().replace(' ', '-')}.jpg",
        }.get(kind, text)


def text_fields(model: type[reading.Model]) -> set[str]:
    """All fields of a record and of the records in it that hold free text."""
    planter = Planter({})
    planter.record(model)
    return planter.models

"""Leaks planted into a real site are found, all of them, and their words are told to nobody."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from PIL import Image, PngImagePlugin

from aigaq import pipeline
from aigaq.archive.protected import Protected, Value
from aigaq.output import leaks, refusal
from aigaq.pages.page import Artifact
from aigaq.pipeline import filling

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME, TURNED, CYRILLIC, ARABIC = (
    "Qalida Zhandosova",
    "Zhandosova, Qalida",
    "Қалида Жандосова",
    "قاليدا جاندوسوۆا",
)
HAN = "卡丽达江多索娃"
STORY = "The cellar under the bakery had one window and eleven women slept there in turns."
PAGE, DATA = "en/testimonies/t-open.html", "data/planted"

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def built(
    tmp_path_factory: pytest.TempPathFactory, site_builder: Any
) -> tuple[pipeline.Prepared, Files]:
    """A site with a hidden person, a hidden text, and all that it would publish."""
    site = site_builder(tmp_path_factory.mktemp("leaks") / "site")
    site.config(address="https://archive.example.org/")
    site.person("p-h1d3", name=NAME, protect="restricted")
    site.person("p-h4n5", name=HAN, protect="restricted")
    site.consent("c-7q2a", given_by="p-narrator", status="paused")
    site.testimony("t-open", body="They took her in August.\n\nNobody wrote.\n")
    site.testimony("t-5h7t", body=f"{STORY}\n", consent="c-7q2a", title="A window")
    return _prepared(site)


def _prepared(site: Any) -> tuple[pipeline.Prepared, Files]:
    import datetime  # noqa: PLC0415

    options = pipeline.Options(jobs=1, date=datetime.date(2026, 11, 22))
    prepared, problems, _ = pipeline.prepare(site.root, options=options, step=str)
    assert prepared is not None, problems
    bundles, _ = filling.bundles(
        prepared.index, prepared.theme, site.root, options=options, extended=prepared.extended
    )
    artifacts = [*prepared.machine_files(), *bundles]
    pages = (prepared.artifact(path)[0] for path in prepared.pages)
    artifacts += [page for page in pages if page]
    return prepared, {artifact.path: artifact.data for artifact in artifacts}


@pytest.fixture(scope="module")
def found(built: Any) -> Callable[..., list[Any]]:
    """What is told of the files that a leak changed."""
    prepared, clean = built
    watch = leaks.watchlist(prepared.protected, (), _interface(prepared))

    def check(plant: Callable[[Files], Files]) -> list[Any]:
        changed = plant(dict(clean)).items() - clean.items()
        return leaks.problems((Artifact(*file) for file in sorted(changed)), watch)

    return check


def _interface(prepared: pipeline.Prepared) -> tuple[str, ...]:
    return (*prepared.theme.catalogues.values(), *prepared.theme.templates.values())


def in_page(mark: str, planted: str) -> Callable[[Files], Files]:
    """Puts something into a page, before its first `mark`."""

    def plant(files: Files) -> Files:
        page = files[PAGE]
        assert mark.encode() in page
        return {**files, PAGE: page.replace(mark.encode(), f" {planted} {mark}".encode(), 1)}

    return plant


def in_file(path: str, data: str | bytes) -> Callable[[Files], Files]:
    """A file more."""
    return lambda files: {**files, path: data if isinstance(data, bytes) else data.encode()}


def at_end(suffix: str, data: str) -> Callable[[Files], Files]:
    """Something at the end of the first file with this ending."""

    def plant(files: Files) -> Files:
        path = next(p for p in sorted(files) if p.endswith(suffix))
        return {**files, path: files[path] + data.encode()}

    return plant


def zipped(name: str, words: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, words)
    return made.getvalue()


def tarred(name: str, words: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(words)
        archive.addfile(member, io.BytesIO(words))
    return made.getvalue()


def picture(form: str, **saved: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, form, **saved)
    return made.getvalue()


def exif(words: str) -> bytes:
    made = Image.Exif()
    made[0x010E] = words
    return made.tobytes()


def png_text(*, compressed: bool) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Author", CYRILLIC, zip=compressed)
    return picture("PNG", pnginfo=info)


def fragment(content: str) -> bytes:
    inner = json.dumps({"url": "/x", "content": content, "meta": {}}, ensure_ascii=False)
    return gzip.compress(b"pagefind_dcd" + inner.encode())


def split(inside: str, text: str = NAME) -> str:
    return inside.join(text)


def json_escaped(text: str) -> str:
    return "".join(f"\\u{ord(letter):04x}" for letter in text)


IN_BASE64 = base64.b64encode(CYRILLIC.encode()).decode()
SLUG = "qalida-zhandosova"
TO_GREEK_AND_CYRILLIC = str.maketrans("aoe", "аое")

MUTANTS: dict[str, Callable[[Files], Files]] = {
    "title": in_page("</title>", NAME),
    "meta description": in_page("</head>", f'<meta name="description" content="On {NAME}.">'),
    "canonical address": in_page("</head>", f'<link rel="canonical" href="https://x/{SLUG}">'),
    "alt text": in_page("</main>", f'<img src="a.webp" alt="{NAME} in 2016">'),
    "hidden input": in_page("</main>", f'<input type="hidden" value="{NAME}">'),
    "data attribute": in_page("</main>", f"<p data-who='{NAME}'>x</p>"),
    "HTML comment": in_page("</main>", f"<!-- {NAME} -->"),
    "plain-text mention": in_page("</main>", f"<p>Then {NAME} was led out.</p>"),
    "surname first": in_page("</main>", f"<p>{TURNED}</p>"),
    "words turned round": in_page("</main>", "<p>and Zhandosova Qalida came</p>"),
    "initial between": in_page("</main>", "<p>Qalida B. Zhandosova came</p>"),
    "case endings": in_page("</main>", "<p>мы видели Калиду Жандосову там</p>"),
    "split by tags": in_page("</main>", "<p>Qa<b>li</b>da <i>Zhan</i>dosova</p>"),
    "one word a cell": in_page("</main>", "<td>Qalida</td>\n  <td>Zhandosova</td>"),
    "over two lines": in_page("</main>", "<p>Qalida\nZhandosova</p>"),
    "hyphenated": in_page("</main>", "<p>Qalida Zhando-\nsova</p>"),
    "soft hyphens": in_page("</main>", split("\u00ad")),
    "soft hyphens as entities": in_page("</main>", split("&shy;")),
    "zero-width joiners": in_page("</main>", split("\u200d")),
    "combining marks": in_page("</main>", split("\u0336")),
    "full-width letters": in_page(
        "</main>", "".join(chr(ord(c) + 0xFEE0) if c != " " else c for c in NAME)
    ),
    "capitals": in_page("</main>", NAME.upper()),
    "no-break space": in_page("</main>", NAME.replace(" ", "&nbsp;")),
    "entities": in_page("</main>", "".join(f"&#x{ord(c):x};" for c in NAME)),
    "escaped twice": in_page("</main>", html.escape(html.escape(f"<b>{CYRILLIC}</b>"))),
    "look-alike letters": in_page("</main>", NAME.translate(TO_GREEK_AND_CYRILLIC)),
    "Cyrillic script": in_page("</main>", CYRILLIC),
    "Arabic script": in_page("</main>", ARABIC),
    "another spelling": in_page("</main>", "Khalida Jandosova"),
    "JSON-LD": in_page("</head>", f'<script type="application/ld+json">"{NAME}"</script>'),
    "file name": in_file(f"en/people/{SLUG}.html", "<p>x</p>"),
    "folder name": in_file(f"{NAME}/index.html", "<p>x</p>"),
    "sitemap": at_end("sitemap.xml", f"<url><loc>https://x/{quote(CYRILLIC)}</loc></url>"),
    "feed": at_end("feed.xml", f"<summary type='html'>&lt;p&gt;{NAME}&lt;/p&gt;</summary>"),
    "style sheet's comment": at_end(".css", f"/* {NAME} */"),
    "style sheet's content": at_end(".css", 'p{content:"\\51 alida Zh\\61 ndosova"}'),
    "script shard": in_file(f"{DATA}.js", f'aigaq.names({{"q":["{json_escaped(CYRILLIC)}"]}})'),
    "folded shard": in_file(f"{DATA}.json", '{"qalida zhandosova": ["p-x"]}'),
    "shard's key, joined": in_file(f"{DATA}.json", '{"qalidazhandosova": 1}'),
    "SVG text": in_file(f"{DATA}.svg", f"<svg><text><tspan>{NAME}</tspan></text></svg>"),
    "CSV": in_file(f"{DATA}.csv", f"id,name\n1,{TURNED}\n"),
    "CSV, two columns": in_file(f"{DATA}.csv", "id,given,family\n1,Qalida,Zhandosova\n"),
    "calendar": in_file(f"{DATA}.ics", f"BEGIN:VEVENT\r\nSUMMARY:{NAME}\r\n"),
    "citation": in_file(f"{DATA}.bib", "author = {Zhandosova, Qalida},\n"),
    "mail address": in_file(f"{DATA}.txt", "qalida.zhandosova@example.org"),
    "percent codes": in_file(f"{DATA}.txt", f"https://x/?q={quote(ARABIC)}"),
    "base64": in_file(f"{DATA}.json", json.dumps(base64.b64encode(NAME.encode()).decode())),
    "data address": in_page("</main>", f'<a href="data:text/plain;base64,{IN_BASE64}">'),
    "UTF-16": in_file(f"{DATA}.txt", CYRILLIC.encode("utf-16-le")),
    "gzip": in_file(f"{DATA}.gz", gzip.compress(NAME.encode())),
    "gzip in gzip": in_file(f"{DATA}.gz", gzip.compress(gzip.compress(NAME.encode()))),
    "zip": in_file(f"{DATA}.zip", zipped("a.txt", NAME)),
    "zip member's name": in_file(f"{DATA}.zip", zipped(f"{SLUG}.txt", "")),
    "tar": in_file(f"{DATA}.tar", tarred("a.txt", NAME.encode())),
    "tar member's name": in_file(f"{DATA}.tar", tarred(f"{CYRILLIC}.txt", b"")),
    "EXIF of WebP": in_file(f"{DATA}.webp", picture("WEBP", exif=exif(NAME))),
    "XMP of WebP": in_file(f"{DATA}.webp", picture("WEBP", xmp=CYRILLIC.encode())),
    "EXIF of JPEG": in_file(f"{DATA}.jpg", picture("JPEG", exif=exif(NAME))),
    "comment of JPEG": in_file(f"{DATA}.jpg", picture("JPEG", comment=NAME.encode())),
    "PNG text": in_file(f"{DATA}.png", png_text(compressed=False)),
    "PNG text, compressed": in_file(f"{DATA}.png", png_text(compressed=True)),
    "behind a picture's end": in_file(f"{DATA}.jpg", picture("JPEG") + NAME.encode()),
    "Pagefind fragment": in_file("search/en/fragment/x.pf_fragment", fragment(f"{NAME} was")),
    "slim page": in_page("</h1>", f"<span data-pagefind-meta='title'>{CYRILLIC}</span>"),
    "captions": in_file(f"{DATA}.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {NAME}>No\n"),
    "captions, two of them": in_file(
        f"{DATA}.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n- Qalida\nZhandosova said\n"
    ),
    "TEI": in_file(f"{DATA}.xml", "<forename>Qalida</forename>\n <surname>Zhandosova</"),
    "two fields of JSON": in_file(f"{DATA}.json", '[{"family":"Zhandosova","given":"Qalida"}]'),
    "two fields, indented": in_file(
        f"{DATA}.json", '{\n  "givenName": "Қалида",\n  "familyName": "Жандосова"\n}'
    ),
    "Atom, escaped": at_end("feed.xml", f"<content>{html.escape(html.escape(f'<b>{NAME}'))}"),
    "in angle brackets": in_file(f"{DATA}.txt", f"From: <{NAME}>"),
    "letters composed and decomposed": in_file(f"{DATA}.txt", "Қали\u0306да Жандосова"),
    "braces of JavaScript": in_file(f"{DATA}.js", "".join(f"\\u{{{ord(c):x}}}" for c in NAME)),
    "base64 of a zip": in_page("</main>", base64.b64encode(zipped("a", NAME)).decode()),
    "base64 in JSON": in_file(f"{DATA}.json", json.dumps(IN_BASE64.replace("/", "\\/"))),
    "percent codes, twice": in_file(f"{DATA}.txt", quote(quote(CYRILLIC))),
    "tar in gzip": in_file(f"{DATA}.tgz", gzip.compress(tarred("a", NAME.encode()))),
    "zip in tar": in_file(f"{DATA}.tar", tarred("a.zip", zipped("a", CYRILLIC))),
    "gzip's name": in_file(f"{DATA}.gz", b"\x1f\x8b\x08\x08\0\0\0\0\0\0%b\0" % SLUG.encode()),
    "mark-up over two lines": in_page("</main>", "<p>Qa<i\n class='x'>lida</i> Zhandosova"),
    "soft hyphen at the end of a line": in_page("</main>", "<p>Qalida Zhando\u00ad\nsova</p>"),
    "damaged gzip": in_file(f"{DATA}.gz", b"\x1f\x8b" + NAME.encode()),
    "hidden person's id": in_page("</main>", '<a href="../people/p-h1d3.html">x</a>'),
}  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_planted_name_is_found_and_told_by_its_record(found: Any, mutant: str) -> None:
    problems = found(MUTANTS[mutant])
    assert {problem.code for problem in problems} == {"X110"}
    assert all("p-h1d3" in problem.message for problem in problems)


@pytest.mark.parametrize("mutant", MUTANTS)
def test_no_message_holds_what_it_found(found: Any, mutant: str) -> None:
    told = " ".join(map(str, found(MUTANTS[mutant]))).casefold()
    assert told
    assert "zhandos" not in told
    assert "qalida" not in told
    assert "жандос" not in told


def test_the_site_itself_leaks_nothing(built: Any) -> None:
    prepared, files = built
    watch = leaks.watchlist(prepared.protected, (), _interface(prepared))
    assert leaks.problems((Artifact(*file) for file in files.items()), watch) == []


@pytest.mark.parametrize(
    "planted",
    [
        pytest.param(f"<p>{HAN}</p>", id="as it is"),
        pytest.param(f"<p>{' '.join(HAN)}</p>", id="set apart"),
        pytest.param("<p>" + "\u200b".join(HAN) + "</p>", id="zero-width spaces"),
        pytest.param("<p>在那里卡丽达·江多索娃说</p>", id="with a dot, in a sentence"),
    ],
)
def test_a_chinese_name_is_found_anywhere(found: Any, planted: str) -> None:
    problems = found(in_page("</main>", planted))
    assert [problem.message for problem in problems] == [
        "this would make public what is protected: p-h4n5 (names.text)"
    ]


@pytest.mark.parametrize(
    "planted",
    [
        pytest.param(f"<p>{STORY}</p>", id="whole"),
        pytest.param("one window and eleven women slept", id="six words"),
        pytest.param("<p>ONE window; <b>and</b> eleven — women slept!</p>", id="dressed up"),
        pytest.param(f"<div title='{STORY}'>", id="attribute"),
    ],
)
def test_the_words_of_a_hidden_text_are_found(found: Any, planted: str) -> None:
    problems = found(in_page("</main>", planted))
    assert ["t-5h7t (body)" in problem.message for problem in problems] == [True]


def test_a_search_bundle_that_knew_the_name_is_found(
    found: Any, tmp_path_factory: pytest.TempPathFactory, site_builder: Any
) -> None:
    site = site_builder(tmp_path_factory.mktemp("before") / "site")
    site.person("p-h1d3", name=NAME)
    site.testimony("t-open", about="p-h1d3", body=f"They took {NAME} in August.\n")
    _, old = _prepared(site)
    for ending in (".pf_fragment", ".pf_index"):
        stale = {path: data for path, data in old.items() if path.endswith(ending)}
        assert stale
        problems = found(lambda files, stale=stale: {**files, **stale})
        folder = f"search/en/{'index' if ending == '.pf_index' else 'fragment'}/"
        assert {p.span.path[: len(folder)] for p in problems} == {folder}
        assert all("p-h1d3 (" in problem.message for problem in problems)


def test_many_files_with_one_leak_are_told_by_some_and_their_number(found: Any) -> None:
    planted = {f"data/{n}.txt": NAME.encode() for n in range(12)}
    problems = found(lambda files: {**files, **planted})
    assert len(problems) == leaks.FILES_OF_A_RECORD
    assert problems[-1].message.endswith("also in 7 other files")


def test_a_leak_on_a_line_that_many_pages_share_is_told_of_each() -> None:
    line = f"<p>{NAME}</p>".encode()
    value = Value("p-1", "names.text", NAME, "name")
    pages = [Artifact(f"{n}.html", b"<main>\n" + line + b"\n</main>") for n in range(3)]
    problems = leaks.problems(pages, leaks.watchlist(Protected((value,))))
    assert [problem.span.path for problem in problems] == ["0.html", "1.html", "2.html"]


def test_a_value_shows_its_text_to_nobody() -> None:
    assert NAME not in repr(Value("p-1", "names.text", NAME, "name"))


# --- the list of names ---


@pytest.fixture
def listed(tmp_path: Path) -> Callable[[str], tuple[Value, ...]]:
    """The names of a list that lies outside of the site."""

    def read(text: str) -> tuple[Value, ...]:
        path = tmp_path / "names.txt"
        path.write_bytes(text.encode())
        return leaks.names_of(path, tmp_path / "site")

    return read


def test_a_listed_name_is_told_by_its_id_or_its_line(listed: Any) -> None:
    names = listed("# ours\n\nBota Erzhanqyzy = p-b0ta  # a comment\nDana Saparova\n")
    page = Artifact("a.html", "<p>Бота Ержанқызы</p><p>Dana Saparova</p>".encode())
    watch = leaks.watchlist(Protected(), names)
    told = [problem.message for problem in leaks.problems([page], watch)]
    assert any("p-b0ta (line 3)" in message for message in told)
    assert any("the list of names (line 4)" in message for message in told)


def test_a_listed_name_stops_the_build_though_a_public_record_has_it(
    site: Any, tmp_path: Path
) -> None:
    names = tmp_path / "names.txt"
    names.write_text(NAME)
    report = site.person("p-1", name=NAME).build(names=names)
    assert report.status == 2
    assert not site.public.exists()


def test_a_listed_name_that_is_too_plain_is_told(site: Any, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Aigul\nPlaceholder\n")
    report = site.person("p-1").build(names=names)
    told = [problem.span.line for problem in report.problems if problem.code == "X111"]
    assert told == [1, 2]
    assert report.status == 0


def test_a_list_in_the_site_is_refused(site: Any) -> None:
    site.write("names.txt", NAME)
    with pytest.raises(refusal.Refused) as refused:
        leaks.names_of(site.root / "names.txt", site.root)
    assert refused.value.diagnostics[0].code == "X112"


def test_a_mention_in_plain_words_stops_the_build_and_keeps_the_old_site(site: Any) -> None:
    site.person("p-h1d3", name=NAME, protect="restricted").testimony("t-1")
    assert site.build().status == 0
    before = site.files()
    site.testimony("t-1", body=f"And then {NAME} came in.\n")
    report = site.build()
    assert report.status == 2
    assert NAME not in str(report.problems)
    assert site.files() == before

"""A small site's folder that tests tell as a story, one record a line.

    def test_a_narrator_has_a_page(site):
        site.person("p-1", name="Placeholder Name").testimony("t-1", told_by="p-1").build()
        assert "Placeholder Name" in site.read("en/people/p-1.html")

Every record is valid as it stands; say only what the test is about. Keywords are the keys of
the file: `None` leaves one out, and a trailing underscore is dropped (`from_`, `in_`).
"""

from __future__ import annotations

import datetime
import fcntl
import functools
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigaq import pipeline
    from aigaq.words.diagnostics import Diagnostic

# A busy machine is slow, not wrong: no test fails for taking long.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

EVERYTHING = ("site", "translate", "data-download", "mirror")
TODAY = datetime.date(2026, 11, 22)
PROJECT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nightly", action="store_true", help="full sizes, and only what has one")
    parser.addoption("--share", type=int, default=1, metavar="N", help="an Nth of a full size")
    parser.addoption("--pictures", action="store_true", help="take those of docs/editors anew")


def pytest_configure() -> None:
    """Whoever runs the tests in the background ignores Ctrl-C, which tests send to commands.

    Messages are in English, whatever the language of the computer.
    """
    os.environ["AIGAQ_LANGUAGE"] = "en"
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Ordinarily all but what is marked `nightly`; nightly that, and what asks for a `size`."""
    nightly = config.getoption("--nightly")
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        marked = item.get_closest_marker("nightly") is not None
        sized = "size" in getattr(item, "fixturenames", ())
        (kept if (marked or sized if nightly else not marked) else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


@pytest.fixture(scope="session")
def size(pytestconfig: pytest.Config) -> Callable[[int, int], int]:
    """How much a test tries: `size(300, 100_000)` is 300, and 100,000 under `--nightly`.

    With `--share 4` a quarter of it, so that an hour is enough; other quarters are made by
    another `--hypothesis-seed`.
    """
    share = pytestconfig.getoption("--share")

    def tried(ordinary: int, nightly: int) -> int:
        if not pytestconfig.getoption("--nightly"):
            return ordinary
        return max(ordinary, nightly // share) if nightly > ordinary else nightly

    return tried


class SiteBuilder:
    """A site's folder in a temporary place. Whatever writes returns the builder itself."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.public = root / "public"
        self._config: dict[str, Any] = {"title": "Placeholder Archive", "languages": ["en"]}
        (root / "content").mkdir(parents=True)
        self.config()

    # What is written by hand

    def write(self, path: str, text: str | bytes) -> SiteBuilder:
        """A file as it stands, by its path from the site's folder."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.root.parent / f".{place.name}.fresh"  # whole at once, whoever watches
        fresh.write_bytes(text.encode() if isinstance(text, str) else text)
        fresh.replace(place)
        return self

    def remove(self, path: str) -> SiteBuilder:
        (self.root / path).unlink()
        return self

    def config(self, **fields: Any) -> SiteBuilder:
        """Settings of site.yaml; those of earlier calls stay."""
        self._config |= fields
        return self.write("site.yaml", _mapping(self._config))

    def testimony(
        self,
        record: str,
        lang: str = "en",
        body: str = "They took her in August.\n",
        **fields: Any,
    ) -> SiteBuilder:
        """A text told by `p-narrator` who consents to everything, unless you say else."""
        told_by = fields.get("told_by", "p-narrator")
        if "told_by" not in fields:
            self._unless_there("p-narrator", self.person)
        if "consent" not in fields and told_by is not None:
            fields["consent"] = f"c-{record}"
            self.consent(fields["consent"], given_by=_ids(told_by))
        header = {
            "title": f"Title of {record}",
            "told_by": told_by,
            "source": "Interview by the project, 2024-03",
        }
        return self._with_body(f"testimonies/{record}.{lang}", header | fields, body)

    def translation(
        self,
        record: str,
        lang: str,
        body: str = "The same in other words.\n",
        *,
        of: str = "en",
        **fields: Any,
    ) -> SiteBuilder:
        """A machine's draft translation of a text that is written in `of`."""
        header = {
            "title": f"Title of {record} in {lang}",
            "translation": {"from": of, "machine": True},
        }
        return self._with_body(f"testimonies/{record}.{lang}", header | fields, body)

    def page(
        self, slug: str, lang: str = "en", body: str = "Words.\n", **fields: Any
    ) -> SiteBuilder:
        return self._with_body(
            f"pages/{slug}.{lang}", {"title": f"Title of {slug}"} | fields, body
        )

    def person(self, record: str, name: str = "", **fields: Any) -> SiteBuilder:
        """A person, `open` unless you say else; a protected one has a pseudonym only."""
        protect = fields.get("protect", "open")
        kind = "preferred" if protect == "open" else "pseudonym"
        names = [{"text": name or f"Placeholder {record}", "lang": "en", "kind": kind}]
        return self._record("people", record, {"names": names, "protect": "open"} | fields)

    def group(self, record: str, group: str = "grandchildren", **fields: Any) -> SiteBuilder:
        return self._record(
            "groups", record, {"group": group, "protect": "group-only"} | fields
        )

    def place(self, record: str, name: str = "", **fields: Any) -> SiteBuilder:
        return self._record("places", record, {"names": _names(name or record)} | fields)

    def organisation(self, record: str, name: str = "", **fields: Any) -> SiteBuilder:
        return self._record("organisations", record, {"names": _names(name or record)} | fields)

    def series(self, record: str, title: str = "", **fields: Any) -> SiteBuilder:
        return self._record("series", record, {"title": title or f"Title of {record}"} | fields)

    def consent(self, record: str, **fields: Any) -> SiteBuilder:
        """A consent card of `p-narrator` to everything, unless you say else."""
        card = {"given_by": "p-narrator", "date": "2024-03-09", "scope": EVERYTHING}
        return self._record("consent", record, card | fields)

    def topics(self, *topics: Mapping[str, Any]) -> SiteBuilder:
        """All topics, such as `{"id": "prison", "label": {"en": "Prison"}}`."""
        return self.listed("topics", *topics)

    def listed(self, name: str, *entries: Mapping[str, Any]) -> SiteBuilder:
        """One of the lists: topics, glossary, corrections, identities."""
        lines = [f"- {_flow(entry)}\n" for entry in entries]
        return self.write(f"content/{name}.yaml", "".join(lines))

    # What becomes of it

    def check(self) -> list[Diagnostic]:
        """Every problem with the content, as `aigaq check` finds them."""
        from aigaq import pipeline  # noqa: PLC0415 - most tests never build

        problems, _ = pipeline.check(self.root, step=_silence)
        return list(problems)

    def codes(self) -> tuple[str, ...]:
        """The codes of all problems, sorted as they are shown."""
        return tuple(problem.code for problem in self.check())

    def build(self, **options: Any) -> pipeline.Report:
        """Build into `public`: one process, a fixed date, no search index unless asked for."""
        from aigaq import pipeline  # noqa: PLC0415 - most tests never build

        chosen: dict[str, Any] = {"jobs": 1, "date": TODAY, "search": False} | options
        return pipeline.build(
            self.root, self.public, options=pipeline.Options(**chosen), step=_silence
        )

    def read(self, path: str) -> str:
        """A built file's text, by its path from the output folder."""
        return (self.public / path).read_text("utf-8")

    def files(self) -> tuple[str, ...]:
        """The paths of all built files, sorted, without the generator's own marker."""
        return tuple(path for path in _below(self.public) if not path.startswith("."))

    def sources(self) -> tuple[str, ...]:
        """The paths of all files in the site's folder that are neither built nor cached."""
        return tuple(p for p in _below(self.root) if not p.startswith(("public/", ".cache/")))

    # How it is written

    def _record(self, folder: str, record: str, fields: Mapping[str, Any]) -> SiteBuilder:
        return self.write(f"content/{folder}/{record}.yaml", _mapping(fields))

    def _with_body(self, name: str, fields: Mapping[str, Any], body: str) -> SiteBuilder:
        return self.write(f"content/{name}.md", f"---\n{_mapping(fields)}---\n{body}")

    def _unless_there(self, record: str, make: Callable[[str], object]) -> None:
        if not any((self.root / "content").rglob(f"{record}.*")):
            make(record)


def _below(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _silence(_: str) -> None:
    pass


def _names(name: str) -> list[dict[str, str]]:
    return [{"text": name, "lang": "en", "kind": "preferred"}]


def _ids(told_by: Any) -> list[str]:
    told = told_by if isinstance(told_by, list | tuple) else [told_by]
    return [one["person"] if isinstance(one, Mapping) else one for one in told]


def _mapping(fields: Mapping[str, Any]) -> str:
    """Keys and values, one a line, as an editor would write them."""
    return "".join(
        f"{key.removesuffix('_')}: {_flow(value)}\n"
        for key, value in fields.items()
        if value is not None
    )


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        inside = (
            f"{key.removesuffix('_')}: {_flow(v)}" for key, v in value.items() if v is not None
        )
        return f"{{{', '.join(inside)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(str(value), ensure_ascii=False)


@pytest.fixture(scope="session")
def site_builder() -> type[SiteBuilder]:
    """For fixtures that several tests share; a test itself takes `site` or `new_site`."""
    return SiteBuilder


@pytest.fixture
def new_site(tmp_path: Path) -> Callable[[str], SiteBuilder]:
    """Makes further sites, by the names of their folders, for tests that compare."""
    return lambda name: SiteBuilder(tmp_path / name)


@pytest.fixture
def site(new_site: Callable[[str], SiteBuilder]) -> SiteBuilder:
    """An empty site in one language, to be filled."""
    return new_site("site")


def _beside(name: str) -> Any:
    """A module of checks in this folder: tests cannot import one another."""
    spec = importlib.util.spec_from_file_location(name, PROJECT / f"tests/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def beside() -> Callable[[str], Any]:
    """A module of these folders by its path from here, as `mirror/servers`."""
    return _beside


@pytest.fixture(scope="session")
def web_servers() -> Any:
    """The real nginx and Apache, with settings of ours."""
    return _beside("web_servers")


@pytest.fixture(scope="session")
def whole() -> Any:
    """A small site of every kind of record, and how whole sites are built and compared."""
    return _beside("whole_sites")


@pytest.fixture(scope="session")
def schema_faults() -> Callable[[Any, Mapping[str, Any]], list[str]]:
    """What a JSON Schema finds wrong with a value; nothing where it is valid."""
    module = _beside("json_schema")
    return lambda value, schema: list(module.faults(value, schema, schema))


@pytest.fixture(scope="session")
def schema_org_faults() -> Callable[[Mapping[str, Any]], list[str]]:
    """What schema.org finds wrong with a node of JSON-LD; nothing where it is valid."""
    module = _beside("schema_org")
    return lambda node: list(module.faults(node))


@pytest.fixture(scope="session")
def made_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, Callable[[Path], None]], Path]:
    """Fills a folder for all tests, whichever process asks first; none of them changes it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, fill: Callable[[Path], None]) -> Path:
        folder = base / name
        with (base / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (base / f"{name}.done").exists():
                shutil.rmtree(folder, ignore_errors=True)
                fill(folder)
                (base / f"{name}.done").touch()
        return folder

    return made


@pytest.fixture(scope="session")
def demonstration(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The folder of a site with the project's own content, built into its `public`."""

    def build(root: Path) -> None:
        shutil.copytree(PROJECT / "content", root / "content")
        shutil.copyfile(PROJECT / "site.yaml", root / "site.yaml")
        options = ["-q", "--date", TODAY.isoformat(), "--root", str(root)]
        subprocess.run([sys.executable, str(PROJECT / "build.py"), *options], check=True)

    return made_once("demonstration", build)


@pytest.fixture(scope="session")
def example(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The example of the documentation, built, with more scripts and kinds of page."""

    def build(root: Path) -> None:
        from aigaq import pipeline  # noqa: PLC0415 - most tests never build

        shutil.copytree(PROJECT / "docs/example", root)
        config = root / "site.yaml"
        written = config.read_text("utf-8")
        assert "languages: [en, kk]" in written
        more = "languages: [en, kk, ug, zh-Hans]\nexit_link: https://weather.example.org/\n"
        more += "mirrors: true"
        card = root / "content/consent/c-4t9h.yaml"
        card.write_text(card.read_text("utf-8").replace("[site,", "[site, mirror,"), "utf-8")
        config.write_text(written.replace("languages: [en, kk]", more), "utf-8")
        withdrawn = root / "content/people/p-0w0t.yaml"
        withdrawn.write_text("protect: withdrawn\ntombstone: true\n")
        told = root / "content/testimonies/t-6k6k"  # in Kazakh first, so English has it beside
        told.with_suffix(".kk.md").write_text(
            '---\ntitle: "Қысқа хат"\ntold_by: p-3n6w\nconsent: c-4t9h\n'
            'source: "Interview by the project, 2024-03"\n---\nХат жаздым.\n',
            "utf-8",
        )
        told.with_suffix(".en.md").write_text(
            '---\ntitle: "A short letter"\ntranslation: {from: kk, by: "A. Translator"}\n'
            "---\nI wrote a letter.\n",
            "utf-8",
        )
        options = pipeline.Options(jobs=1, date=TODAY, search=False)
        done = pipeline.build(root, root / "public", options=options, step=_silence)
        assert (done.status, done.pages > 20) == (0, True)

    return made_once("example", build)


@pytest.fixture(scope="session")
def hostile() -> Any:
    """The module that makes `hostile_site`, for its words and its attacks."""
    return _beside("hostile/site")


@pytest.fixture(scope="session")
def hostile_site(
    made_once: Callable[[str, Callable[[Path], None]], Path], hostile: Any
) -> Path:
    """The folder of a built site with an attack in each field and in each paragraph."""
    return made_once("hostile", hostile.fill)


@pytest.fixture(scope="session")
def kinds_of_pages() -> Callable[[Path], Mapping[str, str]]:
    """The kind of each page of a site, by its path in `public`, from the site's folder."""
    from aigaq import pipeline  # noqa: PLC0415 - most tests never build

    @functools.cache
    def kinds(root: Path) -> Mapping[str, str]:
        options = pipeline.Options(jobs=1, date=TODAY)
        prepared, problems, _ = pipeline.prepare(root, options=options, step=_silence)
        assert prepared, problems
        return {path: page.kind for path, page in prepared.pages.items()}

    return kinds


@pytest.fixture(scope="session")
def lacking() -> Callable[[str], NoReturn]:
    """Ends a test that needs what is not here: skipped, but never where a change is judged."""

    def end(what: str) -> NoReturn:
        if os.environ.get("CI"):
            pytest.fail(what)
        pytest.skip(what)

    return end


@pytest.fixture(scope="session")
def checker(lacking: Callable[[str], Any]) -> Callable[[str], Path]:
    """The file of a tool that `make tools` brought from npm, by its path there."""

    def found(path: str) -> Path:
        file = PROJECT / "tests/node_modules" / path
        return file if file.is_file() else lacking(f"there is no {path}: run `make tools`")

    return found

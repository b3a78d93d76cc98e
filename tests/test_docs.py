"""The documentation says what the program does; nothing in it leads nowhere."""

from __future__ import annotations

import html
import re
import shutil
import string
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import aigaq
from aigaq import cli, pipeline
from aigaq.desk import introspection, meanings, reference
from aigaq.source.schema.reading import Model
from aigaq.words import edtf, wording
from aigaq.words.counted_dates import RelativeDate
from aigaq.words.diagnostics import Problem, Span

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
EXAMPLE = DOCS / "example"
EDITORS = DOCS / "editors"
FIRST = EDITORS / "first-testimony.md"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("content/*.md")])
PAGES = [page for page in PAGES if EXAMPLE not in page.parents]
GENERATED = ("editors/fields.md", "editors/diagnostics.md", "theme.md")
GUIDES = sorted(p for p in EDITORS.glob("*.md") if f"editors/{p.name}" not in GENERATED)

# A path that only one machine has, or the host of a registry: no reader is served by them.
_MACHINE = re.compile(
    r"(?<![\w.])/(?:work|home|root|Users|tmp)/\w|[A-Z]:\\Users"
    r"|py[p]i\.org|python[h]osted|npm[j]s\.|crates\.[i]o|docker\.[i]o|--(?:extra-)?index-[u]rl"
)
_TEXTS = {".md", ".py", ".toml", ".yaml", ".yml", ".txt", ".html", ".css", ".js", ".po", ".cff"}
_NOT_OURS = {".git", ".venv", "public", "node_modules", "__pycache__"}


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@cache
def problems() -> tuple[Problem, ...]:
    return reference.problems()


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


# --- generated pages ---


@pytest.mark.parametrize("name", GENERATED)
def test_a_page_made_from_the_code_is_up_to_date(name: str) -> None:
    wanted = reference.files(DOCS)[DOCS / name]
    assert text_of(DOCS / name) == wanted, "run `make docs`"


def test_every_key_of_every_record_has_a_meaning_and_no_other() -> None:
    models = {m.__name__: m for m in _below(Model) if m.__name__ in meanings.KEYS}
    told = {(name, key) for name, keys in meanings.KEYS.items() for key in keys}
    assert told == {(name, key) for name, model in models.items() for key in model.keys}


def _below(model: type[Model]) -> set[type[Model]]:
    return {model} | {b for sub in model.__subclasses__() for b in _below(sub)}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_no_two_headings_of_a_page_share_an_anchor(page: Path) -> None:
    counted = Counter(anchors(page))
    assert [
        anchor for anchor, count in counted.items() if count > 1 and _is_linked(anchor)
    ] == []


def _is_linked(anchor: str) -> bool:
    return any(f"#{anchor})" in text_of(page) for page in PAGES)


# --- problems ---


def test_no_two_problems_share_a_code() -> None:
    counted = Counter(problem.code for problem in problems())
    assert [code for code, count in counted.items() if count > 1] == []


def test_every_code_is_a_letter_of_a_known_area_and_three_digits() -> None:
    shape = re.compile(rf"[{''.join(reference.AREAS)}]\d{{3}}")
    assert [p.code for p in problems() if not shape.fullmatch(p.code)] == []


@pytest.mark.parametrize("problem", problems(), ids=lambda problem: problem.code)
def test_a_problem_is_a_sentence_with_a_remedy(problem: Problem) -> None:
    for sentence in (problem.message, problem.remedy):
        assert sentence == " ".join(sentence.split()) != ""
        assert all(name.isidentifier() for name in _gaps(sentence)), sentence
        assert not sentence.endswith(("!", "?", ",", ":", ";")), sentence
    assert len(problem.message.split()) >= 3, "a sentence, not a word"
    assert re.match(r"[\w\"'{`‹(/~-]", problem.remedy), problem.remedy
    assert re.fullmatch(r"[^A-Z].*[^.]", problem.message), "small letter, no full stop"
    assert re.fullmatch(r"[^a-z].*[.}]", problem.remedy), "capital letter, full stop"


@pytest.mark.parametrize("problem", problems(), ids=lambda problem: problem.code)
def test_a_message_goes_on_after_its_code_and_a_remedy_is_a_sentence_of_its_own(
    problem: Problem,
) -> None:
    first = problem.message.split()[0]
    assert first.isupper() or not first[0].isupper(), problem.message
    assert not problem.message.endswith("."), problem.message
    assert not problem.remedy[0].islower(), problem.remedy
    assert problem.remedy.endswith((".", "}")), problem.remedy


def _gaps(sentence: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]


# --- commands ---


def commands() -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = [("", cli.main_group)]
    for name, command in sorted(cli.main_group.commands.items()):
        below = command.commands if isinstance(command, click.Group) else {}
        found += [(name, command), *((f"{name} {one}", part) for one, part in below.items())]
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=str)
def test_every_command_and_every_option_is_documented(
    name: str, command: click.Command
) -> None:
    page = text_of(DOCS / "commands.md")
    head = name.partition(" ")[0]
    section = page.partition(f"\n## {head}\n")[2].partition("\n## ")[0] if name else page
    assert section, f"no section on {name}"
    assert f"`{name}`" in section or " " not in name
    asked = [o for p in command.params for o in p.opts if o.startswith("--")]
    told = set(re.findall(r"--[a-z][a-z-]*", section + page.partition("\n## ")[0]))
    assert [option for option in asked if option not in told] == []


def existing() -> set[str]:
    options = {o for _, command in commands() for p in command.params for o in p.opts}
    return {name for name, _ in commands() if name} | options | {"--help", "--version"}


def named(page: str) -> set[str]:
    """Commands and options that a page names after `aigaq` or `build.py`."""
    calls = re.findall(r"(?:aigaq|build\.py)((?: --?[a-z][\w-]*| [\w./…-]+)+)", page)
    calls = [call for call in calls if re.match(r" (?:--|[a-z]+\b)", call)]
    options = {o for call in calls for o in re.findall(r"--[a-z][a-z-]*", call)}
    shape = r"(?:^|`|\$ |run: )(?:aigaq|python build\.py)(?: --root \S+)? ([a-z][a-z-]*)"
    return options | set(re.findall(shape, page, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_a_page_names_only_commands_and_options_that_exist(page: Path) -> None:
    assert named(text_of(page)) - existing() == set()


def test_the_citation_names_the_version_that_is_here() -> None:
    assert f"\nversion: {aigaq.__version__}\n" in text_of(ROOT / "CITATION.cff")


def test_the_licences_of_the_demonstration_are_told_beside_that_of_the_program() -> None:
    found = re.search(
        r"^licence: \{text: (\S+), data: (\S+)\}$", text_of(ROOT / "site.yaml"), re.M
    )
    assert found is not None
    for page in (ROOT / "README.md", ROOT / "content/LICENSE.md"):
        told = text_of(page).replace(" ", "-")
        assert [licence for licence in found.groups() if f"[{licence}]" not in told] == []


# --- links ---


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    lost = []
    for address in re.findall(r"(?<!\\)\[[^\]\n]*\]\(([^)\s]+)\)", _prose(text_of(page))):
        path, _, anchor = address.partition("#")
        if re.match(r"[a-z]+:", address):
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(address)
    assert lost == []


def _prose(page: str) -> str:
    """A page without what stands in it as code."""
    return re.sub(
        r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE)
    )


@cache
def anchors(page: Path) -> tuple[str, ...]:
    without_code = re.sub(r"^```.*?^```", "", text_of(page), flags=re.DOTALL | re.MULTILINE)
    return tuple(
        introspection.slug(h) for h in re.findall(r"^#+ (.+)$", without_code, re.MULTILINE)
    )


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_file_of_the_program_that_a_page_names_is_there(page: Path) -> None:
    paths = re.findall(r"`((?:aigaq|tests|templates|theme)/[\w./-]+)`", text_of(page))
    known = [path for path in paths if not re.search(r"[A-Z]{2}", path)]
    assert [path for path in known if not (ROOT / path).exists()] == []


def test_no_file_holds_the_path_of_a_machine_or_the_host_of_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in _ours()
        for hit in _MACHINE.finditer(text_of(path))
        if not (
            "tests" in path.parts and hit[0].startswith("/")
        )  # hostile paths are tried there
    ]
    assert found == []


def _ours() -> list[Path]:
    every = [p for p in ROOT.rglob("*") if p.suffix in _TEXTS or p.name == "Makefile"]
    inside = (p for p in every if not {*p.relative_to(ROOT).parts} & _NOT_OURS)
    return sorted(
        p
        for p in inside
        if not re.match(r"\.\w+_cache|\.hypothesis|\.cache", p.relative_to(ROOT).parts[0])
    )


# --- examples ---


@dataclass(frozen=True)
class Block:
    """A fenced block of a page; `intro` is the last line of words above it."""

    page: Path
    intro: str
    language: str
    text: str

    @property
    def subject(self) -> str:
        """The path that the line above ends in: of a file, or of a page that readers see."""
        named = re.search(r"`((?:content|public)/[^`\s]+|site\.yaml)`$", self.intro)
        return named[1] if named else ""

    @property
    def is_part(self) -> bool:
        return self.intro.endswith(f" in `{self.subject}`")


@cache
def blocks(page: Path) -> tuple[Block, ...]:
    shape = r"([^\n]*)\n\n```(\w*)\n(.*?)^```$"
    found = re.findall(shape, text_of(page), re.DOTALL | re.MULTILINE)
    assert len(found) == text_of(page).count("\n```") / 2, "an empty line stands above ```"
    return tuple(Block(page, *parts) for parts in found)


def shown(start: str) -> list[Block]:
    """The blocks of the guides whose subject begins with `start`."""
    every = (block for page in GUIDES for block in blocks(page))
    return [block for block in every if block.subject.startswith(start)]


def _id(block: Block) -> str:
    return f"{block.page.name}:{block.subject}"


def test_the_example_site_has_no_problems(tmp_path: Path) -> None:
    site = tmp_path / "example"
    shutil.copytree(EXAMPLE, site)
    found, _ = pipeline.check(site, step=lambda _: None)
    assert [str(problem) for problem in found] == []


@pytest.mark.parametrize("page", GUIDES, ids=_name)
def test_a_page_for_editors_is_short(page: Path) -> None:
    assert 60 <= text_of(page).count("\n") <= 200


@pytest.mark.parametrize("page", GUIDES, ids=_name)
def test_a_page_for_editors_has_a_whole_file_that_is_built(page: Path) -> None:
    assert [b for b in blocks(page) if b.subject and not b.is_part] != []


@pytest.mark.parametrize("page", GUIDES, ids=_name)
def test_every_example_says_which_file_it_is(page: Path) -> None:
    answers = {
        after.text for before, after in pairwise(blocks(page)) if before.language == "sh"
    }
    unsaid = [
        block.text
        for block in blocks(page)
        if block.language != "sh" and not block.subject and block.text not in answers
    ]
    assert unsaid == ([_tree()] if page.name == "README.md" else [])


@pytest.mark.parametrize("block", [*shown("content/"), *shown("site.yaml")], ids=_id)
def test_a_file_shown_to_editors_is_one_that_is_built(block: Block) -> None:
    if block.page == FIRST and block.subject == "site.yaml":
        return  # the smallest, which the test of that page builds
    there = text_of(EXAMPLE / block.subject)
    assert f"\n{block.text}" in f"\n{there}" if block.is_part else block.text == there


def _tree() -> str:
    return next(
        b.text for b in blocks(EDITORS / "README.md") if b.text.startswith("site.yaml ")
    )


def test_the_index_lists_every_file_of_the_example_and_no_other() -> None:
    there = {p.relative_to(EXAMPLE).as_posix() for p in EXAMPLE.rglob("*") if p.is_file()}
    assert {line.split()[0] for line in _tree().splitlines()} == there


@pytest.mark.parametrize("block", shown("public/"), ids=_id)
def test_what_readers_see_is_on_the_page_that_is_built(block: Block, example: Path) -> None:
    assert " ".join(block.text.split()) in _words(example / block.subject)


def _words(page: Path) -> str:
    """What a page says, without its marks, with single spaces."""
    main = text_of(page).partition("<main")[2].partition("</main>")[0]
    inline = re.sub(r"</?(?:a|bdi|span|time)\b[^>]*>", "", main)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", inline)).split())


def test_the_first_testimony_works_when_it_is_followed_to_the_letter(tmp_path: Path) -> None:
    steps = blocks(FIRST)
    for block in steps:
        if block.subject:
            (tmp_path / block.subject).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.subject).write_text(block.text, "utf-8")
    runner = CliRunner()
    checked = runner.invoke(cli.main_group, ["--root", str(tmp_path), "check"])
    answer = next(after for before, after in pairwise(steps) if before.text == "aigaq check\n")
    assert (checked.exit_code, checked.stdout) == (0, answer.text)
    made = runner.invoke(cli.main_group, ["--root", str(tmp_path), "build", "--no-search"])
    assert (made.exit_code, made.stderr.count("warning")) == (0, 0)
    assert (tmp_path / "public/en/testimonies/t-2k5m.html").is_file()


def test_the_folders_of_the_first_testimony_are_those_of_its_files() -> None:
    made = next(b.text for b in blocks(FIRST) if b.text.startswith("mkdir"))
    wanted = {str(Path(b.subject).parent) for b in blocks(FIRST) if "/" in b.subject}
    assert set(re.findall(r"my-archive/(\S+)", made)) == wanted


def test_the_message_shown_to_editors_is_one_that_check_gives(tmp_path: Path) -> None:
    site = tmp_path / "example"
    shutil.copytree(EXAMPLE, site)
    person = site / "content/people/p-8d2r.yaml"
    person.write_text(text_of(person).replace("role: missing", "role: mising"), "utf-8")
    found, _ = pipeline.check(site, step=lambda _: None)
    told = str(found[0]).partition("missing, survivor, ")[0]
    assert f"{told}missing, survivor, …" in text_of(EDITORS / "README.md")


# --- dates ---


def date_rows() -> list[list[str]]:
    """The cells of the tables of what may be written and what is refused in dates.md."""
    tables = text_of(EDITORS / "dates.md").partition("\n## What may be written\n")[2]
    rows = re.findall(r"^\| `.*\|$", tables, re.MULTILINE)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def _in_english(msgid: str, gaps: object) -> str:
    return msgid.format_map(gaps)  # type: ignore[arg-type]


@pytest.mark.parametrize("row", [r for r in date_rows() if len(r) == 4], ids=lambda row: row[0])
def test_a_date_of_the_table_means_what_the_table_says(row: list[str]) -> None:
    date = edtf.parse(row[0].strip("`"))
    assert isinstance(date, edtf.EdtfDate)
    bounds = [str(day) if day else "–" for day in (date.earliest, date.latest)]
    assert [*bounds, wording.in_words(date, "en", phrase=_in_english)] == row[1:]


@pytest.mark.parametrize("row", [r for r in date_rows() if len(r) == 2], ids=lambda row: row[0])
def test_a_date_that_the_table_calls_wrong_is_refused(row: list[str]) -> None:
    date, found = edtf.read(row[0].strip("`"), Span("dates.md"))
    assert (date, len(found)) == (None, 1)


@pytest.mark.parametrize("row", [r for r in date_rows() if len(r) == 3], ids=lambda row: row[0])
def test_a_date_that_counts_from_another_comes_out_as_the_table_says(row: list[str]) -> None:
    counted, interview = edtf.parse(row[0].strip("`")), edtf.parse(row[1])
    assert isinstance(counted, RelativeDate)
    assert isinstance(interview, edtf.EdtfDate)
    found = edtf.resolve(counted, interview)
    assert found is not None
    assert wording.in_words(found, "en", phrase=_in_english) == row[2]


def test_dates_counted_from_another_day_are_read() -> None:
    shown = re.findall(r"`(\d[^`]* (?:before|after) \w+)`", text_of(EDITORS / "dates.md"))
    assert len(shown) >= 3
    assert all(isinstance(edtf.parse(one), RelativeDate) for one in shown)

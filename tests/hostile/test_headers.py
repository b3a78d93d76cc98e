"""Headers and records as slips of the hand and of programs leave them: read, or told.

Each is a file of the example with one to six edits, by a seed of its own: `spoilt(17)` is
always the same. What single slips give is in `tests/mistakes`.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aigaq.source import records
from aigaq.source.document import Source

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[2] / "docs/example"
WHOLE = {"F001", "F013", "S083"}  # said of a whole file: nothing is in it, or it lies astray
SITE = Source("site.yaml", (EXAMPLE / "site.yaml").read_text("utf-8"), "")
SECRET = "Zhanarqyz"
HIDDEN = {
    path: text.replace("@", SECRET)
    for path, text in {
        "content/consent/c-1.yaml": "given_by: p-@\ndate: 2024-03-@\nscope: [site, @]\n"
        "names: real @\nothers_object: {en: '@'}\nstatus: @\n",
        "content/people/p-1.yaml": "protect: pseudonym\nnames:\n  - text: '@'\n    lang: en\n"
        "    kind: real\nsex: @\nbirth: @\nwords: |\n  @\n  @\n",
        "content/testimonies/t-1.en.md": '---\ntitle: "@"\nprotect: restricted\n'
        "told_by: [@, {person: @, label: @}]\nconsent: @\n---\n@\n",
    }.items()
}
SEEDS = {
    path.relative_to(EXAMPLE).as_posix(): path.read_text("utf-8")
    for path in sorted(EXAMPLE.rglob("*.*"))
    if path.suffix in {".md", ".yaml"}
} | HIDDEN
PIECES = (
    *"\t\n\r :-#[]{}\",&*!|>%@`?\\'~=<0é😀ә中ا",
    *"\0\x7f\x85\xa0\u2028\u200b\u202e\ufeff\ufffd\ud800",
    *("---", "\n---\n", "...", "\n- ", ": ", "\n  ", "<<: *a", "&a ", "*a", "!!python/x "),
    *("null", "true", "NO", "1e999", "0x", "2017-02-30", "9" * 400, "[" * 30, "{a: " * 30),
    *("%YAML 1.2", "? ", "| \n", ">-\n", "''", '"', '"\\x', "{{7*7}}", "%(x)s", "{0}"),
    *("en: ", "ID.LANG", "../../etc/passwd", "person:", "p-3n6w", "a" * 3000, "\n" * 50),
)  # fmt: skip


def spoilt(seed: int) -> Source:
    chance = random.Random(seed)
    path = chance.choice(list(SEEDS))
    text = SEEDS[path]
    for _ in range(chance.randint(1, 6)):
        text = edited(text, chance)
    return Source(path, text, "")


def edited(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at, line = chance.randrange(len(text) + 1), chance.randrange(len(lines))
    match chance.randrange(8):
        case 0 | 1:
            return text[:at] + chance.choice(PIECES) + text[at:]
        case 2:
            return text[:at] + chance.choice(PIECES) + text[at + chance.randint(1, 9) :]
        case 3:
            return text[:at] + text[at + chance.randint(1, 30) :]
        case 4:
            lines.insert(line, chance.choice(lines))
        case 5:
            del lines[line]
        case 6:
            lines[line] = " " * chance.randint(1, 8) + lines[line].lstrip()
        case _:
            lines[line:line] = chance.choice(list(SEEDS.values())).split("\n")[:4]
    return "\n".join(lines)


def complaints(source: Source) -> list[str]:
    """What is wrong with what is told of a file; nothing that it holds may raise."""
    _, found = records.read((SITE, source))
    wrong = [str(one) for one in found if not (one.message and one.remedy)]
    last = source.text.count("\n") + 1
    lined = (one for one in found if one.is_error and one.code not in WHOLE)
    wrong += [str(one) for one in lined if not 1 <= one.span.line <= last]
    wrong += [str(one) for one in found if one.span.path != source.path]
    # Without a word of it nothing says that a text is hidden.
    header = source.text.split("\n---")[0]
    said = "protect" in header and "restricted" in header
    if source.path in HIDDEN and (said or source.path.endswith(".yaml")):
        wrong += [str(one) for one in found if SECRET in str(one)]
    return wrong


# The word with two slips, in lines that cannot be read.
SLIPS = (
    *("portect", "protct", "potect", "prtoect", "protetc", "portetc", "Protcet", "prtect"),
    *("pro tcet", "prot-ec", "рrotесt", "protection", "ptotext", "p r o t e c", "protcted"),
)
UNREADABLE = (
    *(
        "{}: [restricted",
        "{}: {{restricted",
        '{}: "restricted',
        "{}:restricted",
        "{} restricted",
    ),
    *("{} = restricted", "{}:\trestricted", "  {}: restricted", "- {}: restricted", "{}：ok"),
    *("'{}: restricted", "{}: *a", "{}: &a restricted", "{}: !x restricted", "?{}: restricted"),
)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_the_word_that_hides_a_record_opens_no_message(slip: str) -> None:
    told = []
    for path, text in HIDDEN.items():
        for shape in UNREADABLE:
            line = shape.format(slip)  # none of them has a backslash
            header = re.sub("(?m)^protect: .*$", line, text)
            header = header if "protect:" in text else f"{line}\n{text}"
            _, found = records.read((SITE, Source(path, header, "")))
            told += [(shape, str(one)) for one in found if SECRET in str(one)]
    assert told == []


def test_without_such_a_word_messages_say_what_they_are_about() -> None:
    text = "---\ntitle: [Placeholder\nnonsense: x\nsource: Interview by the project\n---\nx\n"
    text = text.replace("[Placeholder", "Placeholder\ntitle: Another")
    _, found = records.read((SITE, Source("content/testimonies/t-1.en.md", text, "")))
    assert any('"nonsense"' in str(one) for one in found)


def test_the_edits_spoil_most_files_and_leave_some_good() -> None:
    refused = [bool(records.read((SITE, spoilt(seed)))[1]) for seed in range(300)]
    assert 200 < sum(refused) < 300


def test_every_spoilt_header_is_read_or_told_with_line_and_remedy(
    size: Callable[[int, int], int],
) -> None:
    wrong = {}
    for seed in range(size(2_000, 100_000)):
        told = complaints(spoilt(seed))
        if told:
            wrong[seed] = told
    assert wrong == {}

"""The drill of docs/mirrors/keys.md, run to the letter by three editors with real keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def editors(tmp_path: Path, people: Any) -> list[Any]:
    return [people.Editor(tmp_path / name) for name in ("a", "b", "c")]


@pytest.fixture
def archive(site: Any, editors: list[Any], people: Any) -> Path:
    """A site whose first release was signed by the first two, as the page says."""
    site.config(mirrors=True, address="https://archive.example.org/").testimony("t-1")
    site.write(".gitignore", ".cache/\npublic/\n")
    site.write("releases/allowed_signers", people.listed(editors))
    editors[0].types("git init -q && git add -A && git commit -qm All", site.root)
    first, second = people.blocks("keys.md", "Each release")
    editors[0].types(first, site.root)
    editors[1].types(second, site.root)
    root: Path = site.root
    return root


def test_the_drill_works_to_the_letter_and_leaves_no_trace(
    archive: Path, editors: list[Any], people: Any
) -> None:
    def state() -> dict[str, bytes]:
        files = (p for folder in ("releases", "public") for p in (archive / folder).rglob("*"))
        return {str(p.relative_to(archive)): p.read_bytes() for p in files if p.is_file()}

    one, two, three = editors
    without, sign, look, stolen, undo = people.blocks("keys.md", "The drill")
    before, notes = state(), [editor.notes for editor in editors]

    one.types(without, archive)
    one.types(sign, archive, BACKUP=str(one.backup))
    two.types(sign, archive, BACKUP=str(two.backup))

    status, said = one.ran(look, archive)
    assert (status, "A013" in said, "e3@example.org goes" in said) == (0, True, True)
    status, said = one.ran(stolen, archive)
    assert (status, "A007" in said, "A008" in said) == (1, True, True)

    one.types("rm -r ~/drill-key", archive)
    two.types("rm -r ~/drill-key", archive)
    one.types(undo, archive)
    assert state() == before
    assert [editor.notes for editor in editors] == notes
    assert one.types("git branch --format '%(refname:short)'", archive) == "main\n"
    assert three.notes == {}

    # The next true release has the number that the drill had, and can be signed.
    (archive / "content/pages").mkdir(exist_ok=True)
    (archive / "content/pages/more.en.md").write_text("---\ntitle: More\n---\nWords.\n")
    one.types("git add -A && git commit -qm More", archive)
    one.types(people.blocks("keys.md", "Each release")[0], archive)


def test_after_a_lost_quorum_a_list_taken_by_hand_goes_on_where_the_old_one_ended(
    archive: Path, editors: list[Any], people: Any, tmp_path: Path
) -> None:
    pinned = tmp_path / "checker/allowed_signers"
    pinned.parent.mkdir()
    pinned.write_text(people.listed(editors))
    verify = f"aigaq mirror verify public --signers {pinned} --threshold 2"
    editors[0].types(verify, archive)
    new = [people.Editor(tmp_path / name) for name in ("d", "e")]

    (archive / "releases/allowed_signers").write_text(people.listed(new))
    new[0].types("git commit -qam 'A new ceremony'", archive)
    first, second = people.blocks("keys.md", "Each release")
    new[0].types(first, archive)
    new[1].types(second, archive)

    status, said = editors[0].ran(verify, archive)
    assert (status, "A006" in said, "A008" in said) == (1, True, True)
    pinned.write_text(people.listed(new))  # compared in print and by voice
    assert new[0].types(verify, archive) == ""

"""Packing, on a real site in a real repository."""

from __future__ import annotations

import datetime
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli
from aigaq.mirror import manifest, packing, planning, statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aigaq.mirror.statement import Release

Made = tuple[Any, list[str]]
DAY = datetime.date(2026, 11, 22)


def git(site: Any, *arguments: str, day: datetime.date = DAY) -> str:
    who = ("-c", "user.name=Placeholder", "-c", "user.email=p@example.org")
    command = ["git", "-C", str(site.root), *who, *arguments]
    when = {"GIT_AUTHOR_DATE": f"{day}T12:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00Z"}
    own = {**os.environ, **when}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=own).stdout


def commit(site: Any, day: datetime.date = DAY) -> None:
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "Work", day=day)


@pytest.fixture
def archive(site: Any, keys: Any) -> Any:
    """Two texts that mirrors may have, in a repository."""
    site.config(mirrors=True, address="https://archive.example.org/")
    site.testimony("t-1").testimony("t-2").write(".gitignore", ".cache/\npublic/\n")
    site.write("releases/allowed_signers", keys.listed("one", "two"))
    git(site, "init", "-q")
    commit(site)
    return site


def _pack(site: Any, *, renew: bool = False) -> Made:
    plan, found = planning.planned(site.root, site.public, renew=renew)
    if plan is None:
        return None, [f"{p.code} {p.span}" for p in found]
    report = site.build(date=plan.date, whole=True)
    assert report.archive is not None, report.problems
    public = report.archive
    made = packing.Site(
        address=public.site.address,
        mirrors=public.site.mirrors,
        published={*public.texts, *public.people, *public.redirects},
    )
    release, found = packing.pack(site.root, site.public, plan, made)
    return release, [f"{p.code} {p.span}" for p in found]


@pytest.fixture
def pack(archive: Any) -> Callable[..., Made]:
    return lambda **options: _pack(archive, **options)


def packed(site: Any) -> dict[str, bytes]:
    names = ("RELEASE", "SHA256SUMS", "LEDGER", "allowed_signers")
    return {name: (site.public / name).read_bytes() for name in names}


def test_a_release_names_its_commit_and_counts_its_files(archive: Any, pack: Any) -> None:
    release, found = pack()

    assert found == []
    assert (release.seq, release.previous, release.date) == (1, statement.FIRST, DAY)
    assert release.commit == git(archive, "rev-parse", "HEAD").strip()
    assert release.next_by == DAY + datetime.timedelta(days=90)
    assert release.files == len(manifest.read((archive.public / "SHA256SUMS").read_bytes())[0])
    assert archive.read("LEDGER") == "p-narrator 1\nt-1 1\nt-2 1\n"


def test_what_was_packed_is_a_copy_that_can_be_verified(
    archive: Any, pack: Any, new_copy: Any, keys: Any
) -> None:
    pack()
    copy = new_copy("unused")
    copy.folder, copy.pinned = archive.public, keys.listed("one", "two")

    assert copy.signed("one", "two").told() == (0, [])


def test_the_same_commit_gives_the_same_bytes(archive: Any, pack: Any) -> None:
    pack()
    first = packed(archive)

    assert pack()[1] == []
    assert packed(archive) == first


def test_the_next_release_goes_on_from_the_last(archive: Any, pack: Any) -> None:
    pack()
    commit(archive)
    first = packed(archive)["RELEASE"]
    archive.testimony("t-3")
    commit(archive)

    release, found = pack()

    assert (found, release.seq, release.previous) == ([], 2, manifest.digest(first))
    assert archive.read("LEDGER") == "p-narrator 1\nt-1 1\nt-2 1\nt-3 2\n"


def test_a_release_that_was_committed_is_made_again_from_any_later_commit(
    archive: Any, pack: Any, keys: Any
) -> None:
    """So a workflow can publish what was signed at home, on another day."""
    pack()
    first = packed(archive)
    signature = keys.signature("one", first["RELEASE"])
    archive.write("releases/RELEASE.sig", signature)
    commit(archive, DAY + datetime.timedelta(days=3))

    release, found = pack()

    assert (found, release.seq, packed(archive)) == ([], 1, first)
    assert (archive.public / "RELEASE.sig").read_bytes() == signature


def test_a_release_of_the_same_content_can_be_renewed(archive: Any, pack: Any) -> None:
    pack()
    commit(archive, DAY + datetime.timedelta(days=80))

    release, found = pack(renew=True)

    assert (found, release.seq) == ([], 2)
    assert release.next_by == DAY + datetime.timedelta(days=170)


def test_old_signatures_go_with_the_old_release(archive: Any, pack: Any, keys: Any) -> None:
    pack()
    raw = packed(archive)["RELEASE"]
    for folder in ("public", "releases"):
        archive.write(f"{folder}/RELEASE.sig", keys.signature("one", raw))
    commit(archive)
    archive.testimony("t-3")
    commit(archive)

    pack()

    assert list(archive.root.rglob("RELEASE.sig*")) == []


@pytest.mark.parametrize(
    "path",
    [
        *("content/testimonies/t-1.en.md", "content/testimonies/t-9.en.md", "site.yaml"),
        *("templates/own.html", "releases/allowed_signers", "releases/MIRRORS"),
        "releases/LEDGER",
    ],
)
def test_what_is_not_committed_is_not_released(archive: Any, pack: Any, path: str) -> None:
    archive.write(path, "something else\n")

    release, found = pack()

    assert release is None
    assert f"A051 {path}" in found


def test_what_git_ignores_and_the_program_reads_is_not_released(
    archive: Any, pack: Any
) -> None:
    (archive.root / ".git/info/exclude").write_text("t-3.*\n")
    archive.testimony("t-3")
    git(archive, "add", "-A")

    assert "A051 content/testimonies/t-3.en.md" in pack()[1]


def test_a_release_that_was_packed_and_not_noted_stands_in_the_way_of_the_next(
    archive: Any, pack: Any
) -> None:
    pack()
    archive.testimony("t-3")
    git(archive, "add", "content")
    git(archive, "commit", "-q", "-m", "Work")

    assert pack()[1] == ["A051 releases/LEDGER", "A051 releases/RELEASE"]


def test_without_a_commit_nothing_is_released(site: Any) -> None:
    assert _pack(site) == (None, ["A050 ."])


def test_without_a_list_of_signers_nothing_is_released(archive: Any, pack: Any) -> None:
    archive.remove("releases/allowed_signers")
    commit(archive)

    assert pack()[1] == ["A054 releases/allowed_signers"]


@pytest.mark.parametrize(
    ("path", "line", "wanted"),
    [
        ("releases/allowed_signers", "*@example.org ssh-ed25519 AAAA\n", "A010"),
        ("releases/MIRRORS", "mirror.example.net\n", "A015"),
    ],
)
def test_lists_that_cannot_be_read_are_not_released(
    archive: Any, pack: Any, path: str, line: str, wanted: str
) -> None:
    archive.write(path, line)
    commit(archive)

    assert pack()[1] == [f"{wanted} {path}:1"]


@pytest.mark.parametrize(
    ("setting", "wanted"), [({"mirrors": None}, "A052"), ({"address": None}, "A053")]
)
def test_a_site_that_is_not_meant_for_mirrors_is_not_released(
    archive: Any, pack: Any, setting: dict[str, Any], wanted: str
) -> None:
    archive.config(**setting)
    commit(archive)

    assert pack() == (None, [f"{wanted} site.yaml"])


def test_a_text_that_mirrors_may_not_have_stops_the_release(
    archive: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.consent("c-t-1", scope=["site"])
    commit(archive)

    with pytest.raises(SystemExit) as left:
        cli.main(["-q", "--root", str(archive.root), "mirror", "pack"])

    assert (left.value.code, "P004" in capsys.readouterr().out) == (1, True)
    assert not (archive.root / "releases/RELEASE").exists()


@pytest.mark.parametrize("damage", [lambda text: text[7:], lambda text: text.replace("2", "9")])
def test_a_ledger_that_lost_a_line_is_not_released(
    archive: Any, pack: Any, damage: Any
) -> None:
    pack()
    ledger = archive.root / "releases/LEDGER"
    ledger.write_text(damage(ledger.read_text()))
    commit(archive)

    assert pack()[1] == ["A055 releases/LEDGER"]


def test_a_text_whose_file_is_gone_without_a_word_stops_the_release(
    archive: Any, pack: Any
) -> None:
    pack()
    archive.remove("content/testimonies/t-2.en.md")
    commit(archive)

    assert pack() == (None, ["A058 releases/LEDGER"])


def test_what_is_kept_back_for_a_while_is_hidden_and_may_return(
    archive: Any, pack: Any
) -> None:
    pack()
    archive.testimony("t-2", protect="restricted", title=None, body="")
    commit(archive)
    assert pack()[1] == []
    assert archive.read("LEDGER").endswith(f"t-2 1\nt-2 hidden 2 {DAY}\n")

    commit(archive)
    archive.testimony("t-2")
    commit(archive)
    assert pack()[1] == []
    assert archive.read("LEDGER").endswith("t-2 3\n")


def test_what_is_withdrawn_is_noted_with_its_release(archive: Any, pack: Any) -> None:
    pack()
    commit(archive)
    cli.main(["-q", "--root", str(archive.root), "withdraw", "t-2"])
    waiting = (archive.root / "releases/LEDGER").read_text().splitlines()[-1]
    commit(archive)

    assert pack()[1] == []

    assert archive.read("LEDGER").splitlines()[-1] == waiting.replace(" - ", " 2 ")
    assert not (archive.public / "en/testimonies/t-2.html").exists()


def test_what_was_withdrawn_by_hand_is_noted_too(archive: Any, pack: Any) -> None:
    pack()
    archive.write("content/testimonies/t-2.en.md", "---\nprotect: withdrawn\n---\n")
    archive.remove("content/consent/c-t-2.yaml")
    commit(archive)

    assert pack()[1] == []

    assert archive.read("LEDGER").endswith(f"t-2 1\nt-2 withdrawn 2 {DAY}\n")


def test_a_history_that_was_not_fetched_is_asked_for(
    archive: Any, pack: Any, new_site: Any
) -> None:
    pack()
    commit(archive)
    shallow = new_site("shallow")
    for path in shallow.root.iterdir():
        path.unlink() if path.is_file() else path.rmdir()
    address = f"file://{archive.root}"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", address, str(shallow.root)], check=True
    )

    assert _pack(shallow)[1] == ["A056 releases/RELEASE"]


def test_what_changes_while_the_site_is_built_is_not_released(archive: Any) -> None:
    plan, _ = planning.planned(archive.root, archive.public, renew=False)
    assert plan is not None
    archive.build(date=plan.date, whole=True)
    site = packing.Site(address="https://a.example/", mirrors=True, published=())

    archive.testimony("t-3")
    _, found = packing.pack(archive.root, archive.public, plan, site)
    assert "A051 content/testimonies/t-3.en.md" in [f"{p.code} {p.span}" for p in found]

    commit(archive)
    _, found = packing.pack(archive.root, archive.public, plan, site)
    assert [problem.code for problem in found] == ["A066"]


def test_links_in_the_built_site_are_not_released(archive: Any) -> None:
    plan, _ = planning.planned(archive.root, archive.public, renew=False)
    assert plan is not None
    archive.build(date=plan.date, whole=True)
    (archive.public / "en/out.html").symlink_to("/etc/hostname")
    site = packing.Site(address="https://a.example/", mirrors=True, published=())

    release, found = packing.pack(archive.root, archive.public, plan, site)

    assert (release, [f"{p.code} {p.span}" for p in found]) == (None, ["A060 en/out.html"])


def test_a_site_in_a_folder_of_its_repository_is_released_too(
    archive: Any, tmp_path: Path
) -> None:
    above = tmp_path / "above"
    above.mkdir()
    archive.root.rename(above / "site")
    (above / "site/.git").rename(above / ".git")
    archive.root, archive.public = above / "site", above / "site/public"
    (above / "notes.txt").write_text("outside of the site\n")
    commit(archive)

    assert _pack(archive)[1] == []
    commit(archive)
    assert _pack(archive)[0].seq == 1
    archive.testimony("t-1", body="Other words.\n")
    assert _pack(archive)[1] == ["A051 content/testimonies/t-1.en.md"]


def test_a_release_that_is_nearly_stale_is_told() -> None:
    made: Release = statement.Release(
        site="https://a.example/",
        seq=1,
        date=DAY,
        commit="0" * 40,
        engine=packing.engine(),
        files=1,
        previous="-",
        next_by=DAY + statement.VALID,
        manifest="0" * 64,
        ledger="0" * 64,
    )

    def codes(days: int) -> list[str]:
        found = packing.soon_stale(made, DAY + datetime.timedelta(days=days))
        return [problem.code for problem in found]

    assert (codes(80), codes(84)) == ([], ["A059"])

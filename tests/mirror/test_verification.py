from __future__ import annotations

import datetime
import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import sources, verification
from aigaq.output import refusal

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime.date(2026, 11, 23)
PAGE = "en/testimonies/t-1.html"


def test_a_good_copy_is_told_who_signed_it_and_what_was_read(copy: Any) -> None:
    verdict = copy.verify()

    assert (verdict.status, verdict.problems, verdict.hashed) == (0, (), 6)
    assert [one.name for one in verdict.signed_by] == ["one@example.org", "two@example.org"]


def test_every_file_that_differs_is_named(copy: Any) -> None:
    copy.write(PAGE, b"others").write("en/new.html", b"new")
    (copy.folder / "index.html").unlink()

    assert copy.told() == (1, ["A035 en/new.html", f"A033 {PAGE}", "A034 index.html"])


def test_a_folder_that_is_no_copy_is_told(tmp_path: Path, copy: Any) -> None:
    copy.folder = tmp_path

    assert copy.told() == (1, ["A001 RELEASE"])


def test_without_signatures_nothing_else_is_looked_at(copy: Any) -> None:
    copy.signed().write(PAGE, b"others")

    assert copy.told() == (1, ["A003 RELEASE"])


def test_below_the_threshold_it_is_told_how_many_are_missing(copy: Any) -> None:
    copy.signed("one", "stranger")

    assert copy.told() == (1, ["A008 RELEASE", "A006 RELEASE.sig.2"])
    assert copy.told(threshold=1) == (0, ["A006 RELEASE.sig.2"])


def test_a_signature_behind_a_name_that_is_free_does_not_belong(copy: Any) -> None:
    (copy.folder / "RELEASE.sig.2").rename(copy.folder / "RELEASE.sig.3")

    assert copy.told() == (1, ["A008 RELEASE"])
    assert copy.told(threshold=1) == (1, ["A035 RELEASE.sig.3"])


def test_after_the_promised_day_it_is_stale(copy: Any) -> None:
    last = datetime.datetime(2027, 2, 21, 23, tzinfo=datetime.UTC)

    assert copy.told(now=last) == (0, [])
    assert copy.told(now=last + datetime.timedelta(hours=1)) == (2, ["A020 RELEASE"])


def test_a_copy_that_is_old_and_altered_is_altered(copy: Any) -> None:
    copy.write(PAGE, b"others")
    later = datetime.datetime(2028, 1, 1, tzinfo=datetime.UTC)

    assert copy.told(now=later) == (1, ["A020 RELEASE", f"A033 {PAGE}"])


def test_a_release_of_other_words_is_refused(copy: Any) -> None:
    copy.write("RELEASE", copy.read("RELEASE") + b"note: hello\n").signed("one", "two")

    assert copy.told() == (1, ["A002 RELEASE"])


def test_a_list_of_files_that_was_not_signed_is_refused(copy: Any) -> None:
    copy.write("SHA256SUMS", copy.read("SHA256SUMS").replace(b"a", b"b"))

    assert copy.told() == (1, ["A030 SHA256SUMS"])


def test_a_wrong_count_is_refused_even_if_it_is_signed(copy: Any) -> None:
    assert copy.release({}, files=7).told() == (1, ["A032 SHA256SUMS"])


@pytest.mark.parametrize(
    ("ledger", "wanted"),
    [
        ("t-1 1\nt-2 1\nt-3 1\n", "A043 SHA256SUMS"),
        ("t-1 1\nt-2 2\n", "A041 LEDGER"),
        ("t-1 1\nt-2 -\n", "A041 LEDGER"),
        ("t-1 1\nt-1 1\n", "A041 LEDGER"),
        ("t-1 withdrawn 1 2026-11-23\nt-1 1\n", "A041 LEDGER"),
        ("t-1 1", "A031 LEDGER"),
        ("t-1 1\r\n", "A031 LEDGER"),
        ("t-1 was here\n", "A031 LEDGER"),
    ],
)
def test_a_ledger_that_breaks_its_rules_is_refused_even_if_it_is_signed(
    copy: Any, ledger: str, wanted: str
) -> None:
    assert copy.release({}, ledger=ledger).told() == (1, [wanted])


def test_a_text_may_go_if_the_ledger_says_so(copy: Any) -> None:
    copy.verify()
    for page in copy.folder.glob("*/testimonies/t-2.html"):
        page.unlink()

    copy.next(ledger=f"{copy.ledger}t-2 withdrawn 2 2026-11-23\n")

    assert copy.told() == (0, [])


def test_an_older_copy_with_its_shorter_ledger_was_set_back_and_not_altered(copy: Any) -> None:
    copy.verify()
    old = shutil.copytree(copy.folder, copy.folder.with_name("old"))
    for page in copy.folder.glob("*/testimonies/t-2.html"):
        page.unlink()
    copy.next(ledger=f"{copy.ledger}t-2 withdrawn 2 2026-11-23\n").verify()

    copy.folder = old

    assert copy.told() == (2, ["A021 RELEASE"])


def test_what_is_accepted_is_remembered_even_where_files_are_altered(copy: Any) -> None:
    copy.verify()
    old = shutil.copytree(copy.folder, copy.folder.with_name("old"))
    copy.next({PAGE: b"new words"}).write(PAGE, b"forged").verify()

    copy.folder = old

    assert copy.told() == (2, ["A021 RELEASE"])


def test_what_is_refused_is_not_remembered(copy: Any) -> None:
    copy.verify()
    copy.next({}, seq=9, ledger="").verify()

    assert copy.seen.seq == 1


def test_one_page_can_be_read_alone(copy: Any) -> None:
    copy.write("index.html", b"others")

    assert copy.told(chosen=lambda _: (PAGE,)) == (0, [])
    assert copy.verify(chosen=lambda _: (PAGE,)).hashed == 1
    assert copy.told(chosen=lambda _: ("index.html",)) == (1, ["A033 index.html"])
    assert copy.told(chosen=lambda _: ("en/none.html",)) == (1, ["A037 en/none.html"])


def test_a_place_that_cannot_be_listed_is_read_all_the_same(copy: Any) -> None:
    class Server(sources.Folder):
        """As a web server: it gives what it is asked for, and no list."""

        def listing(self) -> None:
            return None

    def verify() -> tuple[bool, list[str]]:
        known, _ = verification.signers.read(copy.pinned, "pinned")
        now = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
        trust = verification.Trust(pinned=copy.pinned, known=known, threshold=2, now=now)
        verdict = verification.of(Server(copy.folder), trust)
        return verdict.listed, [f"{p.code} {p.span}" for p in verdict.problems]

    assert verify() == (False, [])
    copy.write("en/new.html", b"cannot be seen from here").write(PAGE, b"others")
    (copy.folder / "index.html").unlink()
    assert verify() == (False, [f"A033 {PAGE}", "A034 index.html"])


def test_a_place_that_is_not_there_is_not_reached(copy: Any) -> None:
    shutil.rmtree(copy.folder)

    with pytest.raises(refusal.NotPossibleNow):
        copy.verify()


def test_a_new_list_of_signers_comes_with_a_quorum_of_the_old(copy: Any, keys: Any) -> None:
    new = keys.listed("one", "two", "stranger")
    copy.pinned = keys.listed("one", "two", "three")
    copy.next({"allowed_signers": new})

    verdict = copy.verify()

    assert (verdict.status, verdict.signers) == (0, new)
    [problem] = verdict.problems
    assert problem.code == "A013"
    assert "stranger@example.org comes" in problem.message
    assert "three@example.org goes" in problem.message


def test_signers_of_the_new_list_alone_are_no_quorum(copy: Any, keys: Any) -> None:
    copy.next({"allowed_signers": keys.listed("stranger", "two")}, by=("stranger", "two"))

    verdict = copy.verify()

    assert (verdict.status, verdict.signers) == (1, b"")


def test_the_list_that_lies_on_the_copy_lets_nobody_in(copy: Any, keys: Any) -> None:
    copy.release({"allowed_signers": keys.listed("stranger")}, by=("stranger",))

    assert copy.told(threshold=1)[0] == 1


def test_a_new_list_that_could_never_reach_the_threshold_is_refused(
    copy: Any, keys: Any
) -> None:
    copy.next({"allowed_signers": keys.listed("one")})

    assert copy.told() == (1, ["A014 allowed_signers"])


def test_the_list_that_is_pinned_already_is_no_news(copy: Any) -> None:
    copy.next({"allowed_signers": copy.pinned})

    assert copy.told() == (0, [])


def test_twenty_thousand_files_take_two_seconds_of_work(new_copy: Any, size: Any) -> None:
    number = size(2000, 20_000)
    files = {f"en/testimonies/t-{n}.html": b"%d" % n * 900 for n in range(number)}
    copy = new_copy("large").release(files)

    begun = time.process_time()
    verdict = copy.verify()

    assert verdict.status == 0
    assert time.process_time() - begun < 2 * number / 20_000 + 0.2

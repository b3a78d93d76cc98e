"""Incremental equals clean: whatever people do to a site, in whatever order, byte for byte."""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from aigaq import cli
from aigaq.output import last_build, rendering

LANGS = ("en", "kk")
DAYS = ("2026-01-01", "2026-06-02", "2026-11-22")
SEALS = ("2025-12-31", "2026-05-31", "2026-12-31")
PROTECT = ("pseudonym", "initials", "restricted", "group-only", "withdrawn")
WHO = ("-c", "user.name=X", "-c", "user.email=x@example.org")
numbers = st.integers(0, 999)


def silently(*arguments: str) -> int:
    """A command in this process; its exit status."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            cli.main(list(arguments))
        except SystemExit as left:
            return int(left.code or 0)
    return 0


class People(RuleBasedStateMachine):
    """Editors at work in a repository, with a build now and then."""

    whole: Any
    site_builder: Any
    begun: Path | None = None  # the built site that every sequence begins with

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="aigaq-edits-"))
        self.site = self.whole.small(self.site_builder(self.folder / "site"))
        self.root: Path = self.site.root
        self.day = DAYS[2]
        self.number = 0

    def begin(self) -> None:
        """What comes before all sequences; to do it in each would take half of their time."""
        self.site.write(".gitignore", ".cache/\npublic/\n")
        self.git("init", "-q", "--template=")
        self.commit()
        self.build(search=False)

    @initialize()
    def begins(self) -> None:
        assert self.begun
        shutil.copytree(self.begun, self.root, symlinks=True, dirs_exist_ok=True)

    def teardown(self) -> None:
        try:
            if (self.root / ".git").exists():
                self.build(search=False)
        finally:
            shutil.rmtree(self.folder)

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.root), *WHO, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", "More", "--allow-empty")

    def new(self) -> int:
        self.number += 1
        return self.number

    def one(self, number: int, pattern: str) -> Path | None:
        found = sorted((self.root / "content").rglob(pattern))
        return found[number % len(found)] if found else None

    # What editors do, now and then wrongly

    @rule(
        lang=st.sampled_from(LANGS),
        words=st.sampled_from(["", " ![x](p.png)", " [a](person:p-rose)"]),
    )
    def add_a_text(self, lang: str, words: str) -> None:
        n = self.new()
        self.site.testimony(f"t-new-{n}", lang, f"Words {n}{words}.\n")

    @rule(which=numbers, lang=st.sampled_from(LANGS))
    def translate(self, which: int, lang: str) -> None:
        text = self.one(which, "t-*.md")
        if text and f".{lang}." not in text.name:
            of = text.name.split(".")[1]
            self.site.translation(text.name.split(".")[0], lang, f"As {self.new()}.\n", of=of)

    @rule(which=numbers)
    def edit(self, which: int) -> None:
        text = self.one(which, "*.md")
        if text:
            text.write_text(f"{text.read_text('utf-8')}\nAnd then {self.new()}.\n", "utf-8")

    @rule(which=numbers)
    def rename(self, which: int) -> None:
        text = self.one(which, "t-*.md")
        if text:
            old, new = text.name.split(".")[0], f"t-r-{self.new()}"
            for path in sorted(text.parent.glob(f"{old}.*")):
                path.rename(path.with_name(path.name.replace(old, new, 1)))

    @rule(
        which=numbers, folder=st.sampled_from(["testimonies/2017", "testimonies", "pages", "."])
    )
    def move(self, which: int, folder: str) -> None:
        path = self.one(which, "*.*")
        if path:
            place = self.root / "content" / folder
            place.mkdir(parents=True, exist_ok=True)
            path.replace(place / path.name)

    @rule(which=numbers)
    def delete(self, which: int) -> None:
        path = self.one(which, "*.*")
        if path:
            path.unlink()

    @rule(number=numbers)
    def name(self, number: int) -> None:
        self.site.person("p-mother", f"Placeholder Mother {number}")

    @rule(level=st.sampled_from(PROTECT))
    def protect(self, level: str) -> None:
        names = None if level in {"restricted", "group-only", "withdrawn"} else [
            {"text": "R. S.", "lang": "en", "kind": "pseudonym"}]  # fmt: skip
        self.site.person("p-rose", names=names, protect=level)

    @rule(which=numbers, until=st.sampled_from(SEALS))
    def embargo(self, which: int, until: str) -> None:
        self.site.place("pl-town", protect=f"sealed-until {until}")
        text = self.one(which, "t-*.md")
        if text:
            head, fence, body = text.read_text("utf-8").removeprefix("---\n").partition("---\n")
            sealed = f"---\n{head}protect: sealed-until {until}\n{fence}"
            text.write_text(sealed if which % 2 else sealed + body, "utf-8")

    @rule(day=st.sampled_from(DAYS))
    def another_day(self, day: str) -> None:
        self.day = day

    @rule(which=numbers, tombstone=st.sampled_from(["none", "plain"]))
    def withdraw(self, which: int, tombstone: str) -> None:
        path = self.one(which, "[tp]-*.*")
        if path:
            self.commit()
            record = path.name.split(".")[0]
            options = ("--tombstone", tombstone, "-q", "--root", str(self.root))
            assert silently("withdraw", record, *options) in {0, 1}

    @rule(back=st.integers(0, 4))
    def restore(self, back: int) -> None:
        commits = self.git("log", "--format=%H").split()
        self.git("checkout", "-q", commits[min(back, len(commits) - 1)], "--", ".")

    @rule()
    def saved(self) -> None:
        self.commit()

    @rule(shade=st.integers(0, 255), redact=st.booleans())
    def picture(self, shade: int, redact: bool) -> None:
        pixels = b"P6 40 30 255\n" + bytes([shade]) * 3600
        file = io.BytesIO()
        from PIL import Image  # noqa: PLC0415

        Image.open(io.BytesIO(pixels)).save(file, "PNG")
        self.site.write("content/media/p.png", file.getvalue())
        boxes = "redact: [[1, 1, 20, 20]]\n" if redact else ""
        self.site.write("content/media/p.png.yaml", f'alt: {{en: "A", kk: "Ә"}}\n{boxes}')

    @rule(number=numbers, good=st.booleans())
    def template(self, number: int, good: bool) -> None:
        head = '{% extends "base.html" %}{% block main %}<h1>{{ words(page.title) }}</h1>'
        rest = f"<p>{number}</p>{{% endblock %}}\n" if good else "{{ page.nothing }}"
        self.site.write("templates/content_page.html", head + rest)

    @rule(number=numbers)
    def theme(self, number: int) -> None:
        self.site.write(f"theme/css/own-{number % 2}.css", f"p {{ margin: {number}px }}")

    @rule(number=numbers)
    def locale(self, number: int) -> None:
        words = f'msgid ""\nmsgstr ""\n\nmsgid "Home"\nmsgstr "Home {number}"\n'
        self.site.write("theme/locales/en.po", words)

    @rule(folder=st.sampled_from(["templates", "theme", "content/media"]))
    def without(self, folder: str) -> None:
        shutil.rmtree(self.root / folder, ignore_errors=True)

    @rule(number=numbers, langs=st.sampled_from([LANGS, LANGS, ("en",), (*LANGS, "ru")]))
    def settings_of_the_site(self, number: int, langs: tuple[str, ...]) -> None:
        self.site.config(title=f"Placeholder Archive {number % 3}", languages=langs)

    # What happens to them

    @rule(seed=numbers)
    def corrupt(self, seed: int) -> None:
        chance = random.Random(seed)
        entries = sorted(p for p in (self.root / ".cache").glob("*/??/*") if p.is_file())
        for entry in chance.sample(entries, min(3, len(entries))):
            data = bytearray(entry.read_bytes() or b"x")
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            entry.write_bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])

    @rule(which=numbers, how=st.sampled_from(["byte", "end", "gone", "link", "mode", "more"]))
    def meddle(self, which: int, how: str) -> None:
        """Somebody edits the site itself: the next build heals it."""
        files = sorted(path for path in (self.root / "public").rglob("*") if path.is_file())
        files = [path for path in files if path.name != ".aigaq-site"]
        if not files:
            return
        file = files[which * 7 % len(files)]
        data = bytearray(file.read_bytes() or b"x")
        match how:
            case "byte":
                data[which % len(data)] ^= 1
                file.write_bytes(data)
            case "end":
                file.write_bytes(data[:-1])
            case "mode":
                file.chmod(0o600)
            case "more":
                file.with_name("of-somebody-else.html").write_bytes(data)
            case _:
                file.unlink()
                if how == "link":
                    file.symlink_to("/etc/hostname")

    @rule(at=st.integers(1, 400))
    def kill(self, at: int) -> None:
        child = os.fork()
        if child == 0:
            left = at

            def watch(event: str, _arguments: object) -> None:
                nonlocal left
                if event.startswith(("open", "os.", "shutil.")):
                    left -= 1
                    if left == 0:
                        os.kill(os.getpid(), signal.SIGKILL)

            try:
                sys.addaudithook(watch)
                self.whole.built(self.root, "--jobs", 1 + at % 2, date=self.day)
            finally:
                os._exit(0)
        os.waitpid(child, 0)

    @rule(search=st.sampled_from([False, False, False, True]))
    def build(self, *, search: bool) -> None:
        public, clean = self.root / "public", self.folder / "clean"
        before = self.whole.traces(public) if public.exists() else {}
        # A left-over folder shares files with the site; that it goes changes their third time.
        times = 2 if any(".aigaq-" in path.name for path in self.root.iterdir()) else 3

        status = self.whole.built(self.root, "--jobs", 2, search=search, date=self.day)

        self.whole.sources(self.root, clean)
        try:
            assert self.whole.built(clean, search=search, date=self.day) == status
            if status:
                now = self.whole.traces(public) if public.exists() else {}
                assert now.keys() == before.keys()
                assert [p for p in now if now[p][:times] != before[p][:times]] == []
                assert not (clean / "public").exists()
            else:
                assert self.whole.differences(public, clean / "public") == []
            assert [p.name for p in self.root.iterdir() if ".aigaq-" in p.name] == []
        finally:
            shutil.rmtree(clean)


def test_whatever_was_done_an_incremental_build_equals_a_clean_one(
    whole: Any, site_builder: Any, size: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that the small site, too, is made by several processes; the clean one by one alone.
    monkeypatch.setattr(rendering, "AT_ONCE", 10)
    # So that a build right after an edit is noted, too: the next edit is many ticks away.
    monkeypatch.setattr(last_build, "_TICK", -60 * 10**9)
    People.whole, People.site_builder = whole, site_builder
    first = People()
    first.begin()
    People.begun = first.root
    run_state_machine_as_test(
        People,
        settings=settings(
            max_examples=size(15, 1000),
            stateful_step_count=size(12, 30),
            derandomize=size(1, 0) == 1,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

from __future__ import annotations

import dataclasses
import html as entities
import re

import pytest


@pytest.fixture
def for_mirrors(archive):
    site = dataclasses.replace(archive.site, mirrors=True)
    return dataclasses.replace(archive, site=site)


def test_it_is_there_in_each_language_and_at_the_root(for_mirrors, pages_of):
    paths = [path for path, page in pages_of(for_mirrors).items() if page.kind == "verify"]
    languages = for_mirrors.site.languages
    assert sorted(paths) == sorted(["VERIFY.html", *(f"{x}/verify.html" for x in languages)])


def test_a_site_that_is_not_meant_for_mirrors_has_none(archive, pages_of, html_of):
    assert [path for path in pages_of(archive) if path.lower().endswith("verify.html")] == []
    assert "How to check this copy" not in html_of(archive, "en/index.html")


def test_the_footer_leads_to_it(for_mirrors, html_of):
    footer = html_of(for_mirrors, "en/index.html").partition('<footer class="site">')[2]
    assert '<a href="verify.html"><bdi>How to check this copy</bdi></a>' in footer


def test_it_does_not_say_that_it_can_check_itself(for_mirrors, html_of):
    page = html_of(for_mirrors, "VERIFY.html")
    assert "No page can vouch for itself, and neither can this one" in page
    assert "<script" not in page.partition("<main")[2]


def test_every_language_has_the_same_commands(for_mirrors, html_of):
    def commands(path):
        found = re.findall(
            r"<(?:li|p dir=\"ltr\")><code>(.*?)</code>", html_of(for_mirrors, path)
        )
        return [entities.unescape(one).replace(path[:2], "en") for one in found]

    assert commands("kk/verify.html") == commands("en/verify.html")
    assert len(commands("VERIFY.html")) == 8

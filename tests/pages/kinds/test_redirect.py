from __future__ import annotations

import re
from types import MappingProxyType
from typing import Any

PATH = "en/people/p-zz99.html"


def test_an_old_id_has_a_page_in_every_language(archive: Any, pages_of: Any) -> None:
    planned = pages_of(archive)

    assert [planned[f"{lang}/people/p-zz99.html"].kind for lang in ("en", "kk", "ug")] == [
        "redirect"
    ] * 3


def test_it_leads_to_the_person_who_is_meant(archive: Any, html_of: Any) -> None:
    assert '<a href="p-bb22.html"><bdi>Placeholder Mother</bdi></a>' in html_of(archive, PATH)


def test_it_leads_there_by_itself_and_relatively(archive: Any, html_of: Any) -> None:
    refresh = re.search(r'http-equiv="refresh" content="([^"]+)"', html_of(archive, PATH))

    assert refresh
    assert refresh[1] == "0; url=p-bb22.html"


def test_a_person_who_is_not_public_is_no_target(build_archive: Any, pages_of: Any) -> None:
    planned = pages_of(build_archive(redirects=MappingProxyType({"p-zz99": "p-hidden"})))

    assert PATH not in planned

"""What docs/publishing.md tells to copy: real servers send it, and nothing is unpinned."""

from __future__ import annotations

import http.client
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Ask = Callable[[str], http.client.HTTPResponse]

ROOT = Path(__file__).resolve().parents[1]
DOC = (ROOT / "docs/publishing.md").read_text("utf-8")
LONG = "max-age=31536000, s-maxage=300, immutable"
SHORT = "max-age=300"
EVERYWHERE = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PICTURE = "/media/0123456789abcdef.webp"
FILES = ("index.html", "404.html", "en/a.html", "search/en/pagefind.js", PICTURE[1:])

APACHE = """
DocumentRoot {folder}/site
<Directory {folder}/site>
  AllowOverride All
  Require all granted
</Directory>
"""


def snippet(language: str) -> str:
    """The one block of the page in this language that sets headers."""
    found = [
        block
        for block in re.findall(rf"^```{language}\n(.*?)^```", DOC, re.M | re.S)
        if "nosniff" in block
    ]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A site's folder `site` in a place that the servers' own user may enter."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        for path in FILES:
            file = place / "site" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(path)
        yield place


@pytest.fixture
def nginx(folder: Path, web_servers: Any, lacking: Any) -> Iterator[Ask]:
    text = snippet("nginx")
    for placeholder, real in (
        ("listen 80;", "listen 127.0.0.1:{port};"),
        ("/srv/archive;", f"{folder}/site;"),
    ):
        assert text.count(placeholder) == 1
        text = text.replace(placeholder, real)
    with web_servers.nginx(folder, text, lacking) as ask:
        yield ask


@pytest.fixture
def apache(folder: Path, web_servers: Any, lacking: Any) -> Iterator[Ask]:
    (folder / "site/.htaccess").write_text(snippet("apache"))
    with web_servers.apache(folder, APACHE.format(folder=folder), lacking) as ask:
        yield ask


@pytest.mark.parametrize("name", ["nginx", "apache"])
def test_a_server_sends_what_the_page_says(name: str, request: pytest.FixtureRequest) -> None:
    ask: Ask = request.getfixturevalue(name)
    told = {path: ask(path) for path in ("/", "/en/a.html", "/not/there", PICTURE)}

    assert [answer.status for answer in told.values()] == [200, 200, 404, 200]
    for answer in told.values():
        assert {k: answer.headers[k] for k in EVERYWHERE} == EVERYWHERE
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert [
            v for k, v in answer.getheaders() if k.title() == "Content-Security-Policy"
        ] == [EVERYWHERE["Content-Security-Policy"]]
    assert told["/"].headers["Cache-Control"] == SHORT
    assert told["/en/a.html"].headers["Cache-Control"] == SHORT
    assert told["/not/there"].headers["Cache-Control"] in (None, SHORT)
    assert told[PICTURE].headers["Cache-Control"] == LONG
    assert told[PICTURE].headers["Content-Type"] == "image/webp"


@pytest.mark.parametrize("name", ["nginx", "apache"])
def test_what_has_no_digest_for_a_name_is_not_kept_for_long(
    name: str, folder: Path, request: pytest.FixtureRequest
) -> None:
    others = (
        "assets/site.css",
        "search/en/0123.pf_index",
        "en/media/index.html",
        "media/a.webp",
    )
    for path in others:
        (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / path).write_text(path)
    ask: Ask = request.getfixturevalue(name)

    assert {path: ask(f"/{path}").headers["Cache-Control"] for path in others} == dict.fromkeys(
        others, SHORT
    )


def test_the_file_of_headers_says_the_same() -> None:
    told: dict[str, dict[str, str]] = {}
    for line in snippet("text").splitlines():
        if line.startswith("/"):
            told[line] = {}
        else:
            name, _, value = line.strip().partition(": ")
            told[list(told)[-1]][name] = value

    assert told == {"/*": EVERYWHERE, "/media/*": {"Cache-Control": LONG}}


def test_every_action_is_named_by_the_digest_of_a_commit() -> None:
    used = re.findall(r"uses: (.*)", DOC)
    assert len(used) >= 4
    assert [u for u in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", u)] == []


def test_every_recipe_installs_by_digest_and_nothing_besides() -> None:
    lines = re.findall(r"(?:run:|-) (python -m pip .*)", DOC)
    assert len(lines) == 4
    assert set(lines) == {
        "python -m pip install --require-hashes -r requirements.txt",
        "python -m pip install --no-deps --no-build-isolation .",
    }

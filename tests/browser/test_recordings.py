"""A recording and pictures in Chromium: over HTTP, from a disk, without JavaScript, by keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.source import recordings

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser
RECORDINGS = Path(__file__).parents[1] / "source/recordings"
PAGE = "testimonies/t-7q3z.html"
PLAY = """async () => {
  const audio = document.querySelector('audio');
  const before = audio.readyState;
  audio.muted = true;
  await audio.play();
  await new Promise(done => { audio.ontimeupdate = () => audio.currentTime > .2 && done(); });
  audio.pause();
  return [before, Math.round(audio.duration)];
}"""
HEARD = """() => new Promise(done => {
  const audio = document.querySelector('audio');
  audio.ontimeupdate = () => audio.currentTime > 0 && done();
})"""
ORDER = """() => {
  const player = document.querySelector('audio');
  return [...document.querySelectorAll('.body .block')].every(block =>
    block.compareDocumentPosition(player) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""
LOADED = """() => Promise.all([...document.querySelectorAll('main img')].map(async image => {
  image.loading = 'eager';
  await image.decode();
  return [image.naturalWidth, image.currentSrc, image.getBoundingClientRect().width];
}))"""


@pytest.fixture(scope="module")
def home(example: Path, serve: Callable[[Path], str]) -> dict[str, str]:
    return {"http": serve(example / "public"), "file": (example / "public").as_uri() + "/"}


@pytest.mark.parametrize("way", ["http", "file"])
@pytest.mark.parametrize("lang", ["en", "kk", "ug"])
def test_a_recording_is_fetched_and_plays_only_when_asked(
    home: dict[str, str], watched: Any, way: str, lang: str
) -> None:
    page = watched(home[way])
    opened = page.open(f"{home[way]}{lang}/{PAGE}")

    assert opened.evaluate(PLAY) == [0, 4]
    assert page.complaints == []


REAL = ("tone.mp3", "tone.m4a", "tone.opus", "tone.ogg", "tone.flac", "film.mp4", "film.webm",
    "live.webm", "quicktime.mp4")  # fmt: skip
TO_ITS_END = """async address => {
  const player = document.createElement('video');
  player.muted = true;
  player.src = address;
  document.body.append(player);
  await new Promise((done, failed) => {
    player.onended = done;
    player.onerror = () => failed(player.error.message);
    player.play();
  });
  return [player.duration, player.currentTime, player.videoWidth];
}"""


@pytest.mark.parametrize("name", REAL)
def test_a_cleaned_recording_is_as_long_as_it_was_and_plays_to_its_end(
    name: str, tmp_path: Path, context: Any
) -> None:
    """Its cues fit: nothing stands at another moment than before."""
    data = (RECORDINGS / name).read_bytes()
    made = recordings.clean(data)
    assert isinstance(made, bytes)
    (tmp_path / "x.html").write_text("<!doctype html><title>X</title>")
    page = context().new_page()
    page.goto((tmp_path / "x.html").as_uri())
    found = []
    for file, content in ((f"before-{name}", data), (f"after-{name}", made)):
        (tmp_path / file).write_bytes(content)
        found.append(page.evaluate(TO_ITS_END, (tmp_path / file).as_uri()))
    assert found[1] == found[0]
    assert (found[1][1], found[1][2]) == (
        pytest.approx(1, abs=0.15),
        0 if name.startswith("tone") else 64,
    )


def test_the_words_stand_before_the_player(home: dict[str, str], watched: Any) -> None:
    assert watched(home["http"]).open(f"{home['http']}en/{PAGE}").evaluate(ORDER)


def test_without_javascript_a_paragraph_leads_to_its_moment(
    home: dict[str, str], watched: Any
) -> None:
    page = watched(home["http"], java_script_enabled=False)
    opened = page.open(f"{home['http']}en/{PAGE}")
    assert opened.locator("audio").is_visible()
    opened.locator("#p3 .heard-at").click()
    opened.wait_for_url("**/media/*.wav#t=2")
    assert page.complaints == []


def test_a_recording_is_played_by_keys(home: dict[str, str], context: Any) -> None:
    page = context().new_page()
    page.goto(f"{home['http']}en/{PAGE}")
    page.evaluate("document.querySelector('audio').muted = true")
    page.locator("audio").focus()
    page.keyboard.press("Space")
    page.evaluate(HEARD)


@pytest.mark.parametrize(("width", "scale", "file"), [(320, 1, 320), (1280, 1, 640)])
def test_a_screen_gets_the_size_that_it_needs(
    home: dict[str, str], context: Any, width: int, scale: int, file: int
) -> None:
    options = {"viewport": {"width": width, "height": 800}, "device_scale_factor": scale}
    page = context(**options).new_page()
    page.goto(f"{home['http']}en/{PAGE}")
    [(_, address, shown)] = page.evaluate(LOADED)
    sizes = page.locator("main img").get_attribute("srcset").split(", ")
    chosen = next(
        one for one in sizes if address.endswith(one.split(" ")[0].rpartition("/")[2])
    )
    assert chosen.endswith(f" {file}w")
    assert shown <= min(width, file)


def test_a_picture_keeps_its_place_while_it_loads(home: dict[str, str], context: Any) -> None:
    page = context(viewport={"width": 320, "height": 800}).new_page()
    page.route("**/*.webp", lambda _: None)  # is never answered
    page.goto(f"{home['http']}en/{PAGE}", wait_until="domcontentloaded")
    box = page.locator("main img").bounding_box()
    assert box["height"] == pytest.approx(box["width"] * 420 / 640, abs=2)

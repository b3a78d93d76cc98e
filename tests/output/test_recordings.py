"""Recordings on disk become files of the site, with the sound and nothing else in them."""

from __future__ import annotations

import hashlib
import struct

import pytest

from aigaq import pipeline
from aigaq.output import containers, recordings

CANARY = b"Placeholder Village"
SOUND = bytes(range(1, 200)) * 3
VTT = "WEBVTT\n\np1\n00:00.000 --> 00:01.000\nThey took her in August.\n"
MEDIA = "content/media/"


def wav() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)

    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    body = b"WAVE" + chunk(b"fmt ", form) + chunk(b"LIST", CANARY) + chunk(b"data", SOUND)
    return chunk(b"RIFF", body)


def talking(site, *, sidecar: str = "", **fields):
    """A testimony of one paragraph that can be heard."""
    site.write(f"{MEDIA}secret.wav", wav()).write(f"{MEDIA}secret.vtt", VTT)
    site.write(f"{MEDIA}secret.wav.yaml", f"transcript: secret.vtt\n{sidecar}")
    site.testimony("t-1", recordings="secret.wav", **fields)
    return site.consent("c-t-1", voices="own")


def media(site) -> list[str]:
    return [path for path in site.files() if path.startswith("media/")]


def test_a_recording_is_named_by_what_it_holds_and_tells_nothing_else(site):
    assert talking(site).build().status == 0
    [file] = [path for path in media(site) if path.endswith(".wav")]
    data = (site.public / file).read_bytes()
    assert file == f"media/{hashlib.sha256(data).hexdigest()[:16]}.wav"
    assert (SOUND in data, CANARY in data) == (True, False)
    assert not any("secret" in path for path in site.files())


def test_two_builds_give_the_same_bytes(site, new_site):
    other = talking(new_site("other"))
    talking(site).build()
    other.build()
    assert {p: (site.public / p).read_bytes() for p in media(site)} == {
        p: (other.public / p).read_bytes() for p in media(other)
    }
    assert len(media(site)) == 2


@pytest.mark.parametrize(
    "hide",
    [
        lambda site: talking(site, draft=True),
        lambda site: talking(site).consent("c-t-1", voices="own", status="paused"),
        lambda site: talking(site).consent("c-t-1"),
        lambda site: talking(site, sidecar="consent: c-x\n").consent("c-x", voices="none"),
        lambda site: talking(site, sidecar="consent: c-x\n").consent("c-x", voices="own",
            status="withdrawn"),
    ],
    ids=["draft", "paused", "without a word on voices", "own card", "own card withdrawn"],
)  # fmt: skip
def test_what_may_not_be_heard_leaves_nothing(site, hide):
    assert hide(site).build().status == 0
    assert media(site) == []


def test_the_preview_has_the_same_files(site):
    talking(site).build()
    options = pipeline.Options(jobs=1, drafts=True)
    prepared, _, _ = pipeline.prepare(site.root, options=options, step=lambda _: None)
    assert prepared is not None
    made = {one.path for one in prepared.machine_files() if one.path.startswith("media/")}
    assert made == set(media(site))


def the_problem(site) -> tuple[str, str]:
    report = site.build()
    [problem] = [one for one in report.problems if one.is_error]
    assert (report.status, site.files()) == (1, ())
    return problem.code, problem.span.path


def test_another_file_than_the_hosts_have_is_told(site):
    digest = hashlib.sha256(wav()).hexdigest()
    assert talking(site, sidecar=f"sha256: {digest}\n").build().status == 0
    site.remove("public/index.html")
    site.write(f"{MEDIA}secret.wav", wav() + b"\0\0")
    report = site.build()
    assert [(p.code, p.span.line) for p in report.problems] == [("G034", 2)]


def test_a_recording_that_is_too_large_is_not_read(site, monkeypatch):
    monkeypatch.setattr(recordings, "MAX_BYTES", 99)
    assert the_problem(talking(site)) == ("G030", f"{MEDIA}secret.wav")


def test_what_is_no_recording_is_told_at_its_file(site):
    talking(site).write(f"{MEDIA}secret.wav", b"<html>")
    assert the_problem(site) == ("G031", f"{MEDIA}secret.wav")


def test_a_recording_under_the_name_of_another_kind_is_told_at_its_file(site):
    talking(site).write(f"{MEDIA}secret.wav", b"OggS" + wav())
    assert the_problem(site) == ("G035", f"{MEDIA}secret.wav")


def test_a_recording_as_it_is_published_has_nothing_to_be_searched(site):
    """While one that has not been cleaned is read from its first byte to its last."""
    talking(site).build()
    [file] = [path for path in media(site) if path.endswith(".wav")]
    assert list(containers.texts((site.public / file).read_bytes())) == []
    assert any(CANARY in text for text in containers.texts(wav()))


def test_a_name_over_two_captions_is_found():
    cues = b"00:00.000 --> 00:01.000\nPlaceholder\n\n00:01.000 --> 00:02.000\nVillage\n"
    found = containers.texts(b"WEBVTT\n\n" + cues)
    assert any(CANARY in b" ".join(text.split()) for text in found)

"""A made-up name in every private field, through the real command: no byte of a site has it."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.source.schema import claims, lists, parts, records, texts
from aigaq.words import vocabularies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
CANARIES = runpy.run_path(str(HERE / "canaries.py"))
Planter, OUT = CANARIES["Planter"], CANARIES["Planter"].LEFT_OUT
DATE = "2026-11-22"
GONE, ROSE = "p-vufa-qorx-gone", "p-rose"

# What names other records, or would be an error in the files of what is hidden.
OWN = {
    "Text.told_by": ["p-n"], "Text.consent": ["c-1"], "Text.topics": ["prison"],
    "Text.recordings": OUT, "Text.added": OUT, "Thing.photo": OUT, "Thing.of": "p-open",
    "About.person": "p-open", "About.of": OUT, "About.relation": "other",
    "Claim.about": "p-open", "Asked.by": OUT, "Asked.for": OUT, "Original.rights": "own",
    "Relative.person": "p-open", "Relative.is": "other", "Membership.org": "org-open",
    "Consent.given_by": ["p-n"], "Consent.review_after": OUT, "Consent.names": OUT,
    "Consent.faces": OUT, "Speaker.person": "p-n", "Coarsen.together": OUT,
    "Correction.record": "t-gone", "Identity.pair": [GONE, "p-open"],
    "MediaSidecar.consent": ["c-paused"], "MediaSidecar.redact": OUT,
    "TranslationFacts.from": "en", "TranslationFacts.machine": "true", "Page.translation": OUT,
}  # fmt: skip
# Of a hidden person's file these alone may be filled: an error in everybody else's.
OF_A_PERSON = ("names", "note_public", "protect")


def planted(site: Any, level: str) -> Any:
    """A site whose records at `level` hold a canary in each field; all names, by field."""
    plant = Planter(OWN)
    _readable(site)
    hidden = level != "open"
    site.person(GONE, protect=level, names=[
        {"text": plant.word("Name.text"), "lang": "en",
         "kind": "pseudonym" if hidden else "preferred"}],
        note_public={"en": plant.word("Person.note_public")} if hidden else None)  # fmt: skip
    _record(site, plant, "groups/g-gone", records.Group, of="p-open", protect=level)
    _record(site, plant, "places/pl-gone", records.Place, in_="pl-c", protect=level)
    _record(site, plant, "organisations/org-gone", records.Organisation, protect=level)
    _record(site, plant, "series/s-gone", records.Series, protect=level)
    _record(site, plant, "consent/c-2", records.Consent)
    _record(site, plant, "consent/c-paused", records.Consent, status="paused")
    whole = plant.record(texts.Text, protect=level, draft=OUT, tombstone=OUT, claims=[])
    body = "" if hidden else "Words.\n"
    site.testimony("t-gone", body=body, **whole | {"claims": list(_claims(plant, "p-open"))})
    _told(site, plant)
    if hidden:
        _kept(site, plant)
    return plant


def _record(site: Any, plant: Any, path: str, model: Any, **given: Any) -> None:
    folder, _, record = path.partition("/")
    site._record(folder, record, plant.record(model, tombstone=OUT, **given))


def _readable(site: Any) -> None:
    site.config(languages=["en", "kk"], address="https://archive.example.org/")
    site.topics({"id": "prison", "label": {"en": "Prison", "kk": "Түрме"}})
    site.place("pl-c", "Country", type="country").organisation("org-open", "Placeholder Org")
    site.place("pl-v", "Village", type="village", in_="pl-c")
    site.person("p-n", "Placeholder N").person("p-open", "Placeholder Open")
    site.consent("c-1", given_by="p-n")
    everything = {"place": "country", "dates": "year", "work": "hide"}
    site.person(ROSE, "Rose", protect="pseudonym", coarsen=everything)


def _claims(plant: Any, about: str) -> Iterator[dict[str, Any]]:
    """One claim of each kind, with all that it may have."""
    for what, rule in vocabularies.CLAIM_FIELDS.items():
        if what != "family-member":
            keys = {*vocabularies.CLAIM_COMMON, *rule.needs, *rule.may, "about", "what"}
            places = {
                key: "pl-v" for key in ("where", "from_", "to") if key.rstrip("_") in keys
            }
            own = {"by": OUT, "other": OUT, "relation": OUT, "parts": OUT} | places
            yield plant.record(claims.Claim, only=keys, about=about, what=what, **own)


def _told(site: Any, plant: Any) -> None:
    """What a text that all may read tells of somebody hidden, and of somebody less exactly."""
    asked = [plant.record(claims.Asked, for_=[one]) for one in (GONE, ROSE)]
    site.testimony(
        "t-open",
        consent="c-1",
        told_by="p-n",
        about=["p-open", plant.record(claims.About, person=GONE, relation="mother", words=OUT)],
        claims=[*_claims(plant, GONE), *_claims(plant, ROSE)],
        asked=asked,
        objects=[plant.record(parts.Thing, of=GONE)],
        mentions=[GONE, "org-gone", "pl-gone", "g-gone"],
    )
    site.testimony(
        "t-rose",
        told_by=ROSE,
        interview=plant.record(parts.Interview, by=OUT, interpreter=OUT, place="pl-v"),
        source=plant.word("Text.source"),
    )
    family = [plant.record(records.Relative, person=GONE, is_="aunt", words=OUT)]
    site.person("p-open", "Placeholder Open", family=family)


def _kept(site: Any, plant: Any) -> None:
    """Drafts, pictures that are kept back, and what was written of what is hidden."""
    header = plant.record(texts.Text, draft=True, tombstone=OUT, claims=[], protect="open")
    site.testimony("t-draft", body=f"{plant.word('body')}\n", **header)
    translation = plant.record(texts.Translation, draft=True)
    site.translation("t-open", "kk", f"{plant.word('body')}\n", **translation)
    page = plant.record(texts.Page, draft=True)
    site.page("about", body=f"{plant.word('body')}\n", **page)
    photo = f"{plant.word('file').lower().replace(' ', '-')}.jpg"
    sidecar = plant.record(
        records.MediaSidecar, transcript=OUT, hosts=OUT, sha256=OUT, language=OUT, voice=OUT
    )
    site.write(f"content/media/{photo}", b"\xff\xd8")
    site._record("media", photo, sidecar)
    site.person("p-n", "Placeholder N", photo=photo)
    site.listed("corrections", plant.record(lists.Correction))
    site.listed("identities", plant.record(lists.Identity, decided="different"))


def built(site: Any) -> bytes:
    command = [sys.executable, str(HERE.parent / "build.py"), "-q", "--jobs", "1"]
    ran = subprocess.run(
        [*command, "--root", str(site.root), "--date", DATE],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    return bytes(CANARIES["bytes_of"](site.public))


@pytest.fixture(
    scope="module",
    params=[
        "restricted",
        pytest.param("sealed-until 2099-01-01", marks=pytest.mark.nightly),
        pytest.param("withdrawn", marks=pytest.mark.nightly),
    ],
)
def hidden(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, site_builder: Any
) -> tuple[Any, Any, bytes]:
    site = site_builder(tmp_path_factory.mktemp("hidden"))
    plant = planted(site, request.param)
    return site, plant, built(site)


def test_no_byte_of_the_site_has_any_of_them_in_any_spelling(hidden: Any) -> None:
    _, plant, site = hidden

    assert CANARIES["found"](site, plant.names) == set()
    assert len(plant.names) >= 200
    assert len(CANARIES["SPELLINGS"]) >= 25
    assert b"qorx-gone" not in site


def test_all_kinds_of_output_were_searched(hidden: Any) -> None:
    site, _, _ = hidden
    endings = {Path(path).suffix for path in site.files()}
    assert endings >= {".html", ".json", ".csv", ".xml", ".js", ".css", ".bib", ".pf_fragment"}


def test_no_field_of_any_record_was_forgotten(hidden: Any) -> None:
    """A new field with words in it is planted by itself; one that is not stands here."""
    _, plant, _ = hidden
    models = (
        texts.Text, texts.Translation, texts.Page, records.Group, records.Place,
        records.Organisation, records.Series, records.Consent, records.MediaSidecar,
        lists.Correction, lists.Identity,
    )  # fmt: skip
    wanted = set().union(*(CANARIES["text_fields"](model) for model in models))
    assert wanted - plant.models == {  # files, which are planted as such, and where they lie
        *("MediaSidecar.transcript", "MediaSidecar.hosts", "Text.recordings", "Thing.photo"),
    }


def test_what_may_be_read_is_found(site: Any) -> None:
    """Else the search could be blind: the same records, and nobody hides them."""
    plant = planted(site, "open")
    plain = {"as written": CANARIES["SPELLINGS"]["as written"]}
    hits = {field for field, _ in CANARIES["found"](built(site), plant.names, plain)}
    assert len(hits) > 100


@pytest.mark.parametrize("spelling", CANARIES["SPELLINGS"])
def test_the_search_finds_every_spelling(spelling: str) -> None:
    names = {"one": CANARIES["name"](7), "other": CANARIES["name"](1234)}
    spelled: Callable[[str], bytes] = CANARIES["SPELLINGS"][spelling]
    haystack = b"\0" * 3 + spelled(names["other"]) + b"\0" * 3
    assert ("other", spelling) in CANARIES["found"](haystack, names)
    assert ("one", spelling) not in CANARIES["found"](haystack, names)

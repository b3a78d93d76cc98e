from __future__ import annotations

import pytest

from aigaq.archive import references
from aigaq.source.schema import lists, records, texts
from aigaq.source.schema.reading import Model
from aigaq.source.schema.site import SiteConfig


@pytest.mark.parametrize(
    "word", ["p-7k3q", "g-1", "pl-county-x", "org-un", "t-9x2d", "c-1", "ob-a"]
)
def test_the_usual_prefixes_make_an_id(word):
    assert references.looks_like_id(word)


@pytest.mark.parametrize(
    "word", ["", "p-", "police", "ex-husband", "un-body", "P-1", "p-1 and p-2", "pl-Ürümqi"]
)
def test_other_words_are_words(word):
    assert not references.looks_like_id(word)


def fields_with_ids(model):
    """`Model.key` of every field that holds an id of another record, however deep."""
    found = set()
    for name, field in model.model_fields.items():
        inner = set(models_in(field.annotation))
        for part in inner:
            found |= fields_with_ids(part)
        read = f"{field.annotation}{field.metadata}"
        if not inner and ("function id_of" in read or "function _pair" in read):
            found.add(f"{model.__name__}.{field.alias or name}")
    return found


def models_in(annotation):
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return [annotation]
    return [m for part in getattr(annotation, "__args__", ()) for m in models_in(part)]


MODELS = (
    *(texts.Text, texts.Translation, texts.Page, records.Person, records.Group, records.Place),
    *(records.Organisation, records.Series, records.Consent, records.MediaSidecar),
    *(lists.Topic, lists.GlossaryEntry, lists.Correction, lists.Identity, SiteConfig),
)


def test_no_field_with_an_id_was_forgotten():
    """A new one needs a line in `references`, a test in `test_link`, and its name here."""
    found = set().union(*map(fields_with_ids, MODELS)) - {
        "SiteConfig.menu"
    }  # pages, not records
    assert found == {
        *("Text.series", "Text.topics", "Text.mentions", "Text.consent"),
        *("Speaker.person", "About.person", "About.of", "Interview.place"),
        *("Interview.interpreter", "Claim.about", "Claim.where", "Claim.by", "Claim.from"),
        *("Claim.to", "Claim.other", "Asked.by", "Asked.for", "Thing.of"),
        *("Person.from", "Person.not_same_as", "Relative.person", "Group.of"),
        *("Place.in", "Membership.org", "Organisation.predecessor"),
        *("Organisation.not_same_as", "Series.order", "Consent.given_by"),
        *("MediaSidecar.consent", "Topic.broader", "Correction.record", "Identity.pair"),
        "Wall.country",
    }

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from aigaq.source import strict_yaml
from aigaq.source.schema import lists, records, site, texts, validate
from aigaq.source.schema.reading import Model
from aigaq.words.diagnostics import Diagnostic

PATHS: dict[type[Model], str] = {
    texts.Text: "content/testimonies/t-7k3q.kk.md",
    texts.Translation: "content/testimonies/t-7k3q.en.md",
    texts.Page: "content/pages/about.en.md",
    records.Person: "content/people/p-bb22.yaml",
    records.Group: "content/groups/g-0007.yaml",
    records.Place: "content/places/pl-county-x.yaml",
    records.Organisation: "content/organisations/org-volunteers.yaml",
    records.Series: "content/series/nearby.yaml",
    records.Consent: "content/consent/c-0042.yaml",
    records.MediaSidecar: "content/media/scarf.jpg.yaml",
    lists.Topic: "content/topics.yaml",
    lists.GlossaryEntry: "content/glossary.yaml",
    lists.Correction: "content/corrections.yaml",
    lists.Identity: "content/identities.yaml",
    site.SiteConfig: "site.yaml",
}

Outcome = tuple[validate.Located[Any] | None, list[Diagnostic]]
Read = Callable[..., Outcome]


@pytest.fixture(scope="session")
def read() -> Read:
    """`read(model, yaml, path=…)`: the record in a text, and the problems with it."""

    def record(model: type[Model], text: str, path: str = "") -> Outcome:
        path = path or PATHS[model]
        node, slips = strict_yaml.parse(text, path=path)
        assert not slips, f"not even YAML: {slips[0]}"
        language = path.split(".")[-2] if path.endswith(".md") else "en"
        return validate.record(model, node, path=path, language=language)

    return record

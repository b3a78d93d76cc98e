"""The public archive with everything that planning looks up: labels and the ways back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aigaq.archive import accounts, backlinks
from aigaq.pages import (
    briefs,
    data_scope,
    kinship,
    labels,
    slim_facets,
    status_lines,
)
from aigaq.pages.differences import elsewhere
from aigaq.pages.page import Later, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aigaq.archive.accounts import Difference
    from aigaq.archive.backlinks import Backlinks
    from aigaq.archive.public import PublicArchive
    from aigaq.pages.briefs import Brief
    from aigaq.pages.data_scope import Open
    from aigaq.pages.differences import Aspects
    from aigaq.pages.kinship import Tie
    from aigaq.pages.labels import Label, Labels, Mentions
    from aigaq.pages.page import Contents
    from aigaq.pages.status_lines import Reported


@dataclass(frozen=True)
class Index:
    """An archive, and what is derived from it once for all pages."""

    archive: PublicArchive

    @cached_property
    def labels(self) -> dict[str, Label]:
        return labels.of_archive(self.archive)

    @cached_property
    def mentions(self) -> Mentions:
        """What finds the labels that a page needs."""
        return labels.Mentions(self.labels)

    @cached_property
    def back(self) -> Backlinks:
        return backlinks.of(self.archive)

    @cached_property
    def differences(self) -> Mapping[str, tuple[Difference, ...]]:
        """Where accounts differ, by the person about whom they do."""
        return accounts.of_archive(self.archive)

    @cached_property
    def elsewhere(self) -> Mapping[str, Aspects]:
        """About whom, and in what, other texts differ from a text, by its id."""
        return elsewhere(self.differences)

    @cached_property
    def open_data(self) -> Open:
        """What of the archive may be downloaded."""
        return data_scope.of(self)

    @cached_property
    def ties(self) -> Mapping[str, tuple[Tie, ...]]:
        """Who is what to whom, by person."""
        return kinship.ties(self.archive)

    @cached_property
    def briefs(self) -> Mapping[str, Brief]:
        """Every text in short; lists share them."""
        return {text.id: briefs.of_text(text) for text in self.archive.texts.values()}

    @cached_property
    def reported(self) -> Mapping[str, Reported | None]:
        """What is told of the status of every person and group; pages, wall and home ask."""
        everyone = (*self.archive.people, *self.archive.groups)
        return {who: status_lines.reported(self, who) for who in everyone}

    @cached_property
    def found(self) -> tuple[slim_facets.Found, ...]:
        """All pages that a search can find, with what they can be narrowed down by."""
        return slim_facets.found(self)

    def work_out(self) -> None:
        """Works out what many pages share, before copies of this process would do it each."""
        for name in (
            "back",
            "briefs",
            "elsewhere",
            "mentions",
            "open_data",
            "reported",
            "ties",
        ):
            getattr(self, name)

    def is_here(self, place: str) -> bool:
        """Whether a place lies in the state that the archive is about; yes if none is told."""
        country, places = self.archive.site.wall_country, self.archive.places
        if not country or not place:
            return True
        seen: set[str] = set()
        while place in places and place not in seen:
            if place == country:
                return True
            seen.add(place)
            place = places[place].within
        return False

    @property
    def languages(self) -> tuple[str, ...]:
        return self.archive.site.languages

    def contents(self, make: Callable[[], Any]) -> Contents:
        """What `make` gives as inputs, and the labels that they need, when these are asked for.

        What `make` takes must not change.
        """
        return Later(make, self._labels_of)

    def _labels_of(self, inputs: Any) -> Labels:
        return self.mentions.of(inputs)

    def in_every_language(
        self,
        kind: str,
        path: Callable[[str], str],
        make: Callable[[], Any],
        *,
        only: tuple[str, ...] = (),
    ) -> tuple[Page, ...]:
        """The same page in each language of the site (or in `only` some of them).

        `path` makes the output path from a language. All share the inputs that `make` gives; a
        page whose inputs depend on the language makes its `Page`s itself.
        """
        spoken = only or self.languages
        contents = self.contents(make)
        alternates = tuple((lang, path(lang)) for lang in spoken)
        return tuple(
            Page(
                path=path(lang),
                kind=kind,
                lang=lang,
                contents=contents,
                alternates=alternates,
            )
            for lang in spoken
        )

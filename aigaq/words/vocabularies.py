"""The closed lists of the content model: keys, what a claim needs, inverse relations, labels.

Keys are English and never change; what a reader sees is a translated label. The English label
of a key, with the list's name as gettext context, is the msgid: `label("known_by", key)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from aigaq.words import labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def _keys(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# --- claims ---

STATUSES = _keys(
    "missing police-custody camp hospital-under-guard awaiting-trial prison forced-labour"
    " house-arrest cannot-leave child-in-state-care held-by-private-person released-watched"
    " released left-country died-in-custody died-after-release unknown"
)
CONTACTS = _keys(
    "none calls-supervised visit-supervised letters via-relatives number-blocked"
    " detention-denied"
)
KNOWN_BY = _keys(
    "own-experience saw from-the-person from-family from-neighbour from-acquaintance"
    " from-witness from-official-spoken official-document official-message court-paper"
    " leaked-record media ngo-record rumour inference not-said"
)
CERTAINTIES = _keys("confirmed likely possible unlikely disputed unknown")
REASONS = _keys(
    "religion-practice religious-role travel-abroad relatives-abroad phone-content online-post"
    " culture-work document-help speaking-out assembly quota-belief none-given denied-by-family"
    " not-known other"
)
GIVEN_BY = _keys("official family inmate the-person media inferred")
RELATIONS = _keys(
    "spouse wife husband fiance parent mother father child daughter son sibling sister brother"
    " elder-sister younger-sister elder-brother younger-brother grandparent grandmother"
    " grandfather grandchild aunt uncle maternal-aunt paternal-aunt maternal-uncle"
    " paternal-uncle niece nephew cousin mother-in-law father-in-law daughter-in-law son-in-law"
    " sister-in-law brother-in-law adoptive-parent adopted-child step-parent step-child"
    " step-sibling guardian ward neighbour friend colleague teacher student cell-mate lawyer"
    " client advocate relative other"
)
HOWS = _keys(
    "petition letter application complaint meeting picket press-conference legal-claim"
    " un-submission media-interview video other"
)
ANSWERS = _keys(
    "favourable promise more-information-asked token refusal counter-attack without-result none"
)

# --- records ---

ROLES = _keys(
    "missing survivor narrator advocate relative official interviewer translator journalist"
    " photographer lawyer public-figure shown-in-state-media"
)
SEXES = _keys("female male")
PLACE_AREAS = _keys(
    "country region prefecture county city district township village natural-feature"
)
PLACE_FACILITIES = _keys(
    "camp prison hospital factory school mosque consulate airport border office"
)
PLACE_TYPES = (*PLACE_AREAS, *PLACE_FACILITIES, "other")
ORGANISATION_TYPES = _keys(
    "advocacy outlet authority court company un-body ngo government party other"
)
CHAIN_ROLES = _keys("first-publication republication translation broadcast other")
CREDIT_ROLES = _keys("author interviewer photographer translator editor reviewer partner other")
PRECISIONS = _keys("country region prefecture county township village exact")
NAME_KINDS = _keys(
    "preferred abbreviation also-used as-told registered true-name birth patronymic nickname"
    " press-spelling misspelling former pseudonym described"
)
CONTENT_NOTES = _keys(
    "torture sexual-violence forced-medical child-harm death suicide violence medical-detail"
)

# --- texts, consent, the site ---

TEXT_KINDS = _keys(
    "testimony interview report news appeal official commentary analysis"  # default first
)
EXTENTS = _keys("full excerpt summary")
VOICES = _keys("own summary")
TITLE_BY = _keys("narrator editor outlet")
RIGHTS = _keys("own permission open-licence public-domain author-released excerpt-only unclear")
TRANSLATION_STATUSES = _keys("draft reviewed")
CONSENT_SCOPES = _keys("site translate data-download mirror print press-contact un-submission")
CONSENT_NAMES = _keys("real first-name pseudonym")
CONSENT_FACES = _keys("all narrator-only none")
CONSENT_VOICES = _keys("own changed none")
RECORDED_VOICES = _keys("own changed")
CONSENT_STATUSES = _keys("active paused withdrawn")
AFTER_REVIEW = _keys("warn restrict")
DECISIONS = _keys("same different open")
UNTRANSLATED = _keys("show-original link")
SEARCH_ENGINES = _keys("pagefind")
SEARCH_EXTENDED = _keys("auto true false")
COARSE_AREAS = _keys("country region prefecture")  # the widest first
COARSE_PLACES = (*COARSE_AREAS, "exact")
COARSE_DATES = _keys("year exact")
COARSE_WORK = _keys("hide")
COARSE_WORDS = _keys("hide exact")
COARSE_TOGETHER = _keys("birth age-work children-place workplace event")

PROTECT = _keys(
    "open initials pseudonym group-only sealed-until restricted withdrawn"  # strictest last
)
PROTECT_HIDES = _keys("sealed-until restricted withdrawn")
PROTECT_RENAMES = _keys("initials pseudonym group-only")

# --- groups that pages use ---

ON_THE_WALL = _keys(
    "missing police-custody camp hospital-under-guard awaiting-trial prison forced-labour"
    " house-arrest cannot-leave child-in-state-care"
)
STATUS_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "taken": ON_THE_WALL,
        "held-by-others": ("held-by-private-person",),
        "free": ("released-watched", "released", "left-country"),
        "died": ("died-in-custody", "died-after-release"),
        "not-known": ("unknown",),
    }
)
CLAIM_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "detention": _keys("detained held moved-to released returned"),
        "contact": _keys("disappeared last-contact contact"),
        "sentence": ("sentenced",),
        "reason": ("reason",),
        "pressure": _keys(
            "charged tried questioned searched threatened attacked fined watched account-lost"
            " sanctioned"
        ),
        "papers": _keys(
            "passport-taken travelled emigrated citizenship refugee-status"
            " repatriation-status visa"
        ),
        "life": _keys("born died married child-born illness injury disability"),
        "background": _keys("worked-as studied appointed lived-in retired ethnicity"),
        "family": ("family-member",),
        "coercion": _keys("forced-labour forced-denunciation state-media-appearance medical"),
        "other": ("other",),
    }
)


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """What a claim of one kind needs, and what it may have besides `CLAIM_COMMON`."""

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


CLAIM_COMMON = _keys("about what when said where lasted known_by chain certainty words by at")
_CLAIM_RULES: Mapping[str, ClaimRule] = {
    "detention": ClaimRule(("status",), ("where", "when", "lasted", "because")),
    "contact": ClaimRule((), ("contact", "with", "when")),
    "sentence": ClaimRule(("years",), ("parts", "done_by", "court")),
    "reason": ClaimRule(("reason", "given_by")),
    "pressure": ClaimRule((), ("done_by", "where", "when", "because")),
    "papers": ClaimRule((), ("from", "to", "value", "because")),
    "life": ClaimRule((), ("where", "when", "words")),
    "background": ClaimRule((), ("value", "where")),
    "family": ClaimRule(("other", "relation")),
    "coercion": ClaimRule((), ("done_by", "where", "words")),
    "other": ClaimRule(("words",)),
}
CLAIM_FIELDS: Mapping[str, ClaimRule] = MappingProxyType(
    {what: _CLAIM_RULES[group] for group, whats in CLAIM_GROUPS.items() for what in whats}
)
WHATS = tuple(CLAIM_FIELDS)

# --- relations, seen from the other side ---

_INVERSES: Mapping[tuple[str, ...], tuple[str, str, str]] = {  # sex not told, female, male
    ("spouse", "wife", "husband"): ("spouse", "wife", "husband"),
    ("parent", "mother", "father"): ("child", "daughter", "son"),
    ("child", "daughter", "son"): ("parent", "mother", "father"),
    ("sibling", "sister", "brother"): ("sibling", "sister", "brother"),
    ("elder-sister", "elder-brother"): ("sibling", "younger-sister", "younger-brother"),
    ("younger-sister", "younger-brother"): ("sibling", "elder-sister", "elder-brother"),
    ("grandparent", "grandmother", "grandfather"): ("grandchild",) * 3,
    ("grandchild",): ("grandparent", "grandmother", "grandfather"),
    _keys("aunt uncle maternal-aunt paternal-aunt maternal-uncle paternal-uncle"): (
        "relative",
        "niece",
        "nephew",
    ),
    ("niece", "nephew"): ("relative", "aunt", "uncle"),
    ("mother-in-law", "father-in-law"): ("relative", "daughter-in-law", "son-in-law"),
    ("daughter-in-law", "son-in-law"): ("relative", "mother-in-law", "father-in-law"),
    ("sister-in-law", "brother-in-law"): ("relative", "sister-in-law", "brother-in-law"),
}
_MUTUAL = _keys("fiance cousin step-sibling neighbour friend colleague cell-mate relative")
_PAIRS = _keys(
    "adoptive-parent adopted-child step-parent step-child guardian ward teacher student lawyer"
    " client"
)
INVERSE: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {relation: seen for relations, seen in _INVERSES.items() for relation in relations}
    | {relation: (relation,) * 3 for relation in _MUTUAL}
    | {one: (other,) * 3 for one, other in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}
    | {other: (one,) * 3 for one, other in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}
)


def inverse(relation: str, sex: str = "") -> str:
    """What B is to A where A is `relation` of B; `sex` is B's, where a text says it.

    Empty where no word of the list fits (`advocate`, `other`): such a relation is shown from
    one side only.
    """
    neutral, female, male = INVERSE.get(relation, ("", "", ""))
    return {"female": female, "male": male}.get(sex, neutral)


# Where relatives stand, seen from the one whose relatives they are; the oldest first.
GENERATIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "grandparents": _keys("grandparent grandmother grandfather"),
        "parents": _keys(
            "parent mother father adoptive-parent step-parent guardian aunt uncle maternal-aunt"
            " paternal-aunt maternal-uncle paternal-uncle mother-in-law father-in-law"
        ),
        "own": _keys(
            "spouse wife husband fiance sibling sister brother elder-sister younger-sister"
            " elder-brother younger-brother step-sibling cousin sister-in-law brother-in-law"
        ),
        "children": _keys(
            "child daughter son adopted-child step-child ward niece nephew daughter-in-law"
            " son-in-law"
        ),
        "grandchildren": ("grandchild",),
        "relatives": ("relative",),
    }
)
NO_KIN = frozenset(RELATIONS).difference(*GENERATIONS.values())

# --- names of the lists and labels ---

LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "status": STATUSES,
        "contact": CONTACTS,
        "known_by": KNOWN_BY,
        "certainty": CERTAINTIES,
        "reason": REASONS,
        "given_by": GIVEN_BY,
        "relation": RELATIONS,
        "how": HOWS,
        "answer": ANSWERS,
        "what": WHATS,
        "role": ROLES,
        "sex": SEXES,
        "place_type": PLACE_TYPES,
        "organisation_type": ORGANISATION_TYPES,
        "chain_role": CHAIN_ROLES,
        "credit_role": CREDIT_ROLES,
        "precision": PRECISIONS,
        "name_kind": NAME_KINDS,
        "content_note": CONTENT_NOTES,
        "text_kind": TEXT_KINDS,
        "extent": EXTENTS,
        "voice": VOICES,
        "title_by": TITLE_BY,
        "rights": RIGHTS,
        "translation_status": TRANSLATION_STATUSES,
        "consent_scope": CONSENT_SCOPES,
        "consent_names": CONSENT_NAMES,
        "consent_faces": CONSENT_FACES,
        "consent_voices": CONSENT_VOICES,
        "recorded_voice": RECORDED_VOICES,
        "consent_status": CONSENT_STATUSES,
        "after_review": AFTER_REVIEW,
        "decision": DECISIONS,
        "untranslated": UNTRANSLATED,
        "search_engine": SEARCH_ENGINES,
        "search_extended": SEARCH_EXTENDED,
        "coarse_place": COARSE_PLACES,
        "coarse_dates": COARSE_DATES,
        "coarse_work": COARSE_WORK,
        "coarse_words": COARSE_WORDS,
        "coarse_together": COARSE_TOGETHER,
        "protect": PROTECT,
    }
)


def label(list_name: str, key: str) -> str:
    """The English label of a key of one of `LISTS`: the msgid whose msgctxt is `list_name`."""
    return labels.LABELS.get(list_name, {}).get(key) or key.replace("-", " ")


def messages() -> Iterator[tuple[str, str]]:
    """Every `(msgctxt, msgid)` of every list, in the order of the lists."""
    for name, keys in LISTS.items():
        for key in keys:
            yield name, label(name, key)

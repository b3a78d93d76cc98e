"""Language tags: script, direction, own name, and what to read when a language is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Language:
    """What the site must know of a language. `babel` is the CLDR locale that formats for it."""

    tag: str
    autonym: str
    script: str  # ISO 15924
    babel: str
    nearest: tuple[str, ...] = ()  # other tags that its readers can read best


# For Uyghur and Kazakh in Arabic letters Chinese is not near: abroad many of their readers lack
# it, and none should be handed it for their own. The order of the site decides, as elsewhere.
_TABLE = (
    Language("en", "English", "Latn", "en"),
    Language("kk", "Қазақша", "Cyrl", "kk", ("ru",)),
    Language("kk-Latn", "Qazaqşa", "Latn", "kk", ("kk", "ru")),
    Language("kk-Arab", "قازاقشا", "Arab", "kk_Arab", ("kk", "ug")),
    Language("ru", "Русский", "Cyrl", "ru"),
    Language("ug", "ئۇيغۇرچە", "Arab", "ug"),
    Language("ug-Latn", "Uyghurche", "Latn", "ug", ("ug",)),
    Language("ug-Cyrl", "Уйғурчә", "Cyrl", "ug", ("ug", "ru")),
    Language("zh-Hans", "简体中文", "Hans", "zh_Hans", ("zh", "zh-Hant")),
    Language("zh-Hant", "繁體中文", "Hant", "zh_Hant", ("zh", "zh-Hans")),
    Language("zh", "中文", "Hans", "zh_Hans", ("zh-Hans",)),
    Language("zh-Latn", "Pīnyīn", "Latn", "zh_Hans"),
    Language("tr", "Türkçe", "Latn", "tr"),
    Language("ky", "Кыргызча", "Cyrl", "ky", ("ru", "kk")),
    Language("uz", "Oʻzbekcha", "Latn", "uz"),
    Language("mn", "Монгол", "Cyrl", "mn"),
    Language("de", "Deutsch", "Latn", "de"),
    Language("fr", "Français", "Latn", "fr"),
    Language("es", "Español", "Latn", "es"),
    Language("ja", "日本語", "Jpan", "ja"),
    Language("ar", "العربية", "Arab", "ar"),
    Language("fa", "فارسی", "Arab", "fa"),
    Language("ur", "اردو", "Arab", "ur"),
    Language("ps", "پښتو", "Arab", "ps"),
    Language("ckb", "کوردیی ناوەندی", "Arab", "ckb"),
    Language("he", "עברית", "Hebr", "he"),
    Language("yi", "ייִדיש", "Hebr", "yi"),
)
KNOWN = {language.tag: language for language in _TABLE}
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo"})

# BCP 47 (RFC 5646), the part that a site uses: language, script, region.
_SCRIPT = re.compile(r"[A-Z][a-z]{3}")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


def is_tag(text: str) -> bool:
    """Whether `text` is a language tag in canonical case: `kk`, `zh-Hans`, `es-GT`."""
    return _TAG.fullmatch(text) is not None


def of(tag: str) -> Language:
    """The language of a tag, or of its beginning; a wholly unknown one is left-to-right."""
    if tag in KNOWN:
        return KNOWN[tag]
    shorter, _, _ = tag.rpartition("-")
    if not shorter:
        return Language(tag, tag, "Latn", tag)
    base = of(shorter)
    named = tuple(part for part in tag.split("-")[1:] if _SCRIPT.fullmatch(part))
    return Language(
        tag=tag,
        autonym=base.autonym,
        script=named[0] if named else base.script,
        babel=base.babel,
        nearest=(shorter, *base.nearest),
    )


@lru_cache(maxsize=256)
def direction(tag: str) -> str:
    """`rtl` or `ltr`, by the script: a language does not tell (Kazakh has three scripts)."""
    return "rtl" if of(tag).script in RIGHT_TO_LEFT else "ltr"


def reading_order(tag: str, site_languages: tuple[str, ...]) -> tuple[str, ...]:
    """Tags to look for a text in, for a reader of `tag`: own, near ones, then the site's."""
    primary = tag.partition("-")[0]
    order = (tag, *of(tag).nearest, primary, *site_languages, "en")
    return tuple(dict.fromkeys(order))


def in_its_scripts(tag: str, available: tuple[str, ...]) -> str:
    """`tag` where it is available, else the nearest of the same language; empty if none is."""
    primary = tag.partition("-")[0]
    own = (near for near in (tag, *of(tag).nearest) if near.partition("-")[0] == primary)
    return next((near for near in own if near in available), "")

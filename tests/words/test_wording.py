"""A date in the words of a page's language."""

from __future__ import annotations

import datetime
import io
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from babel.dates import format_date
from babel.messages import pofile
from hypothesis import given
from hypothesis import strategies as st

from aigaq.words import edtf, wording
from aigaq.words.edtf import EdtfDate

ROOT = Path(__file__).resolve().parents[2]
MSGIDS = tuple(msgid for msgid, _ in wording.PHRASES)

LANGUAGES = ("en", "kk", "ru", "tr", "ug", "zh-Hans")

# Every form in the words of the catalogues. Who mends a catalogue mends its line here.
ALL_FORMS = {
    "2018-03-05": (
        *("5 March 2018", "2018 ж. 5 наурыз", "5 марта 2018 г."),
        *("5 Mart 2018", "2018-يىلى 3-ئاينىڭ 5-كۈنى", "2018年3月5日"),
    ),
    "2018-03": (
        *("March 2018", "2018 ж. наурыз", "март 2018 г."),
        *("Mart 2018", "2018-يىلى 3-ئاي", "2018年3月"),
    ),
    "2018-03-XX": (
        *("March 2018", "2018 ж. наурыз", "март 2018 г."),
        *("Mart 2018", "2018-يىلى 3-ئاي", "2018年3月"),
    ),
    "2018": (
        *("2018", "2018", "2018"),
        *("2018", "2018-يىل", "2018年"),
    ),
    "2018-XX": (
        *("2018", "2018", "2018"),
        *("2018", "2018-يىل", "2018年"),
    ),
    "2017-21": (
        *("spring 2017", "2017 жылдың көктемі", "весна 2017 г."),
        *("2017 ilkbaharı", "2017-يىلى باھار", "2017年春季"),
    ),
    "2017-22": (
        *("summer 2017", "2017 жылдың жазы", "лето 2017 г."),
        *("2017 yazı", "2017-يىلى ياز", "2017年夏季"),
    ),
    "2017-23": (
        *("autumn 2017", "2017 жылдың күзі", "осень 2017 г."),
        *("2017 sonbaharı", "2017-يىلى كۈز", "2017年秋季"),
    ),
    "2017-24": (
        *("winter 2017", "2017 жылдың қысы", "зима 2017 г."),
        *("2017 kışı", "2017-يىلى قىش", "2017年冬季"),
    ),
    "199X": (
        *("1990s", "1990 жылдар", "1990-е годы"),
        *("1990 yılları", "1990-يىللار", "1990年代"),
    ),
    "19XX": (
        *("between 1900 and 1999", "1900 – 1999 аралығында", "когда-то в период 1900 – 1999"),
        *("1900 ile 1999 arasında", "1900-يىل بىلەن 1999-يىل ئارىلىقىدا", "1900年至1999年之间"),
    ),
    "XXXX": (
        *("date unknown", "күні белгісіз", "дата неизвестна"),
        *("tarihi bilinmiyor", "ۋاقتى نامەلۇم", "日期不详"),
    ),
    "XXXX-03-08": (
        *("8 March, year unknown", "8 наурыз, жылы белгісіз", "8 марта, год неизвестен"),
        *("8 Mart, yılı bilinmiyor", "3-ئاينىڭ 8-كۈنى، يىلى نامەلۇم", "3月8日（年份不详）"),
    ),
    "XXXX-03": (
        *("March, year unknown", "наурыз, жылы белгісіз", "март, год неизвестен"),
        *("Mart, yılı bilinmiyor", "3-ئاي، يىلى نامەلۇم", "三月（年份不详）"),
    ),
    "2017-05~": (
        *("about May 2017", "шамамен 2017 ж. мамыр", "примерно май 2017 г."),
        *("yaklaşık Mayıs 2017", "تەخمىنەن 2017-يىلى 5-ئاي", "约2017年5月"),
    ),
    "2018?": (
        *("2018 (uncertain)", "2018 (анық емес)", "2018 (неточно)"),
        *("2018 (kesin değil)", "2018-يىل (ئېنىق ئەمەس)", "2018年（存疑）"),
    ),
    "2018%": (
        *("about 2018 (uncertain)", "шамамен 2018 (анық емес)", "примерно 2018 (неточно)"),
        *("yaklaşık 2018 (kesin değil)", "تەخمىنەن 2018-يىل (ئېنىق ئەمەس)", "约2018年（存疑）"),
    ),
    "before 2018-01": (
        *("before January 2018", "2018 жылғы қаңтар айынан бұрын", "до января 2018 г."),
        *("2018 yılı Ocak ayından önce", "2018-يىلى 1-ئايدىن بۇرۇن", "2018年1月之前"),
    ),
    "before 2018": (
        *("before 2018", "2018 жылдан бұрын", "до 2018 г."),
        *("2018 yılından önce", "2018-يىلدىن بۇرۇن", "2018年之前"),
    ),
    "after 2018-03-05": (
        *("after 5 March 2018", "2018 жылғы 5 наурыз күнінен кейін", "после 5 марта 2018 г."),
        *(
            "5 Mart 2018 tarihinden sonra",
            "2018-يىلى 3-ئاينىڭ 5-كۈنىدىن كېيىن",
            "2018年3月5日之后",
        ),
    ),
    "after about 2018": (
        *("after about 2018", "шамамен 2018 жылдан кейін", "примерно после 2018 г."),
        *("yaklaşık 2018 yılından sonra", "تەخمىنەن 2018-يىلدىن كېيىن", "约2018年之后"),
    ),
    "maybe before 2018": (
        *("before 2018 (uncertain)", "2018 жылдан бұрын (анық емес)", "до 2018 г. (неточно)"),
        *(
            "2018 yılından önce (kesin değil)",
            "2018-يىلدىن بۇرۇن (ئېنىق ئەمەس)",
            "2018年之前（存疑）",
        ),
    ),
    "since 2017-05": (
        *("since May 2017", "2017 жылғы мамыр айынан бері", "с мая 2017 г."),
        *("2017 yılı Mayıs ayından beri", "2017-يىلى 5-ئايدىن بېرى", "自2017年5月起"),
    ),
    "since about 2017-05": (
        *(
            "since about May 2017",
            "шамамен 2017 жылғы мамыр айынан бері",
            "примерно с мая 2017 г.",
        ),
        *(
            "yaklaşık 2017 yılı Mayıs ayından beri",
            "تەخمىنەن 2017-يىلى 5-ئايدىن بېرى",
            "约自2017年5月起",
        ),
    ),
    "2017-22/..": (
        *("since the summer of 2017", "2017 жылдың жазынан бері", "с лета 2017 г."),
        *("2017 yazından beri", "2017-يىلى يازدىن بېرى", "自2017年夏季起"),
    ),
    "199X/..": (
        *("since the 1990s", "1990 жылдардан бері", "с 1990-х годов"),
        *("1990 yıllarından beri", "1990-يىللاردىن بېرى", "自1990年代起"),
    ),
    "../2018-03": (
        *("until March 2018", "ең кеші 2018 ж. наурыз", "по март 2018 г."),
        *("Mart 2018 tarihine kadar", "2018-يىلى 3-ئاي (شۇ ۋاقىتقىچە)", "至2018年3月"),
    ),
    "2017-08/2018-03": (
        *(
            "August 2017 – March 2018",
            "2017 ж. тамыз – 2018 ж. наурыз",
            "август 2017 г. – март 2018 г.",
        ),
        *(
            "Ağustos 2017 – Mart 2018",
            "2017-يىلى 8-ئاي – 2018-يىلى 3-ئاي",
            "2017年8月—2018年3月",
        ),
    ),
    "2017~/2018?": (
        *(
            "about 2017 – 2018 (uncertain)",
            "шамамен 2017 – 2018 (анық емес)",
            "примерно 2017 – 2018 (неточно)",
        ),
        *(
            "yaklaşık 2017 – 2018 (kesin değil)",
            "تەخمىنەن 2017-يىل – 2018-يىل (ئېنىق ئەمەس)",
            "约2017年—2018年（存疑）",
        ),
    ),
    "2017/": (
        *("2017 – end unknown", "2017 – соңы белгісіз", "2017 – конец неизвестен"),
        *(
            "2017 – bitişi bilinmiyor",
            "2017-يىل – ئاخىرلاشقان ۋاقتى نامەلۇم",
            "2017年—结束时间不详",
        ),
    ),
    "/2017": (
        *("start unknown – 2017", "басы белгісіз – 2017", "начало неизвестно – 2017"),
        *(
            "başlangıcı bilinmiyor – 2017",
            "باشلانغان ۋاقتى نامەلۇم – 2017-يىل",
            "开始时间不详—2017年",
        ),
    ),
    "early 1990s": (
        *("early 1990s", "1990 жылдардың басы", "начало 1990-х годов"),
        *("1990 yıllarının başı", "1990-يىللارنىڭ باشلىرى", "1990年代初期"),
    ),
    "mid 1990s": (
        *("mid 1990s", "1990 жылдардың ортасы", "середина 1990-х годов"),
        *("1990 yıllarının ortası", "1990-يىللارنىڭ ئوتتۇرىلىرى", "1990年代中期"),
    ),
    "late 1990s": (
        *("late 1990s", "1990 жылдардың соңы", "конец 1990-х годов"),
        *("1990 yıllarının sonu", "1990-يىللارنىڭ ئاخىرلىرى", "1990年代末期"),
    ),
    "early 2018": (
        *("early 2018", "2018 жылдың басы", "начало 2018 г."),
        *("2018 yılının başı", "2018-يىلنىڭ بېشى", "2018年初"),
    ),
    "mid 2018": (
        *("mid 2018", "2018 жылдың ортасы", "середина 2018 г."),
        *("2018 yılının ortası", "2018-يىلنىڭ ئوتتۇرىسى", "2018年中"),
    ),
    "late 2018": (
        *("late 2018", "2018 жылдың соңы", "конец 2018 г."),
        *("2018 yılının sonu", "2018-يىلنىڭ ئاخىرى", "2018年末"),
    ),
    "[2018..2020-01-15]": (
        *(
            "between 2018 and 15 January 2020",
            "2018 – 2020 ж. 15 қаңтар аралығында",
            "когда-то в период 2018 – 15 января 2020 г.",
        ),
        *(
            "2018 ile 15 Ocak 2020 arasında",
            "2018-يىل بىلەن 2020-يىلى 1-ئاينىڭ 15-كۈنى ئارىلىقىدا",
            "2018年至2020年1月15日之间",
        ),
    ),
    "[2017,2018-03]": (
        *(
            "one of these: 2017, March 2018",
            "мыналардың бірі: 2017, 2018 ж. наурыз",
            "одна из дат: 2017, март 2018 г.",
        ),
        *(
            "şunlardan biri: 2017, Mart 2018",
            "بۇلارنىڭ بىرى: 2017-يىل، 2018-يىلى 3-ئاي",
            "以下日期之一：2017年、2018年3月",
        ),
    ),
    "[..2015,2019..]": (
        *(
            "one of these: before 2016, after 2018",
            "мыналардың бірі: 2016 жылдан бұрын, 2018 жылдан кейін",
            "одна из дат: до 2016 г., после 2018 г.",
        ),
        *(
            "şunlardan biri: 2016 yılından önce, 2018 yılından sonra",
            "بۇلارنىڭ بىرى: 2016-يىلدىن بۇرۇن، 2018-يىلدىن كېيىن",
            "以下日期之一：2016年之前、2018年之后",
        ),
    ),
}
SCRIPTS = {
    "ug": "ARABIC",  # first: it spoils Babel's stand-alone names of those that come after it
    "en": "LATIN",
    "kk": "CYRILLIC",
    "ru": "CYRILLIC",
    "zh-Hans": "CJK",
    "tr": "LATIN",
    "kk-Latn": "LATIN",
    "kk-Arab": "ARABIC",
}


def known(text: str) -> EdtfDate:
    date = edtf.parse(text)
    assert isinstance(date, EdtfDate), text
    return date


@cache
def catalogue(language: str) -> dict[str, str]:
    """The phrases of one of the languages of the interface."""
    po = ROOT / f"theme/locales/{language}.po"
    read = pofile.read_po(io.BytesIO(po.read_bytes()))
    return {msgid: str(read[msgid].string) or msgid for msgid in MSGIDS}


def said(text: str, language: str, phrases: str = "en") -> str:
    """In the phrases of a catalogue, with ordinary spaces."""
    words = catalogue(phrases)
    made = wording.in_words(
        known(text), language, phrase=lambda msgid, gaps: words[msgid].format(**gaps)
    )
    return made.replace("\u202f", " ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ALL_FORMS)
def test_every_form_reads_well_in_each_language(text, language):
    assert said(text, language, language) == ALL_FORMS[text][LANGUAGES.index(language)]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_phrase_is_left_in_english(language):
    # what stands between two dates may be the same sign
    same = {m for m, text in catalogue(language).items() if text == m}

    assert same <= {"{start} – {end}"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ug", ["2018-يىلى 3-ئاينىڭ 5-كۈنى", "2018-يىلى 3-ئاي", "before 2018-يىلى 3-ئايدىن"]),
        ("zh-Hans", ["2018年3月5日", "2018年3月", "before 2018年3月"]),
        ("tr", ["5 Mart 2018", "Mart 2018", "before 2018 yılı Mart ayından"]),
        ("kk-Latn", ["2018 j. 5 nauryz", "2018 j. nauryz", "before 2018 jylğy nauryz aiynan"]),
        (
            "kk-Arab",
            ["2018 جىلعى 5 ناۋرىز", "2018 جىلعى ناۋرىز", "before 2018 جىلعى ناۋرىز ايىنان"],
        ),
        ("kk-Cyrl", ["2018 ж. 5 наурыз", "2018 ж. наурыз", "before 2018 жылғы наурыз айынан"]),
        ("ru-KZ", ["5 марта 2018 г.", "март 2018 г.", "before марта 2018 г."]),
        ("de", ["5. März 2018", "März 2018", "before März 2018"]),
        ("qya", ["2018-03-05", "2018-03", "before 2018-03"]),  # Babel does not know it
        ("ru-Latn", ["2018-03-05", "2018-03", "before 2018-03"]),  # nor this script of it
    ],
)
def test_units_are_written_as_each_language_does(language, words):
    texts = ["2018-03-05", "2018-03", "before 2018-03"]

    assert [said(text, language) for text in texts] == words


@pytest.mark.parametrize(("language", "script"), SCRIPTS.items())
def test_months_are_written_in_the_script_of_their_language(language, script):
    names = [*wording.month_names(language)]
    names += [said(f"XXXX-{month:02}", language).partition(",")[0] for month in range(1, 13)]

    scripts = {
        unicodedata.name(letter).split()[0] for letter in "".join(names) if letter.isalpha()
    }

    assert len(names) == 24
    assert scripts == {script}


@pytest.mark.parametrize(
    "text", ["2018-03", "2018-03-05", "before 2018-11", "since 2018-03-05"]
)
def test_a_date_in_uyghur_words_can_be_read_again(text):
    assert edtf.parse(said(text, "ug", "ug")) == known(text)


def test_uyghur_dates_are_written_as_the_texts_of_the_archive_write_them():
    texts = "\n".join(path.read_text("utf-8") for path in (ROOT / "content").rglob("*.ug.md"))

    for text in ("2021-02-08", "2021-02", "2019-11", "since 2021-02-08", "since 2019-11"):
        assert said(text, "ug", "ug").removesuffix(" بېرى") in texts


@pytest.mark.parametrize("language", ["ug", "kk-Arab", "zh-Hans"])
def test_a_list_of_dates_has_the_comma_of_its_script(language):
    words = said("[2017,2019]", language).removeprefix("one of these: ")

    assert "," not in words


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2018-03-05", ("2018-03-05",)),
        ("2018-03", ("2018-03",)),
        ("2018~", ("2018",)),
        ("2018-03-XX", ("2018-03",)),
        ("2017-22", ("2017",)),
        ("XXXX-03-08?", ("03-08",)),
        ("XXXX-03", ()),
        ("199X", ()),
        ("XXXX", ()),
        ("2017-08~/2018-03", ("2017-08", "2018-03")),
        ("since 2018-03", ("2018-03",)),
        ("/2018", ("2018",)),
        ("early 1990s", ()),
        ("before 2018-01", ()),
        ("[2017,2018]", ()),
    ],
)
def test_machine_readable_values_are_valid_html_or_absent(text, values):
    assert wording.time_tags(known(text)) == values


def test_translators_get_a_comment_for_every_phrase():
    assert all(comment for _, comment in wording.PHRASES)
    assert len(set(MSGIDS)) == len(MSGIDS)


def test_every_phrase_is_said_by_some_date():
    asked = set()

    def phrase(msgid, gaps):
        asked.add(msgid)
        return msgid.format(**gaps)

    for text in (*ALL_FORMS, "before about 2018", "after 2018"):
        wording.in_words(known(text), "en", phrase=phrase)
    for season in range(21, 25):
        wording.in_words(known(f"2017-{season}/.."), "en", phrase=phrase)

    assert asked == set(MSGIDS)


ends = st.sampled_from(["", "..", "2999", "1000?", "2017-05~", "2018-24", "20XX", "201X%"])


@given(st.tuples(ends, st.sampled_from(["/", ".."]), ends), st.sampled_from([*SCRIPTS]))
def test_whatever_can_be_read_can_be_said(parts, language):
    text = "".join(parts) if parts[1] == "/" else f"[{''.join(parts)}]"
    date = edtf.parse(text)

    assert date is None or said(text, language)


@pytest.mark.parametrize("language", ["de", "zh-Hans", "tr", "ja", "th", "ar"])
@pytest.mark.parametrize("day", ["1937-01-02", "2017-11-12"])
def test_where_we_have_no_pattern_a_day_is_written_as_babel_writes_it(language, day):
    theirs = format_date(datetime.date.fromisoformat(day), "long", locale=language[:2])

    assert (
        wording.in_words(
            edtf.parse(day), language, phrase=lambda msgid, gaps: msgid.format(**gaps)
        )
        == theirs
    )

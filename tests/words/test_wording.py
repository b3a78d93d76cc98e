"""A date in the words of a page's language."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.words import edtf, wording
from aigaq.words.edtf import EdtfDate

MSGIDS = tuple(msgid for msgid, _ in wording.PHRASES)

# What a catalogue would hold, in the order of PHRASES.
KAZAKH = dict(
    zip(
        MSGIDS,
        (
            *("күні белгісіз", "{date}, жылы белгісіз", "шамамен {date}", "{date} (анық емес)"),
            *("{date} бұрын", "шамамен {date} бұрын", "{date} кейін", "шамамен {date} кейін"),
            *("{date} бері", "шамамен {date} бері", "ең кеші {date}", "{start} – {end}"),
            *("басы белгісіз", "соңы белгісіз", "{start} – {end} аралығында"),
            "мыналардың бірі: {dates}",
            *("{year} жылдың көктемі", "{year} жылдың жазы"),
            *("{year} жылдың күзі", "{year} жылдың қысы"),
            *("{year} жылдың көктемінен", "{year} жылдың жазынан"),
            *("{year} жылдың күзінен", "{year} жылдың қысынан"),
            *("{year} жылдар", "{year} жылдардан"),
            *("{year} жылдардың басы", "{year} жылдардың ортасы", "{year} жылдардың соңы"),
            *("{year} жылдың басы", "{year} жылдың ортасы", "{year} жылдың соңы"),
        ),
        strict=True,
    )
)
RUSSIAN = dict(
    zip(
        MSGIDS,
        (
            *(
                "дата неизвестна",
                "{date}, год неизвестен",
                "примерно {date}",
                "{date} (неточно)",
            ),
            *("до {date}", "примерно до {date}", "после {date}", "примерно после {date}"),
            *("с {date}", "примерно с {date}", "по {date}", "{start} – {end}"),
            *("начало неизвестно", "конец неизвестен", "когда-то в период {start} – {end}"),
            "одна из дат: {dates}",
            *("весна {year} г.", "лето {year} г.", "осень {year} г.", "зима {year} г."),
            *("весны {year} г.", "лета {year} г.", "осени {year} г.", "зимы {year} г."),
            *("{year}-е годы", "{year}-х годов"),
            *("начало {year}-х годов", "середина {year}-х годов", "конец {year}-х годов"),
            *("начало {year} г.", "середина {year} г.", "конец {year} г."),
        ),
        strict=True,
    )
)
CATALOGUES = {"en": {msgid: msgid for msgid in MSGIDS}, "kk": KAZAKH, "ru": RUSSIAN}

ALL_FORMS = [
    ("2018-03-05", "5 March 2018", "2018 ж. 5 наурыз", "5 марта 2018 г."),
    ("2018-03", "March 2018", "2018 ж. наурыз", "март 2018 г."),
    ("2018-03-XX", "March 2018", "2018 ж. наурыз", "март 2018 г."),
    ("2018", "2018", "2018", "2018"),
    ("2018-XX", "2018", "2018", "2018"),
    ("2017-21", "spring 2017", "2017 жылдың көктемі", "весна 2017 г."),
    ("2017-22", "summer 2017", "2017 жылдың жазы", "лето 2017 г."),
    ("2017-23", "autumn 2017", "2017 жылдың күзі", "осень 2017 г."),
    ("2017-24", "winter 2017", "2017 жылдың қысы", "зима 2017 г."),
    ("199X", "1990s", "1990 жылдар", "1990-е годы"),
    (
        "19XX",
        "between 1900 and 1999",
        "1900 – 1999 аралығында",
        "когда-то в период 1900 – 1999",
    ),
    ("XXXX", "date unknown", "күні белгісіз", "дата неизвестна"),
    (
        "XXXX-03-08",
        "8 March, year unknown",
        "8 наурыз, жылы белгісіз",
        "8 марта, год неизвестен",
    ),
    ("XXXX-03", "March, year unknown", "наурыз, жылы белгісіз", "март, год неизвестен"),
    ("2017-05~", "about May 2017", "шамамен 2017 ж. мамыр", "примерно май 2017 г."),
    ("2018?", "2018 (uncertain)", "2018 (анық емес)", "2018 (неточно)"),
    ("2018%", "about 2018 (uncertain)", "шамамен 2018 (анық емес)", "примерно 2018 (неточно)"),
    (
        "before 2018-01",
        "before January 2018",
        "2018 жылғы қаңтар айынан бұрын",
        "до января 2018 г.",
    ),
    ("before 2018", "before 2018", "2018 жылдан бұрын", "до 2018 г."),
    (
        "after 2018-03-05",
        "after 5 March 2018",
        "2018 жылғы 5 наурыз күнінен кейін",
        "после 5 марта 2018 г.",
    ),
    (
        "after about 2018",
        "after about 2018",
        "шамамен 2018 жылдан кейін",
        "примерно после 2018 г.",
    ),
    (
        "maybe before 2018",
        "before 2018 (uncertain)",
        "2018 жылдан бұрын (анық емес)",
        "до 2018 г. (неточно)",
    ),
    ("since 2017-05", "since May 2017", "2017 жылғы мамыр айынан бері", "с мая 2017 г."),
    (
        "since about 2017-05",
        "since about May 2017",
        "шамамен 2017 жылғы мамыр айынан бері",
        "примерно с мая 2017 г.",
    ),
    (
        "2017-22/..",
        "since the summer of 2017",
        "2017 жылдың жазынан бері",
        "с лета 2017 г.",
    ),
    ("199X/..", "since the 1990s", "1990 жылдардан бері", "с 1990-х годов"),
    ("../2018-03", "until March 2018", "ең кеші 2018 ж. наурыз", "по март 2018 г."),
    (
        "2017-08/2018-03",
        "August 2017 – March 2018",
        "2017 ж. тамыз – 2018 ж. наурыз",
        "август 2017 г. – март 2018 г.",
    ),
    ("2017~/2018?", "about 2017 – 2018 (uncertain)", "шамамен 2017 – 2018 (анық емес)", None),
    ("2017/", "2017 – end unknown", "2017 – соңы белгісіз", "2017 – конец неизвестен"),
    ("/2017", "start unknown – 2017", "басы белгісіз – 2017", "начало неизвестно – 2017"),
    ("early 1990s", "early 1990s", "1990 жылдардың басы", "начало 1990-х годов"),
    ("mid 1990s", "mid 1990s", "1990 жылдардың ортасы", "середина 1990-х годов"),
    ("late 1990s", "late 1990s", "1990 жылдардың соңы", "конец 1990-х годов"),
    ("early 2018", "early 2018", "2018 жылдың басы", "начало 2018 г."),
    ("mid 2018", "mid 2018", "2018 жылдың ортасы", "середина 2018 г."),
    ("late 2018", "late 2018", "2018 жылдың соңы", "конец 2018 г."),
    (
        "[2018..2020-01-15]",
        "between 2018 and 15 January 2020",
        "2018 – 2020 ж. 15 қаңтар аралығында",
        "когда-то в период 2018 – 15 января 2020 г.",
    ),
    (
        "[2017,2018-03]",
        "one of these: 2017, March 2018",
        "мыналардың бірі: 2017, 2018 ж. наурыз",
        "одна из дат: 2017, март 2018 г.",
    ),
    (
        "[..2015,2019..]",
        "one of these: before 2016, after 2018",
        "мыналардың бірі: 2016 жылдан бұрын, 2018 жылдан кейін",
        "одна из дат: до 2016 г., после 2018 г.",
    ),
]
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


def said(text: str, language: str) -> str:
    """In the words of a catalogue, English where there is none; with ordinary spaces."""
    catalogue = CATALOGUES.get(language, CATALOGUES["en"])
    words = wording.in_words(
        known(text), language, phrase=lambda msgid, gaps: catalogue[msgid].format(**gaps)
    )
    return words.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        (text, language, words)
        for text, *row in ALL_FORMS
        for language, words in zip(("en", "kk", "ru"), row, strict=True)
        if words
    ],
)
def test_every_form_reads_well_in_english_kazakh_and_russian(text, language, words):
    assert said(text, language) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ug", ["5-مارت، 2018", "2018 مارت", "before 2018-يىل مارت ئېيىدىن"]),
        ("zh-Hans", ["2018年3月5日", "2018年3月", "before 2018年3月"]),
        ("tr", ["5 Mart 2018", "Mart 2018", "before 2018 yılı Mart ayından"]),
        ("kk-Latn", ["2018 j. 5 nauryz", "2018 j. nauryz", "before 2018 jylğy nauryz aiynan"]),
        ("kk-Arab", ["5-ناۋرىز، 2018", "2018 ناۋرىز", "before 2018 جىلعى ناۋرىز ايىنان"]),
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

    scripts = {unicodedata.name(letter).split()[0] for letter in "".join(names)}

    assert len(names) == 24
    assert scripts == {script}


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

    for text, *_ in [*ALL_FORMS, *(("before about 2018",), ("after 2018",))]:
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

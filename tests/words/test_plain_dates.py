"""Plain words: every site language says the same dates, and what it says has one meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.words import edtf, plain_dates
from aigaq.words.edtf import EdtfDate, RelativeDate

# One row for each thing that can be said: its notation, then en, kk, ru, tr, ug, zh.
SAID = {
    "2017-05~": (
        ("about 2017-05", "around 2017-05", "circa 2017-05", "c. 2017-05", "About  2017-05"),
        ("шамамен 2017-05", "2017-05 шамасында", "2017-05-ке жуық"),
        ("около 2017-05", "примерно 2017-05", "приблизительно в 2017-05", "Около 2017-05"),
        ("yaklaşık 2017-05", "2017-05 civarında"),
        ("تەخمىنەن 2017-05", "2017-05 ئەتراپىدا"),
        ("大约2017-05", "2017-05左右", "2017年5月前后"),
    ),
    "2018?": (
        ("maybe 2018", "perhaps 2018", "possibly 2018"),
        ("мүмкін 2018", "бәлкім 2018 жыл", "2018 болуы мүмкін"),
        ("возможно 2018", "возможно, в 2018 году", "может быть, 2018"),
        ("belki 2018",),
        ("بەلكىم 2018",),
        ("可能2018年", "也许是2018年"),
    ),
    "2018%": (
        ("maybe about 2018",),
        ("мүмкін шамамен 2018",),
        ("возможно около 2018",),
    ),
    "[..2017-12]": (
        ("before 2018-01",),
        ("2018-01-ге дейін", "2018-01 дейін", "2018-01-ден бұрын"),
        ("до 2018-01", "раньше 2018-01"),
        ("2018-01'den önce",),
        ("2018-01دىن بۇرۇن",),
        ("2018-01之前", "2018年1月以前"),
    ),
    "[..2017]": (
        ("before 2018",),
        ("2018 жылға дейін", "2018 жылдан бұрын", "2018-ге дейін"),
        ("до 2018 года", "до 2018 г.", "до 2018"),
        ("2018'den önce", "2018 yılından önce"),
        ("2018-يىلدىن بۇرۇن",),
        ("2018年之前",),
    ),
    "[2019..]": (
        ("after 2018",),
        ("2018 жылдан кейін", "2018-ден соң"),
        ("после 2018", "после 2018 года", "позже 2018"),
        ("2018'den sonra",),
        ("2018-يىلدىن كېيىن",),
        ("2018年之后", "2018年以后"),
    ),
    "[..2017-05]": (
        ("before summer 2017", "before 2017 summer"),
        ("2017 жылдың жазына дейін",),
        ("до лета 2017 года",),
    ),
    "[2018-03..]": (
        ("after winter 2018",),
        ("2018 жылдың қысынан кейін",),
        ("после зимы 2018",),
    ),
    "2017-05/..": (
        (
            "since 2017-05",
            "from 2017-05 onwards",
            "2017-05 to now",
            "from 2017-05 to the present",
        ),
        ("2017-05-тен бері", "2017-05 бастап", "2017-05 бастап қазірге дейін"),
        ("с 2017-05", "начиная с 2017-05", "с 2017-05 по настоящее время"),
        ("2017-05'ten beri",),
        ("2017-05دىن بۇيان",),
        ("2017年5月以来", "自2017年5月起"),
    ),
    "2017-08/2018-03": (
        ("2017-08 to 2018-03", "from 2017-08 until 2018-03", "2017-08 – 2018-03"),
        ("2017-08 бастап 2018-03 дейін", "2017-08-ден 2018-03-ке дейін", "2017-08 — 2018-03"),
        ("с 2017-08 по 2018-03", "2017-08 до 2018-03", "от 2017-08 до 2018-03"),
        ("2017-08'den 2018-03'e kadar",),
        ("2017-08دىن 2018-03غىچە",),
        ("2017年8月至2018年3月", "从2017-08到2018-03"),
    ),
    "2017/2019": (
        ("2017–2019", "2017-2019", "2017 to 2019"),
        ("2017 жылдан 2019 жылға дейін",),
        ("с 2017 по 2019 год", "2017–2019 г."),
        ("2017 - 2019",),
        ("2017-2019",),
        ("2017年到2019年",),
    ),
    "2017/": (
        ("2017 to unknown",),
        ("2017 бастап белгісіз дейін",),
        ("с 2017 до неизвестно",),
    ),
    "[2017..2019]": (
        ("between 2017 and 2019",),
        ("2017 мен 2019 аралығында",),
        ("между 2017 и 2019",),
        ("2017 ile 2019 arasında",),
        ("2017 بىلەن 2019 ئارىلىقىدا",),
        ("2017和2019之间",),
    ),
    "199X": (
        ("1990s", "the 1990s", "1990's"),
        ("1990 жылдар", "1990-жылдары"),
        ("1990-е", "1990-е годы", "в 1990-х годах"),
        ("1990'lar", "1990'lı yıllar"),
        ("1990-يىللار",),
        ("1990年代",),
    ),
    "1990/1993~": (
        ("early 1990s", "in the early 1990s", "beginning of the 1990s"),
        ("1990 жылдардың басы", "1990-жылдардың басында"),
        ("начало 1990-х", "в начале 1990-х годов"),
        ("1990'ların başı",),
        ("1990-يىللارنىڭ بېشى",),
        ("1990年代初", "1990年代初期"),
    ),
    "1994~/1996~": (
        ("mid 1990s", "mid-1990s", "the middle of the 1990s"),
        ("1990 жылдардың ортасы",),
        ("середина 1990-х", "в середине 1990-х гг."),
        ("1990'ların ortası",),
        ("1990-يىللارنىڭ ئوتتۇرىلىرى",),
        ("1990年代中期",),
    ),
    "1997~/1999": (
        ("late 1990s", "end of the 1990s"),
        ("1990 жылдардың соңы", "1990 жылдардың аяғында"),
        ("конец 1990-х", "в конце 1990-х"),
        ("1990'ların sonu",),
        ("1990-يىللارنىڭ ئاخىرى",),
        ("1990年代末",),
    ),
    "2018-01/2018-04~": (
        ("early 2018", "beginning of 2018"),
        ("2018 жылдың басы", "2018 жылдың басында"),
        ("начало 2018 года", "в начале 2018 г."),
        ("2018 başında",),
        ("2018-يىلنىڭ بېشى",),
        ("2018年初",),
    ),
    "2018-09~/2018-12": (
        ("late 2018", "end of 2018"),
        ("2018 жылдың соңы",),
        ("конец 2018", "в конце 2018 года"),
        ("2018 sonunda",),
        ("2018-يىلنىڭ ئاخىرى",),
        ("2018年底", "2018年末"),
    ),
    "2017-21": (
        ("2017 spring", "spring 2017"),
        ("2017 көктем", "2017 жылдың көктемі"),
        ("весна 2017", "весной 2017 года"),
        ("2017 ilkbahar", "2017 baharı"),
        ("2017-يىلى ئەتىياز",),
        ("2017年春",),
    ),
    "2017-22": (
        ("2017 summer", "summer 2017", "summer of 2017", "in the summer of 2017"),
        ("2017 жаз", "2017 жазы", "2017 жылдың жазында", "2017 ж. жазы"),
        ("2017 лето", "лето 2017", "летом 2017 года", "лето 2017 г."),
        ("2017 yazı", "2017 yazında"),
        ("2017-يىلى ياز",),
        ("2017年夏天", "2017夏季"),
    ),
    "2017-23": (
        ("2017 autumn", "fall 2017"),
        ("2017 күз", "2017 жылғы күз"),
        ("осень 2017", "осенью 2017 года"),
        ("2017 sonbahar",),
        ("2017-يىلى كۈز",),
        ("2017年秋",),
    ),
    "2017-24": (
        ("2017 winter", "winter of 2017"),
        ("2017 қыс", "2017 жылдың қысы"),
        ("зима 2017", "зимой 2017 года"),
        ("2017 kış",),
        ("2017-يىلى قىش",),
        ("2017年冬天",),
    ),
    "XXXX": (
        ("unknown", "Unknown", "not known"),
        ("белгісіз", "күні белгісіз"),
        ("неизвестно", "дата неизвестна"),
        ("bilinmiyor",),
        ("نامەلۇم",),
        ("不详", "未知"),
    ),
    "2018": (
        ("2018", "in 2018", "the year 2018"),
        ("2018 жыл", "2018 ж.", "2018 жылы"),
        ("2018 год", "2018 г.", "в 2018 году", "2018\u202fг."),
        ("2018 yılı",),
        ("2018-يىلى",),
        ("2018年",),
    ),
    "2018-03-05": (
        ("2018-03-05",),
        ("2018-03-05",),
        ("в 2018-03-05",),
        ("2018-03-05",),
        ("2018-03-05",),
        ("2018年3月5日",),
    ),
}

# amount and unit after halves are made whole, then en, kk, ru, tr, ug, zh
COUNTED = {
    (30, "month", False, "interview"): (
        ("2 and a half years before interview", "two and a half years before the interview"),
        (
            "сұхбаттан 2 жарым жыл бұрын",
            "сұхбаттан екі жарым жыл бұрын",
            "сұхбаттан 2,5 жыл бұрын",
        ),
        ("за 2 с половиной года до интервью", "2,5 года до интервью"),
        ("röportajdan 2 buçuk yıl önce",),
        ("سۆھبەتتىن 2 يېرىم يىل بۇرۇن",),
        ("采访前2年半", "采访前两年半"),
    ),
    (3, "year", False, "interview"): (
        (
            "3 years before interview",
            "three years before interview",
            "about 3 years before interview",
        ),
        ("сұхбаттан үш жыл бұрын", "сұхбаттан шамамен 3 жыл бұрын"),
        ("за три года до интервью", "примерно 3 года до интервью"),
        ("röportajdan üç yıl önce",),
        ("سۆھبەتتىن 3 يىل بۇرۇن",),
        ("采访前三年",),
    ),
    (5, "month", True, "published"): (
        ("5 months after published", "5 months after the publication"),
        ("жарияланғаннан 5 ай кейін",),
        ("через 5 месяцев после публикации",),
        ("yayından 5 ay sonra",),
        ("ئېلان قىلىنىشتىن 5 ئاي كېيىن",),
        ("发表后5个月",),
    ),
    (18, "month", False, "published"): (
        ("one and a half years before published",),
        ("жарияланғаннан бір жарым жыл бұрын",),
        ("полтора года до публикации",),
    ),
    (6, "month", False, "interview"): (
        ("half a year before interview",),
        ("сұхбаттан жарты жыл бұрын",),
        ("за полгода до интервью",),
        ("röportajdan yarım yıl önce",),
        ("سۆھبەتتىن يېرىم يىل بۇرۇن",),
        ("采访前半年",),
    ),
    (15, "day", True, "interview"): (
        ("half a month after interview",),
        ("сұхбаттан жарты ай кейін",),
        ("через полмесяца после интервью",),
    ),
    (14, "day", False, "interview"): (
        ("2 weeks before interview",),
        ("сұхбаттан 2 апта бұрын",),
        ("за две недели до интервью",),
        ("röportajdan 2 hafta önce",),
        ("سۆھبەتتىن 2 ھەپتە بۇرۇن",),
        ("采访前2周",),
    ),
}


def flat(table):
    return [
        (words, meaning) for meaning, rows in table.items() for row in rows for words in row
    ]


@pytest.mark.parametrize(("words", "notation"), flat(SAID))
def test_words_mean_their_notation(words, notation):
    date = edtf.parse(words)

    assert isinstance(date, EdtfDate)
    assert date.notation == notation


@pytest.mark.parametrize(("words", "meaning"), flat(COUNTED))
def test_counting_from_an_event_means_the_same_in_every_language(words, meaning):
    assert edtf.parse(words) == RelativeDate(*meaning)


def test_english_kazakh_and_russian_say_everything():
    for meaning, rows in [*SAID.items(), *COUNTED.items()]:
        assert all(rows[:3]), meaning


def test_every_row_of_the_table_has_a_line_for_each_language():
    lines = {role: len(rows) for role, rows in plain_dates.TABLE.items() if role != "since "}

    assert set(lines.values()) == {6}


@pytest.mark.parametrize(
    "words",
    [
        "beforehand",
        "about",
        "2018 people",
        "yearly 1990s",
        "жазда",
        "до свидания",
        "2017 to",
        "summer",
        "may",
        "maybe",
    ],
)
def test_words_around_no_date_are_no_date(words):
    assert edtf.parse(words) is None


@pytest.mark.parametrize(
    ("words", "notation"),
    [
        ("5 March 2018", "2018-03-05"),
        ("March 2018", "2018-03"),
        ("March 5", "XXXX-03-05"),
        ("5 марта 2018 г.", "2018-03-05"),
        ("2018 жылғы 5 наурыз", "2018-03-05"),
        ("5 Mayıs 2018", "2018-05-05"),
        ("2018-يىل 5-مارت", "2018-03-05"),
        ("Placeholder 2018", ""),
    ],
)
def test_a_month_in_words_is_found_for_the_way_out(words, notation):
    assert plain_dates.with_month_named(words) == notation


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("  2017-05\u00a0 to 2018 ", "2017-05 to 2018"),
        ("2017—2018", "2017 - 2018"),
        ("1990-х", "1990-х"),
        ("19ХХ", "19XX"),
        ("2018-хх", "2018-XX"),
        ("Хасен", "Хасен"),
    ],
)
def test_typing_habits_are_tidied_and_words_left_alone(text, tidied):
    assert plain_dates.tidy(text) == tidied


@given(st.text(max_size=60))
def test_tidying_twice_is_tidying_once(text):
    once = plain_dates.tidy(text)

    assert plain_dates.tidy(once) == once

from __future__ import annotations

import pytest

from aigaq.archive import coarsening


@pytest.fixture
def told(sources):
    """What is told of `p-1`, under a pseudonym and as coarse as given, in one interview."""

    def write(coarsen=None, of="p-1", **claim):
        sources.place("pl-c", type="country").place("pl-r", type="region", in_="pl-c")
        sources.place("pl-f", type="prefecture", in_="pl-r")
        sources.place("pl-v", type="village", in_="pl-f").place("pl-camp", type="camp")
        sources.person("p-1", protect="pseudonym", coarsen=coarsen).person("p-2")
        interview = {"date": "2024-03-09", "place": "pl-v"}
        fields = {"about": of, "what": "detained", "status": "camp"} | claim
        sources.testimony("t-1", told_by="p-1", interview=interview, claims=[fields])
        return sources.publish().texts["t-1"]

    return write


@pytest.mark.parametrize(
    ("coarsen", "where"),
    [
        (None, "pl-v"),
        ({"place": "prefecture"}, "pl-f"),
        ({"place": "region"}, "pl-r"),
        ({"place": "country"}, "pl-c"),
    ],
)
def test_a_place_becomes_the_area_around_it(told, coarsen, where):
    text = told(coarsen, where="pl-v")
    assert (text.claims[0].where, text.interview.place) == (where, where)


@pytest.mark.parametrize(("place", "shown"), [("pl-c", "pl-c"), ("pl-camp", "")])
def test_a_wider_place_stays_and_one_in_no_area_goes(told, place, shown):
    assert told({"place": "region"}, where=place).claims[0].where == shown


def test_an_area_that_is_hidden_is_not_told_by_its_part(told, sources):
    text = told({"place": "prefecture"}, where="pl-v")
    sources.place("pl-f", type="prefecture", in_="pl-r", protect="restricted")
    text = sources.publish().texts["t-1"]
    assert text.claims[0].where == ""


def test_dates_become_years_and_lose_their_words(told):
    claim = told({"dates": "year"}, when="2017-08", said="in August").claims[0]
    assert (claim.when.notation, claim.said) == ("2017", "")


def test_the_date_of_the_interview_and_the_text_becomes_a_year(told):
    text = told({"dates": "year"})
    assert (text.interview.date.notation, text.date.notation) == ("2024", "2024")


def test_a_date_that_counts_from_the_interview_does_not_tell_its_day(told):
    claim = told({"dates": "year"}, of="p-2", when="2 months before interview").claims[0]
    assert claim.when.notation == "[2023~..2024~]"


def test_dates_that_became_years_do_not_say_how_they_were_counted(told):
    claim = told({"dates": "year"}, when="2 months before interview").claims[0]
    assert (claim.when.notation, claim.counted) == ("[2023~..2024~]", None)


def test_what_is_told_of_another_person_is_as_exact_as_before(told):
    text = told({"dates": "year", "place": "country"}, of="p-2", when="2017-08", where="pl-v")
    assert (text.claims[0].when.notation, text.claims[0].where) == ("2017-08", "pl-v")


@pytest.mark.parametrize("what", ["worked-as", "studied", "appointed", "retired"])
def test_work_that_is_hidden_is_not_told(told, what):
    assert told({"work": "hide"}, what=what, status=None).claims == ()


def test_what_is_no_work_is_told(told):
    assert len(told({"work": "hide"}).claims) == 1


def test_the_strictest_of_all_who_are_concerned_holds(sources):
    sources.place("pl-c", type="country").place("pl-r", type="region", in_="pl-c")
    sources.person("p-1", protect="initials", coarsen={"place": "region"})
    sources.person("p-2", protect="initials", coarsen={"place": "country", "dates": "year"})
    seen = sources.seen()
    both = coarsening.of(seen, ("p-1", "p-2"))
    assert (both.place, both.years) == ("country", True)
    assert coarsening.place(seen, "pl-r", both) == "pl-c"


def test_the_date_of_an_intervention_becomes_a_year(sources):
    sources.person("p-1", protect="pseudonym", coarsen={"dates": "year"})
    asked = {"how": "letter", "for": "p-1", "when": "2019-11-02", "said": "that day"}
    [made] = sources.text("t-1", asked=[asked]).publish().texts["t-1"].asked
    assert (made.when.notation, made.said) == ("2019", "")


def test_the_date_of_a_publication_stays(sources):
    sources.person("p-1", protect="pseudonym", coarsen={"dates": "year"})
    assert (
        sources.text("t-1", told_by="p-1").publish().texts["t-1"].date.notation == "2020-05-02"
    )


# --- words that would undo it ---

# Each key of free words, and where it is told; the office of a town tells the town.
FREE = {
    "said": {},
    "words": {},
    "value": {"what": "citizenship", "status": None},
    "chain": {},
    "with_": {"what": "contact", "status": None},
    "done_by": {"what": "charged", "status": None},
    "court": {"what": "sentenced", "status": None, "years": "5"},
    "because": {"what": "charged", "status": None},
}
COARSE = ({"place": "prefecture"}, {"dates": "year"}, {"work": "hide"}, {"words": "hide"})
PUBLIC = {"with_": "with_whom"}


def words_of(text, key):
    return bool(getattr(text.claims[0], PUBLIC.get(key, key)))


@pytest.mark.parametrize("coarsen", COARSE)
@pytest.mark.parametrize("key", FREE)
def test_free_words_go_with_what_is_told_less_exactly(told, key, coarsen):
    claim = FREE[key] | {key.rstrip("_"): "in the village"}
    assert words_of(told(None, **claim), key)
    assert not words_of(told(coarsen, **claim), key)


@pytest.mark.parametrize("key", FREE)
def test_words_that_somebody_has_read_stay(told, key):
    coarsen = {"words": "exact"} | ({} if key == "said" else {"dates": "year"})
    assert words_of(told(coarsen, **FREE[key], **{key.rstrip("_"): "for years"}), key)


def test_what_is_exact_on_purpose_is_told_as_it_was(told):
    exact = {"place": "exact", "dates": "exact", "words": "exact"}
    claim = told(exact, when="2017-08", where="pl-v", words="at home").claims[0]
    assert (claim.when.notation, claim.where, bool(claim.words)) == ("2017-08", "pl-v", True)


def test_records_and_keys_are_no_free_words(told, sources):
    sources.organisation("org-1", type="authority")
    coarse = {"dates": "year"}
    charged = {"what": "charged", "status": None, "done_by": "org-1", "because": "spoke"}
    claim = told(coarse, **charged, chain=["narrator", "p-2", "a guard"]).claims[0]
    assert (claim.done_by, claim.because) == ("org-1", "spoke")
    assert claim.chain == ("narrator", "p-2")


def test_the_office_of_a_town_is_not_told_where_the_town_is_not(told, sources):
    sources.organisation("org-1", type="authority")
    charged = {"what": "charged", "status": None, "done_by": "org-1"}
    assert told({"place": "region"}, **charged).claims[0].done_by == ""


def test_a_group_is_told_as_exactly_as_the_person_whose_it_is(told, sources):
    sources.group("g-1", of="p-1")
    claim = told({"dates": "year"}, of="g-1", when="2017-08", words="at night").claims[0]
    assert (claim.when.notation, bool(claim.words)) == ("2017", False)


def test_a_meeting_tells_of_both_who_met(told):
    met = {"what": "contact", "status": None, "with": "p-1", "when": "2017-08"}
    assert told({"dates": "year"}, of="p-2", **met).claims[0].when.notation == "2017"


def test_how_the_text_was_recorded_is_not_told_in_words_either(sources):
    sources.person("p-1", protect="pseudonym", coarsen={"dates": "year"})
    interview = {"date": "2024-03-09", "conditions": "On the eve of Nauryz"}
    sources.testimony("t-1", told_by="p-1", source="On 9 March", interview=interview)
    text = sources.publish().texts["t-1"]
    assert (bool(text.source), bool(text.interview.conditions)) == (False, False)


def test_what_was_asked_loses_its_words_and_keeps_its_records(sources):
    sources.person("p-1", protect="pseudonym", coarsen={"dates": "year"})
    sources.organisation("org-1", type="authority")
    asked = {"how": "letter", "for": "p-1", "to": ["org-1", "the akim"], "words": "by night"}
    [made] = sources.text("t-1", asked=[asked]).publish().texts["t-1"].asked
    assert (made.to, bool(made.words)) == (("org-1",), False)


def test_translated_words_go_with_those_that_they_translate(told, sources):
    told({"dates": "year"}, words="at home")
    facts = {"from": "en", "machine": True, "phrases": [["at home", "uyde"]]}
    sources.translation("t-1", "kk", translation=facts)
    assert sources.publish().texts["t-1"].phrases == ()
    told({"dates": "year", "words": "exact"}, words="at home")
    assert [phrase for phrase, _ in sources.publish().texts["t-1"].phrases] == ["at home"]

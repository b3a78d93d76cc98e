"""In which ways a protected value is looked for, and which values are too plain for any."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.archive.protected import Value
from aigaq.output import keys


def ways(text: str, kind: str = "words") -> set[keys.Key]:
    return set(keys.of(Value("p-1", "names.text", text, kind)))  # type: ignore[arg-type]


def test_a_name_of_two_words_is_a_pair_in_any_order_or_one_word() -> None:
    assert ways("Qalida Zhandosova", "name") == {
        ("pair", "qalida", "zhandosova"),
        ("glued", "qalidazhandosova"),
        ("glued", "zhandosovaqalida"),
    }


def test_a_text_is_six_words_in_a_row_from_each_of_its_words_on() -> None:
    found = ways("The cellar under the bakery had one window")
    assert found == {
        ("run", "the", "cellar", "under", "the", "bakery", "had"),
        ("run", "cellar", "under", "the", "bakery", "had", "one"),
        ("run", "under", "the", "bakery", "had", "one", "window"),
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Aigul", "name"), ("王", "name"), ("my aunt from there", "words"), ("2017", "exact")],
)
def test_what_is_too_plain_has_no_key(text: str, kind: str) -> None:
    assert not ways(text, kind)


@pytest.mark.parametrize("text", ["Қа\u00adли\u200bда", "Қа\u0336л\u0336ида\u0336", "Қа'лида"])
def test_a_text_is_plain_without_what_nobody_sees(text: str) -> None:
    assert keys.plain(text) == "Қалида"


def test_marks_that_make_a_letter_are_no_marks_in_plain_text() -> None:
    assert keys.plain("Толстои\u0306") == "Толстой"


def test_one_word_leads_to_all_ids_that_have_it_but_not_if_it_is_common() -> None:
    numbers = {f"{n:03}" for n in range(50)}
    together = {"c": numbers, **{number: {"c"} for number in numbers}, "abc": {"abc"}}
    often = dict.fromkeys(together, 20)
    assert keys.leading(together, often) == {"c", "abc"}
    assert keys.leading(together, {**often, "c": 5000}) == {*numbers, "abc"}


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"))),
    st.lists(st.integers(0, 9), min_size=8, max_size=8),
)
def test_of_each_two_words_one_leads(pairs: list[tuple[str, str]], often: list[int]) -> None:
    together: dict[str, set[str]] = {}
    for one, other in pairs:
        together.setdefault(one, set()).add(other)
        together.setdefault(other, set()).add(one)
    leads = keys.leading(together, dict(zip("abcdefgh", often, strict=True)))
    assert all({one, other} & leads for one, other in pairs)

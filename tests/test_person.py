"""People in a reading: what a name may be, and how each is named first and spoken of after."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intimacy_tarot._errors import PersonError, TarotError
from intimacy_tarot._person import (
    MOST_NAME,
    MOST_QUESTION,
    Mention,
    Person,
    mention_of,
    mention_of_both,
    mention_of_reader,
    one_line,
    person,
)

CASES = ("subj", "obj", "poss")
HEADS = ("Subj", "Obj", "Poss")

BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
BREAKS = (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)
SURROGATES = (0xD800, 0xDBFF, 0xDC00, 0xDFFF)

WORDS = st.text(st.characters(categories=("L", "M", "N", "P", "S")), min_size=1, max_size=9)

MENTIONS = {
    "unnamed": (None, ("your partner", "your partner", "your partner's"), ("they", "them", "their")),
    "they": (Person("Robin"), ("Robin", "Robin", "Robin's"), ("they", "them", "their")),
    "she": (Person("Ana", "she"), ("Ana", "Ana", "Ana's"), ("she", "her", "her")),
    "he": (Person("Lou", "he"), ("Lou", "Lou", "Lou's"), ("he", "him", "his")),
}
FIXED = {
    "reader": (mention_of_reader, ("you", "you", "your"), ("you", "you", "your")),
    "both": (mention_of_both, ("the two of you", "either of you", "your"), ("both of you", "either of you", "your")),
}


@given(st.lists(WORDS, min_size=1, max_size=5), st.sampled_from([" ", "  ", "\u00a0", " \u2003 "]))
def test_a_name_keeps_its_words_and_evens_its_spaces(words, gap):
    """A name's words come through as typed, with one plain space between them and none around them."""
    assert Person(f" {gap.join(words)}\n").name == " ".join(words)


@given(st.text(max_size=80))
def test_any_text_is_refused_or_becomes_one_clean_line(text):
    """Whatever is typed, a name is 1 to 60 characters of one line without controls, or it is refused."""
    try:
        name = Person(text).name
    except PersonError:
        return
    assert 1 <= len(name) <= MOST_NAME == 60
    assert name.splitlines() == [name]
    assert name == name.strip()
    assert not {unicodedata.category(c) for c in name} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {ord(c) for c in name} & set(BIDI)
    assert Person(name).name == name


@pytest.mark.parametrize("code", [*BREAKS, *BIDI, *SURROGATES], ids="U+{:04X}".format)
def test_a_control_inside_a_name_is_refused_by_its_code(code):
    """A control character, line break, direction mark or lone surrogate is refused and named by its code."""
    with pytest.raises(PersonError, match=rf"^found U\+{code:04X} in a name, expected one line of printable text$"):
        Person(f"Ro{chr(code)}bin")


@pytest.mark.parametrize("text", ["Zoë", "O'Neil", "李明", "مريم", "👩🏽‍🤝‍👩🏻", "e\u0301", "x" * 60, "<b>", "{{ 7 }}"])
def test_names_of_all_kinds_are_taken_as_they_are(text):
    """Letters of any script, emoji, apostrophes and even markup are a name like any other."""
    assert Person(text).name == text


@pytest.mark.parametrize(("text", "found"), [("", 0), (" \n ", 0), ("x" * 61, 61), ("y " * 40, 79)])
def test_an_empty_or_overlong_name_is_refused_with_its_length(text, found):
    """A name of no characters, or of more than 60 once its spaces are evened, is refused."""
    with pytest.raises(PersonError, match=rf"^found {found} characters in a name, expected 1 to 60$"):
        Person(text)


@pytest.mark.parametrize(("value", "kind"), [(None, "NoneType"), (7, "int"), (b"Sam", "bytes"), (["Sam"], "list")])
def test_a_name_that_is_no_text_is_refused_by_its_type(value, kind):
    """Anything but a str is refused as a name, by the name of its type."""
    with pytest.raises(PersonError, match=rf"^found {kind} for a name, expected a str$"):
        Person(value)


@pytest.mark.parametrize("pronouns", ["it", "They", "she/her", "", None, 3, ["they"]])
def test_other_pronouns_are_refused_with_those_there_are(pronouns):
    """Pronouns are they, she or he; anything else is refused, told with the three, and not repeated."""
    with pytest.raises(PersonError, match=r"^found other pronouns, expected they, she or he$") as caught:
        Person("Sam", pronouns)
    assert isinstance(caught.value, TarotError)
    assert isinstance(caught.value, ValueError)


def test_a_person_is_a_value():
    """People are equal by name and pronouns, hash alike, cannot be changed, and survive copying and pickling."""
    robin = Person(" Robin ")
    assert robin == Person("Robin", "they") != Person("Robin", "she")
    assert len({robin, Person("Robin"), Person("Robin", "he")}) == 2
    assert copy.deepcopy(robin) == pickle.loads(pickle.dumps(robin)) == robin  # noqa: S301  our own bytes
    with pytest.raises(dataclasses.FrozenInstanceError):
        robin.name = "Sam"


def test_whoever_is_given_becomes_a_person():
    """A str is a name, a Person stays the same one, and nobody stays nobody."""
    ana = Person("Ana", "she")
    assert person("Sam") == Person("Sam", "they")
    assert person(ana) is ana
    assert person(None) is None
    with pytest.raises(PersonError):
        person(7)


@given(st.integers(1, MOST_QUESTION))
def test_a_line_may_be_as_long_as_is_said_and_no_longer(most):
    """`one_line` takes exactly up to its limit, and tells what the text was for when it refuses."""
    assert one_line("q" * most, "a question", most) == "q" * most
    with pytest.raises(PersonError, match=rf"^found {most + 1} characters in a question, expected 1 to {most}$"):
        one_line("q" * (most + 1), "a question", most)


def _mention(who: str) -> tuple[Mention, tuple[str, ...], tuple[str, ...]]:
    if who in FIXED:
        make, first, later = FIXED[who]
        return make(), first, later
    partner, first, later = MENTIONS[who]
    return mention_of(partner), first, later


@given(
    st.sampled_from([*MENTIONS, *FIXED]),
    st.lists(st.sampled_from([*CASES, *HEADS]), min_size=1, max_size=6),
)
def test_the_first_mention_names_and_all_later_ones_do_not(who, asked):
    """In whatever order cases are asked for, the first is the name and every later one its pronoun."""
    mention, first, later = _mention(who)
    for turn, case in enumerate(asked):
        form = (first if turn == 0 else later)[CASES.index(case.lower())]
        expected = form[0].upper() + form[1:] if case in HEADS else form
        assert getattr(mention, case) == expected


def test_each_passage_names_its_partner_anew():
    """Two mentions of one person know nothing of each other: each begins with the name."""
    robin = Person("Robin")
    one, two = mention_of(robin), mention_of(robin)
    assert (one.subj, one.subj, two.subj) == ("Robin", "they", "Robin")

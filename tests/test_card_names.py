"""Reading the names of cards: forgiving in form, exact in answer."""

from __future__ import annotations

import dataclasses
from itertools import cycle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._card_names import MOST_NAME, find, parse

RIDER = tarot.load_deck("rider-waite-smith")
MAJORS = tarot.load_deck("major-arcana")

ROMAN = (
    *("0", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"),
)
PIPS = ("ace", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SIGNS = dict(zip(PIPS, ("A", "2", "3", "4", "5", "6", "7", "8", "9", "10"), strict=True)) | {
    "page": "P",
    "knight": "N",
    "queen": "Q",
    "king": "K",
}
OTHER_SUITS = {
    "wands": ("rods", "staves"),
    "cups": ("chalices",),
    "swords": (),
    "pentacles": ("coins", "disks", "discs", "pents"),
}
UPRIGHT = ("", " upright", ", upright", " (upright)", " UP", ", up", " (up)", " - Upright")
REVERSED = (
    *(" reversed", ", reversed", " (Reversed)", " REVERSED", " - reversed", ": reversed", " rev", " rev.", " (rev.)"),
    *(" rx", " RX", ", rx", " (rx)", " [Rx]", " r", " R.", " (R)", "(R)", "(r)", " ( R )", ",R"),
)
FORMS_OF_REVERSED = cycle(REVERSED)
FORMS_OF_UPRIGHT = cycle(UPRIGHT)


def forms(card):
    """Return every form by which a card may be called, written down from the design alone."""
    part, *rest = card.id.split(".")
    if part == "major_arcana":
        number = int(rest[0])
        bare = card.name.removeprefix("The ")
        numerals = {str(number), rest[0], ROMAN[number], ROMAN[number].lower()}
        spelled = ("Judgment", "the judgment") if number == 20 else ()
        return [card.id, card.name, bare, f"the {bare}", *sorted(numerals), *spelled]
    suit, rank = rest
    sign = SIGNS[rank]
    coded = [f"{sign} of {suit}", f"{sign} {suit}", suit[0] + sign, f"{suit[0]} {sign}", f"{suit[0]}-{sign}"]
    others = [f"{name} of {other}" for other in OTHER_SUITS[suit] for name in (rank, sign)]
    aces = [f"1 of {suit}", f"{suit[0]}1"] if rank == "ace" else []
    return [card.id, f"{rank} of {suit}", f"The {rank} of {suit}", f"{rank} {suit}", *coded, *others, *aces]


CALLS = [(card, form) for card in RIDER.cards for form in forms(card)]


def odd(text, data):
    """Return a text with other spacing and other case, as a hurried visitor would type it."""
    spaces = st.sampled_from((" ", "  ", "\t", " \n ", "\u00a0", "\u2003"))
    typed = "".join(
        data.draw(spaces) if letter == " " else data.draw(st.sampled_from(letter + letter.upper() + letter.lower()))
        for letter in text
    )
    return data.draw(st.sampled_from(("", " ", "\t\n"))) + typed + data.draw(st.sampled_from(("", "  ")))


def renamed(place, **changes):
    return dataclasses.replace(RIDER.cards[place], **changes)


@pytest.mark.parametrize("card", RIDER.cards, ids=lambda card: card.id)
def test_every_form_of_every_card_is_read_both_ways_up(card):
    """Name, id, code and numeral of every card are found, and parsed upright and reversed."""
    for form in forms(card):
        up, down = form + next(FORMS_OF_UPRIGHT), form + next(FORMS_OF_REVERSED)
        assert RIDER.find(form.upper()) is card, form
        assert RIDER.parse(up) == tarot.DrawnCard(card), up
        assert RIDER.parse(down) == tarot.DrawnCard(card, reversed=True), down


@pytest.mark.parametrize("place", [0, 9, 14, 20, 21, 22, 37, 63, 74, 77])
@pytest.mark.parametrize("reverse", [False, True])
def test_every_mark_of_the_way_up_is_read(place, reverse):
    """Every mark for upright and for reversed is read after a name and after the shortest code."""
    card = RIDER.cards[place]
    for mark in REVERSED if reverse else UPRIGHT:
        for form in (card.name, min(forms(card), key=len)):
            assert RIDER.parse(form + mark) == tarot.DrawnCard(card, reverse), form + mark


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 of cups rx", "Two of Cups, reversed"),
        ("Queen of Cups reversed", "Queen of Cups, reversed"),
        ("Six of Cups", "Six of Cups"),
        ("C2 (R)", "Two of Cups, reversed"),
        ("c2 rx", "Two of Cups, reversed"),
        ("XIV", "Temperance"),
        ("14", "Temperance"),
        ("the hermit reversed", "The Hermit, reversed"),
        ("  ThE   hErMiT  ", "The Hermit"),
        ("judgment", "Judgement"),
        ("Judgment, Reversed", "Judgement, reversed"),
        ("X", "Wheel of Fortune"),
        ("x r", "Wheel of Fortune, reversed"),
        ("8", "Strength"),
        ("xi", "Justice"),
        ("0", "The Fool"),
        ("PP", "Page of Pentacles"),
        ("pn rx", "Knight of Pentacles, reversed"),
        ("knight-of-swords", "Knight of Swords"),
        ("S10", "Ten of Swords"),
        ("ace of coins", "Ace of Pentacles"),
        ("the ten of disks, rev.", "Ten of Pentacles, reversed"),
        ("minor_arcana.cups.two (r)", "Two of Cups, reversed"),
    ],
)
def test_forms_that_are_promised_give_what_they_say(text, expected):
    """The forms named in the documentation are read as they say."""
    assert str(RIDER.parse(text)) == expected


@given(st.sampled_from(CALLS), st.sampled_from([*UPRIGHT, *REVERSED]), st.data())
def test_spacing_and_case_do_not_matter(call, mark, data):
    """Any form of any card, however it is spaced and capitalized, is the same card the same way up."""
    card, form = call
    assert RIDER.parse(odd(form + mark, data)) == tarot.DrawnCard(card, mark in REVERSED)


def test_no_form_is_shared():
    """No form that a card may be called by is a form of another card of the deck."""
    seen = {}
    for card, form in CALLS:
        assert seen.setdefault(" ".join(form.casefold().split()), card) is card, form


@given(st.integers(0, 77), st.booleans())
def test_what_is_printed_can_be_read(place, reverse):
    """A drawn card's text is read back as the same card, and a card's name and id as the card."""
    card = RIDER.cards[place]
    drawn = tarot.DrawnCard(card, reverse)
    assert RIDER.parse(str(drawn)) == drawn
    assert RIDER.find(card.name) is RIDER.find(card.id) is card


@given(st.text(max_size=MOST_NAME) | st.text(alphabet="acnpqkw sofiuvxre.,()-0123456789R", max_size=24))
@example("r")
@example("(R)")
@example("reversed")
@example("the")
@example(" (" * 40)
@example("\ud800")
def test_any_text_is_read_or_refused(text):
    """Whatever a visitor types is a card of the deck or a CardError, and it reads the same a second time."""
    try:
        drawn = MAJORS.parse(text)
    except tarot.CardError:
        with pytest.raises(tarot.CardError):
            MAJORS.parse(text)
    else:
        assert drawn.card in MAJORS.cards
        assert MAJORS.parse(text) == drawn == MAJORS.parse(str(drawn))


@pytest.mark.parametrize("place", range(0, 78, 3))
def test_misspelt_names_are_refused_with_the_nearest(place):
    """A name with a letter too many, or one too few, is refused, and the message asks for the right one."""
    name = RIDER.cards[place].name
    for wrong in (name + name[-1], name[:-1], name[:-3] + name[-2:]):
        for read in (RIDER.find, RIDER.parse):
            with pytest.raises(tarot.CardError) as caught:
                read(wrong)
            assert str(caught.value) == f"found {wrong!r}, expected a card of this deck; did you mean {name!r}?"
            assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("place", [0, 7, 9, 16, 17, 37, 75])
def test_the_way_up_does_not_hide_the_nearest(place):
    """A misspelt name is guessed as well with a mark of the way up as without."""
    name = RIDER.cards[place].name
    wrong = name.removeprefix("The ")[:-1]
    for mark in (" reversed", ", reversed", " (R)", " upright"):
        with pytest.raises(tarot.CardError) as caught:
            RIDER.parse(wrong + mark)
        assert f"did you mean {name!r}?" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "r", "(R)", "reversed", "the", ",", "()", "c", "C0", "C11", "C1 0", "X2", "22", "1.", "IIII"),
        *("XXII", "014", "1 4", "II of cups", "two of", "of cups", "two of cups two", "two of cups rx rx", "C2 C3"),
        *("zzzz", "\U0001f0cf", "\u2463", "\uff11\uff14", "\u2173", "wands", "minor_arcana.cups", "minor_arcana"),
        *("major_arcana.22", "../deck.yaml", "two of cups\x00two", "the the the star", "star the", "unreversed"),
    ],
    ids=ascii,
)
def test_nonsense_is_refused(text):
    """What is no form of a card is refused, not guessed at, and the message shows what was typed."""
    for read in (RIDER.find, RIDER.parse):
        with pytest.raises(tarot.CardError, match="expected a card of this deck") as caught:
            read(text)
        assert repr(text) in str(caught.value)


@pytest.mark.parametrize("text", ["C2 rx", "the hermit reversed", "XIV (R)", "two of cups upright"])
def test_a_card_alone_has_no_way_up(text):
    """`find` gives a card and so refuses a mark of the way up that `parse` would read."""
    assert RIDER.parse(text)
    with pytest.raises(tarot.CardError):
        RIDER.find(text)


@pytest.mark.parametrize(
    "name", [None, 14, 14.0, True, b"XIV", ["XIV"], RIDER.cards[14], "x" * 81, "the star" + " " * 80]
)
def test_what_is_no_short_text_is_refused(name):
    """Anything but a text of at most 80 characters is refused with these words and not repeated."""
    for read in (RIDER.find, RIDER.parse):
        with pytest.raises(tarot.CardError) as caught:
            read(name)
        assert str(caught.value) == "found no card's name, expected text of at most 80 characters"


def test_a_text_of_80_characters_is_read():
    """Spaces count, and up to 80 characters are read."""
    assert RIDER.find("the star".ljust(80)) is RIDER.cards[17]
    with pytest.raises(tarot.CardError, match="expected a card of this deck"):
        RIDER.find("x" * 80)


def test_what_could_be_several_cards_is_refused_with_all_of_them():
    """Where a deck's own names make a text ambiguous, the message has every reading it could have."""
    cards = (renamed(9, name="The Lamp"), renamed(17, name="Lamp"), renamed(19, name="XIV"), RIDER.cards[14])
    for text, could in (("lamp", "The Lamp or Lamp"), ("XIV", "XIV or Temperance")):
        for read in (find, parse):
            with pytest.raises(tarot.CardError) as caught:
                read(cards, text)
            assert str(caught.value) == f"found {text!r}, which could be {could}; say which"
    with pytest.raises(tarot.CardError, match="could be The Lamp, reversed or Lamp, reversed; say which"):
        parse(cards, "lamp rx")
    assert find(cards, "14") is RIDER.cards[14]
    assert find(cards, "major_arcana.09") is cards[0]


def test_a_name_that_ends_like_a_mark_is_not_taken_for_one():
    """A card whose own name ends in a mark of the way up is found, unless the mark could be meant."""
    sun_up, sun = renamed(0, name="Sunrise Rev"), renamed(19, name="Sunrise")
    assert parse((sun_up,), "sunrise rev") == tarot.DrawnCard(sun_up)
    assert parse((sun_up,), "sunrise rev rx") == tarot.DrawnCard(sun_up, reversed=True)
    assert parse((sun_up, sun), "sunrise reversed") == tarot.DrawnCard(sun, reversed=True)
    with pytest.raises(tarot.CardError, match="could be Sunrise Rev or Sunrise, reversed; say which"):
        parse((sun_up, sun), "sunrise rev")


@pytest.mark.parametrize("number", [None, 22, 1000])
def test_a_major_without_a_numeral_goes_by_its_name(number):
    """A major that a deck numbers otherwise, or not at all, is found by name and id and by no numeral."""
    card = renamed(20, name="The Aeon", number=number)
    assert find((card,), "aeon") is find((card,), "major_arcana.20") is card
    for text in ("20", "XX", "judgment", str(number)):
        with pytest.raises(tarot.CardError):
            find((card,), text)


@pytest.mark.parametrize("number", [-1, -22, -23, -1000])
def test_a_number_below_0_is_no_numeral(number):
    """A deck that numbers a major below 0 is read without fault, and the number names no card."""
    cards = (renamed(0, number=number), *RIDER.cards[1:22])
    assert find(cards, "the fool") is cards[0]
    with pytest.raises(tarot.CardError):
        find(cards, "0")
    for place, numeral in list(enumerate(ROMAN))[1:]:
        assert find(cards, numeral) is cards[place]


def test_names_in_other_languages_are_read():
    """A deck's own names are read in any case, with their accents and in any script."""
    cards = (renamed(12, name="Der Gehängte"), renamed(11, name="정의"), renamed(8, name="Die Stärke (VIII)"))
    for card in cards:
        assert find(cards, card.name.upper()) is card
        assert parse(cards, f"{card.name} rx") == tarot.DrawnCard(card, reversed=True)
    assert find(cards, "DER GEHÄNGTE") is cards[0]
    assert find((renamed(0, name="Straße"),), "STRASSE").name == "Straße"


def test_a_name_made_of_signs_is_not_every_sign():
    """A card named with signs alone is not what an empty text, other signs or a bare mark means."""
    cards = (renamed(17, name="\u2605"), RIDER.cards[18])
    for text in ("", "!!", "reversed", "(R)"):
        with pytest.raises(tarot.CardError):
            parse(cards, text)
    assert find(cards, "major_arcana.17") is cards[0]

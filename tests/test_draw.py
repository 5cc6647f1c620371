"""Drawing cards for a spread, and laying cards that were pulled by hand."""

from __future__ import annotations

import copy
import dataclasses
import os
import pickle
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot import _content, _library

RIDER = tarot.load_deck("rider-waite-smith")
MAJORS = tarot.load_deck("major-arcana")
SPREADS = tarot.spread_ids()

LEAVES = st.text() | st.integers() | st.binary()
SEEDS = LEAVES | st.lists(LEAVES, min_size=1, max_size=3).map(tuple)
DRAWS = st.builds(
    tarot.draw,
    st.sampled_from(SPREADS),
    seed=SEEDS,
    deck=st.sampled_from(tarot.deck_ids()),
    reversal_rate=st.floats(0, 1),
)


def places(spread):
    return len(tarot.load_spread(spread).positions)


SMALL = min(SPREADS, key=places)
LARGE = max(SPREADS, key=places)
HAND = MAJORS.deal(places(LARGE), seed="a hand of cards", reversal_rate=0.5)


@pytest.fixture
def two_cards(tmp_path):
    """Return the folder of a deck of two cards, fewer than the largest spread has positions."""
    folder = tmp_path / "two-cards"
    folder.mkdir()
    keep = "extends: rider-waite-smith\nkeep: [major_arcana.02, major_arcana.17]\n"
    (folder / "deck.yaml").write_text(f"id: two-cards\nname: Two Cards\nlanguage: en\n{keep}", encoding="utf-8")
    return folder


@given(st.sampled_from(SPREADS), SEEDS, st.sampled_from(tarot.deck_ids()), st.floats(0, 1))
def test_a_draw_is_a_deal_on_a_spread(spread, seed, deck, rate):
    """A draw has one dealt card for each position in order, and records all that it was drawn with."""
    drawn = tarot.draw(spread, seed=seed, deck=deck, reversal_rate=rate)
    assert drawn.cards == tarot.load_deck(deck).deal(places(spread), seed=seed, reversal_rate=rate)
    assert drawn.positions == tuple(position.id for position in tarot.load_spread(spread).positions)
    assert (drawn.spread, drawn.deck, drawn.reversal_rate) == (spread, deck, rate)
    assert repr(drawn.seed) == repr(seed)
    assert drawn.algorithm == "intimacy-tarot/draw/1"
    assert drawn.loaded() == (tarot.load_spread(spread), tarot.load_deck(deck))


@given(DRAWS)
def test_a_draw_can_be_drawn_again(drawn):
    """What a draw records gives an equal draw again."""
    again = tarot.draw(drawn.spread, seed=drawn.seed, deck=drawn.deck, reversal_rate=drawn.reversal_rate)
    assert again == drawn
    assert hash(again) == hash(drawn)


@given(DRAWS)
def test_a_draw_repeats_no_card(drawn):
    """No card lies twice in a draw."""
    assert len({card.card.id for card in drawn.cards}) == len(drawn.cards) == len(drawn.positions)


@given(st.sampled_from(SPREADS), st.sampled_from(SPREADS), SEEDS)
def test_a_seed_deals_the_same_to_every_spread(one, other, seed):
    """A larger spread begins with the cards of a smaller one."""
    small, large = sorted((tarot.draw(spread, seed=seed).cards for spread in (one, other)), key=len)
    assert large[: len(small)] == small


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"seed": 42}, "Four of Cups"),
        ({"seed": 42, "reversal_rate": 1}, "Four of Cups, reversed"),
        ({"seed": 42, "deck": "major-arcana"}, "The Sun"),
        ({"seed": 42, "deck": "major-arcana", "reversal_rate": 1}, "The Sun, reversed"),
        ({"seed": 42, "deck": "rider-waite-smith", "reversal_rate": 0.5}, "Four of Cups, reversed"),
        ({"seed": "intimacy", "deck": "rider-waite-smith", "reversal_rate": 0.5}, "Queen of Swords, reversed"),
        ({"seed": "", "deck": "rider-waite-smith", "reversal_rate": 0.5}, "Five of Pentacles, reversed"),
    ],
)
def test_a_draw_is_the_same_for_ever(arguments, expected):
    """Published draws of one card never change, nor do the deck and the rate that are usual."""
    assert str(tarot.draw("one-card", **arguments).cards[0]) == expected


@given(DRAWS)
def test_a_draw_prints_a_line_for_each_position(drawn):
    """As text a draw is its positions' ids with their cards, a line each."""
    lines = [f"{place}: {card.name}" for place, card in zip(drawn.positions, drawn.cards, strict=True)]
    assert str(drawn).split("\n") == lines


def test_a_draw_that_lacks_a_card_is_not_printed_as_if_it_were_whole():
    """A draw made with fewer cards than positions, or more, is a ValueError when it is printed."""
    drawn = tarot.draw(LARGE, seed=1)
    for cards in (drawn.cards[:-1], drawn.cards + drawn.cards[:1]):
        with pytest.raises(ValueError):
            str(dataclasses.replace(drawn, cards=cards))


def test_a_draw_shows_what_it_records_and_nothing_else():
    """Among the fields that a draw shows as code are its ids, seed and rate, and neither the spread nor the deck."""
    shown = repr(tarot.draw(SMALL, seed=1, deck="major-arcana"))
    assert shown.startswith(f"Draw(spread={SMALL!r}, deck='major-arcana', positions=(")
    assert shown.endswith("seed=1, reversal_rate=0.35, algorithm='intimacy-tarot/draw/1')")


def test_the_usual_deck_and_rate():
    """Without a deck and a rate a draw is of all 78 cards, reversed at 0.35."""
    for seed in range(10):
        assert tarot.draw(LARGE, seed=seed) == tarot.draw(
            LARGE, seed=seed, deck="rider-waite-smith", reversal_rate=0.35
        )


def test_a_fresh_seed_is_kept():
    """A draw without a seed makes one that can be typed, is new each time and draws the same cards again."""
    drawn = [tarot.draw(LARGE) for _ in range(50)]
    assert len({one.seed for one in drawn}) == 50
    assert all(re.fullmatch("[0-9a-z]{26}", one.seed) for one in drawn)
    assert all(tarot.draw(LARGE, seed=one.seed) == one for one in drawn)


@pytest.mark.parametrize("seed", ["", 0, b""], ids=repr)
def test_empty_seeds_are_seeds(seed):
    """An empty text, empty bytes and 0 are seeds that were given, not seeds that are missing."""
    assert repr(tarot.draw(SMALL, seed=seed).seed) == repr(seed)
    assert tarot.draw(SMALL, seed=seed) == tarot.draw(SMALL, seed=seed)


def test_a_rate_is_recorded_as_a_float():
    """A rate given as the int 0 or 1 is recorded as it is compared: as a float."""
    for rate in (0, 1):
        drawn = tarot.draw(SMALL, seed=1, reversal_rate=rate)
        assert type(drawn.reversal_rate) is float
        assert drawn == tarot.draw(SMALL, seed=1, reversal_rate=float(rate))


@pytest.mark.parametrize("seed", [True, 1.5, [1], ("a", None)], ids=repr)
def test_seeds_of_other_types_are_refused(seed):
    """A draw refuses a seed of another type with a SeedTypeError."""
    with pytest.raises(tarot.SeedTypeError, match="pass a str, an int, bytes or a tuple of these"):
        tarot.draw(SMALL, seed=seed)


@pytest.mark.parametrize("seed", [(), "\ud800", 10**4300], ids=["empty", "surrogate", "long"])
def test_seeds_that_cannot_be_used_are_refused(seed):
    """A draw refuses a seed of the right type that cannot be used with a SeedValueError."""
    with pytest.raises(tarot.SeedValueError):
        tarot.draw(SMALL, seed=seed)


@pytest.mark.parametrize("rate", [-0.1, 1.1, float("nan"), True, "0.5", None], ids=repr)
def test_other_rates_are_refused(rate):
    """A draw refuses a rate that is no number from 0 to 1, whether or not a seed was given."""
    for seed in ("seed", None):
        with pytest.raises(tarot.DrawError, match="expected a number from 0 to 1"):
            tarot.draw(SMALL, seed=seed, reversal_rate=rate)


def test_a_deck_too_small_is_refused(two_cards):
    """A spread with more positions than the deck has cards is a DrawError, drawn or laid; a smaller one is dealt."""
    cards = [str(card) for card in HAND]
    for refuse in (lambda: tarot.draw(LARGE, seed=1, deck=two_cards), lambda: tarot.lay(LARGE, cards, deck=two_cards)):
        with pytest.raises(tarot.DrawError, match=rf"found {places(LARGE)} cards to deal, expected 1 to 2"):
            refuse()
    assert tarot.draw("one-card", seed=1, deck=two_cards).deck == "two-cards"
    assert str(tarot.lay("one-card", ["the star rx"], deck=two_cards).cards[0]) == "The Star, reversed"


@pytest.mark.parametrize("name", ["", "one-cards", "../spreads/one-card", "one-card.yaml", "/", "__init__", "\x00"])
def test_unknown_ids_are_refused(name):
    """A text is only ever an id: one that is not packaged is an UnknownIdError and opens no path."""
    for make in (
        lambda: tarot.draw(name, seed=1),
        lambda: tarot.lay(name, ["XIV"]),
        lambda: tarot.draw("one-card", seed=1, deck=name),
        lambda: tarot.lay("one-card", ["XIV"], deck=name),
    ):
        with pytest.raises(tarot.UnknownIdError, match="expected one that is packaged"):
            make()


def test_a_spread_on_disk_draws_alike(tmp_path):
    """A spread given by its path is drawn and laid as the packaged one with the same text is."""
    path = tmp_path / f"{SMALL}.yaml"
    path.write_bytes(files("intimacy_tarot.spreads").joinpath(f"{SMALL}.yaml").read_bytes())
    assert tarot.draw(path, seed="disk") == tarot.draw(SMALL, seed="disk")
    hand = HAND[: places(SMALL)]
    assert tarot.lay(path, hand) == tarot.lay(SMALL, hand)


def test_a_deck_on_disk_stays_with_its_draw(two_cards):
    """A draw from a folder keeps the deck itself, for its id cannot be looked up."""
    drawn = tarot.draw("one-card", seed=1, deck=two_cards)
    assert drawn.loaded()[1] == tarot.load_deck(two_cards)
    laid = tarot.lay("one-card", ["the star"], deck=two_cards)
    assert laid.loaded()[1] == tarot.load_deck(two_cards)
    with pytest.raises(tarot.UnknownIdError):
        dataclasses.replace(drawn, content=None).loaded()


@given(DRAWS)
def test_spread_and_deck_are_looked_up_by_id(drawn):
    """A draw that came without its content, as from a record, is equal and finds it by id."""
    bare = dataclasses.replace(drawn, content=None)
    assert bare == drawn
    assert hash(bare) == hash(drawn)
    assert bare.loaded() == drawn.loaded()


@given(DRAWS)
def test_draws_can_be_pickled_and_copied(drawn):
    """A draw that went through pickle or deepcopy is equal, seed and its type included."""
    for again in (pickle.loads(pickle.dumps(drawn)), copy.deepcopy(drawn)):  # noqa: S301  our own bytes
        assert again == drawn
        assert hash(again) == hash(drawn)
        assert repr(again) == repr(drawn)
        assert again.loaded() == drawn.loaded()


def test_draws_are_compared_by_what_they_record():
    """Draws differ as soon as one thing that they record does, an int seed from its text included."""
    drawn = tarot.draw(SMALL, seed=1, reversal_rate=1)
    others = [
        tarot.draw(SMALL, seed="1", reversal_rate=1),
        tarot.draw(SMALL, seed=1, reversal_rate=0),
        tarot.draw(SMALL, seed=1, reversal_rate=1, deck="major-arcana"),
        tarot.draw(LARGE, seed=1, reversal_rate=1),
        tarot.lay(SMALL, drawn.cards),
        dataclasses.replace(drawn, algorithm="intimacy-tarot/draw/2"),
    ]
    assert drawn not in others
    assert len({drawn, *others}) == len(others) + 1


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(tarot.Draw)])
def test_draws_cannot_be_changed(field):
    """No field of a draw can be set or deleted, and its sequences are tuples."""
    drawn = tarot.draw(SMALL, seed=1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(drawn, field, None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(drawn, field)
    assert type(drawn.cards) is type(drawn.positions) is tuple


@pytest.mark.parametrize("field", ["card", "reversed"])
def test_drawn_cards_cannot_be_changed(field):
    """A drawn card cannot be turned over or exchanged."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(HAND[0], field, None)


def test_eight_threads_draw_the_same():
    """Eight threads that start at once, before anything is loaded, draw what one thread draws."""
    seeds = [*range(40), *map(str, range(40)), *((name, 1) for name in "abcdefgh")]
    expected = [tarot.draw(LARGE, seed=seed) for seed in seeds]
    _library._packaged_deck.cache_clear()
    _content._packaged.cache_clear()
    start = Barrier(8)

    def every(_):
        start.wait()
        return [tarot.draw(LARGE, seed=seed) for seed in seeds]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(every, range(8))) == [expected] * 8


def test_the_state_of_random_is_left_alone():
    """Neither a draw, with a seed or without, nor a hand reads or moves the state of `random`."""
    random.seed(1)
    before = random.getstate()
    drawn = tarot.draw(LARGE, seed=1)
    fresh = tarot.draw(LARGE)
    tarot.lay(LARGE, HAND)
    assert random.getstate() == before
    random.seed(2)
    assert tarot.draw(LARGE, seed=1) == drawn
    random.seed(1)
    assert tarot.draw(LARGE).seed != fresh.seed


def test_every_process_draws_the_same():
    """Another process, with another hash seed, locale and time zone, draws the same cards."""
    code = (
        "import intimacy_tarot as t; print(ascii(str(t.draw('{}', seed=('\\xe9', 1, b'x'), deck='rider-waite-smith'))))"
    )
    expected = ascii(str(tarot.draw(LARGE, seed=("é", 1, b"x"), deck="rider-waite-smith")))
    for number in ("0", "1"):
        environment = os.environ | {"PYTHONHASHSEED": number, "LC_ALL": "C", "TZ": "Asia/Tokyo", "PYTHONUTF8": number}
        done = subprocess.run(
            [sys.executable, "-c", code.format(LARGE)], env=environment, capture_output=True, check=True, text=True
        )
        assert done.stdout.strip() == expected


@given(DRAWS)
def test_a_draw_can_be_laid_again(drawn):
    """The cards of any draw, typed as they are printed or given as they are, are laid as the same cards."""
    for cards in ([str(card) for card in drawn.cards], drawn.cards, [str(drawn.cards[0]), *drawn.cards[1:]]):
        laid = tarot.lay(drawn.spread, cards, deck=drawn.deck)
        assert laid.cards == drawn.cards
        assert (laid.spread, laid.deck, laid.positions) == (drawn.spread, drawn.deck, drawn.positions)


def test_a_hand_has_neither_seed_nor_rate():
    """What was laid by hand has no seed and no rate, lies in the order given and keeps its content."""
    laid = tarot.lay(LARGE, HAND)
    assert laid.cards == HAND
    assert laid.seed is laid.reversal_rate is None
    assert laid.loaded() == (tarot.load_spread(LARGE), RIDER)
    assert tarot.lay(LARGE, HAND[::-1]).cards == HAND[::-1]
    assert tarot.lay(LARGE, list(HAND)) == laid


def test_a_hand_may_be_typed_in_any_form():
    """Names, codes, numerals and drawn cards may be mixed in a hand."""
    forms = ["Six of Cups", "queen of cups reversed", "XIV", "C2 rx", "p10", RIDER.cards[0], "the star (R)"]
    names = ["Six of Cups", "Queen of Cups, reversed", "Temperance", "Two of Cups, reversed", "Ten of Pentacles"]
    names += ["The Fool, reversed", "The Star, reversed"]
    forms[5] = tarot.DrawnCard(forms[5], reversed=True)
    for form, name in zip(forms, names, strict=True):
        assert str(tarot.lay("one-card", [form], deck="rider-waite-smith").cards[0]) == name


@pytest.mark.parametrize("form", ["{}", "{}, reversed", "  {} "])
def test_a_card_laid_twice_is_refused(form):
    """A card that lies twice, whichever way up and however it was given, is a CardError that names it."""
    name = HAND[0].card.name
    for second in (form.format(name), form.format(name.upper()), HAND[0], tarot.DrawnCard(HAND[0].card)):
        for hand in ([*HAND[:-1], second], [second, *HAND[1:-1], name]):
            with pytest.raises(tarot.CardError) as caught:
                tarot.lay(LARGE, hand)
            assert str(caught.value) == f"found {name} twice, expected each card once"


@pytest.mark.parametrize("spread", SPREADS)
def test_too_many_cards_and_too_few_are_refused(spread):
    """A hand of another number of cards than the spread has positions is a DrawError that gives both numbers."""
    right = places(spread)
    for count in {0, right - 1, right + 1, 22}:
        hand = MAJORS.deal(count, seed=1) if count else ()
        with pytest.raises(tarot.DrawError, match=rf"found {count} cards, expected {right} for "):
            tarot.lay(spread, hand)
        with pytest.raises(tarot.DrawError):
            tarot.lay(spread, [str(card) for card in hand])


@pytest.mark.parametrize("text", ["XIV", "0", "", "the hermit, the star", "6 of cups"])
def test_a_bare_text_is_no_hand(text):
    """A single text is a DrawError and never taken letter by letter, even where its length would fit."""
    with pytest.raises(tarot.DrawError, match="found a single text, expected 1 for "):
        tarot.lay("one-card", text)


@pytest.mark.parametrize(
    "text", ["the towr", "Six of Spoons", "", "42", None, 14, 14.0, b"XIV", MAJORS.cards[14], ["XIV"]]
)
def test_a_card_that_cannot_be_read_is_refused(text):
    """A text that names no card of the deck, or what is no text, is a CardError."""
    with pytest.raises(tarot.CardError):
        tarot.lay("one-card", [text])


def test_a_misspelt_card_is_refused_with_the_nearest():
    """The message says what was typed and asks for the card that was likely meant."""
    with pytest.raises(tarot.CardError, match=r"found 'the towr', .*; did you mean 'The Tower'\?"):
        tarot.lay("one-card", ["the towr"])


def test_a_drawn_card_of_another_deck_is_refused():
    """A drawn card is laid only from a deck that has that very card, meanings and all."""
    cups, star = tarot.DrawnCard(RIDER.cards[37]), MAJORS.cards[17]
    with pytest.raises(tarot.CardError, match=f"found Two of Cups, expected a card of {MAJORS.name}"):
        tarot.lay("one-card", [cups], deck="major-arcana")
    assert tarot.lay("one-card", [cups], deck="rider-waite-smith").cards == (cups,)
    with pytest.raises(tarot.CardError, match=f"found The Star, expected a card of {RIDER.name}"):
        tarot.lay("one-card", [tarot.DrawnCard(dataclasses.replace(star, number_meaning="another"))])
    assert tarot.lay("one-card", [tarot.DrawnCard(RIDER.cards[17])]).cards[0].card == star


def test_options_are_given_by_name_and_the_spread_in_either_way():
    """A seed, a deck or a rate cannot be mistaken for one another, since each is named where it is given."""
    assert tarot.draw(spread="one-card", seed=7) == tarot.draw("one-card", seed=7)
    for call in (
        lambda: tarot.draw("one-card", 7),
        lambda: tarot.lay("one-card", ["the star"], "major-arcana"),
    ):
        with pytest.raises(TypeError):
            call()


def test_a_draw_holds_nothing_but_its_fields():
    """There is no room in a draw for anything that it does not record."""
    assert not hasattr(tarot.draw("one-card", seed=7), "__dict__")

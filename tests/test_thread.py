"""The thread: which theme leads, and along which line it is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._facts import facts_of
from intimacy_tarot._models import Card, DrawnCard, Meaning, Polarity, Role, ThemeId, Voice
from intimacy_tarot._spread import Frame, Owner, Position, Shape, Spread, SpreadFile, Synthesis, Variant, When
from intimacy_tarot._thread import Line, Thread, thread_of

FRAME = Frame("one", When.ANY, Shape.IMAGE, "A frame of some words.")
BASE = [Role.GROUND, Role.PERSON, Role.BETWEEN, Role.NEED]
L, S = Polarity.LIGHT, Polarity.SHADOW
BOND, TRUST, WORTH, REPAIR = ThemeId.BOND, ThemeId.TRUST, ThemeId.WORTH, ThemeId.REPAIR


def _card(number, theme, polarity) -> DrawnCard:
    second = next(other for other in ThemeId if other is not theme)
    meaning = Meaning((theme, second), polarity, ("word",), "An essence of some words that nobody reads.", "sign")
    return DrawnCard(Card(f"major_arcana.{number:02}", f"Card {number}", None, number, "a number", meaning, meaning))


def _laid(*row) -> tarot.Draw:
    """Return a draw of made cards, one for each (role, theme, polarity)."""
    positions = tuple(
        Position(f"p{n}", "A place", "A place", "What?", role, Owner.US, (2 * n + 1, 1), f"at {n}", (FRAME,))
        for n, (role, _, _) in enumerate(row)
    )
    synthesis = Synthesis((Variant("one", "A title."),), ())
    spread = Spread("made", "", "", SpreadFile("Made", "What?", "test", "A spread.", (), positions, synthesis))
    cards = tuple(_card(n, theme, polarity) for n, (_, theme, polarity) in enumerate(row))
    others = [*product(ThemeId, (L, S))][: 22 - len(row)]
    rest = tuple(_card(n, theme, polarity).card for n, (theme, polarity) in enumerate(others, len(row)))
    deck = tarot.Deck("made", "Made", "en", (*(card.card for card in cards), *rest), repr(row))
    return tarot.Draw("made", "made", tuple(p.id for p in positions), cards, content=(spread, deck))


def _thread(draw) -> Thread:
    return thread_of(facts_of(draw), draw.loaded()[0])


ROWS = st.lists(
    st.tuples(st.sampled_from(Role), st.sampled_from([BOND, TRUST, WORTH, REPAIR]), st.sampled_from([L, S])),
    min_size=1,
    max_size=7,
)


def _places(draw, theme) -> dict[Voice, list[str]]:
    found = {Voice.LIGHT: [], Voice.SHADOW: []}
    for place, card, voice in zip(draw.positions, draw.cards, facts_of(draw).voices, strict=True):
        if card.meaning.theme is theme:
            found[voice].append(place)
    return found


def _ends(draw, theme) -> dict[Voice, list[str]]:
    """Return the places of a theme by voice, those of a need left out, the likeliest end of a tension first."""
    roles = {position.id: position.role for position in draw.loaded()[0].positions}
    foremost = {Voice.LIGHT: Role.COUNSEL, Voice.SHADOW: Role.OBSTACLE}
    return {
        voice: sorted(
            (place for place in places if roles[place] is not Role.NEED),
            key=lambda place, first=foremost[voice]: roles[place] is not first,
        )
        for voice, places in _places(draw, theme).items()
    }


@given(ROWS)
def test_the_widest_theme_leads_or_else_the_least_expected(row):
    """A theme on three cards or more, and on more than any other, leads; else the present one of the highest z."""
    draw = _laid(*row)
    counts = Counter(card.meaning.theme for card in draw.cards)
    widest = counts.most_common()
    scores = {fact.theme: fact.z for fact in facts_of(draw).themes}
    lead = _thread(draw).theme
    assert lead in counts
    if widest[0][1] >= 3 and (len(widest) == 1 or widest[1][1] < widest[0][1]):
        assert lead is widest[0][0]
    else:
        assert scores[lead] == max(scores[theme] for theme in counts)


@given(ROWS)
def test_a_theme_in_both_voices_is_a_tension_from_strained_to_eased(row):
    """It runs from a shadow place, obstacle first, to a light place, counsel first, and neither is ever a need."""
    draw = _laid(*row)
    thread = _thread(draw)
    ends = _ends(draw, thread.theme)
    assert (thread.line is Line.TENSION) == all(ends.values())
    if thread.line is Line.TENSION:
        assert thread.voice is Voice.SHADOW
        assert thread.positions == (ends[Voice.SHADOW][0], ends[Voice.LIGHT][0])


@given(ROWS)
def test_what_is_no_tension_is_told_in_the_voice_of_most_places(row):
    """The places are all those of the theme in the commoner voice, shadow where it is even, in order."""
    draw = _laid(*row)
    thread = _thread(draw)
    assume(thread.line is not Line.TENSION)
    places = _places(draw, thread.theme)
    light, shadow = places[Voice.LIGHT], places[Voice.SHADOW]
    assert thread.voice is (Voice.LIGHT if len(light) > len(shadow) else Voice.SHADOW)
    assert thread.positions == tuple(places[thread.voice])
    assert thread.positions


@given(ROWS)
def test_three_places_make_an_echo(row):
    """Three places or more are an echo, fewer a single card's, and the only card of a spread, at ease, stands alone."""
    draw = _laid(*row)
    thread = _thread(draw)
    assume(thread.line is not Line.TENSION)
    few = Line.SINGLE if len(draw.cards) > 1 or thread.voice is Voice.SHADOW else Line.ALONE
    assert thread.line is (Line.ECHO if len(thread.positions) >= 3 else few)


def _swayed(draw, theme) -> Thread:
    """Return the thread of a draw whose facts make one theme stand out."""
    facts = facts_of(draw)
    themes = tuple(replace(fact, z=9.0 if fact.theme is theme else 0.0) for fact in facts.themes)
    return thread_of(replace(facts, themes=themes), draw.loaded()[0])


def test_the_widest_theme_leads_over_a_rarer_one():
    """Three cards of one theme lead although another stands farther from what was to be expected."""
    draw = _laid(*((role, BOND, L) for role in BASE[:3]), (Role.OBSTACLE, TRUST, S))
    assert _swayed(draw, TRUST).theme is BOND


def test_two_themes_on_three_cards_each_are_told_apart_by_their_z():
    """Where no theme is on more cards than any other, the higher z leads."""
    draw = _laid(*((Role.GROUND, BOND, L) for _ in range(3)), *((Role.STRENGTH, TRUST, L) for _ in range(3)))
    z = {fact.theme: fact.z for fact in facts_of(draw).themes}
    assert z[BOND] > z[TRUST]
    assert _thread(draw).theme is BOND
    assert _swayed(draw, TRUST).theme is TRUST


def test_a_theme_on_no_card_never_leads():
    """However far a theme stands from what was expected, it cannot lead unless it is primary on some card."""
    draw = _laid((Role.GROUND, TRUST, L), (Role.NEED, WORTH, L))
    assert _swayed(draw, REPAIR).theme in (TRUST, WORTH)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            [(Role.GROUND, BOND, S), (Role.OBSTACLE, BOND, S), (Role.STRENGTH, BOND, L), (Role.COUNSEL, BOND, L)],
            Thread(BOND, Line.TENSION, Voice.SHADOW, ("p1", "p3")),
            id="from the obstacle to the counsel",
        ),
        pytest.param(
            [(Role.STRENGTH, BOND, L), (Role.GROUND, BOND, S), (Role.PERSON, BOND, S)],
            Thread(BOND, Line.TENSION, Voice.SHADOW, ("p1", "p0")),
            id="from the first strained place to the first eased",
        ),
        pytest.param(
            [(Role.NEED, BOND, S), (Role.GROUND, BOND, L), (Role.STRENGTH, BOND, L)],
            Thread(BOND, Line.SINGLE, Voice.LIGHT, ("p1", "p2")),
            id="a strained need makes no tension",
        ),
        pytest.param(
            [(Role.NEED, BOND, S), (Role.STRENGTH, BOND, L)],
            Thread(BOND, Line.SINGLE, Voice.SHADOW, ("p0",)),
            id="as many of both are told in shadow",
        ),
        pytest.param(
            [(Role.GROUND, BOND, S), (Role.NEED, BOND, S), (Role.PERSON, BOND, S), (Role.COUNSEL, TRUST, L)],
            Thread(BOND, Line.ECHO, Voice.SHADOW, ("p0", "p1", "p2")),
            id="three in one voice",
        ),
        pytest.param(
            [(Role.COUNSEL, BOND, L)],
            Thread(BOND, Line.ALONE, Voice.LIGHT, ("p0",)),
            id="one card",
        ),
    ],
)
def test_threads_by_hand(row, expected):
    """Draws made to carry one line carry it, with the places named in its order."""
    assert _swayed(_laid(*row), BOND) == expected

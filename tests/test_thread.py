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
    deck = tarot.Deck("made", "Made", "en", (*(card.card for card in cards), *rest), str(hash(row)))
    return tarot.Draw("made", "made", tuple(p.id for p in positions), cards, content=(spread, deck))


def _thread(draw) -> Thread:
    return thread_of(facts_of(draw), draw.loaded()[0], draw)


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


def _roles(draw) -> dict[str, Role]:
    return {position.id: position.role for position in draw.loaded()[0].positions}


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
    """It runs from a shadow place, the obstacle if it is one, to a light place, the counsel if it is one."""
    draw = _laid(*row)
    thread, roles = _thread(draw), _roles(draw)
    places = _places(draw, thread.theme)
    assert (thread.line is Line.TENSION) == (bool(places[Voice.LIGHT]) and bool(places[Voice.SHADOW]))
    if thread.line is Line.TENSION:
        strained, eased = thread.positions
        assert thread.voice is Voice.SHADOW
        obstacles = [place for place in places[Voice.SHADOW] if roles[place] is Role.OBSTACLE]
        counsels = [place for place in places[Voice.LIGHT] if roles[place] is Role.COUNSEL]
        assert strained == (obstacles or places[Voice.SHADOW])[0]
        assert eased == (counsels or places[Voice.LIGHT])[0]
        assert thread.other is None


@given(ROWS)
def test_a_theme_in_one_voice_keeps_it(row):
    """Outside a tension the thread has the voice in which its theme is there, and tells places of that voice."""
    draw = _laid(*row)
    thread = _thread(draw)
    assume(thread.line is not Line.TENSION)
    places = _places(draw, thread.theme)
    assert places[thread.voice]
    assert thread.positions[0] in places[thread.voice]
    if thread.line in (Line.ECHO, Line.ALONE):
        assert list(thread.positions) == places[thread.voice]
    assert (thread.line is Line.ECHO) == (len(places[thread.voice]) >= 3)


@given(ROWS)
def test_a_step_leads_from_the_theme_to_another(row):
    """It begins where the theme first is and ends at the counsel or last place, or else at the obstacle or first."""
    draw = _laid(*row)
    thread = _thread(draw)
    assume(thread.line in (Line.STEP, Line.ALONE))
    themes = {place: card.meaning.theme for place, card in zip(draw.positions, draw.cards, strict=True)}
    here = _places(draw, thread.theme)[thread.voice][0]
    ends = {role: place for place, role in _roles(draw).items() if role in (Role.OBSTACLE, Role.COUNSEL)}
    last = ends.get(Role.COUNSEL, draw.positions[-1])
    there = ends.get(Role.OBSTACLE, draw.positions[0]) if here == last else last
    if themes[there] is thread.theme:
        assert thread.line is Line.ALONE
        assert thread.other is None
    else:
        assert thread == Thread(thread.theme, Line.STEP, thread.voice, (here, there), themes[there])


def _swayed(draw, theme) -> Thread:
    """Return the thread of a draw whose facts make one theme stand out."""
    facts = facts_of(draw)
    themes = tuple(replace(fact, z=9.0 if fact.theme is theme else 0.0) for fact in facts.themes)
    return thread_of(replace(facts, themes=themes), draw.loaded()[0], draw)


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


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            [(Role.OBSTACLE, BOND, S), (Role.NEED, TRUST, L), (Role.COUNSEL, BOND, L)],
            Thread(BOND, Line.TENSION, Voice.SHADOW, ("p0", "p2")),
        ),
        (
            [(Role.GROUND, BOND, S), (Role.NEED, BOND, S), (Role.PERSON, BOND, S), (Role.COUNSEL, TRUST, L)],
            Thread(BOND, Line.ECHO, Voice.SHADOW, ("p0", "p1", "p2")),
        ),
        (
            [(Role.GROUND, BOND, L), (Role.GROUND, BOND, L), (Role.COUNSEL, TRUST, L)],
            Thread(BOND, Line.STEP, Voice.LIGHT, ("p0", "p2"), TRUST),
        ),
        ([(Role.COUNSEL, BOND, L)], Thread(BOND, Line.ALONE, Voice.LIGHT, ("p0",))),
        (
            [(Role.GROUND, BOND, L), (Role.NEED, BOND, L)],
            Thread(BOND, Line.ALONE, Voice.LIGHT, ("p0", "p1")),
        ),
        (
            [(Role.STRENGTH, TRUST, L), (Role.OBSTACLE, WORTH, S), (Role.GROUND, BOND, L), (Role.GROUND, BOND, L)],
            Thread(BOND, Line.ALONE, Voice.LIGHT, ("p2", "p3")),
        ),
        (
            [(Role.OBSTACLE, TRUST, S), (Role.STRENGTH, WORTH, L), (Role.COUNSEL, BOND, L)],
            None,
        ),
    ],
)
def test_threads_by_hand(row, expected):
    """Draws made to carry one line carry it, with the places named in its order."""
    thread = _thread(_laid(*row))
    if expected is None:
        assert thread.line is Line.STEP
    else:
        assert thread == expected


def test_a_step_from_the_counsel_goes_back_to_the_obstacle():
    """Where the theme stands at the counsel itself, the step ends at the obstacle."""
    draw = _laid((Role.STRENGTH, WORTH, L), (Role.OBSTACLE, TRUST, S), (Role.COUNSEL, BOND, L))
    assert _swayed(draw, BOND) == Thread(BOND, Line.STEP, Voice.LIGHT, ("p2", "p1"), TRUST)


def test_a_theme_on_no_card_never_leads():
    """However far a theme stands from what was expected, it cannot lead unless it is primary on some card."""
    draw = _laid((Role.GROUND, TRUST, L), (Role.NEED, WORTH, L))
    assert _swayed(draw, REPAIR).theme in (TRUST, WORTH)

"""What is true of a draw: every count, chance and expectation against plain enumeration."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from itertools import combinations, pairwise, permutations, product
from math import comb, prod, sqrt

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._counted import Counted, Odds
from intimacy_tarot._facts import SECONDARY, USUAL_RATE, WEIGHTS, expected, facts_of, pattern_of, voices_of
from intimacy_tarot._library import pictures
from intimacy_tarot._models import Card, DrawnCard, Meaning, Polarity, Rank, Role, Suit, ThemeId, Voice
from intimacy_tarot._pictures import Axis, MotifsFile, PairsFile, Pattern, PicturesFile, Side
from intimacy_tarot._spread import Frame, Owner, Position, Shape, Spread, SpreadFile, Synthesis, Variant, When

IDS = [
    *(f"major_arcana.{number:02}" for number in range(22)),
    *(f"minor_arcana.{suit}.{rank}" for suit in Suit for rank in Rank),
]
LINE = ((1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1))
RATES = (0.0, 0.1, 0.35, 0.5, 1.0)


def _meaning(themes, polarity=Polarity.LIGHT) -> Meaning:
    return Meaning(themes, polarity, ("word",), "An essence of some words that nobody reads.", "sign")


MEANINGS = st.builds(
    _meaning,
    st.permutations(list(ThemeId)).map(lambda themes: tuple(themes[:2])),
    st.sampled_from(Polarity),
)


def _card(id_, upright, turned) -> Card:
    return Card(id_, id_, None, None, "a number", upright, turned)


@st.composite
def _decks(draw, least=1, most=6):
    """Return a deck of made cards, each with any meaning either way up."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=least, max_size=most, unique=True))
    cards = tuple(_card(id_, draw(MEANINGS), draw(MEANINGS)) for id_ in ids)
    return tarot.Deck("made", "Made", "en", cards, repr(cards))


def _position(number, role, cell) -> Position:
    frame = Frame("one", When.ANY, Shape.IMAGE, "A frame of some words.")
    return Position(f"p{number}", "A place", "A place", "What?", role, Owner.US, cell, f"at {number}", (frame,))


def _spread(roles, cells=LINE) -> Spread:
    positions = tuple(
        _position(number, role, cell) for number, (role, cell) in enumerate(zip(roles, cells, strict=False))
    )
    synthesis = Synthesis((Variant("one", "A title."),), ())
    content = SpreadFile("Made", "What now?", "test", "A made spread.", (), positions, synthesis)
    return Spread("made", "made.yaml", "0", content)


def _draw(spread, deck, cards, rate=None) -> tarot.Draw:
    places = tuple(position.id for position in spread.positions)
    return tarot.Draw("made", "made", places, tuple(cards), None, rate, content=(spread, deck))


@st.composite
def _draws(draw, most=6):
    """Return a draw of made cards on a made spread."""
    deck = draw(_decks())
    count = draw(st.integers(1, min(most, len(deck.cards))))
    roles = draw(st.lists(st.sampled_from(Role), min_size=count, max_size=count))
    cells = draw(st.permutations(list(product((1, 2, 3), (1, 2)))))
    cards = [DrawnCard(card, draw(st.booleans())) for card in draw(st.permutations(deck.cards))[:count]]
    return _draw(_spread(roles, cells), deck, cards, draw(st.sampled_from([None, *RATES])))


# --- what is counted


def test_a_drawn_reading_tells_how_likely_its_reversals_are():
    """The odds are for its own count, size and rate."""
    draw = tarot.draw("emotional-block", seed=7, reversal_rate=0.5)
    turned = [place for place, card in zip(draw.positions, draw.cards, strict=True) if card.reversed]
    found = next(odds for odds in facts_of(draw).odds if odds.what is Counted.REVERSALS_MANY)
    chance = sum(comb(6, k) for k in range(len(turned), 7)) / 2**6
    assert found == Odds(Counted.REVERSALS_MANY, len(turned), round(chance, 6), positions=tuple(turned))


def test_a_laid_draw_has_no_odds_of_reversal():
    """Cards pulled by hand were not turned by us: nothing is said of how likely their reversals are."""
    facts = facts_of(tarot.lay("three-mirrors", ["The Star rx", "The Sun rx", "The World"]))
    assert not {Counted.REVERSALS_MANY, Counted.REVERSALS_NONE} & {odds.what for odds in facts.odds}
    assert facts.reversed == 2


COUNTED = [
    ("emotional-block", "XI C2 C3 C4 II VI", Counted.MAJORS_MANY, 3, None, "wall window first_stone"),
    ("emotional-block", "C2 S3 W4 P5 C6 S7", Counted.MAJORS_NONE, 0, None, ""),
    ("emotional-block", "XI C2 C3 C4 II S6", Counted.SUIT_MANY, 3, "cups", "root guards my_side"),
    ("emotional-block", "XI C2 C3 C4 II S6", Counted.ELEMENT_MANY, 4, "water", "root guards my_side window"),
    ("emotional-block", "C2 C3 C4 C5 S6 S7", Counted.ELEMENTS_ABSENT, 2, "earth fire", ""),
    ("emotional-block", "CQ C2 SQ C3 WK XI", Counted.COURTS_MANY, 3, None, "wall guards window"),
    ("emotional-block", "CQ C2 SQ C3 WK XI", Counted.SAME_COURT, 2, "queen", "wall guards"),
    ("emotional-block", "C2 II S2 W9 P8 C7", Counted.NUMBER_REPEAT, 3, "2", "wall root guards"),
    ("you-partner-us", "C2 C9 S4", Counted.PARTNERS_SAME_SUIT, 2, "cups", "you partner"),
    ("you-partner-us", "C2 S2 W4", Counted.PARTNERS_SAME_RANK, 2, "two", "you partner"),
    ("emotional-block", "S5 C2 C3 W4 P6 S9", Counted.SAME_ROAD, 2, "swords", "wall first_stone"),
    ("emotional-block", "W3 C2 P4 P5 S6 W7", Counted.FLANKED_CONTRARY, 1, None, "root"),
]


@pytest.mark.parametrize(("spread", "cards", "what", "count", "of", "where"), COUNTED)
def test_what_a_skilled_reader_counts_is_counted(spread, cards, what, count, of, where):
    """Each kind of pattern: how many, of what, and where it lies."""
    found = [odds for odds in facts_of(tarot.lay(spread, cards.split())).odds if odds.what is what]
    assert found, f"no {what}"
    assert (found[0].count, found[0].of, found[0].exact) == (count, of, True)
    assert found[0].positions == tuple(where.split())


@pytest.mark.parametrize("what", [Counted.REMEDY_NAMED, Counted.RING])
def test_two_places_of_one_theme_are_told_once(what):
    """Where the first card is the hindrance and the last the counsel, that alone is told, and else the ring."""
    spread = "emotional-block" if what is Counted.REMEDY_NAMED else "three-mirrors"
    deck = tarot.load_deck("rider-waite-smith")
    same = [card for card in deck.cards if card.upright.theme is ThemeId.TRUST]
    other = [card for card in deck.cards if card.upright.theme is not ThemeId.TRUST]
    count = len(tarot.load_spread(spread).positions)
    cards = [DrawnCard(card) for card in (same[0], *other[: count - 2], same[1])]
    found = [odds for odds in facts_of(tarot.lay(spread, cards)).odds if odds.of == "trust"]
    assert [odds.what for odds in found] == [what]


def test_a_deck_without_elements_or_courts_simply_has_fewer_facts():
    """Nothing is counted that the manifest does not know: one group, or none, says nothing."""
    meaning = _meaning((ThemeId.BOND, ThemeId.TRUST))
    cards = tuple(_card(id_, meaning, meaning) for id_ in IDS[:8])
    draw = _draw(
        _spread([Role.GROUND] * 3), tarot.Deck("made", "Made", "en", cards, "plain"), map(DrawnCard, cards[:3])
    )
    assert [odds.what for odds in facts_of(draw).odds] == [Counted.RING]


@pytest.mark.parametrize("spread", tarot.spread_ids())
@given(seed=st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_every_chance_is_exact_and_a_chance(spread, seed):
    """Whatever is counted is seen somewhere in the draw, and its chance lies above 0 and not above 1."""
    draw = tarot.draw(spread, seed=seed)
    for odds in facts_of(draw).odds:
        assert odds.exact
        assert 0 < odds.chance <= 1
        assert set(odds.positions) <= set(draw.positions)


# --- expectations


def _enumerated(deck, weights, rate, theme) -> tuple[float, float]:
    """Return mean and deviation of a theme's score over every draw of the deck, each weighed by its chance."""
    mean = square = 0.0
    ways = [*permutations(deck.cards, len(weights))]
    for cards in ways:
        for row in product((False, True), repeat=len(weights)):
            chance = prod(rate if turned else 1 - rate for turned in row) / len(ways)
            score = 0.0
            for weight, card, turned in zip(weights, cards, row, strict=True):
                primary, secondary = DrawnCard(card, turned).meaning.themes
                score += weight * (1 if primary is theme else SECONDARY if secondary is theme else 0)
            mean += chance * score
            square += chance * score * score
    return mean, sqrt(max(square - mean * mean, 0))


@settings(max_examples=40)
@given(_decks(1, 4), st.lists(st.sampled_from([*WEIGHTS.values()]), min_size=1, max_size=3), st.sampled_from(RATES))
def test_what_is_expected_is_what_every_draw_gives(deck, weights, rate):
    """Mean and deviation of each theme's score equal those over all draws of a small deck."""
    weights = weights[: len(deck.cards)]
    for theme in ThemeId:
        mean, deviation = _enumerated(deck, weights, rate, theme)
        got = expected(deck, tuple(weights), rate, theme)
        assert got == pytest.approx((mean, deviation), abs=1e-6)


@given(_draws())
def test_a_theme_scores_by_role_and_stands_by_expectation(draw):
    """A score is role weight times 1 or 0.35, and z is its distance from the mean in deviations."""
    spread, deck = draw.loaded()
    weights = tuple(WEIGHTS[position.role] for position in spread.positions)
    rate = USUAL_RATE if draw.reversal_rate is None else draw.reversal_rate
    facts = facts_of(draw)
    assert [fact.theme for fact in facts.themes] == [*ThemeId]
    for fact in facts.themes:
        score = 0.0
        for weight, card in zip(weights, draw.cards, strict=True):
            score += weight * {0: 1.0, 1: 0.35}.get(
                card.meaning.themes.index(fact.theme) if fact.theme in card.meaning.themes else -1, 0.0
            )
        mean, deviation = expected(deck, weights, rate, fact.theme)
        assert fact.score == pytest.approx(score, abs=1e-6)
        assert fact.z == pytest.approx((score - mean) / deviation if deviation > 1e-6 else 0.0, abs=1e-4)


@pytest.mark.parametrize("count", range(1, 7))
@pytest.mark.parametrize("rate", RATES)
def test_a_deck_of_one_mind_surprises_nobody(count, rate):
    """Where every card speaks of the same themes, every score is the expected one and no theme stands out."""
    same = _meaning((ThemeId.BOND, ThemeId.TRUST))
    cards = tuple(_card(id_, same, same) for id_ in IDS[:7])
    deck = tarot.Deck("made", "Made", "en", cards, f"one mind {count}")
    facts = facts_of(_draw(_spread([*Role][:count]), deck, [DrawnCard(card) for card in cards[:count]], rate))
    assert {fact.z for fact in facts.themes} == {0.0}
    assert facts.theme("bond").score == pytest.approx(sum(WEIGHTS[role] for role in [*Role][:count]))


# --- themes and voices


@given(_draws())
def test_every_card_stands_once_under_its_theme_and_voice(draw):
    """The light and shadow places of all themes together are the positions, each under its card's primary theme."""
    facts = facts_of(draw)
    seen = []
    for fact in facts.themes:
        assert fact.positions == len(fact.light) + len(fact.shadow)
        for voice, places in ((Voice.LIGHT, fact.light), (Voice.SHADOW, fact.shadow)):
            assert list(places) == sorted(places, key=draw.positions.index)
            seen += [(place, fact.theme, voice) for place in places]
    themes = [card.meaning.theme for card in draw.cards]
    assert sorted(seen) == sorted(zip(draw.positions, themes, facts.voices, strict=True))


@given(_draws())
def test_counts_are_counts(draw):
    """Majors are the cards without a suit, reversed those that lie so; a fact is found by its theme's id."""
    facts = facts_of(draw)
    assert facts.majors == sum("major_arcana" in card.card.id for card in draw.cards)
    assert facts.reversed == [card.reversed for card in draw.cards].count(True)
    assert [facts.theme(theme.value).theme for theme in ThemeId] == [*ThemeId]


@pytest.mark.parametrize("base", Polarity)
@pytest.mark.parametrize("role", Role)
def test_a_role_decides_the_voice_of_a_card_that_lies_alone(role, base):
    """Obstacles speak in shadow, strengths and counsels in light, the rest as their base; mixed alone is light."""
    expected_voice = {
        Role.OBSTACLE: Voice.SHADOW,
        Role.STRENGTH: Voice.LIGHT,
        Role.COUNSEL: Voice.LIGHT,
    }.get(role, Voice.SHADOW if base is Polarity.SHADOW else Voice.LIGHT)
    meaning = _meaning((ThemeId.BOND, ThemeId.TRUST), base)
    cards = [DrawnCard(_card(IDS[0], meaning, meaning))]
    assert voices_of(_spread([role]), cards) == (expected_voice,)


@given(_draws())
def test_a_mixed_card_leans_against_its_neighbors(draw):
    """In a base-voice role a mixed card is shadow where more than half of its neighbors are light by base."""
    spread, _ = draw.loaded()
    voices = voices_of(spread, draw.cards)
    for position, card, voice in zip(spread.positions, draw.cards, voices, strict=True):
        base = card.meaning.polarity
        if position.role in (Role.OBSTACLE, Role.STRENGTH, Role.COUNSEL):
            assert voice is (Voice.SHADOW if position.role is Role.OBSTACLE else Voice.LIGHT)
        elif base is not Polarity.MIXED:
            assert voice.value == base.value
        else:
            (x, y) = position.cell
            beside = {(x, y), (x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)}
            around = [
                other.meaning.polarity
                for there, other in zip(spread.positions, draw.cards, strict=True)
                if there.cell in beside and there is not position
            ]
            mostly = around.count(Polarity.LIGHT) * 2 > len(around)
            assert voice is (Voice.SHADOW if mostly else Voice.LIGHT)


@pytest.mark.parametrize(
    ("around", "voice"),
    [
        ("LL", "shadow"), ("LS", "light"), ("LM", "light"), ("SS", "light"), ("L", "shadow"), ("LLS", "shadow"),
        ("LSLS", "light"), ("LSLL", "shadow"), ("SLMS", "light"), ("LLLL", "shadow"),
    ],
)  # fmt: skip
def test_a_card_laid_across_another_is_its_neighbor(around, voice):
    """A crossing card lies on the same cell, and counts like those beside it; half is not mostly."""
    polarity = {"L": Polarity.LIGHT, "S": Polarity.SHADOW, "M": Polarity.MIXED}
    bases = [Polarity.MIXED, *(polarity[letter] for letter in around)]
    cards = []
    for id_, base in zip(IDS, bases, strict=False):
        meaning = _meaning((ThemeId.BOND, ThemeId.TRUST), base)
        cards.append(DrawnCard(_card(id_, meaning, meaning)))
    spread = _spread([Role.GROUND] * len(cards), ((2, 2), (2, 2), (2, 1), (1, 2), (3, 2)))
    assert voices_of(spread, cards)[0].value == voice


# --- patterns of pictures


def _told(row) -> tuple[Pattern, Side | None]:
    """Return the pattern of a row in words of its own, and its side where the words decide it."""
    sizes = Counter(row)
    if len(sizes) == 1:
        return Pattern.SAME, row[0]
    rarer, commoner = sorted(sizes, key=lambda side: sizes[side])
    tied = sizes[rarer] == sizes[commoner]
    runs = 1 + sum(a is not b for a, b in pairwise(row))
    if runs == 2 and sizes[rarer] > 1:
        return Pattern.TURN, row[-1]
    if sizes[rarer] == 1:
        return Pattern.ONE, None if tied else rarer
    return (Pattern.EVEN, Side.NONE) if tied else (Pattern.FEW, rarer)


@pytest.mark.parametrize("length", range(1, 8))
def test_every_row_of_sides_has_its_pattern(length):
    """All rows up to seven: one alone, all the same, one turn, a few, or evenly parted, with the side it is about."""
    for row in product((Side.OPEN, Side.CLOSED), repeat=length):
        pattern, side = pattern_of(row)
        expected_pattern, expected_side = _told(row)
        assert pattern is expected_pattern, row
        assert side is (expected_side or side), row
        assert (side is Side.NONE) == (pattern is Pattern.EVEN), row


@pytest.mark.parametrize("length", range(1, 8))
def test_a_row_and_its_mirror_in_sides_have_one_pattern(length):
    """Where every side is swapped, the pattern stays and the side it is about is swapped too."""
    swap = {Side.OPEN: Side.CLOSED, Side.CLOSED: Side.OPEN, Side.NONE: Side.NONE}
    for row in product((Side.OPEN, Side.CLOSED), repeat=length):
        pattern, side = pattern_of(row)
        other, swapped = pattern_of([swap[at] for at in row])
        assert other is pattern
        if Counter(row)[Side.OPEN] * 2 != length or pattern is Pattern.TURN:
            assert swapped is swap[side]


def _sights(deck):
    return {sight.id: sight for sight in pictures(deck, "pictures.yaml", PicturesFile).content.cards}


@pytest.mark.parametrize("spread", ["emotional-block", "foundation", "three-mirrors", "one-card"])
def test_axes_tell_what_the_pictures_show(spread):
    """An axis is there if three cards or more, and all but one, show a side; it lists them and their pattern."""
    deck = tarot.load_deck("major-arcana")
    sights = _sights(deck)
    for seed in range(60):
        draw = tarot.draw(spread, seed=seed)
        found = {fact.axis: fact for fact in facts_of(draw).axes}
        for axis in Axis:
            row = [
                (place, sights[card.card.id].of(axis).side)
                for place, card in zip(draw.positions, draw.cards, strict=True)
            ]
            sided = [(place, side) for place, side in row if side is not Side.NONE]
            assert (axis in found) == (len(sided) >= max(3, len(row) - 1))
            if axis not in found:
                continue
            fact = found[axis]
            assert fact.seen == tuple(place for place, _ in sided)
            assert (fact.pattern, fact.side) == pattern_of([side for _, side in sided])
            assert fact.odd == tuple(place for place, side in sided if side is fact.side)


@pytest.fixture
def small_deck(tmp_path):
    """Return a deck of nine cards that extends the major arcana, in a folder of its own."""
    folder = tmp_path / "nine"
    folder.mkdir()
    keep = [f"major_arcana.{number:02}" for number in (0, 1, 4, 6, 10, 13, 14, 18, 20)]
    manifest = {"id": "nine", "name": "Nine", "language": "en", "extends": "major-arcana", "keep": keep}
    (folder / "deck.yaml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    return tarot.load_deck(folder)


def test_the_chance_of_an_axis_is_counted_over_the_deck_in_hand(small_deck):
    """For a deck that keeps nine cards, the chance is that over all hands of those nine, not of what it extends."""
    sights = _sights(small_deck)
    spread = _spread([Role.GROUND] * 4)
    seen = 0
    for cards in combinations(small_deck.cards, 4):
        for fact in facts_of(_draw(spread, small_deck, [DrawnCard(card) for card in cards])).axes:
            sides = [sights[card.id].of(fact.axis).side for card in small_deck.cards]
            sided = [side for side in sides if side is not Side.NONE]
            hands = [*combinations(sided, len(fact.seen))]
            shown = [sights[card.id].of(fact.axis).side for card in cards]
            alike = [hand for hand in hands if hand.count(Side.OPEN) == shown.count(Side.OPEN)]
            assert fact.chance == pytest.approx(len(alike) / len(hands), abs=1e-6)
            seen += 1
    assert seen > 100


# --- pairs, motifs, families


def _by_hand(draw, cards) -> tuple[str, ...]:
    return tuple(place for place, card in zip(draw.positions, draw.cards, strict=True) if card.card.id in set(cards))


@pytest.mark.parametrize("deck", ["major-arcana", "rider-waite-smith"])
def test_links_are_the_positions_that_share_something(deck):
    """A pair or a motif links two positions or more, a family three or more, in the order of the spread."""
    loaded = tarot.load_deck(deck)
    pairs = pictures(loaded, "pairs.yaml", PairsFile).content.pairs
    motifs = pictures(loaded, "motifs.yaml", MotifsFile).content.motifs
    families = pictures(loaded, "pictures.yaml", PicturesFile).content.families
    found = Counter()
    for seed in range(120):
        draw = tarot.draw("emotional-block", seed=seed, deck=deck)
        facts = facts_of(draw)
        for kind, links, groups, least in (
            ("pair", facts.pairs, [(pair.id, pair.cards) for pair in pairs], 2),
            ("motif", facts.motifs, [(motif.id, motif.cards) for motif in motifs], 2),
            ("family", facts.families, [(f.id, f.members) for f in families], 3),
        ):
            by_hand = [(id_, _by_hand(draw, cards)) for id_, cards in groups]
            assert [(link.id, link.positions) for link in links] == [it for it in by_hand if len(it[1]) >= least]
            found[kind] += len(links)
    assert set(found) == {"pair", "motif", "family"}


@pytest.fixture
def plain_deck(tmp_path):
    """Return the folder of a deck of four majors with their manifest and no word on what their pictures share."""
    whole = files("intimacy_tarot.decks") / "rider-waite-smith" / "deck.yaml"
    manifest = yaml.safe_load(whole.read_text(encoding="utf-8"))
    kept = {card: manifest["cards"][card] for card in [*manifest["cards"]][:4]}
    folder = tmp_path / "plain"
    folder.mkdir()
    text = yaml.safe_dump(manifest | {"id": "plain", "cards": kept}, sort_keys=False)
    (folder / "deck.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_deck_without_pictures_shares_nothing(plain_deck):
    """Where a deck says nothing of its pictures, there are no axes, pairs, motifs or families, and the rest stands."""
    facts = facts_of(tarot.draw("three-mirrors", seed=5, deck=plain_deck))
    assert facts.axes == facts.pairs == facts.motifs == facts.families == ()
    assert facts.majors == 3
    assert sum(fact.positions for fact in facts.themes) == 3


# --- figures, and what may not change


def test_what_each_role_weighs():
    """The ground and the obstacle weigh most when a theme is to lead, a strength least; a second theme counts 0.35."""
    assert dict(WEIGHTS) == {
        Role.GROUND: 1.2, Role.OBSTACLE: 1.2, Role.NEED: 1.1, Role.BETWEEN: 1.0, Role.COUNSEL: 1.0, Role.PERSON: 0.9,
        Role.STRENGTH: 0.8,
    }  # fmt: skip
    assert (SECONDARY, USUAL_RATE) == (0.35, 0.35)


def test_figures_are_told_to_six_places():
    """Scores, how far they are from what is expected, and chances are rounded to six places, and not to fewer."""
    facts = [tarot.read("emotional-block", seed=seed).facts for seed in range(12)]
    for figures in (
        [theme.score for fact in facts for theme in fact.themes],
        [theme.z for fact in facts for theme in fact.themes],
        [axis.chance for fact in facts for axis in fact.axes],
    ):
        assert all(figure == round(figure, 6) for figure in figures)
    for figures in ([theme.z for fact in facts for theme in fact.themes], [a.chance for f in facts for a in f.axes]):
        assert any(figure != round(figure, 5) for figure in figures)


def test_facts_do_not_change():
    """Facts are values: nothing about them can be set."""
    facts = tarot.read("emotional-block", seed=7).facts
    for value in (facts, facts.themes[0], facts.axes[0], facts.families[0]):
        for name in (*value.__dataclass_fields__, "another"):
            with pytest.raises((AttributeError, TypeError)):
                setattr(value, name, None)
        assert not hasattr(value, "__dict__")


def test_facts_are_told_of_whole_draws_alone():
    """A draw with more cards than positions is no draw of which anything could be told."""
    cards = tarot.draw("three-mirrors", seed=7).cards
    with pytest.raises(ValueError, match="zip"):
        voices_of(tarot.load_spread("three-mirrors"), (*cards, cards[0]))


def test_a_row_of_two_halves_leans_to_its_end():
    """A turn is told by the side it has come to, whatever lies between."""
    up, down = Side.OPEN, Side.CLOSED
    assert pattern_of([down, down, up, up, up]) == (Pattern.TURN, up)
    assert pattern_of([up, up, up, down, down]) == (Pattern.TURN, down)
    assert pattern_of([down, up, up, up, up, down]) == (Pattern.FEW, down)

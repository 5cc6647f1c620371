"""Frames and hinges: where they stand, how many there are, and when a passage stands bare."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
import yaml
from bare_cards import bare
from hypothesis import given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._argument import argues
from intimacy_tarot._framing import MOST_HINGES, frames_of, hinges_of, most_hinges, stands_against
from intimacy_tarot._library import pictures
from intimacy_tarot._models import Card, DrawnCard, Meaning, Polarity, Role, ThemeId
from intimacy_tarot._pick import Picker
from intimacy_tarot._pictures import PairsFile
from intimacy_tarot._scene import scene_of
from intimacy_tarot._spread import Frame, Shape, When

SPREADS = tuple(spread for spread in tarot.spread_ids() if spread != "one-card")
DECK = tarot.load_deck("major-arcana")


def _scene(spread, seed, rate=0.5):
    return bare(scene_of(tarot.draw(spread, seed=seed, reversal_rate=rate), seed))


def _pairs():
    return pictures(DECK, "pairs.yaml", PairsFile).content.pairs


def _laid(spread, ids, seed=1):
    """Return the scene of cards laid in order, filled up with cards that make no listed pair with any of them."""
    count = len(tarot.load_spread(spread).positions)
    ids = list(ids)
    listed = [set(pair.cards) for pair in _pairs()]
    for card in DECK.cards:
        if len(ids) < count and card.id not in ids and not any({card.id, other} in listed for other in ids):
            ids.append(card.id)
    assert len(ids) == count
    return bare(scene_of(tarot.lay(spread, [DrawnCard(DECK.find(id_)) for id_ in ids]), seed))


# --- against its position


@pytest.mark.parametrize("base", Polarity)
@pytest.mark.parametrize("role", Role)
def test_a_card_stands_against_a_role_of_the_other_voice(role, base):
    """Light stands against an obstacle, shadow against a strength or a counsel; mixed stands against nothing."""
    position = replace(tarot.load_spread("one-card").positions[0], role=role)
    meaning = Meaning((ThemeId.BOND, ThemeId.TRUST), base, ("word",), "An essence of some words.", "sign")
    card = DrawnCard(Card("major_arcana.00", "Card", None, 0, "a number", meaning, meaning))
    against = {(Role.OBSTACLE, Polarity.LIGHT), (Role.STRENGTH, Polarity.SHADOW), (Role.COUNSEL, Polarity.SHADOW)}
    assert stands_against(position, card) == ((role, base) in against)


# --- hinges


@pytest.mark.parametrize(
    ("spread", "spent", "most"),
    [
        ("one-card", (), 0),
        ("three-mirrors", (), 1),
        ("three-mirrors", ("beyond",), 0),
        ("foundation", (), 1),
        ("foundation", ("floor",), 0),
        ("emotional-block", (), MOST_HINGES),
        ("emotional-block", ("wall", "root"), 1),
    ],
)
def test_how_many_hinges_a_draw_has_room_for(spread, spent, most):
    """One for every three cards, two at most, and one fewer where the synthesis already links two cards."""
    assert most_hinges(_scene(spread, 1), spent) == most


@pytest.mark.parametrize("spread", SPREADS)
def test_hinges_stand_at_the_later_card_of_a_listed_pair(spread):
    """Each hinge is one of its pair's own, at the later place, which it calls "here"; no card is in two hinges."""
    found = 0
    here = pictures(DECK, "pairs.yaml", PairsFile).content.here
    for seed in range(150):
        scene = _scene(spread, seed)
        lensed = {position.id for position in scene.spread.positions if position.lens}
        hinges = hinges_of(scene, ())
        links = {link.id: link for link in scene.facts.pairs}
        used = Counter()
        for place, hinge in hinges.items():
            _, pair, _, variant = hinge.key.split(".")
            assert place == links[pair].positions[1]
            assert place not in lensed
            listed = next(listed for listed in _pairs() if listed.id == pair)
            assert hinge.text == next(it.text for it in listed.hinges if it.id == variant)
            earlier = links[pair].positions[0]
            by_card = {scene.cards[at].card.id: at for at in (earlier, place)}
            first, second = (by_card[card] for card in listed.cards)
            assert dict(hinge.names) == {
                "earlier.at": scene.at(earlier),
                "earlier.ref": scene.ref(earlier),
                "first.at": here if first == place else scene.at(first),
                "first.ref": scene.ref(first),
                "second.at": here if second == place else scene.at(second),
                "second.ref": scene.ref(second),
            }
            used.update(links[pair].positions)
        assert max(used.values(), default=1) == 1
        assert len(hinges) <= most_hinges(scene, ())
        found += len(hinges)
    assert found > 5


def test_hinges_are_left_out_only_for_a_reason():
    """A listed pair without a hinge shares a card with one that has it, ends at a lens, or found no room."""
    for spread in SPREADS:
        for seed in range(150):
            scene = _scene(spread, seed)
            lensed = {position.id for position in scene.spread.positions if position.lens}
            hinges = hinges_of(scene, ())
            taken = {pair for hinge in hinges.values() for pair in [hinge.key.split(".")[1]]}
            used = {place for link in scene.facts.pairs if link.id in taken for place in link.positions}
            for link in scene.facts.pairs:
                if link.id not in taken and len(hinges) < most_hinges(scene, ()):
                    assert used & set(link.positions) or link.positions[1] in lensed


def test_two_pairs_without_a_common_card_give_two_hinges():
    """Six cards that hold two listed pairs have both hinges, and three pairs have only two."""
    pairs = [pair.cards for pair in _pairs() if all(card.startswith("major") for card in pair.cards)]
    first = pairs[0]
    second = next(cards for cards in pairs if not set(cards) & set(first) and not _linked(first, cards))
    scene = _laid("emotional-block", (*first, *second))
    assert set(hinges_of(scene, ())) == {"root", "my_side"}
    assert len(hinges_of(scene, ("window", "first_stone"))) == 1


def _linked(first, second) -> bool:
    listed = [set(pair.cards) for pair in _pairs()]
    return any({a, b} in listed for a in first for b in second)


def test_what_the_synthesis_compares_is_not_hinged_first():
    """A pair whose two places are spent has no hinge, whichever way round they are named."""
    first = next(pair.cards for pair in _pairs() if all(card.startswith("major") for card in pair.cards))
    assert set(hinges_of(_laid("emotional-block", first), ())) == {"root"}
    assert hinges_of(_laid("emotional-block", first), ("root", "wall")) == {}
    assert set(hinges_of(_laid("emotional-block", first), ("root", "guards"))) == {"root"}


def test_a_deck_without_pairs_has_no_hinges(tmp_path):
    """Where a deck lists no pairs, no card leans on another."""
    folder = tmp_path / "alone"
    folder.mkdir()
    manifest = {"id": "alone", "name": "Alone", "language": "en", "extends": "major-arcana"}
    (folder / "deck.yaml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    scene = scene_of(tarot.draw("emotional-block", seed=1, deck=folder), 1)
    pairless = replace(scene.deck, folders=scene.deck.folders[:1])
    assert hinges_of(replace(scene, deck=pairless), ()) == {}


# --- frames


def _allowed(scene, position, frame, found) -> bool:
    """Return whether a frame may stand at a position beside the frames that were found, by the rules in words."""
    card = scene.cards[position.id]
    order = [*scene.cards]
    here = order.index(position.id)
    beside = {order[near] for near in (here - 1, here + 1) if 0 <= near < len(order)}
    shapes = {found[place].shape for place in beside if place in found}
    base = card.meaning.polarity.value
    return frame.when.value in ("any", base) and frame.shape not in shapes


@pytest.mark.parametrize("spread", tarot.spread_ids())
def test_frames_stand_where_they_may(spread):
    """Each is its position's own, fits the card, has another shape than its neighbors', and no hinge there."""
    for seed in range(100):
        scene = _scene(spread, seed)
        hinged = tuple(hinges_of(scene, ()))
        found = frames_of(scene, hinged)
        for position in scene.spread.positions:
            if position.id in found:
                frame = found[position.id]
                rest = {place: it for place, it in found.items() if place != position.id}
                assert frame in position.frames
                assert _allowed(scene, position, frame, rest)
                assert position.id not in hinged
        shapes = [found[place].shape if place in found else None for place in scene.cards]
        assert not any(a is b and a for a, b in pairwise(shapes))


@pytest.mark.parametrize("spread", tarot.spread_ids())
def test_frames_with_hinges_are_for_half_of_the_positions(spread):
    """There are as many frames as leave half the positions bare, fewer only where no other frame may stand."""
    for seed in range(100):
        scene = _scene(spread, seed)
        hinged = tuple(hinges_of(scene, ()))
        found = frames_of(scene, hinged)
        most = max(1, -(-len(scene.cards) // 2) - len(hinged))
        assert len(found) <= most
        bare = [
            position for position in scene.spread.positions if position.id not in found and position.id not in hinged
        ]
        possible = {p.id for p in bare if any(_allowed(scene, p, frame, found) for frame in p.frames)}
        if len(found) < most:
            assert not possible
        if any(not stands_against(p, scene.cards[p.id]) for p in scene.spread.positions if p.id in found):
            assert not {p.id for p in bare if stands_against(p, scene.cards[p.id])} & possible


@pytest.mark.parametrize("spread", tarot.spread_ids())
def test_cards_that_are_joined_in_their_own_words_are_not_framed(spread):
    """Where the cards say what a trouble comes to, there is no frame, and a pair has a hinge only at a counsel."""
    for seed in range(60):
        scene = scene_of(tarot.draw(spread, seed=seed), seed)
        if not argues(scene):
            assert frames_of(scene, ())
            continue
        assert frames_of(scene, ()) == {}
        assert {scene.role(place) for place in hinges_of(scene, ())} <= {Role.COUNSEL}


def test_a_card_against_its_position_is_framed_first():
    """Over many draws, nearly every card that stands against its position has a frame, and others often do not."""
    framed, rest = Counter(), Counter()
    for seed in range(150):
        scene = _scene("emotional-block", seed)
        found = frames_of(scene, ())
        for position in scene.spread.positions:
            against = stands_against(position, scene.cards[position.id])
            (framed if position.id in found else rest)[against] += 1
    assert framed[True] > 4 * rest[True]
    assert framed[False] < rest[False]


SHAPES = st.lists(st.tuples(st.sampled_from(Shape), st.sampled_from(When)), min_size=1, max_size=3)


@given(st.lists(SHAPES, min_size=6, max_size=6), st.integers(0, 30))
def test_no_two_neighbors_share_a_shape_whatever_a_spread_holds(shapes, seed):
    """With frames of any shapes, few as they may be, two neighbors are never framed alike, and misfits are left out."""
    scene = _scene("emotional-block", seed)
    positions = tuple(
        replace(
            position,
            frames=tuple(
                Frame(f"f{number}", when, shape, "A frame of some words.") for number, (shape, when) in enumerate(held)
            ),
        )
        for position, held in zip(scene.spread.positions, shapes, strict=True)
    )
    spread = replace(scene.spread, content=replace(scene.spread.content, positions=positions))
    scene = replace(scene, spread=spread, picker=Picker(seed))
    found = frames_of(scene, ())
    ordered = [found.get(position.id) for position in positions]
    assert not any(a and b and a.shape is b.shape for a, b in pairwise(ordered))
    for position in positions:
        if position.id in found:
            rest = {place: frame for place, frame in found.items() if place != position.id}
            assert _allowed(scene, position, found[position.id], rest)


def test_a_position_whose_frames_do_not_fit_stands_bare():
    """Where a position has only frames for the other kind of card, its passage has none."""
    scene = _scene("one-card", 3, rate=0)
    position = scene.spread.positions[0]
    base = scene.cards[position.id].meaning.polarity
    other = When.SHADOW if base is Polarity.LIGHT else When.LIGHT
    bare = replace(position, frames=(Frame("only", other, Shape.IMAGE, "A frame of some words."),))
    spread = replace(scene.spread, content=replace(scene.spread.content, positions=(bare,)))
    assert frames_of(replace(scene, spread=spread), ()) == {}

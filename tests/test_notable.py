"""What is rare enough to be named, and the one thing that a reading watches from first to last."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

import intimacy_tarot as tarot
from intimacy_tarot._conceit import touched, watched
from intimacy_tarot._counted import Counted, Odds
from intimacy_tarot._library import wording
from intimacy_tarot._models import Role, Voice
from intimacy_tarot._notable import gate, named, notable
from intimacy_tarot._patterns import FAMILIES, FILES, family
from intimacy_tarot._pick import Picker
from intimacy_tarot._pictures import Pattern, Side
from intimacy_tarot._planned import Seen
from intimacy_tarot._scene import scene_of
from intimacy_tarot._seen import axis_fact, seen_of, voice_of

SPREADS = tuple(spread for spread in tarot.spread_ids() if spread != "one-card")
SEEDS = 60
EVERY_SPREAD = pytest.mark.parametrize("spread", SPREADS)


UNSPOKEN = (Counted.FLANKED_CONTRARY, Counted.RING)


@cache
def _scenes(spread):
    return tuple(scene_of(tarot.draw(spread, seed=seed), seed) for seed in range(SEEDS))


def _with(scene, *odds):
    return replace(scene, facts=replace(scene.facts, odds=odds), picker=Picker(1))


# --- what is rare


@pytest.mark.parametrize(("cards", "least"), [(3, 1 / 6), (6, 1 / 6), (9, 1 / 6), (10, 1 / 10), (13, 1 / 10)])
def test_the_gate_is_narrower_from_ten_cards_on(cards, least):
    """One in six, and one in ten where so many cards lie that more is there to be seen."""
    assert gate(cards) == least


@EVERY_SPREAD
def test_nothing_above_its_gate_is_named(spread):
    """At most one pattern is named in a reading, and its chance is within the gate."""
    for seed in range(SEEDS):
        reading = tarot.read(spread, seed=seed)
        found = [passage for passage in reading.passages if passage.kind == "pattern"]
        assert len(found) <= 1
        for passage in found:
            what = passage.key.partition(".")[0]
            (odds,) = [odds for odds in reading.facts.odds if odds.what == what]
            assert odds.chance <= gate(len(reading.draw.cards))


@EVERY_SPREAD
def test_the_rarest_is_named(spread):
    """Nothing that could be named is rarer than what is; of two as rare, one at an obstacle or a counsel is named."""
    for scene in _scenes(spread):
        seen = seen_of(scene)
        found = notable(scene, seen)
        left_out = {Counted.SUIT_MANY, Counted.ELEMENTS_ABSENT, Counted.REMEDY_NAMED, *UNSPOKEN}
        rare = [odds for odds in scene.facts.odds if odds.chance <= gate(len(scene.cards))]
        sure = [odds for odds in rare if odds.what not in left_out]
        if found is None:
            assert not sure
        else:
            assert found in rare
            assert all(found.chance <= odds.chance for odds in sure)


def test_of_two_as_rare_the_one_at_the_counsel_is_named():
    """A pattern that touches an obstacle or a counsel wins a tie, in whatever order they were counted."""
    scene = _scenes("emotional-block")[0]
    aside = Odds(Counted.MAJORS_MANY, 2, 0.1, positions=("root", "window"))
    touching = Odds(Counted.SAME_COURT, 2, 0.1, of="queen", positions=("root", "first_stone"))
    assert notable(_with(scene, aside, touching), None) is touching
    assert notable(_with(scene, touching, aside), None) is touching
    assert notable(_with(scene, aside), None) is aside
    assert notable(_with(scene), None) is None


def test_a_suit_is_not_named_where_it_is_told_otherwise():
    """Where a family of things is looked at, or the thread is on the very cards of the suit, its count is not said."""
    scene = _scenes("emotional-block")[0]
    suit = Odds(Counted.SUIT_MANY, 3, 0.05, of="cups", positions=("wall", "root", "guards"))
    assert notable(_with(scene, suit), None) is suit
    assert notable(_with(scene, suit), Seen("motif", "water", ("wall",))) is suit
    assert notable(_with(scene, suit), Seen("family", "vessels", suit.positions)) is None
    on_thread = replace(_with(scene, suit), thread=replace(scene.thread, positions=suit.positions))
    assert notable(on_thread, None) is None


def test_a_theme_at_two_places_is_not_named_where_the_thread_tells_of_them():
    """What obstacle and counsel share is named unless the thread runs between them."""
    scene = _scenes("emotional-block")[0]
    odds = Odds(Counted.REMEDY_NAMED, 2, 0.1, of="repair", positions=("wall", "first_stone"))
    apart = replace(_with(scene, odds), thread=replace(scene.thread, positions=("wall", "window")))
    between = replace(apart, thread=replace(scene.thread, positions=("first_stone", "wall")))
    assert notable(apart, None) is odds
    assert notable(between, None) is None


def test_one_missing_element_is_not_said():
    """Whatever its chance, a single missing element is ordinary; two that are missing can be said."""
    scene = _scenes("emotional-block")[0]
    one = Odds(Counted.ELEMENTS_ABSENT, 1, 0.01, of="fire")
    two = Odds(Counted.ELEMENTS_ABSENT, 2, 0.01, of="earth fire")
    three = Odds(Counted.ELEMENTS_ABSENT, 3, 0.01, of="air earth fire")
    assert notable(_with(scene, one), None) is None
    assert "earth and fire" in dict(named(_with(scene, two), two).names).values()
    assert "air, earth and fire" in dict(named(_with(scene, three), three).names).values()


@pytest.mark.parametrize("what", UNSPOKEN)
def test_some_things_are_counted_and_not_said(what):
    """Dignities and a circle of themes are facts that only a reader of cards would follow."""
    scene = _scenes("emotional-block")[0]
    assert notable(_with(scene, Odds(what, 2, 0.001, positions=("wall", "first_stone"))), None) is None


@pytest.mark.parametrize("what", sorted({*Counted} - {*UNSPOKEN}))
def test_every_kind_can_be_named_with_all_its_words(what):
    """Each of the other kinds is of one family, and its wording is filled in for either voice of the thread."""
    scene = _scenes("you-partner-us")[0]
    of = {"suit": "cups", "elem": "fire", "same": "queen", "numb": "7"}.get(what[:4])
    odds = Odds(what, 2, 0.01, of="earth fire" if what is Counted.ELEMENTS_ABSENT else of, positions=("you", "us"))
    for voice in Voice:
        said = named(replace(_with(scene, odds), thread=replace(scene.thread, voice=voice)), odds)
        assert said.kind == "pattern"
        assert said.key.startswith(f"{what}.")
        assert f".{voice}." in said.key
        assert {name for name, _ in said.names} == set(re.findall(r"\{\{ ([a-z.]+)", said.text))
    assert [name for name, kinds in FAMILIES.items() if what in kinds] == [family(what)]


@pytest.mark.parametrize("name", FAMILIES)
def test_each_family_has_a_file_with_a_field_for_each_kind(name):
    """What can be counted can be said."""
    assert set(FILES[name].__dataclass_fields__) == {kind.value for kind in FAMILIES[name]}
    assert wording("en", f"patterns/{name}", FILES[name]).content


@EVERY_SPREAD
def test_what_is_rare_stands_with_the_themes(spread):
    """It is told for whoever likes to count, once the reading proper is over, and only where the themes are."""
    for seed in range(SEEDS):
        reading = tarot.read(spread, seed=seed)
        kinds = [section.kind for section in reading.sections for it in section.passages if it.kind == "pattern"]
        assert kinds in ([], ["themes"])
        scene = scene_of(reading.draw, seed)
        if notable(scene, seen_of(scene)) is None:
            assert kinds == []
        bare = tarot.read(spread, seed=seed, show_themes=False)
        assert "pattern" not in {it.kind for it in bare.passages}


# --- one thing to watch


@EVERY_SPREAD
def test_the_opening_tells_the_reader_what_to_watch(spread):
    """Where a card on the way turns what is seen, the opening ends in a sentence for it, and otherwise in none."""
    for scene in _scenes(spread):
        seen = seen_of(scene)
        turning = touched(scene, seen)
        found = list(watched(scene, seen, turning))
        assert len(found) == len(turning)
        for watch in found:
            assert watch.kind == "opening"
            assert f"axes/{seen.id}.yaml#watch." in f"{watch.file}#{watch.key}"


@EVERY_SPREAD
def test_what_is_to_be_watched_is_met_on_the_way(spread):
    """A reading that tells what to watch has the hinge that turns it."""
    for seed in range(SEEDS):
        passages = tarot.read(spread, seed=seed).passages
        told = [passage.id for passage in passages if "#watch." in passage.id]
        met = [passage.id for passage in passages if "#touches." in passage.id]
        assert len(told) == len(met) <= 1


def test_the_card_that_differs_is_touched_where_it_can_be():
    """One odd picture, two others before it, the voice of its side, no lens and no counsel: there, and only there."""
    met = 0
    for scene in (scene for spread in SPREADS for scene in _scenes(spread)):
        seen = seen_of(scene)
        found = touched(scene, seen)
        if seen is None or seen.pattern != Pattern.ONE:
            assert found == {}
            continue
        fact = axis_fact(seen, scene)
        (place,) = fact.odd
        position = next(position for position in scene.spread.positions if position.id == place)
        there = (
            fact.seen.index(place) >= 2
            and scene.voices[place] is voice_of(fact.side)
            and position.lens is None
            and position.role is not Role.COUNSEL
        )
        assert list(found) == ([place] if there else [])
        if there:
            met += 1
            assert found[place].kind == "hinge"
            assert found[place].key.startswith(f"touches.{fact.side}.")
    assert met > 5


def test_a_side_has_its_voice():
    """Light goes with an open side and shadow with a closed one."""
    assert [voice_of(side) for side in (Side.OPEN, Side.CLOSED)] == [Voice.LIGHT, Voice.SHADOW]


# --- the draws of three readings that were written by hand

GOLD = {
    "foundation": "Six of Cups; Queen of Cups rx; Knight of Pentacles rx; Two of Swords; Temperance",
    "partner-need": "Nine of Wands; Four of Swords; Page of Cups; Three of Cups rx; Ten of Wands rx; Strength",
    "emotional-block": "Five of Wands rx; Three of Swords; Two of Cups; The Moon rx; Knight of Cups; Ace of Swords",
}


def _gold(spread, seed=None):
    return tarot.interpret(tarot.lay(spread, GOLD[spread].split("; ")), seed=seed)


def test_the_first_sees_the_vessels_and_the_balance_between_two_of_them():
    """The children's, the Queen's and the angel's are compared, and the thread goes from the Queen to the angel."""
    readings = [_gold("foundation", seed) for seed in range(20)]
    thread = readings[0].plan.thread
    assert (thread.theme, thread.line, thread.positions) == ("balance", "tension", ("heart_wall", "keystone"))
    assert ("vessels", ("floor", "heart_wall", "keystone")) in [
        (link.id, link.positions) for link in readings[0].facts.families
    ]
    seen = [reading for reading in readings if reading.plan.seen.id == "vessels"]
    assert seen
    for reading in seen:
        (last,) = [section.text for section in reading.sections if section.kind == "synthesis"]
        assert "the Six gives one away full of flowers" in last.replace("The Six", "the Six")
        assert "the Queen keeps the lid on" in last.replace("The Queen", "the Queen")


def test_the_second_hears_trust_from_the_first_card_to_the_last():
    """Trust leads, strained in the Nine of Wands and eased in Strength, and the head of the themes says so."""
    reading = _gold("partner-need")
    assert (reading.plan.thread.theme, reading.plan.thread.positions) == ("trust", ("arriving", "opening"))
    assert reading.facts.theme("trust").positions >= 2
    lasts = [_gold("partner-need", seed).sections[-1].passages[0].text for seed in range(20)]
    assert all("trust" in last.lower() for last in lasts)
    assert any("Nine of Wands" in last and "Strength" in last for last in lasts)


def test_the_third_takes_up_the_three_swords_at_the_one():
    """The listed pair is found, and a hinge before the Ace goes back to the swords under the wall."""
    reading = _gold("emotional-block")
    assert "ace-of-swords-three-of-swords" in [link.id for link in reading.facts.pairs]
    stone = next(section for section in reading.sections if section.position == "first_stone")
    picture, hinge, *_ = stone.passages
    assert picture.kind == "picture"
    assert "pairs.ace-of-swords-three-of-swords.hinges." in hinge.key
    assert "sword" in hinge.text.lower()

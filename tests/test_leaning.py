"""How the other cards lean on a trouble, and what it comes to in the end: in words written for each card."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from bare_cards import bare

import intimacy_tarot as tarot
from intimacy_tarot._leaning import LEANING, found_of, knot_of, landing_of, leans_of
from intimacy_tarot._library import card_text
from intimacy_tarot._models import Knot, Orientation, Role, Voice
from intimacy_tarot._plan import plan_of
from intimacy_tarot._scene import scene_of
from intimacy_tarot._senses import Snag
from intimacy_tarot._spread import Owner
from intimacy_tarot._synthesis import _answers

SPREADS = tarot.spread_ids()
WITH_BOTH = ("celtic-cross", "emotional-block", "foundation", "relationship-cross")
"""The spreads that have a ground and an obstacle."""
WISHING = ("after-argument", "check-in", "hard-conversation", "partner-need", "scales")
"""The spreads that have an obstacle and a need, and no ground."""


def _scene(spread, seed):
    return scene_of(tarot.draw(spread, seed=seed), seed)


def _troubles(scene):
    return [position.id for position in scene.with_role(Role.OBSTACLE)]


def test_every_card_of_the_deck_leans_in_words_of_its_own():
    """The packaged deck says of each card, both ways up, twenty-three things that are said of no other."""
    deck = tarot.load_deck("rider-waite-smith")
    said = []
    for card in deck.cards:
        for way in Orientation:
            leans = card_text(deck, card).content.entry(way).leans
            said += [leans.ground.still, *map(leans.obstacle.on, Voice)]
            each = (leans.ground, leans.person, leans.need, leans.strength, leans.counsel)
            said += [one.to(knot) for one in each for knot in Knot]
    assert len(said) == len(set(said)) == 78 * 2 * 23


def test_every_kind_of_trouble_belongs_to_one_of_four():
    """Nine senses of a trouble are told in four kinds, and each kind has some."""
    assert {snag.knot for snag in Snag} == {*Knot}


def _leaning_at(scene, place, hinge):
    """Return whether a hinge is what the card at a place says in its role to the kind of trouble there is."""
    knot, role = knot_of(scene), scene.role(place)
    key = f"{scene.cards[place].orientation}.leans.{role}.{knot}"
    text = getattr(scene.entry(place).leans, role).to(knot)
    return (hinge.text, hinge.key, hinge.file, hinge.kind) == (text, key, scene.texts[place].file, "hinge")


@pytest.mark.parametrize("spread", SPREADS)
def test_a_later_card_takes_up_a_trouble(spread):
    """One card that longs or helps and comes after leans, where no hinge and no lens is, in its own words."""
    met = Counter()
    for seed in range(40):
        order = [position.id for position in tarot.load_spread(spread).positions]
        for taken in ((), order[1::2]):
            scene = _scene(spread, seed)
            troubles = _troubles(scene)
            able = [
                place
                for place in order
                if scene.role(place) in LEANING
                and place not in taken
                and not scene.position(place).lens
                and any(order.index(trouble) < order.index(place) for trouble in troubles)
                and not (scene.role(place) is Role.NEED and spread in WISHING)
            ]
            found = leans_of(scene, taken, 9)
            assert len(found) == min(1, len(able))
            for place, hinge in found.items():
                assert place in able
                assert _leaning_at(scene, place, hinge)
                assert hinge.owner is scene.position(place).owner
                met[place, tuple(taken)] += 1
            assert leans_of(_scene(spread, seed), taken, 1) == found
        assert leans_of(_scene(spread, seed), (), 0) == {}
    if spread == "emotional-block":
        assert {place for place, taken in met if not taken} == {"guards", "window"}


@pytest.mark.parametrize("spread", WITH_BOTH)
def test_a_finding_weighs_a_trouble_and_what_lies_underneath(spread):
    """How the trouble came of it is said, in either card's words, and then how the reader meets it."""
    told = Counter()
    for seed in range(60):
        scene = _scene(spread, seed)
        trouble, ground = _troubles(scene)[0], scene.with_role(Role.GROUND)[0].id
        found = [(it.text, it.key) for it in found_of(scene)]
        voice, knot, leans = scene.voices[ground], knot_of(scene), scene.entry(ground).leans.ground
        below, above = (f"{scene.cards[place].orientation}.leans" for place in (ground, trouble))
        by_ground = [(leans.to(knot), f"{below}.ground.{knot}")]
        finding = getattr(scene.entry(trouble).leans.obstacle, voice)
        by_trouble = [(leans.still, f"{below}.ground.still"), (finding, f"{above}.obstacle.{voice}")]
        told[found[0] == by_ground[0]] += 1
        grown = by_ground if found[0] == by_ground[0] else by_trouble
        assert found[: len(grown)] == grown
        own = [it.id for it in scene.with_role(Role.PERSON) if it.owner is Owner.SELF][:1]
        meeting = [text for text, _ in found[len(grown) :]]
        assert meeting == [scene.entry(place).leans.person.to(knot) for place in own]
        said = [it.text for it in tarot.interpret(scene.draw, seed=seed).passages if it.kind == "synthesis"]
        at = said.index(grown[0][0])
        assert said[at : at + len(grown)] == [text for text, _ in grown]
    assert min(told[True], told[False]) > 15


@pytest.mark.parametrize("spread", WISHING)
def test_where_nothing_lies_underneath_the_wish_is_weighed(spread):
    """How the one who longs meets the trouble, and what it does to the wish, is said at the end, and not before."""
    for seed in range(30):
        scene = _scene(spread, seed)
        wish = scene.with_role(Role.NEED)[0].id
        *meeting, found = found_of(scene)
        assert found.text == scene.entry(wish).leans.need.to(knot_of(scene))
        who = [it.id for it in scene.with_role(Role.PERSON) if it.owner is scene.position(wish).owner][:1]
        assert [it.text for it in meeting] == [scene.entry(place).leans.person.to(knot_of(scene)) for place in who]
        assert wish not in leans_of(scene, (), 2)
        said = [it for section in plan_of(scene, show_themes=True).sections for it in section.passages]
        assert [it.kind for it in said if it.text == found.text] == ["synthesis"]


@pytest.mark.parametrize("spread", sorted({*SPREADS} - {*WITH_BOTH} - {*WISHING}))
def test_a_spread_without_a_trouble_finds_nothing(spread):
    """Where there is no obstacle, or neither ground nor need beside it, the spread answers."""
    for seed in range(10):
        assert found_of(_scene(spread, seed)) == []


@pytest.mark.parametrize("spread", SPREADS)
def test_a_step_is_the_last_word_where_there_is_a_trouble(spread):
    """The counsel's own words for that kind of trouble close the reading proper; else a closing of the spread does."""
    spoken = tarot.load_spread(spread)
    for seed in range(20):
        scene = _scene(spread, seed)
        landing = landing_of(scene)
        sections = plan_of(scene, show_themes=False).sections
        last = [section for section in sections if section.kind in ("synthesis", "answer")][-1].passages[-1]
        assert (landing is not None) == bool(_troubles(scene) and scene.with_role(Role.COUNSEL))
        if landing is None:
            assert last.text in [closing.text for closing in spoken.content.synthesis.closings]
            continue
        counsel = scene.with_role(Role.COUNSEL)[0].id
        assert landing.text == scene.entry(counsel).leans.counsel.to(knot_of(scene))
        assert last == landing


@pytest.mark.parametrize("spread", [*WITH_BOTH, *WISHING])
def test_a_deck_that_does_not_lean_answers_by_senses(spread):
    """Without those words every answer of the spread for what cards name fits some draw, and there is no such hinge."""
    wanted = {answer.id for answer in tarot.load_spread(spread).content.synthesis.answers}
    for seed in range(2000):
        scene = bare(_scene(spread, seed))
        assert leans_of(scene, (), 2) == {}
        assert found_of(scene) == []
        assert landing_of(scene) is None
        wanted -= {answer.id for answer in _answers(scene)}
        if not wanted:
            break
    assert wanted == set()


def test_the_spread_answers_where_the_deck_does_not():
    """A reading of such a deck has one of the spread's answers, with what two cards come to, and a closing."""
    scene = bare(_scene("emotional-block", 3))
    sections = plan_of(scene, show_themes=True).sections
    (answer,) = [section for section in sections if section.kind == "answer"]
    assert [it.file.partition("/")[0] for it in answer.passages] == ["spreads", "wording", "spreads"]


def test_a_deck_may_leave_a_card_out():
    """What a card does not say is not said: each part of the end goes by itself."""
    scene = _scene("emotional-block", 3)
    assert [it.key.split(".")[2] for it in found_of(bare(scene, ["root"]))] == ["obstacle", "person"]
    assert [it.key.split(".")[2] for it in found_of(bare(scene, ["root", "my_side"]))] == ["obstacle"]
    assert found_of(bare(scene, ["wall"])) == []
    assert landing_of(bare(scene, ["first_stone"])) is None
    assert landing_of(bare(scene, ["wall"]))
    assert {*leans_of(bare(scene, ["window"]), (), 9)} == {"guards"}
    wishing = _scene("partner-need", 3)
    assert found_of(bare(wishing, ["beneath"])) == []


def test_a_deck_without_senses_has_no_kind_of_trouble():
    """Where the deck does not say what its cards name, nothing leans on a kind."""
    scene = replace(_scene("emotional-block", 3), senses={})
    assert knot_of(scene) is None
    assert leans_of(scene, (), 2) == {}
    assert landing_of(scene) is None
    assert len(found_of(scene)) == 2


def test_the_verdict_is_given_before_what_is_found():
    """A sentence answers the question, by the voices, by the kind of trouble, or by what is longed for."""
    for spread, count in (("foundation", 24), ("emotional-block", 22), ("partner-need", 22)):
        verdicts = {verdict.text: verdict for verdict in tarot.load_spread(spread).content.synthesis.verdicts}
        seen = set()
        for seed in range(400):
            scene = _scene(spread, seed)
            sections = plan_of(scene, show_themes=False).sections
            passages = [it for section in sections for it in section.passages]
            (at,) = [at for at, it in enumerate(passages) if it.text in verdicts]
            verdict = verdicts[passages[at].text]
            assert verdict.fits(scene.voices, scene.senses)
            assert passages[at].key == f"synthesis.verdicts.{verdict.id}"
            found = found_of(scene)
            if (
                passages[at + 1 : at + 1 + len(found)] != found
            ):  # how a person meets it may have been left out for length
                found = [it for it in found if ".leans.person." not in it.key]
            assert passages[at + 1 : at + 1 + len(found)] == found
            seen.add(verdict.id)
        assert len(seen) == len(verdicts) == count

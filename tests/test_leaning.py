"""How the other cards lean on a trouble, and what it comes to in the end: in words written for each card."""

from __future__ import annotations

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
    """It stands at a card that longs or helps and comes after, where no hinge and no lens is, in that card's words."""
    for seed in range(40):
        order = [position.id for position in tarot.load_spread(spread).positions]
        for taken in ((), order[1::2]):
            scene = _scene(spread, seed)
            troubles, grounds = _troubles(scene), [position.id for position in scene.with_role(Role.GROUND)]
            found = leans_of(scene, taken, 9)
            led = max(grounds[0], troubles[0], key=order.index) if troubles and grounds else None
            for place, hinge in found.items():
                assert place not in taken
                assert not scene.position(place).lens
                if place == led:
                    assert _leaning_at(scene, grounds[0], hinge)
                    continue
                assert any(order.index(trouble) < order.index(place) for trouble in troubles)
                assert _leaning_at(scene, place, hinge)
                assert hinge.owner is scene.position(place).owner
            able = [
                place
                for place in order
                if scene.role(place) in LEANING
                and any(order.index(trouble) < order.index(place) for trouble in troubles)
                and not (scene.role(place) is Role.NEED and spread in WISHING)
            ]
            assert {*found} == {*able, *([led] if led else [])} - {*taken}
            assert [*leans_of(_scene(spread, seed), taken, 1)] == [*found][:1]
            assert led is None or led in taken or next(iter(found)) == led
        assert leans_of(_scene(spread, seed), (), 0) == {}


def test_what_lies_underneath_is_said_to_have_led_to_a_trouble():
    """In the Wall it stands with what the wall stands on, in the House with the crack, whichever comes later."""
    for spread, place in (("emotional-block", "root"), ("foundation", "crack")):
        for seed in range(20):
            scene = _scene(spread, seed)
            ground = scene.with_role(Role.GROUND)[0].id
            found = leans_of(scene, (), 1)
            assert [*found] == [place]
            assert _leaning_at(scene, ground, found[place])


def test_the_seed_chooses_who_leans_after_what_lies_underneath():
    """In the Wall your own side leans on the wall, or what is guarded, or what comes through, by the seed."""
    found = [[*leans_of(_scene("emotional-block", seed), (), 2)] for seed in range(30)]
    assert {places[0] for places in found} == {"root"}
    assert {places[1] for places in found} == {"my_side", "guards", "window"}


@pytest.mark.parametrize("spread", WITH_BOTH)
def test_a_finding_weighs_a_trouble_and_what_lies_underneath(spread):
    """What still lies there is said again, and then what comes of the trouble by the voice of that ground."""
    for seed in range(30):
        scene = _scene(spread, seed)
        trouble, ground = _troubles(scene)[0], scene.with_role(Role.GROUND)[0].id
        below, finding = found_of(scene)
        assert below.text == scene.entry(ground).leans.ground.still
        assert below.key == f"{scene.cards[ground].orientation}.leans.ground.still"
        voice = scene.voices[ground]
        assert finding.text == getattr(scene.entry(trouble).leans.obstacle, voice)
        assert finding.key == f"{scene.cards[trouble].orientation}.leans.obstacle.{voice}"
        said = [(it.kind, it.text) for it in tarot.interpret(scene.draw, seed=seed).passages]
        assert ("synthesis", below.text) in said
        assert said.index(("synthesis", finding.text)) == said.index(("synthesis", below.text)) + 1


def _arriving(scene):
    """Return the first card of whoever wishes, where it lies before the trouble."""
    places = list(scene.spread.positions)
    trouble = next(at for at, it in enumerate(places) if it.role is Role.OBSTACLE)
    owner = next(it.owner for it in places if it.role is Role.NEED)
    return [it.id for it in places[:trouble] if it.role is Role.PERSON and it.owner is owner][:1]


@pytest.mark.parametrize("spread", WISHING)
def test_where_nothing_lies_underneath_the_wish_is_weighed(spread):
    """The first card that longs says in the last paragraph what such a trouble does to its wish, and not before."""
    for seed in range(30):
        scene = _scene(spread, seed)
        wish = scene.with_role(Role.NEED)[0].id
        *coming, found = found_of(scene)
        assert found.text == scene.entry(wish).leans.need.to(knot_of(scene))
        assert [it.text for it in coming] == [
            scene.entry(it).leans.person.to(knot_of(scene)) for it in _arriving(scene)
        ]
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
    assert [it.key.split(".")[2] for it in found_of(bare(scene, ["root"]))] == ["obstacle"]
    assert "root" not in leans_of(bare(scene, ["root"]), (), 9)
    assert found_of(bare(scene, ["wall"])) == []
    assert landing_of(bare(scene, ["first_stone"])) is None
    assert landing_of(bare(scene, ["wall"]))
    assert {*leans_of(bare(scene, ["window"]), (), 9)} == {"root", "guards", "my_side"}
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
            assert passages[at + 1 : at + 1 + len(found)] == found
            seen.add(verdict.id)
        assert len(seen) == len(verdicts) == count

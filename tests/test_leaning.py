"""How later cards lean on a trouble, and what it comes to in the end: in words written for its own card."""

from __future__ import annotations

import pytest

import intimacy_tarot as tarot
from intimacy_tarot._leaning import LEANING, finding_of, leans_of
from intimacy_tarot._models import Orientation, Role
from intimacy_tarot._plan import plan_of
from intimacy_tarot._scene import scene_of
from intimacy_tarot._senses import SnagsFile
from intimacy_tarot._synthesis import _answers

SPREADS = tarot.spread_ids()
WITH_BOTH = ("celtic-cross", "emotional-block", "foundation", "relationship-cross")
"""The spreads that have a ground and an obstacle."""


def _scene(spread, seed):
    return scene_of(tarot.draw(spread, seed=seed), seed)


def _snags(scene):
    return {card.id: card for card in scene.pictures("snags.yaml", SnagsFile).content.cards}


def test_every_trouble_of_the_deck_has_its_words():
    """The packaged deck says of each card, both ways up, four things that are said of no other."""
    snags = _snags(_scene("one-card", 1))
    assert [*snags] == [card.id for card in tarot.load_deck("rider-waite-smith").cards]
    said = [
        getattr(card.of(way), facet)
        for card in snags.values()
        for way in Orientation
        for facet in ("wish", "help", "light", "shadow")
    ]
    assert len(said) == len(set(said)) == 78 * 2 * 4


@pytest.mark.parametrize("spread", SPREADS)
def test_a_later_card_takes_up_a_trouble(spread):
    """It stands at a card that longs or helps and comes after, where no hinge and no lens is, in its own words."""
    for seed in range(40):
        order = [position.id for position in tarot.load_spread(spread).positions]
        for taken in ((), order[1::2]):
            scene = _scene(spread, seed)
            snags = _snags(scene)
            found = leans_of(scene, taken, 2)
            assert len(found) <= 2
            assert len({hinge.text for hinge in found.values()}) == len(found)
            troubles = [position.id for position in scene.with_role(Role.OBSTACLE)]
            for place, hinge in found.items():
                assert place not in taken
                assert not scene.position(place).lens
                facet = LEANING[scene.role(place)]
                earlier = [trouble for trouble in troubles if order.index(trouble) < order.index(place)]
                cards = [scene.cards[trouble] for trouble in earlier]
                assert hinge.text in [getattr(snags[it.card.id].of(it.orientation), facet) for it in cards]
                assert (hinge.kind, hinge.file) == ("hinge", "decks/rider-waite-smith/snags.yaml")
                assert hinge.key.endswith(f".{facet}")
            able = [
                place
                for place in order
                if place not in taken
                and scene.role(place) in LEANING
                and any(order.index(trouble) < order.index(place) for trouble in troubles)
            ]
            kinds = {scene.role(place) for place in able}
            assert len(found) == min(2, len(kinds))
        assert leans_of(_scene(spread, seed), (), 0) == {}


def test_a_reading_that_longs_and_helps_leans_twice():
    """In the Wall the card that is guarded and the one at the window both come back to the wall, in any order."""
    firsts = set()
    for seed in range(30):
        found = leans_of(_scene("emotional-block", seed), (), 2)
        assert {*found} == {"guards", "window"}
        firsts |= {*leans_of(_scene("emotional-block", seed), (), 1)}
    assert firsts == {"guards", "window"}


@pytest.mark.parametrize("spread", SPREADS)
def test_a_finding_weighs_a_trouble_and_what_lies_underneath(spread):
    """It is the trouble's own, by the voice of the first ground; without a ground or a trouble there is none."""
    for seed in range(30):
        scene = _scene(spread, seed)
        finding = finding_of(scene)
        if spread not in WITH_BOTH:
            assert finding is None
            continue
        trouble, ground = scene.with_role(Role.OBSTACLE)[0].id, scene.with_role(Role.GROUND)[0].id
        card, voice = scene.cards[trouble], scene.voices[ground]
        assert finding.text == getattr(_snags(scene)[card.card.id].of(card.orientation), voice.value)
        assert finding.key == f"cards.{card.card.id}.{card.orientation}.{voice}"
        answer = [it for it in tarot.interpret(scene.draw, seed=seed).passages if it.text == finding.text]
        assert [it.kind for it in answer] == ["synthesis"]


@pytest.mark.parametrize("spread", WITH_BOTH)
def test_a_deck_that_says_nothing_of_its_troubles_answers_by_senses(spread):
    """Without that file every answer of the spread for what cards name fits some draw, and there is no such hinge."""
    wanted = {answer.id for answer in tarot.load_spread(spread).content.synthesis.answers}
    for seed in range(2000):
        scene = _without(_scene(spread, seed), lambda _: False)
        assert leans_of(scene, (), 2) == {}
        assert finding_of(scene) is None
        wanted -= {answer.id for answer in _answers(scene)}
        if not wanted:
            break
    assert wanted == set()


def test_the_spread_answers_where_the_deck_does_not():
    """A reading of such a deck has one of the spread's answers, with what two cards come to."""
    scene = _without(_scene("emotional-block", 3), lambda _: False)
    sections = plan_of(scene, show_themes=True).sections
    (answer,) = [section for section in sections if section.kind == "answer"]
    assert [it.file.partition("/")[0] for it in answer.passages] == ["spreads", "wording", "spreads"]


def _without(scene, kept):
    """Return a scene whose deck says what comes of a trouble only for the cards that are kept."""
    read = scene.pictures("snags.yaml", SnagsFile)
    cards = tuple(card for card in read.content.cards if kept(card.id))
    fewer = read._replace(content=SnagsFile(cards)) if cards else None

    class Fewer(type(scene)):
        def pictures(self, name, model):
            return fewer if name == "snags.yaml" else super().pictures(name, model)

    return Fewer(**{name: getattr(scene, name) for name in scene.__dataclass_fields__})


def test_a_deck_may_leave_a_card_out():
    """A trouble of which the deck says nothing is not taken up, and the spread answers."""
    scene = _scene("emotional-block", 3)
    bare = _without(scene, lambda card: card != scene.cards["wall"].card.id)
    assert leans_of(bare, (), 2) == {}
    assert finding_of(bare) is None
    assert leans_of(scene, (), 2)
    assert finding_of(scene)

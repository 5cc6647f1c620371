"""The end of a reading: who may ask, which practice is offered, and when the short note is due."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._closing import DESCRIPTIVE, note_due, practice_of, questions_of
from intimacy_tarot._dealing import Dealing
from intimacy_tarot._library import theme, wording
from intimacy_tarot._models import DrawnCard, Meaning, Orientation, Polarity, Role, ThemeId, Voice
from intimacy_tarot._pick import Picker
from intimacy_tarot._scene import scene_of
from intimacy_tarot._spread import Owner
from intimacy_tarot._thread import Line, Thread
from intimacy_tarot._ways import Matter
from intimacy_tarot._wording import PracticesFile, QuestionsFile

DECK = tarot.load_deck("major-arcana")
CARDS = [DrawnCard(card, turned) for card in DECK.cards for turned in (False, True)]
SPREADS = tarot.spread_ids()


def _drawn(spread, seed, rate=0.5):
    return scene_of(tarot.draw(spread, seed=seed, reversal_rate=rate), seed)


def _laid(spread, cards, seed=1):
    return scene_of(tarot.lay(spread, cards), seed)


def _choose(*wanted):
    """Return a card for each condition, no card twice."""
    chosen = []
    for fits in wanted:
        used = {card.card.id for card in chosen}
        chosen.append(next(card for card in CARDS if card.card.id not in used and fits(card.meaning)))
    return chosen


def _light(meaning) -> bool:
    return meaning.polarity is Polarity.LIGHT and not meaning.care


def _shadow(meaning) -> bool:
    return meaning.polarity is Polarity.SHADOW and not meaning.care


# --- questions


@pytest.mark.parametrize("spread", SPREADS)
def test_only_cards_in_their_own_voice_ask(spread):
    """A card asks where it speaks as it is by itself, and never from the partner's place: a trouble's card first."""
    for seed in range(80):
        scene = _drawn(spread, seed)
        owners = {position.id: position.owner for position in scene.spread.positions}
        may = {
            place
            for place, card in scene.cards.items()
            if card.meaning.polarity in (Polarity.MIXED, scene.voices[place].value)
            and owners[place] is not Owner.PARTNER
        }
        by_file = {(scene.texts[place].file, f"{card.orientation}.ask"): place for place, card in scene.cards.items()}
        asked = [by_file[it.file, it.key] for it in questions_of(scene) if (it.file, it.key) in by_file]
        assert set(asked) <= may
        assert len(asked) == min(len(may), 2 if len(scene.cards) > 2 else 1)
        troubles = [position.id for position in scene.with_role(Role.OBSTACLE)]
        order = [*troubles, *scene.thread.positions, *scene.cards]
        assert asked == [place for place in dict.fromkeys(order) if place in may][: len(asked)]
        for planned in questions_of(replace(scene, picker=Picker(seed))):
            if (planned.file, planned.key) in by_file:
                place = by_file[planned.file, planned.key]
                assert planned.text == scene.entry(place).ask
                assert (planned.theme, planned.voice) == (scene.cards[place].meaning.theme, scene.voices[place])


@pytest.mark.parametrize("spread", SPREADS)
def test_one_question_is_the_articles_by_the_leading_theme(spread):
    """Between the cards' questions stands one of the article's three, the one that goes with the thread's theme."""
    read = wording("en", "questions", QuestionsFile)
    for seed in range(80):
        scene = _drawn(spread, seed)
        found = [(number, it) for number, it in enumerate(questions_of(scene)) if it.file == read.file]
        ((number, planned),) = found
        which = theme(scene.thread.theme).content.reflection
        assert planned.key.partition(".")[0] == which
        assert planned.text in {variant.text for variant in read.content.of(which)}
        assert (planned.kind, planned.theme) == ("question", scene.thread.theme)
        assert number == min(1, len(questions_of(replace(scene, picker=Picker(seed)))) - 1)


def test_where_no_card_may_ask_the_articles_question_stands_alone():
    """A strained card as counsel speaks against itself: it asks nothing, and one question is left."""
    scene = _laid("one-card", _choose(_shadow))
    (only,) = questions_of(scene)
    assert only.file.endswith("questions.yaml")


def test_every_question_of_the_article_is_asked_for_some_theme():
    """The themes name all three of the article's questions and all three of its remedies, and no other."""
    content = [theme(which).content for which in ThemeId]
    assert {it.reflection for it in content} == {"understood", "beyond", "seeking"}
    assert {it.remedy for it in content} == {"communication", "quality_time", "emotional_vulnerability"}


# --- the practice


@pytest.mark.parametrize("spread", SPREADS)
def test_the_practice_is_the_counsels_or_a_remedy(spread):
    """The counsel card's own; or, where the thread is strained and its theme has another remedy, one of that."""
    read = wording("en", "practices", PracticesFile)
    met = Counter()
    for seed in range(120):
        scene = _drawn(spread, seed)
        counsels = [position.id for position in scene.spread.positions if position.role is Role.COUNSEL]
        place = counsels[-1] if counsels else scene.thread.positions[-1]
        card = scene.cards[place]
        wanted, own = (theme(which).content.remedy for which in (scene.thread.theme, card.meaning.theme))
        remedy = bool(counsels) and scene.thread.voice is Voice.SHADOW and own != wanted
        title, planned = practice_of(scene)
        met[remedy] += 1
        if remedy:
            which = theme(scene.thread.theme).content.remedy
            offered = {f"{which}.{it.id}": it for it in read.content.of(which)}[planned.key]
            assert (planned.file, planned.theme) == (read.file, scene.thread.theme)
        else:
            offered = scene.entry(place).practice
            assert (planned.file, planned.theme) == (scene.texts[place].file, card.meaning.theme)
            assert planned.key == f"{card.orientation}.practice"
        assert (title, planned.text, planned.kind) == (offered.title, offered.text, "practice")
    assert met[False] > 10
    assert bool(met[True]) == (len(scene.cards) > 1 and bool(scene.with_role(Role.COUNSEL)))


@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("same", [True, False])
def test_a_remedy_takes_a_strained_thread_and_a_counsel_of_another_kind(voice, same):
    """Both are needed: with the thread at ease, or one remedy for both themes, the counsel card's own is offered."""
    scene = _drawn("emotional-block", 1)
    about = scene.cards["first_stone"].meaning.theme
    own = theme(about).content.remedy
    lead = next(which for which in ThemeId if (theme(which).content.remedy == own) == same and which is not about)
    scene = replace(scene, thread=Thread(lead, Line.SINGLE, voice, ("wall",)))
    _, planned = practice_of(scene)
    remedy = voice is Voice.SHADOW and not same
    assert planned.file.endswith("practices.yaml") == remedy


@pytest.mark.parametrize("matter", Matter)
def test_where_a_remedy_is_due_the_practice_is_one_for_the_matter(matter):
    """The counsel's if it is for the matter, else the trouble's or another card's, else one of the remedy's that is."""
    read = wording("en", "practices", PracticesFile)
    met = Counter()
    for seed in range(60):
        scene = _drawn("emotional-block", seed)
        dealing = Dealing(matter, ("wall",), None, None)
        wanted, own = (
            theme(it).content.remedy for it in (scene.thread.theme, scene.cards["first_stone"].meaning.theme)
        )
        _, planned = practice_of(replace(scene, picker=Picker(seed)), dealing)
        if scene.thread.voice is Voice.LIGHT or own == wanted:
            assert planned == practice_of(scene)[1]
            continue
        able = [it for it in ("first_stone", "wall", *scene.cards) if matter in scene.entry(it).practice.matters]
        apt = {f"{wanted}.{it.id}" for it in read.content.of(wanted) if matter in it.matters}
        if able:
            assert planned.file == scene.texts[able[0]].file
        else:
            assert planned.key in (apt or {f"{wanted}.{it.id}" for it in read.content.of(wanted)})
        met[bool(able)] += 1
    assert met


def _spread_file(tmp_path, name, roles):
    """Return the path of a spread with those roles in a row."""
    positions = {
        f"p{number}": {
            "name": "A place",
            "heading": "A place",
            "asks": "What is here?",
            "role": role,
            "owner": "us",
            "cell": [number + 1, 1],
            "at": f"at place {number}",
            "frames": {"one": {"when": "any", "shape": "image", "text": "A frame of some words."}},
        }
        for number, role in enumerate(roles)
    }
    content = {
        "name": "Made",
        "question": "What now?",
        "source": "test",
        "subtitle": "A made spread.",
        "openings": {"one": "It opens."},
        "positions": positions,
        "synthesis": {"titles": {"one": "All of it."}, "closings": {"one": "It closes."}},
    }
    path = tmp_path / f"{name}.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return path


def test_without_a_counsel_the_threads_last_card_offers_its_practice(tmp_path):
    """A spread without counsel has no remedy: the practice is that of the last card the thread is told by."""
    path = _spread_file(tmp_path, "no-counsel", ["ground", "person", "obstacle"])
    strained = 0
    for seed in range(40):
        scene = scene_of(tarot.draw(path, seed=seed), seed)
        place = scene.thread.positions[-1]
        title, planned = practice_of(scene)
        assert title == scene.entry(place).practice.title
        assert planned.file == scene.texts[place].file
        strained += scene.thread.voice is Voice.SHADOW
    assert strained > 10


def test_of_two_counsels_the_last_offers_the_practice(tmp_path):
    """Where a spread has counsel twice, the later one is what the reading leads up to."""
    path = _spread_file(tmp_path, "two-counsels", ["counsel", "ground", "counsel"])
    cards = [DrawnCard(card) for card in DECK.cards if _light(card.meaning(Orientation.UPRIGHT))][:3]
    scene = scene_of(tarot.lay(path, cards), 1)
    assert scene.thread.voice is Voice.LIGHT
    assert practice_of(scene)[1].file == scene.texts["p2"].file


# --- the short note


def _signs(which) -> dict[str, bool]:
    return {sign.id: sign.consent for sign in theme(which).content.signs}


def _with(scene, role, meaning, *, tender=False, voice=None):
    """Return a one-card scene whose only card has this meaning at this role."""
    position = replace(scene.spread.positions[0], role=role)
    content = replace(scene.spread.content, positions=(position,), tender=tender)
    card = replace(scene.cards["lamp"].card, upright=meaning, reversed=meaning)
    own = {Role.OBSTACLE: Voice.SHADOW, Role.STRENGTH: Voice.LIGHT, Role.COUNSEL: Voice.LIGHT}.get(
        role, Voice.SHADOW if meaning.polarity is Polarity.SHADOW else Voice.LIGHT
    )
    return replace(
        scene,
        spread=replace(scene.spread, content=content),
        cards={"lamp": DrawnCard(card)},
        voices={"lamp": voice or own},
    )


@st.composite
def _meanings(draw):
    which = draw(st.sampled_from(ThemeId))
    others = [other for other in ThemeId if other is not which]
    sign = draw(st.sampled_from([*_signs(which), *(_signs(others[0]))]))
    polarity = draw(st.sampled_from(Polarity))
    return Meaning((which, others[0]), polarity, ("word",), "An essence of words.", sign, draw(st.integers(0, 2)))


BASE = _drawn("one-card", 1)


@given(_meanings(), st.sampled_from(Role), st.booleans(), st.sampled_from(Voice))
def test_the_note_has_three_causes_and_no_other(meaning, role, tender, voice):
    """Care 2 in a descriptive role, care 1 at ground or obstacle of a tender spread, or a sign of consent in shadow."""
    due = note_due(_with(BASE, role, meaning, tender=tender, voice=voice))
    heavy = meaning.care == 2 and role.value in ("ground", "between", "person", "obstacle")
    grief = meaning.care == 1 and tender and role.value in ("ground", "obstacle")
    consent = voice is Voice.SHADOW and _signs(meaning.theme).get(meaning.sign, False)
    assert due == (heavy or grief or consent)


@pytest.mark.parametrize("role", Role)
def test_a_heavy_card_brings_the_note_only_where_it_tells_how_things_are(role):
    """A card of care 2 brings the note at ground, between, person and obstacle, not as need, strength or counsel."""
    meaning = Meaning((ThemeId.TRUST, ThemeId.WORTH), Polarity.LIGHT, ("word",), "An essence.", None, 2)
    assert note_due(_with(BASE, role, meaning)) == (role in DESCRIPTIVE)
    assert {role.value for role in DESCRIPTIVE} == {"ground", "between", "person", "obstacle"}


def test_cards_of_the_deck_bring_the_note_by_each_cause():
    """Laid by hand, each cause alone brings the note, and without any there is none."""
    plain = _choose(_light, _light, _light, _light, _light, _light)
    assert not note_due(_laid("emotional-block", plain))
    consenting = {sign for which in ThemeId for sign, consent in _signs(which).items() if consent}
    heavy = next(card for card in CARDS if card.meaning.care == 2 and card.meaning.sign not in consenting)
    grave = next(card for card in CARDS if card.meaning.care == 1 and card.meaning.sign not in consenting)
    forced = next(card for card in CARDS if card.meaning.sign in consenting and not card.meaning.care)
    places = ["wall", "root", "guards", "my_side", "window", "first_stone"]

    def due(card, place) -> bool:
        others = [other for other in plain if other.card.id != card.card.id]
        spare = next(it for it in CARDS if _light(it.meaning) and it.card not in [o.card for o in [*others, card]])
        row = [*others, spare][:6]
        row[places.index(place)] = card
        return note_due(_laid("emotional-block", row))

    assert {place for place in places if due(heavy, place)} == {"wall", "root", "my_side"}
    assert {place for place in places if due(grave, place)} == {"wall", "root"}
    assert {place for place in places if due(forced, place)} == {"wall", "root", "guards", "my_side"}


def test_the_same_cards_bring_no_note_in_a_spread_that_is_not_tender():
    """A card of care 1 at the ground brings the note in a tender spread and not in another."""
    meaning = Meaning((ThemeId.TRUST, ThemeId.WORTH), Polarity.LIGHT, ("word",), "An essence.", None, 1)
    assert note_due(_with(BASE, Role.GROUND, meaning, tender=True))
    assert not note_due(_with(BASE, Role.GROUND, meaning))
    assert tarot.load_spread("emotional-block").content.tender

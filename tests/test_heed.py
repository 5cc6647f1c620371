"""What is taken from a typed question: when it calls for care, and the theme that it names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._heed import HeardFile, HeededFile, kind_of, theme_of
from intimacy_tarot._library import theme, wording
from intimacy_tarot._models import Role, ThemeId
from intimacy_tarot._planned import Kind
from intimacy_tarot._scene import scene_of
from intimacy_tarot._spread import Owner
from intimacy_tarot._thread import HEARD
from intimacy_tarot._wording import CareFile, SoloFile

QUESTIONS = yaml.safe_load((Path(__file__).parent / "data" / "questions.yaml").read_text(encoding="utf-8"))
EVERY_SPREAD = pytest.mark.parametrize("spread", tarot.spread_ids())
FEARFUL = "Why am I scared of my husband?"
STATED = "My boyfriend hit me on Sunday. Does he love me?"
EXPECTED = {"plain": Kind.CARE, "suspicion": Kind.SOLO, "harmless": Kind.READING}
SUPPORT = "Our desk knows who is near."


@cache
def _scene():
    return scene_of(tarot.draw("emotional-block", seed=1), 1)


def _kind(question):
    return kind_of(_scene(), question)


def _counted(group, kind):
    found = [_kind(one["text"]) for one in QUESTIONS[group] if one["kind"] == kind]
    return {one: found.count(one) for one in Kind}, len(found)


# --- when a question calls for care


@pytest.mark.parametrize("group", QUESTIONS)
def test_a_plain_statement_of_harm_is_answered_with_help(group):
    """No question of the corpus that states harm gets cards."""
    counts, all_ = _counted(group, "plain")
    assert counts[Kind.CARE] == all_ >= 20


@pytest.mark.parametrize("group", QUESTIONS)
def test_a_hint_of_harm_brings_the_note_first(group):
    """No question of the corpus that hints at fear or control gets an ordinary reading."""
    counts, all_ = _counted(group, "suspicion")
    assert counts[Kind.READING] == 0
    assert counts[Kind.SOLO] >= all_ - 1


@pytest.mark.parametrize("group", QUESTIONS)
def test_a_harmless_question_gets_its_reading(group):
    """At most one in ten of the harmless questions brings the note, and none is left without a reading."""
    counts, all_ = _counted(group, "harmless")
    assert counts[Kind.CARE] == 0
    assert counts[Kind.SOLO] <= all_ / 10


def test_no_question_is_an_ordinary_reading():
    """Where nothing was typed there is nothing to heed, and nothing to hear."""
    assert kind_of(_scene(), None) is Kind.READING
    assert theme_of(_scene(), None) is None


@pytest.mark.parametrize("question", [FEARFUL, STATED, "He won't let me see my friends", "I'm afraid of her temper"])
def test_curled_and_straight_quotes_are_one(question):
    """A phone's apostrophes change nothing of what is heeded."""
    assert _kind(question.replace("'", "\u2019")) is _kind(question) is not Kind.READING


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=500))
@settings(deadline=None)
def test_any_question_is_heeded_in_some_way(question):
    """Whatever is typed, it is of one kind, and names one theme or none."""
    assert _kind(question) in Kind
    assert theme_of(_scene(), question) in {None, *ThemeId}


@pytest.mark.parametrize("part", ["harmless", "suspicion", "plain"])
def test_every_expression_is_one_that_can_be_tried_in_bounded_time(part):
    """Each compiles, repeats nothing without a bound, repeats no group that repeats, and looks back at no group."""
    expressions = getattr(wording("en", "heeded", HeededFile).content, part)
    heard = wording("en", "heard", HeardFile).content
    words = [one for which in ThemeId for one in heard.of(which).words] if part == "plain" else []
    for expression in (*expressions, *words):
        re.compile(expression.text)
        bare = re.sub(r"\\.|\[[^\]]*\]", "x", expression.text)
        assert not re.search(r"[*+]|\{\d+,\}|\)\{\d+,\d{3,}\}|\\[1-9]", bare), expression.id
        assert len(expression.text) <= 400, expression.id


# --- a reading for one person alone


@EVERY_SPREAD
def test_a_solo_reading_has_its_note_first_and_nothing_joint(spread):
    """Note, opening, a place for each card, a close, two questions, a practice, the footer; nothing links or claims."""
    for seed in range(12):
        reading = tarot.read(spread, seed=seed, question=FEARFUL, partner="Robin")
        kinds = [section.kind for section in reading.sections]
        places = ["position"] * len(reading.draw.positions)
        assert kinds == ["care", "opening", *places, "synthesis", "questions", "practice", "footer"]
        assert reading.kind is Kind.SOLO
        said = {passage.kind for passage in reading.passages}
        assert said <= {"care", "solo", "picture", "card", "question", "practice", "footer"}
        assert str(reading.plan).startswith("kind: solo\n")
        passages = [passage.text for passage in reading.passages]
        assert len(set(passages)) == len(passages)


@EVERY_SPREAD
def test_in_a_solo_reading_nobody_else_is_explained(spread):
    """A card speaks at a ground and in the reader's own place only, and never for the partner."""
    read = wording("en", "solo", SoloFile).content
    for position in tarot.load_spread(spread).positions:
        instead = read.at(position.role, position.owner)
        own = position.role in (Role.GROUND, Role.PERSON) and position.owner is not Owner.PARTNER
        assert (instead is None) is own
        if position.owner is Owner.PARTNER:
            assert instead == ("partner", read.partner)


def test_every_solo_wording_can_be_read():
    """Every note, opening, passage, close, question and practice for one person alone is said for some seed."""
    content = wording("en", "solo", SoloFile).content
    lists = [name for name in SoloFile.__dataclass_fields__ if name != "title"]
    left = {f"wording/en/solo.yaml#{name}.{one.id}" for name in lists for one in getattr(content, name)}
    for seed in range(300):
        for spread in ("emotional-block", "you-partner-us"):
            left -= {passage.id for passage in tarot.read(spread, seed=seed, question=FEARFUL).passages}
    assert left == set()


# --- no reading, and help in its place


@EVERY_SPREAD
def test_a_plain_statement_gets_help_and_no_cards(spread):
    """No card, no heading and no word of the question is printed: only what may help, and the footer."""
    reading = tarot.read(spread, seed=3, question=STATED, reader="Sam", partner="Robin", support_text=SUPPORT)
    assert reading.kind is Kind.CARE
    assert [section.kind for section in reading.sections] == ["care", "footer"]
    for text in (reading.to_text(), reading.to_markdown()):
        assert SUPPORT in text.replace("\\", "")
        assert not any(card.card.name in text for card in reading.draw.cards)
        assert not {"Sunday", "Sam", "Robin", reading.question} & set(re.findall(r"\w+", text))
        assert reading.question not in text
        assert not text.startswith("\n")
    assert str(reading.plan).startswith("kind: care\n")


def test_every_answer_to_a_plain_statement_can_be_read():
    """Each wording is said for some seed, and names someone to trust, a service, emergencies and a crisis line."""
    left = {f"plain.{one.id}" for one in wording("en", "care", CareFile).content.plain}
    for seed in range(80):
        passage = tarot.read("one-card", seed=seed, question=STATED).passages[0]
        left.discard(passage.key)
        for help_ in ("trust", "service", "emergency services", "crisis line"):
            assert help_ in passage.text
    assert left == set()


@pytest.mark.parametrize("question", [FEARFUL, STATED, "How do I learn to trust her again?"])
def test_a_heeded_reading_goes_through_json_and_back(question):
    """It is equal, prints the same, and its support text stands in every format."""
    reading = tarot.read("foundation", seed=5, question=question, support_text=SUPPORT)
    again = tarot.Reading.from_json(reading.to_json())
    assert again == reading
    assert str(again) == str(reading)
    assert SUPPORT in str(reading)
    assert SUPPORT in reading.to_markdown()
    assert SUPPORT in reading.to_json()


@pytest.mark.parametrize("question", [FEARFUL, STATED, "How do I learn to trust her again?", None])
def test_a_public_record_does_not_tell_what_was_asked(question):
    """With private=False the record of a draw is the same, whatever kind of question came with it."""
    plain = tarot.read("foundation", seed=5).to_dict(private=False)
    assert tarot.read("foundation", seed=5, question=question).to_dict(private=False) == plain


# --- the theme that a question names

NAMED = [
    ("How do I learn to trust her again?", "trust"),
    ("Why do we never talk about sex any more, and can I trust him?", "repair"),
    ("We feel like roommates", "bond"),
    ("Why is he always on his phone?", "presence"),
    ("Do I still feel desired?", "worth"),
    ("What does eye contact mean to us?", "unspoken"),
    ("Our sex drives don't match", "balance"),
    ("Why do I never feel understood?", "understanding"),
    ("What should I know about us?", None),
    ("Will we be happy this summer?", None),
]


@pytest.mark.parametrize(("question", "named"), NAMED)
def test_the_theme_that_a_question_names_first_is_heard(question, named):
    """Each theme is heard in ordinary words, and a question that names none turns nothing."""
    assert theme_of(_scene(), question) == named
    reading = tarot.read("emotional-block", seed=4, question=question)
    assert reading.plan.heard == named
    if named is None:
        assert [p.id for p in reading.passages] == [p.id for p in tarot.read("emotional-block", seed=4).passages]


@EVERY_SPREAD
def test_a_heard_theme_turns_the_opening_and_the_closing_question(spread):
    """The opening ends in a sentence for the theme, and the article's question is the theme's own."""
    turns = {f"trust.turns.{one.id}" for one in wording("en", "heard", HeardFile).content.trust.turns}
    which = theme(ThemeId.TRUST).content.reflection
    for seed in range(20):
        reading = tarot.read(spread, seed=seed, question="Can I trust her?")
        opening = next(section for section in reading.sections if section.kind == "opening")
        assert opening.passages[-1].key in turns
        assert f"wording/en/questions.yaml#{which}." in "".join(passage.id for passage in reading.passages)
        assert "heard: trust" in str(reading.plan).splitlines()


def test_every_turn_towards_a_theme_can_be_read():
    """Every sentence that turns an opening is said for some seed."""
    content = wording("en", "heard", HeardFile).content
    asked = {named: question for question, named in NAMED if named}
    left = {f"{which}.turns.{one.id}" for which in ThemeId for one in content.of(which).turns}
    for which, seed in ((which, seed) for which in ThemeId for seed in range(40)):
        left -= {passage.key for passage in tarot.read("one-card", seed=seed, question=asked[which]).passages}
    assert left == set()


def test_a_heard_theme_leads_where_it_comes_close():
    """Half a deviation behind the first, and with no theme on three cards of its own, the theme asked about leads."""
    moved = 0
    for seed in range(200):
        scene = scene_of(tarot.draw("emotional-block", seed=seed), seed)
        present = [fact for fact in scene.facts.themes if fact.positions]
        first = max(present, key=lambda fact: fact.z)
        close = [fact for fact in present if first.z - HEARD <= fact.z < first.z]
        widest = max(fact.positions for fact in present)
        if widest >= 3 or not close:
            continue
        assert scene.turned_to(close[0].theme).thread.theme is close[0].theme
        moved += 1
    assert moved > 20
    scene = _scene()
    absent = next(fact.theme for fact in scene.facts.themes if not fact.positions)
    assert scene.turned_to(absent).thread == scene.thread
    assert scene.turned_to(None) is scene

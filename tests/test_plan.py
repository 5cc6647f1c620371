"""The plan of a reading: its parts in order, its measures, and what it never does twice."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from importlib.resources import files

import pytest
import yaml
from bare_cards import bare
from hypothesis import given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._argument import argues
from intimacy_tarot._card_text import CardText
from intimacy_tarot._framing import ENOUGH_LEANS, MOST_LEANS
from intimacy_tarot._length import LEAST_THEMES, MOST_WORDS, TITLE_WORDS, fitted
from intimacy_tarot._library import wording
from intimacy_tarot._models import FRAGMENT_OF, DrawnCard, Orientation, Role, ThemeId, Voice
from intimacy_tarot._pick import Picker
from intimacy_tarot._plan import _kept_to, leads, plan_of
from intimacy_tarot._planned import Plan, Planned, PlannedSection, Seen, used_names, words_of
from intimacy_tarot._scene import scene_of
from intimacy_tarot._seen import number
from intimacy_tarot._spread import Shape
from intimacy_tarot._synthesis import MOST_SAID_AGAIN, _bridge, _bridged, _shortened, telling
from intimacy_tarot._template import PERSON, render
from intimacy_tarot._thread import Line, Thread
from intimacy_tarot._wording import HeadingsFile, LensesFile, ThreadFile

SEEDS = 200
SIX = ("emotional-block", "partner-need")
SEVERAL = tuple(spread for spread in tarot.spread_ids() if len(tarot.load_spread(spread).positions) > 1)
EVERY_SPREAD = pytest.mark.parametrize("spread", tarot.spread_ids())
PARTS = re.compile(r"opening( position)+ synthesis( answer)? questions practice( care)? footer( themes)?")


@cache
def _readings(spread) -> tuple[tarot.Reading, ...]:
    people = [{}, {"partner": "Robin"}, {"partner": "Robin", "reader": "Sam"}]
    return tuple(tarot.read(spread, seed=seed, **people[seed % 3]) for seed in range(SEEDS))


@cache
def _met(spread, seed):
    return scene_of(tarot.draw(spread, seed=seed), seed)


def _scene(spread, seed):
    """Return a scene from which nothing has been picked yet."""
    return replace(_met(spread, seed), picker=Picker(seed))


def _words(text) -> int:
    return sum(any(c.isalnum() for c in word) for word in text.split())


# --- measures


@pytest.mark.parametrize("spread", SIX)
def test_a_six_card_reading_is_neither_short_nor_long(spread):
    """Everything printed comes to 500 to 850 words, headings, questions, practice, note and themes included."""
    counts = [_words(str(reading)) for reading in _readings(spread)]
    assert min(counts) >= 500
    assert max(counts) <= 850


@EVERY_SPREAD
def test_no_passage_stands_twice_in_a_reading(spread):
    """Neither an address nor a text is repeated."""
    for reading in _readings(spread):
        assert max(Counter(passage.id for passage in reading.passages).values()) == 1
        assert max(Counter(passage.text for passage in reading.passages).values()) == 1


@EVERY_SPREAD
def test_no_fragment_is_printed_twice_in_a_reading(spread):
    """What a card comes to is taken up once: by a frame, by the thread, by an answer or by a closing."""
    kinds = {*FRAGMENT_OF.values(), "fragment"}
    for reading in _readings(spread):
        passages = [it for section in reading.plan.sections for it in section.passages if it.kind != "pattern"]
        fragments = [said for it in passages for name, said in it.names if name.rpartition(".")[2] in kinds]
        assert len(fragments) == len(set(fragments))
        text = " ".join(section.text for section in reading.sections).lower()
        for fragment in fragments:
            assert text.count(fragment.lower()) == 1, fragment
        handles = [name for it in passages for name, _ in it.names if name.endswith(".handle")]
        assert len(handles) == len(set(handles))


@pytest.mark.parametrize("spread", SEVERAL)
def test_no_frame_is_heard_in_a_fifth_of_readings(spread):
    """Over 200 seeds, each frame stands in fewer than one reading in five."""
    counts = Counter(it.id for reading in _readings(spread) for it in reading.passages if it.kind == "frame")
    assert {id_: count for id_, count in counts.items() if count >= SEEDS / 5} == {}


@EVERY_SPREAD
def test_no_neighbors_are_framed_in_one_shape(spread):
    """In a finished reading two neighboring frames always begin differently; bare passages stand between the rest."""
    shapes = {
        f"positions.{position.id}.frames.{frame.id}": frame.shape
        for position in tarot.load_spread(spread).positions
        for frame in position.frames
    }
    for reading in _readings(spread):
        before = None
        for section in reading.plan.sections:
            frames = [shapes[it.key] for it in section.passages if it.kind == "frame"]
            assert len(frames) <= 1
            assert not frames or frames[0] is not before
            before = frames[0] if frames else None


# --- words


NAMES = {"wall.snag": "a closed face", "window.gift": "light", "count.all": "six", "root.past": "one word, then two"}
PIECES = st.lists(
    st.one_of(
        st.sampled_from(["Begin", "from", "here,", "and", "rest."]),
        st.builds(
            "{{{{ {}{} }}}}{}".format,
            st.sampled_from([*NAMES]),
            st.sampled_from(["", " | cap_first"]),
            st.sampled_from(["", ",", ".", ":", "?", ";"]),
        ),
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


@given(PIECES)
def test_a_wording_counts_as_many_words_as_it_comes_to(text):
    """The words planned for are those of the rendered passage, whatever mark follows a name."""
    names = tuple(NAMES.items())
    found: dict[str, dict[str, str]] = {}
    for name, said in names:
        first, _, attribute = name.partition(".")
        found.setdefault(first, {})[attribute] = said
    assert words_of(text, names) == len(render(text, found).split())


def test_a_person_counts_as_two_words():
    """Names that are filled in later, a person's, count as two words."""
    assert words_of("{{ P.Subj }} may rest beside {{ partner.obj }} now", ()) == 8
    assert words_of("", ()) == 0


def test_a_section_counts_its_heading_and_card():
    """A section is its heading, its card's name and its passages."""
    passages = (Planned("card", "f", "k", "Four words stand here."), Planned("frame", "f", "l", "Two words."))
    assert PlannedSection("position", "The wall", passages, "wall", "The Fool, reversed").words == 2 + 3 + 4 + 2
    assert PlannedSection("footer", None, passages).words == 6
    assert PlannedSection("position", "As {{ partner.subj }} may be", ()).words == 5


@EVERY_SPREAD
def test_the_words_planned_are_the_words_printed(spread):
    """Counted section by section, the plan foresees the reading to within two words for each mention of a person."""
    for seed in range(40):
        reading = tarot.read(spread, seed=seed, partner="Ann Lee")
        for planned, said in zip(reading.plan.sections, reading.sections, strict=True):
            printed = " ".join(filter(None, (said.heading, said.card, said.picture, said.text))).split()
            people = sum(len(re.findall(r"\{\{ (P|partner)\.", it.text)) for it in planned.passages)
            people += (planned.heading or "").count("{{ partner.")
            assert abs(planned.words - len(printed)) <= 2 * people


# --- fitting


KINDS = st.sampled_from(["frame", "hinge", "card", "synthesis"])
SECTIONS = st.lists(st.lists(st.tuples(KINDS, st.integers(1, 120)), max_size=4), min_size=1, max_size=8)


@given(SECTIONS)
def test_what_is_too_long_loses_frames_and_then_hinges(rows):
    """Frames go from the last section up, then hinges, until it fits or none is left; nothing else is ever dropped."""
    sections = [
        PlannedSection(
            "position",
            None,
            tuple(Planned(kind, "f", f"{here}.{n}", "word " * words) for n, (kind, words) in enumerate(row)),
        )
        for here, row in enumerate(rows)
    ]
    shorter = fitted(list(sections))
    room = MOST_WORDS - TITLE_WORDS

    def total(some) -> int:
        return sum(section.words for section in some)

    kept = {it.key for section in shorter for it in section.passages}
    dropped = [(here, it) for here, section in enumerate(sections) for it in section.passages if it.key not in kept]
    for before, after in zip(sections, shorter, strict=True):
        assert [it for it in before.passages if it.key in kept] == list(after.passages)
    assert {it.kind for _, it in dropped} <= {"frame", "hinge"}
    assert bool(dropped) <= (total(sections) > room)
    left = [(here, it.kind) for here, section in enumerate(shorter) for it in section.passages]
    if total(shorter) > room:
        assert not {kind for _, kind in left} & {"frame", "hinge"}
    hinges = [here for here, it in dropped if it.kind == "hinge"]
    if hinges:
        assert "frame" not in {kind for _, kind in left}
    for kind in ("frame", "hinge"):
        gone = [here for here, it in dropped if it.kind == kind]
        stay = [here for here, which in left if which == kind]
        assert not gone or not stay or max(stay) < min(gone)
    if dropped:
        last = min(here for here, it in dropped if it.kind == ("hinge" if hinges else "frame"))
        again = [
            replace(section, passages=(*section.passages, *(it for at, it in dropped if at == here == last)))
            for here, section in enumerate(shorter)
        ]
        assert total(again) > room


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(-20, 60), st.integers())
def test_the_highest_wording_that_fits_is_taken_or_the_shortest(lengths, room, seed):
    """Among those within the room the rank decides; where none is within it, one of the shortest is taken."""
    scene = replace(_scene("one-card", 1), picker=Picker(seed))
    said = {f"v{n}": Planned("synthesis", "f", f"v{n}", "word " * words) for n, words in enumerate(lengths)}
    found = _shortened(scene, "slot", said, room)
    most = max(room, min(lengths))
    ranked = Picker(seed).ranked("slot", [*map(_Id, said)])
    assert found == next(said[it.id] for it in ranked if said[it.id].words <= most)


class _Id:
    def __init__(self, id_) -> None:
        self.id = id_


# --- the parts


@EVERY_SPREAD
@pytest.mark.parametrize("show_themes", [True, False])
def test_the_parts_of_a_reading_stand_in_order(spread, show_themes):
    """Opening, positions, synthesis, questions, practice, the note if due, the footer, and the themes if wanted."""
    for seed in range(40):
        scene = _scene(spread, seed)
        plan = plan_of(scene, show_themes=show_themes)
        kinds = " ".join(section.kind for section in plan.sections)
        assert PARTS.fullmatch(kinds)
        assert kinds.endswith("themes") == show_themes
        assert [s.position for s in plan.sections if s.kind == "position"] == list(scene.cards)
        assert [s.card for s in plan.sections if s.kind == "position"] == [card.name for card in scene.cards.values()]
        assert plan.thread is scene.thread


@EVERY_SPREAD
def test_every_card_says_its_own_passage_for_its_role(spread):
    """Each position has exactly one card passage, with its owner, theme and voice, and a sign only in shadow."""
    for seed in range(40):
        scene = _scene(spread, seed)
        plan = plan_of(scene, show_themes=False)
        for position, section in zip(scene.spread.positions, plan.sections[1:], strict=False):
            (card,) = [it for it in section.passages if it.kind == "card"]
            meaning = scene.cards[position.id].meaning
            behind = section.passages[section.passages.index(card) + 1 :]
            assert all(it.kind in ("hinge", "pattern") and not leads(it, position) for it in behind)
            assert len(behind) <= (position.role is not Role.COUNSEL)
            entry = scene.entry(position.id)
            assert card.text == getattr(*((entry.lenses, position.lens) if position.lens else (entry, position.role)))
            assert (card.owner, card.theme, card.voice) == (position.owner, meaning.theme, scene.voices[position.id])
            assert card.sign == (meaning.sign if card.voice is Voice.SHADOW else None)
            assert section.heading == position.heading


def test_a_lens_has_a_passage_of_its_own():
    """Where a position looks at one side of closeness, the card's passage for that side stands alone."""
    for seed in range(40):
        scene = _scene("foundation", seed)
        sections = plan_of(scene, show_themes=False).sections[1:]
        for position, section in zip(scene.spread.positions, sections, strict=False):
            if position.lens:
                picture, card = section.passages
                assert picture.kind == "picture"
                assert card.key == f"{scene.cards[position.id].orientation}.lenses.{position.lens}"


def test_a_card_without_such_passages_says_which_side_is_meant():
    """Its positions with a lens open with a line on it or with a frame, never both, and no hinge; others never do."""
    opened = set()
    for seed in range(60):
        scene = bare(_scene("foundation", seed))
        lenses = wording("en", "lenses", LensesFile).content
        for position, section in zip(
            scene.spread.positions, plan_of(scene, show_themes=False).sections[1:], strict=False
        ):
            picture, *passages = section.passages
            assert (picture.kind, picture.text) == ("picture", scene.texts[position.id].content.image)
            kinds = [it.kind for it in passages]
            if position.lens:
                assert kinds in (["lens", "card"], ["frame", "card"])
                assert passages[1].text == scene.entry(position.id).between
                opened.add(kinds[0])
            if kinds[0] == "lens":
                assert passages[0].text in {variant.text for variant in lenses.of(position.lens)}
                assert position.lens
    assert opened == {"lens", "frame"}


@EVERY_SPREAD
def test_the_themes_are_told_once_each_in_the_voice_in_which_they_came(spread):
    """The last part has a line for each theme that was primary, in the order and voice of its first card.

    Where the reading would be too long the last of them are left out, but never the first.
    """
    for seed in range(40):
        scene = _scene(spread, seed)
        plan = plan_of(scene, show_themes=True)
        lines = [it for it in plan.sections[-1].passages if it.file.startswith("themes/")]
        first = {}
        for place, card in scene.cards.items():
            first.setdefault(card.meaning.theme, scene.voices[place])
        assert [(line.theme, line.voice) for line in lines] == [*first.items()][: len(lines)]
        told = len(plan.sections[-1].passages)
        if len(lines) < len(first):
            assert told >= LEAST_THEMES
        headings = wording("en", "headings", HeadingsFile).content
        for line in lines:
            content = scene.theme(line.theme).content
            assert line.text == getattr(headings, f"theme_{line.voice}")
            assert dict(line.names) == {
                "theme.running": content.running,
                "theme.line": getattr(content, line.voice.value),
                "theme.section": content.section,
            }


# --- the synthesis


def _thread_told(plan):
    """Return the sentence that tells the thread, and the kind of the section it stands in."""
    ((kind, it),) = [
        (section.kind, it)
        for section in plan.sections
        for it in section.passages
        if it.file == "wording/en/thread.yaml"
    ]
    return kind, it


@EVERY_SPREAD
def test_the_synthesis_goes_from_what_is_seen_to_a_close(spread):
    """What is seen, if anything is, an answer, a close; where there is no answer, the thread with its bridge stands in.

    So it does where nothing is seen, and the answer is the spread's own. Where the cards argue, a matter that they deal
    with and the spread's verdict stand there, and the close is the step. Last comes the echo of the opening.
    """
    for seed in range(40):
        scene = _scene(spread, seed)
        plan = plan_of(scene, show_themes=True)
        synthesis, *more = [section for section in plan.sections if section.kind in ("synthesis", "answer")]
        looked = {None: 0, "axis": 2, "family": 2, "motif": 1}[plan.seen and plan.seen.kind]
        *rest, echo = [*synthesis.passages[looked:], *(it for section in more for it in section.passages)]
        assert echo.kind == "echo"
        wordings = scene.spread.content.synthesis
        found = argues(scene)
        able = [variant for variant in wordings.answers if variant.fits(scene.voices, scene.senses)]
        answers = [f"synthesis.answers.{variant.id}" for variant in able]
        assert synthesis.heading in {title.text for title in wordings.titles}
        kind, thread = _thread_told(plan)
        assert thread.key.partition(".")[0] == scene.thread.line
        assert (thread.theme, thread.voice) == (scene.thread.theme, scene.thread.voice)
        told = not found and not (looked and answers)
        assert (kind == "synthesis") == told
        if told:
            assert rest.pop(0) == thread
            if rest[0].kind == "bridge":  # it may have been left out for length
                rest.pop(0)
        verdicts = [it for it in rest if it.key.startswith("synthesis.verdicts.")]
        assert len(verdicts) == bool(found and wordings.verdicts)
        assert bool(more) == (not told and bool(looked))
        if more:
            assert len(synthesis.passages) == looked
            assert more[0].heading is None
        rest = [it for it in rest if it not in verdicts]
        if found:
            assert ".leans.steps." in rest[-1].key or rest[-1].key.startswith("otherwise.counsel.")
            assert all("/ways/" in it.file for it in rest[:-1])
            assert len(rest) <= (1 if looked else 3)
            continue
        if answers:
            assert rest.pop(0).key in answers
            if len(rest) > 1:
                assert rest.pop(0).file.startswith("wording/en/relations/")
        (close,) = rest
        assert close.key.startswith("synthesis.closings.")


@EVERY_SPREAD
def test_without_the_themes_the_thread_is_told_in_the_last_paragraph_or_not_at_all(spread):
    """What stands at the head of the themes is left out with them."""
    for seed in range(20):
        sections = plan_of(_scene(spread, seed), show_themes=False).sections
        told = [section.kind for section in sections for it in section.passages if it.file == "wording/en/thread.yaml"]
        assert told in ([], ["synthesis"])


def _said_of(scene, place):
    fragment = scene.entry(place).fragment(scene.role(place))
    return {"at": scene.at(place), "ref": scene.ref(place), "fragment": fragment}


@EVERY_SPREAD
def test_the_thread_tells_what_the_cards_at_its_places_come_to(spread):
    """It names the theme, and fills in where a place is, its card and its role's fragment."""
    for seed in range(40):
        scene = _scene(spread, seed)
        thread = scene.thread
        _, it = _thread_told(plan_of(scene, show_themes=True))
        names = dict(it.names)
        assert set(names) == used_names(it.text)
        places = [place for place in thread.positions if scene.role(place) is not Role.COUNSEL]
        ends = {
            Line.TENSION: {"strained": thread.positions[0], "eased": thread.positions[-1]},
            Line.ECHO: {"first": places[0] if places else "", "last": places[-1] if places else ""},
        }.get(thread.line, {})
        for name, said in names.items():
            end, _, what = name.partition(".")
            if name == "theme.running":
                assert said == scene.theme(thread.theme).content.running
            elif name == "count.all":
                assert said == number(len(thread.positions))
            else:
                among = [ends[end]] if ends else thread.positions
                assert said in {_said_of(scene, place)[what] for place in among}


@pytest.mark.parametrize(("spread", "line", "role", "key"), [
    ("emotional-block", Line.TENSION, Role.COUNSEL, "tension"),
    ("emotional-block", Line.TENSION, Role.STRENGTH, "tension"),
    ("emotional-block", Line.SINGLE, Role.NEED, "single.wished"),
    ("emotional-block", Line.SINGLE, Role.COUNSEL, "single.offered"),
    ("emotional-block", Line.SINGLE, Role.OBSTACLE, "single.shadow"),
    ("foundation", Line.SINGLE, Role.BETWEEN, "single.light"),
    ("one-card", Line.ALONE, Role.COUNSEL, "alone"),
])  # fmt: skip
def test_what_is_done_is_told_otherwise_than_what_is_found(spread, line, role, key):
    """A counsel is told as something to do, a need as a wish, and any other place as what is found there."""
    for seed in range(SEEDS):
        scene = _scene(spread, seed)
        thread = scene.thread
        if thread.line is not line or scene.role(thread.positions[-1]) is not role:
            continue
        if key in ("single.light", "single.shadow") and not key.endswith(thread.voice):
            continue
        if len(thread.positions) == 1 or line is Line.TENSION:
            _, it = _thread_told(plan_of(scene, show_themes=True))
            assert it.key.rpartition(".")[0] == key
            break
    else:
        pytest.fail("no such draw among the seeds")


@EVERY_SPREAD
def test_the_question_of_the_article_is_never_left_out(spread):
    """However long a reading is, one of its questions is among the article's."""
    for reading in _readings(spread):
        assert any("questions.yaml" in it.file for it in reading.passages if it.kind == "question")


@EVERY_SPREAD
def test_a_frame_that_leans_takes_up_an_earlier_card(spread):
    """It names positions that come before its own, no two neighbors lean, and at most two in a reading."""
    leaning = 0
    for seed in range(60):
        scene = bare(_scene(spread, seed))
        shapes = {
            f"positions.{position.id}.frames.{frame.id}": frame.shape
            for position in scene.spread.positions
            for frame in position.frames
        }
        before, leans = [], 0
        for section in plan_of(scene, show_themes=False).sections:
            for it in section.passages:
                if it.kind == "frame":
                    assert {name.partition(".")[0] for name, _ in it.names} <= set(before)
                    leans += shapes[it.key] is Shape.LEAN
            before += [section.position] if section.position else []
        assert leans <= MOST_LEANS
        leaning += leans
    most = max(sum(frame.shape is Shape.LEAN for frame in place.frames) for place in scene.spread.positions)
    assert leaning or most < ENOUGH_LEANS
    assert most or not leaning


@EVERY_SPREAD
def test_fragments_are_those_of_the_cards_that_lie_there(spread):
    """A frame, an answer or a closing is filled with the role's fragment, the name or the handle of its own card."""
    for seed in range(40):
        scene = _scene(spread, seed)
        for section in plan_of(scene, show_themes=False).sections:
            for it in section.passages:
                if it.kind != "frame" and not it.key.startswith(("synthesis.answers.", "synthesis.closings.")):
                    continue
                assert {name for name, _ in it.names} == {
                    name for name in used_names(it.text) if name.partition(".")[2] not in PERSON
                }
                for name, said in it.names:
                    place, _, fragment = name.partition(".")
                    role = next(position.role for position in scene.spread.positions if position.id == place)
                    if fragment == "ref":
                        assert said == scene.ref(place)
                        continue
                    assert fragment == FRAGMENT_OF[role] or (role is Role.OBSTACLE and fragment == "handle")
                    assert said == getattr(scene.entry(place), fragment)


@EVERY_SPREAD
def test_a_bridge_is_of_the_thread_and_says_nothing_again_if_it_can(spread):
    """It is on the thread's theme, in its voice, at one of its places: one that repeats nothing, if there is one."""
    for seed in range(40):
        scene = _scene(spread, seed)
        thread = scene.thread
        place = _bridged(scene)
        bridge = _bridge(scene, place)
        assert bridge.voice is thread.voice
        assert bridge.theme is thread.theme
        assert bridge.text == getattr(scene.entry(place).bridge, bridge.voice.value)
        assert bridge.key == f"{scene.cards[place].orientation}.bridge.{bridge.voice}"
        if thread.line is Line.TENSION:
            assert place == thread.positions[0]
            continue
        again = {}
        for there in thread.positions:
            entry = scene.entry(there)
            said = telling(getattr(entry.bridge, thread.voice.value))
            again[there] = len(said & telling(entry.passage(scene.role(there)))) > MOST_SAID_AGAIN
        assert again[place] <= all(again.values())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Doors and a door, and the DOOR that somebody pours over.", {"door", "pour"}),
        ("It was you, and a cup.", set()),
        ("This is theirs, yours and others'.", set()),
        ("Harbor lights; harbor light.", {"harbor", "light"}),
    ],
)
def test_telling_words_are_long_uncommon_and_without_their_plural(text, words):
    """Words of four letters or more count by their stem; common ones, whatever their form, and short ones do not."""
    assert telling(text) == words


# --- spreads and decks of one's own


def _spread_file(tmp_path, name, roles, **synthesis):
    """Return the path of a spread with those roles, four to a row."""
    positions = {
        f"p{number}": {
            "name": "A place",
            "heading": "A place",
            "asks": "What is here?",
            "role": role,
            "owner": "us",
            "cell": [number % 4 + 1, number // 4 + 1],
            "at": f"at place {number}",
            "frames": {"one": {"when": "any", "shape": "image", "text": f"A frame for the place of number {number}."}},
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
        "synthesis": {"titles": {"one": "All of it."}, "closings": {"one": "It closes."}} | synthesis,
    }
    path = tmp_path / f"{name}.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return path


def test_a_spread_without_counsel_answers_or_obstacle_reads_through(tmp_path):
    """Nothing but a need and a ground is enough: the reading has all its parts and no answer."""
    path = _spread_file(tmp_path, "bare", ["ground", "need"])
    for seed in range(20):
        reading = tarot.read(path, seed=seed)
        assert PARTS.fullmatch(" ".join(section.kind for section in reading.sections))
        assert not any("answers" in passage.key for passage in reading.passages)


def test_an_opening_may_be_for_what_a_card_names(tmp_path):
    """Openings for the kind of trouble that lies there come before those for any, and those for another never."""
    openings = {
        "for-any": "It begins.",
        "kept-in": {"senses": ["p0.silence", "p0.guess", "p0.mask"], "text": "Listen for what is kept in."},
        "sharp": {"senses": ["p0.sharpness"], "text": "Look out for edges."},
    }
    path = _spread_file(tmp_path, "opened", ["obstacle", "need"])
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    (first, *_) = content["positions"]
    openings = yaml.safe_load(yaml.safe_dump(openings).replace("p0.", f"{first}."))
    path.write_text(yaml.safe_dump(content | {"openings": openings}, sort_keys=False), encoding="utf-8")
    kept_in, began = ("silence", "guess", "mask"), {}
    for seed in range(120):
        draw = tarot.draw(path, seed=seed)
        sense = str(scene_of(draw, seed).senses[first])
        opening = tarot.interpret(draw, seed=seed).passages[0]
        wanted = "kept-in" if sense in kept_in else "sharp" if sense == "sharpness" else "for-any"
        assert opening.key == f"openings.{wanted}"
        began[opening.key] = opening.text
    assert sorted(began.values()) == ["It begins.", "Listen for what is kept in.", "Look out for edges."]


@pytest.mark.parametrize("count", [10, 11, 12, 22])
def test_a_spread_of_many_positions_reads_through(tmp_path, count):
    """However many cards a spread has, every draw of it can be told, and numbers beyond ten are told too."""
    roles = [role.value for role in Role]
    path = _spread_file(tmp_path, "wide", (roles * 4)[:count])
    for seed in range(30):
        reading = tarot.read(path, seed=seed)
        assert len([section for section in reading.sections if section.kind == "position"]) == count
        assert "{" not in str(reading)


def test_an_answer_may_choose_between_two_wordings(tmp_path):
    """If and else are part of what an answer may hold, and what they ask for is there to be asked."""
    answers = {"one": "{% if p0.snag and not p1.move %}Never{% else %}So be it{% endif %}, then."}
    path = _spread_file(tmp_path, "choosing", ["obstacle", "counsel"], answers=answers)
    said = [it.text for it in tarot.read(path, seed=1).passages if "answers" in it.key]
    assert said == ["So be it, then."]


def _copied_deck(tmp_path, cards):
    """Return the folder of a deck of a few majors with their text, and nothing about what their pictures share."""
    whole = files("intimacy_tarot.decks") / "rider-waite-smith"
    manifest = yaml.safe_load((whole / "deck.yaml").read_text(encoding="utf-8"))
    folder = tmp_path / "few"
    (folder / "major_arcana").mkdir(parents=True)
    for card in cards:
        name = f"{card.replace('.', '/')}.yaml"
        (folder / name).write_text(whole.joinpath(*name.split("/")).read_text(encoding="utf-8"), encoding="utf-8")
    manifest |= {"id": "few", "cards": {card: manifest["cards"][card] for card in cards}}
    (folder / "deck.yaml").write_text(yaml.safe_dump(manifest, sort_keys=False), encoding="utf-8")
    return folder


CARDS = tuple(f"major_arcana.{number:02}" for number in (0, 6, 12, 13, 16, 17, 20))


def test_a_deck_without_pictures_looks_at_nothing(tmp_path):
    """Where a deck says nothing of its pictures, there is no hinge, and the synthesis begins with a verdict."""
    folder = _copied_deck(tmp_path, CARDS)
    named = yaml.safe_load((files("intimacy_tarot.decks") / "rider-waite-smith" / "senses.yaml").read_text("utf-8"))
    senses = {"cards": {card: named["cards"][card] for card in CARDS}}
    (folder / "senses.yaml").write_text(yaml.safe_dump(senses), encoding="utf-8")
    for seed in range(20):
        reading = tarot.read("emotional-block", seed=seed, deck=folder)
        assert reading.plan.seen is None
        assert "hinge" not in {passage.kind for passage in reading.passages}
        (synthesis,) = [section for section in reading.sections if section.kind == "synthesis"]
        verdict, *_, echo = synthesis.passages
        assert verdict.key.startswith("synthesis.verdicts.")
        assert echo.kind == "echo"


# --- the scene


def test_a_scene_knows_its_places():
    """Where a position is, what its card is called, which positions ask for a role, and what is written there."""
    scene = scene_of(tarot.lay("three-mirrors", ["The Hermit", "The Moon", "Strength rx"]), 1)
    content = tarot.load_spread("three-mirrors").positions
    assert [scene.at(position.id) for position in content] == [position.at for position in content]
    assert [scene.ref(position.id) for position in content] == ["the Hermit", "the Moon", "Strength"]
    assert scene.with_role(Role.NEED) == tuple(position for position in content if position.role is Role.NEED)
    assert scene.with_role(Role.OBSTACLE) == ()
    assert scene.entry("seeking") == scene.texts["seeking"].content.entry(Orientation.REVERSED)


def test_a_card_is_in_its_own_voice_where_its_base_is():
    """At an obstacle a light card is not in its own voice, a shadow one is, and a mixed one always is."""
    deck = tarot.load_deck("major-arcana")
    found = set()
    for seed in range(200):
        scene = _scene("emotional-block", seed)
        for place, card in scene.cards.items():
            base = card.meaning.polarity.value
            assert scene.own_voice(place) == (base in ("mixed", scene.voices[place]))
            found.add((base, scene.own_voice(place)))
    assert found == {("light", True), ("light", False), ("shadow", True), ("shadow", False), ("mixed", True)}
    assert len(deck.cards) == 22


def test_a_card_without_text_is_a_fault(tmp_path):
    """A drawn card that has no text anywhere is told as missing, by its deck and file, and never left silent."""
    folder = _copied_deck(tmp_path, CARDS)
    (folder / "major_arcana" / "13.yaml").unlink()
    deck = tarot.load_deck(folder)
    with pytest.raises(tarot.ContentError, match=r"found no text for Death in the deck 'few'") as caught:
        scene_of(tarot.lay("one-card", [DrawnCard(deck.find("death"))], deck=folder), 1)
    assert [problem.code for problem in caught.value.problems] == ["missing-text"]


def _digest(folder) -> str:
    return tarot.interpret(tarot.lay("one-card", ["Death"], deck=folder)).content.digest


def test_the_digest_is_of_what_was_used_and_only_of_its_meaning(tmp_path):
    """It changes with the drawn card's words, and not with another card's, a comment, or where the deck lies."""
    folder = _copied_deck(tmp_path, CARDS)
    before = _digest(folder)
    used, other = folder / "major_arcana" / "13.yaml", folder / "major_arcana" / "12.yaml"
    other.write_text(other.read_text(encoding="utf-8").replace("ref:", "ref: Sir"), encoding="utf-8")
    used.write_text("# a remark\n" + used.read_text(encoding="utf-8"), encoding="utf-8")
    assert _digest(folder) == before
    (tmp_path / "elsewhere").mkdir()
    assert _digest(folder.rename(tmp_path / "elsewhere" / "few")) == before
    used = tmp_path / "elsewhere" / "few" / "major_arcana" / "13.yaml"
    used.write_text(used.read_text(encoding="utf-8").replace("ref:", "ref: Sir"), encoding="utf-8")
    assert _digest(tmp_path / "elsewhere" / "few") != before


def test_two_readings_of_the_same_content_have_one_digest():
    """The digest is of files, whatever order they were read in, and differs where other cards were drawn."""
    one, same, other = (tarot.read("foundation", seed=seed) for seed in (1, 1, 2))
    assert one.content == same.content
    assert one.content.digest != other.content.digest
    assert one.content.version == tarot.__version__


# --- a plan as text


def test_a_plan_prints_its_decisions():
    """Its lines are the thread, what is seen, and the address of every passage under its part."""
    passage = Planned("card", "decks/d/x.yaml", "upright.need", "Words.")
    sections = (
        PlannedSection("position", "A place", (passage,), "wall", "The Fool"),
        PlannedSection("footer", None, (replace(passage, key="footer"),)),
    )
    thread = Thread(ThemeId.BOND, Line.TENSION, Voice.SHADOW, ("wall", "root"))
    ends = ["position.wall: decks/d/x.yaml#upright.need", "footer: decks/d/x.yaml#footer"]
    told = "thread: bond, tension (wall, root)"
    axis, motif = Seen("axis", "eyes", ("wall",), "one"), Seen("motif", "water", ("wall", "root"))
    assert str(Plan(thread, None, sections)).splitlines() == [told, *ends]
    assert str(Plan(thread, axis, sections)).splitlines() == [told, "seen: axis eyes one", *ends]
    assert str(Plan(thread, motif, sections)).splitlines() == [told, "seen: motif water", *ends]


def test_a_printed_plan_lists_every_passage_of_its_reading():
    """The addresses that a reading's plan prints are those of its passages, in order."""
    reading = tarot.read("emotional-block", seed=3)
    printed = [line.split(": ", 1)[1] for line in str(reading.plan).splitlines() if "#" in line]
    assert printed == [passage.id for passage in reading.passages]


def test_every_thread_has_wordings_and_every_text_its_roles():
    """There is a wording for each line of a thread, and an entry has a passage and a fragment for each role."""
    threads = wording("en", "thread", ThreadFile).content
    assert all(threads.of(key) for key in ("tension", "single.wished", "single.offered"))
    assert all(threads.of(f"{line}.{voice}") for line in (Line.ECHO, Line.SINGLE) for voice in Voice)
    assert threads.of(Line.ALONE)
    text = _scene("one-card", 1).texts["lamp"].content
    assert isinstance(text, CardText)
    assert all(text.upright.passage(role) and text.upright.fragment(role) for role in Role)


def test_lines_of_themes_go_last_first_until_it_fits_and_some_stay():
    """A reading that is too long loses last lines of its themes, as few as it can, before a hinge. A rarity stays."""
    lines = tuple(Planned("theme", "f", f"t.{n}", "word " * 10) for n in range(7))
    hinge = PlannedSection("opening", None, (Planned("hinge", "f", "p", "word " * 30),))
    pattern = Planned("pattern", "f", "r", "word")
    for spare in range(-5, 90):
        card = Planned("card", "f", "c", "word " * (MOST_WORDS - TITLE_WORDS - spare))
        sections = [hinge, PlannedSection("position", None, (card, pattern)), PlannedSection("themes", None, lines)]
        first, kept, last = fitted(sections)
        gone = min(len(lines) - LEAST_THEMES, max(0, -(-(1 + 30 + 70 - spare) // 10)))
        assert [it.key for it in last.passages] == [it.key for it in lines[: len(lines) - gone]]
        assert bool(first.passages) == (1 + 30 + 70 - 10 * gone <= spare)
        assert pattern in kept.passages


def test_what_was_to_be_watched_is_not_announced_where_it_is_not_met():
    """Where the card that turns it has lost its hinge for length, the opening does not tell the reader to watch."""
    opening = Planned("opening", "f", "openings.a", "It begins.")
    watch = Planned("opening", "f", "watch.a", "Watch the hands.")
    hinge = Planned("hinge", "f", "touches.a", "Here is a hand.")
    card = Planned("card", "f", "c", "A card.")
    first = PlannedSection("opening", None, (opening, watch))
    met = (first, PlannedSection("position", None, (hinge, card), "wall"))
    lost = (first, PlannedSection("position", None, (card,), "wall"))
    assert _kept_to(met, {"wall": hinge}) == met
    assert _kept_to(lost, {"wall": hinge}) == (replace(first, passages=(opening,)), lost[1])
    assert _kept_to(lost, {}) == lost

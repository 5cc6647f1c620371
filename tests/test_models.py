"""The values that content becomes: cards, entries, spreads and shared wording."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import typing
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intimacy_tarot import _axes, _card_text, _models, _patterns, _pictures, _spread, _wording
from intimacy_tarot._axes import ByRole, SeenFile
from intimacy_tarot._card_text import PERSON_NAMES, Bridge, CardText, Entry, Practice
from intimacy_tarot._models import (
    FRAGMENT_OF,
    Arcana,
    Card,
    DeckFile,
    DrawnCard,
    Element,
    Keyed,
    Meaning,
    Orientation,
    Polarity,
    Rank,
    Role,
    Suit,
    Text,
    ThemeId,
    Voice,
)
from intimacy_tarot._pictures import Axis, Pattern, Side, Sight, Sights
from intimacy_tarot._spread import (
    Frame,
    Lens,
    OpenVariant,
    Owner,
    Position,
    Shape,
    Spread,
    SpreadFile,
    Synthesis,
    Variant,
    When,
)
from intimacy_tarot._template import PERSON, PERSONS
from intimacy_tarot._ways import Matter
from intimacy_tarot._wording import LensesFile, PracticesFile, QuestionsFile

SUITS = ["wands", "cups", "swords", "pentacles"]
PIPS = ["ace", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
COURTS = ["page", "knight", "queen", "king"]
CHOICES = {
    Arcana: ["major", "minor"],
    Suit: SUITS,
    Rank: PIPS + COURTS,
    Element: ["fire", "water", "air", "earth"],
    Orientation: ["upright", "reversed"],
    Voice: ["light", "shadow"],
    Polarity: ["light", "shadow", "mixed"],
    ThemeId: ["bond", "trust", "unspoken", "presence", "repair", "worth", "balance", "understanding"],
    Role: ["ground", "person", "between", "need", "obstacle", "strength", "counsel"],
    Owner: ["self", "partner", "us"],
    Lens: ["emotional", "physical"],
    When: ["any", "light", "shadow"],
    Shape: ["image", "position", "question", "person", "name", "lean"],
    Axis: ["eyes", "hands", "ground", "distance", "weather"],
    Side: ["open", "closed", "none"],
    Pattern: ["one", "same", "turn", "few", "even"],
    Matter: [
        "words",
        "questions",
        "load",
        "guard",
        "pace",
        "price",
        "pose",
        "attention",
        "hold",
        "start",
        "choice",
        "hurt",
        "view",
        "room",
        "nearness",
        "weight",
        "touch",
    ],
}
MAJORS = [f"major_arcana.{number:02}" for number in range(22)]
MINORS = [f"minor_arcana.{suit}.{rank}" for suit in SUITS for rank in PIPS + COURTS]
MODELS = sorted(
    {
        one
        for module in (_card_text, _models, _pictures, _spread, _wording)
        for _, one in inspect.getmembers(module, dataclasses.is_dataclass)
    },
    key=lambda model: model.__name__,
)

MEANINGS = st.builds(
    Meaning,
    themes=st.tuples(st.sampled_from(ThemeId), st.sampled_from(ThemeId)),
    polarity=st.sampled_from(Polarity),
    keywords=st.just(("one", "two")),
    essence=st.just("words"),
    sign=st.just("unheard"),
    care=st.integers(0, 2),
)
CARDS = st.builds(
    Card,
    id=st.sampled_from(MAJORS + MINORS),
    name=st.text(min_size=1, max_size=9),
    element=st.none() | st.sampled_from(Element),
    number=st.none() | st.integers(0, 21),
    number_meaning=st.just("a meaning"),
    upright=MEANINGS,
    reversed=MEANINGS,
)


def meaning(**changes) -> Meaning:
    given_ = {"themes": (ThemeId.BOND, ThemeId.TRUST), "polarity": Polarity.LIGHT, "keywords": (), "essence": "x"}
    return Meaning(**given_ | changes)


def card(card_id: str) -> Card:
    return Card(card_id, "A Card", None, None, "nothing", meaning(), meaning(essence="y"))


def named(model: type, **given_) -> object:
    """Return a model whose text fields hold their own names, but for what is given."""
    names = [field.name for field in dataclasses.fields(model)]
    return model(**{name: name for name in names} | given_)


def position(key: str, role: Role) -> Position:
    return named(Position, id=key, role=role, frames=(), cell=(1, 1))


def test_every_choice_is_known_here():
    """No choice is added to the content without a line in this file."""
    enums = {
        one
        for module in (_card_text, _models, _pictures, _spread, _wording)
        for _, one in inspect.getmembers(module, inspect.isclass)
        if hasattr(one, "__members__") and one.__name__ != "StrEnum"
    }
    assert enums == set(CHOICES)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.__name__)
def test_a_choice_holds_these_words_in_this_order(choice):
    """The words of the YAML files and their order, which is deck order for suits and ranks, stay as they are."""
    assert [member.value for member in choice] == CHOICES[choice]


@pytest.mark.parametrize("rank", Rank)
def test_four_ranks_are_courts(rank):
    """Page, knight, queen and king are courts, and the pips are not."""
    assert rank.court is (rank.value in COURTS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_model_is_frozen_and_slotted(model):
    """No model can be changed after it is made, nor grow an attribute."""
    assert model.__dataclass_params__.frozen
    assert "__slots__" in vars(model)
    assert all(not field.type.startswith(("list", "dict", "set")) for field in dataclasses.fields(model))


def test_text_holds_some_words_and_no_names_unless_told():
    """A text field's room is 1 to 400 words, without names, as a sentence."""
    assert Text() == (1, 400, (), False)
    assert Keyed().least == 0


def test_every_text_has_room_and_known_names():
    """No field asks for more words than it has room for, and each name it may use is one that can be checked."""
    notes = {
        (model.__name__, name): note
        for model in MODELS
        for name, hint in typing.get_type_hints(model, include_extras=True).items()
        for note in getattr(hint, "__metadata__", ())
        if isinstance(note, Text)
    }
    assert ("Entry", "ground") in notes
    for where, note in notes.items():
        assert 1 <= note.least <= note.most, where
        assert note.names == ("*",) or set(note.names) <= set(PERSONS), where


ROOM = {
    **{f"Entry.{role.value}": (38, 52) for role in Role},
    **{f"Entry.{name}": (4, 10) for name in ("past", "stance", "air", "wish", "snag", "gift")},
    "Entry.move": (5, 10),
    "Entry.handle": (2, 4),
    "Entry.ask": (9, 18),
    "Bridge.light": (12, 24),
    "Bridge.shadow": (12, 24),
    "Practice.title": (2, 4),
    "Practice.text": (28, 42),
    "CardText.ref": (1, 6),
    "CardText.image": (3, 22),
    "CardText.image_alt": (3, 15),
    "CardText.state": (4, 9),
    "CardText.thing": (3, 6),
    "Meaning.essence": (8, 18),
    "Shown.text": (4, 18),
    "Lensed.physical": (38, 52),
    "Steps.ask": (16, 40),
    "Frame.text": (4, 24),
}
PHRASES = {*FRAGMENT_OF.values(), "handle", "state", "thing"}


@pytest.mark.parametrize("where", ROOM)
def test_a_card_has_the_room_that_authors_were_given(where):
    """The budgets of a card's text are what its words were written to, and only its phrases are fragments."""
    model, name = where.split(".")
    found = {one.__name__: one for one in MODELS}[model]
    note = typing.get_type_hints(found, include_extras=True)[name].__metadata__[0]
    assert (note.least, note.most, note.fragment) == (*ROOM[where], model != "Frame" and name in PHRASES)
    mentions = (
        PERSON_NAMES
        if where in ("Entry.person", "Entry.need", "NeedLeans.hard", "PersonLeans.unsaid")
        else ("*",)
        if model == "Frame"
        else ()
    )
    assert note.names == mentions


def test_the_names_of_a_person_are_those_that_templates_know():
    """A person passage may name P and the partner, and nobody else."""
    assert tuple(PERSONS) == PERSON_NAMES


def test_each_role_has_a_passage_and_a_fragment_of_its_own():
    """Every role has a field of its own in an entry, and a fragment of its own by which it is taken up."""
    fields = {field.name for field in dataclasses.fields(Entry)}
    assert list(FRAGMENT_OF) == list(Role)
    assert {role.value for role in Role} | set(FRAGMENT_OF.values()) <= fields
    assert len(set(FRAGMENT_OF.values())) == len(Role)


@pytest.mark.parametrize("role", Role)
def test_an_entry_answers_for_a_role(role):
    """An entry gives the passage and the fragment of the role that is asked for."""
    entry = named(Entry)
    assert entry.passage(role) == role.value
    assert entry.fragment(role) == FRAGMENT_OF[role]


@given(care=st.integers(-1, 3) | st.integers(), sign=st.none() | st.just("unheard"), polarity=st.sampled_from(Polarity))
def test_a_meaning_is_refused_for_its_care_or_a_missing_sign(care, sign, polarity):
    """Care is 0, 1 or 2, and a meaning in shadow names its sign; nothing else is refused."""
    changes = {"care": care, "sign": sign, "polarity": polarity}
    if care not in (0, 1, 2):
        with pytest.raises(ValueError, match=f"^found care {care}, expected 0, 1 or 2$"):
            meaning(**changes)
    elif sign is None and polarity is Polarity.SHADOW:
        with pytest.raises(ValueError, match=r"^found no sign, expected the sign that this strained meaning shows$"):
            meaning(**changes)
    else:
        made = meaning(**changes)
        assert (made.care, made.sign, made.polarity) == (care, sign, polarity)


def test_a_meaning_asks_no_care_and_names_no_sign_unless_told():
    """A meaning is without care and without a sign by default."""
    assert (meaning().care, meaning().sign) == (0, None)


@given(MEANINGS)
def test_the_primary_theme_comes_first(made):
    """A meaning's theme is the first of its two."""
    assert made.theme is made.themes[0]


@pytest.mark.parametrize("card_id", MAJORS)
def test_a_major_has_neither_suit_nor_rank(card_id):
    """The 22 majors are read from their ids."""
    made = card(card_id)
    assert (made.arcana, made.suit, made.rank) == (Arcana.MAJOR, None, None)


@pytest.mark.parametrize("card_id", MINORS)
def test_a_minor_has_the_suit_and_rank_of_its_id(card_id):
    """The 56 minors are read from their ids."""
    made = card(card_id)
    assert made.arcana is Arcana.MINOR
    assert f"minor_arcana.{made.suit.value}.{made.rank.value}" == card_id
    assert isinstance(made.suit, Suit)
    assert isinstance(made.rank, Rank)


@pytest.mark.parametrize(
    "card_id",
    [
        "",
        "major_arcana.22",
        "major_arcana.0",
        "major_arcana.000",
        "major_arcana.١٢",
        "major_arcana.00\n",
        "Major_arcana.00",
        "major_arcana_00",
        "minor_arcana.cups",
        "minor_arcana.cups.two.two",
        "minor_arcana.coins.two",
        "minor_arcana.cups.fool",
        "../major_arcana.00",
        " major_arcana.00",
    ],
)
def test_another_id_is_refused(card_id):
    """What is no card's id is told, with two that are."""
    with pytest.raises(ValueError) as told:  # the whole message is held against the text below
        card(card_id)
    expected = f"found the card id {card_id!r}, expected one like major_arcana.17 or minor_arcana.cups.two"
    assert str(told.value) == expected


@given(st.text(max_size=30) | st.sampled_from(MAJORS + MINORS) | st.from_regex(r"\A(major|minor)_arcana\.[a-z0-9.]*"))
def test_only_the_78_ids_are_cards(card_id):
    """No text but the 78 ids makes a card."""
    try:
        card(card_id)
    except ValueError:
        assert card_id not in MAJORS + MINORS
    else:
        assert card_id in MAJORS + MINORS


@given(CARDS, st.booleans())
def test_a_drawn_card_speaks_as_it_lies(made, turned):
    """A drawn card gives the orientation, the meaning and the name of the way up it lies."""
    drawn = DrawnCard(made, turned)
    assert drawn.orientation is (Orientation.REVERSED if turned else Orientation.UPRIGHT)
    assert drawn.meaning is (made.reversed if turned else made.upright)
    assert drawn.meaning is made.meaning(drawn.orientation)
    assert drawn.name == str(drawn) == made.name + (", reversed" if turned else "")


@given(CARDS, st.sampled_from(Orientation))
def test_a_card_has_a_meaning_for_each_way_up(made, orientation):
    """A meaning is found by the orientation or by its word, and by no other word."""
    assert made.meaning(orientation) is made.meaning(orientation.value) is getattr(made, orientation.value)
    with pytest.raises(ValueError, match="sideways"):
        made.meaning("sideways")


@given(CARDS)
def test_a_card_lies_upright_unless_told(made):
    """A drawn card is upright by default."""
    assert DrawnCard(made).orientation is Orientation.UPRIGHT


@given(CARDS, st.booleans())
def test_a_card_is_a_value(made, turned):
    """Cards compare, hash, copy and pickle by what they hold."""
    drawn = DrawnCard(made, turned)
    for twin in (pickle.loads(pickle.dumps(drawn)), copy.deepcopy(drawn)):  # noqa: S301  our own
        assert twin == drawn
        assert hash(twin) == hash(drawn)
    with pytest.raises(dataclasses.FrozenInstanceError):
        drawn.card = made


def test_a_card_text_answers_for_each_way_up():
    """A card's text holds one entry for each orientation."""
    upright = named(Entry, bridge=Bridge("light", "shadow"), practice=Practice("title", "text"))
    turned = dataclasses.replace(upright, ground="other")
    text = named(CardText, upright=upright, reversed=turned)
    assert text.entry(Orientation.UPRIGHT) is upright
    assert text.entry(Orientation.REVERSED) is turned


def test_a_manifest_needs_no_cards_of_its_own():
    """A deck that extends another may leave its cards and what it keeps to it."""
    made = DeckFile("majors", "Majors", "en", "other")
    assert (made.cards, made.keep) == ((), ())
    assert DeckFile("own", "Own", "en").extends is None


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize("polarity", Polarity)
def test_a_frame_fits_its_own_base_or_any(when, polarity):
    """A frame for any card fits all, a frame for light or shadow only its own; a mixed base fits neither."""
    assert when.fits(polarity) is (when is When.ANY or str(when) == str(polarity))


def test_a_spread_speaks_for_its_file():
    """A spread gives the name, question and positions of its content."""
    content = named(SpreadFile, positions=(position("one", Role.NEED),))
    spread = Spread("an-id", "spreads/an-id.yaml", "digest", content)
    assert (spread.name, spread.question, spread.positions) == ("name", "question", content.positions)


@given(st.dictionaries(st.sampled_from(["past", "one", "two", "ours", "door"]), st.sampled_from(Role)))
def test_a_spread_offers_each_position_with_its_fragment(roles):
    """Answers may name each position by its fragment and its card, an obstacle by its handle, and the partner.

    A frame may name those that come before its own.
    """
    positions = tuple(position(key, role) for key, role in roles.items())
    names = Spread("", "", "", named(SpreadFile, positions=positions)).names()
    assert set(names) == {*roles, "partner"}
    assert names["partner"] == PERSON
    for key, role in roles.items():
        handle = ("handle",) if role is Role.OBSTACLE else ()
        assert names[key] == (FRAGMENT_OF[role], "ref", *handle)
    for number, key in enumerate(roles):
        before = Spread("", "", "", named(SpreadFile, positions=positions)).names(before=key)
        assert before == {name: names[name] for name in ([*roles][:number])} | {"partner": PERSON}


@pytest.mark.parametrize("side", Side)
def test_a_sight_with_a_side_has_a_clause(side):
    """What is seen on a side can be told of; only what is on neither side may go without a clause."""
    assert Sight("up", side, "a clause").clause == "a clause"
    if side is Side.NONE:
        assert Sight("up", side).clause is None
    else:
        with pytest.raises(ValueError, match=r"^found no clause, expected one"):
            Sight("up", side)


def test_what_a_spread_may_leave_out():
    """A position lies straight and without a lens, a spread is not tender and has no answers, unless told."""
    parts = (
        ("p", "name", "heading", "asks", Role.NEED, Owner.US, (1, 1), "at"),
        (Frame("f", When.ANY, Shape.NAME, "x"),),
    )
    made = Position(*parts[0], parts[1])
    assert (made.lens, made.rotate) == (None, 0)
    synthesis = Synthesis((Variant("t", "x"),), (OpenVariant("c", "x"),))
    assert synthesis.answers == ()
    assert SpreadFile("n", "q", "s", "sub", (), (made,), synthesis).tender is False


@pytest.mark.parametrize(
    ("model", "choice"),
    [(ByRole, Role), (Sights, Axis), (SeenFile, Pattern), (LensesFile, Lens)],
    ids=lambda one: one.__name__,
)
def test_a_file_answers_for_each_choice(model, choice):
    """A file of wording gives the field of the choice that is asked for, and has one for each."""
    held = named(model)
    assert [held.of(one) for one in choice] == [one.value for one in choice]


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (QuestionsFile, ["understood", "beyond", "seeking"]),
        (PracticesFile, ["communication", "quality_time", "emotional_vulnerability"]),
        (LensesFile, ["emotional", "physical"]),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_file_answers_for_each_of_its_words(model, words):
    """Questions, practices and lenses are found by the word for them, and each word is a field."""
    held = named(model)
    assert [held.of(word) for word in words] == words == [field.name for field in dataclasses.fields(model)]
    with pytest.raises(AttributeError):
        held.of("other")


@pytest.mark.parametrize(
    "names",
    [
        _pictures.EARLIER_LATER,
        _pictures.PAIR,
        _axes.SEEN,
        _axes.FAMILY,
        *(names for names in _wording.THREAD.values() if names),
        *_patterns.PATTERN.values(),
        *_wording.HEADINGS.values(),
    ],
)
def test_wording_can_name_only_what_templates_can_look_up(names):
    """The names offered to wording, and their attributes, are plain words, none of them private."""
    assert names
    for name, attributes in names.items():
        assert all(word.isidentifier() and not word.startswith("_") for word in (name, *attributes))
        holder = SimpleNamespace(**dict.fromkeys(attributes, ""))
        assert set(vars(holder)) == set(attributes) != set()


def test_headings_with_names_are_fields():
    """Each heading that may hold names is a field of the headings, and the others may hold none."""
    fields = {field.name for field in dataclasses.fields(_wording.HeadingsFile)}
    hints = typing.get_type_hints(_wording.HeadingsFile, include_extras=True)
    open_ones = {name for name in fields if hints[name].__metadata__[0].names == ("*",)}
    assert open_ones == set(_wording.HEADINGS)

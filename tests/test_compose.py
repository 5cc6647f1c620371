"""The plan in words: names first and pronouns after, nothing left open, and the article's claims where they belong."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from itertools import product

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._compose import Passage, Section, claims_at, compose
from intimacy_tarot._library import card_text
from intimacy_tarot._models import Orientation, Role, ThemeId, Voice
from intimacy_tarot._person import Person
from intimacy_tarot._planned import Plan, Planned, PlannedSection
from intimacy_tarot._spread import Owner
from intimacy_tarot._thread import Line, Thread

THREAD = Thread(ThemeId.BOND, Line.ALONE, Voice.LIGHT, ("lamp",))
PARTNERS = {
    "nobody": (None, "your partner", ("they", "them", "their")),
    "they": (Person("Robin"), "Robin", ("they", "them", "their")),
    "she": (Person("Ana", "she"), "Ana", ("she", "her", "her")),
    "he": (Person("lou", "he"), "lou", ("he", "him", "his")),
}
TEXT = "{{ P.Subj }} may, {{ P.obj }} might, {{ P.poss }} could; {{ P.Poss }} would, {{ P.subj }} can."


def _composed(*passages, heading=None, partner=None) -> Section:
    plan = Plan(THREAD, None, (PlannedSection("position", heading, passages, "lamp", "The Fool, reversed"),))
    (section,) = compose(plan, partner)
    return section


def _card(text, owner, names=()) -> Planned:
    return Planned("card", "f.yaml", "upright.need", text, names, owner)


@pytest.mark.parametrize("who", PARTNERS)
def test_the_partner_is_named_once_and_then_a_pronoun(who):
    """At the partner's place the passage begins with the name and goes on with the pronouns that were given."""
    partner, name, (subj, obj, poss) = PARTNERS[who]
    section = _composed(_card(TEXT, Owner.PARTNER), partner=partner)
    first = name[0].upper() + name[1:]
    assert section.text == f"{first} may, {obj} might, {poss} could; {poss.capitalize()} would, {subj} can."


@pytest.mark.parametrize("who", PARTNERS)
def test_the_reader_is_you_throughout(who):
    """At the reader's own place it is "you", whoever the partner is."""
    section = _composed(_card(TEXT, Owner.SELF), partner=PARTNERS[who][0])
    assert section.text == "You may, you might, your could; Your would, you can."


@pytest.mark.parametrize("who", PARTNERS)
def test_the_couple_is_the_two_of_you_and_then_both(who):
    """At a place of both people it is "the two of you" first, and other words for the couple after."""
    section = _composed(_card(TEXT, Owner.US), partner=PARTNERS[who][0])
    assert section.text == "The two of you may, either of you might, your could; Your would, both of you can."


@pytest.mark.parametrize("who", PARTNERS)
@pytest.mark.parametrize("owner", Owner)
def test_whoever_is_named_first_by_either_word_is_not_named_again(owner, who):
    """The owner and the partner are one person at the partner's place, and two people elsewhere."""
    partner, name, (subj, _, _) = PARTNERS[who]
    section = _composed(_card("{{ partner.subj }} and {{ P.subj }} and {{ partner.subj }}", owner), partner=partner)
    other = {Owner.SELF: "you", Owner.US: "the two of you", Owner.PARTNER: subj}[owner]
    assert section.text == f"{name} and {other} and {subj}"


@pytest.mark.parametrize("who", PARTNERS)
@pytest.mark.parametrize("owner", Owner)
def test_the_other_is_whoever_the_place_does_not_belong_to(owner, who):
    """At the partner's place the other is the reader, at the reader's the partner, and at both's just the other."""
    partner, name, (_, obj, _) = PARTNERS[who]
    section = _composed(
        _card("{{ other.Subj }} may see {{ P.obj }}; {{ other.poss }}, {{ other.obj }}", owner), partner=partner
    )
    first = name[0].upper() + name[1:]
    poss = {"your partner": "their", "Robin": "their", "Ana": "her", "lou": "his"}[name]
    assert (
        section.text
        == {
            Owner.PARTNER: f"You may see {name}; your, you",
            Owner.SELF: f"{first} may see you; {poss}, {obj}",
            Owner.US: "The other may see either of you; the other's, the other",
        }[owner]
    )


@pytest.mark.parametrize("who", PARTNERS)
def test_each_passage_and_heading_names_its_people_anew(who):
    """A heading or a passage knows nothing of those before it: each first mention is the name."""
    partner, name, _ = PARTNERS[who]
    passage = _card("{{ partner.poss }}", None)
    section = _composed(passage, passage, heading="As {{ partner.subj }} may be", partner=partner)
    assert section.heading == f"As {name} may be"
    assert section.text == f"{name}'s {name}'s"


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=20))
def test_a_name_is_never_run(name):
    """Braces, tags and filters in a name, or in a text that fills another, come out as they were typed."""
    partner = Person(name)
    fill = (("wall.snag", f"{{{{ partner.subj }}}}{name}"),)
    section = _composed(_card("{{ wall.snag }}: {{ partner.subj }}", Owner.US, fill), partner=partner)
    assert section.text == f"{{{{ partner.subj }}}}{name}: {name}"


@pytest.mark.parametrize("name", ["{{ 7 * 7 }}", "{% for x in y %}", "{# no #}", "{{ P.subj }}", "}}{{"])
def test_a_name_of_tags_is_never_run(name):
    """What looks like a template is a name like any other."""
    assert _composed(_card("{{ P.subj }}.", Owner.PARTNER), partner=Person(name)).text == f"{name}."


def test_a_position_called_partner_lends_its_phrase_beside_the_person():
    """Where a position and the person share the name, both answer to it, and a new passage begins with the name."""
    fill = (("partner.stance", "a slow hand at the latch"),)
    section = _composed(
        _card("{{ partner.stance | cap_first }}, and {{ partner.subj }} may be near.", Owner.US, fill),
        partner=Person("Robin"),
    )
    assert section.text == "A slow hand at the latch, and Robin may be near."


def test_a_passage_keeps_its_address_and_what_it_is_about():
    """Composing changes the words alone: kind, file, key, theme, voice and sign are the plan's."""
    planned = Planned("card", "f.yaml", "k.l", "Plain.", (), Owner.US, ThemeId.TRUST, Voice.SHADOW, "a_sign")
    section = _composed(planned)
    (passage,) = section.passages
    assert passage == Passage("card", "Plain.", "f.yaml", "k.l", ThemeId.TRUST, Voice.SHADOW, "a_sign", ())
    assert passage.id == "f.yaml#k.l"
    assert (section.kind, section.position, section.card) == ("position", "lamp", "The Fool, reversed")
    assert section.heading is None


def test_a_section_reads_as_one_paragraph():
    """Its text is its passages with a space between them."""
    assert _composed(_card("One.", None), _card("Two.", None)).text == "One. Two."


@pytest.mark.parametrize("who", PARTNERS)
@pytest.mark.parametrize("owner", Owner)
def test_every_passage_of_every_card_fits_every_owner(owner, who):
    """Each role passage of the deck, either way up, fills in for anyone without a gap or a brace."""
    deck = tarot.load_deck("major-arcana")
    partner = PARTNERS[who][0]
    for card, orientation, role in product(deck.cards, Orientation, Role):
        entry = card_text(deck, card).content.entry(orientation)
        said = _composed(_card(entry.passage(role), owner), partner=partner).text
        assert not re.search(r"[{}]|  |^\s|\s$", said)
        assert ("{" in entry.passage(role)) or said == entry.passage(role)


@pytest.mark.parametrize("spread", tarot.spread_ids())
@pytest.mark.parametrize("who", PARTNERS)
def test_no_reading_has_a_brace_left(spread, who):
    """Everything that a reading prints is filled in, with a partner and without."""
    for seed in range(25):
        reading = tarot.read(spread, seed=seed, partner=PARTNERS[who][0])
        headings = [section.heading or "" for section in reading.sections]
        assert not re.search(r"[{}%]", " ".join([*headings, *(passage.text for passage in reading.passages)]))
        assert all(passage.text for passage in reading.passages)


def test_a_named_partner_is_named_in_every_passage_that_speaks_of_one():
    """Where a planned passage mentions the partner, the composed one has the name exactly once, and nowhere else."""
    for seed in range(25):
        reading = tarot.read("partner-need", seed=seed, partner=Person("Zuzanna", "she"))
        planned = [it for section in reading.plan.sections for it in section.passages]
        for plan, passage in zip(planned, reading.passages, strict=True):
            mentions = "{{ partner." in plan.text or ("{{ P." in plan.text and plan.owner is Owner.PARTNER)
            assert passage.text.count("Zuzanna") == mentions
            assert "your partner" not in passage.text or "your partner" in plan.text.lower()


# --- claims


def _claims() -> dict[str, dict]:
    text = (files("intimacy_tarot") / "themes" / "article.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["claims"]


def test_every_claim_is_found_at_what_carries_it():
    """Each address of content in the article's file gives its claim back; addresses of the docs are no passages."""
    carried = 0
    for claim, written in _claims().items():
        for address in written["carried_by"]:
            file, _, key = address.partition("#")
            if not file.startswith("docs/"):
                assert claim in claims_at(file, key)
                assert claim in claims_at(file, f"{key}.deeper.still")
                assert claim not in claims_at(file, f"{key}er")
                assert claim not in claims_at(f"x/{file}", key)
                carried += 1
    assert carried > 30


def test_a_passage_has_the_claims_of_its_address_and_no_others():
    """In every reading a passage's claims are those written for it or for what it stands under, each once."""
    carried = Counter()
    addresses = [(address, claim) for claim, written in _claims().items() for address in written["carried_by"]]
    for spread, seed in product(tarot.spread_ids(), range(25)):
        for passage in tarot.read(spread, seed=seed).passages:
            due = [claim for address, claim in addresses if f"{passage.id}.".startswith(f"{address}.")]
            assert sorted(passage.claims) == sorted(due)
            assert len(set(passage.claims)) == len(passage.claims)
            carried[passage.kind] += bool(due)
    assert carried["question"]
    assert carried["theme"]
    assert not carried["card"]


def test_an_address_that_carries_nothing_has_no_claims():
    """A file or a key of which the article's file says nothing carries no claim."""
    assert claims_at("no/such.yaml", "at.all") == ()
    assert claims_at("", "") == ()

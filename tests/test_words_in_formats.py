"""People's words in every format: whatever is typed is shown whole, as text, and acts on nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from xml.etree import ElementTree as ET

import html5lib
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from typed_words import ANYTHING, MOST, SCRIPTS, evened, fit, people, unfit

import intimacy_tarot as tarot
from intimacy_tarot import _render
from intimacy_tarot._page import PALETTES, STYLES
from intimacy_tarot._template import cap_first

pytestmark = pytest.mark.at_length

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
STANDS_FOR = "Qzxv"
PLAIN = {"question": "What now?", "reader": "Sam", "partner": STANDS_FOR, "support_text": "Call Ada."}
SPREAD = "partner-need"

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _read(words, **options) -> tarot.Reading:
    return tarot.read(SPREAD, seed=3, **words, **options)


def _ordinary(words) -> tarot.Reading:
    """Return a reading whose plan does not turn on the question, so that it can be laid beside a plain one."""
    reading = _read(words)
    assume(str(reading.kind) == "reading" and reading.plan.heard is None)
    return reading


def _with(name: str, plain: str) -> re.Pattern[str]:
    """Return what a plain text becomes with another name in it, which at the head of a sentence may be a capital."""
    either = f"(?:{re.escape(name)}|{re.escape(cap_first(name))})"
    return re.compile(either.join(map(re.escape, plain.split(STANDS_FOR))))


# --- what is taken


@given(ANYTHING, st.sampled_from([*MOST]))
@settings(max_examples=400)
@example("\ufffe", "partner")
@example("x" * 501, "question")
@example("x" * 500, "question")
@example("a " * 100_000, "question")
def test_any_text_is_taken_whole_or_refused_by_what_is_wrong(text, option):
    """A text is kept to the last character, its spaces evened, or refused for its code or its length alone."""
    clean, most = evened(text), MOST[option]
    if unfit(text) is None and 0 < len(clean) <= most:
        reading = _read({option: text})
        kept = {"question": reading.asked, "support_text": reading.support_text}
        people = {"reader": reading.reader, "partner": reading.partner}
        assert kept.get(option) == clean or people[option].name == clean
        return
    with pytest.raises(tarot.PersonError) as caught:
        _read({option: text})
    wrong = unfit(text)
    said = f"found U+{ord(wrong):04X} in " if wrong else f"expected 1 to {most}"
    assert said in str(caught.value)


@given(people())
@settings(max_examples=60)
def test_words_come_back_from_json_as_they_were_typed(words):
    """A record gives back an equal reading, its words to the last character, in UTF-8 as in pure ASCII."""
    reading = _read(words)
    text = reading.to_json()
    back = tarot.Reading.from_json(text.encode("utf-8").decode("utf-8"))
    assert back == reading == tarot.Reading.from_json(json.dumps(json.loads(text)))
    found = reading.to_dict()
    people = {option: found[option]["name"] for option in ("reader", "partner")}
    assert words == people | {"question": found["asked"], "support_text": found["support_text"]}
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z", "Cc", "Cf", "Co", "Cn")), max_size=2400))
@settings(max_examples=60)
@example("x" * 9_999)
@example("\x1b[2J\r\u202e\u2028")
def test_a_seed_of_any_text_comes_back_from_json(seed):
    """A text seed is data of any characters: it comes back exactly, and stands in no format but the record."""
    reading = tarot.read("one-card", seed=seed)
    assert tarot.Reading.from_json(reading.to_json()) == reading
    assert reading.draw.seed == reading.seed == seed
    plain = tarot.interpret(reading.draw, seed=1)
    assert reading.to_svg() == plain.to_svg()
    if len(seed) > 9:
        assert not any(seed in shown for shown in (reading.to_text(), reading.to_markdown(), reading.to_html()))


# --- the page


def _nodes(page):
    root = html5lib.HTMLParser(strict=True).parse(page)
    return list(root.iter())


def _skeleton(nodes) -> Counter:
    """Return what a page is made of: comments, elements and their attributes, but for the lines of captions."""
    made = Counter()
    for node in nodes:
        if not isinstance(node.tag, str):
            made["comment", node.text] += 1
        elif not node.tag.endswith("tspan"):  # in a drawing the figures hang on how many lines a name takes
            made[node.tag, *sorted(node.attrib if node.tag.startswith(SVG) else node.attrib.items())] += 1
    return made


@pytest.mark.parametrize("style", STYLES)
@given(words=people())
@settings(max_examples=25)
def test_in_a_page_words_are_text_and_make_nothing(style, words):
    """Every typed text is exactly the text of one node, and the page has just what a plain one has beside it."""
    reading = _ordinary(words)
    nodes = _nodes(reading.to_html(style=style))
    assert _skeleton(nodes) == _skeleton(_nodes(_read(PLAIN).to_html(style=style)))
    texts = Counter(node.text for node in nodes)
    (quoted,) = [node for node in nodes if node.tag == f"{XHTML}q"]
    (footer,) = [node for node in nodes if node.tag == f"{XHTML}footer"]
    assert quoted.text == words["question"]
    assert [node.text for node in footer][1:] == [words["support_text"]]
    assert texts[f"For {words['reader']}"] == 1
    for section in reading.sections:
        listed = section.kind in ("questions", "themes")
        assert all(texts[text] for text in ([it.text for it in section.passages] if listed else [section.text]))


@given(people())
@settings(max_examples=20)
def test_in_a_notebook_words_stay_in_the_frame(words):
    """The cell is one frame and nothing else, and the page in its attribute is the page."""
    reading = _read(words)
    nodes = _nodes(f"<!doctype html><title>t</title>{reading._repr_html_()}")
    (frame,) = [node for node in nodes if node.tag == f"{XHTML}iframe"]
    assert frame.attrib["srcdoc"] == reading.to_html()
    assert len(nodes) == 5


@given(people())
@settings(max_examples=20)
def test_words_of_another_script_run_their_own_way_and_turn_nothing_around(words):
    """A question and a support text have the direction of their own letters, set off from what is around them."""
    nodes = _nodes(_ordinary(words).to_html())
    turned = [node for node in nodes if "dir" in node.attrib]
    assert [(node.attrib["dir"], node.text) for node in turned] == [
        ("auto", words["question"]),
        ("auto", words["support_text"]),
    ]


# --- the drawing


@pytest.mark.parametrize("palette", PALETTES)
@given(name=fit(MOST["partner"]))
@settings(max_examples=40)
def test_in_a_drawing_a_name_is_text_and_makes_nothing(palette, name):
    """The drawing is well-formed XML of the plain one's elements, and a caption says the whole name."""
    drawn, plain = (_read({"partner": who}).to_svg(palette=palette) for who in (name, STANDS_FOR))
    root, other = _xml(drawn), _xml(plain)
    assert _skeleton(list(root.iter())) == _skeleton(list(other.iter()))
    for caption, expected in zip(_captions(root), _captions(other), strict=True):
        assert _with(name.replace(" ", ""), expected).fullmatch(caption)
    assert any(name.replace(" ", "") in caption for caption in _captions(root))


def _xml(drawing):
    return ET.fromstring(drawing)  # noqa: S314  our own drawings


def _captions(root) -> list[str]:
    return ["".join("".join(text.itertext()).split()) for text in root.iter(f"{SVG}text")]


# --- Markdown


def _shown(markdown) -> tuple[list[str], list[str]]:
    """Return what CommonMark makes of a text, token by token, and what each of its lines says."""
    made, said = [], []
    for token in MARKDOWN.parse(markdown):
        made.append(token.type)
        if token.type == "inline":
            kinds = [child.type for child in token.children]
            made += [kind for kind in kinds if kind != "text"]
            # the joiner keeps an address apart, so that no renderer makes a link of it
            said.append("".join(child.content for child in token.children).replace("@\u2060", "@"))
    return made, said


@given(people())
@settings(max_examples=150)
@example(dict.fromkeys(MOST, "@\u2060"))
def test_in_markdown_words_are_text_and_make_nothing(words):
    """A CommonMark parser finds just the constructs of a plain reading, and reads every typed text back whole."""
    reading = _ordinary(words)
    made, said = _shown(reading.to_markdown())
    plain, expected = _shown(_read(PLAIN).to_markdown())
    assert made == plain
    assert said[1] == f"For {words['reader']}"
    assert said[2] == f"You asked: {words['question']}"
    assert said.count(words["support_text"]) == 1
    for text, other in zip(said[3:], expected[3:], strict=True):
        assert _with(words["partner"], other).fullmatch(text) or other == PLAIN["support_text"]
    assert reading._repr_markdown_() == reading.to_markdown()


# --- text, on paper and on a terminal


@pytest.mark.parametrize("width", [None, 20, 41, 80])
@pytest.mark.parametrize("strong", [False, True])
@given(words=people())
@settings(max_examples=25)
def test_in_a_terminal_words_are_shown_and_not_obeyed(strong, width, words):
    """No control is left but the ends of our own lines and our own headings' marks, and every word is there."""
    reading = _ordinary(words)
    text = _render.text(reading, width, strong=strong)
    bare = re.sub(r"\x1b\[(?:1|0)m", "", text) if strong else text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", bare)
    if width is None:
        lines, plain = bare.split("\n"), _read(PLAIN).to_text().split("\n")
        assert len(lines) == len(plain)
        assert bare == reading.to_text()
        assert text.count("\x1b") == _render.text(_read(PLAIN), strong=True).count("\x1b") * strong
    flowing = " ".join(bare.split())
    for said in (f"For {words['reader']}", f"You asked: {words['question']}", words["support_text"]):
        assert said in flowing


@given(people())
@settings(max_examples=40)
def test_what_is_printed_of_a_reading_and_of_its_parts_holds_no_control(words):
    """`repr`, `str`, the trace and the plan are printable, line by line, whatever was typed."""
    reading = _read(words)
    for shown in (repr(reading), repr(reading.partner), reading.trace(), str(reading.plan), repr(reading.plan)):
        assert all(unfit(f".{line}.") is None for line in shown.split("\n"))
    assert str(reading) == reading.to_text()
    assert len(reading.trace().splitlines()) == len(reading.passages)


# --- a name in a sentence


@given(fit(MOST["partner"]))
@settings(max_examples=80)
@example("ნინო")
@example("ßeta")
@example("{{ partner.subj }}")
def test_a_name_in_a_sentence_is_the_name_that_was_typed(name):
    """Every passage and heading is the plain one with the name in its place, and nothing of it is run."""
    named, plain = _read({"partner": name}), _read({"partner": STANDS_FOR})
    for section, other in zip(named.sections, plain.sections, strict=True):
        assert _with(name, str(other.heading)).fullmatch(str(section.heading))
        assert _with(name, other.text).fullmatch(section.text)


@pytest.mark.parametrize(
    ("name", "head"), [("ნინო", "ნინო"), ("ßeta", "ßeta"), ("ǆ", "ǅ"), ("robin", "Robin"), ("ŉ", "ŉ")]
)
def test_the_head_of_a_sentence_changes_no_name_into_another(name, head):
    """A first letter becomes a capital where its script begins a sentence so, and one letter stays one."""
    assert cap_first(name) == head


@pytest.mark.parametrize("name", SCRIPTS, ids=ascii)
def test_names_of_any_script_work_in_every_format(name):
    """Hebrew, Arabic, Georgian and Han names, stacked marks and joined emoji read through in each format."""
    reading = _read({"partner": name})
    shown = "".join(node.text or "" for node in _nodes(reading.to_html()))
    for text in (reading.to_text(), reading.to_json(), "".join(_captions(_xml(reading.to_svg()))), shown):
        assert name.replace(" ", "") in text.replace(" ", "") or cap_first(name) in text
